use super::*;
use crate::accounts::Bound;
use crate::deadline::{Calendar, ClockRules, HolidayRules, WorkingWeek, default_sessions};

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}
fn who(officer: i64, roles: &[Role]) -> Who {
    Who {
        officer: Id::new(officer),
        agency: Id::new(1),
        unit: Id::new(2),
        centre: None,
        roles: roles.to_vec(),
        bound: Bound::default(),
    }
}
fn stand_in(kind: StandInKind) -> StandIn {
    StandIn {
        id: Id::new(9),
        kind,
        officer: Id::new(1),
        backup: Id::new(2),
        from: at("2025-10-10T07:30"),
        to: at("2025-10-14T17:00"),
        reason: "Nghỉ phép".into(),
        sudden: false,
        decision: None,
        procedures: Vec::new(),
        ended_at: None,
    }
}
fn calendar() -> Calendar {
    let (week, rules) = (WorkingWeek::default(), HolidayRules::default());
    Calendar::from_rules(1, week, default_sessions(), &rules, [], 2025..=2026).unwrap()
}
fn checked(
    new: &StandIn,
    officer: &Who,
    backup: &Who,
    all: &[StandIn],
    notice: Option<u32>,
) -> Result<(), StandInFault> {
    checked_by(new, officer, backup, all, &StandInRules { notice, ..StandInRules::default() })
}
fn checked_by(
    new: &StandIn,
    officer: &Who,
    backup: &Who,
    all: &[StandIn],
    rules: &StandInRules,
) -> Result<(), StandInFault> {
    let calendar = calendar();
    check(new, officer, backup, all, rules, (at("2025-10-06T08:00"), &calendar, &ClockRules::default()))
}

/// FLW-07: rights move for that time, and come back.
#[test]
fn flw_07_the_backup_acts_for_the_absent_officer_for_that_time_and_no_longer() {
    let (away, backup) = (who(1, &[Role::UnitHead]), who(2, &[Role::Specialist]));
    let all = [stand_in(StandInKind::Absence)];
    let find = |id: Id<Officer>| [&away, &backup].into_iter().find(|w| w.officer == id).cloned();
    let during = at("2025-10-13T09:00");
    assert_eq!(identities(&away, during, &all, find, None), []);
    assert_eq!(identities(&backup, during, &all, find, None), [backup.clone(), away.clone()]);
    for moment in ["2025-10-10T07:29", "2025-10-14T17:00"] {
        assert_eq!(identities(&away, at(moment), &all, find, None), std::slice::from_ref(&away), "{moment}");
        assert_eq!(identities(&backup, at(moment), &all, find, None), std::slice::from_ref(&backup), "{moment}");
    }
    let ended = [StandIn { ended_at: Some(at("2025-10-11T08:00")), ..stand_in(StandInKind::Absence) }];
    assert_eq!(identities(&away, during, &ended, find, None), std::slice::from_ref(&away));
}

#[test]
fn flw_07_a_delegation_gives_approval_alone_and_leaves_the_leader_the_own_right() {
    let (leader, deputy) = (who(1, &[Role::AgencyLeader, Role::Clerk]), who(2, &[Role::Specialist]));
    let all = [stand_in(StandInKind::Delegation)];
    let find = |id: Id<Officer>| [&leader, &deputy].into_iter().find(|w| w.officer == id).cloned();
    let during = at("2025-10-13T09:00");
    assert_eq!(identities(&leader, during, &all, find, None).len(), 1);
    let acting = identities(&deputy, during, &all, find, None);
    assert_eq!(acting[1].roles, [Role::AgencyLeader]);
}

#[test]
fn stf_02_an_absence_is_announced_ahead_unless_it_is_sudden() {
    let (away, backup) = (who(1, &[Role::Specialist]), who(2, &[Role::Specialist]));
    let new = StandIn { from: at("2025-10-08T07:30"), ..stand_in(StandInKind::Absence) };
    let first = jiff::civil::date(2025, 10, 9);
    assert_eq!(checked(&new, &away, &backup, &[], Some(3)), Err(StandInFault::TooLate { first }));
    assert_eq!(checked(&new, &away, &backup, &[], None), Ok(()));
    assert_eq!(checked(&StandIn { sudden: true, ..new }, &away, &backup, &[], Some(3)), Ok(()));
    assert_eq!(checked(&stand_in(StandInKind::Absence), &away, &backup, &[], Some(3)), Ok(()));
}

#[test]
fn stf_02_the_backup_is_somebody_else_of_the_same_place_who_is_there() {
    let (away, backup) = (who(1, &[Role::Specialist]), who(2, &[Role::Specialist]));
    let new = stand_in(StandInKind::Absence);
    assert_eq!(checked(&new, &away, &away, &[], None), Err(StandInFault::Oneself));
    let elsewhere = Who { agency: Id::new(7), ..backup.clone() };
    assert_eq!(checked(&new, &away, &elsewhere, &[], None), Err(StandInFault::OtherPlace));
    let blind = who(2, &[Role::Receptionist]);
    assert_eq!(checked(&new, &away, &blind, &[], None), Err(StandInFault::OtherPlace));
    let backup_away = StandIn { officer: Id::new(2), backup: Id::new(3), ..new.clone() };
    assert_eq!(checked(&new, &away, &backup, &[backup_away], None), Err(StandInFault::BackupAway));
    assert_eq!(checked(&new, &away, &backup, std::slice::from_ref(&new), None), Err(StandInFault::Twice));
    let past = StandIn { from: at("2025-10-01T08:00"), to: at("2025-10-02T08:00"), ..new.clone() };
    assert_eq!(checked(&past, &away, &backup, &[], None), Err(StandInFault::Backwards));
}

#[test]
fn flw_07_only_a_leader_delegates_and_only_by_a_decision() {
    let (leader, deputy) = (who(1, &[Role::AgencyLeader]), who(2, &[Role::Specialist]));
    let new = stand_in(StandInKind::Delegation);
    assert_eq!(checked(&new, &deputy, &leader, &[], None), Err(StandInFault::NotALeader));
    assert_eq!(checked(&new, &leader, &deputy, &[], None), Err(StandInFault::NoDecision));
    let decided = StandIn { decision: Some(("12/QĐ-UBND".into(), jiff::civil::date(2025, 10, 1))), ..new };
    assert_eq!(checked(&decided, &leader, &deputy, &[], None), Ok(()));
}

/// DN 13.2a, 16.1c; QN 5.4c: the leader, who has no post, delegates to the own officer at the Centre, and the act takes place
/// there.
#[test]
fn flw_04_a_delegate_at_the_centre_approves_where_the_delegate_stands_and_only_what_is_listed() {
    let (leader, away) = (who(1, &[Role::AgencyLeader]), at("2025-10-13T09:00"));
    let delegate = Who { centre: Some(Id::new(7)), ..who(2, &[Role::IntakeOfficer]) };
    let new = StandIn {
        decision: Some(("5/QĐ-SXD".into(), jiff::civil::date(2025, 10, 1))),
        procedures: vec!["1.009994".into()],
        ..stand_in(StandInKind::Delegation)
    };
    assert_eq!(checked(&new, &leader, &delegate, &[], None), Ok(()));
    let blind = who(2, &[Role::Receptionist]);
    assert_eq!(checked(&new, &leader, &blind, &[], None), Err(StandInFault::OtherPlace));
    let stranger = Who { agency: Id::new(9), ..delegate.clone() };
    assert_eq!(checked(&new, &leader, &stranger, &[], None), Err(StandInFault::OtherPlace));

    let find = |id: Id<Officer>| [&leader, &delegate].into_iter().find(|w| w.officer == id).cloned();
    let all = [new.clone()];
    let acting = |about| identities(&delegate, away, &all, find, about);
    let as_leader = &acting(Some("1.009994"))[1];
    assert_eq!((as_leader.officer, as_leader.centre), (leader.officer, delegate.centre));
    assert_eq!(acting(Some("2.000001")).len(), 1, "only what the decision lists");
    assert_eq!(acting(None).len(), 2);
    // For this officer a page is looked through procedure by procedure; for others, and before and after, it need not be.
    let same = |officer: i64, now| same_for_all(Id::new(officer), now, &all);
    assert!(!same(2, away) && same(3, away) && same(2, new.to) && same(2, new.from.plus_millis(-1)));
    assert!(same_for_all(delegate.officer, away, &[StandIn { procedures: Vec::new(), ..new.clone() }]));

    // Other procedures go to other officers; the same one does not go to two.
    let other = StandIn { backup: Id::new(3), procedures: vec!["2.000001".into()], ..new.clone() };
    let third = Who { officer: Id::new(3), ..delegate.clone() };
    assert_eq!(checked(&other, &leader, &third, &all, None), Ok(()));
    let same = StandIn { procedures: new.procedures.clone(), ..other };
    assert_eq!(checked(&same, &leader, &third, &all, None), Err(StandInFault::Twice));
}

/// DN 4.4, 16.2b; VL 5.1–2: the reserve comes from the home agency, is on the list and has the post's rights for that time only.
#[test]
fn stf_02_the_backup_of_a_desk_is_on_the_list_and_gets_the_posts_rights_for_that_time() {
    let desk = Who { centre: Some(Id::new(7)), ..who(1, &[Role::IntakeOfficer, Role::TopAdmin]) };
    let reserve = who(2, &[Role::Specialist]);
    let new = stand_in(StandInKind::Absence);
    let on = |from, to| Reserve { id: Id::new(5), officer: Id::new(1), backup: Id::new(2), from, to };
    let year = on(jiff::civil::date(2025, 1, 1), Some(jiff::civil::date(2025, 12, 31)));
    let by = |list: &[Reserve]| {
        checked_by(&new, &desk, &reserve, &[], &StandInRules { list: Some(list), ..StandInRules::default() })
    };
    assert_eq!(by(&[]), Err(StandInFault::NotOnTheList));
    assert_eq!(by(&[on(jiff::civil::date(2025, 10, 11), None)]), Err(StandInFault::NotOnTheList), "not all days");
    assert_eq!(by(std::slice::from_ref(&year)), Ok(()));
    assert_eq!(checked(&new, &desk, &reserve, &[], None), Ok(()), "no list where the regulation knows none");
    let posted_elsewhere = Who { centre: Some(Id::new(8)), ..reserve.clone() };
    assert_eq!(checked(&new, &desk, &posted_elsewhere, &[], None), Err(StandInFault::OtherPlace));

    let find = |id: Id<Officer>| [&desk, &reserve].into_iter().find(|w| w.officer == id).cloned();
    let all = [new];
    let during = lent(&reserve, at("2025-10-13T09:00"), &all, find);
    assert_eq!((during.centre, during.roles.as_slice()), (desk.centre, &[Role::Specialist, Role::IntakeOfficer][..]));
    assert_eq!(lent(&reserve, at("2025-10-14T17:00"), &all, find), reserve, "and back");
    // What is lent is used in the absent officer's name.
    let acting = identities(&during, at("2025-10-13T09:00"), &all, find, None);
    assert_eq!(acting, [reserve.clone(), desk.clone()]);
}

/// VL 9.3c, QN 6.8b: "thông báo bằng văn bản".
#[test]
fn stf_02_an_absence_from_the_centre_is_announced_in_writing_where_the_regulation_says_so() {
    let desk = Who { centre: Some(Id::new(7)), ..who(1, &[Role::IntakeOfficer]) };
    let backup = Who { officer: Id::new(2), ..desk.clone() };
    let rules = StandInRules { in_writing: true, ..StandInRules::default() };
    let new = stand_in(StandInKind::Absence);
    assert_eq!(checked_by(&new, &desk, &backup, &[], &rules), Err(StandInFault::NotInWriting));
    assert_eq!(checked_by(&StandIn { sudden: true, ..new.clone() }, &desk, &backup, &[], &rules), Ok(()));
    let written = StandIn { decision: Some(("88/SXD-VP".into(), jiff::civil::date(2025, 10, 3))), ..new.clone() };
    assert_eq!(checked_by(&written, &desk, &backup, &[], &rules), Ok(()));
    let (at_home, other) = (who(1, &[Role::Specialist]), who(2, &[Role::Specialist]));
    assert_eq!(checked_by(&new, &at_home, &other, &[], &rules), Ok(()), "whoever is not at the Centre need not");
}

#[test]
fn stf_02_only_an_officer_of_the_same_agency_is_named_for_a_post_at_the_centre() {
    let desk = Who { centre: Some(Id::new(7)), ..who(1, &[Role::IntakeOfficer]) };
    let reserve = who(2, &[Role::Specialist]);
    let (first, last) = (jiff::civil::date(2025, 1, 1), jiff::civil::date(2025, 12, 31));
    let new = Reserve { id: Id::new(5), officer: Id::new(1), backup: Id::new(2), from: first, to: Some(last) };
    assert_eq!(check_reserve(&new, &desk, &reserve, &[]), Ok(()));
    assert_eq!(check_reserve(&new, &desk, &reserve, std::slice::from_ref(&new)), Err(ReserveFault::Twice));
    let later = Reserve { from: jiff::civil::date(2026, 1, 1), to: None, ..new.clone() };
    assert_eq!(check_reserve(&later, &desk, &reserve, std::slice::from_ref(&new)), Ok(()));
    assert_eq!(
        check_reserve(&Reserve { from: last, to: Some(first), ..new.clone() }, &desk, &reserve, &[]),
        Err(ReserveFault::Backwards)
    );
    assert_eq!(check_reserve(&new, &reserve, &desk, &[]), Err(ReserveFault::NoPost));
    assert_eq!(check_reserve(&new, &desk, &desk, &[]), Err(ReserveFault::Oneself));
    let elsewhere = Who { agency: Id::new(9), ..reserve };
    assert_eq!(check_reserve(&new, &desk, &elsewhere, &[]), Err(ReserveFault::OtherPlace));
}
