use crate::people::store::who;
use domain::{
    accounts::Who,
    id::Id,
    people::{Agency, Officer},
};
use platform::db::{DbError, Query, Row, Select, Unit, params, sql};

/// An open session with the officer it belongs to.
pub struct OpenSession {
    pub who: Who,
    pub name: String,
    pub login: String,
    pub opened_at: i64,
    pub seen_at: i64,
    pub second_factor: bool,
    pub totp_enrolled: bool,
    pub one_time_password: bool,
}

/// The session under this digest, if the account is still active.
pub fn session(q: &mut impl Query, digest: &str) -> Result<Option<OpenSession>, DbError> {
    let st = sql!(
        "SELECT o.id, o.agency_id, o.unit_id, o.centre_id, o.roles, o.name, o.login, s.opened_at, s.seen_at, s.second_factor,
                o.totp_secret IS NOT NULL, o.one_time_password
         FROM sessions s JOIN officers o ON o.id = s.officer_id
         WHERE s.digest = $1 AND o.active"
    );
    q.optional(st, params![digest], |r| {
        Ok(OpenSession {
            who: who(r, [0, 1, 2, 3, 4])?,
            name: r.get(5)?,
            login: r.get(6)?,
            opened_at: r.get(7)?,
            seen_at: r.get(8)?,
            second_factor: r.get(9)?,
            totp_enrolled: r.get(10)?,
            one_time_password: r.get(11)?,
        })
    })
}

/// A session as its owner sees it in a list.
#[derive(Clone, Debug)]
pub struct SessionRow {
    pub digest: String,
    pub opened_at: i64,
    pub seen_at: i64,
}

/// The sessions of an officer, the latest used first.
pub fn sessions_of(q: &mut impl Query, officer: Id<Officer>) -> Result<Vec<SessionRow>, DbError> {
    let st =
        sql!("SELECT digest, opened_at, seen_at FROM sessions WHERE officer_id = $1 ORDER BY seen_at DESC, digest");
    q.rows(st, params![officer.raw()], |r| {
        Ok(SessionRow { digest: r.get(0)?, opened_at: r.get(1)?, seen_at: r.get(2)? })
    })
}

pub fn insert_session(
    unit: &mut Unit,
    digest: &str,
    officer: Id<Officer>,
    at: i64,
    second_factor: bool,
) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO sessions (digest, officer_id, opened_at, seen_at, second_factor) VALUES ($1, $2, $3, $3, $4)"
    );
    unit.execute(st, params![digest, officer.raw(), at, second_factor]).map(drop)
}

/// Remembers that a session was used; once a minute is enough.
pub fn touch_session(unit: &mut Unit, digest: &str, at: i64) -> Result<(), DbError> {
    unit.execute(sql!("UPDATE sessions SET seen_at = $2 WHERE digest = $1 AND seen_at < $2"), params![digest, at])
        .map(drop)
}

/// Ends one session of an officer; whether there was one.
pub fn delete_session(unit: &mut Unit, digest: &str, officer: Id<Officer>) -> Result<bool, DbError> {
    let st = sql!("DELETE FROM sessions WHERE digest = $1 AND officer_id = $2");
    Ok(unit.execute(st, params![digest, officer.raw()])? > 0)
}

/// Ends a session, whoever's it is: at sign-out and when a new token takes its place.
pub fn end_session(unit: &mut Unit, digest: &str) -> Result<(), DbError> {
    unit.execute(sql!("DELETE FROM sessions WHERE digest = $1"), params![digest]).map(drop)
}

/// Ends all sessions of an officer but the named one; gives how many.
pub fn delete_sessions(unit: &mut Unit, officer: Id<Officer>, except: Option<&str>) -> Result<u64, DbError> {
    let st = sql!("DELETE FROM sessions WHERE officer_id = $1 AND digest <> $2");
    unit.execute(st, params![officer.raw(), except.unwrap_or_default()])
}

/// Forgets the officer's sessions opened before a moment: they have run out.
pub fn delete_expired(unit: &mut Unit, officer: Id<Officer>, before: i64) -> Result<(), DbError> {
    let st = sql!("DELETE FROM sessions WHERE officer_id = $1 AND opened_at < $2");
    unit.execute(st, params![officer.raw(), before]).map(drop)
}

/// What signing in needs to know of an account.
#[derive(Clone, Debug)]
pub struct Account {
    pub who: Who,
    pub login: String,
    pub name: String,
    pub password_hash: Option<String>,
    /// Sealed; see `seal.rs`.
    pub totp_secret: Option<String>,
    pub totp_step: Option<i64>,
    /// Digests of the recovery codes that are left.
    pub recovery_codes: Vec<String>,
}

/// The active account with this login.
pub fn account_by_login(q: &mut impl Query, login: &str) -> Result<Option<Account>, DbError> {
    let st = sql!(
        "SELECT id, agency_id, unit_id, centre_id, roles, login, name, password_hash, totp_secret, totp_step, recovery_codes
         FROM officers WHERE login = $1 AND active"
    );
    q.optional(st, params![login], account)
}

/// Reads an account from the columns of the statement above.
fn account(r: &Row<'_>) -> Result<Account, DbError> {
    Ok(Account {
        who: who(r, [0, 1, 2, 3, 4])?,
        login: r.get(5)?,
        name: r.get(6)?,
        password_hash: r.get(7)?,
        totp_secret: r.get(8)?,
        totp_step: r.get(9)?,
        recovery_codes: match r.get::<Option<String>>(10)? {
            Some(text) => serde_json::from_str(&text).map_err(|e| r.impossible(10, e))?,
            None => Vec::new(),
        },
    })
}

/// A password's hash; `one_time` asks for an own password at the next sign-in.
pub fn set_password_hash(unit: &mut Unit, officer: Id<Officer>, hash: &str, one_time: bool) -> Result<(), DbError> {
    let st = sql!("UPDATE officers SET password_hash = $2, one_time_password = $3 WHERE id = $1");
    unit.execute(st, params![officer.raw(), hash, one_time]).map(drop)
}

/// The second factor: sealed secret, the step of the code that proved it, digests of the recovery codes.
pub fn set_totp(
    unit: &mut Unit,
    officer: Id<Officer>,
    sealed: &str,
    step: i64,
    codes: &[String],
) -> Result<(), DbError> {
    let st = sql!("UPDATE officers SET totp_secret = $2, totp_step = $3, recovery_codes = $4 WHERE id = $1");
    unit.execute(st, params![officer.raw(), sealed, step, serde_json::json!(codes).to_string()]).map(drop)
}

/// Takes the second factor away: a lost telephone.
pub fn clear_totp(unit: &mut Unit, officer: Id<Officer>) -> Result<(), DbError> {
    let st = sql!("UPDATE officers SET totp_secret = NULL, totp_step = NULL, recovery_codes = NULL WHERE id = $1");
    unit.execute(st, params![officer.raw()]).map(drop)
}

/// Spends the step of a code; `false` when another request was faster with the same one.
pub fn spend_step(unit: &mut Unit, officer: Id<Officer>, step: i64) -> Result<bool, DbError> {
    let st = sql!("UPDATE officers SET totp_step = $2 WHERE id = $1 AND (totp_step IS NULL OR totp_step < $2)");
    Ok(unit.execute(st, params![officer.raw(), step])? > 0)
}

/// Spends a recovery code; `false` when the list is no longer the one that was read.
pub fn spend_recovery(
    unit: &mut Unit,
    officer: Id<Officer>,
    before: &[String],
    after: &[String],
) -> Result<bool, DbError> {
    let st = sql!("UPDATE officers SET recovery_codes = $3 WHERE id = $1 AND recovery_codes = $2");
    let text = |codes: &[String]| serde_json::json!(codes).to_string();
    Ok(unit.execute(st, params![officer.raw(), text(before), text(after)])? > 0)
}

/// The officer for whom a key acts, with the key's scopes.
pub fn key(q: &mut impl Query, digest: &str) -> Result<Option<(Who, String, String)>, DbError> {
    let st = sql!(
        "SELECT o.id, o.agency_id, o.unit_id, o.centre_id, o.roles, o.login, k.scopes
         FROM api_keys k JOIN officers o ON o.id = k.officer_id
         WHERE k.digest = $1 AND k.revoked_at IS NULL AND o.active"
    );
    q.optional(st, params![digest], |r| Ok((who(r, [0, 1, 2, 3, 4])?, r.get(5)?, r.get(6)?)))
}

pub fn insert_key(
    unit: &mut Unit,
    id: i64,
    digest: &str,
    officer: Id<Officer>,
    scopes: &str,
    at: i64,
) -> Result<(), DbError> {
    let st = sql!("INSERT INTO api_keys (id, digest, officer_id, scopes, created_at) VALUES ($1, $2, $3, $4, $5)");
    unit.execute(st, params![id, digest, officer.raw(), scopes, at]).map(drop)
}

/// A key as its officer's administrator sees it.
#[derive(Clone, Debug)]
pub struct KeyRow {
    pub id: i64,
    pub scopes: String,
    pub created_at: i64,
    pub revoked_at: Option<i64>,
}

pub fn keys_of(q: &mut impl Query, officer: Id<Officer>) -> Result<Vec<KeyRow>, DbError> {
    let st = sql!(
        "SELECT id, scopes, created_at, revoked_at FROM api_keys WHERE officer_id = $1 ORDER BY id DESC LIMIT 200"
    );
    q.rows(st, params![officer.raw()], |r| {
        Ok(KeyRow { id: r.get(0)?, scopes: r.get(1)?, created_at: r.get(2)?, revoked_at: r.get(3)? })
    })
}

/// Takes a key away; `false` when there is none or it was taken away before.
pub fn revoke_key(unit: &mut Unit, id: i64, officer: Id<Officer>, at: i64) -> Result<bool, DbError> {
    let st = sql!("UPDATE api_keys SET revoked_at = $3 WHERE id = $1 AND officer_id = $2 AND revoked_at IS NULL");
    Ok(unit.execute(st, params![id, officer.raw(), at])? > 0)
}

/// The account with this login, also one that was withdrawn.
pub fn officer_by_login(q: &mut impl Query, login: &str) -> Result<Option<Id<Officer>>, DbError> {
    q.optional(sql!("SELECT id FROM officers WHERE login = $1"), params![login], |r| Ok(Id::new(r.get(0)?)))
}

/// One line of the trace of administration.
#[derive(Clone, Debug)]
pub struct AuditRow {
    pub id: i64,
    pub at: i64,
    pub officer: Option<Id<Officer>>,
    pub act: String,
    pub subject: String,
    pub detail: String,
}

pub fn insert_audit(unit: &mut Unit, row: &AuditRow) -> Result<(), DbError> {
    let st = sql!("INSERT INTO audit (id, at, officer_id, act, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)");
    let officer = row.officer.map(Id::raw);
    unit.execute(st, params![row.id, row.at, officer, &row.act, &row.subject, &row.detail]).map(drop)
}

/// The same password, hashed at the cost now configured.
pub fn renew_hash(unit: &mut Unit, officer: Id<Officer>, hash: &str) -> Result<(), DbError> {
    unit.execute(sql!("UPDATE officers SET password_hash = $2 WHERE id = $1"), params![officer.raw(), hash]).map(drop)
}

/// The trace of one subject, newest first.
pub fn trace_of(q: &mut impl Query, subject: &str, before: Option<i64>, most: i64) -> Result<Vec<AuditRow>, DbError> {
    let select = Select::with(
        "SELECT id, at, officer_id, act, subject, detail FROM audit WHERE subject = ?",
        [subject.to_owned().into()],
    );
    q.rows_of(&select.and_some("id < ?", before).order("id DESC").limit(most).build(), audit_row)
}

/// The trace, newest first: everything, or what officers of one agency did and what was done to their accounts.
pub fn trace(
    q: &mut impl Query,
    agency: Option<Id<Agency>>,
    before: Option<i64>,
    most: i64,
) -> Result<Vec<AuditRow>, DbError> {
    let mut select =
        Select::new("SELECT id, at, officer_id, act, subject, detail FROM audit WHERE 1=1").and_some("id < ?", before);
    if let Some(agency) = agency.map(Id::raw) {
        select = select.and_all(
            "officer_id IN (SELECT id FROM officers WHERE agency_id = ?) OR subject IN (SELECT login FROM officers WHERE agency_id = ?)",
            [agency.into(), agency.into()],
        );
    }
    q.rows_of(&select.order("id DESC").limit(most).build(), audit_row)
}

fn audit_row(r: &platform::db::Row<'_>) -> Result<AuditRow, DbError> {
    Ok(AuditRow {
        id: r.get(0)?,
        at: r.get(1)?,
        officer: r.get::<Option<i64>>(2)?.map(Id::new),
        act: r.get(3)?,
        subject: r.get(4)?,
        detail: r.get(5)?,
    })
}
