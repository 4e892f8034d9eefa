//! The numbers besides the applicant's own by which a dossier is found (RES-02, INT-10).

use super::people_of;
use crate::{error::AppError, settings};
use domain::{
    dossier::{Dossier, People, also_named},
    id::Id,
};
use platform::db::{Db, DbError, Query, Unit, params, sql};

/// How far [`fill`] has come: the last dossier, or [`WHOLE`].
const FILLED: &str = "dossier_also_named";
const WHOLE: &str = "whole, telephones too";
/// Dossiers a unit fills in.
const CHUNK: i64 = 500;

pub(super) fn insert(unit: &mut Unit, id: Id<Dossier>, people: &People) -> Result<(), DbError> {
    for (named_as, number) in also_named(people) {
        let st = sql!(
            "INSERT INTO dossier_also_named (number, dossier_id, named_as) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
        );
        unit.execute(st, params![number, id.raw(), named_as.key()])?;
    }
    Ok(())
}

/// What is kept for one dossier, as `(named_as, number)` in order.
pub fn of(q: &mut impl Query, id: Id<Dossier>) -> Result<Vec<(String, String)>, DbError> {
    let st = sql!("SELECT named_as, number FROM dossier_also_named WHERE dossier_id = $1 ORDER BY named_as, number");
    q.rows(st, params![id.raw()], |r| Ok((r.get(0)?, r.get(1)?)))
}

/// Fills in the dossiers that were there before the table was, or before telephones stood in it, a chunk a unit, and goes on where it was broken off. Reads no
/// clock and may run again.
pub fn fill(db: &Db) -> Result<(), AppError> {
    while !db.unit_blocking(chunk)? {}
    Ok(())
}

/// Whether all are filled in.
fn chunk(unit: &mut Unit) -> Result<bool, AppError> {
    settings::chunk(unit, FILLED, WHOLE, |unit, after| {
        let st = sql!("SELECT dossier_id, body FROM dossier_people WHERE dossier_id > $1 ORDER BY dossier_id LIMIT $2");
        let rows = unit.rows(st, params![after, CHUNK], |r| Ok((r.get::<i64>(0)?, people_of(r, 1)?)))?;
        for (id, people) in &rows {
            insert(unit, Id::new(*id), people)?;
        }
        Ok(rows.last().map(|(id, _)| *id))
    })
}
