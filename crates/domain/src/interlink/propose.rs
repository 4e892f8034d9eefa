use crate::{
    catalogue::process::{Participant, Process},
    deadline::Calendar,
    id::Id,
    people::Agency,
    time::Instant,
};

/// A part as the approved process foresees it; the officer who opens it looks it over first (ILK-01, ILK-02).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartProposed<'p> {
    /// Who does what.
    pub participant: &'p Participant,
    /// Until when: its own time after now, or after the one it waits for, and never after the dossier's own date. Absent
    /// where the process allots none or the calendar ends.
    pub due_at: Option<Instant>,
    /// Places (from 1) in the proposal of the parts whose result it needs.
    pub needs: Vec<u32>,
    /// Its own time would end after the dossier's date, so that it has less.
    pub is_cut: bool,
}

/// The parts of the agencies that take part beside `lead`, in the order of the process; one that waits for another comes
/// after it. `latest` is when the dossier itself is due.
pub fn propose<'p>(
    process: &'p Process,
    lead: Id<Agency>,
    now: Instant,
    latest: Option<Instant>,
    calendar: &Calendar,
) -> Vec<PartProposed<'p>> {
    let mut left: Vec<&Participant> = process.participants.iter().filter(|p| p.agency != lead).collect();
    let mut parts: Vec<PartProposed<'p>> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let waits = |p: &Participant| p.after.is_some_and(|a| left.iter().any(|other| other.agency == a));
        // Two that wait for each other were never published; here they would go round for ever.
        let next = left.remove(left.iter().position(|p| !waits(p)).unwrap_or(0));
        let before = parts.iter().position(|done| Some(done.participant.agency) == next.after);
        let begins = before.map_or(Some(now), |at| parts[at].due_at);
        let own = begins.zip(next.minutes).and_then(|(at, m)| calendar.plus_working_minutes(at, i64::from(m)).ok());
        parts.push(PartProposed {
            participant: next,
            due_at: own.map(|due| latest.map_or(due, |latest| due.min(latest))),
            needs: before.and_then(|at| u32::try_from(at + 1).ok()).into_iter().collect(),
            is_cut: own.zip(latest).is_some_and(|(due, latest)| due > latest),
        });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::{CalendarPlan, HolidayRules, WorkingWeek, default_sessions};

    /// Working minutes between 08:00 and 08:00 of the next day.
    const DAY: u32 = 450;

    fn calendar() -> Calendar {
        let (week, rules) = (WorkingWeek::MONDAY_TO_FRIDAY, HolidayRules::default());
        let plan = CalendarPlan::from_rules(1, week, default_sessions(), &rules, [], 2025..=2026);
        Calendar::new(plan, &(2025..=2026)).unwrap()
    }

    fn part(agency: i64, days: u32, after: Option<i64>) -> Participant {
        let (agency, after) = (Id::new(agency), after.map(Id::new));
        Participant { agency, work: format!("Việc của {agency}"), minutes: Some(days * DAY), after }
    }
    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    /// ILK-02: those that need nobody begin at once, the others when the one they need is due.
    #[test]
    fn ilk_02_parts_are_proposed_in_the_order_of_the_process_with_their_own_times() {
        let process =
            Process { participants: vec![part(3, 1, Some(2)), part(1, 2, None), part(2, 3, None)], steps: Vec::new() };
        let now = at("2025-10-06T08:00:00+07:00");
        let parts = propose(&process, Id::new(9), now, None, &calendar());
        let told: Vec<_> = parts.iter().map(|p| (p.participant.agency.raw(), p.needs.clone())).collect();
        assert_eq!(told, [(1, vec![]), (2, vec![]), (3, vec![2])]);
        let due = |text: &str| Some(at(text));
        let days: Vec<_> = parts.iter().map(|p| p.due_at).collect();
        let expected = ["2025-10-08T08:00:00+07:00", "2025-10-09T08:00:00+07:00", "2025-10-10T08:00:00+07:00"];
        assert_eq!(days, expected.map(due));
        assert!(parts.iter().all(|p| !p.is_cut));
    }

    #[test]
    fn ilk_01_no_part_is_proposed_after_the_dossiers_own_date_nor_for_the_lead_itself() {
        let process = Process { participants: vec![part(1, 2, None), part(9, 1, None)], steps: Vec::new() };
        let (now, latest) = (at("2025-10-06T08:00:00+07:00"), at("2025-10-07T17:00:00+07:00"));
        let parts = propose(&process, Id::new(9), now, Some(latest), &calendar());
        assert_eq!(parts.len(), 1);
        assert_eq!((parts[0].due_at, parts[0].is_cut), (Some(latest), true));
    }

    #[test]
    fn two_that_wait_for_each_other_are_proposed_once_each() {
        let process = Process { participants: vec![part(1, 1, Some(2)), part(2, 1, Some(1))], steps: Vec::new() };
        let parts = propose(&process, Id::new(9), at("2025-10-06T08:00:00+07:00"), None, &calendar());
        assert_eq!(parts.len(), 2);
    }
}
