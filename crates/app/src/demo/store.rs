use platform::db::{DbError, Query, params, sql};

/// Whether anything was ever taken in.
pub fn has_dossiers(q: &mut impl Query) -> Result<bool, DbError> {
    Ok(q.optional(sql!("SELECT id FROM dossiers LIMIT 1"), params![], |r| r.get::<i64>(0))?.is_some())
}
