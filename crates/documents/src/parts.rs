//! What several slips share: letterhead, codes, people, paper.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The sheet a slip is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 210 × 297 mm, text of 13 pt (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    A4,
    /// 148 × 210 mm, for receipts; the text shrinks with the sheet.
    A5,
}

/// The head of an administrative paper (Nghị định 30/2020/NĐ-CP, Phụ lục I): who issues it, where and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    /// The agency above the issuer, printed in capitals; `None` when the issuer has none.
    pub parent: Option<String>,
    /// The issuer, printed in bold capitals with a line below.
    pub unit: String,
    /// The place name before the date (địa danh).
    pub place: String,
    /// The day of issue, local to Việt Nam; also the date inside the PDF.
    pub day: Date,
}

/// How people and machines find the dossier again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codes {
    /// The dossier code as people read it, such as `H19.16-261103-0042`.
    pub dossier_code: String,
    /// The internal number of the bar code: digits only, check digit included; it is printed as given.
    pub barcode: String,
    /// The address behind the QR code; it shows the dossier and why its date is what it is.
    pub qr_url: String,
}

/// Where the dossier stands in the register (Sổ theo dõi hồ sơ).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookEntry {
    /// Quyển số.
    pub book: String,
    /// Số thứ tự.
    pub number: String,
}

/// A person or organisation as a slip names it. What is absent prints as a dotted line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Full name.
    pub name: String,
    /// Địa chỉ.
    pub address: Option<String>,
    /// Số điện thoại.
    pub phone: Option<String>,
    /// Email.
    pub email: Option<String>,
    /// Number of the identity card or passport.
    pub identity: Option<String>,
}

/// Who signs for an agency (Nghị định 30/2020/NĐ-CP, Phụ lục I).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// For whom the signer signs, such as `KT. GIÁM ĐỐC` or `TL. CHỦ TỊCH`; `None` for the head.
    pub standing: Option<String>,
    /// The signer's own title, such as `Phó Giám đốc`.
    pub title: String,
    /// Full name.
    pub name: String,
}

/// Whom to ask about a slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// A person or a desk.
    pub name: String,
    /// Telephone number.
    pub phone: String,
}
