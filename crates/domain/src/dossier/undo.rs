//! Taking back the last act while nothing has left the agency (FLW-07). The history gets one line more and is never rewritten.

use super::{Dossier, Event, Facts, Law, Opinion, Refusal, Status, StoredEvent, replay};
use crate::{
    accounts::Who,
    id::Id,
    people::Officer,
    profile::Profile,
    time::{Instant, day_text, time_text},
};
use std::collections::BTreeMap;

/// The last act on a dossier, and how the dossier stood before it.
#[derive(Clone, Debug)]
pub struct LastAct {
    /// Its line in the history.
    pub line: StoredEvent,
    /// The dossier before it; only where the act is one that can be taken back.
    pub before: Option<Dossier>,
    /// How it had come to whoever had it then: from whom, unless from oneself, and whether it had been sent back.
    pub moved: Option<(Option<Id<Officer>>, bool)>,
}

impl LastAct {
    /// The last act of a whole history.
    pub fn of(history: &[StoredEvent]) -> Option<Self> {
        let (line, earlier) = history.split_last()?;
        // Most acts cannot be taken back: no need to walk the whole way for them.
        let passed_on = serde_json::from_str(&line.body).is_ok_and(|what| passes_on(&what));
        let before = passed_on.then(|| replay(earlier).ok()).flatten().map(|(before, _)| before);
        Some(Self { line: line.clone(), before, moved: earlier.iter().rev().find_map(moved) })
    }
    /// Until when it may be taken back.
    pub fn until(&self, profile: &Profile) -> Instant {
        undo_until(&self.line, profile)
    }
}

/// Until when an act may be taken back, if it is one that can be.
pub fn undo_until(line: &StoredEvent, profile: &Profile) -> Instant {
    line.at.plus_millis(i64::from(profile.desk.undo_minutes) * 60_000)
}

fn moved(line: &StoredEvent) -> Option<(Option<Id<Officer>>, bool)> {
    let event: Event = serde_json::from_str(&line.body).ok()?;
    let to_oneself = event.holder()?.officer == Some(line.officer);
    Some(((!to_oneself).then_some(line.officer), matches!(event, Event::ReturnedToStep { .. })))
}

/// What only changes who has it: no slip, no word to the applicant, no decision.
const fn passes_on(what: &Event) -> bool {
    matches!(
        what,
        Event::Assigned { .. }
            | Event::SubmittedForApproval { .. }
            | Event::PassedOn { .. }
            | Event::Endorsed { .. }
            | Event::ReturnedToStep { .. }
    )
}

/// Why the last act stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoRefusal {
    /// The last act is of another kind, or somebody has acted since.
    NothingToUndo,
    /// Somebody else did it.
    NotYours,
    /// The dossier went to another agency or to the Centre.
    LeftTheAgency,
    /// The time for second thoughts is over.
    TooLate {
        /// When it ended.
        until: Instant,
    },
}

/// Whether this officer may take the last act back at this moment.
pub fn may_undo(who: &Who, dossier: &Dossier, last: Option<&LastAct>, law: &Law) -> Result<(), UndoRefusal> {
    let last = last.filter(|l| l.line.seq == dossier.version).ok_or(UndoRefusal::NothingToUndo)?;
    // A stranger learns nothing about the state.
    if last.line.officer != who.officer || last.line.agency != who.agency {
        return Err(UndoRefusal::NotYours);
    }
    let before = last.before.as_ref().ok_or(UndoRefusal::NothingToUndo)?;
    let place = |d: &Dossier| d.holder.as_ref().map(|h| (h.agency, h.centre));
    if place(before) != place(dossier) {
        return Err(UndoRefusal::LeftTheAgency);
    }
    let until = last.until(law.profile);
    if law.now > until {
        return Err(UndoRefusal::TooLate { until });
    }
    Ok(())
}

pub(super) fn undo(d: &Dossier, f: &Facts) -> Result<Vec<Event>, Refusal> {
    may_undo(f.who, d, f.last, &f.law)?;
    let last = f.last.ok_or(UndoRefusal::NothingToUndo)?;
    let before = last.before.as_ref().ok_or(UndoRefusal::NothingToUndo)?;
    let holder = before.holder.clone().ok_or(UndoRefusal::NothingToUndo)?;
    Ok(vec![Event::Undone {
        of: last.line.seq,
        holder,
        status: before.status.clone(),
        opinion: before.opinion.clone().map(Box::new),
        done_by: before.done_by.clone(),
    }])
}

/// The dossier stands again as it stood; its holder is set by whoever calls.
pub(super) fn stand_again(
    d: &mut Dossier,
    status: &Status,
    opinion: Option<&Opinion>,
    done_by: &BTreeMap<String, Id<Officer>>,
) {
    d.status = status.clone();
    d.opinion = opinion.cloned();
    d.done_by.clone_from(done_by);
}

impl UndoRefusal {
    /// The code for machines.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NothingToUndo => "undo.nothing",
            Self::NotYours => "undo.not_yours",
            Self::LeftTheAgency => "undo.left_the_agency",
            Self::TooLate { .. } => "undo.too_late",
        }
    }
    /// What is wrong and what to do, in Vietnamese.
    pub fn vi(self) -> String {
        match self {
            Self::NothingToUndo => "Không còn bước nào hoàn tác được: bước cuối không thuộc loại này, hoặc đã có người xử lý tiếp. Xin tải lại trang để xem các bước được phép.".into(),
            Self::NotYours => "Chỉ người vừa thực hiện bước này mới hoàn tác được. Xin liên hệ người đó, hoặc người đang giữ hồ sơ.".into(),
            Self::LeftTheAgency => "Hồ sơ đã chuyển ra ngoài cơ quan nên không hoàn tác được. Xin liên hệ nơi đang giữ hồ sơ để được trả lại.".into(),
            Self::TooLate { until } => format!("Đã hết thời gian hoàn tác (đến {}, {}). Xin liên hệ người đang giữ hồ sơ để được trả lại.", time_text(until.local().time()), day_text(until.day())),
        }
    }
    /// The same in English.
    pub fn en(self) -> String {
        match self {
            Self::NothingToUndo => "There is nothing to take back: the last act is of another kind, or somebody has gone on. Reload the page to see what may be done.".into(),
            Self::NotYours => "Only whoever did this can take it back. Ask them, or whoever has the dossier.".into(),
            Self::LeftTheAgency => "The dossier has left the agency, so this cannot be taken back. Ask whoever has it to send it back.".into(),
            Self::TooLate { until } => format!("The time to take this back ended at {}, {}. Ask whoever has the dossier to send it back.", time_text(until.local().time()), day_text(until.day())),
        }
    }
}

impl From<UndoRefusal> for Refusal {
    fn from(why: UndoRefusal) -> Self {
        Self::Undo(why)
    }
}
