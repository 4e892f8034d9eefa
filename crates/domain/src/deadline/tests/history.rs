//! CLK-01: the computed calendar against what the government announced for 2015–2026.
use super::*;
use std::collections::BTreeSet;

/// Working days given away for a Saturday, by announcement of the year: no rule computes them, the table brings them.
const SWAPPED_AWAY: [(i16, i8, i8); 8] = [
    (2015, 1, 2),
    (2015, 2, 16),
    (2015, 4, 29),
    (2018, 12, 31),
    (2019, 4, 29),
    (2024, 4, 29),
    (2025, 5, 2),
    (2026, 8, 31),
];

fn announced() -> BTreeSet<Date> {
    days_off().into_iter().map(|(day, _)| day).collect()
}

fn computed() -> BTreeSet<Date> {
    let rules = HolidayRules::default();
    (2015..=2026).flat_map(|year| rules.of_year(year, WorkingWeek::default()).into_keys()).collect()
}

fn is_weekday(day: Date) -> bool {
    WorkingWeek::default().contains(day.weekday())
}

#[test]
fn clk_01_every_computed_holiday_and_day_in_lieu_was_announced() {
    let unannounced: Vec<_> = computed().difference(&announced()).copied().collect();
    assert_eq!(unannounced, [], "holidays the rules invent");
}

#[test]
fn clk_01_only_the_days_swapped_for_a_saturday_are_announced_and_not_computed() {
    let missing: Vec<_> = announced().difference(&computed()).copied().filter(|day| is_weekday(*day)).collect();
    assert_eq!(missing, SWAPPED_AWAY.map(|(year, month, day)| date(year, month, day)));
}

#[test]
fn clk_01_with_the_table_every_day_of_twelve_years_is_right() {
    let calendar = calendar();
    let (off, worked) = (announced(), swapped_saturdays());
    for day in date(2015, 1, 1).series(jiff::Span::new().days(1)) {
        if day > date(2026, 12, 31) {
            break;
        }
        let expected = worked.contains(&day) || is_weekday(day) && !off.contains(&day);
        assert_eq!(calendar.is_working(day), Some(expected), "{day}");
    }
}

#[test]
fn clk_01_the_computed_year_2027_is_what_the_law_gives_without_any_table() {
    let days = HolidayRules::default().of_year(2027, WorkingWeek::default());
    let days: Vec<_> = days.iter().map(|(day, name)| format!("{day} {name}")).collect();
    assert_eq!(
        days,
        [
            "2027-01-01 Tết Dương lịch",
            "2027-02-04 Tết Nguyên đán",
            "2027-02-05 Tết Nguyên đán",
            "2027-02-06 Tết Nguyên đán",
            "2027-02-07 Tết Nguyên đán",
            "2027-02-08 Tết Nguyên đán",
            "2027-02-09 Nghỉ bù Tết Nguyên đán",
            "2027-02-10 Nghỉ bù Tết Nguyên đán",
            "2027-04-16 Giỗ Tổ Hùng Vương",
            "2027-04-30 Ngày Chiến thắng",
            "2027-05-01 Ngày Quốc tế Lao động",
            "2027-05-03 Nghỉ bù Ngày Quốc tế Lao động",
            "2027-09-02 Quốc khánh",
            "2027-09-03 Quốc khánh",
            "2027-11-24 Ngày Văn hóa Việt Nam",
        ]
    );
}

#[test]
fn clk_01_a_row_of_the_table_overrides_a_computed_holiday() {
    let row = |day: &str, exception| CalendarRow { day: day.parse().unwrap(), exception };
    let table = [
        row("2027-02-04", Exception::working("Làm việc theo thông báo")),
        row("2027-02-11", Exception::off("Nghỉ bù Tết Nguyên đán")),
    ];
    let calendar = Calendar::from_rules(
        2,
        WorkingWeek::default(),
        default_sessions(),
        &HolidayRules::default(),
        table,
        2027..=2027,
    )
    .unwrap();
    assert_eq!(calendar.is_working(date(2027, 2, 4)), Some(true));
    assert_eq!(calendar.is_working(date(2027, 2, 11)), Some(false));
    assert_eq!(calendar.version(), 2);
}

#[test]
fn clk_01_no_year_of_the_lunar_calendar_loses_a_holiday() {
    for year in 2026..=2100 {
        let days = HolidayRules::default().of_year(year, WorkingWeek::default());
        let working_days_off = days.keys().filter(|day| is_weekday(**day)).count();
        assert_eq!(working_days_off, 12, "12 paid days off in {year}: {days:?}");
    }
}

/// The Labour Codes of 1994 (as amended in 2007), 2012 and 2019 give 8, 9, 10 and 11 paid days; 24/11 is the twelfth.
#[test]
fn clk_01_every_year_since_1975_has_the_holidays_of_its_labour_code() {
    for year in 1975..2026 {
        let days = HolidayRules::default().of_year(year, WorkingWeek::default());
        let working_days_off = days.keys().filter(|day| is_weekday(**day)).count();
        let by_law = match year {
            ..2007 => 8,
            2007..2014 => 9,
            2014..2021 => 10,
            _ => 11,
        };
        assert_eq!(working_days_off, by_law, "paid days off in {year}: {days:?}");
    }
}

#[test]
fn clk_01_rules_and_rows_survive_their_json() {
    let rules = HolidayRules::default();
    let json = serde_json::to_string(&rules).unwrap();
    assert_eq!(serde_json::from_str::<HolidayRules>(&json).unwrap(), rules);
    let text = r#"{"day":"2026-08-22","kind":"working","name":"Làm bù","sessions":["07:30-11:30"]}"#;
    let row: CalendarRow = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&row).unwrap(), text);
    let week: WorkingWeek = serde_json::from_str(r#"["mon","sat"]"#).unwrap();
    assert_eq!(serde_json::to_string(&week).unwrap(), r#"["mon","sat"]"#);
}

#[test]
fn clk_01_a_calendar_that_makes_no_sense_is_refused() {
    let build = |sessions: &[&str]| {
        let sessions = sessions.iter().map(|text| text.parse().unwrap()).collect();
        let rules = HolidayRules::default();
        Calendar::from_rules(1, WorkingWeek::default(), sessions, &rules, [], 2026..=2026)
    };
    assert!(build(&["07:00-11:30", "13:30-17:00", "18:00-20:00"]).is_ok());
    assert!(matches!(build(&[]), Err(CalendarError::NoSession { day: None })));
    assert!(matches!(build(&["07:30-13:00", "12:00-17:00"]), Err(CalendarError::SessionsOverlap { .. })));
    assert!("17:00-07:30".parse::<Session>().is_err());
}

#[test]
fn clk_01_the_choices_of_the_government_follow_the_week_they_fall_in() {
    use jiff::civil::Weekday::{Thursday, Tuesday, Wednesday};
    let only = |when| {
        let rule = HolidayRule { name: "Nghỉ".into(), when, from_year: 2000, until_year: None };
        HolidayRules { holidays: vec![rule], in_lieu: false }
    };
    let days = |when, year, week| only(when).of_year(year, week).into_keys().collect::<Vec<_>>();
    // Tết 2034 is a Sunday; a single day before it stays although it is a Saturday.
    let tet = days(When::Tet { days: 2, before: 1 }, 2034, WorkingWeek::default());
    assert_eq!(tet, [date(2034, 2, 18), date(2034, 2, 19)]);
    // Both neighbours would touch the rest: the day before.
    let middle = WorkingWeek::of([Tuesday, Wednesday, Thursday]);
    let national = days(When::SolarWithNeighbour { month: 9, day: 2 }, 2026, middle);
    assert_eq!(national, [date(2026, 9, 1), date(2026, 9, 2)]);
}
