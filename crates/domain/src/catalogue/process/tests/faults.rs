//! GR-7: every fault is found at its place, and its lawful neighbour passes.

use super::*;
use crate::id::Id;

const LIMIT: TimeLimit = TimeLimit::WorkingDays(2);

/// A change to a process that passes, with the fault it makes and where: a step by its key, a participant by its number.
type Case = (fn(&mut Process), Option<&'static str>, ProcessFault);

fn good() -> Process {
    default_process(Level::Province, LIMIT)
}

fn step(kind: StepKind, key: &str) -> Step {
    let mut step = good().steps[2].clone();
    (step.kind, step.key, step.minutes) = (kind, key.to_owned(), Some(10));
    step
}

fn way(to: &str, when: Condition) -> Transition {
    Transition { to: to.into(), when, reason: "Theo quyết định.".into() }
}

fn part(agency: i64, minutes: u32, after: Option<i64>) -> Participant {
    Participant {
        agency: Id::new(agency),
        work: "Cho ý kiến.".into(),
        minutes: Some(minutes),
        after: after.map(Id::new),
    }
}

fn cases() -> Vec<Case> {
    vec![
        (|p| p.steps.clear(), None, ProcessFault::Empty),
        (|p| drop(p.steps.remove(0)), Some("assign"), ProcessFault::NoIntakeFirst),
        (|p| p.steps[0].actor.place = Place::Agency, Some("intake"), ProcessFault::NoIntakeFirst),
        (|p| p.steps.insert(2, step(StepKind::Intake, "again")), Some("again"), ProcessFault::IntakeAgain),
        (|p| p.steps[2].minutes = Some(961), None, ProcessFault::ExceedsLimit { total: 1411, allowed: 960 }),
        (|p| p.steps[3].key = "appraise".into(), Some("appraise"), ProcessFault::DuplicateKey),
        (|p| p.steps[3].name_vi = " ".into(), Some("approve"), ProcessFault::NoName),
        (|p| p.steps[1].minutes = None, Some("assign"), ProcessFault::NoTime),
        (|p| p.steps[1].minutes = Some(0), Some("assign"), ProcessFault::NoTime),
        (|p| p.steps[4].actor.roles.clear(), Some("issue"), ProcessFault::NoRole),
        (
            |p| p.steps[4].actor.roles = vec!["courier".into()],
            Some("issue"),
            ProcessFault::NobodyHasRole { role: "courier".into(), others: 0 },
        ),
        (
            |p| p.steps[2].transitions = vec![way("bịa", Condition::Always)],
            Some("appraise"),
            ProcessFault::UnknownTarget { to: "bịa".into() },
        ),
        (
            |p| p.steps[3].transitions = vec![way("assign", Condition::Opinion(Decision::Decline))],
            Some("approve"),
            ProcessFault::GoesBack { to: "Phân công xử lý".into() },
        ),
        (
            |p| {
                p.steps[2].transitions =
                    vec![Transition { reason: String::new(), ..way("approve", Condition::Always) }];
            },
            Some("appraise"),
            ProcessFault::NoReason,
        ),
        (
            |p| {
                p.steps.insert(3, step(StepKind::Verify, "verify"));
                p.steps[2].transitions = vec![way("approve", Condition::Always)];
            },
            Some("verify"),
            ProcessFault::Unreachable,
        ),
        (|p| drop(p.steps.pop()), Some("issue"), ProcessFault::DeadEnd),
        (|p| p.steps[5].actor.place = Place::Agency, Some("return"), ProcessFault::ReturnedElsewhere),
        (|p| p.steps.push(step(StepKind::Appraise, "later")), Some("return"), ProcessFault::AfterReturn),
        (|p| p.steps.insert(5, step(StepKind::Appraise, "late")), Some("late"), ProcessFault::OutOfOrder),
        (|p| drop(p.steps.remove(3)), Some("appraise"), ProcessFault::ResultWithoutApproval),
        (
            |p| p.steps[2].transitions = vec![way("issue", Condition::Opinion(Decision::Grant))],
            Some("appraise"),
            ProcessFault::ResultWithoutApproval,
        ),
        (|p| drop(p.steps.drain(1..3)), Some("approve"), ProcessFault::ApprovalWithoutAppraisal),
        (
            |p| p.steps[0].transitions = vec![way("approve", Condition::Channel(Channel::Online))],
            Some("approve"),
            ProcessFault::ApprovalWithoutAppraisal,
        ),
        (|p| drop(p.steps.remove(2)), Some("assign"), ProcessFault::NothingToAssign),
        (|p| p.steps[2].actor.agency = Some(Id::new(9)), Some("assign"), ProcessFault::NothingToAssign),
        (
            |p| p.participants = vec![Participant { minutes: None, ..part(1, 1, None) }],
            Some("1"),
            ProcessFault::ParticipantIncomplete,
        ),
        (
            |p| p.participants = vec![Participant { work: " ".into(), ..part(1, 1, None) }],
            Some("1"),
            ProcessFault::ParticipantIncomplete,
        ),
        (|p| p.participants = vec![part(1, 1, Some(2))], Some("2"), ProcessFault::WaitsForOutsider),
        (|p| p.participants = vec![part(1, 1, Some(2)), part(2, 1, Some(1))], None, ProcessFault::ParticipantsInCircle),
        (
            |p| p.participants = vec![part(1, 500, None), part(2, 500, Some(1))],
            None,
            ProcessFault::ParticipantsExceedLimit { total: 1000, allowed: 960 },
        ),
    ]
}

/// Somebody has every role but the courier's.
fn no_courier(actor: &Actor) -> Held {
    if actor.roles.iter().all(|role| role == "courier") { Held::Nowhere } else { Held::Everywhere }
}

#[test]
fn gr_7_each_fault_is_found_at_its_place_and_says_what_to_do_in_both_languages() {
    for (n, (change, step, what)) in cases().into_iter().enumerate() {
        let mut process = good();
        change(&mut process);
        let found = process.lint(LIMIT, no_courier);
        let agency = step.and_then(|s| s.parse().ok()).map(Id::new);
        let expected = Fault { step: step.filter(|_| agency.is_none()).map(str::to_owned), agency, what };
        assert!(found.contains(&expected), "case {n}: {expected:?} is not among {found:?}");
        assert!(expected.what.vi().len() > 20 && expected.what.en().len() > 20);
        assert_ne!(expected.what.vi(), expected.what.en());
    }
}

#[test]
fn gr_7_the_lawful_neighbour_of_each_fault_passes() {
    let neighbours: Vec<fn(&mut Process)> = vec![
        |_| {},
        // The steps use the limit to the last minute.
        |p| p.steps[2].minutes = p.steps[2].minutes.map(|m| m + 60),
        // A second appraisal, a second level of approval, two that issue.
        |p| p.steps.insert(3, step(StepKind::Consult, "again")),
        |p| p.steps.insert(3, step(StepKind::Approve, "head")),
        |p| p.steps.insert(4, step(StepKind::Issue, "stamp")),
        // Verification only when it is needed; nobody is left behind.
        |p| {
            p.steps.insert(3, step(StepKind::Verify, "verify"));
            p.steps[2].transitions = vec![way("approve", Condition::Opinion(Decision::Decline))];
        },
        // Both opinions have a way, so the next in order needs none of its own.
        |p| {
            let both = [Decision::Grant, Decision::Decline];
            p.steps[2].transitions = both.map(|d| way("approve", Condition::Opinion(d))).to_vec();
        },
        // On the spot: four steps at the Centre.
        |p| {
            p.steps.remove(4);
            p.steps.remove(1);
            p.steps.iter_mut().for_each(|s| s.actor.place = Place::Centre);
        },
        // Assignment and work both in another agency.
        |p| p.steps[1..3].iter_mut().for_each(|s| s.actor.agency = Some(Id::new(9))),
        // Two participants at the same time.
        |p| p.participants = vec![part(1, 900, None), part(2, 900, None)],
        |p| p.participants = vec![part(1, 480, None), part(2, 480, Some(1))],
    ];
    for (n, change) in neighbours.into_iter().enumerate() {
        let mut process = good();
        process.steps[2].minutes = process.steps[2].minutes.map(|m| m - 20);
        change(&mut process);
        assert_eq!(process.lint(LIMIT, no_courier), [], "neighbour {n}");
    }
}

#[test]
fn gr_7_a_procedure_without_a_limit_needs_no_times() {
    let process = default_process(Level::Commune, TimeLimit::None);
    assert_eq!(process.lint(TimeLimit::None, everybody), []);
    let found = process.lint(LIMIT, everybody);
    assert_eq!(found.iter().filter(|f| f.what == ProcessFault::NoTime).count(), process.steps.len());
}

#[test]
fn gr_7_the_role_is_looked_for_where_the_step_is_done() {
    let nobody_there = |actor: &Actor| if actor.agency == Some(Id::new(9)) { Held::Nowhere } else { Held::Everywhere };
    let mut process = good();
    process.steps.insert(3, step(StepKind::Consult, "other"));
    process.steps[2].minutes = process.steps[2].minutes.map(|m| m - 20);
    assert_eq!(process.lint(LIMIT, nobody_there), []);
    process.steps[3].actor.agency = Some(Id::new(9));
    let what = ProcessFault::NobodyHasRole { role: "specialist".into(), others: 0 };
    assert_eq!(process.lint(LIMIT, nobody_there), [Fault { step: Some("other".into()), agency: None, what }]);
    let lacking = Held::Lacking { first: Id::new(5), others: 2 };
    let not_in_three = |actor: &Actor| if actor.agency == Some(Id::new(9)) { lacking } else { Held::Everywhere };
    let found = process.lint(LIMIT, not_in_three);
    assert_eq!((found.len(), found[0].agency), (1, Some(Id::new(5))), "the place is named: {found:?}");
    assert!(found[0].what.vi().contains("Còn 2 cơ quan khác"), "{}", found[0].what.vi());
}

/// DN 16.1c: what is settled on the spot is approved at the Centre only, so a process that says otherwise leads nowhere.
#[test]
fn flw_04_a_process_that_approves_at_the_agency_does_not_fit_a_procedure_settled_on_the_spot() {
    let mut procedure = crate::catalogue::tests::rows()[0].version.clone();
    let (mut process, scope) = (good(), ProcessScope::default());
    assert_eq!(process.lint_for(&scope, &procedure, true), []);
    procedure.flags.on_the_spot = true;
    assert_eq!(process.lint_for(&scope, &procedure, false), [], "other regulations leave it open");
    let (step, what) = (Some("approve".to_owned()), ProcessFault::ApprovedElsewhere);
    assert_eq!(process.lint_for(&scope, &procedure, true), [Fault { step, agency: None, what }]);
    process.steps[3].actor.place = Place::Centre;
    assert_eq!(process.lint_for(&scope, &procedure, true), []);
}

/// GR-7: nobody publishes a process for nobody, and none goes unchecked against the limit.
#[test]
fn gr_7_a_scope_whose_cases_are_gone_is_told_and_keeps_the_shortest_limit_of_all() {
    let procedure = crate::catalogue::tests::rows()[0].version.clone();
    let whole = ProcessScope::default();
    let gone = ProcessScope { variants: vec!["bịa".into()], ..ProcessScope::default() };
    assert_eq!(gone.limit(&procedure), whole.limit(&procedure));
    assert_ne!(gone.limit(&procedure), TimeLimit::None);
    let what = ProcessFault::CaseGone { case: "bịa".into() };
    assert_eq!(good().lint_for(&gone, &procedure, false), [Fault { step: None, agency: None, what }]);
    let kept = ProcessScope { variants: vec![procedure.variants[0].id.clone()], ..whole };
    assert_eq!(good().lint_for(&kept, &procedure, false), []);
}
