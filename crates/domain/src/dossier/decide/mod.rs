//! The one place that says yes or no, a file for each stretch of a dossier's life.

mod apology;
mod approval;
mod confirm;
mod ending;
mod handling;
mod intake;
mod late;
mod pause;
mod redate;
mod refusal;
mod result;
mod slips;
mod supplement;
mod urge;

pub use apology::{last_apology_day, may_excuse, signed_by as apology_confirmed_by, signs_the_draft};
pub(super) use apology::{
    may_adjust_date, may_apologise, may_explain, may_explain_overdue, still_open as may_re_appoint,
};
pub use ending::may_withdraw;
pub use ending::stop_confirmed_by;
pub(super) use ending::{may_stop, stop_in_time};
pub(super) use late::may_confirm_late;
pub(super) use pause::{may_cancel_fee, may_record_payment, may_require_fee, may_resume, may_suspend};
pub(super) use refusal::in_time as refusal_in_time;
pub use refusal::refusal_is_scanned;
pub use result::{originals_are_compared, owed_before_return};
pub use slips::slip_of;
pub use supplement::{guidances_left, supplement_confirmed_by, supplement_is_scanned, supplements_left};
pub(super) use supplement::{may_ask_supplement, may_guide, may_supplement, window_ends};

pub(super) use urge::{may_answer as may_answer_urging, may_urge};

use super::{
    CONFIRM, Command, Dossier, DossierCode, Event, Holder, Intake, LastAct, Law, People, Proposed, Refusal, Status,
    course, event::SlipRef, holding, in_its_stead, lawful, undo,
};
use crate::{
    accounts::{Role, Who},
    catalogue::{Place, Step, StepKind},
    deadline::{TimeLimit, due_at},
    id::Id,
    people::Unit,
    profile::Profile,
    time::Instant,
};
use std::ops::Deref;

/// Everything a decision needs, read inside the unit of work. What governs the dossier ([`Law`]) is read as its own fields.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Who asks.
    pub who: &'a Who,
    /// What governs the dossier.
    pub law: Law<'a>,
    /// The officer to whom it would be assigned.
    pub assignee: Option<&'a Who>,
    /// Who is on the dossier; needed only to hand the result over.
    pub people: Option<&'a People>,
    /// Numbers allocated for this command; a refusal gives them back.
    pub numbers: &'a Numbers,
    /// The last act, for whoever wants to take it back.
    pub last: Option<&'a LastAct>,
}

impl<'a> Deref for Facts<'a> {
    type Target = Law<'a>;
    fn deref(&self) -> &Law<'a> {
        &self.law
    }
}

/// Numbers allocated inside the unit of work.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// The dossier code, for commands that open a dossier to the applicant.
    pub code: Option<DossierCode>,
    /// The slip that the command issues.
    pub slip: Option<SlipRef>,
}

/// Whether acceptance prints form 01: always, except for same-day procedures where the profile says so (HUE 3.2a).
pub fn needs_receipt(profile: &Profile, limit: TimeLimit) -> bool {
    profile.intake.same_day_receipt || limit != TimeLimit::SameDay
}

/// Says yes (events) or no (a named reason). Pure: the same facts give the same answer.
pub fn decide(dossier: Option<&Dossier>, command: &Command, f: &Facts) -> Result<Vec<Event>, Refusal> {
    match (dossier, command) {
        (None, Command::Draft { intake, received_at }) => Ok(vec![intake::draft(intake, *received_at, f)?]),
        (None, Command::Submit(intake)) => intake::submit(intake, f),
        (None, Command::TakeIn { intake, received_at, fees }) => {
            intake::take_in(intake, *received_at, fees.as_ref(), f)
        }
        (None, Command::TurnAway { intake, reason, directions }) => {
            let drafted = intake::draft(intake, None, f)?;
            let said = refusal::Said { directions: directions.as_deref(), ..refusal::Said::because(reason) };
            Ok(vec![drafted, refusal::refused(said, None, f)?])
        }
        (Some(d), command) => of_open(d, command, f),
        (None, _) => Err(Refusal::NotNow { status: Status::Draft.words() }),
    }
}

fn of_open(d: &Dossier, command: &Command, f: &Facts) -> Result<Vec<Event>, Refusal> {
    // The calendar changes whoever has the dossier.
    let beside =
        matches!(command, Command::Redate | Command::Link(_) | Command::Urge { .. } | Command::AnswerUrging { .. });
    if d.proposal.is_some() && !beside {
        return confirm::under_proposal(d, command, f);
    }
    match command {
        Command::Accept { fees } => intake::accept(d, fees.as_ref(), f),
        Command::Refuse { reason, directions, files } => {
            refusal::refuse(d, refusal::Said { reason, directions: directions.as_deref(), files }, f)
        }
        Command::Assign { unit, officer } => handling::assign(d, *unit, *officer, f),
        Command::Appraise { opinion, text } => handling::appraise(d, *opinion, text, f),
        Command::SubmitForApproval => handling::submit_for_approval(d, f),
        Command::Approve { decision, reason } => approval::approve(d, *decision, reason.as_deref(), f),
        Command::ReturnToStep { step, reason } => handling::return_to_step(d, step.as_deref(), reason, f),
        Command::RecordResult(result) => result::record_result(d, result, f),
        Command::Undo => undo::undo(d, f),
        Command::ConfirmLate => late::confirm(d, f),
        Command::Redate => redate::redate(d, f),
        Command::Link(link) => Ok(vec![Event::Linked(crate::interlink::decide(d, link, f)?)]),
        Command::HandOver(handover) => result::hand_over(d, handover, f),
        Command::Guide { items, reason } => supplement::guide(d, items, reason.as_deref(), f),
        Command::RequestSupplement { items, reason, files } => {
            supplement::request(d, items, reason.as_deref(), files, f)
        }
        Command::Supplement { components, answers, received_at } => {
            supplement::take(d, components, answers, *received_at, f)
        }
        Command::RequireFee { amount, reason, when } => pause::require_fee(d, *amount, reason, *when, f),
        Command::RecordPayment { amount, paid_at, proof } => pause::record_payment(d, *amount, *paid_at, proof, f),
        Command::CancelFee { reason } => pause::cancel_fee(d, reason, f),
        Command::Urge { text, answer_by } => urge::urge(d, text, *answer_by, f),
        Command::AnswerUrging { id, text } => urge::answer(d, *id, text, f),
        Command::Suspend { reason, until } => pause::suspend(d, reason, *until, f),
        Command::Resume => pause::resume(d, f),
        Command::Explain { reason, new_due_at } => apology::explain(d, reason, *new_due_at, f),
        Command::Apologise { reason, new_due_at, files, late } => {
            apology::apologise(d, reason, *new_due_at, files, *late, f)
        }
        Command::AdjustDate => apology::adjust_date(d, f),
        Command::ExplainOverdue { cause, justified } => apology::explain_overdue(d, cause, *justified, f),
        Command::Stop { reason, files } => ending::stop(d, reason, files, f),
        Command::Withdraw { reason } => ending::withdraw(d, reason, f),
        Command::Lapse => ending::lapse(d, f),
        Command::Draft { .. } | Command::Submit(_) | Command::TakeIn { .. } | Command::TurnAway { .. } => {
            Err(not_now(d))
        }
    }
}

pub(super) fn not_now(d: &Dossier) -> Refusal {
    Refusal::NotNow { status: d.status.words() }
}

/// The two rights come in this order: first who, then whether the state allows it.
fn on_step(d: &Dossier, f: &Facts, kind: impl Fn(StepKind) -> bool, allowed: bool) -> Result<(), Refusal> {
    let here = course::kind_of(d, f.process).is_some_and(kind);
    if !allowed || !here {
        // A stranger learns nothing about the state.
        return Err(if d.holder.is_none() || may_speak(d, f) { not_now(d) } else { Refusal::NotTheHolder });
    }
    if !holding::holds(f.who, d, f.process) {
        return Err(Refusal::NotTheHolder);
    }
    Ok(())
}

fn may_speak(d: &Dossier, f: &Facts) -> bool {
    holding::holds(f.who, d, f.process) || lawful::may_assign(f.who, d, f.process)
}

/// Only the holder, and only where the state allows it; a stranger learns nothing about the state.
fn held(who: &Who, d: &Dossier, law: &Law, allowed: bool) -> Result<(), Refusal> {
    let holds = holding::holds(who, d, law.process);
    if allowed && holds {
        return Ok(());
    }
    let speaks = d.holder.is_none() || holds || lawful::may_assign(who, d, law.process);
    Err(if !allowed && speaks { not_now(d) } else { Refusal::NotTheHolder })
}

/// Only somebody of this kind at the centre that took the dossier in (INT-09).
fn at_desk(who: &Who, d: &Dossier, kind: impl Fn(Role) -> bool, allowed: bool) -> Result<(), Refusal> {
    if !who.any(kind) || who.centre != Some(d.intake.centre) {
        return Err(Refusal::OnlyTheCentreTakesIn);
    }
    if allowed { Ok(()) } else { Err(not_now(d)) }
}

/// A reason in words, without which nobody is told why.
fn said(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() { Err(Refusal::ReasonNeeded) } else { Ok(reason.to_owned()) }
}

/// The end of a term that begins now.
fn term(limit: TimeLimit, f: &Facts) -> Result<Instant, Refusal> {
    let end = due_at(f.now, limit, f.calendar, f.clock).map_err(|e| Refusal::CalendarEnds { last: e.last })?;
    Ok(end.unwrap_or(f.now))
}

/// Whoever has it keeps it, counted anew from now.
fn same_holder(d: &Dossier, f: &Facts) -> Result<Holder, Refusal> {
    let holder = d.holder.clone().ok_or_else(|| not_now(d))?;
    Ok(Holder { since: f.now, ..holder })
}

/// Whose word something needs before it takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmer {
    /// The Centre's deputy director (CLK-06).
    Centre,
    /// The leader of the competent agency (CLK-05).
    Leader,
}

/// Puts it before whoever must confirm it.
fn propose(d: &Dossier, what: Proposed, by: Confirmer, f: &Facts) -> Result<Vec<Event>, Refusal> {
    let (agency, centre) = match by {
        Confirmer::Centre => (f.desk.confirming_agency, Some(f.desk.confirmed_at)),
        Confirmer::Leader => (d.intake.agency, None),
    };
    let holder = Holder { step: CONFIRM.into(), agency, centre, unit: None, officer: None, since: f.now };
    let back = d.holder.clone().ok_or_else(|| not_now(d))?;
    Ok(vec![Event::Proposed { what, back, holder }])
}

/// The slip that this command issues.
fn slip(f: &Facts) -> Result<SlipRef, Refusal> {
    f.numbers.slip.clone().ok_or(Refusal::ReasonNeeded)
}

/// A step at which nobody has the dossier yet. `unit` is where it lies now, and stays within the same agency.
fn waiting_at(step: &Step, intake: &Intake, f: &Facts, unit: Option<Id<Unit>>) -> Holder {
    if step.kind == StepKind::Return && in_its_stead::agency_returns(&f.law) {
        let (step, agency) = (step.key.clone(), intake.agency);
        return Holder { step, agency, centre: None, unit: None, officer: None, since: f.now };
    }
    let at_centre = step.actor.place == Place::Centre;
    let desk = matches!(step.kind, StepKind::Intake | StepKind::Return);
    let agency = match step.actor.agency {
        Some(other) => other,
        None if at_centre && desk => f.desk.centre_agency,
        None => intake.agency,
    };
    Holder {
        step: step.key.clone(),
        agency,
        centre: at_centre.then_some(intake.centre),
        unit: if at_centre { None } else { step.actor.unit.or_else(|| unit.filter(|_| agency == intake.agency)) },
        officer: None,
        since: f.now,
    }
}

fn unit_of(d: &Dossier) -> Option<Id<Unit>> {
    d.holder.as_ref().and_then(|h| h.unit)
}
