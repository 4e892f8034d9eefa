use crate::{id::Id, people::Officer, time::Instant};
use serde::{Deserialize, Serialize};

/// A visit on the spot that was appointed, and of which the applicant was told (FLW-03; seed 002, Điều 6.4b). Where, with whom
/// and about what stands in a row beside the dossier: a place may be somebody's home, and the chain forgets nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteVisit {
    /// 1, 2, 3 … within the dossier.
    pub id: u32,
    /// When it begins, as it was appointed last.
    pub at: Instant,
    /// The applicant, or somebody for them, must be there.
    pub applicant: bool,
    /// Who appointed it.
    pub by: Id<Officer>,
    /// When that, or the last change of its time, was written down.
    pub since: Instant,
    /// What became of it.
    pub stage: VisitStage,
}

/// What became of an appointed visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum VisitStage {
    /// It lies ahead, or its minutes are not written yet.
    Appointed,
    /// It took place.
    Held {
        /// The verification that holds its minutes.
        verification: u32,
    },
    /// It was called off.
    CalledOff {
        /// When.
        at: Instant,
        /// Why, as the applicant was told.
        reason: String,
    },
}

impl SiteVisit {
    /// It lies ahead, or its minutes are not written yet.
    pub const fn is_open(&self) -> bool {
        matches!(self.stage, VisitStage::Appointed)
    }
}
