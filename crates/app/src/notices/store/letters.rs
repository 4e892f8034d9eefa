use domain::{
    dossier::Dossier,
    id::Id,
    notices::{About, Channel},
    time::Instant,
};
use platform::db::{DbError, Query, Row, Unit, packed, params, sql};
use std::collections::HashMap;

/// One message by one channel.
#[derive(Clone, Debug)]
pub struct Notice {
    pub id: i64,
    pub dossier: Id<Dossier>,
    /// The event of the dossier of which it speaks; a reminder of it counts a million more each time.
    pub seq: u32,
    pub about: About,
    pub channel: Channel,
    pub subject: String,
    pub body: String,
    pub at: Instant,
    pub sent_at: Option<Instant>,
}

/// Notes a message; false when it was noted before.
pub fn insert_notice(unit: &mut Unit, n: &Notice) -> Result<bool, DbError> {
    let st = sql!(
        "INSERT INTO notices (id, dossier_id, seq, about, channel, subject, body, at, sent_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING"
    );
    let sent_at = n.sent_at.map(Instant::millis);
    let (about, channel) = (n.about.key(), n.channel.key());
    let row = params![
        n.id,
        n.dossier.raw(),
        n.seq,
        about,
        channel,
        packed(&*n.subject),
        packed(&*n.body),
        n.at.millis(),
        sent_at
    ];
    Ok(unit.execute(st, row)? == 1)
}

fn notice(r: &Row<'_>) -> Result<Notice, DbError> {
    let (about, channel): (String, String) = (r.get(3)?, r.get(4)?);
    let sent_at: Option<i64> = r.get(8)?;
    Ok(Notice {
        id: r.get(0)?,
        dossier: Id::new(r.get(1)?),
        seq: r.get(2)?,
        about: About::from_key(&about).ok_or_else(|| r.impossible(3, &about))?,
        channel: Channel::from_key(&channel).ok_or_else(|| r.impossible(4, &channel))?,
        subject: r.get(5)?,
        body: r.get(6)?,
        at: Instant::from_millis(r.get(7)?),
        sent_at: sent_at.map(Instant::from_millis),
    })
}

pub fn notice_by_id(q: &mut impl Query, id: i64) -> Result<Option<Notice>, DbError> {
    let st = sql!("SELECT id, dossier_id, seq, about, channel, subject, body, at, sent_at FROM notices WHERE id = $1");
    q.optional(st, params![id], notice)
}

/// Several by their ids, in any order.
pub fn notices_by_ids(q: &mut impl Query, ids: Vec<i64>) -> Result<Vec<Notice>, DbError> {
    let st = sql!(
        "SELECT id, dossier_id, seq, about, channel, subject, body, at, sent_at FROM notices WHERE id {in $1} ORDER BY id"
    );
    q.rows(st, params![ids], notice)
}

/// What was told about a dossier and has gone out, newest first.
pub fn told(q: &mut impl Query, dossier: Id<Dossier>, most: i64) -> Result<Vec<Notice>, DbError> {
    let st = sql!(
        "SELECT id, dossier_id, seq, about, channel, subject, body, at, sent_at FROM notices
         WHERE dossier_id = $1 AND sent_at IS NOT NULL ORDER BY at DESC, seq DESC, channel LIMIT $2"
    );
    q.rows(st, params![dossier.raw(), most], notice)
}

/// Marks one as gone out; false when that was noted before, so that it is counted once.
pub fn mark_sent(unit: &mut Unit, id: i64, at_ms: i64) -> Result<bool, DbError> {
    let st = sql!("UPDATE notices SET sent_at = $2 WHERE id = $1 AND sent_at IS NULL");
    Ok(unit.execute(st, params![id, at_ms])? == 1)
}

/// Adds a message to its month.
pub fn count(unit: &mut Unit, month: &str, channel: Channel, parts: u32) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO notice_counts (month, channel, sent, parts) VALUES ($1, $2, 1, $3)
         ON CONFLICT (month, channel) DO UPDATE
         SET sent = notice_counts.sent + 1, parts = notice_counts.parts + $3"
    );
    unit.execute(st, params![month, channel.key(), parts]).map(drop)
}

/// Messages of a month by one channel.
#[derive(Clone, Debug)]
pub struct Count {
    pub month: String,
    pub channel: Option<Channel>,
    pub sent: i64,
    pub parts: i64,
}

/// The months from this one on, the latest first.
pub fn counts(q: &mut impl Query, since: &str) -> Result<Vec<Count>, DbError> {
    let st =
        sql!("SELECT month, channel, sent, parts FROM notice_counts WHERE month >= $1 ORDER BY month DESC, channel");
    q.rows(st, params![since], |r| {
        let channel: String = r.get(1)?;
        Ok(Count { month: r.get(0)?, channel: Channel::from_key(&channel), sent: r.get(2)?, parts: r.get(3)? })
    })
}

/// The codes of these dossiers, for lists that name them.
pub fn codes(q: &mut impl Query, ids: Vec<Id<Dossier>>) -> Result<HashMap<Id<Dossier>, String>, DbError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<i64> = ids.into_iter().map(Id::raw).collect();
    let st = sql!("SELECT id, code FROM dossiers WHERE id {in $1} AND code IS NOT NULL");
    Ok(q.rows(st, params![ids], |r| Ok((Id::new(r.get(0)?), r.get(1)?)))?.into_iter().collect())
}

// ---- dead letters -------------------------------------------------------------------------------------------------

/// A job that was given up.
#[derive(Clone, Debug)]
pub struct Dead {
    pub id: i64,
    pub kind: String,
    pub payload: String,
    pub attempts: u32,
    pub reason: String,
}

/// What was given up, newest first.
pub fn dead_letters(q: &mut impl Query, before: i64, most: i64) -> Result<Vec<Dead>, DbError> {
    let st = sql!(
        "SELECT id, kind, payload, attempts, COALESCE(last_error, '') FROM outbox
         WHERE state = 'dead' AND id < $1 ORDER BY id DESC LIMIT $2"
    );
    q.rows(st, params![before, most], |r| {
        Ok(Dead { id: r.get(0)?, kind: r.get(1)?, payload: r.get(2)?, attempts: r.get(3)?, reason: r.get(4)? })
    })
}

/// Puts a job that was given up back into the outbox; false when somebody else did.
pub fn revive(unit: &mut Unit, id: i64, now_ms: i64) -> Result<bool, DbError> {
    let st = sql!("UPDATE outbox SET state = 'waiting', attempts = 0, run_at = $2 WHERE id = $1 AND state = 'dead'");
    Ok(unit.execute(st, params![id, now_ms])? == 1)
}

/// The same for a stretch of them; the number of those that come back.
pub fn revive_some(unit: &mut Unit, now_ms: i64, most: i64) -> Result<u64, DbError> {
    let st = sql!(
        "UPDATE outbox SET state = 'waiting', attempts = 0, run_at = $1 WHERE id IN
           (SELECT id FROM outbox WHERE state = 'dead' ORDER BY id LIMIT $2)"
    );
    unit.execute(st, params![now_ms, most])
}
