//! CLK-10, DN 16.1e, VL 4.3đ: refusing after acceptance: within the limit, the signed notice scanned, the papers given back.
use super::{beside::*, world::*};
use crate::{
    accounts::Role,
    deadline::LedgerEntry,
    dossier::{Command, Decision, Refusal, Status, due_moments, next, replay},
};

const ALL: [&str; 5] = ["dong-nai", "vinh-long", "quang-nam", "quang-ninh", "thua-thien-hue"];

fn without_scan() -> Command {
    Command::Refuse { reason: "Không đủ điều kiện về quy hoạch.".into(), directions: None, files: vec![] }
}

/// Taken in on Monday 6 October, 10 working days: due on Monday 20 October at 17:00.
fn in_appraisal(province: &str) -> World {
    brought_to(World::new(province), Stage::Appraisal)
}

/// DN 16.1e: "đồng thời quét văn bản và đính kèm"; nobody else's regulation says so, and no refusal at the counter.
#[test]
fn clk_10_in_dong_nai_the_signed_notice_is_scanned_and_elsewhere_it_may_be() {
    for province in ALL {
        let world = in_appraisal(province);
        let said = world.ask(&staff(SPECIALIST), &without_scan());
        if province == "dong-nai" {
            let why = said.unwrap_err();
            assert_eq!((why.rule(), why.code(), why.field()), ("CLK-10", "refusal.scan_needed", Some("files")));
        } else {
            assert!(said.is_ok(), "{province}: {said:?}");
        }
        assert!(world.ask(&staff(SPECIALIST), &refuse()).is_ok(), "{province}");
        let counter = brought_to(World::new(province), Stage::Draft);
        assert!(counter.ask(&staff(INTAKE), &without_scan()).is_ok(), "{province}: before acceptance");
    }
}

/// DN 16.1e: the signed letter of apology too.
#[test]
fn clk_05_in_dong_nai_the_signed_apology_is_scanned_and_elsewhere_it_may_be() {
    for province in ["dong-nai", "vinh-long", "quang-nam", "quang-ninh"] {
        let mut world = in_appraisal(province);
        after(&mut world, "2025-10-17T09:00+07:00");
        let Command::Apologise { reason, new_due_at, files, .. } = apologise("2025-10-24T17:00+07:00") else {
            panic!("an apology")
        };
        let bare = Command::Apologise { reason, new_due_at, files: vec![], late: false };
        let said = world.ask(&staff(SPECIALIST), &bare);
        if province == "dong-nai" {
            let why = said.unwrap_err();
            assert_eq!((why.rule(), why.code(), why.field()), ("CLK-05", "apology.scan_needed", Some("files")));
        } else {
            assert!(said.is_ok(), "{province}: {said:?}");
        }
        world.act(&staff(SPECIALIST), &apologise("2025-10-24T17:00+07:00")).unwrap();
        assert_eq!(world.dossier().apologies[0].files, files, "{province}: the scan is known by its hash");
    }
}

/// "Thời hạn thông báo phải trong thời hạn giải quyết": until the last minute and not a minute later.
#[test]
fn clk_10_in_dong_nai_and_vinh_long_a_refusal_is_told_within_the_limit() {
    for province in ALL {
        let mut world = in_appraisal(province);
        let offered = |w: &World| next(&staff(SPECIALIST), w.dossier(), &w.law()).iter().any(|c| c.key() == "refusals");
        world.now = at("2025-10-20T17:00+07:00");
        assert!(world.ask(&staff(SPECIALIST), &refuse()).is_ok() && offered(&world), "{province}");
        world.now = at("2025-10-20T17:01+07:00");
        let said = world.ask(&staff(SPECIALIST), &refuse());
        let bound = matches!(province, "dong-nai" | "vinh-long");
        assert_eq!(offered(&world), !bound, "{province}: what is offered is what succeeds");
        match said {
            Err(why) => assert_eq!((why.rule(), why.code(), bound), ("CLK-10", "refusal.too_late", true)),
            Ok(_) => assert!(!bound, "{province}"),
        }
    }
    // A dossier without a date has no limit that could have passed.
    let mut endless = brought_to(World::new("vinh-long").limited(crate::deadline::TimeLimit::None), Stage::Appraisal);
    endless.now = at("2026-10-20T17:01+07:00");
    assert!(endless.ask(&staff(SPECIALIST), &refuse()).is_ok());
}

/// The deputy director's word comes within the limit too; one who is late can only give the dossier back.
#[test]
fn clk_10_the_deputy_cannot_confirm_a_refusal_after_the_limit() {
    let mut world = in_appraisal("dong-nai");
    world.act(&staff(SPECIALIST), &refuse()).unwrap();
    world.now = at("2025-10-21T08:00+07:00");
    assert_eq!(world.ask(&staff(DEPUTY), &approve()).unwrap_err().code(), "refusal.too_late");
    let no = Command::Approve { decision: Decision::Decline, reason: Some("Đã quá hạn.".into()) };
    assert!(world.ask(&staff(DEPUTY), &no).is_ok());
    world.now = at("2025-10-20T16:59+07:00");
    assert!(world.ask(&staff(DEPUTY), &approve()).is_ok());
}

fn refused(province: &str) -> World {
    let mut world = in_appraisal(province);
    world.act(&staff(SPECIALIST), &refuse()).unwrap();
    if province == "dong-nai" {
        after(&mut world, "2025-10-06T09:00+07:00");
        world.act(&staff(DEPUTY), &approve()).unwrap();
    }
    after(&mut world, "2025-10-07T09:00+07:00");
    world
}

/// VL 4.3đ: through the Centre, under results; DN 16.1e: by the agency. The clock has ended, and nothing else may be done.
#[test]
fn clk_10_the_papers_of_a_refused_dossier_are_given_back_by_whom_the_regulation_says() {
    let clerk = who(40, &[Role::Clerk], COMPETENT, None);
    for (province, by, other) in
        [("vinh-long", staff(RETURN_DESK), clerk.clone()), ("dong-nai", clerk.clone(), staff(RETURN_DESK))]
    {
        let mut world = refused(province);
        let d = world.dossier();
        assert_eq!((d.status.national(), d.status.is_open(), d.status.is_alive()), (Some(3), true, false));
        assert!(matches!(d.ledger.last(), Some(LedgerEntry::End { .. })), "{province}: the clock has ended");
        let offered = next(&by, d, &world.law());
        assert_eq!(offered.iter().map(|c| c.key()).collect::<Vec<_>>(), ["handovers"], "{province}");
        assert!(due_moments(d, &world.law()).iter().all(|m| m.kind.key() == "unclaimed"), "{province}");
        assert!(!due_moments(d, &world.law()).is_empty(), "{province}: somebody is reminded of what lies there");
        // The lawful neighbour, the stranger, and what is over.
        assert_eq!(world.ask(&other, &hand_over()), Err(Refusal::NotTheHolder), "{province}");
        assert_eq!(world.ask(&staff(INTAKE), &withdraw()).unwrap_err().code(), "dossier.not_now", "{province}");
        assert!(world.ask(&staff(SPECIALIST), &refuse()).is_err(), "{province}: once");
        world.act(&by, &hand_over()).unwrap();
        let d = world.dossier();
        assert!(matches!(d.status, Status::Refused { to_give_back: false, .. }), "{province}: {:?}", d.status);
        assert!(d.holder.is_none() && !d.status.is_open() && d.handover == world.numbers.slip, "{province}");
        assert_eq!(replay(&world.history).unwrap().0, *d, "{province}");
    }
}

/// A fee that was to be paid with the result keeps nobody's papers.
#[test]
fn clk_10_nobodys_papers_are_kept_for_a_fee() {
    let mut world = in_appraisal("vinh-long");
    world.act(&staff(SPECIALIST), &fee(crate::dossier::FeeMoment::AtReturn)).unwrap();
    after(&mut world, "2025-10-06T10:00+07:00");
    world.act(&staff(SPECIALIST), &refuse()).unwrap();
    assert!(world.dossier().unpaid().is_some());
    assert!(world.ask(&staff(RETURN_DESK), &hand_over()).is_ok());
}

/// Where no regulation says who gives them back, the refusal ends it as it always did.
#[test]
fn clk_10_elsewhere_a_refusal_ends_the_dossier() {
    for province in ["quang-nam", "quang-ninh", "thua-thien-hue"] {
        let world = refused(province);
        assert!(!world.dossier().status.is_open() && world.dossier().holder.is_none(), "{province}");
    }
}
