//! The list of backups: who steps in at which officer's post at the Centre (STF-02; DN 4.4, 16.2b, VL 5.1–2).

use super::ReserveFault;
use crate::{
    accounts::{Role, Who},
    id::Id,
    people::Officer,
};
use jiff::civil::Date;

/// A backup named for an officer's post at the Centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reserve {
    /// Its row.
    pub id: Id<Reserve>,
    /// Who has the post.
    pub officer: Id<Officer>,
    /// Who steps in.
    pub backup: Id<Officer>,
    /// The first day.
    pub from: Date,
    /// The last day; open where the list names none.
    pub to: Option<Date>,
}

impl Reserve {
    /// It names this backup for this officer on all days from one to another.
    pub fn names(&self, officer: Id<Officer>, backup: Id<Officer>, (from, to): (Date, Date)) -> bool {
        let whole = self.from <= from && self.to.is_none_or(|last| to <= last);
        self.officer == officer && self.backup == backup && whole
    }
    fn overlaps(&self, other: &Self) -> bool {
        let before = |a: &Self, b: &Self| a.to.is_none_or(|last| b.from <= last);
        before(self, other) && before(other, self)
    }
}

/// The officer has a post at a desk of a centre, which must not stay empty.
pub fn works_at_a_desk(who: &Who) -> bool {
    who.centre.is_some() && who.any(Role::serves_at_a_desk)
}

/// Whether a backup may be put on the list.
pub fn check_reserve(new: &Reserve, officer: &Who, backup: &Who, all: &[Reserve]) -> Result<(), ReserveFault> {
    if new.to.is_some_and(|last| last < new.from) {
        return Err(ReserveFault::Backwards);
    }
    if !works_at_a_desk(officer) {
        return Err(ReserveFault::NoPost);
    }
    if officer.officer == backup.officer {
        return Err(ReserveFault::Oneself);
    }
    // The backup is of the same agency, and is not needed at another centre.
    let elsewhere = backup.centre.is_some() && backup.centre != officer.centre;
    if backup.agency != officer.agency || elsewhere {
        return Err(ReserveFault::OtherPlace);
    }
    let twice = |r: &&Reserve| r.officer == new.officer && r.backup == new.backup && r.overlaps(new);
    if all.iter().any(|r| twice(&r)) { Err(ReserveFault::Twice) } else { Ok(()) }
}
