//! What a decision approved (CAT-04): a process is published as it was decided on, or the decision is asked for anew.

use super::{Process, ProcessScope};

/// Whether a change from `before` to `after` takes the approval away: the steps, their times, the participants and the
/// dossiers it is meant for were decided on; its name is only what officers call it.
pub fn approval_lapses(before: (&Process, &ProcessScope), after: (&Process, &ProcessScope)) -> bool {
    before != after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalogue::default_process, deadline::TimeLimit, id::Id, profile::Level};

    #[test]
    fn cat_04_an_approval_lapses_when_steps_times_participants_or_scope_change() {
        let (process, scope) = (default_process(Level::Province, TimeLimit::WorkingDays(3)), ProcessScope::default());
        let lapses = |after: &Process, of: &ProcessScope| approval_lapses((&process, &scope), (after, of));
        assert!(!lapses(&process.clone(), &scope.clone()));
        let mut shorter = process.clone();
        shorter.steps[2].minutes = Some(1);
        assert!(lapses(&shorter, &scope));
        let mut fewer = process.clone();
        fewer.steps.pop();
        assert!(lapses(&fewer, &scope));
        let narrow = ProcessScope { agency: Some(Id::new(1)), ..ProcessScope::default() };
        assert!(lapses(&process, &narrow));
    }
}
