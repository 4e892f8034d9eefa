//! Forms in all their versions, and the end-to-end tests of services.

use domain::{forms, id::Id, people::Officer};
use platform::db::{DbError, Query, Row, Unit, params, sql};

/// Where a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Draft,
    Published,
    Replaced,
}

impl Status {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Replaced => "replaced",
        }
    }
    fn from_key(key: &str) -> Option<Self> {
        [Self::Draft, Self::Published, Self::Replaced].into_iter().find(|s| s.key() == key)
    }
}

/// One version of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub id: Id<Version>,
    /// 1, 2, 3 … within its code.
    pub number: i64,
    pub form: forms::Form,
    pub status: Status,
    pub published_at: Option<i64>,
    pub changed_at: i64,
    /// Absent for what the product carries.
    pub changed_by: Option<Id<Officer>>,
    pub version: i64,
}

impl Version {
    pub fn is_draft(&self) -> bool {
        self.status == Status::Draft
    }
    /// `1.001193.TK/2`: how the trace names it.
    pub fn subject(&self) -> String {
        format!("{}/{}", self.form.code(), self.number)
    }
}

fn version(r: &Row<'_>) -> Result<Version, DbError> {
    let (body, status): (String, String) = (r.get(2)?, r.get(3)?);
    Ok(Version {
        id: Id::new(r.get(0)?),
        number: r.get(1)?,
        form: serde_json::from_str(&body).map_err(|e| r.impossible(2, e))?,
        status: Status::from_key(&status).ok_or_else(|| r.impossible(3, "not a status"))?,
        published_at: r.get(4)?,
        changed_at: r.get(5)?,
        changed_by: r.get::<Option<i64>>(6)?.map(Id::new),
        version: r.get(7)?,
    })
}

pub fn find(q: &mut impl Query, id: Id<Version>) -> Result<Option<Version>, DbError> {
    let st = sql!(
        "SELECT id, number, body, status, published_at, changed_at, changed_by, version FROM eforms WHERE id = $1"
    );
    q.optional(st, params![id.raw()], version)
}

/// The version that a dossier keeps.
pub fn numbered(q: &mut impl Query, code: &str, number: i64) -> Result<Option<Version>, DbError> {
    let st = sql!(
        "SELECT id, number, body, status, published_at, changed_at, changed_by, version FROM eforms
         WHERE code = $1 AND number = $2"
    );
    q.optional(st, params![code, number], version)
}

/// The newest versions before `before`.
pub fn newest(q: &mut impl Query, before: i64, most: i64) -> Result<Vec<Version>, DbError> {
    let st = sql!(
        "SELECT id, number, body, status, published_at, changed_at, changed_by, version FROM eforms
         WHERE id < $1 ORDER BY id DESC LIMIT $2"
    );
    q.rows(st, params![before, most], version)
}

/// Every version of a form, the newest first.
pub fn of_code(q: &mut impl Query, code: &str) -> Result<Vec<Version>, DbError> {
    let st = sql!(
        "SELECT id, number, body, status, published_at, changed_at, changed_by, version FROM eforms
         WHERE code = $1 ORDER BY number DESC"
    );
    q.rows(st, params![code], version)
}

/// What is in force, for the reference data.
pub fn published(q: &mut impl Query) -> Result<Vec<Version>, DbError> {
    let st = sql!(
        "SELECT id, number, body, status, published_at, changed_at, changed_by, version FROM eforms
         WHERE status = 'published' ORDER BY procedure_code"
    );
    q.rows(st, params![], version)
}

pub fn next_number(q: &mut impl Query, code: &str) -> Result<i64, DbError> {
    let st = sql!("SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM eforms WHERE code = $1");
    q.one(st, params![code], |r| Ok(r.get::<i64>(0)? + 1))
}

pub fn insert(unit: &mut Unit, v: &Version) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO eforms (id, code, number, procedure_code, title, body, status, published_at, changed_at, changed_by, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    unit.execute(
        st,
        params![
            v.id.raw(),
            v.form.code(),
            v.number,
            &v.form.procedure,
            &v.form.title,
            text(&v.form),
            v.status.key(),
            v.published_at,
            v.changed_at,
            v.changed_by.map(Id::raw),
            v.version
        ],
    )
    .map(drop)
}

/// Writes a version over the one it was read in; [`DbError::Stale`] when somebody was faster.
pub fn update(unit: &mut Unit, v: &Version) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE eforms SET title = $1, body = $2, status = $3, published_at = $4, changed_at = $5, changed_by = $6,
                version = version + 1 WHERE id = $7 AND version = $8"
    );
    let params = params![
        &v.form.title,
        text(&v.form),
        v.status.key(),
        v.published_at,
        v.changed_at,
        v.changed_by.map(Id::raw),
        v.id.raw(),
        v.version
    ];
    unit.update_versioned(st, params)
}

/// Whatever is in force for a procedure makes room.
pub fn replace(unit: &mut Unit, procedure: &str) -> Result<(), DbError> {
    let st = sql!("UPDATE eforms SET status = 'replaced' WHERE procedure_code = $1 AND status = 'published'");
    unit.execute(st, params![procedure]).map(drop)
}

pub fn discard(unit: &mut Unit, v: &Version) -> Result<(), DbError> {
    let st = sql!("DELETE FROM eforms WHERE id = $1 AND version = $2 AND status = 'draft'");
    unit.update_versioned(st, params![v.id.raw(), v.version])
}

fn text(form: &forms::Form) -> String {
    // Plain data always turns into JSON.
    serde_json::to_string(form).unwrap_or_default()
}

// ---- what the same person answered before -------------------------------------------------------------------------

/// People and form of the dossiers that a contact has sent, the latest first (INT-14); only who proved the contact asks.
pub fn sent_before(q: &mut impl Query, contact: &str, most: i64) -> Result<Vec<domain::dossier::People>, DbError> {
    let st = sql!(
        "SELECT p.body FROM online_dossiers o JOIN dossier_people p ON p.dossier_id = o.dossier_id
         WHERE o.contact = $1 ORDER BY o.dossier_id DESC LIMIT $2"
    );
    q.rows(st, params![contact, most], |r| {
        let body: String = r.get(0)?;
        serde_json::from_str(&body).map_err(|e| r.impossible(0, e))
    })
}

// ---- end-to-end tests of services (CAT-10) ------------------------------------------------------------------------

/// A recorded end-to-end test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceTest {
    pub id: Id<ServiceTest>,
    pub procedure: String,
    pub at: i64,
    pub officer: Id<Officer>,
    pub subject: String,
    pub passed: bool,
    pub note: String,
    pub form: Option<String>,
}

pub fn insert_test(unit: &mut Unit, t: &ServiceTest) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO service_tests (id, procedure_code, at, officer_id, subject, passed, note, form)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let params =
        params![t.id.raw(), &t.procedure, t.at, t.officer.raw(), &t.subject, t.passed, &t.note, t.form.clone()];
    unit.execute(st, params).map(drop)
}

/// The tests of a procedure's service, the latest first.
pub fn tests_of(q: &mut impl Query, procedure: &str, most: i64) -> Result<Vec<ServiceTest>, DbError> {
    let st = sql!(
        "SELECT id, procedure_code, at, officer_id, subject, passed, note, form FROM service_tests
         WHERE procedure_code = $1 ORDER BY id DESC LIMIT $2"
    );
    q.rows(st, params![procedure, most], |r| {
        Ok(ServiceTest {
            id: Id::new(r.get(0)?),
            procedure: r.get(1)?,
            at: r.get(2)?,
            officer: Id::new(r.get(3)?),
            subject: r.get(4)?,
            passed: r.get(5)?,
            note: r.get(6)?,
            form: r.get(7)?,
        })
    })
}

/// Procedures whose latest test passed.
pub fn tested(q: &mut impl Query) -> Result<Vec<String>, DbError> {
    let st = sql!(
        "SELECT t.procedure_code FROM service_tests t
           JOIN (SELECT procedure_code, MAX(id) AS latest FROM service_tests GROUP BY procedure_code) l ON l.latest = t.id
          WHERE t.passed ORDER BY t.procedure_code"
    );
    q.rows(st, params![], |r| r.get(0))
}

/// The newest dossiers: a bounded look.
pub fn newest_dossiers(q: &mut impl Query) -> Result<Vec<domain::dossier::Dossier>, DbError> {
    q.rows(sql!("SELECT state FROM dossiers ORDER BY id DESC LIMIT 2000"), params![], |r| {
        let state: String = r.get(0)?;
        serde_json::from_str(&state).map_err(|e| r.impossible(0, e))
    })
}

/// The procedure of a draft, to which a test may refer.
pub fn procedure_of_draft(q: &mut impl Query, id: i64) -> Result<Option<String>, DbError> {
    q.optional(sql!("SELECT procedure_code FROM drafts WHERE id = $1"), params![id], |r| r.get(0))
}
