//! Whether a stand-in may be entered.

use super::{Reserve, StandIn, StandInFault, StandInKind, works_at_a_desk};
use crate::{
    accounts::{Role, Scope, Who},
    deadline::{Calendar, ClockRules, TimeLimit, due_at},
    time::Instant,
};

/// What the province's regulation asks of an absence.
#[derive(Clone, Copy, Debug, Default)]
pub struct StandInRules<'a> {
    /// Working days by which it is announced ahead (DN 4.4).
    pub notice: Option<u32>,
    /// An officer at the Centre announces it in writing (VL 9.3c, QN 6.8b, DN 16.2b).
    pub in_writing: bool,
    /// The list of backups, where the regulation has agencies name them (DN 16.2b, VL 5.1).
    pub list: Option<&'a [Reserve]>,
}

/// Whether a stand-in may be entered.
pub fn check(
    new: &StandIn,
    officer: &Who,
    backup: &Who,
    all: &[StandIn],
    rules: &StandInRules,
    (now, calendar, clock): (Instant, &Calendar, &ClockRules),
) -> Result<(), StandInFault> {
    if new.to <= new.from || new.to <= now {
        return Err(StandInFault::Backwards);
    }
    if officer.officer == backup.officer {
        return Err(StandInFault::Oneself);
    }
    in_place(new, officer, backup, rules)?;
    if all.iter().any(|s| s.kind == StandInKind::Absence && s.officer == backup.officer && s.overlaps(new)) {
        return Err(StandInFault::BackupAway);
    }
    let same = |s: &&StandIn| s.kind == new.kind && s.officer == officer.officer && s.shares_procedures(new);
    if all.iter().any(|s| same(&s) && s.overlaps(new)) {
        return Err(StandInFault::Twice);
    }
    match new.kind {
        StandInKind::Delegation if !officer.is(Role::AgencyLeader) => Err(StandInFault::NotALeader),
        StandInKind::Delegation if new.decision.is_none() => Err(StandInFault::NoDecision),
        StandInKind::Delegation => Ok(()),
        StandInKind::Absence if new.reason.trim().is_empty() => Err(StandInFault::NoReason),
        StandInKind::Absence => {
            announced(new, rules.notice, now, calendar, clock)?;
            // What could not be foreseen is told first and written afterwards.
            let written = new.decision.is_some() || new.sudden || !works_at_a_desk(officer);
            if rules.in_writing && !written { Err(StandInFault::NotInWriting) } else { Ok(()) }
        }
    }
}

/// Where the backup must stand. A delegate acts where the own post is and needs only see dossiers there (DN 13.2a); at a desk
/// of the Centre the list says who steps in, and the post lends its rights (STF-02); elsewhere the backup has them already.
fn in_place(new: &StandIn, officer: &Who, backup: &Who, rules: &StandInRules) -> Result<(), StandInFault> {
    if backup.agency != officer.agency {
        return Err(StandInFault::OtherPlace);
    }
    if new.kind == StandInKind::Delegation {
        let blind = backup.scope() == Scope::Officer { agency: None, centre: None };
        return if blind { Err(StandInFault::OtherPlace) } else { Ok(()) };
    }
    if !works_at_a_desk(officer) {
        let same = backup.centre == officer.centre && backup.scope() == officer.scope();
        return if same { Ok(()) } else { Err(StandInFault::OtherPlace) };
    }
    let elsewhere = backup.centre.is_some() && backup.centre != officer.centre;
    let lacks = |right: fn(Role) -> bool| officer.any(right) && !backup.any(right);
    if elsewhere || lacks(Role::works_in_agency) || lacks(Role::reads_province) {
        return Err(StandInFault::OtherPlace);
    }
    let days = (new.from.day(), new.to.day());
    let named = |r: &Reserve| r.names(officer.officer, backup.officer, days);
    match rules.list {
        Some(list) if !list.iter().any(named) => Err(StandInFault::NotOnTheList),
        _ => Ok(()),
    }
}

fn announced(
    new: &StandIn,
    notice: Option<u32>,
    now: Instant,
    calendar: &Calendar,
    clock: &ClockRules,
) -> Result<(), StandInFault> {
    let Some(days) = notice.filter(|_| !new.sudden) else { return Ok(()) };
    let first = due_at(now, TimeLimit::WorkingDays(days), calendar, clock).ok().flatten().map(Instant::day);
    match first {
        Some(first) if new.from.day() < first => Err(StandInFault::TooLate { first }),
        _ => Ok(()),
    }
}
