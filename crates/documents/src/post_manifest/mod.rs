//! Bảng kê bưu gửi: the results that a return desk gives to the post, to be signed by both sides (RES-02).

use crate::form_set::FormSet;
use crate::parts::{Codes, Letterhead};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use crate::words::number_in_words;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The parcels of one handing over to the post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostManifest {
    /// The circular in force; it has no number for this paper.
    pub form_set: FormSet,
    /// The centre that gives.
    pub letterhead: Letterhead,
    /// Number and symbol, such as `12/2026/BKBG-tinh`.
    pub number: Option<String>,
    /// When the list was made, local time.
    pub made_at: DateTime,
    /// The centre that gives.
    pub centre: String,
    /// The officer who gives.
    pub officer: String,
    /// The enterprise that carries them.
    pub carrier: String,
    /// The parcels.
    pub parcels: Vec<Parcel>,
}

/// One parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Số hiệu bưu gửi.
    pub tracking_number: String,
    /// Mã hồ sơ.
    pub code: String,
    /// What is in it: the result's number, or the procedure.
    pub content: String,
    /// Who receives it.
    pub receiver: String,
    /// Where it is sent.
    pub address: String,
    /// Telephone number of the receiver.
    pub phone: Option<String>,
}

impl Slip for PostManifest {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        None
    }
    fn template(&self) -> &'static Template {
        template!("post_manifest.typ")
    }
    fn copies(&self) -> usize {
        2
    }
    fn landscape(&self) -> bool {
        true
    }
    fn wording(&self) -> Value {
        json!({ "count_in_words": number_in_words(self.parcels.len() as u64) })
    }
}
