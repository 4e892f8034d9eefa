//! A unit of work on its way through the writer.

use crate::db::attempt::attempt;
use crate::db::{DbError, Unit};
use tokio::sync::oneshot;

/// A unit with its types hidden, so that one queue holds all of them.
pub(super) trait Job: Send {
    /// Nobody waits for the answer any more, and nothing has been done yet.
    fn is_abandoned(&self) -> bool;
    /// Runs the closure; `true` when its work is to be kept.
    fn run(&mut self, unit: &mut Unit) -> Ran;
    /// Replaces the answer.
    fn fail(&mut self, error: DbError);
    /// Replaces the answer unless it is an error already, which says more.
    fn fail_success(&mut self, error: DbError);
    /// Sends the answer; only after the commit, refusals too, for they may rest on a neighbour's work.
    fn answer(self: Box<Self>);
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ran {
    Keep,
    Undo,
    Panicked,
}

pub(super) struct Work<T, E, F> {
    closure: F,
    outcome: Option<Result<T, E>>,
    panicked: bool,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Work<T, E, F> {
    pub(super) fn new(closure: F, reply: oneshot::Sender<Result<T, E>>) -> Self {
        Self { closure, outcome: None, panicked: false, reply }
    }
}

impl<T, E, F> Job for Work<T, E, F>
where
    T: Send,
    E: From<DbError> + Send,
    F: FnMut(&mut Unit) -> Result<T, E> + Send,
{
    fn is_abandoned(&self) -> bool {
        self.reply.is_closed()
    }

    fn run(&mut self, unit: &mut Unit) -> Ran {
        if self.panicked {
            return Ran::Undo; // its answer stands; what a panic left in the closure is not trusted with a second run
        }
        let attempt = attempt(unit, &mut self.closure);
        let keep = attempt.answer.is_ok();
        self.panicked = attempt.panicked;
        self.outcome = Some(attempt.answer);
        match (keep, self.panicked) {
            (true, _) => Ran::Keep,
            (false, true) => Ran::Panicked,
            (false, false) => Ran::Undo,
        }
    }

    fn fail(&mut self, error: DbError) {
        self.outcome = Some(Err(error.into()));
    }

    fn fail_success(&mut self, error: DbError) {
        if !matches!(self.outcome, Some(Err(_))) {
            self.fail(error);
        }
    }

    fn answer(self: Box<Self>) {
        if let Some(outcome) = self.outcome {
            // A caller that went away has no use for the answer; the work is saved all the same.
            let _ = self.reply.send(outcome);
        }
    }
}
