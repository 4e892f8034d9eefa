//! Giấy biên nhận trả kết quả: the proof that a result was given to the right person (RES-02).

use crate::form_set::FormSet;
use crate::parts::{Codes, Letterhead};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// The acknowledgement signed when results leave the centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// The circular in force; it has no number for this slip.
    pub form_set: FormSet,
    /// Who issues the slip.
    pub letterhead: Letterhead,
    /// Number and symbol of the slip.
    pub number: Option<String>,
    /// Dossier code, bar code and QR.
    pub codes: Codes,
    /// The centre that returns the result.
    pub centre: String,
    /// Whose dossier it is.
    pub owner: String,
    /// What was asked for.
    pub request: String,
    /// When the result was due, local time.
    pub due_at: Option<DateTime>,
    /// When it was handed over, local time.
    pub returned_at: DateTime,
    /// The officer who returned it.
    pub officer: String,
    /// Who received it.
    pub receiver: Receiver,
    /// What the receiver showed.
    pub papers_shown: PapersShown,
    /// At the counter or by post.
    pub channel: Channel,
    /// The receiver's signature drawn on a screen of 600 by 200 points, stroke by stroke; the paper is signed by hand
    /// without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Vec<Vec<(u16, u16)>>>,
    /// What was handed over.
    pub results: Vec<ReturnedResult>,
}

impl Slip for Handover {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        Some(&self.codes)
    }
    fn template(&self) -> &'static Template {
        template!("handover.typ")
    }
}

/// Who received the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receiver {
    /// Full name.
    pub name: String,
    /// Number of the identity card or passport; often masked.
    pub identity: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// In which capacity: owner, proxy, post employee, in words for the slip.
    pub capacity: String,
}

/// The papers the receiver had to show; which are asked for is the profile's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PapersShown {
    /// The receipt and appointment slip.
    pub receipt: bool,
    /// Why the receipt could not be shown (seed 002, 8.1); the identity paper stood in for it.
    #[serde(default)]
    pub without_receipt: Option<String>,
    /// An identity paper.
    pub identity: bool,
    /// Number and day of the authorisation of a proxy.
    pub authorisation: Option<String>,
}

/// How the result left the centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Channel {
    /// At a counter.
    Counter {
        /// Which counter, such as `Quầy số 5`.
        counter: String,
    },
    /// By public post.
    Post {
        /// The carrier.
        carrier: String,
        /// The number under which the parcel is followed.
        tracking_number: String,
        /// Where it is sent.
        address: String,
    },
    /// As a signed electronic file; nobody stands at the counter.
    Online,
}

/// One paper among the results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedResult {
    /// Kind of paper (loại kết quả).
    pub kind: String,
    /// Number and symbol.
    pub number: Option<String>,
    /// What it is about (trích yếu).
    pub summary: String,
    /// Day of issue.
    pub day: Option<Date>,
    /// How many sheets or copies; 0 for an electronic file.
    pub copies: u32,
}
