//! What lies in the store, and whose it is.

use crate::{
    catalogue::{Component, ProcedureVersion},
    dossier::{Decision, People},
    text::fold,
};

/// A paper of a store: the type of its identifiers.
#[derive(Clone, Copy, Debug)]
pub struct VaultPaper;

macro_rules! origins {
    ($($variant:ident $key:literal $vi:literal $en:literal $doc:literal;)+) => {
        /// How a paper came into the store (loại số hóa).
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Origin { $(#[doc = $doc] $variant),+ }

        impl Origin {
            /// Every origin.
            pub const ALL: &'static [Origin] = &[$(Origin::$variant),+];
            /// The key used by the data base.
            pub const fn key(self) -> &'static str {
                match self { $(Origin::$variant => $key),+ }
            }
            /// In both languages.
            pub const fn words(self) -> (&'static str, &'static str) {
                match self { $(Origin::$variant => ($vi, $en)),+ }
            }
            /// The origin of that key.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|o| o.key() == key)
            }
        }
    };
}

origins! {
    Intake "intake" "Giấy tờ nộp theo hồ sơ" "Handed in with a dossier" "Digitised when a dossier was taken in (RES-06).";
    Result "result" "Kết quả giải quyết" "Result of a dossier" "The result of a dossier, once it was handed over (RES-05).";
    Own "own" "Tự tải lên" "Uploaded by the owner" "Uploaded by its owner (STO-01).";
}

/// Whose papers those of a dossier are: the owner's where one is named, else the applicant's (STO-02).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner<'a> {
    /// Identity number, passport, tax or enterprise code in its one written form.
    pub number: &'a str,
    /// Full name.
    pub name: &'a str,
}

/// The owner of a dossier's papers; none where nobody's number is known.
pub fn owner(people: &People) -> Option<Owner<'_>> {
    let person = people.owner.as_ref().unwrap_or(&people.applicant);
    Some(Owner { number: person.identity.as_deref()?, name: &person.name })
}

/// Whether a paper is what somebody declares for this one dossier: an application is written anew each time and never reused,
/// whereas a certificate says the same for every dossier.
pub fn is_declaration(paper: &Component) -> bool {
    const BEGINS: [&str; 6] = ["to khai", "don ", "giay de nghi", "van ban de nghi", "phieu de nghi", "mau don"];
    let name = fold(&paper.name);
    paper.form.is_some() || paper.form_file.is_some() || paper.e_form || BEGINS.iter().any(|b| name.starts_with(b))
}

/// Whether a paper shows an identity document. Its picture can do more harm in wrong hands than any other paper, so no page shows
/// it by itself, and who opens it is written down apart (Luật 91/2025/QH15: sensitive personal data).
pub fn is_identity_document(paper: &Component) -> bool {
    const WORDS: [&str; 7] =
        ["can cuoc", "cccd", "chung minh nhan dan", "chung minh nhan than", "cmnd", "ho chieu", "giay to tuy than"];
    let name = fold(&paper.name);
    WORDS.iter().any(|word| name.contains(word))
}

/// What a result is called in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultNamed {
    /// As the catalogue names what the applicant gets.
    pub name: String,
    /// What it is about (trích yếu).
    pub about: String,
}

/// The name of a result: that of the catalogue when the request was granted, a plain one when it was declined.
pub fn result_named(procedure: &ProcedureVersion, decision: Decision) -> ResultNamed {
    let published = procedure.results.first().map(|r| r.name.trim()).filter(|n| !n.is_empty());
    let name = match decision {
        Decision::Grant => published.unwrap_or("Kết quả giải quyết thủ tục hành chính"),
        Decision::Decline => "Văn bản trả lời không giải quyết hồ sơ",
    };
    ResultNamed { name: name.to_owned(), about: procedure.name.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::{Applicant, ApplicantKind};

    fn person(identity: Option<&str>) -> Applicant {
        Applicant {
            kind: ApplicantKind::Citizen,
            name: "Nguyễn Thị Mẫu".into(),
            identity: identity.map(str::to_owned),
            phone: None,
            email: None,
            address: None,
        }
    }

    #[test]
    fn sto_02_papers_belong_to_the_owner_of_the_dossier_and_to_nobody_without_a_number() {
        let mut people =
            People { applicant: person(Some("022099012345")), owner: None, proxy: None, form: serde_json::Value::Null };
        assert_eq!(owner(&people).unwrap().number, "022099012345");
        people.owner = Some(person(Some("5700100256")));
        assert_eq!(owner(&people).unwrap().number, "5700100256");
        people.owner = Some(person(None));
        assert_eq!(owner(&people), None, "the applicant's number is not the owner's");
    }

    fn component(name: &str, form: Option<&str>) -> Component {
        Component {
            id: "c".into(),
            name: name.into(),
            section: String::new(),
            originals: 1,
            copies: 0,
            required: true,
            form: form.map(str::to_owned),
            form_file: None,
            e_form: false,
        }
    }

    #[test]
    fn int_14_a_declaration_is_no_paper_to_use_again() {
        assert!(is_declaration(&component("Tờ khai đăng ký khai sinh", None)));
        assert!(is_declaration(&component("Đơn đề nghị cấp giấy phép", None)));
        assert!(is_declaration(&component("Bản vẽ", Some("mau-01.docx"))));
        assert!(!is_declaration(&component("Giấy chứng sinh", None)));
    }

    #[test]
    fn the_picture_of_an_identity_document_is_known_by_the_papers_name() {
        for name in [
            "Bản sao thẻ Căn cước công dân",
            "Hộ chiếu hoặc giấy tờ có giá trị đi lại",
            "CMND/CCCD của cha, mẹ",
            "Giấy tờ chứng minh nhân thân",
        ] {
            assert!(is_identity_document(&component(name, None)), "{name}");
        }
        assert!(!is_identity_document(&component("Giấy chứng sinh", None)));
        assert!(!is_identity_document(&component("Căn cứ pháp lý của dự án", None)));
    }

    #[test]
    fn every_origin_has_a_key_of_its_own() {
        for origin in Origin::ALL {
            assert_eq!(Origin::from_key(origin.key()), Some(*origin));
        }
        assert_eq!(Origin::from_key("x"), None);
    }
}
