//! Processes.

mod faults;
mod forms;

use super::*;
use crate::accounts::Role;
use crate::catalogue::Channel;
use crate::deadline::TimeLimit;
use crate::dossier::Decision;
use crate::profile::{Level, OnTheSpotKind};

const GRANTED: Situation<'static> =
    Situation { opinion: Some(Decision::Grant), channel: Channel::Counter, variant: "" };

fn everybody(_: &Actor) -> Held {
    Held::Everywhere
}

#[test]
fn cat_04_the_default_process_goes_from_the_centre_through_the_agency_and_back() {
    let process = default_process(Level::Province, TimeLimit::WorkingDays(10));
    let keys: Vec<&str> = process.steps.iter().map(|s| s.key.as_str()).collect();
    assert_eq!(keys, ["intake", "assign", "appraise", "approve", "issue", "return"]);
    let at_centre = process.steps.iter().filter(|s| s.actor.place == Place::Centre);
    assert_eq!(at_centre.map(|s| s.key.as_str()).collect::<Vec<_>>(), ["intake", "return"]);
    assert_eq!(process.path(&GRANTED).iter().map(|s| s.key.as_str()).collect::<Vec<_>>(), keys);
    assert!(process.next("return", &GRANTED).is_none() && process.next("bịa", &GRANTED).is_none());
}

/// CAT-05, FLW-04: DN 13.2a, QN 5.4c.
#[test]
fn flw_04_a_procedure_settled_on_the_spot_begins_with_four_steps_at_the_centre_where_the_regulation_knows_them() {
    let flags = crate::catalogue::Flags { on_the_spot: true, ..crate::catalogue::Flags::default() };
    let first = |level, kind, limit| first_process(level, limit, &flags, kind);
    let plain = |level, limit| default_process(level, limit);
    for limit in [TimeLimit::SameDay, TimeLimit::WorkingHours(4), TimeLimit::WorkingDays(3), TimeLimit::None] {
        for kind in [OnTheSpotKind::DelegatedOrDeputy, OnTheSpotKind::FourSteps] {
            let process = first(Level::Province, kind, limit);
            let keys: Vec<&str> = process.steps.iter().map(|s| s.key.as_str()).collect();
            assert_eq!(keys, ["intake", "appraise", "approve", "return"]);
            assert!(process.steps.iter().all(|s| s.actor.place == Place::Centre));
            assert_eq!(process.check(limit, everybody), Ok(()), "{limit:?}");
            assert_eq!(first(Level::Commune, kind, limit), plain(Level::Commune, limit));
        }
        assert_eq!(first(Level::Province, OnTheSpotKind::None, limit), plain(Level::Province, limit));
        let unflagged =
            first_process(Level::Province, limit, &crate::catalogue::Flags::default(), OnTheSpotKind::FourSteps);
        assert_eq!(unflagged, plain(Level::Province, limit));
    }
}

#[test]
fn every_step_of_the_default_process_is_given_to_roles_that_exist() {
    for level in [Level::Province, Level::Commune] {
        let process = default_process(level, TimeLimit::None);
        for role in process.steps.iter().flat_map(|s| &s.actor.roles) {
            assert!(Role::ALL.iter().any(|r| r.as_str() == role), "{role}");
        }
    }
}

#[test]
fn cat_04_the_steps_of_a_same_day_procedure_fit_between_the_cut_off_and_closing_time() {
    let process = default_process(Level::Commune, TimeLimit::SameDay);
    assert_eq!(process.total_minutes(), 120);
    assert!(process.steps.iter().all(|s| s.minutes.is_some_and(|m| m > 0)));
}

#[test]
fn cat_04_the_steps_use_the_whole_limit_and_never_more_whatever_it_is() {
    let limits =
        |n| [TimeLimit::WorkingHours(n), TimeLimit::WorkingDays(n), TimeLimit::CalendarDays(n), TimeLimit::Months(n)];
    for limit in [1, 2, 3, 7, 30, 999, u32::MAX].into_iter().flat_map(limits) {
        let process = default_process(Level::Province, limit);
        assert_eq!(process.check(limit, everybody), Ok(()), "{limit:?}");
        assert!(process.total_minutes() > 0);
    }
    let ten_days = default_process(Level::Province, TimeLimit::WorkingDays(10));
    assert_eq!(ten_days.total_minutes(), 10 * 450);
}

#[test]
fn a_procedure_without_a_limit_has_steps_without_time() {
    let process = default_process(Level::Province, TimeLimit::None);
    assert!(process.steps.iter().all(|s| s.minutes.is_none()));
    assert_eq!(process.check(TimeLimit::None, everybody), Ok(()));
}
