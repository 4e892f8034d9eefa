use crate::dossier::store::FileRow;
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

/// The files that the draft names stay as long as it does (`dossier::store::upload`, `worker::orphans`).
pub fn keep_files(
    unit: &mut Unit,
    officer: Id<Officer>,
    dossier: Id<Dossier>,
    step: &str,
    files: &[FileRow],
) -> Result<(), DbError> {
    forget_files(unit, officer, dossier, step)?;
    let st = sql!(
        "INSERT INTO act_draft_files (officer_id, sha256, dossier_id, step, name, kind, size, pages)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING"
    );
    for f in files {
        unit.execute(st, params![officer.raw(), &f.sha256, dossier.raw(), step, &f.name, &f.kind, f.size, f.pages])?;
    }
    Ok(())
}

fn forget_files(unit: &mut Unit, officer: Id<Officer>, dossier: Id<Dossier>, step: &str) -> Result<(), DbError> {
    let st = sql!("DELETE FROM act_draft_files WHERE officer_id = $1 AND dossier_id = $2 AND step = $3");
    unit.execute(st, params![officer.raw(), dossier.raw(), step]).map(drop)
}

pub fn forget(unit: &mut Unit, officer: Id<Officer>, dossier: Id<Dossier>, step: &str) -> Result<(), DbError> {
    forget_files(unit, officer, dossier, step)?;
    let st = sql!("DELETE FROM act_drafts WHERE officer_id = $1 AND dossier_id = $2 AND step = $3");
    unit.execute(st, params![officer.raw(), dossier.raw(), step]).map(drop)
}
