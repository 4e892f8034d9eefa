//! Internal processes: who does what in which order, in how much time (CAT-04).

mod administered_by;
mod approval_lapses;
pub mod bpmn;
mod compare;
mod fault;
mod kind;
mod lint;
mod participant;
pub mod picture;
mod scope;
mod succession;
#[cfg(test)]
mod tests;
mod time;
mod transition;
mod ways;
mod who_does_what;

pub use approval_lapses::approval_lapses;
pub use compare::{Compared, compare};
pub use fault::{Fault, ProcessFault};
pub use kind::StepKind;
pub use lint::Held;
pub use participant::Participant;
pub use scope::ProcessScope;
pub use succession::{Fate, Involvement};
pub use time::{Tried, TryOut, working_time};
pub use transition::{Condition, Situation, Transition};
pub use who_does_what::{default_process, first_process, working_minutes};

use crate::{
    id::Id,
    people::{Agency, Unit},
};
use serde::{Deserialize, Serialize};

/// Working minutes of one working day: 8 hours.
pub const DAY_MINUTES: u32 = 8 * 60;

/// An internal process: steps in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// Steps, first to last.
    pub steps: Vec<Step>,
    /// Agencies that take part beside the lead in an interlinked procedure.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<Participant>,
}

/// One step of a process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Key, unique in its process: `intake assign appraise approve issue return` in the default one.
    pub key: String,
    /// What is done in it: decisions ask for the kind, never for the key.
    pub kind: StepKind,
    /// Name for Vietnamese screens.
    pub name_vi: String,
    /// Name for English screens.
    pub name_en: String,
    /// Who acts.
    pub actor: Actor,
    /// Working minutes allotted; absent where the procedure has no limit.
    pub minutes: Option<u32>,
    /// Ways out other than the next step, tried in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<Transition>,
}

/// Who acts in a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// At the Centre or at the competent agency.
    pub place: Place,
    /// Keys of the roles that may act, by `accounts::Role::as_str`.
    pub roles: Vec<String>,
    /// Another agency than the competent one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<Id<Agency>>,
    /// The only unit that may act; absent where every unit of the agency may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id<Unit>>,
}

/// Where a step is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Centre or one-stop unit.
    Centre,
    /// The competent agency.
    Agency,
}

impl Process {
    /// The step with this key.
    pub fn step(&self, key: &str) -> Option<&Step> {
        self.steps.iter().find(|s| s.key == key)
    }
    /// Working minutes of all steps together.
    pub fn total_minutes(&self) -> u32 {
        self.steps.iter().filter_map(|s| s.minutes).fold(0, u32::saturating_add)
    }
}
