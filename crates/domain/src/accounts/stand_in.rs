//! One officer acts for another: during an absence (FLW-07, STF-02), or by a decision that delegates approval (FLW-04).

mod check;
mod fault;
mod reserve;
#[cfg(test)]
mod tests;

pub use check::{StandInRules, check};
pub use fault::{ReserveFault, StandInFault};
pub use reserve::{Reserve, check_reserve, works_at_a_desk};

use super::{Role, Who};
use crate::{id::Id, people::Officer, time::Instant};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A time in which a backup acts for an officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// Its row.
    pub id: Id<StandIn>,
    /// Why.
    pub kind: StandInKind,
    /// For whom.
    pub officer: Id<Officer>,
    /// Who acts.
    pub backup: Id<Officer>,
    /// From when.
    pub from: Instant,
    /// Until when; from then on the rights are back.
    pub to: Instant,
    /// The reason in words.
    pub reason: String,
    /// The absence could not be foreseen.
    pub sudden: bool,
    /// Number and day of the paper: the decision that delegates, or the notice that announces the absence.
    pub decision: Option<(String, Date)>,
    /// Codes of the procedures whose approval is delegated; empty for all (DN 16.1c: "đối với từng thủ tục hành chính").
    pub procedures: Vec<String>,
    /// When it was ended before its time.
    pub ended_at: Option<Instant>,
}

/// Why somebody acts for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandInKind {
    /// The officer is away: inbox and rights move to the backup for that time, and come back.
    Absence,
    /// A leader delegates approval; the own right stays.
    Delegation,
}

impl StandInKind {
    /// The key used by the data base and the API.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Absence => "absence",
            Self::Delegation => "delegation",
        }
    }
    /// The kind of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Absence, Self::Delegation].into_iter().find(|k| k.key() == key)
    }
}

impl StandIn {
    /// It holds at this moment.
    pub fn is_active(&self, now: Instant) -> bool {
        self.from <= now && now < self.to && self.ended_at.is_none_or(|ended| now < ended)
    }
    /// It concerns dossiers of this procedure.
    pub fn covers(&self, procedure: &str) -> bool {
        self.procedures.is_empty() || self.procedures.iter().any(|p| p == procedure)
    }
    fn overlaps(&self, other: &Self) -> bool {
        self.ended_at.is_none() && self.from < other.to && other.from < self.to
    }
    fn shares_procedures(&self, other: &Self) -> bool {
        self.procedures.is_empty() || other.procedures.is_empty() || self.procedures.iter().any(|p| other.covers(p))
    }
}

/// As whom an officer may act at this moment: as oneself unless absent, and as everybody for whom one stands in. A stand-in
/// is not handed on: who acts for an absent backup acts for that backup alone. `about` is the procedure of the dossier where
/// one is looked at; without it every delegation counts.
pub fn identities(
    who: &Who,
    now: Instant,
    all: &[StandIn],
    find: impl Fn(Id<Officer>) -> Option<Who>,
    about: Option<&str>,
) -> Vec<Who> {
    let mut list = Vec::new();
    let mine = |s: &&StandIn| s.backup == who.officer && s.is_active(now);
    if absence_of(who.officer, now, all).is_none() {
        // What an absent officer's post lends is used in that officer's name, not in one's own.
        let lent = all.iter().filter(mine).any(|s| s.kind == StandInKind::Absence);
        list.push(find(who.officer).filter(|_| lent).unwrap_or_else(|| who.clone()));
    }
    for stand_in in all.iter().filter(mine).filter(|s| about.is_none_or(|code| s.covers(code))) {
        let Some(mut other) = find(stand_in.officer) else { continue };
        if stand_in.kind == StandInKind::Delegation {
            other.roles.retain(|r| *r == Role::AgencyLeader);
            // DN 13.2a, 16.1c: the act takes place where the delegated officer works.
            other.centre = who.centre;
        }
        list.push(other);
    }
    list
}

/// Whether [`identities`] are the same for every procedure: nobody delegated some alone to this officer.
pub fn same_for_all(officer: Id<Officer>, now: Instant, all: &[StandIn]) -> bool {
    all.iter().all(|s| s.procedures.is_empty() || s.backup != officer || !s.is_active(now))
}

/// The officer with the rights that an absent officer's post at the Centre lends for that time (STF-02: "quyền tài khoản trong
/// thời gian thay"): the post and what is done at its desk. Administration is never lent.
#[must_use]
pub fn lent(who: &Who, now: Instant, all: &[StandIn], find: impl Fn(Id<Officer>) -> Option<Who>) -> Who {
    let mut lent = who.clone();
    let absences = all.iter().filter(|s| s.kind == StandInKind::Absence && s.backup == who.officer && s.is_active(now));
    for other in absences.filter_map(|s| find(s.officer)) {
        let same_post = lent.centre.is_none_or(|own| Some(own) == other.centre);
        if !works_at_a_desk(&other) || !same_post {
            continue;
        }
        lent.centre = other.centre;
        let desk = other.roles.iter().copied().filter(|r| r.serves_at_a_desk());
        let new: Vec<_> = desk.filter(|r| !lent.is(*r)).collect();
        lent.roles.extend(new);
    }
    lent
}

/// The absence in which an officer is at this moment.
pub fn absence_of(officer: Id<Officer>, now: Instant, all: &[StandIn]) -> Option<&StandIn> {
    all.iter().find(|s| s.kind == StandInKind::Absence && s.officer == officer && s.is_active(now))
}

/// By which of these somebody acts for an officer in a dossier of this procedure: an absence before a delegation, because it
/// gives all rights.
pub fn acting_by<'a>(
    backup: Id<Officer>,
    officer: Id<Officer>,
    procedure: &str,
    now: Instant,
    all: &'a [StandIn],
) -> Option<&'a StandIn> {
    let of = |s: &&StandIn| s.backup == backup && s.officer == officer && s.is_active(now) && s.covers(procedure);
    all.iter().filter(of).min_by_key(|s| s.kind == StandInKind::Delegation)
}
