//! The national public service portal (LNK-01): it is told how every dossier stands, and citizens are led to it where the
//! regulation names it alone (QNI 13.4a). What it delivers comes in by the API as from anybody else (`dossier::api`).

mod gather;
mod push;
mod store;
mod wire;

pub use push::push;

use crate::{app::App, error::AppError};
use domain::{catalogue::Channel, dossier::Dossier, id::Id, profile::Portal};
use platform::{config::FOR_CITIZENS, db::Query};

/// The kind of its jobs in the outbox.
pub const KIND: &str = "sync_national";

/// Stable name of the effect: a dossier at a version.
pub fn key(dossier: Id<Dossier>, version: u32) -> String {
    format!("sync/{dossier}/{version}")
}

/// Whether the portal is told: it is configured, and the people are real.
pub fn is_on(app: &App) -> bool {
    app.tells && app.config.national_portal.as_ref().is_some_and(|p| !app.is_demo() || p.in_demo)
}

/// Where citizens hand in online when not on pages of ours (QNI 13.4a).
pub fn for_citizens(app: &App) -> Option<String> {
    let profile = &app.profile;
    let through = &profile.online.submission_through;
    let there = through.contains(&Portal::National) && !through.contains(&Portal::Province);
    let open = there && profile.intake.channels.contains(&Channel::Online);
    let configured = app.config.national_portal.as_ref().map(|p| p.citizens_url.clone());
    open.then(|| configured.unwrap_or_else(|| FOR_CITIZENS.to_owned()))
}

/// How many dossiers wait for a portal that has not answered yet.
pub fn waiting(q: &mut impl Query) -> Result<i64, AppError> {
    Ok(store::waiting(q)?)
}
