use crate::{
    attention::{self, KeptMoment},
    dossier::store::{self, FileRow, IssuedSlip, Kept, Listed},
    interlink::{self, store::BranchRow},
};
use domain::{
    dossier::{Dossier, StoredEvent},
    id::Id,
    time::Instant,
};
use platform::db::{DbError, Query, params, sql};
use std::collections::BTreeMap;

/// A dossier with all that belongs to it.
pub struct Whole {
    pub kept: Kept,
    pub columns: Columns,
    pub events: Vec<StoredEvent>,
    /// Salt and text of the people.
    pub people: Option<(String, String)>,
    /// The numbers besides the applicant's own by which it is found.
    pub also_named: Vec<(String, String)>,
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
    pub unit: Option<i64>,
    pub listed: Listed,
    pub touched_at: i64,
    pub sent_back: bool,
}

/// The dossiers after `after`, by id. `verify` reads all of them on behalf of nobody, so it takes no scope.
pub fn dossiers(q: &mut impl Query, after: i64, most: i64) -> Result<Vec<Whole>, DbError> {
    let st = sql!(
        "SELECT id, head, state, code, version, status, step, holder_agency_id, holder_centre_id, holder_officer_id,
                holder_unit_id, due_key, result_number, ready_at, by_post, touched_at, sent_back
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
            unit: r.get(10)?,
            listed: Listed {
                due_key: r.get(11)?,
                result_number: r.get(12)?,
                ready_at: r.get(13)?,
                by_post: r.get(14)?,
            },
            touched_at: r.get(15)?,
            sent_back: r.get(16)?,
        };
        Ok((Kept { id: Id::new(r.get(0)?), state, head: r.get(1)? }, columns))
    })?;
    let mut all = Vec::with_capacity(rows.len());
    for (kept, columns) in rows {
        let id = kept.id;
        all.push(Whole {
            events: store::events(q, id, 0)?,
            people: store::people_row(q, id)?,
            also_named: store::also_named::of(q, id)?,
            slips: store::slips_of(q, id)?,
            files: store::files(q, id)?.into_iter().map(|(_, file)| file).collect(),
            branches: interlink::store::rows_of(q, id)?,
            kept,
            columns,
        });
    }
    Ok(all)
}

/// Files that rows beside the dossiers name: of imports, blank forms, and what citizens' drafts hold.
pub fn other_files(q: &mut impl Query) -> Result<Vec<String>, DbError> {
    let st = sql!(
        "SELECT sha256 FROM import_batches UNION SELECT sha256 FROM catalogue_files UNION SELECT sha256 FROM draft_files
         UNION SELECT sha256 FROM vault_files"
    );
    q.rows(st, params![], |r| r.get(0))
}

/// The numbers in the registers: centre, year, number.
pub fn books(q: &mut impl Query) -> Result<Vec<(i64, i64, u32)>, DbError> {
    let st = sql!("SELECT centre_id, year, ordinal FROM register_entries");
    q.rows(st, params![], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
}

/// Numbers of the minutes of paper handed over, which belong to no single dossier (FLW-09).
pub fn minutes(q: &mut impl Query) -> Result<Vec<String>, DbError> {
    q.rows(sql!("SELECT number FROM courier_runs"), params![], |r| r.get(0))
}

/// Form and number of the slips about several dossiers.
pub fn joint_slips(q: &mut impl Query) -> Result<Vec<(String, String)>, DbError> {
    q.rows(sql!("SELECT form, number FROM joint_slips"), params![], |r| Ok((r.get(0)?, r.get(1)?)))
}

/// Every series of numbers and how far it has come.
pub fn series(q: &mut impl Query) -> Result<Vec<(String, u32)>, DbError> {
    q.rows(sql!("SELECT name, last FROM number_series ORDER BY name"), params![], |r| Ok((r.get(0)?, r.get(1)?)))
}

/// A dossier with what its place in the pools and the calendar depends on.
pub struct Placed {
    pub id: Id<Dossier>,
    pub state: Dossier,
    pub pool: Option<String>,
    /// Its deadlines; `None` while they are still to be kept.
    pub moments: Option<Deadlines>,
    /// The letters of apology that the system drafted for it.
    pub letters: Vec<Letter>,
}

/// The deadlines of a dossier.
pub struct Deadlines {
    pub all: Vec<KeptMoment>,
    /// The columns by which the clock finds them say what they are.
    pub is_found: bool,
}

/// A letter of apology as it was drafted (CLK-05).
pub struct Letter {
    /// The deadline that drafted it.
    pub key: String,
    pub agency: i64,
    /// The date that may not be kept.
    pub due: Instant,
    pub open: bool,
}

/// The dossiers after `after`, by id, with their deadlines.
pub fn placed(q: &mut impl Query, after: i64, most: i64) -> Result<Vec<Placed>, DbError> {
    let st = sql!("SELECT id, state, pool FROM dossiers WHERE id > $1 ORDER BY id LIMIT $2");
    let mut all = q.rows(st, params![after, most], |r| {
        let state: String = r.get(1)?;
        let state = serde_json::from_str(&state).map_err(|e| r.impossible(1, e))?;
        Ok(Placed { id: Id::new(r.get(0)?), state, pool: r.get(2)?, moments: None, letters: Vec::new() })
    })?;
    let ids: Vec<i64> = all.iter().map(|p| p.id.raw()).collect();
    let st = sql!("SELECT dossier_id, moments, reminds_at, acts_at, last_at FROM due_moments WHERE dossier_id {in $1}");
    let moments = q.rows(st, params![ids.clone()], |r| {
        let text: String = r.get(1)?;
        let all = KeptMoment::all_of(&text).ok_or_else(|| r.impossible(1, "no deadlines"))?;
        let columns = attention::Columns { reminds_at: r.get(2)?, acts_at: r.get(3)?, last_at: r.get(4)? };
        Ok((r.get(0)?, Deadlines { is_found: KeptMoment::columns(&all) == columns, all }))
    })?;
    let mut moments: BTreeMap<i64, Deadlines> = moments.into_iter().collect();
    let owed =
        q.rows(sql!("SELECT dossier_id FROM due_moments_owed WHERE dossier_id {in $1}"), params![ids.clone()], |r| {
            r.get::<i64>(0)
        })?;
    let st = sql!("SELECT dossier_id, key, agency_id, due_at, closed_at FROM apology_drafts WHERE dossier_id {in $1}");
    let mut letters: BTreeMap<i64, Vec<Letter>> = BTreeMap::new();
    q.rows(st, params![ids], |r| {
        let (due, open) = (Instant::from_millis(r.get(3)?), r.get::<Option<i64>>(4)?.is_none());
        letters.entry(r.get(0)?).or_default().push(Letter { key: r.get(1)?, agency: r.get(2)?, due, open });
        Ok(())
    })?;
    for placed in &mut all {
        placed.letters = letters.remove(&placed.id.raw()).unwrap_or_default();
        let own = moments.remove(&placed.id.raw()).unwrap_or(Deadlines { all: Vec::new(), is_found: true });
        placed.moments = (!owed.contains(&placed.id.raw())).then_some(own);
    }
    Ok(all)
}
