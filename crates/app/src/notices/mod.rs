//! What follows from events outside the data base: computed in the unit, done by the worker, each once per key (NTF-02); and how
//! citizens are told (NTF-01).

mod adapter;
mod compose;
mod incoming;
mod send;
pub mod store;
mod tell;
mod wordings;

// A screen each: GET and POST in one file, the template beside it.
mod overview {
    pub mod page;
}
mod wording {
    pub mod page;
}

pub use adapter::{client, no_answer, refused};
pub use send::{mail, send, send_now, text};
pub use tell::{is_open, tell, ways};
pub use wordings::{Wordings, carried_words, untouched};

use crate::{app::App, error::AppError, national};
use axum::{
    Router,
    routing::{get, post},
};
use domain::{
    dossier::{Dossier, Event},
    id::Id,
    notices::{Reaction, reactions},
};
use platform::db::Unit;
use store::Lane;

/// Puts the reactions to these events into the outbox, in the unit that saves the events. `version` is the number of the last.
pub fn enqueue(
    unit: &mut Unit,
    app: &App,
    dossier: Id<Dossier>,
    version: u32,
    events: &[Event],
) -> Result<(), AppError> {
    let first = version.saturating_sub(u32::try_from(events.len()).unwrap_or(0)) + 1;
    for reaction in reactions(events) {
        let (lane, kind, key, payload) = match &reaction {
            Reaction::ArchiveSlip { slip } => {
                (Lane::Archive, "archive_slip", format!("archive_slip/{dossier}/{version}"), slip.to_string())
            }
            Reaction::Sync if !national::is_on(app) => continue,
            Reaction::Sync => (Lane::National, national::KIND, national::key(dossier, version), dossier.to_string()),
            Reaction::Tell { .. } if !app.tells => continue,
            Reaction::Tell { nth } => {
                let payload = tell::payload(dossier, first + u32::try_from(*nth).unwrap_or(0));
                (Lane::Notices, "tell", format!("tell/{payload}"), payload)
            }
        };
        store::insert(unit, lane, app.ids.next()?, &key, kind, &payload, app.machine.now())?;
    }
    Ok(())
}

/// Has the applicant asked to come for a result that lies ready, in the unit that fires the deadline (RES-03).
pub fn remind(unit: &mut Unit, app: &App, dossier: Id<Dossier>, deadline: &str, nth: u32) -> Result<(), AppError> {
    if !app.tells {
        return Ok(());
    }
    let (key, payload) = (format!("tell/{dossier}/{deadline}"), tell::reminder(dossier, nth));
    store::insert(unit, Lane::Notices, app.ids.next()?, &key, "tell", &payload, app.machine.now())?;
    Ok(())
}

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/tin-den/sms", post(incoming::sms))
        .route("/tin-den/zalo", post(incoming::zalo))
        .route("/can-bo/quan-tri/tin-nhan", get(overview::page::show).post(overview::page::send))
        .route("/can-bo/quan-tri/tin-nhan/{about}/{channel}", get(wording::page::show).post(wording::page::send))
}
