use crate::people::store::who;
use domain::accounts::Who;
use platform::db::{DbError, Query, params, sql};

/// An open session with the officer it belongs to.
pub struct OpenSession {
    pub who: Who,
    pub name: String,
    pub login: String,
    pub opened_at: i64,
    pub seen_at: i64,
    pub second_factor: bool,
    pub totp_enrolled: bool,
}

/// The session under this digest, if the account is still active.
pub fn session(q: &mut impl Query, digest: &str) -> Result<Option<OpenSession>, DbError> {
    let st = sql!(
        "SELECT o.id, o.agency_id, o.unit_id, o.centre_id, o.roles, o.name, o.login, s.opened_at, s.seen_at, s.second_factor,
                o.totp_secret IS NOT NULL
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
        })
    })
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
