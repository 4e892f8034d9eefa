//! GR-3, INT-02, INT-05, INT-09: what may be taken in, by whom, with which papers.
use super::world::*;
use crate::{
    accounts::Role,
    dossier::{Command, DossierCode, Event, Intake, ReceivedComponent, Refusal, Status},
};

fn with(components: Vec<ReceivedComponent>) -> Intake {
    Intake { components, ..intake() }
}
fn turn_away(intake: Intake, reason: &str) -> Command {
    Command::TurnAway { intake, reason: reason.into(), directions: None }
}
fn taking_in(intake: Intake) -> Command {
    Command::TakeIn { intake, received_at: None, fees: None }
}

#[test]
fn gr_3_a_paper_that_is_not_published_is_never_demanded_and_an_optional_one_is() {
    let world = World::new("quang-ninh");
    let demanded = || vec![brought("don"), brought("ban-ve"), brought("so-ho-khau")];
    let refused = Refusal::ComponentNotPublished { id: "so-ho-khau".into() };
    let openings = [
        Command::Draft { intake: with(demanded()), received_at: None },
        Command::Submit(with(demanded())),
        taking_in(with(demanded())),
        turn_away(with(demanded()), "Thiếu giấy tờ."),
    ];
    for command in openings {
        let why = world.ask(&staff(INTAKE), &command).unwrap_err();
        assert_eq!((&why, why.rule(), why.field()), (&refused, "GR-3", Some("components")), "{command:?}");
    }
    let lawful = with(vec![brought("don"), brought("ban-ve"), brought("uy-quyen")]);
    assert!(world.ask(&staff(INTAKE), &taking_in(lawful)).is_ok());
}

#[test]
fn int_02_everything_missing_is_named_at_once() {
    let world = World::new("quang-ninh");
    let nothing = ReceivedComponent { originals: 0, ..brought("don") };
    let scan = ReceivedComponent { originals: 0, files: vec!["ab".repeat(32)], ..brought("don") };
    let copy = ReceivedComponent { originals: 0, copies: 1, ..brought("don") };
    let certified = ReceivedComponent { originals: 0, certified: 1, ..brought("don") };
    let cases: [(Vec<ReceivedComponent>, &[&str]); 7] = [
        (vec![], &["don", "ban-ve"]),
        (vec![brought("uy-quyen")], &["don", "ban-ve"]),
        (vec![nothing, brought("ban-ve")], &["don"]),
        (vec![brought("don")], &["ban-ve"]),
        (vec![scan, brought("ban-ve")], &[]),
        (vec![copy, brought("ban-ve")], &[]),
        (vec![certified, brought("ban-ve")], &[]),
    ];
    for (components, expected) in cases {
        let said = world.ask(&staff(INTAKE), &taking_in(with(components.clone())));
        let missing = match said {
            Ok(_) => vec![],
            Err(Refusal::Incomplete { missing }) => missing.into_iter().map(|(id, _)| id).collect(),
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(missing, expected, "{components:?}");
    }
}

/// INT-02: form 01 counts originals, certified copies and photocopies apart.
#[test]
fn int_02_certified_copies_are_a_number_of_their_own_and_what_was_written_before_them_still_reads() {
    let before = r#"{"id":"don","originals":1,"copies":2}"#;
    let read: ReceivedComponent = serde_json::from_str(before).unwrap();
    assert_eq!(read, ReceivedComponent { copies: 2, ..brought("don") });
    assert_eq!(serde_json::to_string(&read).unwrap(), before, "what has none is written as it always was");
    let certified = ReceivedComponent { certified: 3, ..read };
    assert_eq!((certified.on_paper(), certified.is_here()), (6, true));
    let written = serde_json::to_string(&certified).unwrap();
    assert_eq!(serde_json::from_str::<ReceivedComponent>(&written).unwrap(), certified);
}

#[test]
fn int_02_of_several_cases_one_must_be_named_before_its_papers_can_be_checked() {
    let mut world = World::new("quang-ninh");
    world.procedure.variants =
        vec![case("nha-o", vec![paper("don", true)]), case("tram", vec![paper("don", true), paper("ban-ve", true)])];
    let of = |variant: Option<&str>, papers: &[&str]| {
        let components = papers.iter().map(|id| brought(id)).collect();
        taking_in(Intake { variant: variant.map(str::to_owned), ..with(components) })
    };
    let needed = Err(Refusal::VariantNeeded);
    assert_eq!(world.ask(&staff(INTAKE), &of(None, &[])), needed);
    assert_eq!(world.ask(&staff(INTAKE), &of(Some("khac"), &[])), needed);
    assert!(world.ask(&staff(INTAKE), &of(Some("nha-o"), &["don"])).is_ok());
    assert!(matches!(world.ask(&staff(INTAKE), &of(Some("tram"), &["don"])), Err(Refusal::Incomplete { .. })));
}

#[test]
fn int_05_what_is_handled_elsewhere_is_not_taken_in_but_refused_with_directions() {
    let mut world = World::new("quang-ninh");
    world.procedure.flags.handled_elsewhere = Some("Công an tỉnh, 25/4 Hạ Long".into());
    for command in [take_in(), Command::Submit(intake())] {
        let why = world.ask(&staff(INTAKE), &command).unwrap_err();
        assert_eq!((why.rule(), why.code()), ("INT-05", "intake.not_handled_here"));
        assert!(why.vi().contains("Công an tỉnh, 25/4 Hạ Long") && why.en().contains("Công an tỉnh"));
    }
    let turned = turn_away(intake(), "Không thuộc thẩm quyền.");
    world.act(&staff(INTAKE), &turned).unwrap();
    assert!(matches!(world.dossier().status, Status::Refused { .. }));
    let told = |world: &World, written: Option<&str>| {
        let turned =
            Command::TurnAway { intake: intake(), reason: "Thiếu.".into(), directions: written.map(str::to_owned) };
        match world.ask(&staff(INTAKE), &turned).unwrap().pop() {
            Some(Event::Refused { directions, .. }) => directions,
            other => panic!("{other:?}"),
        }
    };
    let mut world = World::new("quang-ninh");
    assert_eq!((told(&world, None), told(&world, Some("  "))), (None, None));
    world.procedure.flags.handled_elsewhere = Some("Công an tỉnh, 25/4 Hạ Long".into());
    assert_eq!(told(&world, None).as_deref(), Some("Công an tỉnh, 25/4 Hạ Long"), "the catalogue's word");
    let written = told(&world, Some(" Bộ Công an,\n 47 Phạm Văn Đồng "));
    assert_eq!(written.as_deref(), Some("Bộ Công an, 47 Phạm Văn Đồng"), "one line of the slip");
}

#[test]
fn int_05_a_refusal_needs_its_reason_and_leaves_form_03_without_a_code() {
    let mut world = World::new("quang-ninh");
    let turn_away = |reason: &str| turn_away(with(vec![]), reason);
    for silent in ["", "   \n"] {
        assert_eq!(world.ask(&staff(INTAKE), &turn_away(silent)), Err(Refusal::ReasonNeeded));
    }
    world.act(&staff(INTAKE), &turn_away(" Thiếu đơn. ")).unwrap();
    let d = world.dossier();
    assert!(d.code.is_none() && d.receipt.is_none() && d.due_at.is_none() && d.holder.is_none());
    assert_eq!(d.refusal, world.numbers.slip);
    assert!(world.history[1].body.contains(r#""reason":"Thiếu đơn.""#), "blanks around it are not kept");
}

#[test]
fn int_09_only_the_intake_roles_of_that_centre_take_in() {
    let world = World::new("quang-ninh");
    let openings = [
        Command::Draft { intake: intake(), received_at: None },
        Command::Submit(intake()),
        take_in(),
        turn_away(intake(), "Thiếu."),
    ];
    for &role in Role::ALL {
        for agency in [COMPETENT, OF_THE_CENTRE] {
            for centre in [None, Some(HERE), Some(ELSEWHERE)] {
                let officer = who(50, &[role], agency, centre);
                let lawful = matches!(role, Role::IntakeOfficer | Role::PostEmployee) && centre == Some(HERE);
                for command in &openings {
                    let said = world.ask(&officer, command);
                    let expected = if lawful { None } else { Some(Refusal::OnlyTheCentreTakesIn) };
                    assert_eq!(said.err(), expected, "{role} of {agency} at {centre:?}: {command:?}");
                }
            }
        }
    }
    let why = Refusal::OnlyTheCentreTakesIn;
    assert!(why.is_forbidden() && why.rule() == "INT-09");
}

#[test]
fn int_03_a_draft_that_cannot_be_accepted_gets_no_number() {
    let mut world = World::new("quang-ninh");
    world.act(&staff(INTAKE), &Command::Draft { intake: with(vec![brought("don")]), received_at: None }).unwrap();
    let before = world.dossier().clone();
    assert!(matches!(world.act(&staff(INTAKE), &Command::Accept { fees: None }), Err(Refusal::Incomplete { .. })));
    assert_eq!(world.dossier(), &before);
    assert_eq!((&before.code, &before.receipt, before.status.national()), (&None, &None, None));
    let mut complete = dossier_at(Stage::Draft);
    complete.act(&staff(INTAKE), &Command::Accept { fees: None }).unwrap();
    assert_eq!(complete.dossier().code, complete.numbers.code);
    assert_eq!(complete.dossier().receipt, complete.numbers.slip);
}

#[test]
fn int_03_a_submitted_dossier_keeps_the_code_it_was_given() {
    let mut world = dossier_at(Stage::Submitted);
    let first: Option<DossierCode> = world.dossier().code.clone();
    world.numbers = numbers(2);
    world.act(&staff(INTAKE), &Command::Accept { fees: None }).unwrap();
    assert_eq!(world.dossier().code, first);
    assert_eq!(world.dossier().receipt, world.numbers.slip);
}

#[test]
fn flw_01_what_was_accepted_lies_at_the_competent_agency_at_once() {
    let world = World::new("quang-ninh");
    let events = world.ask(&staff(INTAKE), &take_in()).unwrap();
    let [Event::Accepted { holder, .. }] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((holder.step.as_str(), holder.agency.raw(), holder.centre), ("assign", COMPETENT, None));
}
