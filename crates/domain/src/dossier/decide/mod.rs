//! The one place that says yes or no, a file for each stretch of a dossier's life.

mod handling;
mod intake;
mod redate;
mod result;

use super::{
    Command, Dossier, DossierCode, Event, Holder, Intake, People, Refusal, Status, course, event::SlipRef, holding,
    lawful,
};
use crate::{
    accounts::Who,
    catalogue::{Place, ProcedureVersion, Process, Step, StepKind},
    deadline::{Calendar, ClockRules, TimeLimit},
    id::Id,
    people::{Agency, Unit},
    profile::Profile,
    time::Instant,
};

/// Everything a decision needs, read inside the unit of work.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Who asks.
    pub who: &'a Who,
    /// The legal moment.
    pub now: Instant,
    /// The province's rules.
    pub profile: &'a Profile,
    /// The version of the procedure that governs the dossier.
    pub procedure: &'a ProcedureVersion,
    /// The process by which it is handled.
    pub process: &'a Process,
    /// The working calendar of the centre.
    pub calendar: &'a Calendar,
    /// How limits are counted.
    pub clock: &'a ClockRules,
    /// Where the dossier may lie.
    pub desk: Desk,
    /// The officer to whom it would be assigned.
    pub assignee: Option<&'a Who>,
    /// Who is on the dossier; needed only to hand the result over.
    pub people: Option<&'a People>,
    /// Numbers allocated for this command; a refusal gives them back.
    pub numbers: &'a Numbers,
}

/// The two places between which a dossier travels.
#[derive(Clone, Copy, Debug)]
pub struct Desk {
    /// The agency to which the centre belongs.
    pub centre_agency: Id<Agency>,
    /// The unit of the competent agency that receives dossiers.
    pub agency_unit: Option<Id<Unit>>,
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
        (None, Command::Draft(intake)) => Ok(vec![intake::draft(intake, f)?]),
        (None, Command::Submit(intake)) => intake::submit(intake, f),
        (None, Command::TakeIn { intake, received_at }) => intake::take_in(intake, *received_at, f),
        (None, Command::TurnAway { intake, reason }) => {
            let drafted = intake::draft(intake, f)?;
            Ok(vec![drafted, intake::refused(reason, f)?])
        }
        (Some(d), command) => of_open(d, command, f),
        (None, _) => Err(Refusal::NotNow { status: Status::Draft.words() }),
    }
}

fn of_open(d: &Dossier, command: &Command, f: &Facts) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Accept => intake::accept(d, f),
        Command::Refuse { reason } => intake::refuse(d, reason, f),
        Command::Assign { unit, officer } => handling::assign(d, *unit, *officer, f),
        Command::Appraise { opinion, text } => handling::appraise(d, *opinion, text, f),
        Command::SubmitForApproval => handling::submit_for_approval(d, f),
        Command::Approve { decision, reason } => handling::approve(d, *decision, reason.as_deref(), f),
        Command::ReturnToStep { step, reason } => handling::return_to_step(d, step.as_deref(), reason, f),
        Command::RecordResult(result) => result::record_result(d, result, f),
        Command::Redate => redate::redate(d, f),
        Command::HandOver(handover) => result::hand_over(d, handover, f),
        Command::Draft(_) | Command::Submit(_) | Command::TakeIn { .. } | Command::TurnAway { .. } => Err(not_now(d)),
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

/// A step at which nobody has the dossier yet. `unit` is where it lies now, and stays within the same agency.
fn waiting_at(step: &Step, intake: &Intake, f: &Facts, unit: Option<Id<Unit>>) -> Holder {
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
