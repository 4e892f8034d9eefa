//! CLK-07: the words and the colour of the clock chip.
use super::*;
use crate::deadline::tests::{at, calendar};

fn chip(now: &str, start: &str, due: &str) -> (Level, String, String) {
    let left = remaining(at(now), at(start), at(due), &calendar(), &NearDue::default());
    (left.level, left.text_vi(), left.text_en())
}

/// Received Monday 06/10/2025 08:00, due Monday 20/10/2025 17:00.
fn ten_days(now: &str) -> (Level, String, String) {
    chip(now, "2025-10-06T08:00", "2025-10-20T17:00")
}

#[test]
fn clk_07_a_clock_with_time_enough_runs() {
    let (level, vi, en) = ten_days("2025-10-08T13:30");
    assert_eq!(level, Level::Running);
    assert_eq!((vi.as_str(), en.as_str()), ("còn 8 ngày 3 giờ làm việc", "8 working days 3 hours left"));
}

#[test]
fn clk_07_a_quarter_of_the_time_or_one_working_day_is_near_due() {
    assert_eq!(ten_days("2025-10-16T07:30").0, Level::Running, "3 of 11 days");
    assert_eq!(ten_days("2025-10-16T14:00").0, Level::NearDue);
    // Of a two-day limit a quarter is half a day, but one working day comes first.
    let two_days = |now| chip(now, "2025-10-06T08:00", "2025-10-08T17:00");
    assert_eq!(two_days("2025-10-07T16:59").0, Level::Running);
    assert_eq!(two_days("2025-10-07T17:00").0, Level::NearDue);
    assert_eq!(two_days("2025-10-07T17:00").1, "còn 1 ngày làm việc");
    assert_eq!(two_days("2025-10-08T14:15").1, "còn 2 giờ 45 phút làm việc");
    assert_eq!(two_days("2025-10-08T16:59").2, "1 working minute left");
    assert_eq!(two_days("2025-10-08T17:00"), (Level::NearDue, "đến hạn".into(), "due now".into()));
}

#[test]
fn clk_07_a_late_dossier_is_late_by_working_time() {
    assert_eq!(ten_days("2025-10-20T17:00:01"), (Level::Overdue, "vừa quá hạn".into(), "just overdue".into()));
    assert_eq!(ten_days("2025-10-21T10:30").1, "quá hạn 3 giờ làm việc");
    assert_eq!(ten_days("2025-10-21T10:30").2, "3 working hours overdue");
    // A week-end makes nobody later.
    assert_eq!(ten_days("2025-10-25T09:00").1, "quá hạn 4 ngày làm việc");
    assert_eq!(ten_days("2025-10-27T07:00").1, "quá hạn 4 ngày làm việc");
}

#[test]
fn clk_07_the_thresholds_are_settings() {
    let near = NearDue { percent: 0, working_days: 3 };
    let left = remaining(at("2025-10-16T07:30"), at("2025-10-06T08:00"), at("2025-10-20T17:00"), &calendar(), &near);
    assert_eq!((left.level, left.days, left.minutes), (Level::NearDue, 3, 0));
}
