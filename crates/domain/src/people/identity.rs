use std::fmt;

/// A citizen's personal identification number: 12 digits, the first three a birth province or country.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CitizenId(String);

/// A tax or enterprise code: 10 digits with a check digit, or with a branch suffix `-001`; 12 digits since a
/// person's tax code became the citizen number (7/2025).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TaxCode(String);

/// What an applicant is identified by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum IdentityNumber {
    /// Căn cước, 12 digits.
    Citizen(CitizenId),
    /// The former nine-digit identity card, still found on old papers.
    OldCard(String),
    /// A passport: a letter or two, then digits.
    Passport(String),
    /// A tax or enterprise code.
    Tax(TaxCode),
}

/// The text is no identity number; the variant says what is wrong so that the page can say how to mend it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnIdentity {
    /// Neither 12 nor 9 digits nor a passport number.
    #[error("Số định danh gồm 12 chữ số, ví dụ 001099012345.")]
    CitizenShape,
    /// The province part or the century and sex digit cannot be.
    #[error("Số định danh này không có thật: ba số đầu là mã tỉnh hoặc nước khai sinh. Xin kiểm tra lại trên thẻ.")]
    CitizenNumber,
    /// Not 10 digits or 10 digits and a branch.
    #[error("Mã số thuế gồm 10 chữ số, ví dụ 5700100256, hoặc 10 chữ số và số chi nhánh, ví dụ 5700100256-001.")]
    TaxShape,
    /// The check digit does not fit.
    #[error("Mã số thuế bị sai một chữ số. Xin đối chiếu lại với giấy đăng ký.")]
    TaxCheckDigit,
}

impl NotAnIdentity {
    /// The same in English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::CitizenShape => "A citizen number has 12 digits, for example 001099012345.",
            Self::CitizenNumber => {
                "This citizen number cannot exist: the first three digits are a birth province or country. Please check the card."
            }
            Self::TaxShape => {
                "A tax code has 10 digits, for example 5700100256, or 10 digits and a branch, for example 5700100256-001."
            }
            Self::TaxCheckDigit => "One digit of this tax code is wrong. Please compare it with the certificate.",
        }
    }
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '.').collect::<String>().to_uppercase()
}

fn digits(text: &str, n: usize) -> bool {
    text.len() == n && text.bytes().all(|b| b.is_ascii_digit())
}

impl CitizenId {
    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// Blanks and dots are tolerated. Codes 001–096 are provinces, 100 and above countries.
    pub fn parse(text: &str) -> Result<Self, NotAnIdentity> {
        let number = compact(text);
        if !digits(&number, 12) {
            return Err(NotAnIdentity::CitizenShape);
        }
        let place: u16 = number[..3].parse().map_err(|_| NotAnIdentity::CitizenShape)?;
        if place == 0 || (97..100).contains(&place) {
            return Err(NotAnIdentity::CitizenNumber);
        }
        Ok(Self(number))
    }
}

impl TaxCode {
    /// Checks the tenth digit: weights 31, 29, 23, 19, 17, 13, 7, 5, 3; check = 10 − sum mod 11.
    pub fn parse(text: &str) -> Result<Self, NotAnIdentity> {
        const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
        let code = compact(text);
        if digits(&code, 12) {
            return CitizenId::parse(&code).map(|c| Self(c.0));
        }
        let (main, branch) = code.split_once('-').map_or((code.as_str(), None), |(m, b)| (m, Some(b)));
        let (main, branch) =
            if digits(main, 13) && branch.is_none() { (&main[..10], Some(&main[10..])) } else { (main, branch) };
        if !digits(main, 10) || branch.is_some_and(|b| !digits(b, 3)) {
            return Err(NotAnIdentity::TaxShape);
        }
        let sum: u32 = WEIGHTS.iter().zip(main.bytes()).map(|(w, b)| w * u32::from(b - b'0')).sum();
        if 10 - i64::from(sum % 11) != i64::from(main.as_bytes()[9] - b'0') {
            return Err(NotAnIdentity::TaxCheckDigit);
        }
        Ok(Self(branch.map_or_else(|| main.to_owned(), |b| format!("{main}-{b}"))))
    }
}

impl IdentityNumber {
    /// A person's number: citizen number, old card or passport.
    pub fn parse_person(text: &str) -> Result<Self, NotAnIdentity> {
        let number = compact(text);
        if digits(&number, 9) {
            return Ok(Self::OldCard(number));
        }
        let letters = number.bytes().take_while(u8::is_ascii_uppercase).count();
        let tail = number.len().saturating_sub(letters);
        if (1..=2).contains(&letters)
            && (6..=9).contains(&tail)
            && number[letters..].bytes().all(|b| b.is_ascii_digit())
        {
            return Ok(Self::Passport(number));
        }
        CitizenId::parse(&number).map(Self::Citizen)
    }
    /// An organisation's number.
    pub fn parse_organisation(text: &str) -> Result<Self, NotAnIdentity> {
        TaxCode::parse(text).map(Self::Tax)
    }
    /// `•••• •••• 4567`: enough to tell two apart, for those who need not know it.
    pub fn masked(number: &str) -> String {
        let shown: String = number.chars().skip(number.chars().count().saturating_sub(4)).collect();
        format!("•••• •••• {shown}")
    }
    /// The number in its one written form.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Citizen(c) => &c.0,
            Self::OldCard(n) | Self::Passport(n) => n,
            Self::Tax(t) => &t.0,
        }
    }
}

/// A Vietnamese telephone number in national form, `0912345678`; land lines have ten or eleven digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phone(String);

/// The text is no telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Số điện thoại gồm 10 chữ số, ví dụ 0912 345 678.")]
pub struct NotAPhone;

impl Phone {
    /// Any spacing, dots, dashes and `+84` are understood.
    pub fn parse(text: &str) -> Result<Self, NotAPhone> {
        let mut number: String =
            text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')' | '\u{a0}')).collect();
        if let Some(rest) = number.strip_prefix("+84").or_else(|| number.strip_prefix("0084")) {
            number = format!("0{rest}");
        }
        let mobile = digits(&number, 10) && matches!(number.as_bytes()[1], b'3' | b'5' | b'7' | b'8' | b'9');
        let land = digits(&number, 11) && number.starts_with("02");
        if mobile || land { Ok(Self(number)) } else { Err(NotAPhone) }
    }
    /// National form without blanks.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// `09•• ••• 678`, for pages that strangers may see.
    pub fn masked(&self) -> String {
        format!("{}•• ••• {}", &self.0[..2], &self.0[self.0.len() - 3..])
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = &self.0;
        write!(f, "{} {} {}", &n[..4], &n[4..7], &n[7..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(IdentityNumber::parse_person("001 099 012 345").unwrap().as_str(), "001099012345");
        assert_eq!(IdentityNumber::parse_person("c1234567").unwrap().as_str(), "C1234567");
        assert!(matches!(IdentityNumber::parse_person("101234567"), Ok(IdentityNumber::OldCard(_))));
        assert_eq!(Phone::parse("+84 912.345.678").unwrap().to_string(), "0912 345 678");
        assert_eq!(Phone::parse("0203 3825 777").unwrap().as_str(), "02033825777");
        assert_eq!(TaxCode::parse("5700100256").unwrap().0, "5700100256");
        assert_eq!(TaxCode::parse("5700100256-001").unwrap().0, "5700100256-001");
    }

    #[test]
    fn a_wrong_number_says_what_is_wrong() {
        assert_eq!(CitizenId::parse("00109901234"), Err(NotAnIdentity::CitizenShape));
        assert_eq!(CitizenId::parse("000099012345"), Err(NotAnIdentity::CitizenNumber));
        assert_eq!(TaxCode::parse("5700100257"), Err(NotAnIdentity::TaxCheckDigit));
        assert_eq!(TaxCode::parse("57001"), Err(NotAnIdentity::TaxShape));
        for wrong in ["091234567", "0112345678", "abc", "", "09123456789", "０912345678"] {
            assert_eq!(Phone::parse(wrong), Err(NotAPhone), "{wrong}");
        }
    }
}
