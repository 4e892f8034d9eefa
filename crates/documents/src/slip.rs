//! What the press asks of every kind of slip.

use crate::form_set::FormSet;
use crate::parts::Codes;
use crate::typesetter::Template;
use serde_json::Value;

/// A kind of slip; its fields reach the template as JSON.
pub(crate) trait Slip {
    /// The circular under which it was issued.
    fn form_set(&self) -> FormSet;
    /// What the bar code and the QR code say; a paper about several dossiers has none.
    fn codes(&self) -> Option<&Codes>;
    /// Its layout, parsed once.
    fn template(&self) -> &'static Template;
    /// How many copies one print holds, each on sheets of its own.
    fn copies(&self) -> usize {
        1
    }
    /// A wide table lies on its side, always on A4.
    fn landscape(&self) -> bool {
        false
    }
    /// What is printed but not kept: sums, numbers in words.
    fn wording(&self) -> Value {
        Value::Null
    }
}

/// The layout that stands beside the slip's fields, parsed once.
macro_rules! template {
    ($name:literal) => {{
        static TEMPLATE: std::sync::LazyLock<$crate::typesetter::Template> =
            std::sync::LazyLock::new(|| $crate::typesetter::Template::new($name, include_str!("form.typ")));
        &TEMPLATE
    }};
}
pub(crate) use template;
