use domain::{dossier::Dossier, id::Id};
use platform::db::{DbError, Query, Unit, params, sql};

pub fn insert(unit: &mut Unit, dossier: Id<Dossier>, number: u32, body: &str) -> Result<(), DbError> {
    let st = sql!("INSERT INTO dossier_answers (dossier_id, number, body) VALUES ($1, $2, $3)");
    unit.execute(st, params![dossier.raw(), number, body]).map(drop)
}

/// The words of the answers of a dossier by their numbers; those that were erased are not among them.
pub fn of(q: &mut impl Query, dossier: Id<Dossier>) -> Result<Vec<(u32, String)>, DbError> {
    let st = sql!("SELECT number, body FROM dossier_answers WHERE dossier_id = $1 ORDER BY number");
    q.rows(st, params![dossier.raw()], |r| Ok((r.get(0)?, r.get(1)?)))
}
