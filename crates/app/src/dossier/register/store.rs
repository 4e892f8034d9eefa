use crate::dossier::store::{Work, work};
use domain::{id::Id, people::Centre};
use platform::db::{DbError, Query, params, sql};

/// The dossiers that a centre took in between two moments, in the order of intake.
pub fn taken_in(
    q: &mut impl Query,
    centre: Id<Centre>,
    (from, until): (i64, i64),
    after: (i64, i64),
    most: i64,
) -> Result<Vec<Work>, DbError> {
    let st = sql!(
        "SELECT d.id, d.state, d.opened_at, p.body FROM dossiers d LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE d.centre_id = $1 AND d.opened_at >= $2 AND d.opened_at < $3 AND (d.opened_at, d.id) > ($4, $5)
           AND d.code IS NOT NULL
         ORDER BY d.opened_at, d.id LIMIT $6"
    );
    q.rows(st, params![centre.raw(), from, until, after.0, after.1, most], work)
}

/// How many dossiers stand in the book of a centre before a moment: the ordinal goes on through the year.
pub fn count_before(q: &mut impl Query, centre: Id<Centre>, (from, until): (i64, i64)) -> Result<i64, DbError> {
    let st = sql!(
        "SELECT COUNT(*) FROM dossiers WHERE centre_id = $1 AND opened_at >= $2 AND opened_at < $3 AND code IS NOT NULL"
    );
    q.one(st, params![centre.raw(), from, until], |r| r.get(0))
}
