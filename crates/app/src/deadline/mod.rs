//! The working calendar and the question "when is it due" (CLK-01 … CLK-03).

pub mod api;
mod change;
pub mod changes;
mod decision {
    pub mod page;
}
mod file;
mod import;
mod seed;
pub mod store;
mod table;
mod year;

use crate::{app::App, reference::Reference};
use axum::{
    Router,
    routing::{get, post},
};
use domain::{
    deadline::{OutsideCalendar, Reckoning, TimeLimit},
    id::Id,
    people::Centre,
    time::Instant,
};

pub use api::{DueAnswer, DueLine, DueQuestion, compute_due};
pub use import::import_holidays;
pub use seed::seed;
pub use table::day;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/calendar/due", post(compute_due))
        .route("/can-bo/quan-tri/lich", get(year::page::show))
        .route("/can-bo/quan-tri/lich/tai-ve", get(file::export))
        .route("/can-bo/quan-tri/lich/ngay", post(year::page::enter))
        .route("/can-bo/quan-tri/lich/xoa", post(year::page::remove))
        .route("/can-bo/quan-tri/lich/quyet-dinh", get(decision::page::show).post(decision::page::send))
        .merge(changes::routes())
}

/// When a limit that starts at `start` ends, and why, by the hours of a centre (the profile's hours without one).
pub fn due(
    reference: &Reference,
    start: Instant,
    limit: TimeLimit,
    centre: Option<Id<Centre>>,
) -> Result<Reckoning, OutsideCalendar> {
    let calendar = centre.map_or(&reference.calendar, |c| reference.calendar_of(c));
    let reckoning = domain::deadline::due(start, limit, calendar, &reference.clock)?;
    Ok(Reckoning { lines: reference.cites.put(reckoning.lines), ..reckoning })
}
