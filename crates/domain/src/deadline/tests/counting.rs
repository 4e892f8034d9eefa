//! CLK-02: a table of cases, each decided by hand.
use super::*;

fn check(rules: &ClockRules, cases: &[(&str, &str, &str)]) {
    let calendar = calendar();
    for (start, limit, expected) in cases {
        let limit: TimeLimit = limit.parse().unwrap();
        let reckoning = due(at(start), limit, &calendar, rules).unwrap();
        assert_eq!(local(reckoning.due_at.unwrap()), *expected, "{start} + {limit}");
        assert_eq!(due_at(at(start), limit, &calendar, rules), Ok(reckoning.due_at));
    }
}

#[test]
fn clk_02_working_days_end_at_closing_of_the_last_day() {
    check(
        &ClockRules::default(),
        &[
            // Monday to Monday, over a week-end.
            ("2025-10-06T08:00", "5wd", "2025-10-13T17:00"),
            ("2025-10-06T16:59", "1wd", "2025-10-07T17:00"),
            // The closing minute belongs to the day, what comes after it to the next one.
            ("2025-10-06T17:00", "1wd", "2025-10-07T17:00"),
            ("2025-10-06T17:00:59", "1wd", "2025-10-07T17:00"),
            ("2025-10-06T17:01", "1wd", "2025-10-08T17:00"),
            ("2025-10-06T06:00", "1wd", "2025-10-07T17:00"),
            // Friday evening, Saturday and Sunday count as Monday 07:30.
            ("2025-10-10T18:00", "1wd", "2025-10-14T17:00"),
            ("2025-10-11T10:00", "1wd", "2025-10-14T17:00"),
            ("2025-10-12T23:59", "1wd", "2025-10-14T17:00"),
            // Over Tết 2026 (16–20/02) and over 30/4 and 1/5 with Giỗ Tổ in lieu.
            ("2026-02-13T09:00", "1wd", "2026-02-23T17:00"),
            ("2026-04-24T09:00", "3wd", "2026-05-04T17:00"),
            // Over the swapped Saturday 22/08/2026, which counts, and its Monday 31/08, which does not.
            ("2026-08-21T09:00", "1wd", "2026-08-22T17:00"),
            ("2026-08-28T09:00", "1wd", "2026-09-03T17:00"),
        ],
    );
}

#[test]
fn clk_02_working_hours_are_real_minutes_of_work() {
    check(
        &ClockRules::default(),
        &[
            // A day has 7½ hours: 8 working hours end half an hour into the next one.
            ("2025-10-06T07:30", "8wh", "2025-10-07T08:00"),
            ("2025-10-06T08:00", "4wh", "2025-10-06T14:00"),
            ("2025-10-06T07:30", "4wh", "2025-10-06T11:30"),
            ("2025-10-06T12:00", "1wh", "2025-10-06T14:30"),
            ("2025-10-06T11:30", "1wh", "2025-10-06T14:30"),
            ("2025-10-06T16:50", "8wh", "2025-10-08T07:50"),
            ("2025-10-10T17:30", "8wh", "2025-10-14T08:00"),
        ],
    );
}

#[test]
fn clk_02_calendar_days_and_months_move_off_a_rest_day() {
    check(
        &ClockRules::default(),
        &[
            ("2025-10-06T08:00", "10d", "2025-10-16T17:00"),
            ("2025-10-06T08:00", "5d", "2025-10-13T17:00"),
            // 16/02/2026 is the eve of Tết: to Monday 23/02.
            ("2026-02-06T08:00", "10d", "2026-02-23T17:00"),
            // Ends on the swapped Saturday, which is worked.
            ("2026-08-12T08:00", "10d", "2026-08-22T17:00"),
            ("2025-10-06T08:00", "2m", "2025-12-08T17:00"),
            // No 31/02: the last day of the month, a Saturday, moves to Monday.
            ("2025-12-31T08:00", "2m", "2026-03-02T17:00"),
            ("2025-12-31T18:00", "1m", "2026-02-02T17:00"),
        ],
    );
}

#[test]
fn clk_02_same_day_turns_at_the_cut_off() {
    let cases = [
        ("2025-10-06T14:59", "same-day", "2025-10-06T17:00"),
        ("2025-10-06T15:00", "same-day", "2025-10-06T17:00"),
        ("2025-10-06T15:01", "same-day", "2025-10-07T17:00"),
        ("2025-10-10T16:00", "same-day", "2025-10-13T17:00"),
        ("2025-10-10T17:30", "same-day", "2025-10-13T17:00"),
        ("2025-10-06T12:00", "same-day", "2025-10-06T17:00"),
    ];
    check(&ClockRules::default(), &cases);
    check(&CLOCK_TIME, &cases);
}

#[test]
fn clk_02_the_time_of_receipt_decides_when_the_cut_off_lies_in_the_lunch_break() {
    let rules = ClockRules { same_day_cutoff: jiff::civil::time(12, 0, 0, 0), ..ClockRules::default() };
    check(
        &rules,
        &[("2025-10-06T11:45", "same-day", "2025-10-06T17:00"), ("2025-10-06T12:15", "same-day", "2025-10-07T17:00")],
    );
}

#[test]
fn clk_02_under_clock_time_a_day_ends_at_the_time_of_the_event() {
    check(
        &CLOCK_TIME,
        &[
            ("2025-10-06T09:30", "1wd", "2025-10-07T09:30"),
            ("2025-10-06T09:30", "5wd", "2025-10-13T09:30"),
            ("2025-10-06T06:00", "1wd", "2025-10-07T07:30"),
            ("2025-10-06T12:00", "1wd", "2025-10-07T13:30"),
            ("2025-10-06T17:30", "1wd", "2025-10-08T07:30"),
            ("2025-10-06T09:30", "5d", "2025-10-13T17:00"),
            // 8 working hours are a day, the remainder is walked over lunch and evening.
            ("2025-10-06T09:30", "8wh", "2025-10-07T09:30"),
            ("2025-10-06T09:30", "11wh", "2025-10-07T14:30"),
            ("2025-10-06T16:00", "10wh", "2025-10-08T08:30"),
            ("2025-10-06T09:30", "2wh", "2025-10-06T11:30"),
        ],
    );
}

#[test]
fn clk_02_a_shorter_day_holds_the_clock_time_within_its_sessions() {
    let row = r#"{"day":"2025-10-07","kind":"working","name":"Làm buổi sáng","sessions":["08:00-11:00"]}"#;
    let row: CalendarRow = serde_json::from_str(row).unwrap();
    let calendar = Calendar::from_rules(
        1,
        WorkingWeek::default(),
        default_sessions(),
        &HolidayRules::default(),
        [row],
        2025..=2025,
    )
    .unwrap();
    let due = |start, limit| local(due_at(at(start), limit, &calendar, &CLOCK_TIME).unwrap().unwrap());
    assert_eq!(due("2025-10-06T15:00", TimeLimit::WorkingDays(1)), "2025-10-07T11:00");
    assert_eq!(due("2025-10-06T07:30", TimeLimit::WorkingDays(1)), "2025-10-07T08:00");
    assert_eq!(due("2025-10-07T11:30", TimeLimit::WorkingHours(1)), "2025-10-08T08:30");
}

#[test]
fn clk_02_a_procedure_without_a_due_date_says_so() {
    let reckoning = due(at("2025-10-06T08:00"), TimeLimit::None, &calendar(), &ClockRules::default()).unwrap();
    assert_eq!(reckoning.due_at, None);
    assert_eq!(reckoning.lines[1].text_vi(), "Không có ngày hẹn trả cụ thể theo quy định.");
}

#[test]
fn clk_01_a_date_outside_the_calendar_is_refused_and_never_guessed() {
    let calendar = calendar();
    let due = |start, limit| due_at(at(start), limit, &calendar, &ClockRules::default());
    assert!(due("2035-12-31T08:00", TimeLimit::WorkingDays(1)).is_err());
    assert!(due("2014-12-31T08:00", TimeLimit::WorkingDays(1)).is_err());
    for n in [1_000_000, u32::MAX] {
        for limit in
            [TimeLimit::WorkingHours(n), TimeLimit::WorkingDays(n), TimeLimit::CalendarDays(n), TimeLimit::Months(n)]
        {
            let refused = due("2025-10-06T08:00", limit).unwrap_err();
            assert_eq!(refused.to_string(), "the calendar covers 2015-01-01 to 2035-12-31 only");
        }
    }
    for far in [i64::MIN, i64::MAX].map(Instant::from_millis) {
        assert!(due_at(far, TimeLimit::SameDay, &calendar, &ClockRules::default()).is_err());
        assert_eq!(calendar.working_minutes_between(far, far), 0);
    }
}

#[test]
fn clk_01_a_week_without_working_days_never_ends_a_limit() {
    let calendar =
        Calendar::from_rules(1, WorkingWeek::of([]), default_sessions(), &HolidayRules::default(), [], 2025..=2025)
            .unwrap();
    assert!(due_at(at("2025-10-06T08:00"), TimeLimit::SameDay, &calendar, &CLOCK_TIME).is_err());
    assert!(calendar.next_working_moment(at("2025-10-06T08:00")).is_err());
}

#[test]
fn clk_02_rules_read_the_words_of_the_profiles() {
    let rules: ClockRules = toml::from_str("day_counting = \"clock_time\"\nsame_day_cutoff = \"15:00\"").unwrap();
    assert_eq!(rules, CLOCK_TIME);
    assert_eq!(toml::from_str::<ClockRules>("").unwrap(), ClockRules::default());
    assert!(toml::from_str::<ClockRules>("cutoff = 1").is_err());
}
