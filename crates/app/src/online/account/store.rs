use platform::db::{DbError, Query, Unit, params, sql};

/// How somebody wants to be told.
#[derive(Clone, Debug, Default)]
pub struct Account {
    pub phone: String,
    pub email: String,
    /// Keys of channels, between blanks.
    pub channels: String,
}

pub fn account(q: &mut impl Query, contact: &str) -> Result<Option<Account>, DbError> {
    let st = sql!("SELECT phone, email, channels FROM citizen_accounts WHERE contact = $1");
    q.optional(st, params![contact], |r| Ok(Account { phone: r.get(0)?, email: r.get(1)?, channels: r.get(2)? }))
}

/// What the identity provider told, where nothing was chosen here yet.
pub fn first(unit: &mut Unit, contact: &str, phone: &str, email: &str, now: i64) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO citizen_accounts (contact, phone, email, channels, changed_at)
         VALUES ($1, $2, $3, 'sms email zalo', $4) ON CONFLICT DO NOTHING"
    );
    unit.execute(st, params![contact, phone, email, now]).map(drop)
}

pub fn put(unit: &mut Unit, contact: &str, a: &Account, now: i64) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO citizen_accounts (contact, phone, email, channels, changed_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (contact) DO UPDATE SET phone = $2, email = $3, channels = $4, changed_at = $5"
    );
    unit.execute(st, params![contact, &a.phone, &a.email, &a.channels, now]).map(drop)
}

/// A session as its owner sees it.
pub struct Open {
    pub digest: String,
    pub opened_at: i64,
    pub seen_at: i64,
    pub device: String,
}

/// The sessions of a citizen, newest first.
pub fn sessions(q: &mut impl Query, contact: &str, most: i64) -> Result<Vec<Open>, DbError> {
    let st = sql!(
        "SELECT digest, opened_at, seen_at, device FROM citizen_sessions
         WHERE contact = $1 ORDER BY opened_at DESC LIMIT $2"
    );
    q.rows(st, params![contact, most], |r| {
        let device: Option<String> = r.get(3)?;
        Ok(Open { digest: r.get(0)?, opened_at: r.get(1)?, seen_at: r.get(2)?, device: device.unwrap_or_default() })
    })
}

/// Ends a session of this citizen; that of another stays.
pub fn end(unit: &mut Unit, contact: &str, digest: &str) -> Result<(), DbError> {
    let st = sql!("DELETE FROM citizen_sessions WHERE contact = $1 AND digest = $2");
    unit.execute(st, params![contact, digest]).map(drop)
}

pub fn end_all(unit: &mut Unit, contact: &str) -> Result<(), DbError> {
    unit.execute(sql!("DELETE FROM citizen_sessions WHERE contact = $1"), params![contact]).map(drop)
}

/// The wording of what data is used for, as `online/purposes.html` has it: another one is agreed to anew.
const WORDING: i64 = 1;

/// Notes that a citizen agreed to it by signing in; the first time counts.
pub fn agree(unit: &mut Unit, contact: &str, now: i64) -> Result<(), DbError> {
    let st = sql!("INSERT INTO citizen_consents (contact, wording, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
    unit.execute(st, params![contact, WORDING, now]).map(drop)
}

/// When they agreed.
pub fn agreed_at(q: &mut impl Query, contact: &str) -> Result<Option<i64>, DbError> {
    let st = sql!("SELECT at FROM citizen_consents WHERE contact = $1 AND wording = $2");
    q.optional(st, params![contact, WORDING], |r| r.get(0))
}
