//! The notice of a new appointment: the date as it is now, why, and how it was counted line by line (VL 4.3e, QN 6.3).

use super::Writer;
use crate::dossier::why::for_anybody;
use documents::{ClockLine, Reappointment};
use domain::{
    deadline::reckon,
    dossier::{People, SlipRef},
    time::Instant,
};

impl Writer<'_> {
    pub(super) fn reappointment(&self, slip: &SlipRef, people: &People, reason: &str) -> Reappointment {
        let d = self.dossier;
        let due = d.due_at.unwrap_or(self.now);
        Reappointment {
            form_set: self.form_set(),
            letterhead: self.letterhead(),
            number: Some(slip.number.clone()),
            codes: self.codes(),
            centre: self.centre_name(),
            owner: self.owner(people),
            request: self.request(),
            received_at: d.accepted_at.unwrap_or(self.now).local(),
            old_due_at: self.before.and_then(|d| d.due_at).map(Instant::local),
            new_due_at: due.local(),
            reason: reason.to_owned(),
            lines: self.clock_lines(),
            lookup: self.lookup(),
            recipients: Vec::new(),
            officer: self.officer(),
        }
    }

    /// The ledger in words, as "why this date" tells it; none when the calendar no longer reaches so far.
    fn clock_lines(&self) -> Vec<ClockLine> {
        let calendar = self.reference.calendar_of(self.dossier.intake.centre);
        let ledger = for_anybody(&self.dossier.ledger);
        let Ok(reckoned) = reckon(&ledger, calendar, &self.reference.clock) else { return Vec::new() };
        let mut due = None;
        let mut told = Vec::new();
        for line in self.reference.cites.put(reckoned.lines) {
            due = line.due_at.or(due);
            told.push(ClockLine {
                at: line.at.local(),
                text: line.text_vi(),
                article: Some(line.article).filter(|a| !a.is_empty()),
                due_at: due.map(Instant::local),
            });
        }
        told
    }
}
