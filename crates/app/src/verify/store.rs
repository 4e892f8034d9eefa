use crate::{
    dossier::store::{self, FileRow, IssuedSlip, Kept},
    interlink::{self, store::BranchRow},
};
use domain::{dossier::StoredEvent, id::Id};
use platform::db::{DbError, Query, params, sql};

/// A dossier with all that belongs to it.
pub struct Whole {
    pub kept: Kept,
    pub columns: Columns,
    pub events: Vec<StoredEvent>,
    /// Salt and text of the people, unless they were erased.
    pub people: Option<(String, String)>,
    pub slips: Vec<IssuedSlip>,
    pub files: Vec<FileRow>,
    pub branches: Vec<BranchRow>,
}

/// The columns by which lists find a dossier; they repeat what the state says.
#[derive(Debug, PartialEq, Eq)]
pub struct Columns {
    pub code: Option<String>,
    pub version: u32,
    pub status: String,
    pub step: Option<String>,
    pub agency: Option<i64>,
    pub centre: Option<i64>,
    pub officer: Option<i64>,
}

/// The dossiers after `after`, by id. `verify` reads all of them on behalf of nobody, so it takes no scope.
pub fn dossiers(q: &mut impl Query, after: i64, most: i64) -> Result<Vec<Whole>, DbError> {
    let st = sql!(
        "SELECT id, head, state, code, version, status, step, holder_agency_id, holder_centre_id, holder_officer_id
         FROM dossiers WHERE id > $1 ORDER BY id LIMIT $2"
    );
    let rows = q.rows(st, params![after, most], |r| {
        let state: String = r.get(2)?;
        let state = serde_json::from_str(&state).map_err(|e| r.impossible(2, e))?;
        let columns = Columns {
            code: r.get(3)?,
            version: r.get(4)?,
            status: r.get(5)?,
            step: r.get(6)?,
            agency: r.get(7)?,
            centre: r.get(8)?,
            officer: r.get(9)?,
        };
        Ok((Kept { id: Id::new(r.get(0)?), state, head: r.get(1)? }, columns))
    })?;
    let mut all = Vec::with_capacity(rows.len());
    for (kept, columns) in rows {
        let id = kept.id;
        all.push(Whole {
            events: store::events(q, id, 0)?,
            people: store::people_row(q, id)?,
            slips: store::slips_of(q, id)?,
            files: store::files(q, id)?.into_iter().map(|(_, file)| file).collect(),
            branches: interlink::store::rows_of(q, id)?,
            kept,
            columns,
        });
    }
    Ok(all)
}
