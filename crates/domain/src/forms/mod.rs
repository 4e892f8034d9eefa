//! E-forms (CAT-06): what a form asks, how what was typed is read and judged, and how answers are shown again.
//!
//! The fields are the one truth. From them come the page, the JSON Schema that other systems check against ([`schema`]), the
//! printed paper and the differences of two versions; none of these is written by hand beside the others.

mod address;
mod cases;
mod compare;
mod condition;
mod definition;
mod fault;
mod json;
mod lint;
mod paper;
mod prefill;
mod read;
mod schema;
mod shown;
#[cfg(test)]
mod tests;
mod value;

pub use address::{Area, Former, Places};
pub use cases::{Case, CaseFault, run};
pub use compare::{Difference, compare, describe};
pub use condition::When;
pub use definition::{Field, Fill, Form, Kind, Layout, Opt, Place, Section};
pub use fault::Fault;
pub use json::{Typed, files_in, flatten};
pub use lint::{Flaw, flaws, is_key};
pub use paper::{OnPaper, paper};
pub use prefill::{Known, prefill};
pub use read::{Facts, MOST_ROWS, Read, read, rows};
pub use schema::schema;
pub use shown::{Line, Part, blank, shown};
