//! The legal calendar and clock: due dates, and why they are what they are (CLK-01, CLK-02, CLK-03).
//!
//! How it counts, and why:
//! - An event counts when the Centre works: before opening at opening, in the lunch break at the afternoon opening,
//!   after closing at the next working day's opening. The day of the event moves with it (QNI 13.2a: "từ giờ làm việc kế tiếp").
//! - Moments count by the minute, as the slips print them; the closing minute still belongs to the day.
//! - The day of the event is not counted (BLDS 2015, Điều 147). A limit in calendar days or months that ends on a rest day
//!   ends on the next working day (Điều 148).
//! - A limit in days or months ends at closing of its last day; one in working days, under `clock_time`, at the clock time of the event.
//! - Working hours are real working minutes; under `clock_time` eight of them are one working day, the rest is walked.
//! - A calendar knows certain years and refuses to guess beyond them, because a guessed date would ignore holidays.
//!
//! Everything legal is an argument: holidays ([`HolidayRules`] and the table), hours ([`Session`]), counting ([`ClockRules`]).

mod calendar;
mod change;
mod cites;
mod due;
mod exception;
mod explain;
mod holidays;
mod ledger;
mod limit;
mod line;
pub mod lunar;
mod pause;
mod remaining;
mod rules;
mod skipped;
mod walk;
mod week;
mod words;

pub use calendar::{Calendar, CalendarError, CalendarPlan, OutsideCalendar};
pub use change::{DayChange, changed};
pub use cites::Cites;
pub use due::{Reckoning, due, due_at};
pub use exception::{CalendarRow, Exception};
pub use holidays::{HolidayRule, HolidayRules, When};
pub use ledger::{ClockState, LedgerEntry, LedgerError, LedgerReckoning, lawful_due, reckon, redated};
pub use limit::{NotATimeLimit, TimeLimit};
pub use line::{Fact, Line, Skipped};
pub use pause::{Pause, PauseCause};
pub use remaining::{Level, Remaining, remaining, remaining_of_part};
pub use rules::{ClockRules, DayCounting, NearDue};
pub use week::{NotASession, Session, WorkingWeek, default_sessions};

#[cfg(test)]
mod tests;
