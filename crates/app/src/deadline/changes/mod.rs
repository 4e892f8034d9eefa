//! Changes of the working calendar (CLK-01): prepared, shown with the dossiers they touch, applied, counted through, taken back.

mod change {
    pub mod page;
}
mod history {
    pub mod page;
}
mod act;
mod preview;
mod recount;
mod store;

pub use act::{Prepared, applied_at_once, prepare};
pub use recount::recount;

use crate::app::App;
use axum::{
    Router,
    routing::{get, post},
};
use domain::{deadline::DayChange, id::Id, people::Officer, time::Instant};

/// The routes of these screens.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/can-bo/quan-tri/lich/thay-doi", get(history::page::show))
        .route("/can-bo/quan-tri/lich/thay-doi/{id}", get(change::page::show))
        .route("/can-bo/quan-tri/lich/thay-doi/{id}/ap-dung", post(change::page::apply))
        .route("/can-bo/quan-tri/lich/thay-doi/{id}/bo", post(change::page::drop_draft))
        .route("/can-bo/quan-tri/lich/thay-doi/{id}/hoan-tac", post(change::page::undo))
}

/// A change of the calendar as it is kept.
#[derive(Clone, Debug)]
pub struct Change {
    pub id: Id<Change>,
    pub state: State,
    pub days: Vec<DayChange>,
    /// The decision or announcement behind it, or why, in words.
    pub reason: String,
    /// Absent for the command line.
    pub made_by: Option<Id<Officer>>,
    pub made_at: Instant,
    pub applied_by: Option<Id<Officer>>,
    pub applied_at: Option<Instant>,
    /// The version of the calendar to which it led.
    pub version: Option<i64>,
    /// The change that this one takes back.
    pub undoes: Option<Id<Change>>,
    /// The change by which it was taken back.
    pub undone_by: Option<Id<Change>>,
    pub recount: Recount,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Prepared; the calendar does not know it yet.
    Draft,
    /// In force.
    Applied,
    /// Given up before it was applied.
    Dropped,
}

impl State {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Applied => "applied",
            Self::Dropped => "dropped",
        }
    }
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Draft, Self::Applied, Self::Dropped].into_iter().find(|s| s.key() == key)
    }
}

/// How far the open dossiers have been dated anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recount {
    pub stage: Stage,
    /// Due date and id after which it goes on.
    pub after: (i64, i64),
    /// Dossiers looked at.
    pub seen: i64,
    /// Dossiers with a new date.
    pub moved: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    None,
    Running,
    Done,
}

impl Stage {
    pub const fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Running => "running",
            Self::Done => "done",
        }
    }
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::None, Self::Running, Self::Done].into_iter().find(|s| s.key() == key)
    }
}

impl Recount {
    /// Stands in place of the due date once all dates are counted: from here the terms of the others are looked through, by id.
    const TERMS: i64 = i64::MAX;
    /// All dates are counted; steps, parts, checks and reminders of dossiers that keep their date still follow the old calendar.
    pub const fn is_at_terms(&self) -> bool {
        self.after.0 == Self::TERMS
    }
    /// After this dossier; before all of them at first.
    pub const fn terms_after(dossier: i64) -> (i64, i64) {
        (Self::TERMS, dossier)
    }
}

impl Change {
    /// No dossier that was due before this key is touched: its whole reckoning lies before the first changed day.
    pub fn first_key(&self) -> (i64, i64) {
        let first = self.days.iter().map(|d| d.day).min();
        let midnight = first.map(|day| Instant::from_local(day.to_datetime(jiff::civil::Time::midnight())));
        (midnight.map_or(i64::MIN, Instant::millis), 0)
    }
}
