//! Time of steps: in words, on the calendar, and for an imaginary dossier.

use super::{DAY_MINUTES, Process, Situation, Step, StepKind};
use crate::{
    deadline::{Calendar, ClockRules, OutsideCalendar, TimeLimit, due_at},
    time::Instant,
};

/// `2 ngày 3 giờ làm việc`, `30 phút làm việc`; Vietnamese, English. Days of eight hours, as approving decisions count.
pub fn working_time(minutes: u32) -> (String, String) {
    let parts = [
        (minutes / DAY_MINUTES, "ngày", "day"),
        (minutes % DAY_MINUTES / 60, "giờ", "hour"),
        (minutes % 60, "phút", "minute"),
    ];
    let shown = || parts.iter().filter(|(n, ..)| *n > 0);
    if shown().next().is_none() {
        return ("0 phút làm việc".to_owned(), "0 working minutes".to_owned());
    }
    let vi: Vec<_> = shown().map(|(n, vi, _)| format!("{n} {vi}")).collect();
    let en: Vec<_> = shown().map(|(n, _, en)| format!("{n} {en}{}", if *n == 1 { "" } else { "s" })).collect();
    (format!("{} làm việc", vi.join(" ")), format!("{} of work", en.join(" ")))
}

impl Step {
    /// When the step is due for whoever has had the dossier since `since` (CLK-07); `None` where it has no time of its own.
    pub fn due(&self, since: Instant, calendar: &Calendar) -> Option<Instant> {
        calendar.plus_working_minutes(since, i64::from(self.minutes?)).ok()
    }
}

/// An imaginary dossier's way through a process, everybody taking the whole time allotted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TryOut<'p> {
    /// Each step passed.
    pub steps: Vec<Tried<'p>>,
    /// When the result is due by the statutory limit.
    pub due_at: Option<Instant>,
}

/// One step of a try-out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried<'p> {
    /// The step.
    pub step: &'p Step,
    /// When it begins.
    pub begins: Instant,
    /// When it is due.
    pub due: Instant,
    /// It would be due after the dossier itself.
    pub is_late: bool,
}

impl TryOut<'_> {
    /// Every step is due before the dossier is.
    pub fn is_in_time(&self) -> bool {
        self.steps.iter().all(|s| !s.is_late)
    }
}

impl Process {
    /// Walks an imaginary dossier received at `received` through the process. Intake itself is done before the clock runs.
    pub fn try_out(
        &self,
        s: &Situation<'_>,
        received: Instant,
        limit: TimeLimit,
        calendar: &Calendar,
        clock: &ClockRules,
    ) -> Result<TryOut<'_>, OutsideCalendar> {
        let due_at = due_at(received, limit, calendar, clock)?;
        let mut begins = calendar.next_working_moment(received)?;
        let mut steps = Vec::new();
        for step in self.path(s) {
            let due = calendar.plus_working_minutes(begins, i64::from(step.minutes.unwrap_or(0)))?;
            // The clock stands still once the decision is made (FLW-05); the return waits for the applicant.
            let is_late = step.kind != StepKind::Return && due_at.is_some_and(|limit| due > limit);
            steps.push(Tried { step, begins, due, is_late });
            begins = due;
        }
        Ok(TryOut { steps, due_at })
    }
}
