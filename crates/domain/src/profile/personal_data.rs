//! Requests about personal data. No seed fixes these; the defaults are ours, to be set by whoever has the decree before them.

use crate::{deadline::TimeLimit, personal_data::Kind};
use serde::Deserialize;

/// How fast what people ask about their data is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PersonalData {
    /// Until the person hears that somebody is on it.
    pub first_answer: TimeLimit,
    /// Until something is corrected.
    pub correction: TimeLimit,
    /// Until a copy is given.
    pub copy: TimeLimit,
    /// Until what no rule keeps is erased.
    pub erasure: TimeLimit,
    /// How many days before the end those who answer are reminded.
    pub remind_days_before: u32,
}

impl Default for PersonalData {
    fn default() -> Self {
        let (first_answer, ten) = (TimeLimit::WorkingDays(2), TimeLimit::WorkingDays(10));
        Self { first_answer, correction: ten, copy: ten, erasure: ten, remind_days_before: 2 }
    }
}

impl PersonalData {
    /// Until the answer.
    pub const fn limit(&self, kind: Kind) -> TimeLimit {
        match kind {
            Kind::Correction => self.correction,
            Kind::Copy => self.copy,
            Kind::Erasure => self.erasure,
        }
    }
    /// Until those who answer are reminded: so many days less, and one at least, so that a reminder never comes with the request.
    pub const fn reminder(&self, kind: Kind) -> TimeLimit {
        const fn less(n: u32, days: u32) -> u32 {
            if n > days { n - days } else { 1 }
        }
        match self.limit(kind) {
            TimeLimit::WorkingDays(n) => TimeLimit::WorkingDays(less(n, self.remind_days_before)),
            TimeLimit::CalendarDays(n) => TimeLimit::CalendarDays(less(n, self.remind_days_before)),
            other => other,
        }
    }
}
