//! Agencies that take part in an interlinked procedure, each with work and a limit of its own (ILK-01, ILK-02).

use super::Process;
use crate::{id::Id, people::Agency};
use serde::{Deserialize, Serialize};

/// One agency's part beside the lead's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Participant {
    /// Who.
    pub agency: Id<Agency>,
    /// What it does, in the words of the approving decision.
    pub work: String,
    /// Working minutes allotted to it.
    pub minutes: Option<u32>,
    /// The participant whose result it needs first; absent where it begins at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Id<Agency>>,
}

impl Process {
    /// Working minutes until the last participant is done: those that need nobody work at the same time, the others after
    /// the one they need. `None` when two wait for each other.
    pub fn participants_minutes(&self) -> Option<u32> {
        let until: Option<Vec<u32>> =
            self.participants.iter().map(|p| self.until(p, self.participants.len())).collect();
        Some(until?.into_iter().max().unwrap_or(0))
    }

    fn until(&self, p: &Participant, left: usize) -> Option<u32> {
        let own = p.minutes.unwrap_or(0);
        let needed = p.after.and_then(|agency| self.participants.iter().find(|other| other.agency == agency));
        match needed {
            None => Some(own),
            // A chain longer than the list goes round in a circle.
            Some(_) if left == 0 => None,
            Some(before) => Some(own.saturating_add(self.until(before, left - 1)?)),
        }
    }
}
