//! One receipt for several dossiers that one person handed in together, with their table as its annex (INT-03).

use crate::codes::code128;
use crate::form_set::FormSet;
use crate::parts::{Codes, Letterhead, Party};
use crate::receipt::{Lookup, Receipt};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use crate::words::number_in_words;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Form 01 for all of a person's dossiers at once. Each of them keeps its code, its date and its own receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointReceipt {
    /// The circular whose form 01 it follows.
    pub form_set: FormSet,
    /// Who issues the slip.
    pub letterhead: Letterhead,
    /// Number and symbol of the slip.
    pub number: Option<String>,
    /// The centre that took the dossiers in.
    pub centre: String,
    /// Who handed them in.
    pub submitter: Party,
    /// The officer who took them in.
    pub officer: String,
    /// How to follow the dossiers.
    pub lookup: Lookup,
    /// The profile asks for an identity paper at the return of the results.
    pub identity_at_return: bool,
    /// The dossiers in the order in which they were taken in.
    pub rows: Vec<JointRow>,
}

/// One of the dossiers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointRow {
    /// The receipt of this dossier, as it was issued.
    pub receipt: Receipt,
    /// Who decides.
    pub agency: String,
}

impl Slip for JointReceipt {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        None
    }
    fn template(&self) -> &'static Template {
        template!("joint_receipt.typ")
    }
    fn copies(&self) -> usize {
        2
    }
    fn landscape(&self) -> bool {
        true
    }
    fn wording(&self) -> Value {
        let rows: Vec<_> = self.rows.iter().map(wording).collect();
        json!({ "rows": rows, "count_in_words": number_in_words(self.rows.len() as u64) })
    }
}

/// What its own receipt words, and its bar code; nothing in place of one that cannot be drawn.
fn wording(row: &JointRow) -> Value {
    let mut own = row.receipt.wording();
    own["barcode"] = json!(code128(&row.receipt.codes.barcode).ok());
    own
}
