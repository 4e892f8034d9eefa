//! The SQL of work lists: each is found by an index that begins with who has the dossier and goes on by due date.

use crate::dossier::{
    states::States,
    store::{self, FileRow, Work, applicant, people_of, state, work},
};
use domain::{
    accounts::Scope,
    dossier::{Dossier, People, StoredEvent},
    id::Id,
    people::{Agency, Centre, Officer, Unit},
    time::Instant,
};
use platform::db::{Built, DbError, Query, Reader, Select, Unit as Writing, params, sql};
use std::collections::HashMap;

/// Where the dossiers of a list lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Held by this officer in person.
    Held(Id<Officer>),
    /// The same, of those the ones that somebody sent back.
    SentBack(Id<Officer>),
    /// In a pool of an agency, for somebody to take.
    AgencyPool(Id<Agency>, String),
    /// In a pool of a centre.
    CentrePool(Id<Centre>, String),
    /// In a unit, whoever has it there.
    Unit(Id<Unit>),
    /// Held by others, with an open part or question for this agency.
    Branches(Id<Agency>),
    /// At this one-stop unit of the upper level, with a part to be passed on (ILK-03).
    OneStop(Id<Centre>),
    /// Passed on by this officer and still with whom it went to.
    Sent(Id<Officer>),
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrowed {
    /// Versions of the procedures that were asked for; `None` for all.
    pub procedures: Option<Vec<i64>>,
    /// The clock runs, and the due date lies in this span of milliseconds, its end not included.
    pub due: Option<(i64, i64)>,
    /// The clock stands: for the citizen to complete or to pay, or suspended.
    pub paused: bool,
}

/// The keys of a page of a list, by due date: out of the index alone, because an officer has many lists and one page of all.
pub fn keys(
    q: &mut impl Query,
    source: &Source,
    by: &Narrowed,
    after: (i64, i64),
    most: i64,
) -> Result<Vec<(i64, i64)>, DbError> {
    q.rows_of(&page(source, by, after, most), |r| Ok((r.get(0)?, r.get(1)?)))
}

/// The dossiers of these keys, in the order of the keys.
pub fn works(q: &mut Reader, states: &States, keys: &[(i64, i64)], shown: Shown) -> Result<Vec<Work>, DbError> {
    let ids: Vec<i64> = keys.iter().map(|(_, id)| *id).collect();
    let rows = match shown {
        Shown::WithNames => {
            let st = sql!(
                "SELECT d.id, d.version, d.due_key, p.body FROM dossiers d LEFT JOIN dossier_people p ON p.dossier_id = d.id
                 WHERE d.id {in $1}"
            );
            q.rows(st, params![ids], row)?
        }
        Shown::WithoutNames => {
            let st = sql!("SELECT d.id, d.version, d.due_key, NULL FROM dossiers d WHERE d.id {in $1}");
            q.rows(st, params![ids], row)?
        }
    };
    let asked: Vec<(i64, u32)> = rows.iter().map(|row| (row.after.1, row.version)).collect();
    let states = states.of(q, &asked, |q, ids| {
        q.rows(sql!("SELECT d.id, d.state FROM dossiers d WHERE d.id {in $1}"), params![ids], |r| {
            Ok((r.get(0)?, state(r, 1)?))
        })
    })?;
    let mut found: Vec<Work> = rows
        .into_iter()
        .zip(states)
        .filter_map(|(row, state)| {
            Some(Work { id: Id::new(row.after.1), state: state?, applicant: row.applicant, after: row.after })
        })
        .collect();
    found.sort_unstable_by_key(|w| w.after);
    Ok(found)
}

/// A dossier of a page without its state.
struct Row {
    version: u32,
    applicant: String,
    after: (i64, i64),
}

fn row(r: &platform::db::Row<'_>) -> Result<Row, DbError> {
    Ok(Row { version: r.get(1)?, applicant: applicant(r, 3)?, after: (r.get(2)?, r.get(0)?) })
}

/// Whether a list shows who applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    WithNames,
    WithoutNames,
}

/// The statement of a page; apart, so that a test sees its plan.
pub fn page(source: &Source, by: &Narrowed, after: (i64, i64), most: i64) -> Built {
    let base = Select::new("SELECT d.due_key, d.id FROM dossiers d WHERE 1=1");
    narrowed(from(base, source), by)
        .and_all("(d.due_key, d.id) > (?, ?)", [after.0.into(), after.1.into()])
        .order("d.due_key, d.id")
        .limit(most)
        .build()
}

/// Which dossiers a list has, `most` of them: nobody waits for the count of a million.
pub fn ids(q: &mut impl Query, source: &Source, by: &Narrowed, most: i64) -> Result<Vec<i64>, DbError> {
    q.rows_of(&counting(source, by, most), |r| r.get(0))
}

fn counting(source: &Source, by: &Narrowed, most: i64) -> Built {
    let base = Select::new("SELECT d.id FROM dossiers d WHERE 1=1");
    narrowed(from(base, source), by).limit(most).build()
}

/// Every shape that the statements of the work lists take, each with its name: a page, then its count, for each place and
/// each way to narrow it. Their plans are tested on both engines.
pub fn every_shape() -> Vec<(String, Built)> {
    let pool = || "agency:assign".to_owned();
    let sources = [
        Source::Held(Id::new(1)),
        Source::SentBack(Id::new(1)),
        Source::AgencyPool(Id::new(1), pool()),
        Source::CentrePool(Id::new(1), pool()),
        Source::Unit(Id::new(1)),
        Source::Branches(Id::new(1)),
        Source::OneStop(Id::new(1)),
        Source::Sent(Id::new(1)),
    ];
    let narrowings = [
        Narrowed::default(),
        Narrowed { procedures: Some(vec![1, 2]), ..Narrowed::default() },
        Narrowed { due: Some((0, 1)), ..Narrowed::default() },
        Narrowed { paused: true, ..Narrowed::default() },
    ];
    let mut shapes = Vec::new();
    for source in &sources {
        for by in &narrowings {
            shapes.push((format!("page of {source:?} {by:?}"), page(source, by, (0, 0), 51)));
            shapes.push((format!("count of {source:?} {by:?}"), counting(source, by, 1000)));
        }
    }
    shapes
}

fn from(select: Select, source: &Source) -> Select {
    match source {
        Source::Held(officer) => select.and("d.holder_officer_id = ?", officer.raw()),
        Source::SentBack(officer) => {
            select.and("d.holder_officer_id = ?", officer.raw()).and_plain("d.sent_back = TRUE")
        }
        Source::AgencyPool(agency, pool) => select
            .and("d.holder_agency_id = ?", agency.raw())
            .and("d.pool = ?", pool.as_str())
            .and_plain("d.holder_officer_id IS NULL")
            .and_plain("d.holder_centre_id IS NULL"),
        Source::CentrePool(centre, pool) => select
            .and("d.holder_centre_id = ?", centre.raw())
            .and("d.pool = ?", pool.as_str())
            .and_plain("d.holder_officer_id IS NULL"),
        Source::Unit(unit) => select.and("d.holder_unit_id = ?", unit.raw()),
        Source::Branches(agency) => {
            select.and("d.id IN (SELECT b.dossier_id FROM branches b WHERE b.agency_id = ?)", agency.raw())
        }
        Source::OneStop(centre) => {
            select.and("d.id IN (SELECT b.dossier_id FROM branches b WHERE b.centre_id = ?)", centre.raw())
        }
        Source::Sent(officer) => select.and("d.sender_officer_id = ?", officer.raw()),
    }
}

fn narrowed(select: Select, by: &Narrowed) -> Select {
    let select = match &by.procedures {
        Some(versions) => select.and_in("d.procedure_id", versions.iter().copied()),
        None => select,
    };
    let select = match by.due {
        Some((from, until)) => select
            .and_all("d.due_key >= ? AND d.due_key < ?", [from.into(), until.into()])
            .and_plain("d.status IN ('accepted', 'in_progress')"),
        None => select,
    };
    if by.paused {
        select.and_plain("d.status IN ('awaiting_supplement', 'awaiting_payment', 'suspended', 'guidance_requested')")
    } else {
        select
    }
}

/// All versions of these procedures: a dossier stays on the one it was taken in under.
pub fn versions(q: &mut impl Query, codes: Vec<String>) -> Result<Vec<i64>, DbError> {
    let st = sql!("SELECT id FROM procedure_versions WHERE code {in $1}");
    q.rows(st, params![codes], |r| r.get(0))
}

/// The dossiers on which an officer acted since `since`, last first, with the moment of the last act.
pub fn done_since(
    q: &mut impl Query,
    officer: Id<Officer>,
    since: i64,
    before: (i64, i64),
    most: i64,
) -> Result<Vec<Work>, DbError> {
    let st = sql!(
        "SELECT d.id, d.state, done.at, p.body FROM
           (SELECT dossier_id, MAX(at) AS at FROM dossier_events WHERE officer_id = $1 AND at >= $2 GROUP BY dossier_id) done
         JOIN dossiers d ON d.id = done.dossier_id LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE (done.at, d.id) < ($3, $4) ORDER BY done.at DESC, d.id DESC LIMIT $5"
    );
    q.rows(st, params![officer.raw(), since, before.0, before.1, most], work)
}

/// How many they are.
pub fn count_done(q: &mut impl Query, officer: Id<Officer>, since: i64) -> Result<i64, DbError> {
    let st = sql!("SELECT COUNT(DISTINCT dossier_id) FROM dossier_events WHERE officer_id = $1 AND at >= $2");
    q.one(st, params![officer.raw(), since], |r| r.get(0))
}

/// The dossiers in an agency on which nobody has acted since `since`, longest first (FLW-13).
pub fn untouched(
    q: &mut impl Query,
    agency: Id<Agency>,
    since: i64,
    after: (i64, i64),
    most: i64,
) -> Result<Vec<Work>, DbError> {
    let st = sql!(
        "SELECT d.id, d.state, d.touched_at, p.body FROM dossiers d LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE d.holder_agency_id = $1 AND d.touched_at < $2 AND (d.touched_at, d.id) > ($3, $4)
           AND d.status IN ('submitted', 'accepted', 'in_progress')
         ORDER BY d.touched_at, d.id LIMIT $5"
    );
    q.rows(st, params![agency.raw(), since, after.0, after.1, most], work)
}

/// How many they are, at most `most`.
pub fn count_untouched(q: &mut impl Query, agency: Id<Agency>, since: i64, most: i64) -> Result<i64, DbError> {
    let st = sql!(
        "SELECT COUNT(*) FROM (SELECT d.id FROM dossiers d WHERE d.holder_agency_id = $1 AND d.touched_at < $2
         AND d.status IN ('submitted', 'accepted', 'in_progress') LIMIT $3) found"
    );
    q.one(st, params![agency.raw(), since, most], |r| r.get(0))
}

/// Codes of the procedures that a centre took in most among the newest in its book: a bounded look, so that it costs the same
/// however many dossiers there are, and a small commune has its own habits whatever the province does.
pub fn frequent_procedures(q: &mut impl Query, centre: Id<Centre>, most: i64) -> Result<Vec<String>, DbError> {
    let st = sql!(
        "SELECT v.code, COUNT(*) FROM
           (SELECT dossier_id FROM register_entries WHERE centre_id = $1 ORDER BY at DESC, ordinal DESC LIMIT 500) recent
         JOIN dossiers d ON d.id = recent.dossier_id JOIN procedure_versions v ON v.id = d.procedure_id
         GROUP BY v.code ORDER BY COUNT(*) DESC, v.code LIMIT $2"
    );
    q.rows(st, params![centre.raw(), most], |r| r.get(0))
}

/// The newest dossiers on which a number stands, within the reader's scope: of the applicant, the owner, the proxy, or of the
/// paper that authorises the proxy (RES-02). So the return desk finds by whichever card or paper is shown.
pub fn by_number(q: &mut impl Query, scope: &Scope, number: &str, most: i64) -> Result<Vec<Work>, DbError> {
    let st = sql!(
        "SELECT x.dossier_id AS id FROM dossier_people x WHERE x.identity = $1
         UNION SELECT n.dossier_id AS id FROM dossier_also_named n WHERE n.number = $1 ORDER BY id DESC LIMIT $2"
    );
    let ids = q.rows(st, params![number, most], |r| r.get(0))?;
    newest_first(q, scope, ids)
}

/// The newest dossiers of a person, applied for or owned, within the reader's scope. Not those handed in for somebody else:
/// their papers are not the proxy's (INT-14).
pub fn by_person(q: &mut impl Query, scope: &Scope, identity: &str, most: i64) -> Result<Vec<Work>, DbError> {
    let st = sql!(
        "SELECT x.dossier_id AS id FROM dossier_people x WHERE x.identity = $1
         UNION SELECT n.dossier_id AS id FROM dossier_also_named n WHERE n.number = $1 AND n.named_as = 'owner'
         ORDER BY id DESC LIMIT $2"
    );
    let ids = q.rows(st, params![identity, most], |r| r.get(0))?;
    newest_first(q, scope, ids)
}

fn newest_first(q: &mut impl Query, scope: &Scope, ids: Vec<i64>) -> Result<Vec<Work>, DbError> {
    let mut found = by_ids(q, scope, ids)?;
    found.sort_by_key(|work| std::cmp::Reverse(work.id.raw()));
    Ok(found)
}

// ---- what an officer set up -----------------------------------------------------------------------------------------

/// A filter that an officer gave a name.
#[derive(Clone, Debug)]
pub struct SavedView {
    pub id: i64,
    pub name: String,
    /// The part of the address after `?`.
    pub filter: String,
}

pub fn last_filter(q: &mut impl Query, officer: Id<Officer>) -> Result<Option<String>, DbError> {
    let st = sql!("SELECT last_filter FROM desk_memory WHERE officer_id = $1");
    q.optional(st, params![officer.raw()], |r| r.get(0))
}

pub fn remember_filter(unit: &mut Writing, officer: Id<Officer>, filter: &str) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO desk_memory (officer_id, last_filter) VALUES ($1, $2)
         ON CONFLICT (officer_id) DO UPDATE SET last_filter = $2"
    );
    unit.execute(st, params![officer.raw(), filter]).map(drop)
}

pub fn saved_views(q: &mut impl Query, officer: Id<Officer>) -> Result<Vec<SavedView>, DbError> {
    let st = sql!("SELECT id, name, filter FROM desk_views WHERE officer_id = $1 ORDER BY name LIMIT 50");
    q.rows(st, params![officer.raw()], |r| Ok(SavedView { id: r.get(0)?, name: r.get(1)?, filter: r.get(2)? }))
}

/// Keeps a view; one of the same name is written over.
pub fn save_view(unit: &mut Writing, id: i64, officer: Id<Officer>, name: &str, filter: &str) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO desk_views (id, officer_id, name, filter) VALUES ($1, $2, $3, $4)
         ON CONFLICT (officer_id, name) DO UPDATE SET filter = $4"
    );
    unit.execute(st, params![id, officer.raw(), name, filter]).map(drop)
}

/// Only one's own.
pub fn drop_view(unit: &mut Writing, officer: Id<Officer>, id: i64) -> Result<(), DbError> {
    unit.execute(sql!("DELETE FROM desk_views WHERE officer_id = $1 AND id = $2"), params![officer.raw(), id]).map(drop)
}

/// These dossiers, within the reader's scope.
pub fn by_ids(q: &mut impl Query, scope: &Scope, ids: Vec<i64>) -> Result<Vec<Work>, DbError> {
    let st = sql!(
        "SELECT d.id, d.state, d.due_key, p.body FROM dossiers d LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE d.id {in $1}"
    );
    let found = q.rows(st, params![ids], work)?;
    reached(q, scope, found)
}

/// Those of them that the reader reaches.
pub fn reached(q: &mut impl Query, scope: &Scope, found: Vec<Work>) -> Result<Vec<Work>, DbError> {
    let rows: Vec<_> = found.iter().map(|w| (w.id.raw(), &*w.state)).collect();
    let seen = store::reached(q, scope, &rows)?;
    Ok(found.into_iter().filter(|w| seen.contains(&w.id.raw())).collect())
}

/// The files of these dossiers, each with its dossier and place.
pub fn files_of_all(q: &mut impl Query, ids: Vec<i64>) -> Result<Vec<(Id<Dossier>, String, FileRow)>, DbError> {
    let st = sql!(
        "SELECT dossier_id, place, sha256, name, kind, size, pages FROM dossier_files
         WHERE dossier_id {in $1} ORDER BY dossier_id, place, name"
    );
    q.rows(st, params![ids], |r| {
        let file = FileRow { sha256: r.get(2)?, name: r.get(3)?, kind: r.get(4)?, size: r.get(5)?, pages: r.get(6)? };
        Ok((Id::new(r.get(0)?), r.get(1)?, file))
    })
}

/// Codes of the procedures that an officer took in last, newest first: a bounded look at the own acts.
pub fn recent_procedures(q: &mut impl Query, officer: Id<Officer>) -> Result<Vec<String>, DbError> {
    let st = sql!(
        "SELECT v.code FROM
           (SELECT dossier_id, at FROM dossier_events WHERE officer_id = $1 ORDER BY at DESC LIMIT 60) mine
         JOIN dossiers d ON d.id = mine.dossier_id JOIN procedure_versions v ON v.id = d.procedure_id
         ORDER BY mine.at DESC"
    );
    q.rows(st, params![officer.raw()], |r| r.get(0))
}

/// The histories of these dossiers, each in its order.
pub fn events_of_all(q: &mut impl Query, ids: Vec<i64>) -> Result<Vec<(i64, StoredEvent)>, DbError> {
    let st = sql!(
        "SELECT dossier_id, seq, at, officer_id, agency_id, body, hash FROM dossier_events
         WHERE dossier_id {in $1} ORDER BY dossier_id, seq"
    );
    q.rows(st, params![ids], |r| {
        let event = StoredEvent {
            seq: r.get(1)?,
            at: Instant::from_millis(r.get(2)?),
            officer: Id::new(r.get(3)?),
            agency: Id::new(r.get(4)?),
            body: r.get(5)?,
            hash: r.get(6)?,
        };
        Ok((r.get(0)?, event))
    })
}

/// The people on these dossiers, where they were not erased.
pub fn people_of_all(q: &mut impl Query, ids: Vec<i64>) -> Result<HashMap<i64, People>, DbError> {
    let st = sql!("SELECT dossier_id, body FROM dossier_people WHERE dossier_id {in $1}");
    let rows = q.rows(st, params![ids], |r| Ok((r.get(0)?, people_of(r, 1)?)))?;
    Ok(rows.into_iter().collect())
}
