//! One run of a unit's closure, with everything that can come out of it.

use super::DbError;
use super::session::{Reader, Unit};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What came out of running a unit once, before its commit.
pub(super) struct Attempt<T, E> {
    pub answer: Result<T, E>,
    /// The transaction broke in a way that a second run may survive (deadlock, lost connection).
    pub rerun: bool,
    pub panicked: bool,
}

/// Runs the closure; a panic becomes an error, and success after a failed statement does too.
pub(super) fn attempt<T, E: From<DbError>>(
    unit: &mut Unit,
    work: &mut impl FnMut(&mut Unit) -> Result<T, E>,
) -> Attempt<T, E> {
    // The closure is not called again after a panic, and the transaction is rolled back: nothing half-done is seen.
    let outcome = catch_unwind(AssertUnwindSafe(|| work(unit)));
    let failure = unit.0.take_failure();
    let rerun = failure.as_ref().is_some_and(|f| f.rerun);
    let (answer, panicked) = match (outcome, failure) {
        (Err(panic), _) => (Err(panic_error(&*panic).into()), true),
        (Ok(Ok(_)), Some(first)) => (Err(DbError::Poisoned(first.error.to_string()).into()), false),
        (Ok(answer), _) => (answer, false),
    };
    Attempt { answer, rerun, panicked }
}

/// Runs a reading closure; a panic becomes an error.
pub(super) fn attempt_read<T, E: From<DbError>>(
    reader: &mut Reader,
    look: impl FnOnce(&mut Reader) -> Result<T, E>,
) -> Result<T, E> {
    catch_unwind(AssertUnwindSafe(|| look(reader))).unwrap_or_else(|panic| Err(panic_error(&*panic).into()))
}

fn panic_error(panic: &(dyn Any + Send)) -> DbError {
    let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    DbError::Panicked(text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default())
}
