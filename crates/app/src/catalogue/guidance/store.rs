use domain::{
    id::Id,
    people::{Agency, Officer},
    time::Instant,
};
use jiff::civil::Date;
use platform::db::{DbError, Query, Row, Unit, params, sql};

/// An agreed answer to an unclear point of a procedure (INT-12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub id: Id<Note>,
    /// The procedure, whatever its version.
    pub code: String,
    pub question: String,
    pub answer: String,
    /// With whom it was agreed; absent when the Centre decided alone.
    pub agency: Option<Id<Agency>>,
    pub agreed_on: Date,
    pub officer: Id<Officer>,
    pub at: Instant,
    pub version: i64,
}

fn note(r: &Row<'_>) -> Result<Note, DbError> {
    let day: String = r.get(5)?;
    Ok(Note {
        id: Id::new(r.get(0)?),
        code: r.get(1)?,
        question: r.get(2)?,
        answer: r.get(3)?,
        agency: r.get::<Option<i64>>(4)?.map(Id::new),
        agreed_on: day.parse().map_err(|e| r.impossible(5, e))?,
        officer: Id::new(r.get(6)?),
        at: Instant::from_millis(r.get(7)?),
        version: r.get(8)?,
    })
}

/// Every note that holds, by procedure, the newest first: reference data, read on every intake.
pub fn current(q: &mut impl Query) -> Result<Vec<Note>, DbError> {
    let st = sql!(
        "SELECT id, code, question, answer, agency_id, agreed_on, officer_id, at, version FROM guidance
         WHERE withdrawn_at IS NULL ORDER BY code, id DESC"
    );
    q.rows(st, params![], note)
}

pub fn insert(unit: &mut Unit, n: &Note) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO guidance (id, code, question, answer, agency_id, agreed_on, officer_id, at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    );
    unit.execute(
        st,
        params![
            n.id.raw(),
            &n.code,
            &n.question,
            &n.answer,
            n.agency.map(Id::raw),
            n.agreed_on.to_string(),
            n.officer.raw(),
            n.at.millis(),
            n.version
        ],
    )
    .map(drop)
}

/// Writes a note over the version that was read; [`DbError::Stale`] when somebody was faster.
pub fn update(unit: &mut Unit, n: &Note) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE guidance SET question = $1, answer = $2, agency_id = $3, agreed_on = $4, officer_id = $5, at = $6,
                             version = version + 1
         WHERE id = $7 AND version = $8 AND withdrawn_at IS NULL"
    );
    unit.update_versioned(
        st,
        params![
            &n.question,
            &n.answer,
            n.agency.map(Id::raw),
            n.agreed_on.to_string(),
            n.officer.raw(),
            n.at.millis(),
            n.id.raw(),
            n.version
        ],
    )
}

/// Takes a note back; it stays in the data base as what once held.
pub fn withdraw(unit: &mut Unit, id: Id<Note>, version: i64, at: Instant) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE guidance SET withdrawn_at = $1, version = version + 1
         WHERE id = $2 AND version = $3 AND withdrawn_at IS NULL"
    );
    unit.update_versioned(st, params![at.millis(), id.raw(), version])
}
