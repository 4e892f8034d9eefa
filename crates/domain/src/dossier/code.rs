use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A dossier code: identifier of the competent agency, `-yyMMdd-` of the local day, then four digits
/// (five once a day exceeds 9,999), for example `H49.24-261117-0008`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DossierCode(String);

/// The text is no dossier code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Mã hồ sơ có dạng H49.24-261117-0008: mã cơ quan, ngày nộp và số thứ tự. Xin xem trên giấy hẹn.")]
pub struct NotADossierCode;

impl DossierCode {
    /// The code of the `number`-th dossier of `agency` on `day`.
    pub fn new(agency: &str, day: Date, number: u32) -> Self {
        let year = day.year().rem_euclid(100);
        Self(format!("{agency}-{year:02}{:02}{:02}-{number:04}", day.month(), day.day()))
    }
    /// The written form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DossierCode {
    type Err = NotADossierCode;
    /// Blanks around and inside, small letters, long dashes and a missing dash as a scanner or a hurried hand gives them.
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let text: String = s
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| if matches!(c, '–' | '—' | '‐' | '−') { '-' } else { c.to_ascii_uppercase() })
            .collect();
        let mut parts = text.rsplitn(3, '-');
        let (Some(number), Some(day), Some(agency)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NotADossierCode);
        };
        let all_digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        let agency_ok = agency.len() <= 40
            && agency.bytes().any(|b| b.is_ascii_alphanumeric())
            && agency.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.');
        let number_ok = (4..=7).contains(&number.len()) && all_digits(number);
        if agency_ok && day.len() == 6 && all_digits(day) && number_ok { Ok(Self(text)) } else { Err(NotADossierCode) }
    }
}
impl fmt::Display for DossierCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl TryFrom<String> for DossierCode {
    type Error = NotADossierCode;
    fn try_from(s: String) -> Result<Self, Self::Error> {
        s.parse()
    }
}
impl From<DossierCode> for String {
    fn from(c: DossierCode) -> Self {
        c.0
    }
}

/// The internal bar code of a dossier: its id and a Luhn check digit. Digits only, because a Vietnamese keyboard layout
/// corrupts letters that a scanner "types".
pub fn barcode(id: i64) -> String {
    let digits = id.to_string();
    let check = luhn(&digits);
    format!("{digits}{check}")
}

/// Reads a scanned bar code back; `None` when it is not one of ours or a digit was lost.
pub fn read_barcode(text: &str) -> Option<i64> {
    let text = text.trim();
    if text.len() < 6 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (digits, check) = text.split_at(text.len() - 1);
    (luhn(digits).to_string() == check).then(|| digits.parse().ok()).flatten()
}

fn luhn(digits: &str) -> u32 {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| {
            let d = u32::from(b - b'0') * if i % 2 == 0 { 2 } else { 1 };
            d / 10 + d % 10
        })
        .sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_made_and_read_as_people_type_it() {
        let code = DossierCode::new("H49.24", jiff::civil::date(2026, 11, 17), 8);
        assert_eq!(code.as_str(), "H49.24-261117-0008");
        assert_eq!(" h49.24 – 261117-0008 ".parse(), Ok(code));
        assert_eq!(DossierCode::new("H49.24", jiff::civil::date(2026, 1, 2), 12_345).as_str(), "H49.24-260102-12345");
        for wrong in
            ["", "H49.24-261117", "H49.24-26111-0008", "H49.24-261117-08", "../etc-261117-0008", "-261117-0008"]
        {
            assert_eq!(wrong.parse::<DossierCode>(), Err(NotADossierCode), "{wrong}");
        }
    }

    #[test]
    fn a_bar_code_with_one_wrong_digit_is_not_read() {
        let text = barcode(4_815_162_342);
        assert_eq!(read_barcode(&text), Some(4_815_162_342));
        for i in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[i] = b'0' + (bytes[i] - b'0' + 1) % 10;
            assert_eq!(read_barcode(std::str::from_utf8(&bytes).unwrap()), None);
        }
    }
}
