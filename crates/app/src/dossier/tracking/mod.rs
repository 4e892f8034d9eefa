//! Following a dossier by its code: what anybody may see, and what only the people on it (TRK-01).

mod find;
mod follow;
mod path;
mod proof;
mod sentence;
mod short;
mod verify {
    pub mod page;
}

use super::store::{self, Key};
use crate::{app::App, catalogue::Governing, error::AppError};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use domain::{
    accounts::Scope,
    dossier::{Dossier, DossierCode, Event, StoredEvent, read_barcode},
    id::Id,
};
use platform::db::Query;
use std::sync::Arc;

pub use find::page::{guarded, not_found};
pub use path::Passed;
pub use proof::knows;
pub use short::{Short, short};

/// The routes of these screens.
pub fn routes() -> Router<App> {
    // The file that somebody compares is hashed as it comes, within the limit of the configuration.
    let with_files = Router::new()
        .route("/xac-minh/{code}", get(verify::page::show).post(verify::page::send))
        .layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/tra-cuu/{code}/ket-qua/{sha256}", get(follow::result))
        .merge(with_files)
        .route("/tra-cuu", get(find::page::show))
        .route("/tra-cuu/{code}", get(follow::page::show).post(follow::page::prove))
        .route("/tra-cuu/{code}/tin", post(follow::choose))
        .route("/tra-cuu/{code}/giay-hen.pdf", get(follow::slip::download))
}

/// A dossier with its history, as one snapshot shows it.
pub struct Found {
    pub id: Id<Dossier>,
    pub state: Dossier,
    pub governing: Arc<Governing>,
    pub events: Vec<(StoredEvent, Event)>,
}

/// The dossier under a key, if it has a code: two statements, and the governing version from memory.
pub fn load(q: &mut impl Query, app: &App, scope: &Scope, key: &Key) -> Result<Option<Found>, AppError> {
    let Some(kept) = store::find(q, scope, key)? else { return Ok(None) };
    let governing = app.versions.of(q, &kept.state.intake)?;
    let read = |line: StoredEvent| match serde_json::from_str(&line.body) {
        Ok(event) => Ok((line, event)),
        Err(e) => Err(AppError::Internal(format!("dossier_events {} {}: {e}", kept.id, line.seq))),
    };
    let events = store::events(q, kept.id, 0)?.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(Some(Found { id: kept.id, state: kept.state, governing, events }))
}

/// A dossier with the way it went, as one snapshot shows it: all that its page tells to anybody.
pub struct Followed {
    pub id: Id<Dossier>,
    pub state: Dossier,
    pub governing: Arc<Governing>,
    pub way: Vec<Passed>,
}

/// The dossier under a key, if it has a code.
pub fn follow_up(q: &mut impl Query, app: &App, key: &Key) -> Result<Option<Followed>, AppError> {
    let Some(kept) = store::find(q, &Scope::Public, key)? else { return Ok(None) };
    let governing = app.versions.of(q, &kept.state.intake)?;
    let way = store::way(q, kept.id)?;
    Ok(Some(Followed { id: kept.id, state: kept.state, governing, way }))
}

/// What people type or scan: a code in any writing, the digits of the bar code, the address behind the QR code.
pub fn typed_key(text: &str) -> Option<Key> {
    let text = text.trim();
    let text = text.rsplit_once("/tra-cuu/").map_or(text, |(_, code)| code);
    if let Some(id) = read_barcode(text) {
        return Some(Key::Id(Id::new(id)));
    }
    text.parse::<DossierCode>().ok().map(|code| Key::Code(code.as_str().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trk_01_a_code_is_found_as_it_is_typed_scanned_or_linked() {
        let code = |k: Option<Key>| match k {
            Some(Key::Code(code)) => code,
            _ => String::new(),
        };
        assert_eq!(code(typed_key(" h49.24-251006-0001 ")), "H49.24-251006-0001");
        assert_eq!(code(typed_key("https://a.vn/tra-cuu/H49.24-251006-0001")), "H49.24-251006-0001");
        let bars = domain::dossier::barcode(4_815_162_342);
        assert!(matches!(typed_key(&bars), Some(Key::Id(id)) if id.raw() == 4_815_162_342));
        assert!(typed_key("4815162342").is_none());
        assert!(typed_key("").is_none());
    }
}
