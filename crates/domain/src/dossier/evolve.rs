use super::{
    Dossier, Event, Intake, Late, Opinion, ResultEntered, Status, StoredEvent, clock, event::SlipRef, incident, undo,
};
use crate::{interlink::Links, time::Instant};

/// The event cannot follow this state: the history was tampered with, or written by a newer version.
#[derive(Debug, thiserror::Error)]
pub enum Unexpected {
    /// An event other than an opening one came first.
    #[error("event {seq} `{kind}` on a dossier that was never opened")]
    NotOpened {
        /// Its place.
        seq: u32,
        /// Its key.
        kind: &'static str,
    },
    /// The text of an event is not one this version knows.
    #[error("event {seq} cannot be read: {why}")]
    Unreadable {
        /// Its place.
        seq: u32,
        /// What the parser said.
        why: String,
    },
    /// A hash does not continue the chain.
    #[error("event {seq} does not continue the chain of hashes")]
    Broken {
        /// Its place.
        seq: u32,
    },
    /// There are no events.
    #[error("a dossier without events")]
    Empty,
}

/// The only maker of state: the dossier after one more event, by whom and when.
pub fn evolve(before: Option<Dossier>, event: &StoredEvent, what: &Event) -> Result<Dossier, Unexpected> {
    let opened = |what: &Event| Unexpected::NotOpened { seq: event.seq, kind: what.key() };
    let mut d = match (before, what) {
        (Some(d), _) => d,
        (None, Event::Drafted { intake, .. } | Event::Submitted { intake, .. }) => blank(intake.clone()),
        (None, Event::Accepted { intake: Some(intake), .. }) => blank(intake.as_ref().clone()),
        (None, other) => return Err(opened(other)),
    };
    d.version = event.seq;
    // Whoever opened it entered it late; a second officer confirms (INT-13).
    if event.seq == 1 && d.intake.late.is_some() {
        d.late = Some(Late { by: event.officer, confirmed_by: None });
    }
    // Whoever passes a step on is the one to whom it comes back.
    if let (Event::SubmittedForApproval { .. } | Event::PassedOn { .. } | Event::Endorsed { .. }, Some(left)) =
        (what, &d.holder)
    {
        d.done_by.insert(left.step.clone(), event.officer);
    }
    if matches!(what, Event::Accepted { .. }) {
        let in_its_stead = |h: &super::Holder| h.centre.is_none() && h.agency == event.agency;
        d.taken_in_by_agency = d.holder.as_ref().is_some_and(in_its_stead);
    }
    if let Some(holder) = what.holder() {
        d.holder = Some(holder.clone());
    }
    apply(&mut d, event, what);
    d.ledger.extend(clock::entry(&d, event.at, what));
    Ok(d)
}

fn apply(d: &mut Dossier, by: &StoredEvent, what: &Event) {
    match what {
        Event::Drafted { received_at, .. } => d.received_at = *received_at,
        Event::Submitted { code, through_portal, .. } => {
            d.code = Some(code.clone());
            d.portal = through_portal.then_some(by.officer);
            d.status = Status::Submitted { at: by.at };
        }
        Event::Accepted { code, received_at, limit, due_at, receipt, .. } => {
            d.code = Some(code.clone());
            d.accepted_at = Some(*received_at);
            d.limit = Some(*limit);
            d.due_at = *due_at;
            d.receipt.clone_from(receipt);
            d.status = Status::Accepted;
        }
        Event::Refused { slip, holder, .. } => refuse(d, by.at, slip, holder.is_some()),
        Event::Assigned { holder } => {
            d.status = Status::InProgress;
            // Whoever submits answers for the opinion, so another officer's does not pass along (FLW-07); that of an
            // earlier step stays in sight.
            d.opinion.take_if(|opinion| opinion.step == holder.step && holder.officer != Some(opinion.by));
        }
        Event::SubmittedForApproval { .. } | Event::PassedOn { .. } | Event::Endorsed { .. } => {
            d.status = Status::InProgress;
        }
        Event::Appraised { opinion, text } => {
            let step = d.holder.as_ref().map(|h| h.step.clone()).unwrap_or_default();
            d.opinion = Some(Opinion { proposes: *opinion, text: text.clone(), by: by.officer, at: by.at, step });
        }
        Event::Decided { decision, .. } => {
            d.status = Status::Decided { at: by.at, decision: *decision };
            d.delegated = by.by_decision();
        }
        Event::ReturnedToStep { opinion_stands, .. } => d.opinion = d.opinion.take().filter(|_| *opinion_stands),
        Event::Undone { status, opinion, done_by, .. } => undo::stand_again(d, status, opinion.as_deref(), done_by),
        Event::ResultRecorded { number, date, signer, files, .. } => {
            d.result = Some(ResultEntered {
                number: number.clone(),
                date: *date,
                signer: signer.clone(),
                files: files.clone(),
            });
        }
        Event::LateEntryConfirmed => {
            if let Some(late) = &mut d.late {
                late.confirmed_by = Some(by.officer);
            }
        }
        Event::Linked(what) => d.links.take(what, by.officer, by.at),
        Event::Redated { due_at, receipt, .. } => {
            d.due_at = *due_at;
            if receipt.is_some() {
                d.receipt.clone_from(receipt);
            }
        }
        Event::HandedOver { slip, .. } => hand_over(d, by.at, slip),
        other => incident::apply(d, by, other),
    }
}

fn blank(intake: Intake) -> Dossier {
    Dossier {
        code: None,
        version: 0,
        status: Status::Draft,
        intake,
        holder: None,
        accepted_at: None,
        limit: None,
        due_at: None,
        ledger: Vec::new(),
        received_at: None,
        receipt: None,
        refusal: None,
        stop: None,
        handover: None,
        opinion: None,
        links: Links::default(),
        late: None,
        delegated: None,
        result: None,
        done_by: std::collections::BTreeMap::new(),
        guidances: 0,
        supplements: 0,
        request: None,
        answers: Vec::new(),
        proposal: None,
        fees: Vec::new(),
        apologies: Vec::new(),
        appointment: None,
        taken_in_by_agency: false,
        portal: None,
        explanation: None,
        overdue: None,
        urgings: Vec::new(),
    }
}

fn refuse(d: &mut Dossier, at: Instant, slip: &SlipRef, to_give_back: bool) {
    d.status = Status::Refused { at, to_give_back };
    d.refusal = Some(slip.clone());
    d.holder.take_if(|_| !to_give_back);
    d.request = None;
    d.proposal = None;
}

fn hand_over(d: &mut Dossier, at: Instant, slip: &SlipRef) {
    match &mut d.status {
        Status::Decided { decision, .. } => d.status = Status::Returned { at, decision: *decision },
        Status::Refused { to_give_back, .. } => *to_give_back = false,
        _ => {}
    }
    d.handover = Some(slip.clone());
    d.holder = None;
}

/// Makes the state from a whole history, checking the chain on the way: what `verify` compares with the stored state.
/// Returns the state and the hash of the last line.
pub fn replay<'a>(events: impl IntoIterator<Item = &'a StoredEvent>) -> Result<(Dossier, String), Unexpected> {
    let mut state = None;
    let mut head = String::new();
    for (next, line) in (1..).zip(events) {
        if line.seq != next || !line.follows(&head) {
            return Err(Unexpected::Broken { seq: line.seq });
        }
        let what: Event = serde_json::from_str(&line.body)
            .map_err(|e| Unexpected::Unreadable { seq: line.seq, why: e.to_string() })?;
        state = Some(evolve(state, line, &what)?);
        head.clone_from(&line.hash);
    }
    state.map(|s| (s, head)).ok_or(Unexpected::Empty)
}
