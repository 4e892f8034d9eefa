use domain::{
    accounts::{ReadersOf, Reading},
    dossier::Dossier,
    id::Id,
    people::{Agency, Officer},
    time::Instant,
};
use platform::db::{DbError, Query, Row, Select, Unit, params, sql};

/// What is added to one line: so many looks between two moments.
#[derive(Clone, Debug)]
pub struct Looks {
    pub dossier: Id<Dossier>,
    pub officer: Id<Officer>,
    pub agency: Id<Agency>,
    pub way: Reading,
    pub half: Instant,
    pub first_at: i64,
    pub last_at: i64,
    pub times: u32,
}

/// Adds looks to their line; `id` names the line when it is new.
pub fn add(unit: &mut Unit, id: i64, l: &Looks) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO personal_reads (id, dossier_id, officer_id, agency_id, way, half, first_at, last_at, times)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (dossier_id, officer_id, way, half) DO UPDATE SET times = personal_reads.times + $9,
           last_at = CASE WHEN personal_reads.last_at < $8 THEN $8 ELSE personal_reads.last_at END"
    );
    let (dossier, officer, agency) = (l.dossier.raw(), l.officer.raw(), l.agency.raw());
    let key = l.way.key();
    unit.execute(st, params![id, dossier, officer, agency, key, l.half.millis(), l.first_at, l.last_at, l.times])
        .map(drop)
}

/// A line as supervisors read it.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: i64,
    pub dossier: Id<Dossier>,
    /// Absent while the dossier has no code.
    pub code: Option<String>,
    pub officer: Id<Officer>,
    pub agency: Id<Agency>,
    pub way: Option<Reading>,
    pub first_at: Instant,
    pub last_at: Instant,
    pub times: u32,
}

fn line(r: &Row<'_>) -> Result<Line, DbError> {
    Ok(Line {
        id: r.get(0)?,
        dossier: Id::new(r.get(1)?),
        code: r.get(2)?,
        officer: Id::new(r.get(3)?),
        agency: Id::new(r.get(4)?),
        way: Reading::from_key(&r.get::<String>(5)?),
        first_at: Instant::from_millis(r.get(6)?),
        last_at: Instant::from_millis(r.get(7)?),
        times: r.get(8)?,
    })
}

/// What the list is narrowed to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Narrowed {
    pub dossier: Option<Id<Dossier>>,
    pub officer: Option<Id<Officer>>,
}

/// The lines that somebody may read, newest first.
pub fn lines(
    q: &mut impl Query,
    of: ReadersOf,
    by: Narrowed,
    before: Option<i64>,
    most: i64,
) -> Result<Vec<Line>, DbError> {
    let own = match of {
        ReadersOf::Province => None,
        ReadersOf::Agency(agency) => Some(agency.raw()),
    };
    let select = Select::new(
        "SELECT r.id, r.dossier_id, d.code, r.officer_id, r.agency_id, r.way, r.first_at, r.last_at, r.times
         FROM personal_reads r LEFT JOIN dossiers d ON d.id = r.dossier_id WHERE 1=1",
    );
    let select = select
        .and_some("r.agency_id = ?", own)
        .and_some("r.dossier_id = ?", by.dossier.map(Id::raw))
        .and_some("r.officer_id = ?", by.officer.map(Id::raw))
        .and_some("r.id < ?", before);
    q.rows_of(&select.order("r.id DESC").limit(most).build(), line)
}

/// What the person whose dossier it is may know: which agency, how, when last, by how many officers, how often.
#[derive(Clone, Debug)]
pub struct Told {
    pub agency: Id<Agency>,
    pub way: Option<Reading>,
    pub last_at: Instant,
    pub officers: u32,
    pub times: u32,
}

/// The newest looks at a dossier, officers of one agency in one half of a day taken together.
pub fn of_dossier(q: &mut impl Query, dossier: Id<Dossier>, most: i64) -> Result<Vec<Told>, DbError> {
    let st = sql!(
        "SELECT agency_id, way, MAX(last_at), COUNT(*), CAST(SUM(times) AS BIGINT) FROM personal_reads
         WHERE dossier_id = $1 GROUP BY agency_id, way, half ORDER BY MAX(last_at) DESC, agency_id, way LIMIT $2"
    );
    q.rows(st, params![dossier.raw(), most], |r| {
        Ok(Told {
            agency: Id::new(r.get(0)?),
            way: Reading::from_key(&r.get::<String>(1)?),
            last_at: Instant::from_millis(r.get(2)?),
            officers: r.get(3)?,
            times: r.get(4)?,
        })
    })
}

/// Forgets lines older than an id; at most so many at a time.
pub fn sweep(unit: &mut Unit, before: i64, most: i64) -> Result<u64, DbError> {
    let st = sql!(
        "DELETE FROM personal_reads WHERE id IN (SELECT id FROM personal_reads WHERE id < $1 ORDER BY id LIMIT $2)"
    );
    unit.execute(st, params![before, most])
}
