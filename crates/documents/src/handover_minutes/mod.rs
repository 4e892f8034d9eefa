//! Biên bản giao nhận: dossiers or results that change hands between agencies, counted and signed by both (FLW-09).

use crate::form_set::FormSet;
use crate::parts::{Codes, Letterhead};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use crate::words::number_in_words;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The minutes of a courier's run, or of officers who hand over to each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverMinutes {
    /// The circular in force; it has no number for this paper.
    pub form_set: FormSet,
    /// Who draws the minutes up.
    pub letterhead: Letterhead,
    /// Number and symbol, such as `15/2026/BBGN-tinh`.
    pub number: Option<String>,
    /// When it was handed over, local time.
    pub handed_at: DateTime,
    /// Where.
    pub place: String,
    /// The courier's run, such as `Chuyến 10 giờ 00` (seed 001, Điều 4.2c).
    pub run: Option<String>,
    /// Dossiers on their way to agencies, or results on their way back.
    pub load: Load,
    /// Bên giao.
    pub giver: Side,
    /// Bên nhận.
    pub receiver: Side,
    /// What changed hands.
    pub rows: Vec<HandedOver>,
    /// What the parties noted: damage, a paper too few.
    pub remarks: Option<String>,
}

/// What is carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Load {
    /// Paper dossiers.
    Dossiers,
    /// Results.
    Results,
}

/// One party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// Full name.
    pub name: String,
    /// What the person is, such as `nhân viên bưu chính`.
    pub title: String,
    /// For whom the person stands.
    pub organisation: String,
}

/// One dossier, or its result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// Mã hồ sơ.
    pub code: String,
    /// Whose dossier it is.
    pub owner: String,
    /// The procedure, or the kind of result.
    pub content: String,
    /// Number of papers (số giấy tờ).
    pub papers: u32,
    /// Ghi chú.
    pub note: Option<String>,
}

impl Slip for HandoverMinutes {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        None
    }
    fn template(&self) -> &'static Template {
        template!("handover_minutes.typ")
    }
    fn copies(&self) -> usize {
        2
    }
    fn wording(&self) -> Value {
        let papers = self.rows.iter().fold(0_u64, |sum, row| sum + u64::from(row.papers));
        json!({
            "count_in_words": number_in_words(self.rows.len() as u64),
            "papers": papers,
            "papers_in_words": number_in_words(papers),
        })
    }
}
