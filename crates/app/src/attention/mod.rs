//! What the clock asks for: deadlines kept with each dossier, fired once, and the list of those they call (CLK-07 … CLK-09).

mod fire;
mod list {
    pub mod page;
}
mod owed;
mod overdue {
    pub mod page;
}
mod store;

pub use fire::{Fired, fire};
pub use owed::keep_owed;

use crate::{app::App, dossier::apology_drafts, error::AppError};
use axum::{Router, routing::get};
use domain::{
    dossier::{Dossier, DueKind, Law, due_moments},
    id::Id,
};
use platform::db::Unit;
use store::KeptMoment;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/can-bo/viec-can-chu-y", get(list::page::show))
        .route("/cong-khai/qua-han", get(overdue::page::show))
}

/// The deadlines of a dossier that this unit opens.
pub fn begin(unit: &mut Unit, id: Id<Dossier>, state: &Dossier, law: &Law) -> Result<(), AppError> {
    for moment in due_moments(state, law) {
        store::insert(unit, id, &moment, &moment.key())?;
    }
    Ok(())
}

/// Keeps the deadlines of a dossier in step with its state, in the unit that changed it: new ones are added, those that
/// speak of nothing any more are dropped, what they called for is closed.
pub fn keep(unit: &mut Unit, id: Id<Dossier>, state: &Dossier, law: &Law) -> Result<(), AppError> {
    let wanted = due_moments(state, law);
    let keys: Vec<String> = wanted.iter().map(domain::dossier::DueMoment::key).collect();
    let kept = store::of(unit, id)?;
    // A date that moved takes its deadlines along: a row that has not fired yet goes on under the new key.
    let mut waiting: Vec<&KeptMoment> = Vec::new();
    for gone in kept.iter().filter(|k| !keys.contains(&k.key)) {
        if gone.fired {
            store::close(unit, id, &gone.key, law.now)?;
            if gone.kind == DueKind::ApologyDraft.key() {
                apology_drafts::store::close(unit, id, &gone.key, law.now)?;
            }
        } else {
            waiting.push(gone);
        }
    }
    for (moment, key) in wanted.iter().zip(&keys) {
        match kept.iter().find(|k| k.key == *key) {
            None => match waiting.iter().position(|k| k.kind == moment.kind.key()) {
                Some(at) => store::take_along(unit, id, &waiting.swap_remove(at).key, key, moment.at)?,
                None => store::insert(unit, id, moment, key)?,
            },
            // The calendar moved it, or the process did.
            Some(k) if !k.fired && k.fires_at != moment.at.millis() => store::move_to(unit, id, key, moment.at)?,
            Some(k) if k.fired && moment.kind == DueKind::ApologyDraft => apology_drafts::store::reopen(unit, id, key)?,
            Some(_) => {}
        }
    }
    for gone in waiting {
        store::drop_waiting(unit, id, &gone.key)?;
    }
    Ok(())
}
