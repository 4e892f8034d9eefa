//! How a dossier goes from desk to desk, as the work lists tell it; and back, when the last act is taken back.

use super::store::{self, Kept};
use crate::error::AppError;
use domain::{
    accounts::Who,
    dossier::{Command, Event, LastAct},
    time::Instant,
};
use platform::db::Unit;

/// How the dossier went in this unit. What is taken back had a sender before, and has that one again.
pub fn of(who: &Who, at: Instant, pool: Option<String>, events: &[Event], last: Option<&LastAct>) -> store::Passage {
    let moved = events.iter().rev().find_map(|e| e.holder().map(|h| (e, h))).map(|(event, holder)| match event {
        Event::Undone { .. } => last.and_then(|l| l.moved).unwrap_or_default(),
        _ => {
            let sender = (holder.officer != Some(who.officer)).then_some(who.officer);
            (sender, matches!(event, Event::ReturnedToStep { .. }))
        }
    });
    store::Passage { at, pool, moved }
}

/// The last act on the dossier, read only for whoever wants to take it back.
pub fn last_act(unit: &mut Unit, before: Option<&Kept>, command: &Command) -> Result<Option<LastAct>, AppError> {
    match (before, command) {
        (Some(kept), Command::Undo) => Ok(LastAct::of(&store::events(unit, kept.id, 0)?)),
        _ => Ok(None),
    }
}
