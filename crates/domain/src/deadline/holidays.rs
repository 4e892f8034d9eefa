//! Public holidays of a year, computed from rules that are data.

use super::{lunar, week::WorkingWeek};
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The rules from which a year's public holidays follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayRules {
    /// One line per holiday.
    pub holidays: Vec<HolidayRule>,
    /// A holiday on a weekly rest day moves to the next working day (BLLĐ 2019, Điều 111.3).
    pub in_lieu: bool,
}

/// One public holiday and the years in which the law knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayRule {
    /// Its Vietnamese name, printed in "why this date".
    pub name: String,
    /// The days it takes.
    #[serde(flatten)]
    pub when: When,
    /// The first year.
    #[serde(default = "always_from")]
    pub from_year: i16,
    /// The last year; `None` while it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_year: Option<i16>,
}

/// Which days of a year a holiday takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "when", rename_all = "snake_case")]
pub enum When {
    /// One day of the solar year.
    Solar {
        /// Month.
        month: i8,
        /// Day.
        day: i8,
    },
    /// A day of the solar year and the day before or after it, which the government picks each year.
    /// Computed: the neighbour that is a working day; of two, the one that makes the longer rest, else the day before.
    /// So it was decided in every year from 2021 to 2026; a table overrides it.
    SolarWithNeighbour {
        /// Month.
        month: i8,
        /// Day.
        day: i8,
    },
    /// One day of the lunar year.
    Lunar {
        /// Lunar month.
        month: i8,
        /// Lunar day.
        day: i8,
    },
    /// The lunar new year: `days` days, of which `before` stand before the first day of the year, which the government picks.
    /// Computed: one fewer before when the first of them is a weekly rest day anyhow.
    /// So it was decided in every year from 2015 to 2026; a table overrides it.
    Tet {
        /// All days.
        days: i8,
        /// Days before the first of the year.
        before: i8,
    },
}

fn always_from() -> i16 {
    *lunar::YEARS.start()
}

impl Default for HolidayRules {
    /// Bộ luật Lao động 2019, Điều 112 (in force since 2021: Quốc khánh takes two days),
    /// Điều 111.3 (days in lieu), and Nghị quyết 28/2026/QH16 (24/11 since 2026); for earlier years the Labour Codes of
    /// 1994 (Điều 73) and 2012 (Điều 115).
    fn default() -> Self {
        let rule =
            |name: &str, when| HolidayRule { name: name.to_owned(), when, from_year: always_from(), until_year: None };
        let national = "Quốc khánh";
        Self {
            holidays: vec![
                rule("Tết Dương lịch", When::Solar { month: 1, day: 1 }),
                // Four days until the Labour Code of 2012 was in force at a Tết (Điều 115.1b).
                HolidayRule { until_year: Some(2013), ..rule("Tết Nguyên đán", When::Tet { days: 4, before: 1 }) },
                HolidayRule { from_year: 2014, ..rule("Tết Nguyên đán", When::Tet { days: 5, before: 2 }) },
                HolidayRule {
                    // A paid holiday since the Labour Code was amended in 2007.
                    from_year: 2007,
                    ..rule("Giỗ Tổ Hùng Vương", When::Lunar { month: 3, day: 10 })
                },
                rule("Ngày Chiến thắng", When::Solar { month: 4, day: 30 }),
                rule("Ngày Quốc tế Lao động", When::Solar { month: 5, day: 1 }),
                HolidayRule { until_year: Some(2020), ..rule(national, When::Solar { month: 9, day: 2 }) },
                HolidayRule { from_year: 2021, ..rule(national, When::SolarWithNeighbour { month: 9, day: 2 }) },
                HolidayRule {
                    from_year: 2026, ..rule("Ngày Văn hóa Việt Nam", When::Solar { month: 11, day: 24 })
                },
            ],
            in_lieu: true,
        }
    }
}

impl HolidayRules {
    /// The public holidays of a year with their days in lieu. Two holidays on one day give one day in lieu.
    pub fn of_year(&self, year: i16, week: WorkingWeek) -> BTreeMap<Date, String> {
        let mut days = BTreeMap::new();
        for rule in &self.holidays {
            if year < rule.from_year || rule.until_year.is_some_and(|last| year > last) {
                continue;
            }
            for day in rule.when.days(year, week) {
                days.entry(day).or_insert_with(|| rule.name.clone());
            }
        }
        if self.in_lieu {
            add_days_in_lieu(&mut days, week);
        }
        days
    }
}

fn add_days_in_lieu(days: &mut BTreeMap<Date, String>, week: WorkingWeek) {
    let on_rest: Vec<_> = days
        .iter()
        .filter(|(day, _)| !week.contains(day.weekday()))
        .map(|(day, name)| (*day, format!("Nghỉ bù {name}")))
        .collect();
    for (holiday, name) in on_rest {
        // Two weeks are more than any run of holidays; an empty week has no working day at all.
        let next = holiday.series(jiff::Span::new().days(1)).skip(1).take(14);
        let free = next.into_iter().find(|day| week.contains(day.weekday()) && !days.contains_key(day));
        if let Some(day) = free {
            days.insert(day, name);
        }
    }
}

impl When {
    fn days(self, year: i16, week: WorkingWeek) -> Vec<Date> {
        match self {
            Self::Solar { month, day } => Date::new(year, month, day).into_iter().collect(),
            Self::SolarWithNeighbour { month, day } => {
                let Ok(day) = Date::new(year, month, day) else { return Vec::new() };
                vec![day, neighbour(day, week)]
            }
            Self::Lunar { month, day } => lunar::solar_of(year, month, day).into_iter().collect(),
            Self::Tet { days, before } => tet(year, days, before, week),
        }
    }
}

fn neighbour(day: Date, week: WorkingWeek) -> Date {
    let (before, after) = (plus(day, -1), plus(day, 1));
    let works = |day: Date| week.contains(day.weekday());
    match (works(before), works(after)) {
        (false, true) => after,
        // Both are worked: the one that touches the weekly rest makes the longer stretch.
        (true, true) if works(plus(day, -2)) && !works(plus(day, 2)) => after,
        _ => before,
    }
}

fn tet(year: i16, days: i8, before: i8, week: WorkingWeek) -> Vec<Date> {
    let Some(new_year) = lunar::solar_of(year, 1, 1) else { return Vec::new() };
    let earliest = plus(new_year, before.saturating_neg());
    let before = if before > 1 && !week.contains(earliest.weekday()) { before - 1 } else { before };
    (before.saturating_neg()..days.saturating_sub(before)).map(|step| plus(new_year, step)).collect()
}

fn plus(day: Date, days: i8) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}

/// First and last day of a span of years.
pub(super) fn bounds(years: &std::ops::RangeInclusive<i16>) -> (Date, Date) {
    let clamp = |year: i16| year.clamp(1, 9998);
    (date(clamp(*years.start()), 1, 1), date(clamp(*years.end()), 12, 31))
}
