//! Guard rail 7: what keeps a process from being published.

use super::{Place, Process, Step, working_minutes};
use crate::deadline::TimeLimit;
use std::collections::HashSet;

/// Why a process cannot be published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProcessFault {
    /// It has no step.
    #[error("quy trình chưa có bước nào")]
    Empty,
    /// It takes longer than the law allows.
    #[error("tổng thời gian các bước là {total} phút làm việc, vượt thời hạn giải quyết {allowed} phút")]
    ExceedsLimit {
        /// Working minutes of all steps.
        total: u32,
        /// Working minutes of the statutory limit.
        allowed: u32,
    },
    /// Two steps have the same key, so a return to one of them would be ambiguous.
    #[error("bước \"{0}\" xuất hiện hai lần")]
    DuplicateKey(String),
    /// A step has no time although the procedure has a limit.
    #[error("bước \"{0}\" chưa có thời gian thực hiện")]
    NoTime(String),
    /// A step that nobody could do: the dossier would stay there.
    #[error("bước \"{step}\" giao cho vai trò \"{role}\" nhưng không ai giữ vai trò này")]
    NobodyHasRole {
        /// The step.
        step: String,
        /// The role; empty when the step names none.
        role: String,
    },
    /// The last step is not at the Centre, where results are returned (INT-09): a dead end.
    #[error("bước cuối không đưa kết quả về Trung tâm")]
    DeadEnd,
}

impl Process {
    /// Whether the process may be published under `limit`. `held` says whether somebody has a role at a place.
    pub fn check(&self, limit: TimeLimit, held: impl Fn(Place, &str) -> bool) -> Result<(), ProcessFault> {
        let last = self.steps.last().ok_or(ProcessFault::Empty)?;
        if last.actor.place != Place::Centre {
            return Err(ProcessFault::DeadEnd);
        }
        let mut keys = HashSet::new();
        for step in &self.steps {
            if !keys.insert(step.key.as_str()) {
                return Err(ProcessFault::DuplicateKey(step.key.clone()));
            }
            somebody_can_do(step, &held)?;
        }
        self.fits(limit)
    }

    fn fits(&self, limit: TimeLimit) -> Result<(), ProcessFault> {
        let Some(allowed) = working_minutes(limit) else {
            return Ok(());
        };
        if let Some(step) = self.steps.iter().find(|s| s.minutes.is_none()) {
            return Err(ProcessFault::NoTime(step.key.clone()));
        }
        let total = self.total_minutes();
        if total > allowed { Err(ProcessFault::ExceedsLimit { total, allowed }) } else { Ok(()) }
    }
}

fn somebody_can_do(step: &Step, held: impl Fn(Place, &str) -> bool) -> Result<(), ProcessFault> {
    if step.actor.roles.iter().any(|role| held(step.actor.place, role)) {
        return Ok(());
    }
    let role = step.actor.roles.first().cloned().unwrap_or_default();
    Err(ProcessFault::NobodyHasRole { step: step.key.clone(), role })
}
