use crate::catalogue::store::Origin;
use domain::{
    catalogue::{ProcedureVersion, Source},
    id::Id,
    people::Officer,
};
use platform::db::{DbError, Query, Row, Unit, params, sql};

/// A row that somebody must agree to.
pub struct NewChange<'a> {
    pub id: i64,
    pub line: usize,
    /// The version that it was compared with.
    pub base: Id<ProcedureVersion>,
    pub proposed: &'a ProcedureVersion,
    pub origin: &'a Origin,
}

pub fn insert_change(unit: &mut Unit, batch: i64, c: &NewChange<'_>) -> Result<(), DbError> {
    // What an earlier import proposed may be proposed again, after another version came between: the old proposal can no
    // longer be agreed to. Who decided what stands in the trace.
    let again = sql!("DELETE FROM import_changes WHERE code = $1 AND source_digest = $2");
    unit.execute(again, params![c.proposed.code.as_str(), &c.origin.digest])?;
    let st = sql!(
        "INSERT INTO import_changes (id, batch_id, line, code, base_id, body, source, source_digest, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'pending')"
    );
    let body = serde_json::to_string(c.proposed).unwrap_or_default();
    let line = i64::try_from(c.line).unwrap_or(i64::MAX);
    let code = c.proposed.code.as_str();
    unit.execute(st, params![c.id, batch, line, code, c.base.raw(), body, c.origin.source.as_str(), &c.origin.digest])
        .map(drop)
}

/// What became of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    Pending,
    Accepted,
    Rejected,
}

fn waiting_of(key: &str) -> Option<Waiting> {
    match key {
        "pending" => Some(Waiting::Pending),
        "accepted" => Some(Waiting::Accepted),
        "rejected" => Some(Waiting::Rejected),
        _ => None,
    }
}

/// What became of a source's row that was proposed before, and with which version it was compared.
pub fn waiting(
    q: &mut impl Query,
    code: &str,
    digest: &str,
) -> Result<Option<(Waiting, Id<ProcedureVersion>)>, DbError> {
    let st = sql!("SELECT state, base_id FROM import_changes WHERE code = $1 AND source_digest = $2");
    q.optional(st, params![code, digest], |r| {
        let state: String = r.get(0)?;
        let said = waiting_of(&state).ok_or_else(|| r.impossible(0, "not a state"))?;
        Ok((said, Id::new(r.get(1)?)))
    })
}

/// A proposal with what it would change.
#[derive(Clone, Debug)]
pub struct Change {
    pub id: i64,
    pub batch: i64,
    pub line: i64,
    pub base: Id<ProcedureVersion>,
    pub proposed: ProcedureVersion,
    pub source: Source,
    pub digest: String,
    pub state: Waiting,
}

/// A proposal that was turned down: by whom and when.
#[derive(Clone, Debug)]
pub struct Rejected {
    pub id: i64,
    pub line: i64,
    pub code: String,
    pub officer: Option<Id<Officer>>,
    pub at: Option<i64>,
}

fn change_of(r: &Row<'_>) -> Result<Change, DbError> {
    let (body, source, state): (String, String, String) = (r.get(4)?, r.get(5)?, r.get(7)?);
    Ok(Change {
        id: r.get(0)?,
        batch: r.get(1)?,
        line: r.get(2)?,
        base: Id::new(r.get(3)?),
        proposed: serde_json::from_str(&body).map_err(|e| r.impossible(4, e))?,
        source: Source::from_key(&source).ok_or_else(|| r.impossible(5, "not a source"))?,
        digest: r.get(6)?,
        state: waiting_of(&state).ok_or_else(|| r.impossible(7, "not a state"))?,
    })
}

pub fn change(q: &mut impl Query, id: i64) -> Result<Option<Change>, DbError> {
    let st = sql!(
        "SELECT id, batch_id, line, base_id, body, source, source_digest, state FROM import_changes WHERE id = $1"
    );
    q.optional(st, params![id], change_of)
}

/// Proposals of a batch that wait, after one.
pub fn pending(q: &mut impl Query, batch: i64, after: i64, most: i64) -> Result<Vec<Change>, DbError> {
    let st = sql!(
        "SELECT id, batch_id, line, base_id, body, source, source_digest, state FROM import_changes
          WHERE batch_id = $1 AND state = 'pending' AND id > $2 ORDER BY id LIMIT $3"
    );
    q.rows(st, params![batch, after, most], change_of)
}

/// Proposals of a batch that were turned down, the last line first, before one.
pub fn rejected(q: &mut impl Query, batch: i64, before: i64, most: i64) -> Result<Vec<Rejected>, DbError> {
    let st = sql!(
        "SELECT id, line, code, officer_id, decided_at FROM import_changes
          WHERE batch_id = $1 AND state = 'rejected' AND id < $2 ORDER BY id DESC LIMIT $3"
    );
    q.rows(st, params![batch, before, most], |r| {
        Ok(Rejected {
            id: r.get(0)?,
            line: r.get(1)?,
            code: r.get(2)?,
            officer: r.get::<Option<i64>>(3)?.map(Id::new),
            at: r.get(4)?,
        })
    })
}

/// A proposal that was turned down waits again; `false` when it does already, or its batch goes away.
pub fn reconsider(unit: &mut Unit, id: i64) -> Result<bool, DbError> {
    let st = sql!(
        "UPDATE import_changes SET state = 'pending', officer_id = NULL, decided_at = NULL
          WHERE id = $1 AND state = 'rejected'
            AND NOT EXISTS (SELECT 1 FROM import_batches b WHERE b.id = import_changes.batch_id AND b.state = 'undoing')"
    );
    Ok(unit.execute(st, params![id])? > 0)
}

/// How many proposals of a batch wait.
pub fn pending_count(q: &mut impl Query, batch: i64) -> Result<i64, DbError> {
    let st = sql!("SELECT COUNT(*) FROM import_changes WHERE batch_id = $1 AND state = 'pending'");
    q.one(st, params![batch], |r| r.get(0))
}

/// Notes the decision on a proposal; `false` when somebody has decided before.
pub fn decided(unit: &mut Unit, id: i64, accepted: bool, officer: Id<Officer>, at: i64) -> Result<bool, DbError> {
    let st = sql!(
        "UPDATE import_changes SET state = $2, officer_id = $3, decided_at = $4
          WHERE id = $1 AND state = 'pending'
            AND NOT EXISTS (SELECT 1 FROM import_batches b WHERE b.id = import_changes.batch_id AND b.state = 'undoing')"
    );
    let state = if accepted { "accepted" } else { "rejected" };
    Ok(unit.execute(st, params![id, state, officer.raw(), at])? > 0)
}

/// A proposal that waited is accepted by an import that takes everything.
pub fn settle(unit: &mut Unit, code: &str, origin: &Origin, at: i64) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE import_changes SET state = 'accepted', officer_id = $3, decided_at = $4
          WHERE code = $1 AND source_digest = $2"
    );
    unit.execute(st, params![code, &origin.digest, origin.officer.map(Id::raw), at]).map(drop)
}
