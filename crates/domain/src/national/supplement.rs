//! What was asked of the applicant, and when it came.

use super::{Subject, SupplementMessage, stamp};
use crate::dossier::{Dossier, Event, RequestItem};

/// Guidance and supplements in order, each closed by what the applicant brought.
pub(super) fn supplements(s: &Subject, states: &[Dossier]) -> Vec<SupplementMessage> {
    let mut found: Vec<SupplementMessage> = Vec::new();
    for (line, after) in s.history.iter().zip(states) {
        let (by, at) = ((s.names)(line.stored.officer).name, stamp(line.stored.at));
        match &line.event {
            Event::GuidanceRequested { items, reason, .. } | Event::SupplementRequested { items, reason, .. } => {
                found.push(SupplementMessage {
                    id: line.stored.seq,
                    asked_by: by,
                    content: content(s, items, reason.as_deref()),
                    asked_at: at,
                    due_before: after.due_at.map(stamp),
                    ..SupplementMessage::default()
                });
            }
            Event::GuidanceCompleted { received_at, .. } | Event::SupplementCompleted { received_at, .. } => {
                let Some(open) = found.last_mut() else { continue };
                open.taken_by = Some(by);
                open.taken_at = Some(stamp(*received_at));
                open.due_after = after.due_at.map(stamp);
            }
            _ => {}
        }
    }
    found
}

/// Everything at once, a line each (INT-04).
fn content(s: &Subject, items: &[RequestItem], reason: Option<&str>) -> String {
    let variant = s.procedure.variant(s.dossier.intake.variant.as_deref().unwrap_or_default());
    let line = |item: &RequestItem| {
        let id = item.component.as_deref().unwrap_or_default();
        let paper = variant.and_then(|v| v.component(id)).map_or(id, |c| c.name.as_str());
        let words = [paper, item.problem.words().0, item.note.as_str()];
        words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(": ")
    };
    reason.map(str::to_owned).into_iter().chain(items.iter().map(line)).collect::<Vec<_>>().join("\n")
}
