//! What follows from events outside the data base: computed in the unit, done by the worker, each once per key (NTF-02).

pub mod store;

use crate::{app::App, error::AppError};
use domain::{
    dossier::{Dossier, Event},
    id::Id,
    notices::{Reaction, reactions},
};
use platform::db::Unit;
use store::Lane;

/// Puts the reactions to these events into the outbox, in the unit that saves the events.
pub fn enqueue(
    unit: &mut Unit,
    app: &App,
    dossier: Id<Dossier>,
    version: u32,
    events: &[Event],
) -> Result<(), AppError> {
    for reaction in reactions(events) {
        let (lane, kind, payload) = match &reaction {
            Reaction::ArchiveSlip { slip } => (Lane::Archive, "archive_slip", slip.to_string()),
        };
        let key = format!("{kind}/{dossier}/{version}");
        store::insert(unit, lane, app.ids.next()?, &key, kind, &payload, app.machine.now())?;
    }
    Ok(())
}

/// The routes of this slice.
pub fn routes() -> axum::Router<crate::app::App> {
    axum::Router::new()
}
