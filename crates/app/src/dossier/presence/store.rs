use domain::{dossier::Dossier, id::Id, people::Officer};
use platform::db::{DbError, Query, Unit, params, sql};

/// Notes that an officer has it open, and forgets those who closed it.
pub fn here(unit: &mut Unit, id: Id<Dossier>, officer: Id<Officer>, now: i64, since: i64) -> Result<(), DbError> {
    unit.execute(sql!("DELETE FROM presence WHERE dossier_id = $1 AND seen_at < $2"), params![id.raw(), since])?;
    let st = sql!(
        "INSERT INTO presence (dossier_id, officer_id, seen_at) VALUES ($1, $2, $3)
         ON CONFLICT (dossier_id, officer_id) DO UPDATE SET seen_at = $3"
    );
    unit.execute(st, params![id.raw(), officer.raw(), now]).map(drop)
}

/// The others who have it open.
pub fn others(
    q: &mut impl Query,
    id: Id<Dossier>,
    officer: Id<Officer>,
    since: i64,
) -> Result<Vec<Id<Officer>>, DbError> {
    let st = sql!(
        "SELECT officer_id FROM presence WHERE dossier_id = $1 AND officer_id <> $2 AND seen_at >= $3 ORDER BY officer_id LIMIT 5"
    );
    q.rows(st, params![id.raw(), officer.raw(), since], |r| Ok(Id::new(r.get(0)?)))
}
