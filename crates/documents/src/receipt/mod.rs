//! Form 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả, in two copies (INT-03).

use crate::form_set::FormSet;
use crate::parts::{BookEntry, Codes, Letterhead, Party};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use crate::words::{money, money_in_words, number_in_words};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The receipt and appointment slip: what was taken in, and when and where the result can be had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The circular that numbers the form.
    pub form_set: FormSet,
    /// Who issues the slip.
    pub letterhead: Letterhead,
    /// Dossier code, bar code and QR.
    pub codes: Codes,
    /// Entry in the register, where the centre keeps one.
    pub book_entry: Option<BookEntry>,
    /// The centre that took the dossier in (Bộ phận tiếp nhận và trả kết quả).
    pub centre: String,
    /// Whose dossier it is.
    pub owner: Party,
    /// Who handed it in, when that is not the owner.
    pub submitter: Option<String>,
    /// What is asked for: the procedure and, if need be, its case.
    pub request: String,
    /// The papers taken in.
    pub components: Vec<Component>,
    /// Papers outside the list of components.
    pub other_papers: Option<String>,
    /// Number of sets (bộ).
    pub sets: u32,
    /// The time limit of the procedure.
    pub time_limit: TimeLimit,
    /// When the dossier was taken in, local time.
    pub received_at: DateTime,
    /// When the result is due, local time; `None` for procedures without a due date.
    pub due_at: Option<DateTime>,
    /// Where and how the result is received.
    pub delivery: String,
    /// Fees and charges in the order of the catalogue; empty when there are none. Several are the cases among which the law
    /// distinguishes: they are printed each with its own text and never added up.
    pub fees: Vec<Fee>,
    /// What the counter asks for with this dossier, printed instead of the catalogue's cases.
    #[serde(default)]
    pub asked: Option<Asked>,
    /// The officer who took the dossier in.
    pub officer: String,
    /// Submitted online: only the officer signs.
    pub online: bool,
    /// How to follow the dossier.
    pub lookup: Lookup,
    /// The profile asks for an identity paper at the return of the result (seed 000, Điều 11.4).
    pub identity_at_return: bool,
}

/// One row of the table of papers; counts are sheets of their kind in one set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Name of the paper.
    pub name: String,
    /// Bản chính.
    pub originals: u32,
    /// Bản chứng thực.
    pub certified: u32,
    /// Bản photo.
    pub copies: u32,
    /// Electronic files; their column is printed only when a component has one.
    pub electronic: u32,
}

/// A fee or charge that the catalogue names for the dossier's way to submit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// What it is: "Phí", "Lệ phí".
    pub name: String,
    /// For which case it is, in the words of the catalogue.
    #[serde(default)]
    pub text: String,
    /// Đồng; absent where only the text says it (set by the People's Council, free of charge for some).
    pub amount: Option<u64>,
}

/// What the counter asks for with a dossier (FEE-02).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What for, in words of their own such as "Lệ phí: cấp bản sao × 3", and how much, in đồng.
    pub fees: Vec<(String, u64)>,
    /// When and how it is paid, in words: "đã thu, biên lai số 0012".
    pub paid: String,
}

impl Asked {
    fn wording(&self) -> Value {
        let sum = self.fees.iter().map(|(_, amount)| amount).sum();
        json!({
            "sum": money(sum),
            "in_words": money_in_words(sum),
            "lines": self.fees.iter().map(|(title, amount)| json!({ "title": title, "amount": money(*amount) })).collect::<Vec<_>>(),
        })
    }
}

/// Where the applicant can follow the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lookup {
    /// Address of the page, short enough to be typed.
    pub address: String,
    /// Telephone number of the centre or the hotline (INT-03 asks for a contact phone).
    pub hotline: String,
}

/// The time limit of a procedure as the catalogue states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "unit", content = "amount", rename_all = "snake_case")]
pub enum TimeLimit {
    /// Working days.
    WorkingDays(u32),
    /// Calendar days.
    Days(u32),
    /// Months.
    Months(u32),
    /// Working hours.
    WorkingHours(u32),
    /// Within the day of intake.
    SameDay,
    /// The law sets none.
    Unset,
}

impl TimeLimit {
    /// As the slip states it, with the number in words so that it cannot be altered.
    fn text(self) -> String {
        let count = |n: u32, unit: &str| format!("{n:02} ({}) {unit}", number_in_words(u64::from(n)));
        match self {
            Self::WorkingDays(n) => count(n, "ngày làm việc"),
            Self::Days(n) => count(n, "ngày"),
            Self::Months(n) => count(n, "tháng"),
            Self::WorkingHours(n) => count(n, "giờ làm việc"),
            Self::SameDay => "trong ngày làm việc".to_owned(),
            Self::Unset => "không quy định".to_owned(),
        }
    }
}

impl Fee {
    /// Its kind and its case; the catalogue's text often begins with the kind itself.
    fn title(&self) -> String {
        let text = self.text.trim();
        let says_itself = ["phí", "lệ phí", "giá", "miễn"].iter().any(|kind| text.to_lowercase().starts_with(kind));
        match text {
            "" => self.name.clone(),
            text if says_itself => text.to_owned(),
            text => format!("{}: {text}", self.name),
        }
    }
}

impl Receipt {
    /// The one amount that is due, where there is nothing to choose.
    fn due(&self) -> Option<u64> {
        match &self.fees[..] {
            [only] => only.amount,
            _ => None,
        }
    }
}

impl Slip for Receipt {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        Some(&self.codes)
    }
    fn template(&self) -> &'static Template {
        template!("receipt.typ")
    }
    fn copies(&self) -> usize {
        2
    }
    fn wording(&self) -> Value {
        json!({
            "time_limit": self.time_limit.text(),
            "fees": self.fees.iter().map(|fee| json!({ "title": fee.title(), "amount": fee.amount.map(money) })).collect::<Vec<_>>(),
            "asked": self.asked.as_ref().map(Asked::wording),
            "due": self.due().map(money),
            "due_in_words": self.due().map(money_in_words),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_limit_is_printed_in_figures_and_words() {
        assert_eq!(TimeLimit::WorkingDays(5).text(), "05 (năm) ngày làm việc");
        assert_eq!(TimeLimit::Days(21).text(), "21 (hai mươi mốt) ngày");
        assert_eq!(TimeLimit::SameDay.text(), "trong ngày làm việc");
    }
}
