//! Form 04: Phiếu xin lỗi và hẹn lại ngày trả kết quả (CLK-05); under Thông tư 03/2025 a letter that asks for more time.

use crate::form_set::FormSet;
use crate::parts::{Codes, Contact, Letterhead, Party, Signer};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use crate::words::number_in_words;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The letter that apologises for being late and names the new date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apology {
    /// The circular that numbers the form.
    pub form_set: FormSet,
    /// Who writes: the agency, or the Centre where the profile says so (seed 004, IV.3.3b).
    pub letterhead: Letterhead,
    /// Number and symbol, such as `15/2026/PXL-STC`.
    pub number: Option<String>,
    /// Dossier code, bar code and QR.
    pub codes: Codes,
    /// To whom it is written.
    pub owner: Party,
    /// The centre that took the dossier in.
    pub centre: String,
    /// The agency that is late.
    pub agency: String,
    /// What was asked for.
    pub request: String,
    /// When the dossier was taken in, local time.
    pub received_at: DateTime,
    /// The date that cannot be kept, local time.
    pub due_at: DateTime,
    /// Whether that date has passed when the letter is written.
    pub overdue: bool,
    /// Why the result is late.
    pub reason: String,
    /// The new date, local time.
    pub new_due_at: DateTime,
    /// Which new date this is, and how many a dossier may get.
    pub extension: Extension,
    /// The agency's written explanation on which the Centre writes (seed 004, IV.3.3b).
    pub explanation: Option<Explanation>,
    /// Whom to ask.
    pub contact: Contact,
    /// Who else gets the letter (Nơi nhận).
    pub recipients: Vec<String>,
    /// Who signs.
    pub signer: Signer,
}

/// Which new date this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// 1 for the first.
    pub ordinal: u32,
    /// How many a dossier may get; `None` where none is set.
    pub allowed: Option<u32>,
}

impl Extension {
    /// What follows the new date: where the number of new dates is limited, the citizen sees that it is kept.
    fn text(self) -> String {
        self.allowed.map_or_else(String::new, |allowed| {
            format!(" (hẹn lại lần thứ {}, tối đa {allowed:02} lần)", ordinal(self.ordinal))
        })
    }
}

fn ordinal(n: u32) -> String {
    if n == 1 { "nhất".to_owned() } else { number_in_words(u64::from(n)) }
}

/// The agency's written explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// Who explains.
    pub agency: String,
    /// Number and symbol, where it has one.
    pub number: Option<String>,
    /// Its day.
    pub day: Date,
}

impl Slip for Apology {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        Some(&self.codes)
    }
    fn template(&self) -> &'static Template {
        template!("apology.typ")
    }
    fn wording(&self) -> Value {
        let new_date = match self.form_set {
            FormSet::Tt01Of2018 => "Thời gian hẹn lại trả kết quả:",
            FormSet::Tt03Of2025 => "Đề nghị được gia hạn thời gian giải quyết đến:",
        };
        json!({ "new_date": new_date, "ordinal": self.extension.text() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// GR-2
    #[test]
    fn the_letter_counts_the_new_dates_only_where_they_are_limited() {
        assert_eq!(Extension { ordinal: 1, allowed: Some(1) }.text(), " (hẹn lại lần thứ nhất, tối đa 01 lần)");
        assert_eq!(Extension { ordinal: 2, allowed: None }.text(), "");
    }
}
