use super::{Work, work};
use domain::{dossier::Dossier, id::Id, people::Centre};
use platform::db::{DbError, Query, params, sql};

/// Rows of these dossiers.
pub fn works(q: &mut impl Query, ids: &[Id<Dossier>]) -> Result<Vec<Work>, DbError> {
    let st = sql!(
        "SELECT d.id, d.state, d.due_key, p.body FROM dossiers d LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE d.id {in $1} ORDER BY d.due_key, d.id"
    );
    let ids: Vec<i64> = ids.iter().map(|id| id.raw()).collect();
    q.rows(st, params![ids], work)
}

/// Codes of the procedures that a centre took in most among the province's newest dossiers: a bounded look, so that it
/// costs the same however many dossiers there are.
pub fn frequent_procedures(q: &mut impl Query, centre: Id<Centre>, most: i64) -> Result<Vec<String>, DbError> {
    let st = sql!(
        "SELECT v.code, COUNT(*) FROM
           (SELECT procedure_id, centre_id FROM dossiers ORDER BY id DESC LIMIT 2000) recent
         JOIN procedure_versions v ON v.id = recent.procedure_id
         WHERE recent.centre_id = $1 GROUP BY v.code ORDER BY COUNT(*) DESC, v.code LIMIT $2"
    );
    q.rows(st, params![centre.raw(), most], |r| r.get(0))
}
