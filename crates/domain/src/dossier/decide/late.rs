//! The second officer's word on a dossier that was entered after the event (INT-13).

use super::{Facts, at_desk};
use crate::{
    accounts::{Role, Who},
    dossier::{Dossier, Event, Refusal},
};

/// Somebody else at the same desk, once.
pub(in crate::dossier) fn may_confirm_late(who: &Who, d: &Dossier) -> Result<(), Refusal> {
    let desk = |r: Role| r.takes_in() || matches!(r, Role::CentreDirector | Role::CentreDeputy);
    let waits = d.late.as_ref().filter(|late| late.confirmed_by.is_none());
    at_desk(who, d, desk, waits.is_some())?;
    if waits.is_some_and(|late| late.by == who.officer) { Err(Refusal::SecondOfficerNeeded) } else { Ok(()) }
}

pub(super) fn confirm(d: &Dossier, f: &Facts) -> Result<Vec<Event>, Refusal> {
    may_confirm_late(f.who, d)?;
    Ok(vec![Event::LateEntryConfirmed])
}
