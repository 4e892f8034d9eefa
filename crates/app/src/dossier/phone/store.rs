use crate::dossier::store::FileRow;
use domain::{id::Id, people::Officer};
use platform::db::{DbError, Query, Unit, params, sql};

/// An address for one sending.
#[derive(Clone, Copy, Debug)]
pub struct ScanLink {
    pub id: i64,
    pub officer: Id<Officer>,
    pub made_at: i64,
    pub is_used: bool,
}

pub fn insert_link(unit: &mut Unit, id: i64, digest: &str, officer: Id<Officer>, at: i64) -> Result<(), DbError> {
    let st = sql!("INSERT INTO scan_links (id, digest, officer_id, made_at) VALUES ($1, $2, $3, $4)");
    unit.execute(st, params![id, digest, officer.raw(), at]).map(drop)
}

pub fn link(q: &mut impl Query, digest: &str) -> Result<Option<ScanLink>, DbError> {
    let st = sql!("SELECT id, officer_id, made_at, used_at IS NOT NULL FROM scan_links WHERE digest = $1");
    q.optional(st, params![digest], |r| {
        Ok(ScanLink { id: r.get(0)?, officer: Id::new(r.get(1)?), made_at: r.get(2)?, is_used: r.get(3)? })
    })
}

/// Uses the address up; false when somebody was faster.
pub fn use_up(unit: &mut Unit, id: i64, at: i64) -> Result<bool, DbError> {
    let st = sql!("UPDATE scan_links SET used_at = $2 WHERE id = $1 AND used_at IS NULL");
    Ok(unit.execute(st, params![id, at])? == 1)
}

pub fn add_file(unit: &mut Unit, link: i64, sha256: &str) -> Result<(), DbError> {
    let st = sql!("INSERT INTO scan_files (link_id, sha256) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    unit.execute(st, params![link, sha256]).map(drop)
}

/// What came through an address of this officer.
pub fn files(q: &mut impl Query, link: i64, officer: Id<Officer>) -> Result<Vec<FileRow>, DbError> {
    let st = sql!(
        "SELECT u.sha256, u.name, u.kind, u.size, u.pages FROM scan_links l
         JOIN scan_files f ON f.link_id = l.id
         JOIN uploads u ON u.sha256 = f.sha256 AND u.officer_id = l.officer_id
         WHERE l.id = $1 AND l.officer_id = $2 ORDER BY u.id"
    );
    q.rows(st, params![link, officer.raw()], |r| {
        Ok(FileRow { sha256: r.get(0)?, name: r.get(1)?, kind: r.get(2)?, size: r.get(3)?, pages: r.get(4)? })
    })
}
