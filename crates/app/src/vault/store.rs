pub mod looks;
pub mod shares;

use crate::dossier::store::FileRow;
use domain::{
    dossier::Dossier,
    id::Id,
    people::{Agency, Officer},
    time::Instant,
    vault::{Origin, Validity, VaultPaper},
};
use jiff::civil::Date;
use platform::db::{DbError, Query, Row, Unit, params, sql};

/// What describes a paper (the metadata of a digitised paper).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    pub name: String,
    pub number: String,
    pub about: String,
    pub issuer: String,
    pub signer: String,
    pub issued_on: Option<Date>,
    pub validity: Validity,
    pub extent: String,
}

/// Where a paper came from.
#[derive(Clone, Debug)]
pub struct Source {
    pub origin: Origin,
    /// The dossier and the place in it.
    pub dossier: Option<(Id<Dossier>, String)>,
    pub procedure: Option<String>,
    pub field: Option<String>,
    /// Who digitised it; absent for the owner.
    pub by: Id<Officer>,
    pub at: i64,
}

/// A paper as it is kept.
#[derive(Clone, Debug)]
pub struct Paper {
    pub id: Id<VaultPaper>,
    pub owner: String,
    pub source: Source,
    /// The code of the dossier from which it came.
    pub code: Option<String>,
    pub described: Described,
    pub consented: bool,
    /// Who held the description against the paper, and when.
    pub checked: Option<(Id<Officer>, i64)>,
    /// The owner's word for it.
    pub sealed: Option<Sealed>,
}

/// When the owner vouched for a paper, and the seal over that.
#[derive(Clone, Debug)]
pub struct Sealed {
    pub at: Instant,
    pub seal: String,
}

fn day(r: &Row<'_>, column: usize) -> Result<Option<Date>, DbError> {
    let text: Option<String> = r.get(column)?;
    text.map(|t| t.parse().map_err(|e| r.impossible(column, e))).transpose()
}

fn paper(r: &Row<'_>) -> Result<Paper, DbError> {
    let (dossier, place): (Option<i64>, Option<String>) = (r.get(3)?, r.get(4)?);
    let key: String = r.get(2)?;
    let origin = Origin::from_key(&key).ok_or_else(|| r.impossible(2, format!("origin {key}")))?;
    let checked: (Option<i64>, Option<i64>) = (r.get(18)?, r.get(19)?);
    let (sealed_at, seal): (Option<i64>, Option<String>) = (r.get(22)?, r.get(23)?);
    Ok(Paper {
        id: Id::new(r.get(0)?),
        owner: r.get(1)?,
        source: Source {
            origin,
            dossier: dossier.map(Id::new).zip(place),
            procedure: r.get(5)?,
            field: r.get(6)?,
            by: Id::new(r.get(16)?),
            at: r.get(17)?,
        },
        described: Described {
            name: r.get(7)?,
            number: r.get(8)?,
            about: r.get(9)?,
            issuer: r.get(10)?,
            signer: r.get(11)?,
            issued_on: day(r, 12)?,
            // What was written was judged; a row that says otherwise still says when it ends.
            validity: Validity { from: day(r, 13)?, until: day(r, 14)? },
            extent: r.get(20)?,
        },
        consented: r.get(15)?,
        checked: checked.0.map(Id::new).zip(checked.1),
        code: r.get(21)?,
        sealed: sealed_at.zip(seal).map(|(at, seal)| Sealed { at: Instant::from_millis(at), seal }),
    })
}

/// A paper of this owner; that of another is not there.
pub fn of_owner(q: &mut impl Query, owner: &str, id: Id<VaultPaper>) -> Result<Option<Paper>, DbError> {
    Ok(by_id(q, id)?.filter(|p| p.owner == owner))
}

/// A paper, whosever it is.
pub fn by_id(q: &mut impl Query, id: Id<VaultPaper>) -> Result<Option<Paper>, DbError> {
    let st = sql!(
        "SELECT p.id, p.owner, p.origin, p.dossier_id, p.place, p.procedure_code, p.field_code, p.name, p.number, p.about,
                p.issuer, p.signer, p.issued_on, p.valid_from, p.valid_until, p.consented, p.digitised_by, p.digitised_at,
                p.checked_by, p.checked_at, p.extent, d.code, p.sealed_at, p.seal
         FROM vault_papers p LEFT JOIN dossiers d ON d.id = p.dossier_id WHERE p.id = $1"
    );
    q.optional(st, params![id.raw()], paper)
}

/// The papers of an owner, newest first.
pub fn papers(q: &mut impl Query, owner: &str, before: i64, most: i64) -> Result<Vec<Paper>, DbError> {
    let st = sql!(
        "SELECT p.id, p.owner, p.origin, p.dossier_id, p.place, p.procedure_code, p.field_code, p.name, p.number, p.about,
                p.issuer, p.signer, p.issued_on, p.valid_from, p.valid_until, p.consented, p.digitised_by, p.digitised_at,
                p.checked_by, p.checked_at, p.extent, d.code, p.sealed_at, p.seal
         FROM vault_papers p LEFT JOIN dossiers d ON d.id = p.dossier_id
         WHERE p.owner = $1 AND p.id < $2 ORDER BY p.id DESC LIMIT $3"
    );
    q.rows(st, params![owner, before, most], paper)
}

/// What of a dossier lies in the store, in order.
pub fn of_dossier(q: &mut impl Query, dossier: Id<Dossier>) -> Result<Vec<Paper>, DbError> {
    let st = sql!(
        "SELECT p.id, p.owner, p.origin, p.dossier_id, p.place, p.procedure_code, p.field_code, p.name, p.number, p.about,
                p.issuer, p.signer, p.issued_on, p.valid_from, p.valid_until, p.consented, p.digitised_by, p.digitised_at,
                p.checked_by, p.checked_at, p.extent, d.code, p.sealed_at, p.seal
         FROM vault_papers p LEFT JOIN dossiers d ON d.id = p.dossier_id WHERE p.dossier_id = $1 ORDER BY p.id"
    );
    q.rows(st, params![dossier.raw()], paper)
}

fn file(r: &Row<'_>) -> Result<(Id<VaultPaper>, FileRow), DbError> {
    let file = FileRow { sha256: r.get(1)?, name: r.get(2)?, kind: r.get(3)?, size: r.get(4)?, pages: r.get(5)? };
    Ok((Id::new(r.get(0)?), file))
}

/// The files of these papers, each with its paper.
pub fn files(q: &mut impl Query, papers: Vec<i64>) -> Result<Vec<(Id<VaultPaper>, FileRow)>, DbError> {
    let st = sql!(
        "SELECT paper_id, sha256, name, kind, size, pages FROM vault_files
         WHERE paper_id {in $1} ORDER BY paper_id, name, sha256"
    );
    q.rows(st, params![papers], file)
}

/// Puts a paper into the store; one from a dossier that is there already stays as it is. Gives its id.
pub fn put(
    unit: &mut Unit,
    id: Id<VaultPaper>,
    owner: &str,
    s: &Source,
    d: &Described,
) -> Result<Id<VaultPaper>, DbError> {
    let st = sql!(
        "INSERT INTO vault_papers (id, owner, origin, dossier_id, place, procedure_code, field_code, name, number, about, issuer,
                                   signer, issued_on, valid_from, valid_until, extent, consented, digitised_by, digitised_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, TRUE, $17, $18)
         ON CONFLICT (dossier_id, place) DO NOTHING"
    );
    let (dossier, place) = (s.dossier.as_ref().map(|d| d.0.raw()), s.dossier.as_ref().map(|d| d.1.as_str()));
    let days = [d.issued_on, d.validity.from, d.validity.until].map(|day| day.map(|d| d.to_string()));
    let [issued, from, until] = days;
    let values = params![
        id.raw(),
        owner,
        s.origin.key(),
        dossier,
        place,
        s.procedure.as_deref(),
        s.field.as_deref(),
        &d.name,
        &d.number,
        &d.about,
        &d.issuer,
        &d.signer,
        issued,
        from,
        until,
        &d.extent,
        s.by.raw(),
        s.at
    ];
    if unit.execute(st, values)? == 1 {
        return Ok(id);
    }
    let st = sql!("SELECT id FROM vault_papers WHERE dossier_id = $1 AND place = $2");
    unit.one(st, params![dossier, place], |r| Ok(Id::new(r.get(0)?)))
}

/// Notes the owner's word for a paper.
pub fn put_seal(unit: &mut Unit, id: Id<VaultPaper>, s: &Sealed) -> Result<(), DbError> {
    let st = sql!("UPDATE vault_papers SET sealed_at = $2, seal = $3 WHERE id = $1");
    unit.execute(st, params![id.raw(), s.at.millis(), &s.seal]).map(drop)
}

/// Puts a file to its paper.
pub fn put_file(unit: &mut Unit, paper: Id<VaultPaper>, f: &FileRow) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO vault_files (paper_id, sha256, name, kind, size, pages) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING"
    );
    unit.execute(st, params![paper.raw(), &f.sha256, &f.name, &f.kind, f.size, f.pages]).map(drop)
}

/// Those of these files that lie in the owner's store from elsewhere: a paper that was used again does not come in twice.
pub fn known(
    q: &mut impl Query,
    owner: &str,
    dossier: Id<Dossier>,
    hashes: Vec<String>,
) -> Result<Vec<String>, DbError> {
    let st = sql!(
        "SELECT f.sha256 FROM vault_files f JOIN vault_papers p ON p.id = f.paper_id
         WHERE f.sha256 {in $3} AND p.owner = $1 AND (p.dossier_id IS NULL OR p.dossier_id <> $2)"
    );
    q.rows(st, params![owner, dossier.raw(), hashes], |r| r.get(0))
}

/// The owner lets agencies use a paper again, or no longer; false when it is not theirs.
pub fn consent(unit: &mut Unit, owner: &str, id: Id<VaultPaper>, given: bool, at: i64) -> Result<bool, DbError> {
    let st = sql!("UPDATE vault_papers SET consented = $3, consent_at = $4 WHERE owner = $1 AND id = $2");
    Ok(unit.execute(st, params![owner, id.raw(), given, at])? == 1)
}

/// Takes away what the owner uploaded; what came from a dossier stays.
pub fn drop_own(unit: &mut Unit, owner: &str, id: Id<VaultPaper>) -> Result<bool, DbError> {
    let st = sql!("DELETE FROM vault_papers WHERE owner = $1 AND id = $2 AND dossier_id IS NULL");
    Ok(unit.execute(st, params![owner, id.raw()])? == 1)
}

/// Writes what an officer read on the paper itself (RES-06).
pub fn describe(unit: &mut Unit, id: Id<VaultPaper>, d: &Described, by: Id<Officer>, at: i64) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE vault_papers SET number = $2, about = $3, issuer = $4, signer = $5, issued_on = $6, valid_from = $7,
                                 valid_until = $8, extent = $9, checked_by = $10, checked_at = $11 WHERE id = $1"
    );
    let days = [d.issued_on, d.validity.from, d.validity.until].map(|day| day.map(|d| d.to_string()));
    let [issued, from, until] = days;
    let values =
        params![id.raw(), &d.number, &d.about, &d.issuer, &d.signer, issued, from, until, &d.extent, by.raw(), at];
    unit.execute(st, values).map(drop)
}

/// Dossiers with files whose papers may not lie in the store yet, in order of their ids.
pub fn with_files(q: &mut impl Query, after: i64, most: i64) -> Result<Vec<i64>, DbError> {
    let st = sql!("SELECT DISTINCT dossier_id FROM dossier_files WHERE dossier_id > $1 ORDER BY dossier_id LIMIT $2");
    q.rows(st, params![after, most], |r| r.get(0))
}

/// The name of an agency, for what was there before the store was.
pub fn issuer(q: &mut impl Query, agency: Id<Agency>) -> Result<String, DbError> {
    let st = sql!("SELECT name FROM agencies WHERE id = $1");
    Ok(q.optional(st, params![agency.raw()], |r| r.get(0))?.unwrap_or_default())
}
