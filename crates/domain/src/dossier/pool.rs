//! Pools: dossiers without a named holder, told apart by who may take them. A work list looks through the pools that may
//! hold something for an officer; every row is still checked with [`super::may_act`].

use super::{CONFIRM, Dossier, course, in_its_stead};
use crate::{
    accounts::{Role, Who},
    catalogue::{Place, Process, Step, StepKind},
};

/// The name of the pool in which dossiers at this step wait: `agency/approve:agency_leader`, with `@unit` where only one
/// unit may act. Steps of different processes that wait for the same people share a pool.
pub fn pool_of(step: &Step) -> String {
    let place = match step.actor.place {
        Place::Centre => "centre",
        Place::Agency => "agency",
    };
    let known = Role::ALL.iter().map(|r| r.as_str()).filter(|r| step.actor.roles.iter().any(|named| named == r));
    let roles = known.collect::<Vec<_>>().join(",");
    let unit = step.actor.unit.map(|u| format!("@{u}")).unwrap_or_default();
    format!("{place}/{}:{roles}{unit}", step.kind.as_str())
}

/// The pool of what waits for the Centre's deputy director, whatever the process (CLK-06).
pub const CONFIRM_POOL: &str = "centre/confirm:centre_deputy,centre_director";

/// The pool of what waits for the leader of an agency to confirm, whatever the process (CLK-05).
pub const LEADER_POOL: &str = "agency/confirm:agency_leader";

/// The pool in which a dossier lies, as its row repeats it.
pub fn pool_name(dossier: &Dossier, process: &Process) -> Option<String> {
    if let Some(holder) = dossier.holder.as_ref().filter(|h| h.step == CONFIRM) {
        return Some(if holder.centre.is_some() { CONFIRM_POOL } else { LEADER_POOL }.to_owned());
    }
    let step = course::step_of(dossier, process)?;
    let in_its_stead = dossier.holder.as_ref().and_then(|h| in_its_stead::stead_pool(h, step));
    Some(in_its_stead.map_or_else(|| pool_of(step), str::to_owned))
}

/// Where a pool is and what is done there, when it may hold something for this officer; `None` when it cannot, or when the
/// name is none.
pub fn waits_for(pool: &str, who: &Who) -> Option<(Place, StepKind)> {
    let (place, rest) = pool.split_once('/')?;
    let (kind, rest) = rest.split_once(':')?;
    let (roles, unit) = rest.split_once('@').map_or((rest, None), |(roles, unit)| (roles, Some(unit)));
    let kind = StepKind::from_key(kind)?;
    let place = match place {
        "centre" => Place::Centre,
        "agency" => Place::Agency,
        _ => return None,
    };
    let role = roles.split(',').any(|r| r.parse().is_ok_and(|role: Role| who.is(role)));
    let in_unit = unit.is_none_or(|unit| unit.parse() == Ok(who.unit));
    ((role && in_unit) || may_assign_there(kind, place, who)).then_some((place, kind))
}

/// A head distributes; a specialist takes what nobody has yet (FLW-07).
fn may_assign_there(kind: StepKind, place: Place, who: &Who) -> bool {
    let head = who.is(Role::UnitHead) || who.is(Role::AgencyLeader);
    place == Place::Agency
        && match kind {
            StepKind::Assign => head || who.is(Role::Specialist),
            kind => kind.is_work() && head,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        accounts::Bound,
        catalogue::default_process,
        deadline::TimeLimit,
        dossier::{Holder, may_act},
        id::Id,
        profile::Level,
        time::Instant,
    };

    fn who(role: Role) -> Who {
        let (officer, agency, unit) = (Id::new(1), Id::new(2), Id::new(3));
        Who { officer, agency, unit, centre: Some(Id::new(4)), roles: vec![role], bound: Bound::default() }
    }

    /// GR-6: whatever step an officer may act on is in a pool that the work list looks through.
    #[test]
    fn every_step_that_a_role_may_act_on_is_in_its_pools() {
        for level in [Level::Province, Level::Commune] {
            let process = default_process(level, TimeLimit::WorkingDays(5));
            for (&role, step) in Role::ALL.iter().flat_map(|r| process.steps.iter().map(move |s| (r, s))) {
                let who = who(role);
                let holder = Holder {
                    step: step.key.clone(),
                    agency: who.agency,
                    centre: (step.actor.place == Place::Centre).then_some(Id::new(4)),
                    unit: None,
                    officer: None,
                    since: Instant::from_millis(0),
                };
                let listed = waits_for(&pool_of(step), &who) == Some((step.actor.place, step.kind));
                assert!(listed || !may_act(&who, &holder, Some(step)), "{role} at {}", step.key);
            }
        }
    }

    #[test]
    fn a_pool_of_one_unit_is_looked_through_by_that_unit_and_by_heads() {
        let mut step = default_process(Level::Province, TimeLimit::None).steps[2].clone();
        step.actor.unit = Some(Id::new(3));
        assert_eq!(pool_of(&step), "agency/appraise:specialist@3");
        let found = Some((Place::Agency, StepKind::Appraise));
        assert_eq!(waits_for("agency/appraise:specialist@3", &who(Role::Specialist)), found);
        assert_eq!(waits_for("agency/appraise:specialist@9", &who(Role::Specialist)), None);
        assert_eq!(waits_for("agency/appraise:specialist@9", &who(Role::UnitHead)), found);
        for nonsense in ["", "approve", "moon/approve:clerk", "agency/dance:clerk", "agency/issue:"] {
            assert_eq!(waits_for(nonsense, &who(Role::Clerk)), None, "{nonsense}");
        }
    }
}
