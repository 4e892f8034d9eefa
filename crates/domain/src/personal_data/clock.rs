//! The clock of a request: the days of the profile from the moment it was made, and what calls whom when.

use super::{Kind, State};
use crate::{
    deadline::{Calendar, ClockRules, OutsideCalendar, due_at},
    profile::PersonalData,
    time::Instant,
};

/// By when what has to happen. Reckoned when the request is made and kept: a later change of the profile moves no promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The person hears that somebody is on it.
    pub first_by: Instant,
    /// Those who answer are reminded.
    pub remind_at: Instant,
    /// The person has the answer.
    pub answer_by: Instant,
}

/// The terms of a request made now.
///
/// # Errors
/// The working calendar does not reach so far.
pub fn terms(
    asked_at: Instant,
    kind: Kind,
    rules: &PersonalData,
    calendar: &Calendar,
    clock: &ClockRules,
) -> Result<Terms, OutsideCalendar> {
    let by = |limit| due_at(asked_at, limit, calendar, clock).map(|at| at.unwrap_or(asked_at));
    let (answer_by, remind_at) = (by(rules.limit(kind))?, by(rules.reminder(kind))?);
    Ok(Terms { first_by: by(rules.first_answer)?.min(answer_by), remind_at, answer_by })
}

/// A moment of the clock that calls those who answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// Nobody has given the first answer in time.
    FirstOverdue,
    /// The answer is due soon.
    Near,
    /// The answer is overdue.
    Overdue,
}

impl Moment {
    /// Every moment.
    pub const ALL: [Self; 3] = [Self::FirstOverdue, Self::Near, Self::Overdue];
    /// The key in the data base.
    pub const fn key(self) -> &'static str {
        match self {
            Self::FirstOverdue => "first_overdue",
            Self::Near => "near",
            Self::Overdue => "overdue",
        }
    }
    /// In both languages.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::FirstOverdue => ("Quá hạn phản hồi đầu tiên", "The first answer is overdue"),
            Self::Near => ("Sắp đến hạn trả lời", "The answer is due soon"),
            Self::Overdue => ("Quá hạn trả lời", "The answer is overdue"),
        }
    }
    /// The moment of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.key() == key)
    }
}

/// What is still to come of a request in this state; nothing of one that is over.
pub fn moments(state: State, terms: &Terms) -> Vec<(Moment, Instant)> {
    let to_answer = [(Moment::Near, terms.remind_at), (Moment::Overdue, terms.answer_by)];
    match state {
        State::New => [(Moment::FirstOverdue, terms.first_by)].into_iter().chain(to_answer).collect(),
        State::TakenOn => to_answer.to_vec(),
        State::Answered | State::Withdrawn => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::{DayCounting, HolidayRules, TimeLimit, WorkingWeek, default_sessions};

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn reckon(kind: Kind, rules: &PersonalData, asked: &str) -> Terms {
        let (week, holidays) = (WorkingWeek::default(), HolidayRules::default());
        let calendar = Calendar::from_rules(1, week, default_sessions(), &holidays, [], 2025..=2026).unwrap();
        let clock = ClockRules {
            counting: DayCounting::EndOfDay,
            same_day_cutoff: jiff::civil::time(15, 0, 0, 0),
            hours_per_day: 8,
        };
        terms(at(asked), kind, rules, &calendar, &clock).unwrap()
    }

    /// Monday morning: two working days for the first answer, ten for the rest, the reminder two days before.
    #[test]
    fn personal_data_the_terms_are_the_profiles_working_days() {
        let terms = reckon(Kind::Correction, &PersonalData::default(), "2025-10-06T08:00:00");
        assert_eq!(terms.first_by, at("2025-10-08T17:00:00"));
        assert_eq!(terms.remind_at, at("2025-10-16T17:00:00"));
        assert_eq!(terms.answer_by, at("2025-10-20T17:00:00"));
    }

    #[test]
    fn personal_data_a_short_term_ends_before_the_first_answer_and_reminds_on_its_first_day() {
        let rules = PersonalData { copy: TimeLimit::WorkingDays(1), ..PersonalData::default() };
        let terms = reckon(Kind::Copy, &rules, "2025-10-06T08:00:00");
        assert_eq!((terms.first_by, terms.remind_at), (terms.answer_by, terms.answer_by));
    }

    #[test]
    fn personal_data_what_is_over_calls_nobody_and_what_was_taken_on_has_had_its_first_answer() {
        let terms = reckon(Kind::Copy, &PersonalData::default(), "2025-10-06T08:00:00");
        let kinds = |state| moments(state, &terms).into_iter().map(|(m, _)| m).collect::<Vec<_>>();
        assert_eq!(kinds(State::New), Moment::ALL);
        assert_eq!(kinds(State::TakenOn), [Moment::Near, Moment::Overdue]);
        assert!(kinds(State::Answered).is_empty() && kinds(State::Withdrawn).is_empty());
    }
}
