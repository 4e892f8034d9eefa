//! The ways through a process as a graph: every step with the steps that may follow it in some situation.

use super::{Condition, Process, StepKind};
use crate::dossier::Decision;

impl Process {
    /// Places of the steps that may follow the one at `here`. Only later ones: what points back or nowhere is a fault of its
    /// own and leads nowhere.
    pub(super) fn follows(&self, here: usize) -> Vec<usize> {
        let Some(step) = self.steps.get(here) else { return Vec::new() };
        let later = |key: &str| self.place_of(key).filter(|to| *to > here);
        let mut ways: Vec<usize> = step.transitions.iter().filter_map(|t| later(&t.to)).collect();
        if !self.is_always_left_otherwise(here) && here + 1 < self.steps.len() {
            ways.push(here + 1);
        }
        ways.sort_unstable();
        ways.dedup();
        ways
    }

    /// Some transition is taken whatever happens, so the next step in order never follows.
    fn is_always_left_otherwise(&self, here: usize) -> bool {
        let step = &self.steps[here];
        let has = |when: &Condition| step.transitions.iter().any(|t| t.when == *when);
        let decided = step.kind.is_work() || step.kind == StepKind::Approve;
        let both = has(&Condition::Opinion(Decision::Grant)) && has(&Condition::Opinion(Decision::Decline));
        has(&Condition::Always) || (decided && both)
    }

    /// Which steps a dossier can come to at all.
    pub(super) fn reached(&self) -> Vec<bool> {
        let mut reached = vec![false; self.steps.len()];
        if let Some(first) = reached.first_mut() {
            *first = true;
        }
        for here in 0..self.steps.len() {
            if reached[here] {
                self.follows(here).into_iter().for_each(|to| reached[to] = true);
            }
        }
        reached
    }

    /// Working minutes of the longest way through the process.
    pub fn longest_minutes(&self) -> u32 {
        let mut until = vec![0_u32; self.steps.len()];
        for here in 0..self.steps.len() {
            until[here] = until[here].saturating_add(self.steps[here].minutes.unwrap_or(0));
            for to in self.follows(here) {
                until[to] = until[to].max(until[here]);
            }
        }
        let reached = self.reached();
        until.into_iter().zip(reached).filter(|(_, reached)| *reached).map(|(minutes, _)| minutes).max().unwrap_or(0)
    }
}
