//! What a dossier says of an enterprise.

use crate::{
    dossier::{Applicant, ApplicantKind, People},
    text::fold,
};

/// What kind of business it is, as far as name and number tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnterpriseKind {
    /// An enterprise.
    Enterprise,
    /// A branch or office of one: its code ends in three digits of its own.
    Branch,
    /// A household business. Since 7/2025 its tax code is its owner's identity number, so it is a person's datum too.
    Household,
}

impl EnterpriseKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Enterprise, Self::Branch, Self::Household];
    /// The key in the data base and the API.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Enterprise => "enterprise",
            Self::Branch => "branch",
            Self::Household => "household",
        }
    }
    /// In both languages.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Enterprise => ("Doanh nghiệp", "Enterprise"),
            Self::Branch => ("Chi nhánh, văn phòng đại diện", "Branch or office"),
            Self::Household => ("Hộ kinh doanh", "Household business"),
        }
    }
    /// The kind of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }
    /// Of a number in its one written form and a name.
    fn of(number: &str, name: &str) -> Self {
        if number.len() == 12 || fold(name).starts_with("ho kinh doanh") {
            Self::Household
        } else if number.contains('-') {
            Self::Branch
        } else {
            Self::Enterprise
        }
    }
}

/// What one dossier says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told<'a> {
    /// Tax or enterprise code.
    pub number: &'a str,
    /// By name and number.
    pub kind: EnterpriseKind,
    /// As it stands on the dossier.
    pub name: &'a str,
    /// Empty where the dossier has none.
    pub address: &'a str,
    /// Empty where the dossier has none.
    pub phone: &'a str,
    /// Empty where the dossier has none.
    pub email: &'a str,
}

/// Empty where nothing is said.
fn text(field: Option<&String>) -> &str {
    field.map_or("", String::as_str)
}

/// The business whose dossier it is: the owner where one is named, else the applicant. A hired enterprise that only hands in is
/// not what the dossier is about.
pub fn told_by(people: &People) -> Option<Told<'_>> {
    let of: &Applicant = people.owner.as_ref().unwrap_or(&people.applicant);
    let number = of.identity.as_deref().filter(|_| of.kind == ApplicantKind::Business)?;
    Some(Told {
        number,
        kind: EnterpriseKind::of(number, &of.name),
        name: &of.name,
        address: text(of.address.as_ref()),
        phone: text(of.phone.as_ref()),
        email: text(of.email.as_ref()),
    })
}

/// The words by which a name or a code is found, each once: folded, in order.
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let apart = |c: char| !c.is_alphanumeric();
    let mut words: Vec<String> = folded.split(apart).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    words.sort();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn business(kind: ApplicantKind, name: &str, number: Option<&str>) -> Applicant {
        Applicant {
            kind,
            name: name.into(),
            identity: number.map(str::to_owned),
            phone: Some("02033835678".into()),
            email: None,
            address: Some("Phường Hồng Gai".into()),
        }
    }

    fn people(applicant: Applicant, owner: Option<Applicant>) -> People {
        People { applicant, owner, proxy: None, form: serde_json::Value::Null }
    }

    #[test]
    fn sto_03_a_dossier_tells_of_the_business_whose_dossier_it_is() {
        let own = people(business(ApplicantKind::Business, "Công ty cổ phần Mẫu", Some("5700100256")), None);
        let told = told_by(&own).unwrap();
        assert_eq!((told.number, told.kind, told.email), ("5700100256", EnterpriseKind::Enterprise, ""));
        let hired = business(ApplicantKind::Business, "Công ty Dịch vụ", Some("0100109106"));
        let household = business(ApplicantKind::Business, "Hộ kinh doanh Lan", Some("022190000011"));
        let for_another = people(hired.clone(), Some(household));
        assert_eq!(told_by(&for_another).unwrap().kind, EnterpriseKind::Household, "the owner, not who hands in");
        let citizen = business(ApplicantKind::Citizen, "Nguyễn Thị Mẫu", Some("022190000011"));
        assert_eq!(told_by(&people(citizen.clone(), None)), None);
        assert_eq!(told_by(&people(hired, Some(citizen))), None, "a citizen's dossier tells of no enterprise");
        assert_eq!(told_by(&people(business(ApplicantKind::Business, "Không số", None), None)), None);
    }

    #[test]
    fn sto_03_a_branch_is_known_by_its_code_and_a_household_by_its_name() {
        assert_eq!(EnterpriseKind::of("5700100256-001", "Chi nhánh Mẫu"), EnterpriseKind::Branch);
        assert_eq!(EnterpriseKind::of("5700100256", "HỘ KINH DOANH An"), EnterpriseKind::Household);
        assert!(EnterpriseKind::ALL.into_iter().all(|k| EnterpriseKind::from_key(k.key()) == Some(k)));
    }

    #[test]
    fn sto_03_a_name_is_found_by_its_words_without_marks() {
        assert_eq!(words("Công ty CP Xây dựng – Mẫu, Mẫu"), ["cong", "cp", "dung", "mau", "ty", "xay"]);
        assert_eq!(words("5700100256-001"), ["001", "5700100256"]);
        assert!(words(" – ").is_empty());
    }
}
