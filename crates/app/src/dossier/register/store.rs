use crate::dossier::store::{Work, next_number, work};
use domain::{dossier::Dossier, id::Id, people::Centre, time::Instant};
use platform::db::{DbError, Query, Unit, params, sql};

/// The place of a dossier in the books: the year's book of its centre, and the number in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub year: i64,
    pub ordinal: i64,
}

/// Enters a dossier that stands in no book yet in that of this year; the number has no gaps.
pub fn enter(unit: &mut Unit, dossier: Id<Dossier>, centre: Id<Centre>, at: Instant) -> Result<Entry, DbError> {
    let year = i64::from(at.day().year());
    let ordinal = i64::from(next_number(unit, &format!("book/{centre}/{year}"))?);
    let st =
        sql!("INSERT INTO register_entries (centre_id, year, ordinal, dossier_id, at) VALUES ($1, $2, $3, $4, $5)");
    unit.execute(st, params![centre.raw(), year, ordinal, dossier.raw(), at.millis()])?;
    Ok(Entry { year, ordinal })
}

/// Where a dossier stands in the books; nowhere before it is accepted.
pub fn entry(q: &mut impl Query, dossier: Id<Dossier>) -> Result<Option<Entry>, DbError> {
    let st = sql!("SELECT year, ordinal FROM register_entries WHERE dossier_id = $1");
    q.optional(st, params![dossier.raw()], |r| Ok(Entry { year: r.get(0)?, ordinal: r.get(1)? }))
}

/// What a centre entered between two moments, in the order of the book, each with its number.
pub fn entered(
    q: &mut impl Query,
    centre: Id<Centre>,
    (from, until): (i64, i64),
    after: (i64, i64),
    most: i64,
) -> Result<Vec<(Work, i64)>, DbError> {
    let st = sql!(
        "SELECT d.id, d.state, e.at, p.body, e.ordinal FROM register_entries e JOIN dossiers d ON d.id = e.dossier_id
         LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE e.centre_id = $1 AND e.at >= $2 AND e.at < $3 AND (e.at, e.ordinal) > ($4, $5)
         ORDER BY e.at, e.ordinal LIMIT $6"
    );
    q.rows(st, params![centre.raw(), from, until, after.0, after.1, most], |r| Ok((work(r)?, r.get(4)?)))
}

/// When the results of these dossiers left, and what their last handover slip says, frozen as it was printed.
pub fn handovers(q: &mut impl Query, ids: Vec<i64>) -> Result<Vec<(i64, Instant, String)>, DbError> {
    let st = sql!(
        "SELECT dossier_id, issued_at, data FROM slips WHERE dossier_id {in $1} AND form = 'handover' ORDER BY dossier_id, id"
    );
    q.rows(st, params![ids], |r| Ok((r.get(0)?, Instant::from_millis(r.get(1)?), r.get(2)?)))
}
