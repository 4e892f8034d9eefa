//! Posting sheets: the procedures of a field as they hang in the hall of a centre (CAT-09; seed 002, Điều 5.1a).

use crate::form_set::FormSet;
use crate::parts::{Codes, Letterhead};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use crate::words::number_in_words;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The procedures of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// The circular in force; it has no number for this paper.
    pub form_set: FormSet,
    /// Who posts, and on which day.
    pub letterhead: Letterhead,
    /// The field (lĩnh vực).
    pub field: String,
    /// Its procedures, by code.
    pub procedures: Vec<PostedProcedure>,
    /// Whom to call.
    pub phone: Option<String>,
    /// Where the same stands online.
    pub address: String,
}

/// A procedure on the wall. Empty texts are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedProcedure {
    /// National code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Who handles it.
    pub agency: String,
    /// Officers in charge, each with the own agency (seed 002, Điều 5.1a).
    #[serde(default)]
    pub in_charge: String,
    /// Who may apply.
    pub applicants: String,
    /// The limit in words.
    pub limit: String,
    /// Fees and charges in words.
    pub fee: String,
    /// Ways to submit, each with its limit and fees.
    pub ways: Vec<String>,
    /// Papers to bring.
    pub papers: Vec<PostedPaper>,
    /// Number of sets.
    pub sets: u32,
    /// What happens, step by step.
    pub steps: Vec<String>,
    /// What one gets.
    pub results: String,
    /// Requirements and conditions.
    pub conditions: String,
    /// Legal bases.
    pub legal: Vec<String>,
    /// Number of the publishing decision.
    pub decision: String,
}

/// A paper to bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedPaper {
    /// The case in which it is needed; empty when in all.
    pub case: String,
    /// Name.
    pub name: String,
    /// Originals.
    pub originals: u32,
    /// Copies.
    pub copies: u32,
    /// The form it is written on.
    pub form: Option<String>,
}

impl Slip for Posting {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        None
    }
    fn template(&self) -> &'static Template {
        template!("posting.typ")
    }
    fn wording(&self) -> Value {
        json!({ "count": number_in_words(self.procedures.len() as u64) })
    }
}
