use domain::{id::Id, people::Officer};
use platform::db::{DbError, Query, Unit, params, sql};

/// Notes that an officer decided on a dossier of this procedure, or sent one back.
pub fn note(unit: &mut Unit, officer: Id<Officer>, procedure: &str, at: i64) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO approval_kinds (officer_id, procedure_code, at) VALUES ($1, $2, $3)
         ON CONFLICT (officer_id, procedure_code) DO UPDATE SET at = $3"
    );
    unit.execute(st, params![officer.raw(), procedure, at]).map(drop)
}

/// Those of these procedures of which the officer decided on one before.
pub fn known(q: &mut impl Query, officer: Id<Officer>, codes: Vec<String>) -> Result<Vec<String>, DbError> {
    let st = sql!("SELECT procedure_code FROM approval_kinds WHERE procedure_code {in $1} AND officer_id = $2");
    q.rows(st, params![codes, officer.raw()], |r| r.get(0))
}
