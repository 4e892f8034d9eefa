//! What the events beside the straight way make of a dossier: guidance, supplement, payment, suspension, apology, ending.

use super::{
    Answered, AnsweredItem, ApologyMade, Appointment, Dossier, Event, Explanation, FeeMoment, FeeOwed, OpenRequest,
    OverdueCause, Proposal, ReceivedComponent, Status, StoredEvent, Urging, UrgingAnswer, event::SlipRef,
};
use crate::{catalogue::Channel, time::Instant};

pub(super) fn apply(d: &mut Dossier, by: &StoredEvent, what: &Event) {
    match what {
        Event::GuidanceRequested { code, items, reason, slip, until, .. } => {
            d.code = d.code.take().or_else(|| code.clone());
            d.guidances += 1;
            d.status = Status::GuidanceRequested { at: by.at, until: *until };
            ask(
                d,
                OpenRequest {
                    items: items.clone(),
                    reason: reason.clone(),
                    slip: slip.clone(),
                    since: by.at,
                    until: *until,
                },
            );
        }
        Event::GuidanceCompleted { components, answers, received_at, .. } => {
            answer(d, answers, by.at);
            bring(d, components);
            // INT-08: what completes a dossier by post counts from its receipt at the Centre.
            d.received_at = matches!(d.intake.channel, Channel::Post | Channel::PostEmployee).then_some(*received_at);
            d.status = Status::Submitted { at: *received_at };
        }
        Event::SupplementRequested { items, reason, slip, until, .. } => {
            d.supplements += 1;
            d.status = Status::AwaitingSupplement { since: by.at, until: *until };
            ask(
                d,
                OpenRequest {
                    items: items.clone(),
                    reason: reason.clone(),
                    slip: slip.clone(),
                    since: by.at,
                    until: *until,
                },
            );
        }
        Event::SupplementCompleted { components, answers, due_at, .. } => {
            answer(d, answers, by.at);
            bring(d, components);
            d.due_at = *due_at;
            d.status = Status::InProgress;
            // The papers are others now, so what was thought of the old ones does not stand.
            d.opinion = None;
        }
        Event::FeeRequired { amount, reason, when, until } => {
            d.fees.push(FeeOwed {
                amount: *amount,
                reason: reason.clone(),
                when: *when,
                asked_at: by.at,
                paid_at: None,
                proof: None,
                cancelled_at: None,
            });
            if *when == FeeMoment::Now {
                let not_begun = d.status == Status::Accepted;
                d.status = Status::AwaitingPayment { since: by.at, until: *until, not_begun };
            }
        }
        Event::FeePaid { amount, paid_at, proof, due_at, .. } => pay(d, *amount, *paid_at, proof, *due_at),
        Event::FeeCancelled { due_at, .. } => take_back(d, by.at, *due_at),
        Event::Suspended { until, .. } => {
            d.proposal = None;
            d.status = Status::Suspended { since: by.at, until: *until };
        }
        Event::Resumed { due_at, .. } => {
            d.due_at = *due_at;
            d.status = Status::InProgress;
        }
        Event::Explained { reason, new_due_at } => {
            d.explanation =
                Some(Explanation { reason: reason.clone(), new_due_at: *new_due_at, by: by.officer, at: by.at });
        }
        Event::Apologised { reason, from, due_at, slip, files, late, to_adjust, .. } => {
            d.proposal = None;
            d.explanation = None;
            d.apologies.push(ApologyMade {
                slip: slip.clone(),
                at: by.at,
                from: *from,
                to: *due_at,
                files: files.clone(),
                late: *late,
            });
            if *to_adjust {
                let (slip, reason) = (slip.clone(), reason.clone());
                d.appointment = Some(Appointment { slip, at: by.at, to: *due_at, reason });
            } else {
                d.due_at = Some(*due_at);
            }
        }
        Event::DateAdjusted { due_at, .. } => {
            d.appointment = None;
            d.due_at = Some(*due_at);
        }
        Event::OverdueExplained { cause, justified } => {
            d.overdue = Some(OverdueCause { cause: cause.clone(), justified: *justified, by: by.officer, at: by.at });
        }
        Event::Urged { id, text, answer_by } => d.urgings.push(Urging {
            id: *id,
            text: text.clone(),
            by: by.officer,
            at: by.at,
            answer_by: *answer_by,
            answer: None,
        }),
        Event::UrgingAnswered { id, text } => {
            for urging in d.urgings.iter_mut().filter(|u| u.id == *id) {
                urging.answer = Some(UrgingAnswer { text: text.clone(), by: by.officer, at: by.at });
            }
        }
        Event::Proposed { what, back, .. } => {
            d.proposal = Some(Proposal { what: what.clone(), by: by.officer, at: by.at, back: back.clone() });
        }
        Event::ProposalDeclined { .. } => d.proposal = None,
        Event::Stopped { slip, .. } => end(d, Status::Stopped { at: by.at }, slip),
        Event::Withdrawn { slip, .. } => end(d, Status::Withdrawn { at: by.at }, slip),
        _ => {}
    }
}

fn ask(d: &mut Dossier, request: OpenRequest) {
    d.proposal = None;
    d.request = Some(request);
}

/// Each answer goes beside the line that it answers, which is read out of the request while that is open.
fn answer(d: &mut Dossier, answers: &[Answered], at: Instant) {
    let asked = d.request.as_ref().map_or(&[][..], |r| r.items.as_slice());
    let beside = |a: &Answered| {
        let place = usize::try_from(a.item).ok()?.checked_sub(1)?;
        let (asked, files) = (asked.get(place)?.clone(), a.files.clone());
        Some(AnsweredItem { number: a.number, asked, at, files })
    };
    let answered: Vec<_> = answers.iter().filter_map(beside).collect();
    d.answers.extend(answered);
}

/// What is brought adds to what is there.
fn bring(d: &mut Dossier, brought: &[ReceivedComponent]) {
    d.request = None;
    for new in brought {
        match d.intake.components.iter_mut().find(|c| c.id == new.id) {
            Some(here) => {
                here.originals += new.originals;
                here.certified += new.certified;
                here.copies += new.copies;
                here.files.extend(new.files.iter().cloned());
            }
            None => d.intake.components.push(new.clone()),
        }
    }
}

fn pay(d: &mut Dossier, amount: i64, paid_at: Instant, proof: &str, due_at: Option<Instant>) {
    if let Some(fee) = open_fee(d, Some(amount)) {
        fee.paid_at = Some(paid_at);
        fee.proof = Some(proof.to_owned());
    }
    go_on_after_the_fee(d, paid_at, due_at);
}

fn take_back(d: &mut Dossier, at: Instant, due_at: Option<Instant>) {
    if let Some(fee) = open_fee(d, None) {
        fee.cancelled_at = Some(at);
    }
    go_on_after_the_fee(d, at, due_at);
}

/// The fee for which it waits, else the first that nobody has paid; of this amount where one is said.
fn open_fee(d: &mut Dossier, amount: Option<i64>) -> Option<&mut FeeOwed> {
    let waited = matches!(d.status, Status::AwaitingPayment { .. });
    let fits = |f: &&mut FeeOwed| f.is_open() && (!waited || f.when == FeeMoment::Now);
    d.fees.iter_mut().find(|f| fits(f) && amount.is_none_or(|a| a == f.amount))
}

fn go_on_after_the_fee(d: &mut Dossier, at: Instant, due_at: Option<Instant>) {
    let Status::AwaitingPayment { not_begun, .. } = d.status else { return };
    d.due_at = due_at;
    d.status = match d.accepted_at {
        None => Status::Submitted { at },
        Some(_) if not_begun => Status::Accepted,
        Some(_) => Status::InProgress,
    };
}

fn end(d: &mut Dossier, status: Status, slip: &SlipRef) {
    d.status = status;
    d.stop = Some(slip.clone());
    d.holder = None;
    d.request = None;
    d.proposal = None;
    d.explanation = None;
}
