//! One line of "why this date", as data; its words are in `words.rs`.

use super::{limit::TimeLimit, pause::PauseCause};
use crate::time::Instant;
use jiff::civil::{Date, Time};
use serde::Serialize;

/// A step of the reckoning or an entry of the ledger, told to the applicant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What happened; in JSON its `kind` and its facts stand beside the other fields.
    #[serde(flatten)]
    pub fact: Fact,
    /// The moment the line speaks of.
    pub at: Instant,
    /// The due date that this line sets; `None` when it sets none.
    pub due_at: Option<Instant>,
    /// The days passed over, one by one.
    pub skipped: Vec<Skipped>,
    /// The law behind it, such as `Điều 16.1e Quyết định số 1748/QĐ-UBND ngày 25/7/2023`.
    pub article: String,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fact {
    /// The event that starts the clock.
    Received,
    /// It came outside hours and counts from the line's `at`.
    Begins,
    /// The limit was counted off.
    Counted {
        /// The limit.
        limit: TimeLimit,
        /// The first day counted (for hours: the day of the event).
        first: Date,
        /// The last day counted.
        last: Date,
        /// Under `clock_time`, for working hours: so many are one working day.
        #[serde(skip_serializing_if = "Option::is_none")]
        hours_per_day: Option<u32>,
    },
    /// The last day is a rest day, so the limit ends on the next working day.
    Moved {
        /// The rest day.
        from: Date,
        /// The working day.
        to: Date,
    },
    /// A same-day procedure met its cut-off, or missed it.
    SameDay {
        /// The cut-off of the profile.
        cutoff: Time,
        /// Received in time.
        in_time: bool,
    },
    /// The due date.
    Due,
    /// The procedure has none.
    NoDueDate,
    /// The clock stopped for a while.
    Paused {
        /// For what it stands.
        cause: PauseCause,
        /// Why, in the officer's words.
        reason: String,
    },
    /// The clock runs again; the working time spent paused was added.
    Resumed {
        /// For what it stood.
        cause: PauseCause,
        /// That time.
        paused_minutes: i64,
    },
    /// The supplement is complete: the limit runs again from zero.
    Restarted,
    /// A new date was appointed by an apology slip.
    Reappointed {
        /// Number of the slip.
        slip: String,
    },
    /// The calendar changed and the date with it.
    Recomputed {
        /// Version of the calendar that set the date.
        calendar_version: i64,
    },
    /// The clock ended: decided, stopped or withdrawn.
    Ended,
}

/// A day that did not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The day.
    pub day: Date,
    /// The holiday's name, or `Thứ Bảy`, `Chủ nhật`.
    pub name: String,
    /// It is the weekly rest and nothing more.
    #[serde(skip)]
    pub weekly: bool,
}
