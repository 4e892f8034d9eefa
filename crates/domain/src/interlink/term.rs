//! The time of a branch: from when to when whoever was asked has it (CLK-07).

use super::{Branch, Consultation, Links, Part, Stage, right};
use crate::{accounts::Who, dossier::Dossier, time::Instant};

/// A branch that is waited for, with the time that is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BranchTerm {
    /// A question or a part.
    pub what: Branch,
    /// Which.
    pub id: u32,
    /// From when its time runs.
    pub start: Instant,
    /// Until when.
    pub due_at: Instant,
}

impl Consultation {
    /// Its time while somebody is waited for; another date begins another time.
    pub fn term(&self) -> Option<BranchTerm> {
        let start = self.redated_at.unwrap_or(self.at);
        let term = BranchTerm { what: Branch::Consultation, id: self.id, start, due_at: self.due_at };
        (!self.is_answered()).then_some(term)
    }
}

impl Part {
    /// Its time while somebody has it, since it was there to be done.
    pub fn term(&self) -> Option<BranchTerm> {
        let since = self.since()?;
        let start = self.redated_at.map_or(since, |at| at.max(since));
        Some(BranchTerm { what: Branch::Part, id: self.id, start, due_at: self.due_at })
    }
}

impl Links {
    /// Everything that is waited for.
    pub fn terms(&self) -> impl Iterator<Item = BranchTerm> + '_ {
        let asked = self.consultations.iter().filter_map(Consultation::term);
        asked.chain(self.parts.iter().filter_map(Part::term))
    }
}

/// What this officer's agency was asked for or has to do, the nearest first: the date that its work list shows.
pub fn own_term(who: &Who, d: &Dossier) -> Option<BranchTerm> {
    let asked = d.links.consultations.iter().filter(|c| right::answers(who, d, c).is_some());
    let mine = |p: &&Part| match &p.stage {
        Stage::AtOneStop { .. } => right::at_its_one_stop(who, d, p),
        Stage::Open { officer, .. } => {
            p.agency() == Some(who.agency) && officer.is_none_or(|o| o == who.officer || right::forwards(who))
        }
        _ => false,
    };
    let parts = d.links.parts.iter().filter(mine).filter_map(Part::term);
    let all = asked.filter_map(Consultation::term).chain(parts).filter(|_| d.status.is_alive());
    all.min_by_key(|t| t.due_at)
}
