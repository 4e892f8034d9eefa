//! FLW-08, INT-04: stop, withdrawal and lapse, each with its notice, and nothing open without a term.
use super::{beside::*, world::*};
use crate::{
    accounts::Who,
    catalogue::Channel,
    dossier::{Command, Refusal, Status, may_withdraw},
};

#[test]
fn flw_08_a_dossier_in_handling_or_suspended_is_stopped_with_reason_and_notice() {
    let mut world = dossier_at(Stage::Appraisal);
    assert_eq!(
        world.ask(&staff(SPECIALIST), &Command::Stop { reason: " ".into(), files: vec![] }),
        Err(Refusal::ReasonNeeded)
    );
    assert_eq!(world.ask(&staff(COLLEAGUE), &stop()), Err(Refusal::NotTheHolder));
    world.act(&staff(SPECIALIST), &suspend("2025-10-20T17:00+07:00")).unwrap();
    after(&mut world, "2025-10-07T09:00+07:00");
    world.act(&staff(SPECIALIST), &stop()).unwrap();
    let d = world.dossier();
    assert_eq!((d.status.key(), d.status.national(), &d.holder), ("stopped", Some(8), &None));
    assert_eq!(d.stop, world.numbers.slip);
    assert!(matches!(d.ledger.last(), Some(crate::deadline::LedgerEntry::End { .. })));
    let accepted = dossier_at(Stage::Accepted);
    assert_eq!(accepted.ask(&staff(HEAD), &stop()).unwrap_err().code(), "dossier.not_now");
}

/// The applicant withdraws at the counter, any time before the decision, from waiting and suspended dossiers too.
#[test]
fn flw_08_the_applicant_may_withdraw_until_it_is_decided() {
    let waits = |commands: &[(i64, Command)]| {
        let mut world = dossier_at(Stage::Appraisal);
        for (officer, command) in commands {
            world.act(&staff(*officer), command).unwrap();
        }
        world
    };
    let open = vec![
        dossier_at(Stage::Submitted),
        dossier_at(Stage::Accepted),
        dossier_at(Stage::Appraisal),
        dossier_at(Stage::Approval),
        waits(&[(SPECIALIST, suspend("2025-10-20T17:00+07:00"))]),
        waits(&[(SPECIALIST, ask_supplement(vec![item("don")]))]),
        waits(&[(SPECIALIST, fee(crate::dossier::FeeMoment::Now))]),
    ];
    for mut world in open {
        let from = world.dossier().status.key();
        assert_eq!(world.ask(&staff(SPECIALIST), &withdraw()), Err(Refusal::OnlyTheCentreTakesIn), "{from}");
        world.act(&staff(INTAKE), &withdraw()).unwrap();
        let d = world.dossier();
        assert_eq!((d.status.key(), d.status.national()), ("withdrawn", Some(7)), "{from}");
        assert!(d.holder.is_none() && d.stop.is_some(), "{from}");
    }
    for stage in [Stage::Draft, Stage::Issue, Stage::Return, Stage::Returned, Stage::Refused] {
        let said = dossier_at(stage).ask(&staff(INTAKE), &withdraw()).unwrap_err();
        assert_eq!(said.code(), "dossier.not_now", "{stage:?}");
    }
}

/// From home what was handed in from home; whose papers lie at the Centre asks there.
#[test]
fn flw_08_a_citizen_withdraws_what_was_handed_in_online() {
    let citizen = Who::citizen(crate::id::Id::new(1));
    for stage in [Stage::Submitted, Stage::Appraisal] {
        let mut d = dossier_at(stage).dossier().clone();
        d.intake.channel = Channel::Counter;
        assert_eq!(may_withdraw(&citizen, &d), Err(Refusal::OnlyTheCentreTakesIn), "{stage:?}");
        d.intake.channel = Channel::Online;
        assert_eq!(may_withdraw(&citizen, &d), Ok(()), "{stage:?}");
    }
    for stage in [Stage::Draft, Stage::Issue, Stage::Returned] {
        let mut d = dossier_at(stage).dossier().clone();
        d.intake.channel = Channel::Online;
        assert_eq!(may_withdraw(&citizen, &d).unwrap_err().code(), "dossier.not_now", "{stage:?}");
    }
}

/// Profile: 30 calendar days, then a refusal (before acceptance) or a stop with written notice (in appraisal).
#[test]
fn int_04_what_is_never_completed_lapses_after_its_term_and_not_before() {
    let mut guided = dossier_at(Stage::Submitted);
    guided.act(&staff(INTAKE), &guide(vec![item("don")])).unwrap();
    let mut asked = dossier_at(Stage::Appraisal);
    asked.act(&staff(SPECIALIST), &ask_supplement(vec![item("don")])).unwrap();
    for (mut world, ends_as) in [(guided, "refused"), (asked, "stopped")] {
        let (Status::GuidanceRequested { until, .. } | Status::AwaitingSupplement { until, .. }) =
            world.dossier().status
        else {
            panic!("it waits")
        };
        assert_eq!(until, at("2025-11-05T17:00+07:00"), "30 calendar days from 6 October");
        world.now = until;
        assert_eq!(world.ask(&system(), &Command::Lapse).unwrap_err().code(), "dossier.not_now");
        after(&mut world, "2025-11-05T17:01+07:00");
        assert_eq!(world.ask(&staff(INTAKE), &Command::Lapse), Err(Refusal::NotTheHolder));
        world.act(&system(), &Command::Lapse).unwrap();
        assert_eq!(world.dossier().status.key(), ends_as);
    }
}
