use super::words;
use domain::{
    catalogue::{ProcedureCode, ProcedureLevel, ProcedureVersion, Process},
    id::Id,
};
use platform::db::{DbError, Query, Unit, params, sql};

/// A procedure in force as lists and search need it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub version: Id<ProcedureVersion>,
    pub process: Id<Process>,
    pub code: ProcedureCode,
    pub name: String,
    pub field: String,
    pub levels: Vec<ProcedureLevel>,
}

/// The last version of every procedure that is not abolished.
pub fn listed(q: &mut impl Query) -> Result<Vec<Listed>, DbError> {
    let st = sql!(
        "SELECT v.id, v.process_id, v.code, v.name, v.field, v.levels FROM procedure_versions v
         WHERE NOT v.abolished
           AND v.id = (SELECT MAX(w.id) FROM procedure_versions w WHERE w.code = v.code)
         ORDER BY v.code"
    );
    q.rows(st, params![], |r| {
        let (code, levels): (String, String) = (r.get(2)?, r.get(5)?);
        Ok(Listed {
            version: Id::new(r.get(0)?),
            process: Id::new(r.get(1)?),
            code: code.parse().map_err(|_| r.impossible(2, "not a procedure code"))?,
            name: r.get(3)?,
            field: r.get(4)?,
            levels: levels.split(' ').filter_map(words::level_of).collect(),
        })
    })
}

/// The given versions, in no order.
pub fn versions(
    q: &mut impl Query,
    ids: &[Id<ProcedureVersion>],
) -> Result<Vec<(Id<ProcedureVersion>, ProcedureVersion)>, DbError> {
    let ids: Vec<i64> = ids.iter().map(|id| id.raw()).collect();
    q.rows(sql!("SELECT id, body FROM procedure_versions WHERE id {in $1}"), params![ids], |r| {
        let body: String = r.get(1)?;
        Ok((Id::new(r.get(0)?), serde_json::from_str(&body).map_err(|e| r.impossible(1, e))?))
    })
}

/// One version with its process.
pub fn version(
    q: &mut impl Query,
    id: Id<ProcedureVersion>,
) -> Result<Option<(ProcedureVersion, Id<Process>)>, DbError> {
    let st = sql!("SELECT body, process_id FROM procedure_versions WHERE id = $1");
    q.optional(st, params![id.raw()], |r| {
        let body: String = r.get(0)?;
        Ok((serde_json::from_str(&body).map_err(|e| r.impossible(0, e))?, Id::new(r.get(1)?)))
    })
}

/// What an import writes for one version.
pub struct NewVersion<'a> {
    pub id: Id<ProcedureVersion>,
    pub version: &'a ProcedureVersion,
    /// SHA-256 of the body: the same content again is not a new version.
    pub digest: String,
    pub body: String,
    pub process: Id<Process>,
    pub abolished: bool,
    pub at_ms: i64,
}

pub fn insert_version(unit: &mut Unit, v: &NewVersion<'_>) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO procedure_versions
           (id, code, name, field, levels, body, digest, process_id, effective_from, abolished, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let from = v.version.publication.effective_from.map(|d| d.to_string());
    let levels: Vec<_> = v.version.levels.iter().copied().map(words::level_key).collect();
    unit.execute(
        st,
        params![
            v.id.raw(),
            v.version.code.as_str(),
            &v.version.name,
            &v.version.field.name,
            levels.join(" "),
            &v.body,
            &v.digest,
            v.process.raw(),
            from,
            v.abolished,
            v.at_ms
        ],
    )
    .map(drop)
}

/// The digest of the last version of a procedure.
pub fn last_digest(q: &mut impl Query, code: &str) -> Result<Option<String>, DbError> {
    let st = sql!("SELECT digest FROM procedure_versions WHERE code = $1 ORDER BY id DESC LIMIT 1");
    q.optional(st, params![code], |r| r.get(0))
}

/// Whether a procedure ever had this content.
pub fn has_digest(q: &mut impl Query, code: &str, digest: &str) -> Result<bool, DbError> {
    let st = sql!("SELECT id FROM procedure_versions WHERE code = $1 AND digest = $2");
    Ok(q.optional(st, params![code, digest], |r| r.get::<i64>(0))?.is_some())
}
