use crate::dossier::{
    inbox,
    store::{NO_DUE_DATE, Work, work},
};
use domain::{
    accounts::Scope,
    dossier::Dossier,
    id::Id,
    people::{Centre, Officer},
    text::fold,
};
use platform::db::{DbError, Query, Unit, params, sql};

/// The results that lie ready at a centre since before `until`, longest first.
pub fn ready(
    q: &mut impl Query,
    centre: Id<Centre>,
    until: i64,
    after: (i64, i64),
    most: i64,
) -> Result<Vec<Work>, DbError> {
    let st = sql!(
        "SELECT d.id, d.state, d.ready_at, p.body FROM dossiers d LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE d.holder_centre_id = $1 AND d.ready_at IS NOT NULL AND d.ready_at < $2 AND (d.ready_at, d.id) > ($3, $4)
         ORDER BY d.ready_at, d.id LIMIT $5"
    );
    q.rows(st, params![centre.raw(), until, after.0, after.1, most], work)
}

/// Those of them that go by post.
pub fn by_post(q: &mut impl Query, centre: Id<Centre>, after: (i64, i64), most: i64) -> Result<Vec<Work>, DbError> {
    let st = sql!(
        "SELECT d.id, d.state, d.ready_at, p.body FROM dossiers d LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE d.holder_centre_id = $1 AND d.ready_at IS NOT NULL AND d.by_post = TRUE AND (d.ready_at, d.id) > ($2, $3)
         ORDER BY d.ready_at, d.id LIMIT $4"
    );
    q.rows(st, params![centre.raw(), after.0, after.1, most], work)
}

/// Those of them whose applicants were asked to come.
pub fn reminded(q: &mut impl Query, centre: Id<Centre>, after: (i64, i64), most: i64) -> Result<Vec<Work>, DbError> {
    let st = sql!(
        "SELECT d.id, d.state, d.ready_at, p.body FROM dossiers d LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE d.holder_centre_id = $1 AND d.ready_at IS NOT NULL AND (d.ready_at, d.id) > ($2, $3)
           AND EXISTS (SELECT 1 FROM return_contacts c WHERE c.dossier_id = d.id)
         ORDER BY d.ready_at, d.id LIMIT $4"
    );
    q.rows(st, params![centre.raw(), after.0, after.1, most], work)
}

/// Those of them that are done before their appointed day, which is still to come, and whose applicants nobody asked to come
/// yet: they collect at a counter, and may do so now (CLK-09).
pub fn early(
    q: &mut impl Query,
    centre: Id<Centre>,
    now: i64,
    after: (i64, i64),
    most: i64,
) -> Result<Vec<Work>, DbError> {
    let st = sql!(
        "SELECT d.id, d.state, d.ready_at, p.body FROM dossiers d LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE d.holder_centre_id = $1 AND d.ready_at IS NOT NULL AND (d.ready_at, d.id) > ($3, $4)
           AND d.due_key > $2 AND d.due_key < $6 AND d.by_post = FALSE
           AND NOT EXISTS (SELECT 1 FROM return_contacts c WHERE c.dossier_id = d.id)
         ORDER BY d.ready_at, d.id LIMIT $5"
    );
    q.rows(st, params![centre.raw(), now, after.0, after.1, most, NO_DUE_DATE], work)
}

/// How often and when last somebody was asked to come.
#[derive(Clone, Debug)]
pub struct Contacted {
    pub dossier: i64,
    pub times: i64,
    pub last_at: i64,
}

pub fn contacted(q: &mut impl Query, ids: Vec<i64>) -> Result<Vec<Contacted>, DbError> {
    let st =
        sql!("SELECT dossier_id, COUNT(*), MAX(at) FROM return_contacts WHERE dossier_id {in $1} GROUP BY dossier_id");
    q.rows(st, params![ids], |r| Ok(Contacted { dossier: r.get(0)?, times: r.get(1)?, last_at: r.get(2)? }))
}

/// Notes that somebody was asked to come for a result that lies ready at this centre; nothing for any other dossier.
pub fn contact(
    unit: &mut Unit,
    id: i64,
    dossier: i64,
    centre: Id<Centre>,
    officer: Id<Officer>,
    at: i64,
    how: &str,
) -> Result<u64, DbError> {
    let st = sql!(
        "INSERT INTO return_contacts (id, dossier_id, officer_id, at, how)
         SELECT $1, d.id, $2, $3, $4 FROM dossiers d
         WHERE d.id = $5 AND d.holder_centre_id = $6 AND d.ready_at IS NOT NULL"
    );
    unit.execute(st, params![id, officer.raw(), at, how, dossier, centre.raw()])
}

/// Notes that a message asked somebody to come; nobody of the staff did.
pub fn reminded_by_message(unit: &mut Unit, id: i64, dossier: Id<Dossier>, at: i64, how: &str) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO return_contacts (id, dossier_id, officer_id, at, how)
         SELECT $1, d.id, 0, $2, $3 FROM dossiers d WHERE d.id = $4 AND d.ready_at IS NOT NULL"
    );
    unit.execute(st, params![id, at, how, dossier.raw()]).map(drop)
}

/// The dossiers within the reader's scope whose result has this number, newest first. Numbers begin anew in every agency and
/// every year, so the scope is asked for before anything is cut off.
pub fn by_result(q: &mut impl Query, scope: &Scope, number: &str, most: i64) -> Result<Vec<Work>, DbError> {
    let st = sql!(
        "SELECT d.id, d.state, d.due_key, p.body FROM dossiers d LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE d.result_number {in $1} AND d.result_number IS NOT NULL
           AND (CAST($2 AS BOOLEAN) OR d.agency_id = $3 OR d.centre_id = $4
             OR d.id IN (SELECT a.dossier_id FROM dossier_agencies a WHERE a.agency_id = $3 AND a.dossier_id = d.id)
             OR d.id IN (SELECT c.dossier_id FROM dossier_centres c WHERE c.centre_id = $4 AND c.dossier_id = d.id))
         ORDER BY d.id DESC LIMIT $5"
    );
    let (agency, centre) = match scope {
        Scope::Officer { agency, centre } => (agency.map(Id::raw), centre.map(Id::raw)),
        _ => (None, None),
    };
    let all = !matches!(scope, Scope::Officer { .. });
    // As it was typed, for what was kept before numbers were folded.
    let numbers = vec![fold(number), number.to_owned()];
    let found = q.rows(st, params![numbers, all, agency.unwrap_or(0), centre.unwrap_or(0), most], work)?;
    inbox::store::reached(q, scope, found)
}

// ---- parcels ------------------------------------------------------------------------------------------------------

/// Notes that a result went to the post at this centre, on no manifest yet (RES-02).
pub fn insert_parcel(unit: &mut Unit, dossier: Id<Dossier>, centre: Id<Centre>, at: i64) -> Result<(), DbError> {
    let st =
        sql!("INSERT INTO parcels (dossier_id, centre_id, at) VALUES ($1, $2, $3) ON CONFLICT (dossier_id) DO NOTHING");
    unit.execute(st, params![dossier.raw(), centre.raw(), at]).map(drop)
}

/// A centre's parcels on no manifest, oldest first.
pub fn open_parcels(q: &mut impl Query, centre: Id<Centre>, most: i64) -> Result<Vec<i64>, DbError> {
    let st = sql!(
        "SELECT dossier_id FROM parcels WHERE centre_id = $1 AND listed_on IS NULL ORDER BY at, dossier_id LIMIT $2"
    );
    q.rows(st, params![centre.raw(), most], |r| r.get(0))
}

/// Those of these that a centre gave away and that are on no manifest.
pub fn open_among(q: &mut impl Query, centre: Id<Centre>, ids: Vec<i64>) -> Result<Vec<i64>, DbError> {
    let st = sql!(
        "SELECT dossier_id FROM parcels WHERE dossier_id {in $1} AND centre_id = $2 AND listed_on IS NULL
         ORDER BY at, dossier_id"
    );
    q.rows(st, params![ids, centre.raw()], |r| r.get(0))
}

/// They stand on this manifest.
pub fn list_parcels(unit: &mut Unit, ids: Vec<i64>, manifest: i64) -> Result<(), DbError> {
    let st = sql!("UPDATE parcels SET listed_on = $2 WHERE dossier_id {in $1}");
    unit.execute(st, params![ids, manifest]).map(drop)
}
