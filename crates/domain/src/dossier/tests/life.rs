//! Random lives: whatever people do in whatever order, the history proves the state.
use super::world::*;
use crate::{
    accounts::{Role, Who},
    catalogue::Channel,
    dossier::{Command, CommandName, Decision, Intake, Refusal, ResultBy, Status, lawful, replay},
};
use proptest::prelude::*;

fn officers() -> Vec<Who> {
    let regular = [INTAKE, HEAD, SPECIALIST, COLLEAGUE, LEADER, CLERK, RETURN_DESK].map(staff);
    let several = who(70, &[Role::UnitHead, Role::Specialist, Role::AgencyLeader], COMPETENT, None);
    let strange = who(71, &[Role::Specialist, Role::AgencyLeader, Role::Clerk], STRANGE, Some(ELSEWHERE));
    regular.into_iter().chain([several, strange]).collect()
}

/// One try: who, what, and a number that varies the details.
fn tries() -> impl Strategy<Value = Vec<(usize, usize, u8)>> {
    prop::collection::vec((0..officers().len(), 0..12_usize, any::<u8>()), 1..60)
}

fn command(kind: usize, detail: u8) -> Command {
    let channel = Channel::ALL[usize::from(detail) % 4];
    let result_by = ResultBy::ALL[usize::from(detail) % 3];
    let mut taken = Intake { channel, result_by, ..intake() };
    if detail.is_multiple_of(5) {
        taken.components.pop();
    }
    match kind {
        0 => Command::Draft { intake: taken, received_at: None },
        1 => Command::Submit(taken),
        2 => Command::TakeIn { intake: taken, received_at: None, fees: None },
        3 if detail.is_multiple_of(7) => {
            Command::TurnAway { intake: taken, reason: "Thiếu.".into(), directions: None }
        }
        4 if detail.is_multiple_of(7) => refuse(),
        6 => assign([SPECIALIST, COLLEAGUE, HEAD][usize::from(detail) % 3]),
        7 => appraise(),
        8 => Command::SubmitForApproval,
        9 if detail.is_multiple_of(3) => send_back([None, Some("assign"), Some("issue")][usize::from(detail / 3) % 3]),
        9 => Command::Approve {
            decision: if detail.is_multiple_of(2) { Decision::Grant } else { Decision::Decline },
            reason: (detail % 4 < 2).then(|| "Đã xem.".to_owned()),
        },
        10 => result(),
        11 => hand_over(),
        _ => Command::Accept { fees: None },
    }
}

fn one_holder_while_open(world: &World) {
    let d = world.dossier();
    assert_eq!(d.holder.is_some(), d.status.is_open(), "{:?}", d.status);
    let in_office = matches!(d.status, Status::Accepted | Status::InProgress | Status::Decided { .. });
    assert!(!in_office || (d.code.is_some() && d.accepted_at.is_some() && d.due_at.is_some()), "{d:?}");
    if let Some(holder) = &d.holder {
        assert!(world.process.step(&holder.step).is_some(), "a step nobody does: {holder:?}");
        assert!(holder.since <= world.now);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(250) })]

    #[test]
    fn replaying_the_events_gives_the_state_after_every_step(tries in tries()) {
        let (mut world, officers) = (World::new("quang-ninh"), officers());
        for (n, (officer, kind, detail)) in tries.into_iter().enumerate() {
            world.now = world.now.plus_millis(i64::from(detail) * 60_000);
            world.numbers = numbers(u32::try_from(n).unwrap() + 1);
            let before = world.state.clone();
            let refused = world.act(&officers[officer], &command(kind, detail)).is_err();
            if refused {
                prop_assert_eq!(&world.state, &before);
                continue;
            }
            let (state, head) = replay(&world.history).unwrap();
            prop_assert_eq!(&state, world.dossier());
            prop_assert_eq!(head, world.history.last().unwrap().hash.clone());
            prop_assert_eq!(state.version as usize, world.history.len());
            if let Some(code) = before.and_then(|d| d.code) {
                prop_assert_eq!(Some(code), state.code, "a code is given once");
            }
            one_holder_while_open(&world);
        }
    }

    /// Pages show `lawful`; the rules decide. The two never disagree, for anybody, wherever a dossier stands.
    #[test]
    fn a_command_succeeds_exactly_when_its_button_is_shown(tries in tries()) {
        let (mut world, officers) = (World::new("quang-ninh"), officers());
        for (officer, kind, detail) in tries {
            let _refused = world.act(&officers[officer], &command(kind, detail));
            let Some(d) = world.state.clone() else { continue };
            for who in &officers {
                let shown = lawful(who, &d, &world.process);
                for (name, command) in fitting(who) {
                    let said = world.ask(who, &command);
                    let incomplete = matches!(said, Err(Refusal::Incomplete { .. }));
                    prop_assert_eq!(said.is_ok() || incomplete, shown.contains(&name),
                        "{:?} {} by {:?}: {:?}", d.holder, name.key(), who, said);
                }
            }
        }
    }

    #[test]
    fn the_state_survives_its_own_json(tries in tries()) {
        let (mut world, officers) = (World::new("quang-ninh"), officers());
        for (officer, kind, detail) in tries {
            let _refused = world.act(&officers[officer], &command(kind, detail));
        }
        if let Some(state) = &world.state {
            let text = serde_json::to_string(state).unwrap();
            prop_assert_eq!(&serde_json::from_str::<crate::dossier::Dossier>(&text).unwrap(), state);
        }
    }
}

/// Every command as this officer would sensibly give it: who may not give to others takes for oneself.
fn fitting(who: &Who) -> Vec<(CommandName, Command)> {
    let gives = who.is(Role::UnitHead) || who.is(Role::AgencyLeader);
    let to = if gives { SPECIALIST } else { who.officer.raw() };
    vec![
        (CommandName::Acceptances, Command::Accept { fees: None }),
        (CommandName::Refusals, refuse()),
        (CommandName::Assignments, assign(to)),
        (CommandName::Appraisals, appraise()),
        (CommandName::Submissions, Command::SubmitForApproval),
        (CommandName::Approvals, approve()),
        (CommandName::ReturnsToStep, send_back(None)),
        (CommandName::Results, result()),
        (CommandName::Handovers, hand_over()),
    ]
}
