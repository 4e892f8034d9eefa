//! Form 06 (07 under Thông tư 03/2025): Sổ theo dõi hồ sơ, on A4 lying on its side.

use crate::form_set::FormSet;
use crate::parts::{Codes, Letterhead};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use crate::words::number_in_words;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The register of dossiers of a centre over some days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// The circular that numbers the form.
    pub form_set: FormSet,
    /// Who keeps the register.
    pub letterhead: Letterhead,
    /// Quyển số.
    pub book: String,
    /// The first day of intake that it lists.
    pub first_day: Date,
    /// The last.
    pub last_day: Date,
    /// The dossiers in order of intake.
    pub rows: Vec<RegisterRow>,
    /// The officer who prints it.
    pub officer: String,
}

/// One dossier in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterRow {
    /// Số thứ tự in the book.
    pub ordinal: u32,
    /// Mã hồ sơ.
    pub code: String,
    /// Name of the procedure.
    pub request: String,
    /// Number of sets (bộ).
    pub sets: u32,
    /// Whose dossier it is.
    pub owner: String,
    /// Địa chỉ.
    pub address: Option<String>,
    /// Số điện thoại.
    pub phone: Option<String>,
    /// The agency that handles it (cơ quan chủ trì giải quyết).
    pub agency: String,
    /// When it was taken in, local time.
    pub received_at: DateTime,
    /// When the result is due, local time.
    pub due_at: Option<DateTime>,
    /// When the result was returned, local time.
    pub returned_at: Option<DateTime>,
    /// How the result is received (phương thức nhận kết quả).
    pub delivery: String,
    /// Who received it; the signature stands on the acknowledgement.
    pub receiver: Option<String>,
    /// Ghi chú.
    pub note: Option<String>,
}

impl Slip for Register {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        None
    }
    fn template(&self) -> &'static Template {
        template!("register.typ")
    }
    fn landscape(&self) -> bool {
        true
    }
    fn wording(&self) -> Value {
        json!({ "count": number_in_words(self.rows.len() as u64) })
    }
}
