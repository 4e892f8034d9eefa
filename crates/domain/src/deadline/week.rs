//! The ordinary week: which days are worked and in which sessions.

use jiff::civil::{Time, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// One unbroken stretch of work in a day, such as 07:30–11:30. It ends before midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Session {
    /// Opening.
    pub from: Time,
    /// Closing, later than the opening.
    pub to: Time,
}

impl Session {
    /// A session, unless it ends before it begins.
    pub fn new(from: Time, to: Time) -> Result<Self, NotASession> {
        if from < to && from.second() == 0 && to.second() == 0 {
            return Ok(Self { from, to });
        }
        Err(NotASession(format!("{from}-{to}")))
    }

    /// Opening and closing in minutes since midnight.
    pub(super) fn minutes(self) -> (i64, i64) {
        (minute_of_day(self.from), minute_of_day(self.to))
    }
}

/// Minutes since midnight.
pub(super) fn minute_of_day(time: Time) -> i64 {
    i64::from(time.hour()) * 60 + i64::from(time.minute())
}

/// The text is no working session; say `07:30-11:30`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a working session such as 07:30-11:30: {0}")]
pub struct NotASession(String);

impl FromStr for Session {
    type Err = NotASession;
    /// `07:30-11:30`; the longer dash of printed tables is read too.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || NotASession(text.to_owned());
        let (from, to) = text.split_once(['-', '–']).ok_or_else(wrong)?;
        let time = |part: &str| part.trim().parse::<Time>().map_err(|_| wrong());
        Self::new(time(from)?, time(to)?).map_err(|_| wrong())
    }
}
impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", crate::time::time_text(self.from), crate::time::time_text(self.to))
    }
}
impl Serialize for Session {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Session {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// 07:30–11:30 and 13:30–17:00, the hours that no seed fixes (`day_counting` and its neighbours in the profiles).
pub fn default_sessions() -> Vec<Session> {
    let time = jiff::civil::time;
    vec![
        Session { from: time(7, 30, 0, 0), to: time(11, 30, 0, 0) },
        Session { from: time(13, 30, 0, 0), to: time(17, 0, 0, 0) },
    ]
}

/// The days of the week that are worked; the others are the weekly rest.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct WorkingWeek(u8);

impl WorkingWeek {
    /// Monday to Friday (seed 000, Điều 2.5).
    pub const MONDAY_TO_FRIDAY: Self = Self(0b001_1111);

    /// The week in which exactly these days are worked.
    pub fn of(days: impl IntoIterator<Item = Weekday>) -> Self {
        Self(days.into_iter().fold(0, |bits, day| bits | bit(day)))
    }
    /// Whether the day is worked when nothing else is known about it.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }
    /// The worked days, Monday first.
    pub fn days(self) -> impl Iterator<Item = Weekday> {
        NAMES.into_iter().map(|(_, day)| day).filter(move |day| self.contains(*day))
    }
}

const NAMES: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

fn bit(day: Weekday) -> u8 {
    1 << day.to_monday_zero_offset()
}

impl Default for WorkingWeek {
    fn default() -> Self {
        Self::MONDAY_TO_FRIDAY
    }
}
impl fmt::Debug for WorkingWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.days()).finish()
    }
}
impl Serialize for WorkingWeek {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(NAMES.into_iter().filter(|(_, day)| self.contains(*day)).map(|(name, _)| name))
    }
}
impl<'de> Deserialize<'de> for WorkingWeek {
    /// A list such as `["mon", "tue"]`.
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let mut days = Vec::new();
        for name in Vec::<String>::deserialize(d)? {
            let known = NAMES.into_iter().find(|(known, _)| *known == name);
            let (_, day) =
                known.ok_or_else(|| serde::de::Error::custom(format!("not a day of the week such as mon: {name}")))?;
            days.push(day);
        }
        Ok(Self::of(days))
    }
}
