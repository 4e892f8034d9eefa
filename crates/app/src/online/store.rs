use super::citizen::{Opening, Proof};
use crate::dossier::store::FileRow;
use domain::{
    dossier::{Dossier, People},
    id::Id,
    people::{Agency, Centre},
};
use platform::db::{DbError, Query, Row, Unit, params, sql};

// ---- codes and sessions -------------------------------------------------------------------------------------------

/// A code as it is kept.
pub struct Code<'a> {
    pub id: i64,
    pub token: &'a str,
    pub contact: &'a str,
    pub address: &'a str,
    pub mac: &'a str,
}

/// How many codes a contact asked for since then.
pub fn codes_since(q: &mut impl Query, contact: &str, since: i64) -> Result<i64, DbError> {
    q.one(sql!("SELECT COUNT(*) FROM one_time_codes WHERE contact = $1 AND at > $2"), params![contact, since], |r| {
        r.get(0)
    })
}

pub fn insert_code(unit: &mut Unit, c: &Code<'_>, at: i64, expires_at: i64) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO one_time_codes (id, token, contact, address, mac, at, expires_at, tries, used)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, FALSE)"
    );
    unit.execute(st, params![c.id, c.token, c.contact, c.address, c.mac, at, expires_at]).map(drop)
}

/// A code of which one more try has just been counted.
pub struct TriedCode {
    pub id: i64,
    pub address: String,
    pub mac: String,
    pub tries: i64,
}

/// Counts a try; `None` when the code is over.
pub fn try_code(unit: &mut Unit, token: &str, now: i64, most: i64) -> Result<Option<TriedCode>, DbError> {
    let st = sql!(
        "UPDATE one_time_codes SET tries = tries + 1
         WHERE token = $1 AND used = FALSE AND expires_at > $2 AND tries < $3 RETURNING id, address, mac, tries"
    );
    unit.optional(st, params![token, now, most], |r| {
        Ok(TriedCode { id: r.get(0)?, address: r.get(1)?, mac: r.get(2)?, tries: r.get(3)? })
    })
}

/// To whom the code of this token went, while it is worth something.
pub fn code_address(q: &mut impl Query, token: &str, now: i64) -> Result<Option<String>, DbError> {
    let st = sql!("SELECT address FROM one_time_codes WHERE token = $1 AND used = FALSE AND expires_at > $2");
    q.optional(st, params![token, now], |r| r.get(0))
}

pub fn use_code(unit: &mut Unit, id: i64) -> Result<(), DbError> {
    unit.execute(sql!("UPDATE one_time_codes SET used = TRUE WHERE id = $1"), params![id]).map(drop)
}

/// An open session of a citizen.
pub struct CitizenSession {
    pub contact: String,
    pub address: String,
    pub opened_at: i64,
    pub seen_at: i64,
    pub name: Option<String>,
    /// By which it acts for somebody else.
    pub mandate: Option<i64>,
}

pub fn session(q: &mut impl Query, digest: &str) -> Result<Option<CitizenSession>, DbError> {
    let st =
        sql!("SELECT contact, address, opened_at, seen_at, name, mandate_id FROM citizen_sessions WHERE digest = $1");
    q.optional(st, params![digest], |r| {
        Ok(CitizenSession {
            contact: r.get(0)?,
            address: r.get(1)?,
            opened_at: r.get(2)?,
            seen_at: r.get(3)?,
            name: r.get(4)?,
            mandate: r.get(5)?,
        })
    })
}

pub fn insert_session(
    unit: &mut Unit,
    digest: &str,
    contact: &str,
    address: &str,
    opening: &Opening,
    now: i64,
) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO citizen_sessions (digest, contact, address, opened_at, seen_at, name, device)
         VALUES ($1, $2, $3, $4, $4, $5, $6)"
    );
    unit.execute(st, params![digest, contact, address, now, opening.name.as_deref(), &opening.device]).map(drop)
}

pub fn touch_session(unit: &mut Unit, digest: &str, now: i64) -> Result<(), DbError> {
    unit.execute(sql!("UPDATE citizen_sessions SET seen_at = $2 WHERE digest = $1"), params![digest, now]).map(drop)
}

pub fn end_session(unit: &mut Unit, digest: &str) -> Result<(), DbError> {
    unit.execute(sql!("DELETE FROM citizen_sessions WHERE digest = $1"), params![digest]).map(drop)
}

/// Forgets codes and sessions of before; gives how many.
pub fn sweep_codes(unit: &mut Unit, before: i64, most: i64) -> Result<u64, DbError> {
    let st = sql!(
        "DELETE FROM one_time_codes WHERE id IN (SELECT id FROM one_time_codes WHERE at < $1 ORDER BY at LIMIT $2)"
    );
    unit.execute(st, params![before, most])
}

pub fn sweep_sessions(unit: &mut Unit, before: i64, most: i64) -> Result<u64, DbError> {
    let st = sql!(
        "DELETE FROM citizen_sessions WHERE digest IN
           (SELECT digest FROM citizen_sessions WHERE opened_at < $1 ORDER BY opened_at LIMIT $2)"
    );
    unit.execute(st, params![before, most])
}

/// Drafts that nobody touched since then, the oldest first.
pub fn stale_drafts(q: &mut impl Query, before: i64, most: i64) -> Result<Vec<i64>, DbError> {
    let st = sql!("SELECT id FROM drafts WHERE dossier_id IS NULL AND changed_at < $1 ORDER BY changed_at LIMIT $2");
    q.rows(st, params![before, most], |r| r.get(0))
}

// ---- drafts -------------------------------------------------------------------------------------------------------

/// A draft as it is kept.
#[derive(Clone, Debug)]
pub struct DraftRow {
    pub id: i64,
    pub procedure: String,
    pub body: String,
    pub changed_at: i64,
    pub dossier: Option<Id<Dossier>>,
}

fn draft(r: &Row<'_>) -> Result<DraftRow, DbError> {
    let dossier: Option<i64> = r.get(4)?;
    Ok(DraftRow {
        id: r.get(0)?,
        procedure: r.get(1)?,
        body: r.get(2)?,
        changed_at: r.get(3)?,
        dossier: dossier.map(Id::new),
    })
}

/// A draft of this contact; that of another is not there.
pub fn draft_of(q: &mut impl Query, contact: &str, id: i64) -> Result<Option<DraftRow>, DbError> {
    let st = sql!("SELECT id, procedure_code, body, changed_at, dossier_id FROM drafts WHERE contact = $1 AND id = $2");
    q.optional(st, params![contact, id], draft)
}

/// The open drafts of a contact, newest first.
pub fn open_drafts(q: &mut impl Query, contact: &str, most: i64) -> Result<Vec<DraftRow>, DbError> {
    let st = sql!(
        "SELECT id, procedure_code, body, changed_at, dossier_id FROM drafts
         WHERE contact = $1 AND dossier_id IS NULL ORDER BY id DESC LIMIT $2"
    );
    q.rows(st, params![contact, most], draft)
}

pub fn insert_draft(
    unit: &mut Unit,
    id: i64,
    contact: &str,
    procedure: &str,
    body: &str,
    now: i64,
) -> Result<(), DbError> {
    let st = sql!("INSERT INTO drafts (id, contact, procedure_code, body, changed_at) VALUES ($1, $2, $3, $4, $5)");
    unit.execute(st, params![id, contact, procedure, body, now]).map(drop)
}

/// Writes a draft that is still open; false when it was sent or dropped meanwhile.
pub fn put_draft(unit: &mut Unit, contact: &str, id: i64, body: &str, now: i64) -> Result<bool, DbError> {
    let st = sql!("UPDATE drafts SET body = $3, changed_at = $4 WHERE contact = $1 AND id = $2 AND dossier_id IS NULL");
    Ok(unit.execute(st, params![contact, id, body, now])? == 1)
}

/// The draft has become a dossier: nothing that was typed is kept twice.
pub fn close_draft(unit: &mut Unit, id: i64, dossier: Id<Dossier>) -> Result<(), DbError> {
    unit.execute(sql!("UPDATE drafts SET dossier_id = $2, body = '{}' WHERE id = $1"), params![id, dossier.raw()])?;
    drop_files(unit, id)
}

pub fn drop_draft(unit: &mut Unit, id: i64) -> Result<(), DbError> {
    drop_files(unit, id)?;
    unit.execute(sql!("DELETE FROM drafts WHERE id = $1 AND dossier_id IS NULL"), params![id]).map(drop)
}

fn file(r: &Row<'_>) -> Result<(String, FileRow), DbError> {
    let row = FileRow { sha256: r.get(1)?, name: r.get(2)?, kind: r.get(3)?, size: r.get(4)?, pages: r.get(5)? };
    Ok((r.get(0)?, row))
}

/// The files of a draft with the paper to which each belongs.
pub fn draft_files(q: &mut impl Query, draft: i64) -> Result<Vec<(String, FileRow)>, DbError> {
    let st = sql!(
        "SELECT place, sha256, name, kind, size, pages FROM draft_files WHERE draft_id = $1 ORDER BY place, name, sha256"
    );
    q.rows(st, params![draft], file)
}

pub fn put_file(unit: &mut Unit, draft: i64, place: &str, f: &FileRow) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO draft_files (draft_id, place, sha256, name, kind, size, pages)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
    );
    unit.execute(st, params![draft, place, &f.sha256, &f.name, &f.kind, f.size, f.pages]).map(drop)
}

pub fn drop_file(unit: &mut Unit, draft: i64, place: &str, sha256: &str) -> Result<(), DbError> {
    let st = sql!("DELETE FROM draft_files WHERE draft_id = $1 AND place = $2 AND sha256 = $3");
    unit.execute(st, params![draft, place, sha256]).map(drop)
}

/// Forgets the files that lie for a draft, or for a dossier's supplement: they belong to the dossier now.
pub fn drop_files(unit: &mut Unit, draft: i64) -> Result<(), DbError> {
    unit.execute(sql!("DELETE FROM draft_files WHERE draft_id = $1"), params![draft]).map(drop)
}

/// Files that this contact has sent with earlier dossiers for a paper of this id, the latest first (INT-14).
pub fn sent_before(q: &mut impl Query, contact: &str, most: i64) -> Result<Vec<(String, FileRow)>, DbError> {
    let st = sql!(
        "SELECT f.place, f.sha256, f.name, f.kind, f.size, f.pages
         FROM online_dossiers o JOIN dossier_files f ON f.dossier_id = o.dossier_id
         WHERE o.contact = $1 AND f.place <> 'result' ORDER BY o.dossier_id DESC LIMIT $2"
    );
    q.rows(st, params![contact, most], file)
}

// ---- what was sent ------------------------------------------------------------------------------------------------

pub fn own(unit: &mut Unit, contact: &str, dossier: Id<Dossier>) -> Result<(), DbError> {
    let st = sql!("INSERT INTO online_dossiers (contact, dossier_id) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    unit.execute(st, params![contact, dossier.raw()]).map(drop)
}

/// Whether it is theirs: sent by this contact, or naming the proved identity number as its applicant's.
pub fn owns(q: &mut impl Query, proof: &Proof, dossier: Id<Dossier>) -> Result<bool, DbError> {
    let st = sql!("SELECT dossier_id FROM online_dossiers WHERE contact = $1 AND dossier_id = $2");
    if q.optional(st, params![&proof.key, dossier.raw()], |r| r.get::<i64>(0))?.is_some() {
        return Ok(true);
    }
    let Some(identity) = &proof.identity else { return Ok(false) };
    let st = sql!("SELECT dossier_id FROM dossier_people WHERE identity = $1 AND dossier_id = $2");
    Ok(q.optional(st, params![identity, dossier.raw()], |r| r.get::<i64>(0))?.is_some())
}

/// The dossiers of a citizen, newest first, wherever they were handed in when the identity number is proved; only who proved
/// it asks.
pub fn dossiers_of(q: &mut impl Query, proof: &Proof, before: i64, most: i64) -> Result<Vec<(i64, Dossier)>, DbError> {
    let Some(identity) = &proof.identity else {
        let st = sql!(
            "SELECT d.id, d.state FROM online_dossiers o JOIN dossiers d ON d.id = o.dossier_id
             WHERE o.contact = $1 AND o.dossier_id < $2 ORDER BY o.dossier_id DESC LIMIT $3"
        );
        return q.rows(st, params![&proof.key, before, most], state);
    };
    let st = sql!(
        "SELECT d.id, d.state FROM dossiers d WHERE d.code IS NOT NULL AND d.id IN
           (SELECT dossier_id FROM online_dossiers WHERE contact = $1 AND dossier_id < $2
            UNION SELECT dossier_id FROM dossier_people WHERE identity = $4 AND dossier_id < $2)
         ORDER BY d.id DESC LIMIT $3"
    );
    q.rows(st, params![&proof.key, before, most, identity], state)
}

/// A dossier that was sent, with its applicant's name.
pub type Sent = (i64, Dossier, String);

/// Dossiers sent to a centre and not yet opened, first come first served.
pub fn submitted(q: &mut impl Query, centre: Id<Centre>, after: i64, most: i64) -> Result<Vec<Sent>, DbError> {
    let st = sql!(
        "SELECT d.id, d.state, p.body FROM dossiers d LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE d.holder_centre_id = $1 AND d.status = 'submitted' AND d.id > $2 ORDER BY d.id LIMIT $3"
    );
    q.rows(st, params![centre.raw(), after, most], sent)
}

/// The same for an agency that takes them in itself (QNI 13.2a).
pub fn submitted_to_agency(
    q: &mut impl Query,
    agency: Id<Agency>,
    after: i64,
    most: i64,
) -> Result<Vec<Sent>, DbError> {
    let st = sql!(
        "SELECT d.id, d.state, p.body FROM dossiers d LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE d.holder_agency_id = $1 AND d.holder_centre_id IS NULL AND d.status = 'submitted' AND d.id > $2
         ORDER BY d.id LIMIT $3"
    );
    q.rows(st, params![agency.raw(), after, most], sent)
}

fn sent(r: &Row<'_>) -> Result<Sent, DbError> {
    let (id, dossier) = state(r)?;
    let people: Option<String> = r.get(2)?;
    let people = people.map(|body| serde_json::from_str::<People>(&body).map_err(|e| r.impossible(2, e)));
    Ok((id, dossier, people.transpose()?.map(|p| p.applicant.name).unwrap_or_default()))
}

fn state(r: &Row<'_>) -> Result<(i64, Dossier), DbError> {
    let text: String = r.get(1)?;
    Ok((r.get(0)?, serde_json::from_str(&text).map_err(|e| r.impossible(1, e))?))
}
