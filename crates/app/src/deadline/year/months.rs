//! A year as twelve small months.

use domain::deadline::{Calendar, Exception};
use jiff::civil::{Date, Weekday};

/// What a day is, said by a sign as well as by its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Worked as every week.
    Ordinary,
    /// The weekly rest.
    Rest,
    /// A holiday, a day in lieu, a day swapped away.
    Off,
    /// Worked although the week says otherwise, or in hours of its own.
    Worked,
}

/// A day in its cell.
#[derive(Clone, Debug)]
pub struct Cell {
    pub number: i8,
    pub mark: Mark,
}

/// A month: weeks from Monday to Sunday, empty cells before the first and after the last day.
#[derive(Clone, Debug)]
pub struct Month {
    pub number: i8,
    pub weeks: Vec<[Option<Cell>; 7]>,
    /// The days that differ, with their names.
    pub named: Vec<(Date, Mark, String)>,
}

impl Mark {
    /// The letter in the cell.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Off => "N",
            Self::Worked => "L",
            Self::Ordinary | Self::Rest => "",
        }
    }
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ordinary => "ngày làm việc",
            Self::Rest => "nghỉ hằng tuần",
            Self::Off => "nghỉ",
            Self::Worked => "làm việc",
        }
    }
    pub const fn class(self) -> &'static str {
        match self {
            Self::Ordinary => "",
            Self::Rest => "muted",
            Self::Off => "chip-overdue strong",
            Self::Worked => "chip-done strong",
        }
    }
}

/// The twelve months of a year by a calendar.
pub fn months(calendar: &Calendar, year: i16) -> Vec<Month> {
    (1..=12).filter_map(|number| Some(month(calendar, Date::new(year, number, 1).ok()?))).collect()
}

fn month(calendar: &Calendar, first: Date) -> Month {
    let mut weeks: Vec<[Option<Cell>; 7]> = Vec::new();
    let mut named = Vec::new();
    for day in first.series(jiff::Span::new().days(1)).take_while(|d| d.month() == first.month()) {
        let place = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
        if weeks.is_empty() || place == 0 {
            weeks.push(Default::default());
        }
        let mark = mark(calendar, day);
        if let (Mark::Off | Mark::Worked, Some(e)) = (mark, calendar.plan().exceptions.get(&day)) {
            named.push((day, mark, name(e)));
        }
        if let Some(week) = weeks.last_mut() {
            week[place] = Some(Cell { number: day.day(), mark });
        }
    }
    Month { number: first.month(), weeks, named }
}

fn mark(calendar: &Calendar, day: Date) -> Mark {
    match calendar.plan().exceptions.get(&day) {
        Some(Exception::Off { .. }) => Mark::Off,
        Some(Exception::Working { .. }) => Mark::Worked,
        None if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) => Mark::Rest,
        None => Mark::Ordinary,
    }
}

fn name(e: &Exception) -> String {
    match e {
        Exception::Off { name } | Exception::Working { name, sessions: None } => name.clone(),
        Exception::Working { name, sessions: Some(own) } => {
            let hours: Vec<_> = own.iter().map(ToString::to_string).collect();
            format!("{name} ({})", hours.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::deadline::{HolidayRules, WorkingWeek, default_sessions};

    #[test]
    fn clk_01_a_month_begins_on_its_weekday_and_marks_its_holidays() {
        let week = WorkingWeek::default();
        let calendar =
            Calendar::from_rules(1, week, default_sessions(), &HolidayRules::default(), [], 2025..=2027).unwrap();
        let september = &months(&calendar, 2026)[8];
        assert_eq!(september.weeks.len(), 5);
        assert!(september.weeks[0][0].is_none());
        let second = september.weeks[0][2].as_ref().unwrap();
        assert_eq!((second.number, second.mark), (2, Mark::Off));
        let names: Vec<_> = september.named.iter().map(|(_, _, name)| name.as_str()).collect();
        assert_eq!(names, ["Quốc khánh", "Quốc khánh"]);
    }
}
