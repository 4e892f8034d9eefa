use domain::{
    dossier::Dossier,
    id::Id,
    people::{Agency, Officer},
    time::Instant,
};
use platform::db::{DbError, Query, Unit, params, sql};

/// A note as it was written.
#[derive(Clone, Debug)]
pub struct Note {
    pub id: i64,
    pub dossier: Id<Dossier>,
    pub officer: Id<Officer>,
    pub at: Instant,
    pub body: String,
}

fn note(r: &platform::db::Row<'_>) -> Result<Note, DbError> {
    Ok(Note {
        id: r.get(0)?,
        dossier: Id::new(r.get(1)?),
        officer: Id::new(r.get(2)?),
        at: Instant::from_millis(r.get(3)?),
        body: r.get(4)?,
    })
}

/// The last notes of an agency on a dossier, oldest first.
pub fn of_dossier(q: &mut impl Query, dossier: Id<Dossier>, agency: Id<Agency>) -> Result<Vec<Note>, DbError> {
    let st = sql!(
        "SELECT id, dossier_id, officer_id, at, body FROM dossier_notes
         WHERE dossier_id = $1 AND agency_id = $2 ORDER BY id DESC LIMIT 50"
    );
    let mut notes = q.rows(st, params![dossier.raw(), agency.raw()], note)?;
    notes.reverse();
    Ok(notes)
}

pub fn insert(unit: &mut Unit, n: &Note, agency: Id<Agency>) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO dossier_notes (id, dossier_id, agency_id, officer_id, at, body) VALUES ($1, $2, $3, $4, $5, $6)"
    );
    let values = params![n.id, n.dossier.raw(), agency.raw(), n.officer.raw(), n.at.millis(), &n.body];
    unit.execute(st, values).map(drop)
}

pub fn mention(unit: &mut Unit, officer: Id<Officer>, note: i64) -> Result<(), DbError> {
    let st = sql!("INSERT INTO note_mentions (officer_id, note_id) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    unit.execute(st, params![officer.raw(), note]).map(drop)
}

/// The notes that name an officer, newest first.
pub fn naming(q: &mut impl Query, officer: Id<Officer>, before: i64, most: i64) -> Result<Vec<Note>, DbError> {
    let st = sql!(
        "SELECT n.id, n.dossier_id, n.officer_id, n.at, n.body FROM note_mentions m JOIN dossier_notes n ON n.id = m.note_id
         WHERE m.officer_id = $1 AND m.note_id < $2 ORDER BY m.note_id DESC LIMIT $3"
    );
    q.rows(st, params![officer.raw(), before, most], note)
}
