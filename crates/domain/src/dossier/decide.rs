use super::{
    Command, Dossier, DossierCode, Event, Handover, Holder, Intake, People, Refusal, ResultBy, Status, command,
    event::SlipRef, holding, lawful,
};
use crate::{
    accounts::{Role, Who},
    catalogue::{Channel, Place, ProcedureVersion, Process},
    deadline::{Calendar, ClockRules, TimeLimit, due_at},
    id::Id,
    people::{Agency, Officer, Unit},
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
        (None, Command::Draft(intake)) => Ok(vec![draft(intake, f)?]),
        (None, Command::Submit(intake)) => submit(intake, f),
        (None, Command::TakeIn { intake, received_at }) => take_in(intake, *received_at, f),
        (None, Command::TurnAway { intake, reason }) => {
            let drafted = draft(intake, f)?;
            Ok(vec![drafted, refused(reason, f)?])
        }
        (Some(d), command) => of_open(d, command, f),
        (None, _) => Err(Refusal::NotNow { status: Status::Draft.words() }),
    }
}

fn of_open(d: &Dossier, command: &Command, f: &Facts) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Accept => accept(d, f),
        Command::Refuse { reason } => refuse(d, reason, f),
        Command::Assign { unit, officer } => assign(d, *unit, *officer, f),
        Command::Appraise { opinion, text } => {
            let unfinished = matches!(d.status, Status::Accepted | Status::InProgress);
            on_step(d, f, "appraise", unfinished)?;
            let text = text.trim();
            if text.is_empty() {
                return Err(Refusal::ReasonNeeded);
            }
            Ok(vec![Event::Appraised { opinion: *opinion, text: text.to_owned() }])
        }
        Command::SubmitForApproval => submit_for_approval(d, f),
        Command::Approve { decision, reason } => approve(d, *decision, reason.as_deref(), f),
        Command::ReturnToStep { step, reason } => return_to_step(d, step.as_deref(), reason, f),
        Command::RecordResult(result) => record_result(d, result, f),
        Command::HandOver(handover) => hand_over(d, handover, f),
        Command::Draft(_) | Command::Submit(_) | Command::TakeIn { .. } | Command::TurnAway { .. } => Err(not_now(d)),
    }
}

fn not_now(d: &Dossier) -> Refusal {
    Refusal::NotNow { status: d.status.words() }
}

/// The two rights come in this order: first who, then whether the state allows it.
fn on_step(d: &Dossier, f: &Facts, step: &str, allowed: bool) -> Result<(), Refusal> {
    let here = d.holder.as_ref().is_some_and(|h| h.step == step);
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

// ---- intake -------------------------------------------------------------------------------------------------------

/// INT-09: only the Centre's intake roles, at the centre of their post.
fn may_take_in(intake: &Intake, f: &Facts) -> Result<(), Refusal> {
    let right = f.who.any(Role::takes_in) && f.who.centre == Some(intake.centre);
    if right { Ok(()) } else { Err(Refusal::OnlyTheCentreTakesIn) }
}

/// Guard rail 3 and INT-02: nothing that is not published, nothing required left out; everything missing at once.
fn check_components(intake: &Intake, f: &Facts) -> Result<(), Refusal> {
    let variant = f.procedure.variant(intake.variant.as_deref().unwrap_or_default());
    let published = variant.map_or(&[][..], |v| v.components.as_slice());
    for received in &intake.components {
        if !published.iter().any(|c| c.id == received.id) {
            return Err(Refusal::ComponentNotPublished { id: received.id.clone() });
        }
    }
    Ok(())
}

fn check_complete(intake: &Intake, f: &Facts) -> Result<(), Refusal> {
    let variant = f.procedure.variant(intake.variant.as_deref().unwrap_or_default()).ok_or(Refusal::VariantNeeded)?;
    let brought = |id: &str| {
        intake.components.iter().any(|r| r.id == id && (r.originals > 0 || r.copies > 0 || !r.files.is_empty()))
    };
    let missing: Vec<_> = variant
        .components
        .iter()
        .filter(|c| c.required && c.is_paper() && !brought(&c.id))
        .map(|c| (c.id.clone(), c.name.clone()))
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(Refusal::Incomplete { missing }) }
}

fn counter(intake: &Intake, officer: Option<Id<Officer>>, f: &Facts) -> Holder {
    Holder {
        step: "intake".into(),
        agency: f.desk.centre_agency,
        centre: Some(intake.centre),
        unit: None,
        officer,
        since: f.now,
    }
}

fn draft(intake: &Intake, f: &Facts) -> Result<Event, Refusal> {
    may_take_in(intake, f)?;
    check_components(intake, f)?;
    Ok(Event::Drafted { intake: intake.clone(), holder: counter(intake, Some(f.who.officer), f) })
}

fn submit(intake: &Intake, f: &Facts) -> Result<Vec<Event>, Refusal> {
    may_take_in(intake, f)?;
    handled_here(f)?;
    check_components(intake, f)?;
    let code = f.numbers.code.clone().ok_or(Refusal::OnlyTheCentreTakesIn)?;
    Ok(vec![Event::Submitted { code, intake: intake.clone(), holder: counter(intake, None, f) }])
}

fn handled_here(f: &Facts) -> Result<(), Refusal> {
    match &f.procedure.flags.handled_elsewhere {
        Some(place) => Err(Refusal::NotHandledHere { place: place.clone() }),
        None => Ok(()),
    }
}

fn take_in(intake: &Intake, received_at: Option<Instant>, f: &Facts) -> Result<Vec<Event>, Refusal> {
    may_take_in(intake, f)?;
    handled_here(f)?;
    check_components(intake, f)?;
    check_complete(intake, f)?;
    let received_at = time_of_receipt(intake.channel, received_at, f.now)?;
    Ok(vec![accepted(intake, None, Some(intake), received_at, f)?])
}

/// INT-08: for the post, the time of receipt at the Centre counts; nobody else sets it.
fn time_of_receipt(channel: Channel, said: Option<Instant>, now: Instant) -> Result<Instant, Refusal> {
    match said {
        None => Ok(now),
        Some(at) if at <= now && matches!(channel, Channel::Post | Channel::PostEmployee) => Ok(at),
        Some(at) => Err(Refusal::ReceivedLater { at }),
    }
}

fn accept(d: &Dossier, f: &Facts) -> Result<Vec<Event>, Refusal> {
    on_step(d, f, "intake", matches!(d.status, Status::Draft | Status::Submitted { .. }))?;
    handled_here(f)?;
    check_complete(&d.intake, f)?;
    Ok(vec![accepted(&d.intake, d.code.clone(), None, f.now, f)?])
}

fn accepted(
    intake: &Intake,
    code: Option<DossierCode>,
    opens: Option<&Intake>,
    received_at: Instant,
    f: &Facts,
) -> Result<Event, Refusal> {
    let limit = f.procedure.limit_for(intake.channel, intake.variant.as_deref().unwrap_or_default());
    let due_at = due_at(received_at, limit, f.calendar, f.clock).map_err(|e| Refusal::CalendarEnds { last: e.last })?;
    let code = code.or_else(|| f.numbers.code.clone()).ok_or(Refusal::OnlyTheCentreTakesIn)?;
    Ok(Event::Accepted {
        code,
        intake: opens.cloned().map(Box::new),
        received_at,
        limit,
        due_at,
        calendar_version: f.calendar.version(),
        receipt: f.numbers.slip.clone(),
        // FLW-01: it goes to the competent agency at once.
        holder: Holder {
            step: "assign".into(),
            agency: intake.agency,
            centre: None,
            unit: f.desk.agency_unit,
            officer: None,
            since: f.now,
        },
    })
}

fn refuse(d: &Dossier, reason: &str, f: &Facts) -> Result<Vec<Event>, Refusal> {
    let open = matches!(d.status, Status::Draft | Status::Submitted { .. } | Status::Accepted | Status::InProgress);
    if !holding::holds(f.who, d, f.process) {
        return Err(if d.holder.is_none() { not_now(d) } else { Refusal::NotTheHolder });
    }
    if !open {
        return Err(not_now(d));
    }
    Ok(vec![refused(reason, f)?])
}

fn refused(reason: &str, f: &Facts) -> Result<Event, Refusal> {
    let reason = reason.trim();
    let slip = f.numbers.slip.clone().filter(|_| !reason.is_empty()).ok_or(Refusal::ReasonNeeded)?;
    Ok(Event::Refused { reason: reason.to_owned(), slip })
}

// ---- handling -----------------------------------------------------------------------------------------------------

fn assign(d: &Dossier, unit: Option<Id<Unit>>, officer: Id<Officer>, f: &Facts) -> Result<Vec<Event>, Refusal> {
    let Some(holder) = d.holder.as_ref().filter(|_| matches!(d.status, Status::Accepted | Status::InProgress)) else {
        return Err(if may_speak(d, f) || d.holder.is_none() { not_now(d) } else { Refusal::NotTheHolder });
    };
    if !lawful::may_assign(f.who, d, f.process) {
        // Whoever holds it is not told that somebody else does.
        return Err(if holding::holds(f.who, d, f.process) { not_now(d) } else { Refusal::NotTheHolder });
    }
    let step = f.process.step("appraise").ok_or(Refusal::AssigneeUnfit)?;
    let fit = |a: &&Who| a.officer == officer && a.agency == holder.agency && holding::has_a_role_of(a, step);
    let assignee = f.assignee.filter(fit).ok_or(Refusal::AssigneeUnfit)?;
    // A specialist takes for oneself only; giving to others is the head's.
    let gives = f.who.is(Role::UnitHead) || f.who.is(Role::AgencyLeader);
    if officer != f.who.officer && !gives {
        return Err(Refusal::NotTheHolder);
    }
    if unit.is_some_and(|u| u != assignee.unit) {
        return Err(Refusal::AssigneeUnfit);
    }
    Ok(vec![Event::Assigned {
        holder: Holder {
            step: "appraise".into(),
            agency: holder.agency,
            centre: None,
            unit: Some(assignee.unit),
            officer: Some(officer),
            since: f.now,
        },
    }])
}

fn pool(step: &str, d: &Dossier, f: &Facts, unit: Option<Id<Unit>>) -> Holder {
    let at_centre = f.process.step(step).is_some_and(|s| s.actor.place == Place::Centre);
    Holder {
        step: step.to_owned(),
        agency: if at_centre { f.desk.centre_agency } else { d.intake.agency },
        centre: at_centre.then_some(d.intake.centre),
        unit: if at_centre { None } else { unit },
        officer: None,
        since: f.now,
    }
}

fn submit_for_approval(d: &Dossier, f: &Facts) -> Result<Vec<Event>, Refusal> {
    on_step(d, f, "appraise", matches!(d.status, Status::Accepted | Status::InProgress))?;
    if d.opinion.is_none() {
        return Err(Refusal::NotAppraised);
    }
    let unit = d.holder.as_ref().and_then(|h| h.unit);
    Ok(vec![Event::SubmittedForApproval { holder: pool("approve", d, f, unit) }])
}

fn approve(d: &Dossier, decision: super::Decision, reason: Option<&str>, f: &Facts) -> Result<Vec<Event>, Refusal> {
    on_step(d, f, "approve", d.status == Status::InProgress)?;
    if d.opinion.is_none() {
        return Err(Refusal::NotAppraised);
    }
    // QN 6.2: only with form 01; same-day dossiers that get no receipt by the profile are exempt.
    let exempt = d.limit.is_some_and(|l| !needs_receipt(f.profile, l));
    if f.profile.approval.form01 && d.receipt.is_none() && !exempt {
        return Err(Refusal::WithoutReceipt);
    }
    let reason = reason.map(str::trim).filter(|r| !r.is_empty());
    if decision == super::Decision::Decline && reason.is_none() {
        return Err(Refusal::ReasonNeeded);
    }
    let unit = d.holder.as_ref().and_then(|h| h.unit);
    Ok(vec![Event::Decided { decision, reason: reason.map(str::to_owned), holder: pool("issue", d, f, unit) }])
}

fn return_to_step(d: &Dossier, step: Option<&str>, reason: &str, f: &Facts) -> Result<Vec<Event>, Refusal> {
    let from = d.holder.as_ref().map(|h| h.step.as_str()).unwrap_or_default();
    on_step(
        d,
        f,
        if matches!(from, "appraise" | "approve") { from } else { "approve" },
        d.status == Status::InProgress,
    )?;
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonNeeded);
    }
    let target =
        step.map(str::trim).filter(|s| !s.is_empty()).unwrap_or(if from == "approve" { "appraise" } else { "assign" });
    let place = |key: &str| f.process.steps.iter().position(|s| s.key == key);
    let earlier = matches!(target, "assign" | "appraise") && place(target) < place(from);
    if !earlier || place(target).is_none() {
        return Err(Refusal::NoSuchStep { step: target.to_owned() });
    }
    let unit = d.holder.as_ref().and_then(|h| h.unit);
    let mut holder = pool(target, d, f, unit);
    if target == "appraise" {
        holder.officer = d.appraiser;
    }
    Ok(vec![Event::ReturnedToStep { reason: reason.trim().to_owned(), holder }])
}

// ---- result -------------------------------------------------------------------------------------------------------

fn record_result(d: &Dossier, r: &command::ResultRecord, f: &Facts) -> Result<Vec<Event>, Refusal> {
    on_step(d, f, "issue", matches!(d.status, Status::Decided { .. }))?;
    Ok(vec![Event::ResultRecorded {
        number: r.number.clone(),
        date: r.date,
        signer: r.signer.clone(),
        files: r.files.clone(),
        holder: pool("return", d, f, None),
    }])
}

/// Guard rail 5: to whom the profile allows, in the way the applicant chose, with what must be shown.
fn hand_over(d: &Dossier, h: &Handover, f: &Facts) -> Result<Vec<Event>, Refusal> {
    on_step(d, f, "return", matches!(d.status, Status::Decided { .. }))?;
    let Some(people) = f.people else { return Err(Refusal::ReceiverNotAuthorised) };
    // INT-15: whoever comes to the desk in person may have it there; nothing is sent unasked.
    if h.how != d.intake.result_by && h.how != ResultBy::Counter {
        return Err(Refusal::OtherWayChosen { chosen: d.intake.result_by.words() });
    }
    let said = |t: &Option<String>| t.as_deref().is_some_and(|t| !t.trim().is_empty());
    if !h.is_on(people) && !said(&h.authorisation) {
        return Err(Refusal::ReceiverNotAuthorised);
    }
    if h.how == ResultBy::Counter && f.profile.returning.identity_required && !said(&h.identity) {
        return Err(Refusal::IdentityNeeded);
    }
    if h.how == ResultBy::Post && !said(&h.tracking) {
        return Err(Refusal::TrackingNeeded);
    }
    let slip = f.numbers.slip.clone().ok_or(Refusal::ReceiverNotAuthorised)?;
    Ok(vec![Event::HandedOver { how: h.how, tracking: h.tracking.clone(), slip }])
}
