//! A command of each name, well formed as a rule and silly now and then.

use super::branches;
use crate::{
    demo::Dice,
    simulate::{DAY, life::Life, province::Province, whole},
};
use domain::{
    accounts::Who,
    catalogue::ProcedureVersion,
    dossier::{
        Command, CommandName, Decision, FeeMoment, Handover, ItemAnswer, OpenRequest, Problem, ReceivedComponent,
        RequestItem, ResultBy, ResultRecord, Status,
    },
    time::Instant,
};

pub struct Given {
    pub command: Command,
    pub well_formed: bool,
}

/// `None` where there is nothing of the kind to do.
pub fn of(name: CommandName, who: &Who, life: &Life, province: &Province, now: Instant, dice: &Dice) -> Option<Given> {
    let well_formed = dice.percent(92);
    let reason = if well_formed { "Theo quy định của thủ tục." } else { "  " }.to_owned();
    let ahead = if well_formed { later(life, now, dice) } else { now.plus_millis(-DAY) };
    // A signed paper that nobody scanned is refused where the regulation wants a scan.
    let scan = || if well_formed { vec!["5c".repeat(32)] } else { Vec::new() };
    let command = match name {
        CommandName::LateConfirmations => Command::ConfirmLate,
        CommandName::Consultations
        | CommandName::Replies
        | CommandName::ConsultationReports
        | CommandName::BranchChanges
        | CommandName::Verifications
        | CommandName::Visits
        | CommandName::VisitChanges
        | CommandName::Children
        | CommandName::Parts => return branches::of(name, who, life, province, now, dice, well_formed),
        CommandName::Acceptances => Command::Accept { fees: None },
        CommandName::Refusals => Command::Refuse { reason, directions: None, files: scan() },
        CommandName::GuidanceRequests => {
            Command::Guide { items: items(life, province, well_formed, dice), reason: None }
        }
        CommandName::SupplementRequests => {
            let items = items(life, province, well_formed, dice);
            Command::RequestSupplement { items, reason: Some(reason), files: scan() }
        }
        CommandName::Supplements => Command::Supplement {
            components: if well_formed { asked(life) } else { Vec::new() },
            answers: if well_formed { answered(life) } else { Vec::new() },
            received_at: dice.percent(30).then(|| received(life, now, well_formed)),
        },
        CommandName::FeeRequests => Command::RequireFee {
            amount: if well_formed { 10_000 + 1_000 * whole(dice.below(900)) } else { 0 },
            reason,
            when: if dice.percent(50) { FeeMoment::Now } else { FeeMoment::AtReturn },
        },
        CommandName::Payments => {
            Command::RecordPayment { amount: owed(life, well_formed), paid_at: None, proof: reason }
        }
        CommandName::FeeCancellations => Command::CancelFee { reason },
        CommandName::Urgings => Command::Urge { text: reason, answer_by: ahead },
        CommandName::UrgingAnswers => Command::AnswerUrging {
            id: life.state.urgings.iter().find(|u| u.answer.is_none()).map_or(1, |u| u.id),
            text: reason,
        },
        CommandName::Suspensions => Command::Suspend { reason, until: ahead },
        CommandName::Resumptions => Command::Resume,
        CommandName::Explanations => Command::Explain { reason, new_due_at: open_door(ahead, well_formed, province) },
        CommandName::Apologies => {
            let new_due_at = Some(open_door(ahead, well_formed, province));
            Command::Apologise { reason, new_due_at, files: scan(), late: dice.percent(50) }
        }
        CommandName::DateAdjustments => Command::AdjustDate,
        CommandName::OverdueCauses => Command::ExplainOverdue { cause: reason, justified: dice.percent(30) },
        CommandName::Stops => Command::Stop { reason, files: scan() },
        CommandName::Withdrawals => Command::Withdraw { reason },
        CommandName::Assignments => Command::Assign { unit: None, officer: assignee(who, life, province, dice) },
        CommandName::Appraisals => Command::Appraise { opinion: decision(dice), text: reason },
        CommandName::Submissions => Command::SubmitForApproval,
        CommandName::Approvals => Command::Approve { decision: decision(dice), reason: Some(reason) },
        CommandName::ReturnsToStep => Command::ReturnToStep { step: None, reason },
        CommandName::Results => Command::RecordResult(ResultRecord {
            number: "1/KQ".into(),
            date: now.day(),
            signer: "Trần Thị Bích".into(),
            files: Vec::new(),
        }),
        CommandName::Handovers => Command::HandOver(handover(life, well_formed)),
    };
    Some(Given { command, well_formed })
}

fn decision(dice: &Dice) -> Decision {
    if dice.percent(88) { Decision::Grant } else { Decision::Decline }
}

/// After the due date and after now.
fn later(life: &Life, now: Instant, dice: &Dice) -> Instant {
    let from = life.state.due_at.map_or(now, |due| due.max(now));
    from.plus_millis(DAY * (1 + whole(dice.below(20))))
}

/// The closing of a working day, when the centre is still open; any moment when it is silly.
fn open_door(at: Instant, well_formed: bool, province: &Province) -> Instant {
    if well_formed { province.calendar.closing_from(at).unwrap_or(at) } else { at }
}

/// A specialist takes it; a head gives it to one of them.
fn assignee(who: &Who, life: &Life, province: &Province, dice: &Dice) -> domain::id::Id<domain::people::Officer> {
    let all = province.specialists(life.state.intake.agency);
    if all.iter().any(|w| w.officer == who.officer) {
        return who.officer;
    }
    dice.pick(&all).map_or(who.officer, |w| w.officer)
}

/// The papers of a procedure, each once.
pub fn papers(procedure: &ProcedureVersion) -> Vec<ReceivedComponent> {
    let all = procedure.variants.iter().flat_map(|v| &v.components);
    all.map(|c| ReceivedComponent { id: c.id.clone(), originals: 1, ..ReceivedComponent::default() }).collect()
}

/// All that is missing, and something that is wrong.
fn items(life: &Life, province: &Province, well_formed: bool, dice: &Dice) -> Vec<RequestItem> {
    if !well_formed {
        return if dice.percent(50) { Vec::new() } else { vec![item("khong-co")] };
    }
    let here = |id: &str| life.state.intake.components.iter().any(|c| c.id == id);
    let all = life.of(province).procedure.variants.iter().flat_map(|v| &v.components);
    let mut items: Vec<_> = all.filter(|c| c.required && !here(&c.id)).map(|c| item(&c.id)).collect();
    if items.is_empty() || dice.percent(40) {
        items.push(RequestItem { component: None, ..item("") });
    }
    items
}

fn item(id: &str) -> RequestItem {
    RequestItem { component: Some(id.to_owned()), problem: Problem::Wrong, note: "Nộp bản đúng.".into() }
}

/// What was asked for, all of it.
fn asked(life: &Life) -> Vec<ReceivedComponent> {
    let items = life.state.request.iter().flat_map(|r| &r.items);
    let ids = items.filter_map(|i| i.component.clone());
    ids.map(|id| ReceivedComponent { id, originals: 1, ..ReceivedComponent::default() }).collect()
}

/// An answer to each point that names no paper.
fn answered(life: &Life) -> Vec<ItemAnswer> {
    let points = life.state.request.iter().flat_map(OpenRequest::in_words);
    points.map(|(item, _)| ItemAnswer { item, text: "Đã sửa.".into(), files: Vec::new() }).collect()
}

/// Between the request and now; before the request when it is silly.
fn received(life: &Life, now: Instant, well_formed: bool) -> Instant {
    let since = match life.state.status {
        Status::GuidanceRequested { at, .. } => at,
        Status::AwaitingSupplement { since, .. } => since,
        _ => now,
    };
    if well_formed {
        Instant::from_millis(i64::midpoint(since.millis(), now.millis()))
    } else {
        since.plus_millis(-DAY)
    }
}

/// The fee that the dossier waits for, else the first that is owed.
fn owed(life: &Life, well_formed: bool) -> i64 {
    let unpaid = || life.state.fees.iter().filter(|f| f.is_open());
    let waits = matches!(life.state.status, Status::AwaitingPayment { .. });
    let fee = unpaid().find(|f| !waits || f.when == FeeMoment::Now);
    fee.map_or(1, |f| f.amount) + i64::from(!well_formed)
}

fn handover(life: &Life, well_formed: bool) -> Handover {
    let chosen = life.state.intake.result_by;
    Handover {
        to: if well_formed { "applicant" } else { "Người Lạ" }.into(),
        identity: life.people.applicant.identity.clone(),
        authorisation: None,
        how: chosen,
        tracking: (chosen == ResultBy::Post).then(|| "EQ000000001VN".into()),
        without_slip: None,
        originals_compared: false,
        signature: None,
    }
}
