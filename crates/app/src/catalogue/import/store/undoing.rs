use domain::{catalogue::ProcedureVersion, id::Id};
use platform::db::{DbError, Query, Unit, params, sql};

/// A finished batch begins to be undone; `false` when it is not finished, or undone already.
pub fn set_undoing(unit: &mut Unit, id: i64) -> Result<bool, DbError> {
    let st = sql!("UPDATE import_batches SET state = 'undoing', lease_until = 0 WHERE id = $1 AND state = 'done'");
    Ok(unit.execute(st, params![id])? > 0)
}

/// Nothing of it is left, but for what `problem` names.
pub fn set_undone(unit: &mut Unit, id: i64, problem: Option<&str>) -> Result<(), DbError> {
    let st = sql!("UPDATE import_batches SET state = 'undone', problem = $2 WHERE id = $1");
    unit.execute(st, params![id, problem]).map(drop)
}

/// Batches being undone by nobody, or by somebody who has fallen silent.
pub fn left_undoing(q: &mut impl Query, now: i64) -> Result<Vec<i64>, DbError> {
    let st = sql!("SELECT id FROM import_batches WHERE state = 'undoing' AND lease_until <= $1 ORDER BY id LIMIT 10");
    q.rows(st, params![now], |r| r.get(0))
}

/// Takes an undoing up; `false` when another was faster.
pub fn claim_undoing(unit: &mut Unit, id: i64, now: i64, until: i64) -> Result<bool, DbError> {
    let st =
        sql!("UPDATE import_batches SET lease_until = $3 WHERE id = $1 AND state = 'undoing' AND lease_until <= $2");
    Ok(unit.execute(st, params![id, now, until])? > 0)
}

pub fn lease(unit: &mut Unit, id: i64, until: i64) -> Result<(), DbError> {
    unit.execute(sql!("UPDATE import_batches SET lease_until = $2 WHERE id = $1"), params![id, until]).map(drop)
}

/// Codes of a batch's versions under which dossiers were taken in.
pub fn used(q: &mut impl Query, batch: i64) -> Result<Vec<String>, DbError> {
    let st = sql!(
        "SELECT v.code FROM procedure_versions v JOIN procedure_uses u ON u.version_id = v.id
          WHERE v.batch_id = $1 ORDER BY v.code, v.id"
    );
    q.rows(st, params![batch], |r| r.get(0))
}

/// How many versions of a batch are there.
pub fn brought_count(q: &mut impl Query, batch: i64) -> Result<i64, DbError> {
    q.one(sql!("SELECT COUNT(*) FROM procedure_versions WHERE batch_id = $1"), params![batch], |r| r.get(0))
}

/// Versions that a batch brought, the newest first, older than `before`.
pub fn brought(
    q: &mut impl Query,
    batch: i64,
    before: i64,
    most: i64,
) -> Result<Vec<(Id<ProcedureVersion>, String)>, DbError> {
    let st = sql!("SELECT id, code FROM procedure_versions WHERE batch_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    q.rows(st, params![batch, before, most], |r| Ok((Id::new(r.get(0)?), r.get(1)?)))
}

/// Takes some of a batch's proposals away, those that wait and those that were accepted and are undone with it; how many.
pub fn drop_changes(unit: &mut Unit, batch: i64, most: i64) -> Result<u64, DbError> {
    let st = sql!(
        "DELETE FROM import_changes WHERE id IN
           (SELECT id FROM import_changes WHERE batch_id = $1 ORDER BY id LIMIT $2)"
    );
    unit.execute(st, params![batch, most])
}
