use super::digest::Rows;
use domain::{accounts::Who, dossier::Dossier, id::Id, time::Instant};
use platform::db::{DbError, Query, Unit, packed, params, sql};

/// A check-point as it is kept.
#[derive(Clone, Debug)]
pub struct Row {
    pub seq: i64,
    pub at: i64,
    pub body: String,
    pub before: String,
    pub key_mark: String,
    pub signature: String,
}

fn row(r: &platform::db::Row<'_>) -> Result<Row, DbError> {
    Ok(Row {
        seq: r.get(0)?,
        at: r.get(1)?,
        body: r.get(2)?,
        before: r.get(3)?,
        key_mark: r.get(4)?,
        signature: r.get(5)?,
    })
}

pub fn last(q: &mut impl Query) -> Result<Option<Row>, DbError> {
    let st = sql!("SELECT seq, at, body, before, key_mark, signature FROM checkpoints ORDER BY seq DESC LIMIT 1");
    q.optional(st, params![], row)
}

pub fn after(q: &mut impl Query, seq: i64, most: i64) -> Result<Vec<Row>, DbError> {
    let st =
        sql!("SELECT seq, at, body, before, key_mark, signature FROM checkpoints WHERE seq > $1 ORDER BY seq LIMIT $2");
    q.rows(st, params![seq, most], row)
}

pub fn insert(unit: &mut Unit, r: &Row) -> Result<(), DbError> {
    let st =
        sql!("INSERT INTO checkpoints (seq, at, body, before, key_mark, signature) VALUES ($1, $2, $3, $4, $5, $6)");
    unit.execute(st, params![r.seq, r.at, &r.body, &r.before, &r.key_mark, &r.signature]).map(drop)
}

/// The end of a dossier's chain.
#[derive(Clone, Debug)]
pub struct Head {
    pub dossier: Id<Dossier>,
    pub version: u32,
    pub hash: String,
}

impl Head {
    pub fn add_to(&self, rows: &mut Rows) {
        let (dossier, version) = (self.dossier.raw().to_be_bytes(), self.version.to_be_bytes());
        rows.add(&[&dossier, &version, self.hash.as_bytes()]);
    }
}

fn head(r: &platform::db::Row<'_>) -> Result<Head, DbError> {
    Ok(Head { dossier: Id::new(r.get(0)?), version: r.get(1)?, hash: r.get(2)? })
}

pub fn insert_head(unit: &mut Unit, checkpoint: i64, h: &Head) -> Result<(), DbError> {
    let st = sql!("INSERT INTO checkpoint_heads (dossier_id, version, checkpoint, head) VALUES ($1, $2, $3, $4)");
    unit.execute(st, params![h.dossier.raw(), h.version, checkpoint, packed(&*h.hash)]).map(drop)
}

/// All dossiers whose end no check-point covers yet, by id: for the first pass over a data base.
pub fn unsigned(q: &mut impl Query, after: i64, most: i64) -> Result<Vec<i64>, DbError> {
    let st = sql!(
        "SELECT d.id FROM dossiers d
         LEFT JOIN checkpoint_heads c ON c.dossier_id = d.id AND c.version = d.version
         WHERE d.id > $1 AND c.dossier_id IS NULL ORDER BY d.id LIMIT $2"
    );
    q.rows(st, params![after, most], |r| r.get(0))
}

/// Dossiers with an event since a moment whose end no check-point covers yet, by id. Found officer by officer: that is the
/// order in which the events' index has them, and beside them the system and citizens, who have no account.
pub fn moved(q: &mut impl Query, since: Instant, after: i64, most: i64) -> Result<Vec<i64>, DbError> {
    let st = sql!(
        "SELECT d.id FROM
           (SELECT e.dossier_id FROM officers o JOIN dossier_events e ON e.officer_id = o.id AND e.at >= $1
            UNION SELECT s.dossier_id FROM dossier_events s WHERE s.officer_id = $4 AND s.at >= $1
            UNION SELECT z.dossier_id FROM dossier_events z WHERE z.officer_id = $5 AND z.at >= $1) m
         JOIN dossiers d ON d.id = m.dossier_id
         LEFT JOIN checkpoint_heads c ON c.dossier_id = d.id AND c.version = d.version
         WHERE d.id > $2 AND c.dossier_id IS NULL ORDER BY d.id LIMIT $3"
    );
    let (system, citizen) = (Who::SYSTEM.raw(), Who::CITIZEN.raw());
    q.rows(st, params![since.millis(), after, most, system, citizen], |r| r.get(0))
}

/// The ends of these dossiers' chains, by id.
pub fn heads(q: &mut impl Query, dossiers: Vec<i64>) -> Result<Vec<Head>, DbError> {
    let st = sql!("SELECT id, version, head FROM dossiers WHERE id {in $1} ORDER BY id");
    q.rows(st, params![dossiers], head)
}

/// What a check-point covers of dossiers, with the hash that the event has now; absent when the event is gone.
pub fn covered(
    q: &mut impl Query,
    checkpoint: i64,
    after: i64,
    most: i64,
) -> Result<Vec<(Head, Option<String>)>, DbError> {
    let st = sql!(
        "SELECT h.dossier_id, h.version, h.head, e.hash FROM checkpoint_heads h
         LEFT JOIN dossier_events e ON e.dossier_id = h.dossier_id AND e.seq = h.version
         WHERE h.checkpoint = $1 AND h.dossier_id > $2 ORDER BY h.dossier_id LIMIT $3"
    );
    q.rows(st, params![checkpoint, after, most], |r| Ok((head(r)?, r.get(3)?)))
}

/// The rows of the trace of administration between two ids, the second included, added to a digest; gives the last id.
pub fn add_audit(
    q: &mut impl Query,
    rows: &mut Rows,
    (after, until): (i64, i64),
    most: i64,
) -> Result<Option<i64>, DbError> {
    let st = sql!(
        "SELECT id, at, officer_id, act, subject, detail FROM audit WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3"
    );
    let found = q.rows(st, params![after, until, most], |r| {
        let officer = r.get::<Option<i64>>(2)?.unwrap_or_default().to_be_bytes();
        let (id, at) = (r.get::<i64>(0)?, r.get::<i64>(1)?);
        let (act, subject, detail) = (r.get::<String>(3)?, r.get::<String>(4)?, r.get::<String>(5)?);
        let words = [act.as_bytes(), subject.as_bytes(), detail.as_bytes()];
        rows.add(&[&id.to_be_bytes(), &at.to_be_bytes(), &officer, words[0], words[1], words[2]]);
        Ok(id)
    })?;
    Ok(found.last().copied())
}

/// The same of the looks at personal data.
pub fn add_reads(
    q: &mut impl Query,
    rows: &mut Rows,
    (after, until): (i64, i64),
    most: i64,
) -> Result<Option<i64>, DbError> {
    let st = sql!(
        "SELECT id, dossier_id, officer_id, agency_id, half, first_at, last_at, times, way FROM personal_reads
         WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3"
    );
    let found = q.rows(st, params![after, until, most], |r| {
        let mut fields = Vec::with_capacity(72);
        for column in 0..8 {
            fields.extend(r.get::<i64>(column)?.to_be_bytes());
        }
        rows.add(&[&fields, r.get::<String>(8)?.as_bytes()]);
        r.get::<i64>(0)
    })?;
    Ok(found.last().copied())
}

/// The newest id of the trace of administration.
pub fn last_audit(q: &mut impl Query) -> Result<i64, DbError> {
    Ok(q.optional(sql!("SELECT id FROM audit ORDER BY id DESC LIMIT 1"), params![], |r| r.get(0))?.unwrap_or(0))
}
