//! Time limits as the catalogue publishes them.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// How long an authority may take (CLK-02). In JSON `{"kind":"working_days","n":5}`, in text `5wd`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "n", rename_all = "snake_case")]
pub enum TimeLimit {
    /// `8wh`: giờ làm việc.
    WorkingHours(u32),
    /// `5wd`: ngày làm việc.
    WorkingDays(u32),
    /// `10d`: days of the calendar, rest days included.
    CalendarDays(u32),
    /// `2m`: months of the calendar.
    Months(u32),
    /// `same-day`: on the day itself when received before the cut-off.
    SameDay,
    /// `none`: the procedure has no due date ("không có ngày hẹn cụ thể").
    None,
}

impl TimeLimit {
    /// As a Vietnamese slip prints it.
    pub fn text_vi(self) -> String {
        match self {
            Self::WorkingHours(n) => format!("{n} giờ làm việc"),
            Self::WorkingDays(n) => format!("{n} ngày làm việc"),
            Self::CalendarDays(n) => format!("{n} ngày"),
            Self::Months(n) => format!("{n} tháng"),
            Self::SameDay => "trong ngày".to_owned(),
            Self::None => "không có ngày hẹn cụ thể".to_owned(),
        }
    }
    /// The same for the English screens.
    pub fn text_en(self) -> String {
        match self {
            Self::WorkingHours(n) => plural(n, "working hour"),
            Self::WorkingDays(n) => plural(n, "working day"),
            Self::CalendarDays(n) => plural(n, "day"),
            Self::Months(n) => plural(n, "month"),
            Self::SameDay => "same day".to_owned(),
            Self::None => "no set due date".to_owned(),
        }
    }
}

/// `1 day`, `2 days`.
pub(super) fn plural(n: u32, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkingHours(n) => write!(f, "{n}wh"),
            Self::WorkingDays(n) => write!(f, "{n}wd"),
            Self::CalendarDays(n) => write!(f, "{n}d"),
            Self::Months(n) => write!(f, "{n}m"),
            Self::SameDay => f.write_str("same-day"),
            Self::None => f.write_str("none"),
        }
    }
}

/// The text is no time limit; say `8wh`, `5wd`, `10d`, `2m`, `same-day` or `none`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a time limit such as 8wh, 5wd, 10d, 2m, same-day or none: {0}")]
pub struct NotATimeLimit(String);

impl FromStr for TimeLimit {
    type Err = NotATimeLimit;
    /// A number of zero is refused: "at once" is `same-day`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || NotATimeLimit(text.to_owned());
        let trimmed = text.trim();
        let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = trimmed.split_at(digits);
        if number.is_empty() {
            return match unit {
                "same-day" => Ok(Self::SameDay),
                "none" => Ok(Self::None),
                _ => Err(wrong()),
            };
        }
        let n = number.parse().ok().filter(|n| *n > 0).ok_or_else(wrong)?;
        match unit {
            "wh" => Ok(Self::WorkingHours(n)),
            "wd" => Ok(Self::WorkingDays(n)),
            "d" => Ok(Self::CalendarDays(n)),
            "m" => Ok(Self::Months(n)),
            _ => Err(wrong()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [(&str, TimeLimit, &str); 6] = [
        ("8wh", TimeLimit::WorkingHours(8), r#"{"kind":"working_hours","n":8}"#),
        ("5wd", TimeLimit::WorkingDays(5), r#"{"kind":"working_days","n":5}"#),
        ("10d", TimeLimit::CalendarDays(10), r#"{"kind":"calendar_days","n":10}"#),
        ("2m", TimeLimit::Months(2), r#"{"kind":"months","n":2}"#),
        ("same-day", TimeLimit::SameDay, r#"{"kind":"same_day"}"#),
        ("none", TimeLimit::None, r#"{"kind":"none"}"#),
    ];

    #[test]
    fn clk_02_a_limit_survives_its_text_and_its_json() {
        for (text, limit, json) in ALL {
            assert_eq!(limit.to_string(), text);
            assert_eq!(text.parse(), Ok(limit));
            assert_eq!(serde_json::to_string(&limit).unwrap(), json);
            assert_eq!(serde_json::from_str::<TimeLimit>(json).unwrap(), limit);
        }
    }

    #[test]
    fn clk_02_a_text_that_is_no_limit_is_refused() {
        for text in ["", "5", "wd", "0wd", "-5wd", "5 wd", "99999999999wd", "5wd!", "Same-day"] {
            assert!(text.parse::<TimeLimit>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn clk_02_a_limit_is_said_in_both_languages() {
        assert_eq!(TimeLimit::WorkingDays(5).text_vi(), "5 ngày làm việc");
        assert_eq!(TimeLimit::WorkingDays(1).text_en(), "1 working day");
        assert_eq!(TimeLimit::SameDay.text_vi(), "trong ngày");
        assert_eq!(TimeLimit::None.text_vi(), "không có ngày hẹn cụ thể");
    }
}
