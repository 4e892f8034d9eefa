use super::People;
use crate::{people::Phone, text::fold};

/// As what a number besides the applicant's own stands on a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NamedAs {
    /// Of the person or organisation whose dossier it is.
    Owner,
    /// Of whoever hands it in, and may come for the result (DN 11.4, QN 8.1).
    Proxy,
    /// Of the paper that authorises the proxy.
    Authorisation,
    /// The telephone of anybody on it: callers know it (TRK-03).
    Phone,
}

impl NamedAs {
    /// The key used by the data base.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Proxy => "proxy",
            Self::Authorisation => "authorisation",
            Self::Phone => "phone",
        }
    }
}

/// More numbers than a paper carries: its own, the notary's, the book's.
const MOST: usize = 4;

/// The numbers by which desk and hotline find a dossier besides the applicant's own (RES-02, INT-10, TRK-03), each once and in
/// order.
/// Those of the authorisation are folded, as [`authorisation_numbers`] gives them.
pub fn also_named(people: &People) -> Vec<(NamedAs, String)> {
    let owner = people.owner.iter().filter_map(|o| o.identity.clone()).map(|n| (NamedAs::Owner, n));
    let proxy = people.proxy.iter().filter_map(|p| p.person.identity.clone()).map(|n| (NamedAs::Proxy, n));
    let papers = people.proxy.iter().flat_map(|p| authorisation_numbers(&p.authorisation));
    let papers = papers.map(|n| (NamedAs::Authorisation, n));
    let persons = [Some(&people.applicant), people.owner.as_ref(), people.proxy.as_ref().map(|p| &p.person)];
    let phones = persons.into_iter().flatten().filter_map(|p| Phone::parse(p.phone.as_deref()?).ok());
    let phones = phones.map(|p| (NamedAs::Phone, p.as_str().to_owned()));
    let mut all: Vec<_> = owner.chain(proxy).chain(papers).chain(phones).collect();
    all.sort();
    all.dedup();
    all
}

/// The numbers in the words that record an authorisation ("Giấy uỷ quyền số 12/2025/GUQ ngày 01/10/2025"), folded: every word
/// with a digit that is no date.
pub fn authorisation_numbers(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut before = String::new();
    for word in text.split_whitespace() {
        let folded = fold(word);
        let is_number = folded.chars().any(|c| c.is_ascii_digit());
        let counts_days = matches!(before.as_str(), "ngay" | "thang" | "nam");
        if is_number && !counts_days && !is_date(&folded) && !found.contains(&folded) {
            found.push(folded.chars().take(60).collect());
        }
        before = fold(word);
    }
    found.truncate(MOST);
    found
}

/// `01 10 2025` or `2025 10 01`, as folding leaves them.
fn is_date(folded: &str) -> bool {
    let parts: Vec<&str> = folded.split(' ').collect();
    let digits = |p: &&str| p.bytes().all(|b| b.is_ascii_digit());
    parts.len() == 3 && parts.iter().all(digits) && (parts[0].len() == 4 || parts[2].len() == 4) && parts[1].len() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::{Applicant, ApplicantKind, Proxy};

    fn person(identity: &str) -> Applicant {
        Applicant {
            kind: ApplicantKind::Citizen,
            name: "Nguyễn Văn Mẫu".into(),
            identity: Some(identity.into()),
            phone: None,
            email: None,
            address: None,
        }
    }

    #[test]
    fn int_10_the_number_of_an_authorisation_is_told_from_its_date() {
        let of = authorisation_numbers;
        assert_eq!(of("Giấy uỷ quyền số 12/2025/GUQ ngày 01/10/2025"), ["12 2025 guq"]);
        assert_eq!(of("Hợp đồng uỷ quyền số 1234, quyển số 02/2025, ngày 1 tháng 10 năm 2025"), ["1234", "02 2025"]);
        assert_eq!(of("Giấy giới thiệu số 15-GGT, 2025-10-01"), ["15 ggt"]);
        assert_eq!(of("Giấy uỷ quyền viết tay"), Vec::<String>::new());
    }

    #[test]
    fn res_02_owner_proxy_and_paper_name_a_dossier_and_each_once() {
        let proxy = Proxy { person: person("022190004567"), authorisation: "Số 7 (số 7)".into() };
        let people = People {
            applicant: person("022099012345"),
            owner: Some(person("022190004567")),
            proxy: Some(proxy),
            form: serde_json::Value::Null,
        };
        let expected = [
            (NamedAs::Owner, "022190004567".to_owned()),
            (NamedAs::Proxy, "022190004567".to_owned()),
            (NamedAs::Authorisation, "7".to_owned()),
        ];
        assert_eq!(also_named(&people), expected);
        let mut alone = People { owner: None, proxy: None, ..people };
        assert_eq!(also_named(&alone), []);
        alone.applicant.phone = Some("+84 912 345 678".into());
        assert_eq!(also_named(&alone), [(NamedAs::Phone, "0912345678".to_owned())]);
    }
}
