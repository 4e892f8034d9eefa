use domain::{
    dossier::Dossier,
    id::Id,
    mandates::{Mandate, MandateKind, MandateState, Principal, Standing, Term},
    people::Officer,
    time::Instant,
};
use jiff::civil::Date;
use platform::db::{DbError, Query, Row, Unit, params, sql};

/// A mandate as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: Id<Mandate>,
    pub principal: Principal,
    /// Who acts: citizen number and name.
    pub delegate: Principal,
    pub kind: MandateKind,
    pub basis: String,
    pub term: Term,
    pub state: MandateState,
    pub made_at: Instant,
    /// The citizen number of who gave it.
    pub given_by: Option<String>,
    pub decided: Option<(Id<Officer>, Instant)>,
    /// Why it was refused.
    pub reason: String,
}

impl Kept {
    pub fn on(&self, day: Date) -> Standing {
        self.term.on(day, self.state)
    }
}

fn kept(r: &Row<'_>) -> Result<Kept, DbError> {
    let (kind, state): (String, String) = (r.get(5)?, r.get(9)?);
    let (from, until): (String, Option<String>) = (r.get(7)?, r.get(8)?);
    let day = |column: usize, text: &str| text.parse::<Date>().map_err(|e| r.impossible(column, e));
    let decided: (Option<i64>, Option<i64>) = (r.get(12)?, r.get(13)?);
    Ok(Kept {
        id: Id::new(r.get(0)?),
        principal: Principal { number: r.get(1)?, name: r.get(2)? },
        delegate: Principal { number: r.get(3)?, name: r.get(4)? },
        kind: MandateKind::from_key(&kind).ok_or_else(|| r.impossible(5, format!("kind {kind}")))?,
        basis: r.get(6)?,
        term: Term { from: day(7, &from)?, until: until.map(|u| day(8, &u)).transpose()? },
        state: MandateState::from_key(&state).ok_or_else(|| r.impossible(9, format!("state {state}")))?,
        made_at: Instant::from_millis(r.get(10)?),
        given_by: r.get(11)?,
        decided: decided.0.zip(decided.1).map(|(by, at)| (Id::new(by), Instant::from_millis(at))),
        reason: r.get(14)?,
    })
}

/// Writes a mandate; false where the two have one that waits or holds.
pub fn insert(unit: &mut Unit, k: &Kept) -> Result<bool, DbError> {
    let st = sql!(
        "INSERT INTO mandates (id, principal, principal_name, delegate, delegate_name, kind, basis, valid_from, valid_until,
                               state, made_at, given_by, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '') ON CONFLICT DO NOTHING"
    );
    let values = params![
        k.id.raw(),
        &k.principal.number,
        &k.principal.name,
        &k.delegate.number,
        &k.delegate.name,
        k.kind.key(),
        &k.basis,
        k.term.from.to_string(),
        k.term.until.map(|day| day.to_string()),
        k.state.key(),
        k.made_at.millis(),
        k.given_by.as_deref()
    ];
    Ok(unit.execute(st, values)? == 1)
}

/// Ends those of the two that ran out, so that a new one can be given.
pub fn end_run_out(unit: &mut Unit, principal: &str, delegate: &str, today: Date, at: Instant) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE mandates SET state = 'ended', ended_at = $4
         WHERE principal = $1 AND delegate = $2 AND state = 'granted' AND valid_until < $3"
    );
    unit.execute(st, params![principal, delegate, today.to_string(), at.millis()]).map(drop)
}

pub fn find(q: &mut impl Query, id: Id<Mandate>) -> Result<Option<Kept>, DbError> {
    let st = sql!(
        "SELECT id, principal, principal_name, delegate, delegate_name, kind, basis, valid_from, valid_until, state, made_at,
                given_by, decided_by, decided_at, reason FROM mandates WHERE id = $1"
    );
    q.optional(st, params![id.raw()], kept)
}

/// Those by which this person acts, newest first.
pub fn of_delegate(q: &mut impl Query, delegate: &str, most: i64) -> Result<Vec<Kept>, DbError> {
    let st = sql!(
        "SELECT id, principal, principal_name, delegate, delegate_name, kind, basis, valid_from, valid_until, state, made_at,
                given_by, decided_by, decided_at, reason FROM mandates WHERE delegate = $1 ORDER BY id DESC LIMIT $2"
    );
    q.rows(st, params![delegate, most], kept)
}

/// Those by which others act for this principal, newest first.
pub fn of_principal(q: &mut impl Query, principal: &str, most: i64) -> Result<Vec<Kept>, DbError> {
    let st = sql!(
        "SELECT id, principal, principal_name, delegate, delegate_name, kind, basis, valid_from, valid_until, state, made_at,
                given_by, decided_by, decided_at, reason FROM mandates WHERE principal = $1 ORDER BY id DESC LIMIT $2"
    );
    q.rows(st, params![principal, most], kept)
}

/// Those that wait for the counter, first come first served.
pub fn waiting(q: &mut impl Query, after: i64, most: i64) -> Result<Vec<Kept>, DbError> {
    let st = sql!(
        "SELECT id, principal, principal_name, delegate, delegate_name, kind, basis, valid_from, valid_until, state, made_at,
                given_by, decided_by, decided_at, reason
         FROM mandates WHERE state = 'waiting' AND id > $1 ORDER BY id LIMIT $2"
    );
    q.rows(st, params![after, most], kept)
}

/// An officer decides on one that waits; false when somebody was faster.
pub fn decide(
    unit: &mut Unit,
    id: Id<Mandate>,
    to: MandateState,
    by: Id<Officer>,
    at: Instant,
    reason: &str,
) -> Result<bool, DbError> {
    let st = sql!(
        "UPDATE mandates SET state = $2, decided_by = $3, decided_at = $4, reason = $5 WHERE id = $1 AND state = 'waiting'"
    );
    Ok(unit.execute(st, params![id.raw(), to.key(), by.raw(), at.millis(), reason])? == 1)
}

/// One of the two ends it.
pub fn end(unit: &mut Unit, id: Id<Mandate>, at: Instant) -> Result<bool, DbError> {
    let st =
        sql!("UPDATE mandates SET state = 'ended', ended_at = $2 WHERE id = $1 AND state IN ('waiting', 'granted')");
    Ok(unit.execute(st, params![id.raw(), at.millis()])? == 1)
}

/// Ends what somebody gave in the name of this principal.
pub fn end_given_by(unit: &mut Unit, principal: &str, giver: &str, at: Instant) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE mandates SET state = 'ended', ended_at = $3
         WHERE principal = $1 AND given_by = $2 AND kind = 'member' AND state IN ('waiting', 'granted')"
    );
    unit.execute(st, params![principal, giver, at.millis()]).map(drop)
}

/// For whom a session acts from now on; nobody but the person without one.
pub fn act_as(unit: &mut Unit, session: &str, id: Option<Id<Mandate>>) -> Result<(), DbError> {
    let st = sql!("UPDATE citizen_sessions SET mandate_id = $2 WHERE digest = $1");
    unit.execute(st, params![session, id.map(Id::raw)]).map(drop)
}

/// What can be done by a mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Submit,
    Supplement,
    Withdraw,
}

impl What {
    const fn key(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Supplement => "supplement",
            Self::Withdraw => "withdraw",
        }
    }
    /// In both languages.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Submit => ("Nộp hồ sơ", "Handed in"),
            Self::Supplement => ("Nộp bổ sung", "Supplemented"),
            Self::Withdraw => ("Rút hồ sơ", "Withdrew"),
        }
    }
    fn from_key(key: &str) -> Option<Self> {
        [Self::Submit, Self::Supplement, Self::Withdraw].into_iter().find(|w| w.key() == key)
    }
}

/// What was done by a mandate.
#[derive(Clone, Debug)]
pub struct Act {
    pub mandate: Id<Mandate>,
    /// Who acted, and as what.
    pub delegate: Principal,
    pub kind: MandateKind,
    pub code: Option<String>,
    pub what: What,
    pub at: Instant,
}

fn act(r: &Row<'_>) -> Result<Act, DbError> {
    let (kind, what): (String, String) = (r.get(3)?, r.get(5)?);
    Ok(Act {
        mandate: Id::new(r.get(0)?),
        delegate: Principal { number: r.get(1)?, name: r.get(2)? },
        kind: MandateKind::from_key(&kind).ok_or_else(|| r.impossible(3, format!("kind {kind}")))?,
        code: r.get(4)?,
        what: What::from_key(&what).ok_or_else(|| r.impossible(5, format!("act {what}")))?,
        at: Instant::from_millis(r.get(6)?),
    })
}

pub fn put_act(
    unit: &mut Unit,
    id: i64,
    (mandate, principal): (Id<Mandate>, &str),
    dossier: Id<Dossier>,
    what: What,
    at: Instant,
) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO mandate_acts (id, mandate_id, principal, dossier_id, what, at) VALUES ($1, $2, $3, $4, $5, $6)"
    );
    unit.execute(st, params![id, mandate.raw(), principal, dossier.raw(), what.key(), at.millis()]).map(drop)
}

/// What was done on a dossier by mandates, in order.
pub fn acts_on(q: &mut impl Query, dossier: Id<Dossier>, most: i64) -> Result<Vec<Act>, DbError> {
    let st = sql!(
        "SELECT m.id, m.delegate, m.delegate_name, m.kind, d.code, a.what, a.at
         FROM mandate_acts a JOIN mandates m ON m.id = a.mandate_id LEFT JOIN dossiers d ON d.id = a.dossier_id
         WHERE a.dossier_id = $1 ORDER BY a.id LIMIT $2"
    );
    q.rows(st, params![dossier.raw(), most], act)
}

/// What others did for this principal, the latest first.
pub fn acts_of(q: &mut impl Query, principal: &str, most: i64) -> Result<Vec<Act>, DbError> {
    let st = sql!(
        "SELECT m.id, m.delegate, m.delegate_name, m.kind, d.code, a.what, a.at
         FROM mandate_acts a JOIN mandates m ON m.id = a.mandate_id LEFT JOIN dossiers d ON d.id = a.dossier_id
         WHERE a.principal = $1 ORDER BY a.id DESC LIMIT $2"
    );
    q.rows(st, params![principal, most], act)
}
