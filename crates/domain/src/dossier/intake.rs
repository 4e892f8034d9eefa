use crate::{
    catalogue::{Channel, ProcedureVersion, Process},
    id::Id,
    people::{Agency, Centre},
};
use serde::{Deserialize, Serialize};

/// How the applicant wants the result; officers cannot override it (INT-15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultBy {
    /// Collected at the return desk.
    Counter,
    /// Sent by post.
    Post,
    /// As a signed file.
    Online,
}

impl ResultBy {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Counter, Self::Post, Self::Online];
    /// The key used by the API and the data base.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Post => "post",
            Self::Online => "online",
        }
    }
    /// Vietnamese, English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Counter => ("Nhận tại quầy trả kết quả", "At the return desk"),
            Self::Post => ("Nhận qua bưu chính công ích", "By public post"),
            Self::Online => ("Nhận bản điện tử", "As a signed file"),
        }
    }
    /// Reads a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.key() == key)
    }
}

/// Who an applicant is in law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantKind {
    /// A natural person.
    Citizen,
    /// An enterprise or household business.
    Business,
    /// A state body.
    StateBody,
    /// Another organisation.
    Organisation,
}

impl ApplicantKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Citizen, Self::Business, Self::StateBody, Self::Organisation];
    /// The key used by the API and the data base.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Business => "business",
            Self::StateBody => "state_body",
            Self::Organisation => "organisation",
        }
    }
    /// Vietnamese, English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Citizen => ("Cá nhân", "Citizen"),
            Self::Business => ("Doanh nghiệp, hộ kinh doanh", "Business"),
            Self::StateBody => ("Cơ quan nhà nước", "State body"),
            Self::Organisation => ("Tổ chức khác", "Other organisation"),
        }
    }
    /// Reads a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.key() == key)
    }
}

/// A person or organisation on a dossier. Personal data: it stays in an erasable row and enters the event chain only as a
/// salted digest. All numbers have been parsed before they arrive here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// In law.
    pub kind: ApplicantKind,
    /// Full name, never split.
    pub name: String,
    /// Identity or tax number; an applicant without papers has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
    /// National form, digits only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Postal address, two levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// The person who hands the dossier in for somebody else (INT-10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proxy {
    /// The proxy.
    #[serde(flatten)]
    pub person: Applicant,
    /// The paper that authorises, as recorded: kind, number, day.
    pub authorisation: String,
}

/// Everybody on a dossier, and what the e-form holds about them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// Who asks.
    pub applicant: Applicant,
    /// Whose dossier it is, when not the applicant's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Applicant>,
    /// Who hands it in for the applicant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<Proxy>,
    /// What the e-form asked, as JSON.
    #[serde(default, skip_serializing_if = "serde_json::Value::is_null")]
    pub form: serde_json::Value,
}

/// One paper of the checklist as it was received (INT-02), counted by kind as form 01 prints it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedComponent {
    /// The component of the published list.
    pub id: String,
    /// Originals received.
    pub originals: u32,
    /// Certified copies received (bản chứng thực). What was written before they were counted has none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub certified: u32,
    /// Plain copies received.
    pub copies: u32,
    /// SHA-256 of the attached files, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}

impl ReceivedComponent {
    /// Sheets and sets of whatever kind that lie on the desk.
    pub fn on_paper(&self) -> u32 {
        self.originals + self.certified + self.copies
    }

    /// Whether it was received at all: on paper of whatever kind, or as a file.
    pub fn is_here(&self) -> bool {
        self.on_paper() > 0 || !self.files.is_empty()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes by reference")]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// What is taken in: everything about the dossier except the people, who are kept apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake {
    /// The version of the procedure that governs it from now on (CAT-02).
    pub procedure: Id<ProcedureVersion>,
    /// The code of the procedure, for reading.
    pub procedure_code: String,
    /// The case of the procedure, when it has several.
    pub variant: Option<String>,
    /// The process by which it will be handled (CAT-04).
    pub process: Id<Process>,
    /// The competent agency.
    pub agency: Id<Agency>,
    /// The centre that takes it in.
    pub centre: Id<Centre>,
    /// How it came.
    pub channel: Channel,
    /// How the result is wanted.
    pub result_by: ResultBy,
    /// The checklist.
    pub components: Vec<ReceivedComponent>,
    /// Number of sets handed in.
    pub sets: u32,
    /// Why it is entered after the event: taken in on paper while the system was out of reach (INT-13). Its time of receipt is
    /// then the true one, and a second officer confirms it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<String>,
    /// Salted SHA-256 of the people, hex.
    pub people: String,
}
