//! Does every dossier lie where somebody looks? Its pool, its deadlines and its drafted letters against its process and the law of
//! the province.

use super::{
    Fault, Verified,
    store::{self, Deadlines, Placed},
};
use crate::{attention::KeptMoment, catalogue::Versions, dossier::law_at, error::AppError, reference::Reference};
use domain::{
    dossier::{DueKind, DueMoment, due_moments, pool_name},
    profile::Profile,
    time::Instant,
};
use platform::db::{Db, Reader};
use std::{collections::BTreeSet, sync::Arc};

const CHUNK: i64 = 200;

/// Compares pools and deadlines of all dossiers and adds what is wrong.
pub async fn check(db: &Db, profile: &Arc<Profile>, now: Instant, found: &mut Verified) -> Result<(), AppError> {
    let of = Arc::clone(profile);
    let reference = Arc::new(db.read(move |q| Reference::load(q, &of, now)).await?);
    let versions = Arc::new(Versions::default());
    let mut after = 0;
    loop {
        let (reference, versions, profile) = (Arc::clone(&reference), Arc::clone(&versions), Arc::clone(profile));
        let (last, faults) = db.read(move |q| chunk(q, after, &reference, &versions, &profile, now)).await?;
        found.faults.extend(faults);
        let Some(last) = last else { return Ok(()) };
        after = last;
    }
}

fn chunk(
    q: &mut Reader,
    after: i64,
    reference: &Reference,
    versions: &Versions,
    profile: &Profile,
    now: Instant,
) -> Result<(Option<i64>, Vec<Fault>), AppError> {
    let rows = store::placed(q, after, CHUNK)?;
    let mut faults = Vec::new();
    for row in &rows {
        let subject = row.state.code.as_ref().map_or_else(|| row.id.to_string(), ToString::to_string);
        let mut wrong = |what: String| faults.push(Fault { subject: subject.clone(), what });
        let governing = versions.of(q, &row.state.intake)?;
        let pool = pool_name(&row.state, &governing.process);
        if row.pool != pool {
            wrong(format!("lies in the pool {:?}, where its step waits in {pool:?}", row.pool));
        }
        match law_at(now, profile, reference, &governing, &row.state.intake) {
            Some(law) => {
                let wanted = due_moments(&row.state, &law);
                deadlines(row, &wanted, &mut wrong);
                letters(row, &wanted, &mut wrong);
            }
            None => wrong("its centre is not there".into()),
        }
    }
    Ok((rows.last().map(|row| row.id.raw()), faults))
}

/// They follow the moment or the calendar, which may have moved since the dossier did; the routine that recounts brings them.
const MOVES: [DueKind; 2] = [DueKind::ApologyDraft, DueKind::AgencyDue];

/// Their date stands in the dossier itself and follows no calendar: whoever moved it moved the call, and the dossier hangs.
const DATED: [DueKind; 12] = [
    DueKind::GuidanceExpiry,
    DueKind::SupplementExpiry,
    DueKind::SupplementSlip,
    DueKind::SuspensionEnd,
    DueKind::Due,
    DueKind::IssueDue,
    DueKind::LateEntry,
    DueKind::Urged,
    DueKind::UrgingUnanswered,
    DueKind::ConsultationDue,
    DueKind::PartDue,
    DueKind::DateToAdjust,
];

/// Each kind of deadline that the state calls for is kept, or was and has fired; none waits for what is past, and none whose
/// date the dossier names waits for another.
fn deadlines(row: &Placed, wanted: &[DueMoment], wrong: &mut impl FnMut(String)) {
    let Some(Deadlines { all: kept, is_found }) = &row.moments else { return };
    if !is_found {
        wrong("the clock looks for its deadlines at another moment".into());
    }
    for moment in wanted.iter().filter(|m| DATED.contains(&m.kind)) {
        let key = moment.key();
        if let Some(other) = kept.iter().find(|k| !k.fired && k.key == key && k.fires_at != moment.at.millis()) {
            let (kind, at) = (other.kind_key(), Instant::from_millis(other.fires_at));
            wrong(format!("its deadline {kind} calls at {at}, where its date is {}", moment.at));
        }
    }
    let is_firm = |kind: &&str| MOVES.iter().all(|m| m.key() != *kind);
    let wanted: BTreeSet<&str> = wanted.iter().map(|m| m.kind.key()).filter(is_firm).collect();
    let known: BTreeSet<&str> = kept.iter().map(KeptMoment::kind_key).collect();
    let waiting = kept.iter().filter(|k| !k.fired).map(KeptMoment::kind_key).filter(is_firm);
    let waiting: BTreeSet<&str> = waiting.collect();
    for kind in wanted.difference(&known) {
        wrong(format!("nothing will call anybody to its deadline {kind}"));
    }
    for kind in waiting.difference(&wanted) {
        wrong(format!("waits for a deadline {kind} that it does not have"));
    }
}

/// A letter of apology is drafted by its deadline, once, for the agency that answers, and waits as long as the date stands that it
/// is about (CLK-05).
fn letters(row: &Placed, wanted: &[DueMoment], wrong: &mut impl FnMut(String)) {
    let Some(Deadlines { all: kept, .. }) = &row.moments else { return };
    let drafts = |m: &&KeptMoment| m.kind() == Some(DueKind::ApologyDraft) && m.fired;
    for key in wanted.iter().filter(|m| m.kind == DueKind::ApologyDraft).map(DueMoment::key) {
        let has_fired = kept.iter().filter(drafts).any(|m| m.key == key);
        if has_fired && !row.letters.iter().any(|l| l.key == key && l.open) {
            wrong(format!("its deadline {key} has fired and no letter of apology waits"));
        }
    }
    for letter in &row.letters {
        if !kept.iter().filter(drafts).any(|m| m.key == letter.key) {
            wrong(format!("no deadline drafted its letter of apology {}", letter.key));
        }
        if letter.agency != row.state.intake.agency.raw() {
            wrong(format!("its letter of apology {} waits with another agency", letter.key));
        }
        if letter.open && row.state.due_at != Some(letter.due) {
            wrong(format!("a letter of apology waits for the date {}, which is not its own", letter.due));
        }
    }
}
