use domain::time::Instant;
use platform::db::{DbError, Query, params, sql};

/// Open dossiers, and those of them whose clock still runs past the due date. Each part is answered by one of the three
/// partial indexes of open dossiers, so that millions of closed ones cost nothing.
pub fn open_and_overdue(q: &mut impl Query, now: Instant) -> Result<(i64, i64), DbError> {
    let parts = [
        sql!(
            "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN due_key < $1 AND step IN ('assign', 'appraise', 'approve') THEN 1 ELSE 0 END), 0) AS BIGINT)
             FROM dossiers WHERE holder_officer_id IS NOT NULL"
        ),
        sql!(
            "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN due_key < $1 AND step IN ('assign', 'appraise', 'approve') THEN 1 ELSE 0 END), 0) AS BIGINT)
             FROM dossiers WHERE holder_officer_id IS NULL AND holder_centre_id IS NULL AND step IS NOT NULL"
        ),
        sql!(
            "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN due_key < $1 AND step IN ('assign', 'appraise', 'approve') THEN 1 ELSE 0 END), 0) AS BIGINT)
             FROM dossiers WHERE holder_officer_id IS NULL AND holder_centre_id IS NOT NULL"
        ),
    ];
    let mut sum = (0, 0);
    for part in parts {
        let (open, overdue): (i64, i64) = q.one(part, params![now.millis()], |r| Ok((r.get(0)?, r.get(1)?)))?;
        sum = (sum.0 + open, sum.1 + overdue);
    }
    Ok(sum)
}

/// Effects that wait, and those given up.
pub fn outbox(q: &mut impl Query) -> Result<(i64, i64), DbError> {
    let waiting = q.one(sql!("SELECT COUNT(*) FROM outbox WHERE state = 'waiting'"), params![], |r| r.get(0))?;
    let dead = q.one(sql!("SELECT COUNT(*) FROM outbox WHERE state = 'dead'"), params![], |r| r.get(0))?;
    Ok((waiting, dead))
}
