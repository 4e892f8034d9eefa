//! By what a citizen is known: a telephone or e-mail that a code proved, or the identity number that the provider vouches for.

use crate::{app::App, error::FieldError};
use domain::{
    notices::Channel,
    people::{CitizenId, IdentityNumber, Phone},
};

/// Before an identity number where a session keeps it: no number that somebody types becomes one.
const IDENTITY: &str = "id:";

/// What somebody has proved to be theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    /// A mobile telephone.
    Phone(Phone),
    /// An e-mail address.
    Email(String),
    /// The personal identification number; nothing is sent to it.
    Identity(CitizenId),
}

impl Contact {
    /// Reads what was typed: an address has an `@`, all else is a number.
    pub fn parse(field: &str, text: &str) -> Result<Self, FieldError> {
        let text = text.trim();
        if text.is_empty() {
            let (vi, en) = (
                "Xin nhập số điện thoại hoặc thư điện tử, ví dụ 0912 345 678.",
                "Enter a telephone number or e-mail address, for example 0912 345 678.",
            );
            return Err(FieldError::missing(field, vi, en));
        }
        if text.contains('@') {
            return match text.parse::<lettre::Address>() {
                Ok(_) if text.len() <= 254 => Ok(Self::Email(text.to_lowercase())),
                _ => {
                    let (vi, en) = (
                        "Thư điện tử chưa đúng, ví dụ ten@vidu.vn.",
                        "Not an e-mail address, for example name@example.vn.",
                    );
                    Err(FieldError::new(field, "email.invalid", vi, en))
                }
            };
        }
        let phone = Phone::parse(text).map_err(|e| {
            let en = "A telephone number has 10 digits, for example 0912 345 678.";
            FieldError::new(field, "phone.invalid", e.to_string(), en)
        })?;
        if phone.as_str().starts_with("02") {
            let (vi, en) = (
                "Số máy bàn không nhận được tin nhắn. Xin nhập số di động hoặc thư điện tử.",
                "A landline takes no messages. Enter a mobile number or an e-mail address.",
            );
            return Err(FieldError::new(field, "phone.landline", vi, en));
        }
        Ok(Self::Phone(phone))
    }
    /// Reads what a session keeps.
    pub fn stored(text: &str) -> Option<Self> {
        match text.strip_prefix(IDENTITY) {
            Some(number) => CitizenId::parse(number).ok().map(Self::Identity),
            None => Self::parse("", text).ok(),
        }
    }
    /// As a session keeps it.
    pub fn to_stored(&self) -> String {
        match self {
            Self::Identity(number) => format!("{IDENTITY}{}", number.as_str()),
            _ => self.as_str().to_owned(),
        }
    }
    /// The identity number, where the provider vouched for one.
    pub const fn identity(&self) -> Option<&CitizenId> {
        match self {
            Self::Identity(number) => Some(number),
            _ => None,
        }
    }
    /// As it is written to.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Phone(phone) => phone.as_str(),
            Self::Email(address) => address,
            Self::Identity(number) => number.as_str(),
        }
    }
    /// By which the code goes; to an identity number goes none.
    pub const fn channel(&self) -> Channel {
        match self {
            Self::Phone(_) => Channel::Sms,
            Self::Email(_) => Channel::Email,
            Self::Identity(_) => Channel::Page,
        }
    }
    /// For pages over whose reader's shoulder somebody may look.
    pub fn masked(&self) -> String {
        match self {
            Self::Phone(phone) => phone.masked(),
            Self::Email(address) => {
                let (name, host) = address.split_once('@').unwrap_or((address, ""));
                format!("{}•••@{host}", name.chars().next().unwrap_or('•'))
            }
            Self::Identity(number) => IdentityNumber::masked(number.as_str()),
        }
    }
    /// By which drafts and dossiers are found: keyed, so that a stolen copy of the data base tells no numbers.
    pub fn key(&self, app: &App) -> String {
        domain::hex(&app.secret.derive("citizen-contact").mac(&[self.to_stored().as_bytes()]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Contact, &'static str> {
        Contact::parse("lien_he", text).map_err(|e| e.code)
    }

    #[test]
    fn a_contact_is_read_in_any_writing_and_shown_masked() {
        assert_eq!(read(" 0912.345.678 ").unwrap().as_str(), "0912345678");
        assert_eq!(read("+84 912 345 678").unwrap().as_str(), "0912345678");
        assert_eq!(read("Lan.Anh@Vidu.vn").unwrap().as_str(), "lan.anh@vidu.vn");
        assert_eq!(read("Lan.Anh@Vidu.vn").unwrap().masked(), "l•••@vidu.vn");
        assert_eq!(read("0912345678").unwrap().masked(), "09•• ••• 678");
    }

    #[test]
    fn an_identity_number_is_only_read_from_where_a_session_keeps_it() {
        let proved = Contact::stored("id:001099012345").unwrap();
        assert_eq!(proved.identity().unwrap().as_str(), "001099012345");
        assert_eq!(proved.to_stored(), "id:001099012345");
        assert!(read("id:001099012345").is_err() && Contact::stored("id:12").is_none());
        assert_eq!(Contact::stored("0912345678").unwrap().identity(), None);
    }

    #[test]
    fn what_no_code_can_reach_is_refused_with_the_way_to_mend_it() {
        assert_eq!(read("").unwrap_err(), "missing");
        assert_eq!(read("12345").unwrap_err(), "phone.invalid");
        assert_eq!(read("02033835678").unwrap_err(), "phone.landline");
        assert_eq!(read("a b@vidu.vn").unwrap_err(), "email.invalid");
    }
}
