use crate::{dossier::SlipRef, id::Id, people::Officer, time::Instant};
use serde::{Deserialize, Serialize};

/// What was verified and found (FLW-03; seed 002, Điều 6.4b).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// 1, 2, 3 … within the dossier.
    pub id: u32,
    /// When officers went there. Where and with whom stands in the minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visited_at: Option<Instant>,
    /// What was found.
    pub findings: String,
    /// What follows for the dossier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conclusion: Option<String>,
    /// The minutes.
    pub minutes: SlipRef,
    /// Who recorded it.
    pub by: Id<Officer>,
    /// When.
    pub at: Instant,
}
