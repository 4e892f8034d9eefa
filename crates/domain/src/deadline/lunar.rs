//! The Vietnamese lunar calendar, reckoned at UTC+7.
//!
//! Month 11 contains the winter solstice; a year of thirteen months has its leap month where no major solar term falls.
//! The method is the astronomical one that Hồ Ngọc Đức published ("Thuật toán tính âm lịch"), after Jean Meeus.
//! The Chinese calendar is reckoned at UTC+8, which is why Tết of 1985, 2007 and 2030 falls on another day there.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "day numbers stay below 3 million, far inside f64 and i64"
)]

use jiff::{ToSpan, civil::Date};

/// Days (and parts) from one new moon to the next, on average.
const MONTH_DAYS: f64 = 29.530_588_853;
/// Julian date of the new moon that is number 0.
const FIRST_NEW_MOON: f64 = 2_415_021.076_998_695;
/// Việt Nam's clock ahead of UTC, as a part of a day.
const UTC_PLUS_7: f64 = 7.0 / 24.0;
/// Julian day number of 1 January 1970.
const UNIX_EPOCH: i64 = 2_440_588;

/// The years in which this calendar holds: UTC+7 without summer time since 13/06/1975, until the formulas were last compared.
pub const YEARS: std::ops::RangeInclusive<i16> = 1975..=2100;

/// A day of the lunar calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LunarDate {
    /// The lunar year; it begins at Tết.
    pub year: i16,
    /// 1 (tháng Giêng) to 12 (tháng Chạp).
    pub month: i8,
    /// 1 to 30.
    pub day: i8,
    /// The second month of that number in its year.
    pub leap: bool,
}

/// The lunar date of a day; `None` outside [`YEARS`].
pub fn lunar_of(day: Date) -> Option<LunarDate> {
    if !YEARS.contains(&day.year()) {
        return None;
    }
    let number = julian_day(day);
    let guess = ((number as f64 - FIRST_NEW_MOON) / MONTH_DAYS).floor() as i64;
    let month_start = [guess + 1, guess, guess - 1].into_iter().map(new_moon_day).find(|start| *start <= number)?;
    let year = i64::from(day.year());
    let winter = LunarYear::of(if eleventh_month(year) > month_start { year - 1 } else { year });
    let place = (month_start - winter.start) / 29;
    let (month, leap) = winter.name_of(place);
    let lunar_year = winter.solar_year + i64::from(month < 11);
    Some(LunarDate {
        year: i16::try_from(lunar_year).ok()?,
        month,
        day: i8::try_from(number - month_start + 1).ok()?,
        leap,
    })
}

/// The day on which an ordinary (not leap) lunar date falls; `None` outside [`YEARS`] or for a date which that year lacks.
pub fn solar_of(lunar_year: i16, month: i8, day: i8) -> Option<Date> {
    if !YEARS.contains(&lunar_year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let winter = LunarYear::of(i64::from(lunar_year) - i64::from(month < 11));
    let place = (0..13).find(|place| winter.name_of(*place) == (month, false))?;
    let start = winter.month_start(place);
    let number = start + i64::from(day) - 1;
    if number >= winter.month_start(place + 1) {
        return None;
    }
    jiff::civil::date(1970, 1, 1).checked_add((number - UNIX_EPOCH).days()).ok()
}

/// The months from the eleventh of one solar year up to the eleventh of the next.
struct LunarYear {
    solar_year: i64,
    start: i64,
    leap_place: Option<i64>,
}

impl LunarYear {
    fn of(solar_year: i64) -> Self {
        let start = eleventh_month(solar_year);
        let mut year = Self { solar_year, start, leap_place: None };
        if eleventh_month(solar_year + 1) - start > 365 {
            // Thirteen months: the first one during which the sun enters no new twelfth of its path is the leap month.
            year.leap_place =
                (1..13).find(|place| solar_term(year.month_start(*place)) == solar_term(year.month_start(place + 1)));
        }
        year
    }

    /// Day number on which the month at `place` (0 = the eleventh) begins.
    fn month_start(&self, place: i64) -> i64 {
        let first = ((self.start as f64 - FIRST_NEW_MOON) / MONTH_DAYS + 0.5).floor() as i64;
        new_moon_day(first + place)
    }

    /// Number of the month at `place`, and whether it is the leap one.
    fn name_of(&self, place: i64) -> (i8, bool) {
        let leap = self.leap_place == Some(place);
        let before = i64::from(self.leap_place.is_some_and(|at| at <= place));
        (((place - before + 10).rem_euclid(12) + 1) as i8, leap)
    }
}

fn julian_day(day: Date) -> i64 {
    UNIX_EPOCH + i64::from((day - jiff::civil::date(1970, 1, 1)).get_days())
}

/// Day number on which the eleventh lunar month of a solar year begins: the month that holds the winter solstice.
fn eleventh_month(solar_year: i64) -> i64 {
    let year = i16::try_from(solar_year).unwrap_or(i16::MAX).clamp(-9999, 9999);
    let last_day = julian_day(jiff::civil::date(year, 12, 31));
    let moon = ((last_day - 2_415_021) as f64 / MONTH_DAYS).floor() as i64;
    let start = new_moon_day(moon);
    if solar_term(start) >= 9 { new_moon_day(moon - 1) } else { start }
}

/// Local day number of the new moon number `moon`.
fn new_moon_day(moon: i64) -> i64 {
    (new_moon(moon as f64) + 0.5 + UTC_PLUS_7).floor() as i64
}

/// Which twelfth of its yearly path the sun is in at local midnight (0 = from the spring equinox).
fn solar_term(day: i64) -> i64 {
    let longitude = sun_longitude(day as f64 - 0.5 - UTC_PLUS_7);
    (longitude / 30.0).floor() as i64
}

/// Julian date (universal time) of the new moon number `k` (Meeus, Astronomical Algorithms, 1998).
fn new_moon(k: f64) -> f64 {
    let t = k / 1236.85;
    let (t2, t3) = (t * t, t * t * t);
    let sin = |degrees: f64| degrees.to_radians().sin();
    let mean = 2_415_020.759_33 + 29.530_588_68 * k + 0.000_117_8 * t2 - 0.000_000_155 * t3
        + 0.000_33 * sin(166.56 + 132.87 * t - 0.009_173 * t2);
    let sun = 359.2242 + 29.105_356_08 * k - 0.000_033_3 * t2 - 0.000_003_47 * t3;
    let moon = 306.0253 + 385.816_918_06 * k + 0.010_730_6 * t2 + 0.000_012_36 * t3;
    let node = 21.2964 + 390.670_506_46 * k - 0.001_652_8 * t2 - 0.000_002_39 * t3;
    let shift = (0.1734 - 0.000_393 * t) * sin(sun) + 0.0021 * sin(2.0 * sun) - 0.4068 * sin(moon)
        + 0.0161 * sin(2.0 * moon)
        - 0.0004 * sin(3.0 * moon)
        + 0.0104 * sin(2.0 * node)
        - 0.0051 * sin(sun + moon)
        - 0.0074 * sin(sun - moon)
        + 0.0004 * sin(2.0 * node + sun)
        - 0.0004 * sin(2.0 * node - sun)
        - 0.0006 * sin(2.0 * node + moon)
        + 0.0010 * sin(2.0 * node - moon)
        + 0.0005 * sin(2.0 * moon + sun);
    let earth_slows = -0.000_278 + 0.000_265 * t + 0.000_262 * t2;
    mean + shift - earth_slows
}

/// Longitude of the sun in degrees, 0 to 360, at a Julian date.
fn sun_longitude(at: f64) -> f64 {
    let t = (at - 2_451_545.0) / 36_525.0;
    let t2 = t * t;
    let mean_anomaly = (357.529_10 + 35_999.050_30 * t - 0.000_155_9 * t2 - 0.000_000_48 * t * t2).to_radians();
    let mean_longitude = 280.466_45 + 36_000.769_83 * t + 0.000_303_2 * t2;
    let centre = (1.914_600 - 0.004_817 * t - 0.000_014 * t2) * mean_anomaly.sin()
        + (0.019_993 - 0.000_101 * t) * (2.0 * mean_anomaly).sin()
        + 0.000_290 * (3.0 * mean_anomaly).sin();
    (mean_longitude + centre).rem_euclid(360.0)
}

#[cfg(test)]
#[path = "tests/lunar.rs"]
mod tests;
