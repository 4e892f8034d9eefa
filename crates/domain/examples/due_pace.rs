//! How many due dates one core computes in a second: `cargo run --release -p domain --example due_pace`.
#![expect(clippy::disallowed_methods, reason = "it measures the machine's clock")]

use domain::{
    deadline::{Calendar, ClockRules, DayCounting, HolidayRules, TimeLimit, WorkingWeek, default_sessions, due_at},
    time::Instant,
};
use std::{error::Error, hint::black_box, time::Instant as Machine};

/// The longest limit that is measured, in working days.
const LONGEST: u32 = 60;
const DATES: u32 = 3_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let (week, rules) = (WorkingWeek::default(), HolidayRules::default());
    let calendar = Calendar::from_rules(1, week, default_sessions(), &rules, [], 2024..=2030)?;
    let start: Instant = "2025-10-06T08:30:00+07:00".parse()?;
    for counting in [DayCounting::EndOfDay, DayCounting::ClockTime] {
        let clock = ClockRules { counting, ..ClockRules::default() };
        for (name, limit) in [
            ("1 to 60 working days", TimeLimit::WorkingDays as fn(u32) -> TimeLimit),
            ("1 to 60 times 8 working hours", |n| TimeLimit::WorkingHours(8 * n)),
            ("1 to 60 calendar days", TimeLimit::CalendarDays),
        ] {
            let begun = Machine::now();
            for n in 0..DATES {
                // Any minute of three years.
                let at = start.plus_millis(i64::from(n % 1_500_000) * 60_000);
                black_box(due_at(black_box(at), limit(1 + n % LONGEST), &calendar, &clock)?);
            }
            let rate = f64::from(DATES) / begun.elapsed().as_secs_f64();
            println!("{counting:?}, {name}: {rate:.0} a second");
        }
    }
    Ok(())
}
