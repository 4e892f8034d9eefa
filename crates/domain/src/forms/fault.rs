//! What is wrong with an answer, in words that stand beside its field.

/// One answer that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Path of the field: `ho_ten`, `thanh_vien.0.ho_ten`, `cho_o.commune`.
    pub field: String,
    /// For machines.
    pub code: &'static str,
    /// Vietnamese: what is wrong, how to mend it, an example.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Fault {
    /// A fault in both languages.
    pub fn new(field: &str, code: &'static str, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { field: field.to_owned(), code, vi: vi.into(), en: en.into() }
    }
}
