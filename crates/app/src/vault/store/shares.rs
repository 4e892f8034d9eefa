//! Links by which somebody without an account sees one paper for a time.

use domain::{id::Id, vault::VaultPaper};
use platform::db::{DbError, Query, Unit, params, sql};

/// A link as its owner sees it.
#[derive(Clone, Debug)]
pub struct Share {
    pub id: i64,
    pub note: String,
    pub until: i64,
}

pub fn insert(unit: &mut Unit, id: i64, paper: Id<VaultPaper>, note: &str, at: i64, until: i64) -> Result<(), DbError> {
    let st = sql!("INSERT INTO vault_shares (id, paper_id, note, made_at, until) VALUES ($1, $2, $3, $4, $5)");
    unit.execute(st, params![id, paper.raw(), note, at, until]).map(drop)
}

/// The links to a paper that are still open, newest first.
pub fn open(q: &mut impl Query, paper: Id<VaultPaper>, now: i64, most: i64) -> Result<Vec<Share>, DbError> {
    let st =
        sql!("SELECT id, note, until FROM vault_shares WHERE paper_id = $1 AND until > $2 ORDER BY id DESC LIMIT $3");
    q.rows(st, params![paper.raw(), now, most], |r| Ok(Share { id: r.get(0)?, note: r.get(1)?, until: r.get(2)? }))
}

/// The paper that a link opens now, with the owner's words for whom it is and until when.
pub fn opened(q: &mut impl Query, id: i64, now: i64) -> Result<Option<(Id<VaultPaper>, String, i64)>, DbError> {
    let st = sql!("SELECT paper_id, note, until FROM vault_shares WHERE id = $1 AND until > $2");
    q.optional(st, params![id, now], |r| Ok((Id::new(r.get(0)?), r.get(1)?, r.get(2)?)))
}

/// Ends a link to this paper.
pub fn end(unit: &mut Unit, paper: Id<VaultPaper>, id: i64) -> Result<(), DbError> {
    unit.execute(sql!("DELETE FROM vault_shares WHERE paper_id = $1 AND id = $2"), params![paper.raw(), id]).map(drop)
}
