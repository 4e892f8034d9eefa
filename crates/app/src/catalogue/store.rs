use super::words;
use domain::{
    catalogue::{ProcedureCode, ProcedureLevel, ProcedureVersion, Process, PublicationKind, Source, life::Published},
    id::Id,
    people::Officer,
};
use jiff::civil::Date;
use platform::db::{DbError, Query, Row, Unit, params, sql};
use std::collections::HashMap;

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

/// The version in force of every procedure on a day, without those that have ended (CAT-02).
pub fn listed(q: &mut impl Query, day: Date) -> Result<Vec<Listed>, DbError> {
    let st = sql!(
        "SELECT v.id, v.process_id, v.code, v.name, v.field, v.levels FROM
           (SELECT w.id, w.process_id, w.code, w.name, w.field, w.levels, w.abolished,
                   ROW_NUMBER() OVER (PARTITION BY w.code ORDER BY COALESCE(w.effective_from, '') DESC, w.id DESC) AS nth
              FROM procedure_versions w WHERE w.effective_from IS NULL OR w.effective_from <= $1) v
         WHERE v.nth = 1 AND NOT v.abolished
         ORDER BY v.code"
    );
    q.rows(st, params![day.to_string()], |r| {
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

/// One version on its way in.
pub struct NewVersion<'a> {
    pub id: Id<ProcedureVersion>,
    pub version: &'a ProcedureVersion,
    /// SHA-256 of the body: the same content again is not a new version.
    pub digest: String,
    pub body: String,
    pub process: Id<Process>,
    pub origin: Origin,
    pub at_ms: i64,
}

/// Where a version comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    pub source: Source,
    /// SHA-256 of what the source said.
    pub digest: String,
    /// The import that brought it.
    pub batch: Option<i64>,
    /// Who published it; absent for the command line.
    pub officer: Option<Id<Officer>>,
}

pub fn insert_version(unit: &mut Unit, v: &NewVersion<'_>) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO procedure_versions
           (id, code, name, field, levels, body, digest, process_id, effective_from, abolished, created_at,
            source, source_digest, batch_id, officer_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
    );
    let publication = &v.version.publication;
    let from = publication.effective_from.map(|d| d.to_string());
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
            publication.kind == PublicationKind::Abolished,
            v.at_ms,
            v.origin.source.as_str(),
            &v.origin.digest,
            v.origin.batch,
            v.origin.officer.map(Id::raw)
        ],
    )
    .map(drop)
}

/// One version of a procedure with where it came from.
pub struct Held {
    pub id: Id<ProcedureVersion>,
    pub process: Id<Process>,
    pub source: Source,
    pub source_digest: String,
    pub version: ProcedureVersion,
}

/// The version that governs on a day; before the first one has begun, the one that was published last.
pub fn held_on(q: &mut impl Query, code: &str, day: Date) -> Result<Option<Held>, DbError> {
    let st = sql!(
        "SELECT id, process_id, source, source_digest, body FROM procedure_versions
         WHERE code = $1 AND (effective_from IS NULL OR effective_from <= $2)
         ORDER BY COALESCE(effective_from, '') DESC, id DESC LIMIT 1"
    );
    match q.optional(st, params![code, day.to_string()], held)? {
        Some(held) => Ok(Some(held)),
        None => newest(q, code),
    }
}

/// The day on which another version takes over from what governs on `day`.
pub fn next_after(q: &mut impl Query, code: &str, day: Date) -> Result<Option<Date>, DbError> {
    let st = sql!("SELECT MIN(effective_from) FROM procedure_versions WHERE code = $1 AND effective_from > $2");
    let next = q.one(st, params![code, day.to_string()], |r| r.get::<Option<String>>(0))?;
    Ok(next.and_then(|text| text.parse().ok()))
}

/// The version of a procedure that was published last, whenever it takes effect.
pub fn newest(q: &mut impl Query, code: &str) -> Result<Option<Held>, DbError> {
    let st = sql!(
        "SELECT id, process_id, source, source_digest, body FROM procedure_versions
         WHERE code = $1 ORDER BY id DESC LIMIT 1"
    );
    q.optional(st, params![code], held)
}

fn held(r: &Row<'_>) -> Result<Held, DbError> {
    let (source, body): (String, String) = (r.get(2)?, r.get(4)?);
    Ok(Held {
        id: Id::new(r.get(0)?),
        process: Id::new(r.get(1)?),
        source: Source::from_key(&source).ok_or_else(|| r.impossible(2, "not a source"))?,
        source_digest: r.get(3)?,
        version: serde_json::from_str(&body).map_err(|e| r.impossible(4, e))?,
    })
}

/// Whether a source said this of the procedure before.
pub fn has_digest(q: &mut impl Query, code: &str, digest: &str) -> Result<bool, DbError> {
    let st = sql!("SELECT COUNT(*) FROM procedure_versions WHERE code = $1 AND (source_digest = $2 OR digest = $2)");
    Ok(q.one(st, params![code, digest], |r| r.get::<i64>(0))? > 0)
}

/// SHA-256 of what a source said last of the procedure, as far as it was taken.
pub fn last_imported(q: &mut impl Query, code: &str) -> Result<Option<String>, DbError> {
    let st = sql!(
        "SELECT source_digest FROM procedure_versions WHERE code = $1 AND batch_id IS NOT NULL ORDER BY id DESC LIMIT 1"
    );
    q.optional(st, params![code], |r| r.get(0))
}

/// Notes that a dossier was taken in under this version; it can never be deleted any more.
pub fn note_use(unit: &mut Unit, id: Id<ProcedureVersion>) -> Result<(), DbError> {
    let st = sql!("INSERT INTO procedure_uses (version_id) VALUES ($1) ON CONFLICT (version_id) DO NOTHING");
    unit.execute(st, params![id.raw()]).map(drop)
}

/// A version in the list of its procedure.
#[derive(Clone, Debug)]
pub struct VersionRow {
    pub id: Id<ProcedureVersion>,
    pub version: ProcedureVersion,
    pub process: Id<Process>,
    pub source: Source,
    pub batch: Option<i64>,
    pub officer: Option<Id<Officer>>,
    pub created_at: i64,
    pub is_used: bool,
}

impl VersionRow {
    /// What decides whether it governs on a day.
    pub fn published(&self) -> Published {
        let publication = &self.version.publication;
        Published { from: publication.effective_from, abolished: publication.kind == PublicationKind::Abolished }
    }
}

/// Every version of a procedure, in the order in which they were published.
pub fn versions_of(q: &mut impl Query, code: &str) -> Result<Vec<VersionRow>, DbError> {
    let st = sql!(
        "SELECT v.id, v.body, v.process_id, v.source, v.batch_id, v.officer_id, v.created_at, u.version_id
           FROM procedure_versions v LEFT JOIN procedure_uses u ON u.version_id = v.id
          WHERE v.code = $1 ORDER BY v.id"
    );
    q.rows(st, params![code], |r| {
        let (body, source): (String, String) = (r.get(1)?, r.get(3)?);
        Ok(VersionRow {
            id: Id::new(r.get(0)?),
            version: serde_json::from_str(&body).map_err(|e| r.impossible(1, e))?,
            process: Id::new(r.get(2)?),
            source: Source::from_key(&source).ok_or_else(|| r.impossible(3, "not a source"))?,
            batch: r.get(4)?,
            officer: r.get::<Option<i64>>(5)?.map(Id::new),
            created_at: r.get(6)?,
            is_used: r.get::<Option<i64>>(7)?.is_some(),
        })
    })
}

/// Deletes a version that no dossier uses; the data base refuses when one does.
pub fn delete_version(unit: &mut Unit, id: Id<ProcedureVersion>) -> Result<bool, DbError> {
    let st = sql!(
        "DELETE FROM procedure_versions
          WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM procedure_uses u WHERE u.version_id = procedure_versions.id)"
    );
    Ok(unit.execute(st, params![id.raw()])? > 0)
}

/// Officers in charge of each procedure.
pub fn in_charge(q: &mut impl Query) -> Result<HashMap<String, Vec<Id<Officer>>>, DbError> {
    let st = sql!("SELECT code, officer_id FROM procedure_officers ORDER BY code, officer_id");
    let rows = q.rows(st, params![], |r| Ok((r.get::<String>(0)?, Id::new(r.get(1)?))))?;
    let mut all: HashMap<String, Vec<Id<Officer>>> = HashMap::new();
    for (code, officer) in rows {
        all.entry(code).or_default().push(officer);
    }
    Ok(all)
}
