use crate::dossier::store::FileRow;
use platform::db::{DbError, Query, Row, Unit, params, sql};

/// A file on its way in.
#[derive(Clone, Debug)]
pub struct Upload {
    pub id: i64,
    pub draft: i64,
    pub place: String,
    pub name: String,
    pub size: i64,
    pub received: i64,
    pub is_done: bool,
}

fn upload(r: &Row<'_>) -> Result<Upload, DbError> {
    let sha256: Option<String> = r.get(6)?;
    Ok(Upload {
        id: r.get(0)?,
        draft: r.get(1)?,
        place: r.get(2)?,
        name: r.get(3)?,
        size: r.get(4)?,
        received: r.get(5)?,
        is_done: sha256.is_some(),
    })
}

/// One of this contact's; that of another is not there.
pub fn find(q: &mut impl Query, contact: &str, id: i64) -> Result<Option<Upload>, DbError> {
    let st = sql!(
        "SELECT id, draft_id, place, name, size, received, sha256 FROM online_uploads WHERE contact = $1 AND id = $2"
    );
    q.optional(st, params![contact, id], upload)
}

/// The one that was begun for the same file.
pub fn begun(
    q: &mut impl Query,
    contact: &str,
    draft: i64,
    place: &str,
    mark: &str,
) -> Result<Option<Upload>, DbError> {
    let st = sql!(
        "SELECT id, draft_id, place, name, size, received, sha256 FROM online_uploads
         WHERE draft_id = $2 AND place = $3 AND mark = $4 AND contact = $1"
    );
    q.optional(st, params![contact, draft, place, mark], upload)
}

/// What has not come whole, for the page that says so.
pub fn unfinished(q: &mut impl Query, contact: &str, draft: i64, most: i64) -> Result<Vec<Upload>, DbError> {
    let st = sql!(
        "SELECT id, draft_id, place, name, size, received, sha256 FROM online_uploads
         WHERE contact = $1 AND draft_id = $2 AND sha256 IS NULL AND received > 0 ORDER BY id LIMIT $3"
    );
    q.rows(st, params![contact, draft, most], upload)
}

/// How many a contact has open, whatever the draft.
pub fn open_count(q: &mut impl Query, contact: &str) -> Result<i64, DbError> {
    let st = sql!("SELECT COUNT(*) FROM online_uploads WHERE contact = $1 AND sha256 IS NULL");
    q.one(st, params![contact], |r| r.get(0))
}

pub fn insert(unit: &mut Unit, contact: &str, u: &Upload, mark: &str, now: i64) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO online_uploads (id, contact, draft_id, place, name, size, mark, received, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)"
    );
    unit.execute(st, params![u.id, contact, u.draft, &u.place, &u.name, u.size, mark, now]).map(drop)
}

/// Notes a piece that begins where the last one ended; false when it does not any more.
pub fn put_piece(unit: &mut Unit, id: i64, at: i64, size: i64, sha256: &str, now: i64) -> Result<bool, DbError> {
    let st = sql!(
        "UPDATE online_uploads SET received = received + $3, changed_at = $4
         WHERE id = $1 AND received = $2 AND sha256 IS NULL"
    );
    if unit.execute(st, params![id, at, size, now])? == 0 {
        return Ok(false);
    }
    let st = sql!("INSERT INTO online_upload_pieces (upload_id, at, size, sha256) VALUES ($1, $2, $3, $4)");
    unit.execute(st, params![id, at, size, sha256])?;
    Ok(true)
}

/// The hashes of the pieces, in order.
pub fn pieces(q: &mut impl Query, id: i64) -> Result<Vec<String>, DbError> {
    let st = sql!("SELECT sha256 FROM online_upload_pieces WHERE upload_id = $1 ORDER BY at");
    q.rows(st, params![id], |r| r.get(0))
}

/// It is whole and taken in; its pieces are needed no more.
pub fn finish(unit: &mut Unit, id: i64, f: &FileRow, now: i64) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE online_uploads SET sha256 = $2, kind = $3, pages = $4, kept_name = $5, changed_at = $6 WHERE id = $1"
    );
    unit.execute(st, params![id, &f.sha256, &f.kind, f.pages, &f.name, now])?;
    drop_pieces(unit, id)
}

fn drop_pieces(unit: &mut Unit, id: i64) -> Result<(), DbError> {
    unit.execute(sql!("DELETE FROM online_upload_pieces WHERE upload_id = $1"), params![id]).map(drop)
}

pub fn drop_upload(unit: &mut Unit, id: i64) -> Result<(), DbError> {
    drop_pieces(unit, id)?;
    unit.execute(sql!("DELETE FROM online_uploads WHERE id = $1"), params![id]).map(drop)
}

/// Those of a field that came whole, by their ids.
pub fn finished(q: &mut impl Query, contact: &str, draft: i64, place: &str) -> Result<Vec<(i64, FileRow)>, DbError> {
    let st = sql!(
        "SELECT id, sha256, kept_name, kind, size, pages FROM online_uploads
         WHERE contact = $1 AND draft_id = $2 AND place = $3 AND sha256 IS NOT NULL"
    );
    q.rows(st, params![contact, draft, place], |r| {
        let file = FileRow { sha256: r.get(1)?, name: r.get(2)?, kind: r.get(3)?, size: r.get(4)?, pages: r.get(5)? };
        Ok((r.get(0)?, file))
    })
}

/// Those that nothing has come for since then, the oldest first.
pub fn stale(q: &mut impl Query, before: i64, most: i64) -> Result<Vec<i64>, DbError> {
    let st = sql!("SELECT id FROM online_uploads WHERE changed_at < $1 ORDER BY changed_at LIMIT $2");
    q.rows(st, params![before, most], |r| r.get(0))
}
