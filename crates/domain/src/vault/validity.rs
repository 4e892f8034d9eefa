//! From when until when a paper is good.

use jiff::civil::Date;

/// The days on which a paper is good. Without an end it is good for good, as law.md's metadata list has it (vĩnh viễn).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// The first day; absent where nobody has written one down.
    pub from: Option<Date>,
    /// The last day; absent for what does not end.
    pub until: Option<Date>,
}

/// How a paper stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Good only from that day on.
    NotYet(Date),
    /// Good; until when, where it ends.
    Good(Option<Date>),
    /// No longer good since the day after that one.
    Expired(Date),
}

/// The last day lies before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Ngày hết hiệu lực phải sau ngày bắt đầu có hiệu lực. Xin xem lại hai ngày trên giấy tờ.")]
pub struct NotAValidity;

impl NotAValidity {
    /// The same in English.
    pub const fn en(self) -> &'static str {
        "The last day must come after the first. Check both days on the paper."
    }
}

impl Validity {
    /// Both days, when they can be.
    pub fn new(from: Option<Date>, until: Option<Date>) -> Result<Self, NotAValidity> {
        match (from, until) {
            (Some(from), Some(until)) if until < from => Err(NotAValidity),
            _ => Ok(Self { from, until }),
        }
    }
    /// How it stands on a day; the last day still counts.
    pub fn on(self, day: Date) -> Standing {
        match (self.from, self.until) {
            (_, Some(until)) if day > until => Standing::Expired(until),
            (Some(from), _) if day < from => Standing::NotYet(from),
            (_, until) => Standing::Good(until),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn sto_01_a_paper_is_good_from_its_first_to_its_last_day_and_without_an_end_for_good() {
        let year = Validity::new(Some(day("2025-01-01")), Some(day("2025-12-31"))).unwrap();
        assert_eq!(year.on(day("2024-12-31")), Standing::NotYet(day("2025-01-01")));
        assert_eq!(year.on(day("2025-01-01")), Standing::Good(Some(day("2025-12-31"))));
        assert_eq!(year.on(day("2025-12-31")), Standing::Good(Some(day("2025-12-31"))));
        assert_eq!(year.on(day("2026-01-01")), Standing::Expired(day("2025-12-31")));
        assert_eq!(Validity::default().on(day("2099-01-01")), Standing::Good(None));
    }

    #[test]
    fn a_paper_that_ends_before_it_begins_is_refused() {
        assert_eq!(Validity::new(Some(day("2025-02-01")), Some(day("2025-01-01"))), Err(NotAValidity));
        assert!(Validity::new(Some(day("2025-02-01")), Some(day("2025-02-01"))).is_ok());
    }
}
