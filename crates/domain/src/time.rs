//! Instants and the local time of Việt Nam.

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// Việt Nam has kept UTC+7 without summer time since 13 June 1975.
const OFFSET_MS: i64 = 7 * 3_600_000;

/// A moment, as UTC milliseconds since 1970. It prints and parses as RFC 3339 with `+07:00`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// From UTC milliseconds, the form in which the data base keeps it.
    pub const fn from_millis(ms: i64) -> Self {
        Self(ms)
    }
    /// UTC milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }
    /// The wall clock in Việt Nam at this moment.
    pub fn local(self) -> DateTime {
        let ms = self.0 + OFFSET_MS;
        let days = ms.div_euclid(86_400_000);
        let rest = ms.rem_euclid(86_400_000);
        let date =
            jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(days.clamp(-700_000, 2_900_000)));
        let time = Time::midnight().saturating_add(jiff::Span::new().milliseconds(rest));
        date.to_datetime(time)
    }
    /// The calendar day in Việt Nam at this moment.
    pub fn day(self) -> Date {
        self.local().date()
    }
    /// The moment at which the wall clock in Việt Nam shows `local`.
    pub fn from_local(local: DateTime) -> Self {
        let days = i64::from((local.date() - jiff::civil::date(1970, 1, 1)).get_days());
        let t = local.time();
        let ms = ((i64::from(t.hour()) * 60 + i64::from(t.minute())) * 60 + i64::from(t.second())) * 1000
            + i64::from(t.millisecond());
        Self(days * 86_400_000 + ms - OFFSET_MS)
    }
    /// `ms` later (or earlier when negative).
    #[must_use]
    pub const fn plus_millis(self, ms: i64) -> Self {
        Self(self.0 + ms)
    }
    /// Milliseconds from `earlier` to `self`.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let l = self.local();
        write!(f, "{}T{:02}:{:02}:{:02}", l.date(), l.hour(), l.minute(), l.second())?;
        if l.millisecond() != 0 {
            write!(f, ".{:03}", l.millisecond())?;
        }
        f.write_str("+07:00")
    }
}
impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not an instant; say `2025-10-06T08:00:00+07:00`.
#[derive(Debug, thiserror::Error)]
#[error("not a time such as 2025-10-06T08:00:00+07:00: {0}")]
pub struct NotAnInstant(String);

impl FromStr for Instant {
    type Err = NotAnInstant;
    /// RFC 3339 with an offset, or a local time of Việt Nam without one (`2025-10-06T08:00`).
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let s = s.trim();
        if let Ok(t) = s.parse::<jiff::Timestamp>() {
            return Ok(Self(t.as_millisecond()));
        }
        s.parse::<DateTime>().map(Self::from_local).map_err(|_| NotAnInstant(s.to_owned()))
    }
}
impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// `22/11/2026`, as every screen and slip writes a day.
pub fn day_text(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// `16:50`, as every screen and slip writes a time.
pub fn time_text(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_prints_the_local_time_and_reads_it_back() {
        let t: Instant = "2025-10-06T08:00:00+07:00".parse().unwrap();
        assert_eq!(t.millis(), 1_759_712_400_000);
        assert_eq!(t.to_string(), "2025-10-06T08:00:00+07:00");
        assert_eq!("2025-10-06T01:00:00Z".parse::<Instant>().unwrap(), t);
        assert_eq!("2025-10-06T08:00".parse::<Instant>().unwrap(), t);
        assert_eq!(Instant::from_local(t.local()), t);
    }

    #[test]
    fn a_moment_before_seven_in_the_evening_utc_belongs_to_the_next_local_day() {
        let t: Instant = "2025-12-31T17:00:00Z".parse().unwrap();
        assert_eq!(day_text(t.day()), "01/01/2026");
    }
}
