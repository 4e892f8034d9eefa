//! Scope, try-out, comparison, picture and export of a process.

use super::*;
use crate::{
    accounts::{Bound, Role, Who},
    catalogue::process::{
        bpmn,
        picture::{Picture, Tip},
    },
    deadline::{Calendar, ClockRules, HolidayRules, WorkingWeek, default_sessions},
    id::Id,
    time::Instant,
};
use proptest::prelude::*;

fn calendar() -> Calendar {
    let (week, rules) = (WorkingWeek::default(), HolidayRules::default());
    Calendar::from_rules(1, week, default_sessions(), &rules, [], 2025..=2027).unwrap()
}

fn branching() -> Process {
    let mut process = default_process(Level::Province, TimeLimit::WorkingDays(10));
    let mut consult = process.steps[2].clone();
    (consult.key, consult.kind, consult.name_vi) =
        ("consult".into(), StepKind::Consult, "Lấy ý kiến <Sở & ngành>".into());
    consult.actor.agency = Some(Id::new(7));
    process.steps.insert(3, consult);
    process.steps[2].transitions = vec![Transition {
        to: "approve".into(),
        when: Condition::Opinion(Decision::Decline),
        reason: "Đề nghị từ chối thì không cần lấy ý kiến.".into(),
    }];
    process
}

#[test]
fn cat_04_the_process_for_the_case_goes_before_the_one_for_the_channel_and_the_agency() {
    let (own, other) = (Id::new(1), Id::new(2));
    let all = ProcessScope::default();
    let online = ProcessScope { channels: vec![Channel::Online], ..ProcessScope::default() };
    let case = ProcessScope { variants: vec!["b".into()], ..ProcessScope::default() };
    let of_own = ProcessScope { agency: Some(own), ..ProcessScope::default() };
    assert_eq!(all.fits(own, Channel::Counter, "a"), Some(0));
    assert_eq!(online.fits(own, Channel::Online, "a"), Some(2));
    assert_eq!(online.fits(own, Channel::Counter, "a"), None);
    assert!(case.fits(own, Channel::Online, "b") > online.fits(own, Channel::Online, "b"));
    assert_eq!(case.fits(own, Channel::Online, "a"), None);
    assert_eq!((of_own.fits(own, Channel::Post, ""), of_own.fits(other, Channel::Post, "")), (Some(1), None));
}

#[test]
fn cat_04_the_try_out_says_when_each_step_is_due_and_which_would_be_late() {
    let (calendar, clock) = (calendar(), ClockRules::default());
    let process = default_process(Level::Province, TimeLimit::WorkingDays(10));
    let monday: Instant = "2025-10-06T08:30".parse().unwrap();
    let tried = process.try_out(&GRANTED, monday, TimeLimit::WorkingDays(10), &calendar, &clock).unwrap();
    assert_eq!(tried.due_at.map(|d| d.to_string()), Some("2025-10-20T17:00:00+07:00".into()));
    let due: Vec<String> = tried.steps.iter().take(3).map(|t| t.due.to_string()).collect();
    assert_eq!(due, ["2025-10-06T14:30:00+07:00", "2025-10-07T14:30:00+07:00", "2025-10-15T14:00:00+07:00"]);
    assert!(tried.is_in_time());
    let short = process.try_out(&GRANTED, monday, TimeLimit::WorkingDays(5), &calendar, &clock).unwrap();
    let late: Vec<&str> = short.steps.iter().filter(|t| t.is_late).map(|t| t.step.key.as_str()).collect();
    assert_eq!(late, ["appraise", "approve", "issue"]);
    let declined = Situation { opinion: Some(Decision::Decline), ..GRANTED };
    let other_way = branching();
    let keys = |s: &Situation<'_>| {
        let tried = other_way.try_out(s, monday, TimeLimit::None, &calendar, &clock).unwrap();
        tried.steps.iter().map(|t| t.step.key.clone()).collect::<Vec<_>>()
    };
    assert!(keys(&GRANTED).contains(&"consult".to_owned()) && !keys(&declined).contains(&"consult".to_owned()));
}

#[test]
fn clk_07_a_step_is_due_by_its_own_time_from_when_it_was_received() {
    let process = default_process(Level::Province, TimeLimit::WorkingDays(10));
    let monday: Instant = "2025-10-06T08:30".parse().unwrap();
    let due = process.steps[0].due(monday, &calendar());
    assert_eq!(due.map(|d| d.to_string()), Some("2025-10-06T14:30:00+07:00".into()));
    let without = default_process(Level::Province, TimeLimit::None);
    assert_eq!(without.steps[0].due(monday, &calendar()), None);
}

#[test]
fn working_time_is_told_in_days_hours_and_minutes() {
    let told = [(30, "30 phút làm việc", "30 minutes of work"), (60, "1 giờ làm việc", "1 hour of work")];
    let more = [
        (1110, "2 ngày 2 giờ 30 phút làm việc", "2 days 2 hours 30 minutes of work"),
        (0, "0 phút làm việc", "0 working minutes"),
    ];
    for (minutes, vi, en) in told.into_iter().chain(more) {
        assert_eq!(working_time(minutes), (vi.to_owned(), en.to_owned()));
    }
}

#[test]
fn cat_04_versions_are_compared_step_by_step() {
    let old = default_process(Level::Province, TimeLimit::WorkingDays(10));
    let mut new = branching();
    new.steps[1].minutes = Some(1);
    new.steps.remove(5);
    new.steps.swap(1, 2);
    let rows = compare(&old, &new);
    let told: Vec<(&str, bool, bool, bool)> = rows
        .iter()
        .map(|r| {
            let key = r.after.or(r.before).unwrap().key.as_str();
            (key, r.before.is_some(), r.after.is_some(), r.moved)
        })
        .collect();
    assert_eq!(told.iter().filter(|t| t.0 == "consult").collect::<Vec<_>>(), [&("consult", false, true, false)]);
    assert_eq!(told.iter().filter(|t| t.0 == "issue").collect::<Vec<_>>(), [&("issue", true, false, false)]);
    assert!(told.contains(&("assign", true, true, true)) && told.contains(&("appraise", true, true, true)));
    assert!(compare(&old, &old).iter().all(Compared::is_same));
}

#[test]
fn adm_02_an_agency_administrator_draws_the_own_agencys_processes_and_the_centre_publishes() {
    let who = |role| Who {
        officer: Id::new(1),
        agency: Id::new(2),
        unit: Id::new(3),
        centre: None,
        roles: vec![role],
        bound: Bound::default(),
    };
    for &role in Role::ALL {
        let keeps = matches!(role, Role::TopAdmin | Role::ProcedureControl);
        assert_eq!(who(role).publishes_processes(), keeps, "{role}");
        assert_eq!(who(role).draws_process_of(None), keeps, "{role}");
        assert_eq!(who(role).draws_process_of(Some(Id::new(2))), keeps || role == Role::AgencyAdmin, "{role}");
        assert_eq!(who(role).draws_process_of(Some(Id::new(9))), keeps, "{role}");
    }
}

#[test]
fn cat_04_the_export_is_well_formed_and_refers_only_to_what_is_there() {
    let mut process = branching();
    process.participants =
        vec![Participant {
            agency: Id::new(7), work: "Cho ý kiến \"gấp\"".into(), minutes: Some(60), after: None
        }];
    let text = bpmn::export(
        &process,
        &bpmn::Names {
            process: "Cấp phép & gia hạn",
            lane: &|actor| format!("{:?}", actor.place),
            agency: &|id| format!("Cơ quan {id}"),
            condition: &|_| "đề nghị < từ chối".into(),
        },
    );
    let ids: Vec<&str> = text.split(" id=\"").skip(1).map(|t| t.split('"').next().unwrap()).collect();
    for attribute in ["sourceRef=\"", "targetRef=\"", "bpmnElement=\"", "default=\"", "processRef=\""] {
        for named in text.split(attribute).skip(1).map(|t| t.split('"').next().unwrap()) {
            assert!(ids.contains(&named), "{attribute}{named}");
        }
    }
    assert!(text.contains("Lấy ý kiến &lt;Sở &amp; ngành&gt;") && !text.contains("<Sở"));
    assert_eq!(text.matches("<bpmn:userTask").count(), 7);
    assert_eq!(text.matches("<bpmn:exclusiveGateway").count(), 1);
    assert_eq!(text.matches("BPMNEdge id").count(), text.matches("<bpmn:sequenceFlow").count());
}

fn any_process() -> impl Strategy<Value = Process> {
    let step =
        (0..StepKind::ALL.len(), any::<bool>(), 0..500_u32, prop::collection::vec((0..9_usize, 0..4_usize), 0..3));
    prop::collection::vec(step, 0..9).prop_map(|steps| {
        let base = default_process(Level::Province, TimeLimit::WorkingDays(3)).steps.remove(2);
        let made = steps.into_iter().enumerate().map(|(n, (kind, centre, minutes, ways))| {
            let mut step = base.clone();
            step.key = n.to_string();
            step.kind = StepKind::ALL[kind];
            step.actor.place = if centre { Place::Centre } else { Place::Agency };
            step.minutes = Some(minutes);
            let when = |w: usize| match w {
                0 => Condition::Always,
                1 => Condition::Opinion(Decision::Grant),
                2 => Condition::Opinion(Decision::Decline),
                _ => Condition::Channel(Channel::Online),
            };
            let way = |(to, w): (usize, usize)| Transition { to: to.to_string(), when: when(w), reason: "vì".into() };
            step.transitions = ways.into_iter().map(way).collect();
            step
        });
        Process { steps: made.collect(), participants: vec![] }
    })
}

fn situations() -> Vec<Situation<'static>> {
    let opinions = [None, Some(Decision::Grant), Some(Decision::Decline)];
    let channels = [Channel::Counter, Channel::Online];
    let pair = |opinion| channels.map(|channel| Situation { opinion, channel, variant: "" });
    opinions.into_iter().flat_map(pair).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    /// Whatever passes the lint brings every dossier from the intake over an appraisal and an approval to the return desk,
    /// within the limit.
    #[test]
    fn gr_7_what_the_lint_lets_pass_leads_every_dossier_home_in_time(process in any_process()) {
        let limit = TimeLimit::WorkingDays(3);
        let clean = process.lint(limit, everybody).is_empty();
        for s in situations() {
            let path = process.path(&s);
            prop_assert!(path.len() <= process.steps.len());
            if !clean { continue; }
            let kinds: Vec<StepKind> = path.iter().map(|s| s.kind).collect();
            prop_assert_eq!(kinds.first(), Some(&StepKind::Intake));
            prop_assert_eq!(kinds.last(), Some(&StepKind::Return));
            let approved = kinds.iter().rposition(|k| *k == StepKind::Approve);
            prop_assert!(approved.is_some_and(|a| kinds[..a].iter().any(|k| k.is_work())));
            let minutes: u32 = path.iter().filter_map(|s| s.minutes).sum();
            prop_assert!(minutes <= working_minutes(limit).unwrap());
        }
    }

    /// No way leads backwards, so no dossier goes round in circles.
    #[test]
    fn cat_04_a_way_only_leads_on_and_the_picture_shows_every_step_once(process in any_process()) {
        for s in situations() {
            for step in &process.steps {
                if let Some(next) = process.next(&step.key, &s) {
                    prop_assert!(process.place_of(&next.key) > process.place_of(&step.key));
                }
            }
        }
        let picture = Picture::of(&process);
        prop_assert_eq!(picture.boxes.len(), process.steps.len());
        prop_assert_eq!(picture.lanes.iter().map(|l| l.steps.len()).sum::<usize>(), process.steps.len());
        for a in &picture.boxes {
            prop_assert!(a.x >= 0 && a.y >= 0 && a.x + a.w <= picture.width && a.y + a.h <= picture.height);
            let apart = |b: &&crate::catalogue::process::picture::Node| a.x + a.w <= b.x || b.x + b.w <= a.x;
            prop_assert!(picture.boxes.iter().filter(|b| b.step != a.step).all(|b| apart(&b)));
        }
        for arrow in &picture.arrows {
            prop_assert!(arrow.points.len() >= 2 && arrow.from != arrow.to && arrow.to != Tip::Begin);
        }
    }
}
