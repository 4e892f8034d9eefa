use domain::{catalogue::ProcedureVersion, id::Id, people::Officer};
use jiff::civil::Date;
use platform::db::{DbError, Query, Row, Unit, params, sql};

/// A procedure being edited.
#[derive(Clone, Debug)]
pub struct Draft {
    pub content: ProcedureVersion,
    /// The version from which it was begun; none for a procedure that has none yet.
    pub base: Option<Id<ProcedureVersion>>,
    /// Counts up with every save.
    pub version: i64,
    pub officer: Id<Officer>,
    pub changed_at: i64,
}

fn draft_of(r: &Row<'_>) -> Result<Draft, DbError> {
    let body: String = r.get(0)?;
    Ok(Draft {
        content: serde_json::from_str(&body).map_err(|e| r.impossible(0, e))?,
        version: r.get(1)?,
        officer: Id::new(r.get(2)?),
        changed_at: r.get(3)?,
        base: r.get::<Option<i64>>(4)?.map(Id::new),
    })
}

pub fn draft(q: &mut impl Query, code: &str) -> Result<Option<Draft>, DbError> {
    let st = sql!("SELECT body, version, officer_id, changed_at, base_id FROM procedure_drafts WHERE code = $1");
    q.optional(st, params![code], draft_of)
}

/// Drafts after a code.
pub fn drafts(q: &mut impl Query, after: &str, most: i64) -> Result<Vec<Draft>, DbError> {
    let st = sql!(
        "SELECT body, version, officer_id, changed_at, base_id FROM procedure_drafts WHERE code > $1 ORDER BY code LIMIT $2"
    );
    q.rows(st, params![after, most], draft_of)
}

/// Begins a draft; an open one stays.
pub fn begin_draft(
    unit: &mut Unit,
    content: &ProcedureVersion,
    base: Option<Id<ProcedureVersion>>,
    by: Id<Officer>,
    at: i64,
) -> Result<bool, DbError> {
    let st = sql!(
        "INSERT INTO procedure_drafts (code, body, version, officer_id, changed_at, base_id) VALUES ($1, $2, 1, $3, $4, $5)
         ON CONFLICT (code) DO NOTHING"
    );
    let body = serde_json::to_string(content).unwrap_or_default();
    Ok(unit.execute(st, params![content.code.as_str(), body, by.raw(), at, base.map(Id::raw)])? > 0)
}

/// Saves a draft over the version that the editor saw; `Stale` when somebody saved since.
pub fn save_draft(
    unit: &mut Unit,
    content: &ProcedureVersion,
    seen: i64,
    by: Id<Officer>,
    at: i64,
) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE procedure_drafts SET body = $3, version = version + 1, officer_id = $4, changed_at = $5
          WHERE code = $1 AND version = $2"
    );
    let body = serde_json::to_string(content).unwrap_or_default();
    unit.update_versioned(st, params![content.code.as_str(), seen, body, by.raw(), at])
}

pub fn drop_draft(unit: &mut Unit, code: &str) -> Result<bool, DbError> {
    Ok(unit.execute(sql!("DELETE FROM procedure_drafts WHERE code = $1"), params![code])? > 0)
}

/// A procedure that is not in force today.
pub struct Other {
    pub code: String,
    pub name: String,
    pub field: String,
    pub from: Option<String>,
}

fn other_of(r: &Row<'_>) -> Result<Other, DbError> {
    Ok(Other { code: r.get(0)?, name: r.get(1)?, field: r.get(2)?, from: r.get(3)? })
}

/// Versions whose day has not come, after a code.
pub fn ahead(q: &mut impl Query, day: Date, after: &str, most: i64) -> Result<Vec<Other>, DbError> {
    let st = sql!(
        "SELECT v.code, v.name, v.field, v.effective_from FROM procedure_versions v
          WHERE v.code > $2 AND v.effective_from > $1
            AND v.id = (SELECT MAX(w.id) FROM procedure_versions w WHERE w.code = v.code AND w.effective_from > $1)
          ORDER BY v.code LIMIT $3"
    );
    q.rows(st, params![day.to_string(), after, most], other_of)
}

/// Procedures that a decision has ended, after a code.
pub fn ended(q: &mut impl Query, day: Date, after: &str, most: i64) -> Result<Vec<Other>, DbError> {
    let st = sql!(
        "SELECT v.code, v.name, v.field, v.effective_from FROM
           (SELECT w.code, w.name, w.field, w.effective_from, w.abolished,
                   ROW_NUMBER() OVER (PARTITION BY w.code ORDER BY COALESCE(w.effective_from, '') DESC, w.id DESC) AS nth
              FROM procedure_versions w WHERE w.code > $2 AND (w.effective_from IS NULL OR w.effective_from <= $1)) v
         WHERE v.nth = 1 AND v.abolished
         ORDER BY v.code LIMIT $3"
    );
    q.rows(st, params![day.to_string(), after, most], other_of)
}

/// One line of what was done to a procedure.
pub struct Done {
    pub id: i64,
    pub at: i64,
    pub officer: Option<Id<Officer>>,
    pub act: String,
    pub detail: String,
}

/// What was done to a procedure before a line, the newest first.
pub fn history(q: &mut impl Query, code: &str, before: i64, most: i64) -> Result<Vec<Done>, DbError> {
    let st = sql!(
        "SELECT id, at, officer_id, act, detail FROM audit WHERE subject = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
    );
    q.rows(st, params![code, before, most], |r| {
        Ok(Done {
            id: r.get(0)?,
            at: r.get(1)?,
            officer: r.get::<Option<i64>>(2)?.map(Id::new),
            act: r.get(3)?,
            detail: r.get(4)?,
        })
    })
}

/// Officers in charge of a procedure.
pub fn in_charge(q: &mut impl Query, code: &str) -> Result<Vec<Id<Officer>>, DbError> {
    let st = sql!("SELECT officer_id FROM procedure_officers WHERE code = $1 ORDER BY officer_id");
    q.rows(st, params![code], |r| Ok(Id::new(r.get(0)?)))
}

pub fn put_in_charge(unit: &mut Unit, code: &str, officer: Id<Officer>) -> Result<(), DbError> {
    let st = sql!("INSERT INTO procedure_officers (code, officer_id) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    unit.execute(st, params![code, officer.raw()]).map(drop)
}

pub fn take_from_charge(unit: &mut Unit, code: &str, officer: Id<Officer>) -> Result<(), DbError> {
    let st = sql!("DELETE FROM procedure_officers WHERE code = $1 AND officer_id = $2");
    unit.execute(st, params![code, officer.raw()]).map(drop)
}

/// A blank form that the Centre keeps.
#[derive(Clone, Debug)]
pub struct FormFile {
    pub sha256: String,
    pub name: String,
    pub kind: String,
    pub size: i64,
}

pub fn form_file(q: &mut impl Query, sha256: &str) -> Result<Option<FormFile>, DbError> {
    let st = sql!("SELECT sha256, name, kind, size FROM catalogue_files WHERE sha256 = $1");
    q.optional(st, params![sha256], |r| {
        Ok(FormFile { sha256: r.get(0)?, name: r.get(1)?, kind: r.get(2)?, size: r.get(3)? })
    })
}

pub fn keep_form_file(unit: &mut Unit, f: &FormFile, by: Id<Officer>, at: i64) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO catalogue_files (sha256, name, kind, size, officer_id, at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (sha256) DO NOTHING"
    );
    unit.execute(st, params![&f.sha256, &f.name, &f.kind, f.size, by.raw(), at]).map(drop)
}
