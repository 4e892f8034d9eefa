use super::{
    Fault, Verified,
    store::{Columns, Whole},
};
use crate::{
    dossier::{people_digest, slips::issued_by, store::Listed},
    interlink,
};
use domain::{
    deadline::TimeLimit,
    dossier::{CONFIRM, Dossier, Event, LastAct, People, Status, StoredEvent, also_named, replay},
    id::Id,
};

/// Compares one dossier's state with its history, and both with what belongs to them.
pub fn check(row: &Whole, found: &mut Verified) {
    found.dossiers += 1;
    found.events += row.events.len() as u64;
    found.slips += row.slips.len() as u64;
    let id = row.kept.id.to_string();
    let subject = row.kept.state.code.as_ref().map_or(id, ToString::to_string);
    let mut wrong = |what: String| found.faults.push(Fault { subject: subject.clone(), what });
    history(row, &mut wrong);
    columns(row, &mut wrong);
    people(row, &mut wrong);
    slips(row, &mut wrong);
    issued(row, &mut wrong);
    papers(row, &mut wrong);
    branches(row, &mut wrong);
    invariants(&row.kept.state, &mut wrong);
}

fn history(row: &Whole, wrong: &mut impl FnMut(String)) {
    match replay(&row.events) {
        Err(e) => wrong(e.to_string()),
        Ok((state, head)) => {
            if state != row.kept.state {
                wrong("the state is not what the events make".into());
            }
            if head != row.kept.head {
                wrong("the head is not the last event's hash".into());
            }
        }
    }
}

fn columns(row: &Whole, wrong: &mut impl FnMut(String)) {
    let (d, h) = (&row.kept.state, row.kept.state.holder.as_ref());
    let expected = Columns {
        code: d.code.as_ref().map(ToString::to_string),
        version: d.version,
        status: d.status.key().to_owned(),
        step: h.map(|h| h.step.clone()),
        agency: h.map(|h| h.agency.raw()),
        centre: h.and_then(|h| h.centre).map(Id::raw),
        officer: h.and_then(|h| h.officer).map(Id::raw),
        unit: h.and_then(|h| h.unit).map(Id::raw),
        listed: Listed::of(d),
        touched_at: row.events.last().map_or(0, |e| e.at.millis()),
        sent_back: h.is_some() && was_sent_back(&row.events),
    };
    if row.columns != expected {
        wrong(format!("the row's columns differ from the state: {:?}, not {expected:?}", row.columns));
    }
}

/// Whether the last passage of the dossier from hand to hand was a way back.
fn was_sent_back(events: &[StoredEvent]) -> bool {
    let read = |e: &StoredEvent| serde_json::from_str::<Event>(&e.body).ok();
    let moves = |(i, e)| read(e).filter(|what| what.holder().is_some()).map(|what| (i, what));
    match events.iter().enumerate().rev().find_map(moves) {
        Some((i, Event::Undone { .. })) => LastAct::of(&events[..i]).and_then(|l| l.moved).is_some_and(|m| m.1),
        Some((_, what)) => matches!(what, Event::ReturnedToStep { .. }),
        None => false,
    }
}

fn people(row: &Whole, wrong: &mut impl FnMut(String)) {
    if row.people.is_none() {
        wrong("the people that the events name are not there".into());
    }
    if let Some((salt, body)) = &row.people
        && people_digest(salt, body) != row.kept.state.intake.people
    {
        wrong("the people are not those that the events name".into());
        return;
    }
    let read = row.people.as_ref().and_then(|(_, body)| serde_json::from_str::<People>(body).ok());
    let expected = read.iter().flat_map(also_named).map(|(named_as, number)| (named_as.key().to_owned(), number));
    let mut expected: Vec<_> = expected.collect();
    expected.sort();
    if row.also_named != expected {
        wrong("the numbers by which it is found are not those of its people".into());
    }
}

fn slips(row: &Whole, wrong: &mut impl FnMut(String)) {
    let d = &row.kept.state;
    let named = [d.receipt.as_ref(), d.refusal.as_ref(), d.handover.as_ref(), d.stop.as_ref()];
    let asked = d.request.as_ref().map(|r| &r.slip);
    for slip in named.into_iter().flatten().chain(asked).chain(d.apologies.iter().map(|a| &a.slip)) {
        match row.slips.iter().find(|s| s.id == slip.id) {
            None => wrong(format!("slip {} is missing", slip.number)),
            Some(kept) if kept.number != slip.number => {
                wrong(format!("slip {} is kept under the number {}", slip.number, kept.number));
            }
            Some(kept) => {
                if let Err(e) = serde_json::from_str::<documents::Form>(&kept.data) {
                    wrong(format!("slip {} cannot be printed: {e}", slip.number));
                }
            }
        }
    }
}

fn papers(row: &Whole, wrong: &mut impl FnMut(String)) {
    let d = &row.kept.state;
    let of_result = d.result.iter().flat_map(|r| &r.files);
    for sha256 in d.intake.components.iter().flat_map(|c| &c.files).chain(of_result) {
        if !row.files.iter().any(|f| f.sha256 == *sha256) {
            wrong(format!("file {sha256} is not attached"));
        }
    }
}

/// Every open branch stands in the row by which its agency finds it, and no other does.
fn branches(row: &Whole, wrong: &mut impl FnMut(String)) {
    let expected = interlink::expected(&row.kept.state);
    if row.branches != expected {
        wrong(format!("the open branches differ from the state: {:?}, not {expected:?}", row.branches));
    }
    for verification in &row.kept.state.links.verifications {
        if !row.slips.iter().any(|s| s.id == verification.minutes.id) {
            wrong(format!("the minutes {} are missing", verification.minutes.number));
        }
    }
}

/// Every slip that an event issued is there: consultations, transfers and reprints too, of which the state keeps no trace.
fn issued(row: &Whole, wrong: &mut impl FnMut(String)) {
    for event in row.events.iter().filter_map(|e| serde_json::from_str::<Event>(&e.body).ok()) {
        let linked = if let Event::Linked(what) = &event { what.slip() } else { None };
        for (slip, _) in issued_by(&event).into_iter().chain(linked) {
            if !row.slips.iter().any(|s| s.id == slip.id) {
                wrong(format!("slip {} was issued and is gone", slip.number));
            }
        }
    }
}

/// Rules that hold for every dossier at every moment.
fn invariants(d: &Dossier, wrong: &mut impl FnMut(String)) {
    if d.status.is_open() != d.holder.is_some() {
        wrong(format!("{} with {}", d.status.key(), if d.holder.is_some() { "a holder" } else { "no holder" }));
    }
    let without_date = matches!(d.limit, None | Some(TimeLimit::None));
    if d.accepted_at.is_some() && d.due_at.is_none() && !without_date {
        wrong("accepted under a limit, but without a due date".into());
    }
    // No dossier hangs: what waits for the applicant says for what, and a proposal lies before whoever confirms it.
    let asks = matches!(d.status, Status::GuidanceRequested { .. } | Status::AwaitingSupplement { .. });
    if asks != d.request.is_some() {
        wrong(format!("{} with {}", d.status.key(), if asks { "nothing asked for" } else { "an open request" }));
    }
    if matches!(d.status, Status::AwaitingPayment { .. }) && d.unpaid().is_none() {
        wrong("waits for a payment that nobody owes".into());
    }
    let confirms = d.holder.as_ref().is_some_and(|h| h.step == CONFIRM);
    if confirms != d.proposal.is_some() {
        wrong("a proposal and its holder do not belong together".into());
    }
    if d.accepted_at.is_some() && d.code.is_none() {
        wrong("accepted without a code".into());
    }
}
