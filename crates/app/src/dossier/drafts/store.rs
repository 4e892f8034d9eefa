use domain::{dossier::Dossier, id::Id, people::Officer, time::Instant};
use platform::db::{DbError, Query, Unit, params, sql};

pub fn keep(
    unit: &mut Unit,
    officer: Id<Officer>,
    dossier: Id<Dossier>,
    step: &str,
    at: Instant,
    body: &str,
) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO act_drafts (officer_id, dossier_id, step, at, body) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (officer_id, dossier_id, step) DO UPDATE SET at = $4, body = $5"
    );
    unit.execute(st, params![officer.raw(), dossier.raw(), step, at.millis(), body]).map(drop)
}

pub fn find(
    q: &mut impl Query,
    officer: Id<Officer>,
    dossier: Id<Dossier>,
    step: &str,
) -> Result<Option<(Instant, String)>, DbError> {
    let st = sql!("SELECT at, body FROM act_drafts WHERE officer_id = $1 AND dossier_id = $2 AND step = $3");
    q.optional(st, params![officer.raw(), dossier.raw(), step], |r| Ok((Instant::from_millis(r.get(0)?), r.get(1)?)))
}

pub fn forget(unit: &mut Unit, officer: Id<Officer>, dossier: Id<Dossier>, step: &str) -> Result<(), DbError> {
    let st = sql!("DELETE FROM act_drafts WHERE officer_id = $1 AND dossier_id = $2 AND step = $3");
    unit.execute(st, params![officer.raw(), dossier.raw(), step]).map(drop)
}
