//! What other agencies did, as lines of the control slip: an opinion may be given on it (QN 6.4d), and each agency that has a part
//! receives and gives back (HUE IV.3.2b, QN 6.4đ).

use super::Walk;
use crate::interlink::{who_does, who_is_asked};
use documents::{ControlStep, Outcome};
use domain::{
    dossier::{Pace, StoredEvent, kept},
    interlink::{Linked, Links, Part, PartOpened},
    time::Instant,
};

/// One handing-over: from where, to where, what, and until when it was asked for.
struct Given {
    from: String,
    to: String,
    note: String,
    due: Option<Instant>,
}

impl Walk<'_> {
    /// The lines of one event about a branch; the branches as they stand say who and until when.
    pub(super) fn branch(&self, line: &StoredEvent, what: &Linked, links: &Links) -> Vec<ControlStep> {
        let lead = self.agency;
        let body = |id: u32| links.part(id).map(|p| who_does(p, self.reference)).unwrap_or_default();
        let gone = |from: &str, to: String, note: String| Given { from: from.to_owned(), to, note, due: None };
        let given: Vec<Given> = match what {
            Linked::Consulted { id, content, .. } => {
                let asked = links.consultation(*id).map(|c| c.asked.as_slice()).unwrap_or_default();
                let note = || format!("Lấy ý kiến: {content}");
                asked.iter().map(|a| gone(lead, who_is_asked(a, self.reference), note())).collect()
            }
            Linked::Replied { id, place, text, .. } => {
                let Some(c) = links.consultation(*id) else { return Vec::new() };
                let Some(asked) = c.asked.get(*place as usize) else { return Vec::new() };
                let from = who_is_asked(asked, self.reference);
                vec![Given { from, to: lead.to_owned(), note: format!("Ý kiến: {text}"), due: Some(c.due_at) }]
            }
            Linked::Opened { parts, .. } => {
                let first = parts.iter().filter(|p| p.needs.is_empty());
                first.map(|p| gone(lead, body(p.id), work(p))).collect()
            }
            Linked::PassedOn { id } => {
                let unit = links.part(*id).and_then(|p| p.via).and_then(|via| self.reference.centre(via));
                let from = unit.map(|u| u.name.clone()).unwrap_or_default();
                vec![gone(&from, body(*id), "Chuyển cơ quan giải quyết".to_owned())]
            }
            Linked::Finished { id, result, .. } => {
                let Some(part) = links.part(*id) else { return Vec::new() };
                let (from, note) = (body(*id), format!("Kết quả phần việc: {}", result.text));
                let next = receivers(links, part).map(|p| body(p.id)).collect::<Vec<_>>();
                let to = if next.is_empty() { lead.to_owned() } else { next.join("; ") };
                vec![Given { from, to, note, due: Some(part.due_at) }]
            }
            _ => Vec::new(),
        };
        given.into_iter().map(|g| self.handed(line, g)).collect()
    }

    fn handed(&self, line: &StoredEvent, given: Given) -> ControlStep {
        let outcome = given.due.map(|due| match kept(line.at, due) {
            Pace::Early => Outcome::Early,
            Pace::OnTime => Outcome::OnTime,
            Pace::Overdue => Outcome::Overdue,
        });
        ControlStep {
            from: given.from,
            to: given.to,
            at: Some(line.at.local()),
            giver: Some(self.reference.officer_name(line.officer).to_owned()),
            receiver: None,
            outcome,
            note: Some(given.note),
        }
    }
}

fn work(part: &PartOpened) -> String {
    format!("Phần việc: {}", part.work)
}

/// Those that waited for this part's result.
fn receivers<'l>(links: &'l Links, part: &'l Part) -> impl Iterator<Item = &'l Part> {
    links.parts.iter().filter(|p| p.needs.contains(&part.id))
}
