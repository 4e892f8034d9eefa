//! A person's fields as people type them, each checked; the shape is in the message.

use super::PersonInput;
use crate::error::FieldError;
use domain::{
    dossier::{Applicant, ApplicantKind},
    people::{IdentityNumber, NotAnIdentity, Phone},
};

/// Letters of a name.
const LONGEST_NAME: usize = 250;
/// Letters of another line, such as an address.
pub const LONGEST: usize = 500;

/// Notes a line of more than `most` letters as wrong: it is given back whole, never cut.
pub fn at_most(field: String, line: &str, most: usize, wrong: &mut Vec<FieldError>) {
    let letters = line.chars().count();
    if letters > most {
        wrong.push(FieldError::too_long(field, letters, most));
    }
}

/// A person's fields, each checked; `at` is the prefix of the field names.
pub fn person(input: &PersonInput, at: &str, wrong: &mut Vec<FieldError>) -> Applicant {
    let kind_key = input.kind.trim();
    let kind = if kind_key.is_empty() { Some(ApplicantKind::Citizen) } else { ApplicantKind::from_key(kind_key) };
    let kind = kind.unwrap_or_else(|| {
        let (vi, en) = ("Xin chọn cá nhân hay tổ chức.", "Choose citizen or organisation.");
        wrong.push(FieldError::new(format!("{at}.kind"), "unknown", vi, en));
        ApplicantKind::Citizen
    });
    let name = line(&input.name);
    if name.is_empty() {
        let (vi, en) =
            ("Xin ghi họ và tên, ví dụ Đỗ Thị Ánh Nguyệt.", "Give the full name, for example Đỗ Thị Ánh Nguyệt.");
        wrong.push(FieldError::missing(format!("{at}.name"), vi, en));
    }
    at_most(format!("{at}.name"), &name, LONGEST_NAME, wrong);
    Applicant {
        kind,
        name,
        identity: identity(input.identity.as_deref(), kind, at, wrong),
        phone: phone(input.phone.as_deref(), at, wrong),
        email: email(input.email.as_deref(), at, wrong),
        address: said(input.address.as_deref()).inspect(|a| at_most(format!("{at}.address"), a, LONGEST, wrong)),
    }
}

/// An identity number of a person or an organisation, in its one written form.
pub fn identity(text: Option<&str>, kind: ApplicantKind, at: &str, wrong: &mut Vec<FieldError>) -> Option<String> {
    let text = said(text)?;
    match read_identity(&text, kind) {
        Ok(number) => Some(number.as_str().to_owned()),
        Err(e) => {
            wrong.push(identity_error(&format!("{at}.identity"), e));
            None
        }
    }
}

/// The number of an applicant of this kind.
pub fn read_identity(text: &str, kind: ApplicantKind) -> Result<IdentityNumber, NotAnIdentity> {
    match kind {
        ApplicantKind::Citizen => IdentityNumber::parse_person(text),
        ApplicantKind::Business => IdentityNumber::parse_organisation(text),
        ApplicantKind::StateBody | ApplicantKind::Organisation => {
            IdentityNumber::parse_organisation(text).or_else(|e| IdentityNumber::parse_person(text).map_err(|_| e))
        }
    }
}

/// The message beside a wrong identity number.
pub fn identity_error(field: &str, e: NotAnIdentity) -> FieldError {
    FieldError::new(field, "identity.invalid", e.to_string(), e.en())
}

fn phone(text: Option<&str>, at: &str, wrong: &mut Vec<FieldError>) -> Option<String> {
    let text = said(text)?;
    match Phone::parse(&text) {
        Ok(phone) => Some(phone.as_str().to_owned()),
        Err(e) => {
            let en = "A telephone number has 10 digits, for example 0912 345 678.";
            wrong.push(FieldError::new(format!("{at}.phone"), "phone.invalid", e.to_string(), en));
            None
        }
    }
}

fn email(text: Option<&str>, at: &str, wrong: &mut Vec<FieldError>) -> Option<String> {
    let text = said(text)?;
    let good = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !text.contains(' ')
    });
    if good && text.len() <= 254 {
        return Some(text);
    }
    let (vi, en) = ("Thư điện tử chưa đúng, ví dụ ten@vidu.vn.", "Not an e-mail address, for example name@example.vn.");
    wrong.push(FieldError::new(format!("{at}.email"), "email.invalid", vi, en));
    None
}

/// One line of text: control characters and bidirectional overrides out, blanks collapsed.
pub fn line(text: &str) -> String {
    let clean = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let clean: String = clean
        .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn said(text: Option<&str>) -> Option<String> {
    text.map(line).filter(|t| !t.is_empty())
}

/// A day as people write it, `06/10/2025`, or as machines do, `2025-10-06`.
pub fn day(text: &str) -> Option<jiff::civil::Date> {
    let text = text.trim();
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let mut parts = text.split(['/', '-', '.']).map(str::parse::<i16>);
    let (d, m, y) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    if parts.next().is_some() {
        return None;
    }
    jiff::civil::Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_of_a_person_is_named_at_once_and_the_rest_is_kept() {
        let mut wrong = Vec::new();
        let typed = PersonInput {
            name: "  ".into(),
            identity: Some("123".into()),
            phone: Some("091234567".into()),
            email: Some("khong-phai".into()),
            address: Some("Tổ 5,\n khu 3".into()),
            ..PersonInput::default()
        };
        let person = person(&typed, "applicant", &mut wrong);
        let fields: Vec<_> = wrong.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["applicant.name", "applicant.identity", "applicant.phone", "applicant.email"]);
        assert_eq!(person.address.as_deref(), Some("Tổ 5, khu 3"));
    }

    #[test]
    fn a_day_is_read_as_people_and_as_machines_write_it() {
        let day_ = Some(jiff::civil::date(2025, 10, 6));
        assert_eq!(day("06/10/2025"), day_);
        assert_eq!(day("6/10/2025"), day_);
        assert_eq!(day("2025-10-06"), day_);
        assert_eq!(day("31/02/2025"), None);
    }
}
