//! CLK-11: the Centre or a leader urges, the agency answers in writing, and silence is told.
use super::{beside::*, world::*};
use crate::dossier::{Called, Command, DueKind, Refusal, due_moments, next};

const BY: &str = "2025-10-08T17:00+07:00";

fn urge() -> Command {
    Command::Urge { text: "Xin giải quyết trước ngày hẹn.".into(), answer_by: at(BY) }
}
fn answer(id: u32) -> Command {
    Command::AnswerUrging { id, text: "Chờ kết quả đo đạc, xong ngày 17/10.".into() }
}
fn moment(world: &World, kind: DueKind) -> Option<crate::time::Instant> {
    due_moments(world.dossier(), &world.law()).iter().find(|m| m.kind == kind).map(|m| m.at)
}

/// DN 12.1, VL 8.6, QN 5.1đ, QNI 19.2c, HUE IV.6.2
#[test]
fn clk_11_centre_and_leaders_urge_and_whoever_has_it_answers() {
    for province in ["dong-nai", "vinh-long", "quang-nam", "quang-ninh", "thua-thien-hue"] {
        let mut world = brought_to(World::new(province), Stage::Appraisal);
        assert_eq!(world.ask(&staff(SPECIALIST), &urge()), Err(Refusal::NotTheHolder), "nobody urges oneself");
        assert_eq!(world.ask(&staff(OTHER_HEAD), &urge()), Err(Refusal::NotTheHolder));
        assert!(world.ask(&staff(LEADER), &urge()).is_ok(), "{province}");
        let (holder, date) = (world.dossier().holder.clone(), world.dossier().due_at);
        world.act(&staff(DEPUTY), &urge()).unwrap();
        assert_eq!((&world.dossier().holder, world.dossier().due_at), (&holder, date), "it moves nothing");
        assert_eq!(moment(&world, DueKind::Urged), Some(at(MONDAY)), "it calls at once");
        let called = DueKind::Urged.calls(world.dossier(), 1, &world.profile);
        assert_eq!(called, [(Called::Holder, SPECIALIST), (Called::Agency, COMPETENT)]);
        assert_eq!(moment(&world, DueKind::UrgingUnanswered), Some(at("2025-10-08T17:01+07:00")));
        let offered =
            |who: i64| next(&staff(who), world.dossier(), &world.law()).iter().any(|c| c.key() == "urging_answers");
        assert!(offered(SPECIALIST) && offered(LEADER) && !offered(COLLEAGUE));
        assert_eq!(world.ask(&staff(OTHER_SPECIALIST), &answer(1)), Err(Refusal::NotTheHolder));
        assert_eq!(world.ask(&staff(SPECIALIST), &answer(2)).unwrap_err().code(), "urging.nothing_to_answer");
        world.act(&staff(SPECIALIST), &answer(1)).unwrap();
        assert_eq!(moment(&world, DueKind::UrgingUnanswered), None);
        assert_eq!(world.ask(&staff(SPECIALIST), &answer(1)).unwrap_err().code(), "dossier.not_now");
    }
}

#[test]
fn clk_11_an_urging_asks_for_something_until_a_day_ahead_and_only_while_somebody_must_act() {
    let mut world = dossier_at(Stage::Appraisal);
    let silent = Command::Urge { text: " ".into(), answer_by: at(BY) };
    assert_eq!(world.ask(&staff(DEPUTY), &silent), Err(Refusal::ReasonNeeded));
    let past = Command::Urge { text: "Xin giải quyết.".into(), answer_by: at(MONDAY) };
    assert_eq!(world.ask(&staff(DEPUTY), &past).unwrap_err().code(), "urging.answer_by");
    world.act(&staff(SPECIALIST), &suspend("2025-10-20T17:00+07:00")).unwrap();
    assert_eq!(world.ask(&staff(DEPUTY), &urge()).unwrap_err().code(), "dossier.not_now");
    assert!(dossier_at(Stage::Issue).ask(&staff(DEPUTY), &urge()).is_ok(), "signed and not issued");
}
