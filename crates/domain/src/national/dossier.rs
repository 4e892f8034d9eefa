//! The dossier as the portal shows it.

use super::{
    DossierMessage, FeeMessage, FileMessage, IdentityMessage, Line, Names, ResultMessage, history::states, stamp,
    supplement::supplements,
};
use crate::{
    catalogue::{Channel, ProcedureVersion},
    dossier::{Applicant, ApplicantKind, Dossier, Event, People, ResultBy, Status, Unexpected},
    time::Instant,
};

/// A file of a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Id of the component, or `result`.
    pub place: String,
    /// SHA-256, hex.
    pub sha256: String,
    /// Its name.
    pub name: String,
}

/// All that is known of a dossier.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// As it stands.
    pub dossier: &'a Dossier,
    /// Everything that happened, in order.
    pub history: &'a [Line],
    /// The version of the procedure that governs it.
    pub procedure: &'a ProcedureVersion,
    /// Who is on it; absent once erased.
    pub people: Option<&'a People>,
    /// Its files.
    pub files: &'a [File],
    /// Name of the competent agency.
    pub agency: &'a str,
    /// Who acted.
    pub names: &'a Names<'a>,
}

const MOST_LETTERS: usize = 1000;

/// The message; `None` for a draft, of which the portal knows nothing. `Err` when the history contradicts itself.
pub fn dossier(s: &Subject) -> Result<Option<DossierMessage>, Unexpected> {
    let d = s.dossier;
    let (Some(code), Some(status)) = (&d.code, d.status.national()) else { return Ok(None) };
    let course = states(s.history)?;
    let owner = s.people.map(|p| p.owner.as_ref().unwrap_or(&p.applicant));
    let (ended, refused, returned) = ends(s);
    let some = |at: Option<Instant>| at.map(stamp);
    Ok(Some(DossierMessage {
        code: code.to_string(),
        procedure: s.procedure.code.as_str().to_owned(),
        procedure_name: s.procedure.name.clone(),
        field: Some(s.procedure.field.code.clone()).filter(|c| !c.is_empty()),
        field_name: s.procedure.field.name.clone(),
        channel: channel(d.intake.channel).to_owned(),
        owner: owner.map(|o| o.name.clone()),
        owner_kind: owner.map(|o| kind(o.kind).to_owned()),
        email: owner.and_then(|o| o.email.clone()),
        phone: owner.and_then(|o| o.phone.clone()),
        subject: s.procedure.name.chars().take(MOST_LETTERS).collect(),
        submitted_at: some(s.history.iter().find_map(handed_in)),
        accepted_at: some(d.accepted_at),
        due_at: some(d.due_at),
        status: status.to_string(),
        ended_at: some(ended),
        refused_at: some(refused),
        returned_at: some(returned),
        returned_how: s.history.iter().rev().find_map(how),
        result_by: result_by(d.intake.result_by).map(str::to_owned),
        agency: s.agency.to_owned(),
        handed_in_at: if d.portal.is_some() { "1" } else { "2" }.to_owned(),
        identities: owner.and_then(identity).into_iter().collect(),
        files: s.files.iter().filter(|f| f.place != RESULT).map(file).collect(),
        fees: d.fees.iter().map(|f| FeeMessage { name: f.reason.clone(), amount: f.amount.to_string() }).collect(),
        supplements: supplements(s, &course),
        results: s.files.iter().filter(|f| f.place == RESULT).map(result).collect(),
    }))
}

const RESULT: &str = "result";

const fn channel(channel: Channel) -> &'static str {
    match channel {
        // The law treats a post employee at the Centre as the counter.
        Channel::Counter | Channel::PostEmployee => "1",
        Channel::Online => "2",
        Channel::Post => "3",
    }
}

const fn kind(kind: ApplicantKind) -> &'static str {
    match kind {
        ApplicantKind::Citizen => "1",
        ApplicantKind::Business => "2",
        ApplicantKind::StateBody => "3",
        ApplicantKind::Organisation => "4",
    }
}

const fn result_by(way: ResultBy) -> Option<&'static str> {
    match way {
        ResultBy::Counter => Some("0"),
        ResultBy::Post => Some("1"),
        ResultBy::Online => None,
    }
}

fn handed_in(line: &Line) -> Option<Instant> {
    match &line.event {
        Event::Submitted { .. } => Some(line.stored.at),
        Event::Accepted { received_at, .. } => Some(*received_at),
        _ => None,
    }
}

/// When the work ended, when it was refused, when the result was handed over.
fn ends(s: &Subject) -> (Option<Instant>, Option<Instant>, Option<Instant>) {
    match s.dossier.status {
        Status::Refused { at, .. } => (Some(at), Some(at), None),
        Status::Stopped { at } | Status::Withdrawn { at } | Status::Decided { at, .. } => (Some(at), None, None),
        Status::Returned { at, .. } => {
            let decided = s.history.iter().rev().find(|l| matches!(l.event, Event::Decided { .. }));
            (decided.map(|l| l.stored.at), None, Some(at))
        }
        _ => (None, None, None),
    }
}

fn how(line: &Line) -> Option<String> {
    let Event::HandedOver { how, tracking, .. } = &line.event else { return None };
    let words = how.words().0;
    Some(tracking.as_ref().map_or_else(|| words.to_owned(), |number| format!("{words}, mã bưu gửi {number}")))
}

/// The portal knows two kinds of numbers, told apart by their length.
fn identity(owner: &Applicant) -> Option<IdentityMessage> {
    let number = owner.identity.as_ref().filter(|n| n.bytes().all(|b| b.is_ascii_digit()))?;
    let kind = match number.len() {
        12 => "1",
        9 => "2",
        _ => return None,
    };
    Some(IdentityMessage { kind: kind.to_owned(), number: number.clone() })
}

fn file(f: &File) -> FileMessage {
    FileMessage { id: f.sha256.clone(), name: f.name.clone(), component: f.place.clone(), deleted: "False".to_owned() }
}

fn result(f: &File) -> ResultMessage {
    ResultMessage { name: f.name.clone(), id: f.sha256.clone() }
}
