pub mod also_named;
mod state;

pub use state::{Listed, NO_DUE_DATE, Passage, Was, add_agency, add_centre, insert, update};

use super::tracking::Passed;
use domain::{
    accounts::{Scope, Who},
    dossier::{Dossier, DossierCode, Glimpse, People, Slip, StoredEvent},
    id::Id,
    time::Instant,
};
use platform::db::{DbError, Query, Row, Unit, packed, params, sql};
use serde::Deserialize;
use std::{collections::HashSet, sync::Arc};

/// A dossier as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: Id<Dossier>,
    pub state: Dossier,
    /// Hash of the last event.
    pub head: String,
}

/// How a dossier is named: by its code, or by its id while it has none.
#[derive(Clone, Debug)]
pub enum Key {
    Code(String),
    Id(Id<Dossier>),
}

impl Key {
    /// Codes have dashes, ids are digits only.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(id) = text.parse() {
            return Some(Self::Id(id));
        }
        text.parse::<DossierCode>().ok().map(|c| Self::Code(c.as_str().to_owned()))
    }
}

/// One dossier within the reader's scope.
pub fn find(q: &mut impl Query, scope: &Scope, key: &Key) -> Result<Option<Kept>, DbError> {
    let row = match key {
        Key::Code(code) => {
            q.optional(sql!("SELECT id, head, state FROM dossiers WHERE code = $1"), params![code], kept)?
        }
        Key::Id(id) => {
            q.optional(sql!("SELECT id, head, state FROM dossiers WHERE id = $1"), params![id.raw()], kept)?
        }
    };
    match row {
        Some(row) if in_reach(q, scope, &row)? => Ok(Some(row)),
        _ => Ok(None),
    }
}

fn in_reach(q: &mut impl Query, scope: &Scope, row: &Kept) -> Result<bool, DbError> {
    let (agency, centre) = (row.state.intake.agency, row.state.intake.centre);
    if matches!(scope, Scope::Public) {
        // Strangers find only what has a code; a draft has none.
        return Ok(row.state.code.is_some());
    }
    if let Scope::Delivered { by } = scope {
        return Ok(row.state.portal == Some(*by));
    }
    if scope.reaches(&[agency], centre) {
        return Ok(true);
    }
    let Scope::Officer { agency, centre } = scope else { return Ok(false) };
    if let Some(own) = agency {
        let st = sql!("SELECT dossier_id FROM dossier_agencies WHERE agency_id = $1 AND dossier_id = $2");
        if q.optional(st, params![own.raw(), row.id.raw()], |r| r.get::<i64>(0))?.is_some() {
            return Ok(true);
        }
    }
    // ILK-03: a one-stop unit reads what goes through it.
    let Some(own) = centre.filter(|_| !row.state.links.one_stops().is_empty()) else { return Ok(false) };
    let st = sql!("SELECT dossier_id FROM dossier_centres WHERE centre_id = $1 AND dossier_id = $2");
    Ok(q.optional(st, params![own.raw(), row.id.raw()], |r| r.get::<i64>(0))?.is_some())
}

/// Those of many dossiers that a reader reaches, by two questions at most whatever their number.
pub(super) fn reached(q: &mut impl Query, scope: &Scope, rows: &[(i64, &Dossier)]) -> Result<HashSet<i64>, DbError> {
    let direct = |d: &Dossier| match scope {
        Scope::Public => d.code.is_some(),
        _ => scope.reaches(&[d.intake.agency], d.intake.centre),
    };
    let mut found: HashSet<i64> = rows.iter().filter(|(_, d)| direct(d)).map(|(id, _)| *id).collect();
    let Scope::Officer { agency, centre } = scope else { return Ok(found) };
    let rest: Vec<i64> = rows.iter().map(|(id, _)| *id).filter(|id| !found.contains(id)).collect();
    if let Some(own) = agency.filter(|_| !rest.is_empty()) {
        let st = sql!("SELECT dossier_id FROM dossier_agencies WHERE agency_id = $1 AND dossier_id {in $2}");
        found.extend(q.rows(st, params![own.raw(), rest], |r| r.get::<i64>(0))?);
    }
    let passes = |(id, d): &&(i64, &Dossier)| !found.contains(id) && !d.links.one_stops().is_empty();
    let rest: Vec<i64> = rows.iter().filter(passes).map(|(id, _)| *id).collect();
    if let Some(own) = centre.filter(|_| !rest.is_empty()) {
        let st = sql!("SELECT dossier_id FROM dossier_centres WHERE centre_id = $1 AND dossier_id {in $2}");
        found.extend(q.rows(st, params![own.raw(), rest], |r| r.get::<i64>(0))?);
    }
    Ok(found)
}

fn kept(r: &Row<'_>) -> Result<Kept, DbError> {
    let state: String = r.get(2)?;
    Ok(Kept {
        id: Id::new(r.get(0)?),
        head: r.get(1)?,
        state: serde_json::from_str(&state).map_err(|e| r.impossible(2, e))?,
    })
}

// ---- people -------------------------------------------------------------------------------------------------------

/// The erasable row: who is on a dossier, with the salt of the digest that the events hold.
pub fn insert_people(unit: &mut Unit, id: Id<Dossier>, salt: &str, people: &People, body: &str) -> Result<(), DbError> {
    let st = sql!("INSERT INTO dossier_people (dossier_id, salt, identity, body) VALUES ($1, $2, $3, $4)");
    unit.execute(st, params![id.raw(), packed(salt), people.applicant.identity.as_deref(), packed(body)])?;
    also_named::insert(unit, id, people)
}

/// Salt and text of the people, as they were digested.
pub fn people_row(q: &mut impl Query, id: Id<Dossier>) -> Result<Option<(String, String)>, DbError> {
    let st = sql!("SELECT salt, body FROM dossier_people WHERE dossier_id = $1");
    q.optional(st, params![id.raw()], |r| Ok((r.get(0)?, r.get(1)?)))
}

/// The people on a dossier; `None` once they were erased.
pub fn people(q: &mut impl Query, id: Id<Dossier>) -> Result<Option<People>, DbError> {
    let st = sql!("SELECT body FROM dossier_people WHERE dossier_id = $1");
    q.optional(st, params![id.raw()], |r| people_of(r, 0))
}

pub(super) fn people_of(r: &Row<'_>, column: usize) -> Result<People, DbError> {
    let body: String = r.get(column)?;
    serde_json::from_str(&body).map_err(|e| r.impossible(column, e))
}

// ---- events -------------------------------------------------------------------------------------------------------

pub fn insert_event(unit: &mut Unit, id: Id<Dossier>, e: &StoredEvent) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO dossier_events (dossier_id, seq, at, officer_id, agency_id, body, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    );
    unit.execute(
        st,
        params![id.raw(), e.seq, e.at.millis(), e.officer.raw(), e.agency.raw(), packed(&*e.body), packed(&*e.hash)],
    )
    .map(drop)
}

/// The history after `after` (0 for all).
pub fn events(q: &mut impl Query, id: Id<Dossier>, after: u32) -> Result<Vec<StoredEvent>, DbError> {
    let st = sql!(
        "SELECT seq, at, officer_id, agency_id, body, hash FROM dossier_events
         WHERE dossier_id = $1 AND seq > $2 ORDER BY seq"
    );
    q.rows(st, params![id.raw(), after], |r| {
        Ok(StoredEvent {
            seq: r.get(0)?,
            at: Instant::from_millis(r.get(1)?),
            officer: Id::new(r.get(2)?),
            agency: Id::new(r.get(3)?),
            body: r.get(4)?,
            hash: r.get(5)?,
        })
    })
}

/// What the history says of the way, in its order: who has seen a dossier's page has not seen its history.
pub(super) fn way(q: &mut impl Query, id: Id<Dossier>) -> Result<Vec<Passed>, DbError> {
    let st = sql!("SELECT at, agency_id, body FROM dossier_events WHERE dossier_id = $1 ORDER BY seq");
    q.rows(st, params![id.raw()], |r| {
        let body: String = r.get(2)?;
        let moved = Glimpse::of_text(&body).map_err(|e| r.impossible(2, e))?;
        Ok(Passed { at: Instant::from_millis(r.get(0)?), agency: Id::new(r.get(1)?), moved })
    })
}

// ---- numbers and slips --------------------------------------------------------------------------------------------

/// The next number of a series without gaps: a refused or failed unit gives it back.
pub fn next_number(unit: &mut Unit, series: &str) -> Result<u32, DbError> {
    let st = sql!(
        "INSERT INTO number_series (name, last) VALUES ($1, 1)
         ON CONFLICT (name) DO UPDATE SET last = number_series.last + 1 RETURNING last"
    );
    unit.one(st, params![series], |r| r.get(0))
}

/// A slip as it was issued.
#[derive(Clone, Debug)]
pub struct IssuedSlip {
    pub id: Id<Slip>,
    pub dossier: Id<Dossier>,
    pub form: String,
    pub number: String,
    /// The frozen data, as `documents::Form` reads it.
    pub data: String,
    pub issued_at: Instant,
    /// SHA-256 of the archived PDF, once the worker has made it.
    pub archived: Option<String>,
}

pub fn insert_slip(unit: &mut Unit, s: &IssuedSlip) -> Result<(), DbError> {
    let st = sql!("INSERT INTO slips (id, dossier_id, form, number, data, issued_at) VALUES ($1, $2, $3, $4, $5, $6)");
    unit.execute(st, params![s.id.raw(), s.dossier.raw(), &s.form, &s.number, packed(&*s.data), s.issued_at.millis()])
        .map(drop)
}

pub fn slip(q: &mut impl Query, id: Id<Slip>) -> Result<Option<IssuedSlip>, DbError> {
    let st = sql!("SELECT id, dossier_id, form, number, data, issued_at, archived FROM slips WHERE id = $1");
    q.optional(st, params![id.raw()], slip_row)
}

pub fn slips_of(q: &mut impl Query, dossier: Id<Dossier>) -> Result<Vec<IssuedSlip>, DbError> {
    let st = sql!(
        "SELECT id, dossier_id, form, number, data, issued_at, archived FROM slips WHERE dossier_id = $1 ORDER BY id"
    );
    q.rows(st, params![dossier.raw()], slip_row)
}

/// The dossier for which the slip of this number was issued.
pub fn dossier_of_slip(q: &mut impl Query, number: &str) -> Result<Option<Id<Dossier>>, DbError> {
    q.optional(sql!("SELECT dossier_id FROM slips WHERE number = $1"), params![number], |r| Ok(Id::new(r.get(0)?)))
}

pub fn set_archived(unit: &mut Unit, id: Id<Slip>, sha256: &str) -> Result<(), DbError> {
    unit.execute(sql!("UPDATE slips SET archived = $1 WHERE id = $2"), params![sha256, id.raw()]).map(drop)
}

fn slip_row(r: &Row<'_>) -> Result<IssuedSlip, DbError> {
    Ok(IssuedSlip {
        id: Id::new(r.get(0)?),
        dossier: Id::new(r.get(1)?),
        form: r.get(2)?,
        number: r.get(3)?,
        data: r.get(4)?,
        issued_at: Instant::from_millis(r.get(5)?),
        archived: r.get(6)?,
    })
}

// ---- lists --------------------------------------------------------------------------------------------------------

/// A row of a work list.
#[derive(Clone, Debug)]
pub struct Work {
    pub id: Id<Dossier>,
    pub state: Arc<Dossier>,
    pub applicant: String,
    /// The key after which the next page begins.
    pub after: (i64, i64),
}

/// A row of a list: id, state, the key of the list, people.
pub fn work(r: &Row<'_>) -> Result<Work, DbError> {
    let id: i64 = r.get(0)?;
    Ok(Work { id: Id::new(id), state: Arc::new(state(r, 1)?), applicant: applicant(r, 3)?, after: (r.get(2)?, id) })
}

/// The state in a column.
pub fn state(r: &Row<'_>, column: usize) -> Result<Dossier, DbError> {
    let text: String = r.get(column)?;
    serde_json::from_str(&text).map_err(|e| r.impossible(column, e))
}

/// Of the people in a column only the name that a list shows.
pub fn applicant(r: &Row<'_>, column: usize) -> Result<String, DbError> {
    #[derive(Deserialize)]
    struct Named {
        applicant: Name,
    }
    #[derive(Deserialize)]
    struct Name {
        name: String,
    }
    let people: Option<String> = r.get(column)?;
    people.map_or_else(
        || Ok(String::new()),
        |body| Ok(serde_json::from_str::<Named>(&body).map_err(|e| r.impossible(column, e))?.applicant.name),
    )
}

// ---- files --------------------------------------------------------------------------------------------------------

/// A file as it was uploaded or attached.
#[derive(Clone, Debug)]
pub struct FileRow {
    pub sha256: String,
    pub name: String,
    pub kind: String,
    pub size: i64,
    pub pages: Option<i64>,
}

fn file_row(r: &Row<'_>) -> Result<FileRow, DbError> {
    Ok(FileRow { sha256: r.get(0)?, name: r.get(1)?, kind: r.get(2)?, size: r.get(3)?, pages: r.get(4)? })
}

/// Notes an upload; the blob is already on disk.
pub fn insert_upload(unit: &mut Unit, id: i64, f: &FileRow, who: &Who, at_ms: i64) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO uploads (id, sha256, name, kind, size, pages, officer_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    unit.execute(st, params![id, &f.sha256, &f.name, &f.kind, f.size, f.pages, who.officer.raw(), at_ms]).map(drop)
}

/// How long an upload waits to be attached, in milliseconds of the machine clock: an hour less than the collector of orphans
/// waits, so that no file is collected while a dossier is just about to name it.
pub const UPLOAD_WAITS_MS: i64 = 23 * 3_600_000;

/// What this officer uploaded under this hash not long before `now_ms`, last first, or keeps with a draft, however old: nobody
/// attaches a file by guessing its hash, and nobody one that may be gone.
pub fn upload(q: &mut impl Query, who: &Who, sha256: &str, now_ms: i64) -> Result<Option<FileRow>, DbError> {
    let st = sql!(
        "SELECT sha256, name, kind, size, pages FROM uploads
         WHERE sha256 = $1 AND officer_id = $2 AND at > $3 ORDER BY id DESC LIMIT 1"
    );
    if let Some(fresh) = q.optional(st, params![sha256, who.officer.raw(), now_ms - UPLOAD_WAITS_MS], file_row)? {
        return Ok(Some(fresh));
    }
    let st = sql!(
        "SELECT sha256, name, kind, size, pages FROM act_draft_files WHERE officer_id = $1 AND sha256 = $2 LIMIT 1"
    );
    q.optional(st, params![who.officer.raw(), sha256], file_row)
}

pub fn attach(unit: &mut Unit, dossier: Id<Dossier>, place: &str, f: &FileRow) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO dossier_files (dossier_id, sha256, place, name, kind, size, pages)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
    );
    unit.execute(st, params![dossier.raw(), &f.sha256, place, &f.name, &f.kind, f.size, f.pages]).map(drop)
}

/// The files of a dossier with the place (component id, or `result`) to which each belongs.
pub fn files(q: &mut impl Query, dossier: Id<Dossier>) -> Result<Vec<(String, FileRow)>, DbError> {
    let st = sql!(
        "SELECT sha256, name, kind, size, pages, place FROM dossier_files WHERE dossier_id = $1 ORDER BY place, name"
    );
    q.rows(st, params![dossier.raw()], |r| Ok((r.get(5)?, file_row(r)?)))
}
