//! What officers agreed on unclear points of a procedure (INT-12): kept by the procedure, shown at the intake.

mod notes {
    pub mod page;
}
pub mod store;

use crate::{accounts::audit, app::App, error::AppError, settings};
use axum::{Router, routing::get};
use domain::accounts::Who;
use platform::db::Unit;
use store::Note;

/// The routes of this screen.
pub fn routes() -> Router<App> {
    Router::new().route("/can-bo/thu-tuc/{procedure}", get(notes::page::show).post(notes::page::send))
}

/// Keeps an agreed answer, with its trace; closing an unclear case calls it in its own unit.
pub fn keep(unit: &mut Unit, app: &App, by: &Who, note: &Note) -> Result<(), AppError> {
    store::insert(unit, note)?;
    audit(unit, app, Some(by), "guidance.add", &note.code, &note.question)?;
    Ok(settings::bump_reference(unit)?)
}
