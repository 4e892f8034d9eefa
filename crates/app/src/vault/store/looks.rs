//! Who looked into whose store, and asked the registers about whom.

use domain::{
    accounts::ReadersOf,
    id::Id,
    people::{Agency, Officer},
    time::Instant,
    vault::{Look, VaultPaper},
};
use platform::db::{DbError, Query, Row, Select, Unit, params, sql};

/// One look.
#[derive(Clone, Debug)]
pub struct Looked<'a> {
    /// The keyed digest of the person's number.
    pub subject: &'a str,
    pub paper: Option<Id<VaultPaper>>,
    pub officer: Id<Officer>,
    pub agency: Id<Agency>,
    pub way: Look,
    pub purpose: &'a str,
    /// When the half of the day began.
    pub half: i64,
    pub at: i64,
}

/// Adds a look to its line; `id` names the line when it is new.
pub fn add(unit: &mut Unit, id: i64, l: &Looked<'_>) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO person_looks (id, subject, paper_id, officer_id, agency_id, way, purpose, half, first_at, last_at, times)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1)
         ON CONFLICT (subject, officer_id, way, paper_id, purpose, half)
         DO UPDATE SET times = person_looks.times + 1, last_at = $9"
    );
    let paper = l.paper.map_or(0, Id::raw);
    let (officer, agency) = (l.officer.raw(), l.agency.raw());
    let values = params![id, l.subject, paper, officer, agency, l.way.key(), l.purpose, l.half, l.at];
    unit.execute(st, values).map(drop)
}

/// A line of the log.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: i64,
    pub officer: Id<Officer>,
    pub agency: Id<Agency>,
    pub way: Option<Look>,
    pub purpose: String,
    pub last_at: Instant,
    pub times: u32,
    /// What the paper is called; absent for what is about no paper, or one that is gone.
    pub paper: Option<String>,
}

fn line(r: &Row<'_>) -> Result<Line, DbError> {
    Ok(Line {
        id: r.get(0)?,
        officer: Id::new(r.get(1)?),
        agency: Id::new(r.get(2)?),
        way: Look::from_key(&r.get::<String>(3)?),
        purpose: r.get(4)?,
        last_at: Instant::from_millis(r.get(5)?),
        times: r.get(6)?,
        paper: r.get(7)?,
    })
}

/// The looks at one person's data, newest first.
pub fn at_person(q: &mut impl Query, subject: &str, before: i64, most: i64) -> Result<Vec<Line>, DbError> {
    let st = sql!(
        "SELECT l.id, l.officer_id, l.agency_id, l.way, l.purpose, l.last_at, l.times, p.name
         FROM person_looks l LEFT JOIN vault_papers p ON p.id = l.paper_id
         WHERE l.subject = $1 AND l.id < $2 ORDER BY l.id DESC LIMIT $3"
    );
    q.rows(st, params![subject, before, most], line)
}

/// The looks of those whom somebody supervises, newest first.
pub fn by_officers(q: &mut impl Query, of: ReadersOf, before: i64, most: i64) -> Result<Vec<Line>, DbError> {
    let own = match of {
        ReadersOf::Province => None,
        ReadersOf::Agency(agency) => Some(agency.raw()),
    };
    // What a paper is called tells something of its owner: supervisors read the purpose, not the paper.
    let select = Select::new(
        "SELECT l.id, l.officer_id, l.agency_id, l.way, l.purpose, l.last_at, l.times, CAST(NULL AS TEXT) FROM person_looks l WHERE 1=1",
    );
    let select = select.and_some("l.agency_id = ?", own).and_some("l.id < ?", Some(before));
    q.rows_of(&select.order("l.id DESC").limit(most).build(), line)
}

/// When this officer last said for what they look at this person's store; absent when never since then.
pub fn last_purpose(
    q: &mut impl Query,
    subject: &str,
    officer: Id<Officer>,
    since: i64,
) -> Result<Option<(i64, String)>, DbError> {
    let st = sql!(
        "SELECT last_at, purpose FROM person_looks
         WHERE subject = $1 AND officer_id = $2 AND way = 'list' AND last_at > $3 ORDER BY last_at DESC LIMIT 1"
    );
    q.optional(st, params![subject, officer.raw(), since], |r| Ok((r.get(0)?, r.get(1)?)))
}

/// Forgets lines older than an id; at most so many at a time.
pub fn sweep(unit: &mut Unit, before: i64, most: i64) -> Result<u64, DbError> {
    let st =
        sql!("DELETE FROM person_looks WHERE id IN (SELECT id FROM person_looks WHERE id < $1 ORDER BY id LIMIT $2)");
    unit.execute(st, params![before, most])
}
