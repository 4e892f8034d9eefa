use crate::{
    id::Id,
    people::{Agency, Centre, Officer, Unit},
    time::Instant,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How an interlinked dossier goes along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Travel {
    /// On paper: each agency passes on to the next (ILK-01).
    Paper,
    /// Electronically: all at once, each when what it needs is there (ILK-02).
    Electronic,
}

impl Travel {
    /// The key used by the API.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Electronic => "electronic",
        }
    }
    /// The way of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Paper, Self::Electronic].into_iter().find(|t| t.key() == key)
    }
}

/// Who does a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// An agency of the province.
    Agency(Id<Agency>),
    /// A body outside this system, such as a ministry: what comes back from it is entered by the lead (FLW-06).
    Outside(String),
}

/// The part of one agency in an interlinked dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// 1, 2, 3 … within the dossier.
    pub id: u32,
    /// Who does it.
    pub body: Body,
    /// The unit that must do it; any of the agency when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id<Unit>>,
    /// What is to be done.
    pub work: String,
    /// Until when.
    pub due_at: Instant,
    /// Parts whose result it needs first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<u32>,
    /// The one-stop unit of the upper level, through which paper and data go (ILK-03).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<Id<Centre>>,
    /// When the lead gave it the date it has now, where that is not the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redated_at: Option<Instant>,
    /// Where it stands.
    pub stage: Stage,
}

/// Where a part stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Stage {
    /// What it needs is not there yet.
    Waiting,
    /// The one-stop unit of the upper level has it, to pass it on (ILK-03).
    AtOneStop {
        /// Since when.
        since: Instant,
    },
    /// The agency has it.
    Open {
        /// Since when.
        since: Instant,
        /// Who has it in person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        officer: Option<Id<Officer>>,
    },
    /// Its result is there.
    Done(PartResult),
    /// The lead took it back: what needed it goes on without it.
    Recalled {
        /// When.
        at: Instant,
    },
}

/// What an agency gives back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartResult {
    /// In words.
    pub text: String,
    /// Number and symbol of the paper, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Who signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<String>,
    /// SHA-256 of its files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// Who entered it.
    pub by: Id<Officer>,
    /// When.
    pub at: Instant,
}

impl Part {
    /// Nobody is waited for: its result is there, or it was taken back.
    pub const fn is_done(&self) -> bool {
        matches!(self.stage, Stage::Done(_) | Stage::Recalled { .. })
    }
    /// Since when somebody has it, at the one-stop unit or in the agency.
    pub const fn since(&self) -> Option<Instant> {
        match self.stage {
            Stage::AtOneStop { since } | Stage::Open { since, .. } => Some(since),
            Stage::Waiting | Stage::Done(_) | Stage::Recalled { .. } => None,
        }
    }
    /// Somebody works on it.
    pub const fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open { .. })
    }
    /// The agency of the province that does it.
    pub const fn agency(&self) -> Option<Id<Agency>> {
        match self.body {
            Body::Agency(agency) => Some(agency),
            Body::Outside(_) => None,
        }
    }
}
