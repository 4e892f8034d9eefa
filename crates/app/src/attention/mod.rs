//! What the clock asks for: deadlines kept with each dossier, fired once, and the list of those they call (CLK-07 … CLK-09).

mod fire;
mod kept;
mod list {
    pub mod page;
}
mod owed;
mod overdue {
    pub mod page;
}
mod store;

pub use fire::{Fired, fire};
pub use kept::{Columns, KeptMoment};
pub use owed::keep_owed;

use crate::{app::App, dossier::apology_drafts, error::AppError};
use axum::{Router, routing::get};
use domain::{
    dossier::{Dossier, DueKind, Law, due_moments},
    id::Id,
};
use platform::db::Unit;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/can-bo/viec-can-chu-y", get(list::page::show))
        .route("/cong-khai/qua-han", get(overdue::page::show))
}

/// The deadlines of a dossier that this unit opens.
pub fn begin(unit: &mut Unit, id: Id<Dossier>, state: &Dossier, law: &Law) -> Result<(), AppError> {
    let all: Vec<KeptMoment> = due_moments(state, law).iter().map(KeptMoment::waiting).collect();
    if !all.is_empty() {
        store::write(unit, id, &all)?;
    }
    Ok(())
}

/// Keeps the deadlines of a dossier in step with its state, in the unit that changed it: new ones are added, those that
/// speak of nothing any more are dropped, what they called for is closed.
pub fn keep(unit: &mut Unit, id: Id<Dossier>, state: &Dossier, law: &Law) -> Result<(), AppError> {
    let before = store::of(unit, id)?;
    let mut all: Vec<KeptMoment> = due_moments(state, law).iter().map(KeptMoment::waiting).collect();
    for one in &mut all {
        let Some(had) = before.iter().find(|k| k.key == one.key && k.fired) else { continue };
        // One that fired keeps the moment at which it did.
        one.clone_from(had);
        if had.kind() == Some(DueKind::ApologyDraft) {
            apology_drafts::store::reopen(unit, id, &had.key)?;
        }
    }
    for gone in before.iter().filter(|k| k.fired) {
        if all.iter().all(|k| k.key != gone.key) {
            store::close(unit, id, &gone.key, law.now)?;
            if gone.kind() == Some(DueKind::ApologyDraft) {
                apology_drafts::store::close(unit, id, &gone.key, law.now)?;
            }
            all.push(gone.clone());
        }
    }
    if !same(&before, &all) {
        store::write(unit, id, &all)?;
    }
    Ok(())
}

/// The same deadlines, in whatever order.
fn same(before: &[KeptMoment], after: &[KeptMoment]) -> bool {
    before.len() == after.len() && after.iter().all(|one| before.contains(one))
}
