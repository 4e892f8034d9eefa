use platform::db::{DbError, Query, Unit, params, sql};

/// Every file that a row names: papers of dossiers, archived slips, uploads since then, imported files, blank forms, pieces, papers of stores.
pub fn named_files(q: &mut impl Query, uploads_since: i64) -> Result<Vec<String>, DbError> {
    let st = sql!(
        "SELECT sha256 FROM dossier_files
         UNION SELECT archived FROM slips WHERE archived IS NOT NULL
         UNION SELECT sha256 FROM uploads WHERE at >= $1
         UNION SELECT sha256 FROM import_batches
         UNION SELECT sha256 FROM catalogue_files
         UNION SELECT sha256 FROM draft_files
         UNION SELECT sha256 FROM online_uploads WHERE sha256 IS NOT NULL
         UNION SELECT sha256 FROM online_upload_pieces
         UNION SELECT sha256 FROM act_draft_files
         UNION SELECT sha256 FROM vault_files"
    );
    q.rows(st, params![uploads_since], |r| r.get(0))
}

/// Forgets uploads of before that moment: what belongs to a dossier by now has a row there. At most so many at a time.
pub fn sweep_uploads(unit: &mut Unit, before: i64, most: i64) -> Result<u64, DbError> {
    let st = sql!("DELETE FROM uploads WHERE id IN (SELECT id FROM uploads WHERE at < $1 ORDER BY at LIMIT $2)");
    unit.execute(st, params![before, most])
}

/// Sessions that ended by age or silence; at most so many at a time.
pub fn sweep_sessions(unit: &mut Unit, opened_before: i64, seen_before: i64, most: i64) -> Result<u64, DbError> {
    let st = sql!(
        "DELETE FROM sessions WHERE digest IN
           (SELECT digest FROM sessions WHERE opened_at < $1 OR seen_at < $2 ORDER BY digest LIMIT $3)"
    );
    unit.execute(st, params![opened_before, seen_before, most])
}
