//! CLK-05: what bears the leader's name takes effect with the leader's word, where the profile says so (VL 4.3e, QN 6.3: "cơ quan
//! ... gửi văn bản xin lỗi", mẫu 04 ký bởi thủ trưởng).
use super::{beside::*, world::*};
use crate::{
    accounts::Role,
    dossier::{
        Command, Decision, Dossier, Event, LEADER_POOL, Refusal, apology_drafted_at, holds, next, pool_name, slip_of,
        waits_for,
    },
    profile::Approver,
};

const NEW: &str = "2025-10-24T17:00+07:00";

/// With the province's own word on who signs.
fn in_appraisal(province: &str) -> World {
    let mut world = World::new(province);
    world.profile.approval.apology_by = profile(province).approval.apology_by;
    let mut world = brought_to(world, Stage::Appraisal);
    after(&mut world, "2025-10-17T09:00+07:00");
    world
}

fn said(decision: Decision) -> Command {
    Command::Approve { decision, reason: Some("Lý do chưa rõ.".into()) }
}

fn step(d: &Dossier) -> &str {
    d.holder.as_ref().map(|h| h.step.as_str()).unwrap_or_default()
}

#[test]
fn clk_05_in_vinh_long_and_quang_nam_form_04_takes_effect_with_the_leaders_word() {
    for province in ["dong-nai", "vinh-long", "quang-nam", "quang-ninh"] {
        let leads = matches!(province, "vinh-long" | "quang-nam");
        let mut w = in_appraisal(province);
        let number = slip_of(w.state.as_ref(), &apologise(NEW), &w.law(), &[staff(SPECIALIST)]);
        assert_eq!(number.is_some(), !leads, "{province}: nothing is numbered before it is said");
        w.act(&staff(SPECIALIST), &apologise(NEW)).unwrap();
        assert_eq!(w.dossier().apologies.is_empty(), leads, "{province}");
        if !leads {
            continue;
        }
        // It lies before the leader of the agency, and nobody else says the word.
        assert_eq!(pool_name(w.dossier(), &w.process).as_deref(), Some(LEADER_POOL));
        assert!(holds(&staff(LEADER), w.dossier(), &w.process));
        for other in [DEPUTY, SPECIALIST, HEAD, INTAKE] {
            assert_eq!(w.ask(&staff(other), &said(Decision::Grant)), Err(Refusal::NotTheHolder), "{province} {other}");
        }
        let elsewhere = who(LEADER, &[Role::AgencyLeader], 999, None);
        assert_eq!(w.ask(&elsewhere, &said(Decision::Grant)), Err(Refusal::NotTheHolder));
        assert!(next(&staff(LEADER), w.dossier(), &w.law()).iter().any(|c| c.key() == "approvals"));
        let due = w.dossier().due_at;
        w.act(&staff(LEADER), &said(Decision::Grant)).unwrap();
        let d = w.dossier();
        assert_eq!(
            (d.apologies.len(), d.apologies[0].late, d.due_at),
            (1, false, due),
            "{province}: the Centre adjusts"
        );
        assert_eq!((step(d), d.holder.as_ref().unwrap().officer.is_some()), ("appraise", true), "{province}");
        assert!(d.appointment.is_some() && d.proposal.is_none());
    }
}

#[test]
fn clk_05_a_leader_who_does_not_agree_sends_it_back_and_one_who_is_too_late_cannot_sign() {
    let mut w = in_appraisal("quang-nam");
    w.act(&staff(SPECIALIST), &apologise(NEW)).unwrap();
    let mut declined = in_appraisal("quang-nam");
    declined.act(&staff(SPECIALIST), &apologise(NEW)).unwrap();
    declined.act(&staff(LEADER), &said(Decision::Decline)).unwrap();
    assert_eq!((step(declined.dossier()), declined.dossier().apologies.len()), ("appraise", 0));
    // D−1 has passed while it waited: only a late apology is left, and that is the Centre's.
    w.now = at("2025-10-20T08:00+07:00");
    let refused = w.ask(&staff(LEADER), &said(Decision::Grant)).unwrap_err();
    assert_eq!((refused.rule(), refused.code()), ("GR-2", "apology.too_late"));
    w.act(&staff(LEADER), &said(Decision::Decline)).unwrap();
    let late = w.ask(&staff(SPECIALIST), &late(apologise(NEW))).unwrap();
    assert!(matches!(&late[0], Event::Proposed { holder, .. } if holder.centre.is_some()), "{late:?}");
}

/// A province that wants it for the others too sets it, and the same machinery asks the leader.
#[test]
fn clk_10_a_profile_may_ask_the_leaders_word_on_supplements_suspensions_refusals_and_stops() {
    let mut profile = profile("quang-ninh");
    profile.approval.supplement_by = Approver::AgencyLeader;
    profile.approval.suspension_by = Approver::AgencyLeader;
    profile.approval.no_resolution_by = Approver::AgencyLeader;
    for command in [ask_supplement(vec![item("don")]), suspend("2025-10-13T17:00+07:00"), refuse(), stop()] {
        let mut w = World::new("quang-ninh");
        w.profile = profile.clone();
        let mut w = brought_to(w, Stage::Appraisal);
        w.act(&staff(SPECIALIST), &command).unwrap();
        assert_eq!(step(w.dossier()), "confirm", "{command:?}");
        assert_eq!(w.ask(&staff(DEPUTY), &said(Decision::Grant)), Err(Refusal::NotTheHolder), "{command:?}");
        w.act(&staff(LEADER), &said(Decision::Grant)).unwrap();
        assert!(w.dossier().proposal.is_none(), "{command:?}");
    }
    assert_eq!(waits_for(LEADER_POOL, &staff(LEADER)), None, "no step of a process");
}

/// CLK-05: from the day on which the system drafts form 04, the leader signs it without waiting for anybody, and nobody else does.
#[test]
fn clk_05_the_leader_signs_the_drafted_form_04_wherever_the_dossier_lies() {
    for province in ["dong-nai", "vinh-long", "quang-nam", "quang-ninh"] {
        let mut world = World::new(province);
        world.profile.approval.apology_by = profile(province).approval.apology_by;
        let mut w = brought_to(world, Stage::Appraisal);
        let drafted = apology_drafted_at(w.dossier(), &w.law()).unwrap();
        assert_eq!(drafted, at("2025-10-16T17:00+07:00"), "{province}: two working days before Monday the 20th");
        let offered = |w: &World, officer| {
            let next = next(&staff(officer), w.dossier(), &w.law());
            next.iter().any(|c| c.key() == "apologies")
        };
        after(&mut w, "2025-10-16T16:59+07:00");
        assert_eq!(
            w.ask(&staff(LEADER), &apologise(NEW)),
            Err(Refusal::NotTheHolder),
            "{province}: nothing is drafted"
        );
        assert!(!offered(&w, LEADER));
        after(&mut w, "2025-10-17T08:00+07:00");
        assert!(offered(&w, LEADER) && !offered(&w, HEAD), "{province}");
        let elsewhere = who(LEADER, &[Role::AgencyLeader], 999, None);
        for other in [staff(HEAD), staff(INTAKE), elsewhere] {
            assert_eq!(w.ask(&other, &apologise(NEW)), Err(Refusal::NotTheHolder), "{province}");
        }
        assert_eq!(
            slip_of(w.state.as_ref(), &apologise(NEW), &w.law(), &[staff(LEADER)]),
            Some("apology"),
            "{province}"
        );
        let holder = w.dossier().holder.clone();
        w.act(&staff(LEADER), &apologise(NEW)).unwrap();
        let d = w.dossier();
        assert_eq!((d.apologies.len(), d.apologies[0].late, d.proposal.is_none()), (1, false, true), "{province}");
        assert_eq!(d.holder, holder, "{province}: whoever works on it goes on");
    }
}

/// GR-2: after D−1 the leader's own letter is a late one too, and waits for the Centre.
#[test]
fn gr_2_the_leader_who_signs_the_draft_too_late_needs_the_centre() {
    let mut w = in_appraisal("vinh-long");
    after(&mut w, "2025-10-20T08:00+07:00");
    assert_eq!(w.ask(&staff(LEADER), &apologise(NEW)).unwrap_err().code(), "apology.too_late");
    let asked = w.ask(&staff(LEADER), &late(apologise(NEW))).unwrap();
    assert!(matches!(&asked[0], Event::Proposed { holder, .. } if holder.centre.is_some()), "{asked:?}");
    let slip = slip_of(w.state.as_ref(), &late(apologise(NEW)), &w.law(), &[staff(LEADER)]);
    assert_eq!(slip, None, "nothing is numbered before the Centre's word");
}
