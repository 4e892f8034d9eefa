//! Paper between the Centre and the agencies (FLW-09): what waits to be carried, runs with minutes that both sides sign, and where
//! the paper of every dossier is. On where the profile has minutes; elsewhere data alone travels.

mod desk {
    pub mod page;
    mod view;
}
mod duty;
mod give;
mod minutes {
    pub mod page;
    pub mod paper;
}
mod receive;
mod rounds;
mod shown;
pub mod store;

pub use rounds::carry;
pub use shown::{Whereabout, whereabouts};

use crate::{app::App, dossier::Done, error::AppError};
use axum::{Router, routing::get};
use domain::{
    courier::{Belongs, belongs},
    dossier::{Dossier, Law},
};
use platform::db::Unit;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/can-bo/giao-nhan", get(desk::page::show).post(desk::page::send))
        .route("/can-bo/giao-nhan/truc", get(duty::back).post(duty::send))
        .route("/can-bo/giao-nhan/{file}", get(minutes::page::show).post(minutes::page::send))
}

/// Whether paper moves with minutes in this province.
pub fn is_on(app: &App) -> bool {
    app.profile.courier.handover_minutes
}

/// Keeps in step where the paper of a dossier is wanted, in the unit that changed the dossier.
pub fn keep(unit: &mut Unit, app: &App, done: &Done, before: Option<&Dossier>, law: &Law) -> Result<(), AppError> {
    if !is_on(app) {
        return Ok(());
    }
    let was = before.map(|d| belongs(d, law)).unwrap_or_default();
    let wanted = belongs(&done.state, law);
    for now in wanted.iter().filter(|w| !was.contains(w)) {
        store::want(unit, done.id, now)?;
    }
    let over = |b: &&Belongs| !wanted.iter().any(|w| w.load == b.load);
    for gone in was.iter().filter(over) {
        store::want_no_more(unit, done.id, gone.load)?;
    }
    Ok(())
}
