//! The statements that the product runs for the same request, with rows of the same size.

use crate::Fault;
use rusqlite::{Connection, OptionalExtension, params, types::Value};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering::Relaxed},
    },
};

/// Above every id that the product made.
static IDS: AtomicI64 = AtomicI64::new(8_000_000_000_000_000_000);

fn id() -> i64 {
    IDS.fetch_add(1, Relaxed)
}

pub fn open(database: &Path, pragmas: &str) -> Result<Connection, Fault> {
    let conn = Connection::open(database)?;
    conn.set_prepared_statement_cache_capacity(64);
    conn.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.busy_timeout(std::time::Duration::from_secs(5))?;
    conn.execute_batch(&format!("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {pragmas}"))?;
    Ok(conn)
}

/// One dossier's texts, written again and again.
#[derive(Clone)]
pub struct Sample {
    agency: i64,
    officer: i64,
    /// Whose work list is asked for.
    head: i64,
    unit: i64,
    procedure: i64,
    centre: i64,
    texts: Arc<Texts>,
    /// The first moment at which its deadlines call somebody.
    reminds_at: i64,
    /// The pools through which the product looks for a head: who assigns, and who works.
    pools: Arc<Vec<String>>,
}

/// As they are kept: packed where the product packs them.
struct Texts {
    state: Value,
    people: Value,
    accepted: Value,
    assigned: Value,
    slip: Value,
    answer: Value,
    /// The deadlines that a dossier has when it was taken in.
    deadlines: Value,
    hash: Value,
}

impl Sample {
    pub fn read(database: &Path) -> Result<Self, Fault> {
        let conn = open(database, "")?;
        let of = |kind: &str, dossier: i64| {
            let st = "SELECT body FROM dossier_events WHERE dossier_id = $1 ORDER BY seq";
            let bodies: Vec<Value> = list(&conn, st, [dossier], |r| r.get(0))?;
            let is = |body: &Value| text(body).is_some_and(|t| t.starts_with(&format!("{{\"kind\":\"{kind}\"")));
            bodies.into_iter().find(is).ok_or(rusqlite::Error::QueryReturnedNoRows)
        };
        let pools = list(
            &conn,
            "SELECT name FROM process_pools WHERE name LIKE 'agency/assign%' OR name LIKE 'agency/appraise%'",
            [],
            |r| r.get(0),
        )?;
        let head = |agency: i64| {
            let text =
                "SELECT id FROM officers WHERE agency_id = $1 AND active AND ' ' || roles || ' ' LIKE '% unit_head %'
                        ORDER BY login LIMIT 1";
            conn.query_row(text, [agency], |r| r.get::<_, i64>(0))
        };
        let answer = conn
            .query_row("SELECT answer FROM idempotency WHERE length(answer) > 100 LIMIT 1", [], |r| {
                r.get::<_, Value>(0)
            })
            .optional()?
            .unwrap_or_else(|| Value::Text(view(0, "H49.24-251006-0001", 1)));
        let found = conn.query_row(
            "SELECT d.id, d.agency_id, d.centre_id, d.procedure_id, d.holder_officer_id, d.state, p.body, s.data,
                    COALESCE(d.holder_unit_id, 0), m.moments, m.reminds_at, d.head
             FROM dossiers d JOIN dossier_people p ON p.dossier_id = d.id JOIN slips s ON s.dossier_id = d.id
             JOIN due_moments m ON m.dossier_id = d.id AND m.reminds_at > 0
             WHERE d.status = 'in_progress' AND d.step = 'appraise' ORDER BY d.id LIMIT 1",
            [],
            |r| {
                let dossier = r.get(0)?;
                let (accepted, assigned) = (of("accepted", dossier)?, of("assigned", dossier)?);
                let (state, people, slip, answer) = (r.get(5)?, r.get(6)?, r.get(7)?, answer.clone());
                let (deadlines, hash) = (r.get(9)?, r.get(11)?);
                let texts = Texts { state, people, accepted, assigned, slip, answer, deadlines, hash };
                Ok(Self {
                    agency: r.get(1)?,
                    centre: r.get(2)?,
                    procedure: r.get(3)?,
                    officer: r.get(4)?,
                    head: head(r.get(1)?)?,
                    unit: r.get(8)?,
                    texts: Arc::new(texts),
                    reminds_at: r.get(10)?,
                    pools: Arc::new(pools.clone()),
                })
            },
        )?;
        Ok(found)
    }
}

/// What a column says, packed or not.
pub fn text(kept: &Value) -> Option<String> {
    match kept {
        Value::Text(text) => Some(text.clone()),
        Value::Blob(bytes) => platform::db::unpack(bytes).ok(),
        _ => None,
    }
}

fn list<T>(
    c: &Connection,
    text: &str,
    values: impl rusqlite::Params,
    map: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    c.prepare_cached(text)?.query_map(values, map)?.collect()
}

/// The year of the limit's own book, in which no dossier of the product stands.
const BOOK: i64 = 1900;
/// What is told after the slip: the citizen, or the national portal.
const WORD: &str = "tell";
/// The machine clock of a limit stands still.
const NOW: i64 = 1_760_000_000_000;

fn claim(c: &Connection, s: &Sample, once: &str) -> rusqlite::Result<usize> {
    c.prepare_cached(
        "INSERT INTO idempotency (principal, key, command_hash, status, answer, created_at) VALUES ($1, $2, $3, 0, '', $4)
         ON CONFLICT (principal, key) DO NOTHING",
    )?
    .execute(params!["bench", once, s.texts.hash, NOW])
}

fn keep(c: &Connection, once: &str, status: u16, answer: &Value) -> rusqlite::Result<usize> {
    c.prepare_cached(
        "UPDATE idempotency SET status = $3, answer = $4 WHERE principal = $1 AND key = $2 AND status = 0",
    )?
    .execute(params!["bench", once, status, answer])
}

fn number(c: &Connection, series: &str) -> rusqlite::Result<i64> {
    c.prepare_cached(
        "INSERT INTO number_series (name, last) VALUES ($1, 1)
         ON CONFLICT (name) DO UPDATE SET last = number_series.last + 1 RETURNING last",
    )?
    .query_row([series], |r| r.get(0))
}

fn event(c: &Connection, s: &Sample, dossier: i64, seq: i64, body: &Value) -> rusqlite::Result<usize> {
    c.prepare_cached(
        "INSERT INTO dossier_events (dossier_id, seq, at, officer_id, agency_id, body, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )?
    .execute(params![dossier, seq, NOW, s.officer, s.agency, body, s.texts.hash])
}

/// An answer as long as the product's.
fn view(dossier: i64, code: &str, version: i64) -> String {
    format!(
        r#"{{"id":"{dossier}","code":"{code}","version":{version},"status":"in_progress","national_status":4,"accepted_at":"2025-10-06T08:30:00+07:00","due_at":"2025-10-20T17:00:00+07:00","holder":{{"step":"appraise","agency":"H49.24","unit":"main","officer":"cv.hien"}},"receipt":{{"number":"12345/2025/TN-tinh","url":"/api/v1/slips/{dossier}.pdf"}},"next":["assignments"]}}"#
    )
}

pub fn create(c: &Connection, s: &Sample, once: &str, body: &str) -> Result<String, Fault> {
    let _read: serde_json::Value = serde_json::from_str(body)?;
    claim(c, s, once)?;
    let code = format!("B49.24-251006-{:04}", number(c, "bench/dossier")?);
    let slip_number = format!("{}/2025/TN-bench", number(c, "bench/receipt")?);
    let dossier = id();
    event(c, s, dossier, 1, &s.texts.accepted)?;
    c.prepare_cached("INSERT INTO procedure_uses (version_id) VALUES ($1) ON CONFLICT (version_id) DO NOTHING")?
        .execute([s.procedure])?;
    c.prepare_cached(
        "INSERT INTO dossiers (id, code, version, status, procedure_id, agency_id, centre_id, step, holder_agency_id,
                               holder_centre_id, holder_officer_id, opened_at, due_key, head, state,
                               holder_unit_id, sender_officer_id, touched_at, pool, by_post)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $12, $18, FALSE)",
    )?
    .execute(params![
        dossier,
        code,
        1,
        "accepted",
        s.procedure,
        s.agency,
        s.centre,
        "assign",
        s.agency,
        None::<i64>,
        None::<i64>,
        NOW,
        NOW,
        s.texts.hash,
        s.texts.state,
        s.unit,
        s.officer,
        "agency/assign:unit_head,agency_leader"
    ])?;
    c.prepare_cached("INSERT INTO dossier_agencies (agency_id, dossier_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")?
        .execute(params![s.agency, dossier])?;
    c.prepare_cached("INSERT INTO dossier_people (dossier_id, salt, identity, body) VALUES ($1, $2, $3, $4)")?
        .execute(params![dossier, s.texts.hash, "022085001234", s.texts.people])?;
    // Papers that it brought would go into their owner's store.
    list(
        c,
        "SELECT sha256, name, kind, size, pages, place FROM dossier_files WHERE dossier_id = $1 ORDER BY place, name",
        [dossier],
        |r| r.get::<_, String>(0),
    )?;
    let ordinal = number(c, "bench/book")?;
    c.prepare_cached(
        "INSERT INTO register_entries (centre_id, year, ordinal, dossier_id, at) VALUES ($1, $2, $3, $4, $5)",
    )?
    .execute(params![s.centre, BOOK, ordinal, dossier, NOW])?;
    let slip = id();
    c.prepare_cached(
        "INSERT INTO slips (id, dossier_id, form, number, data, issued_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )?
    .execute(params![slip, dossier, "receipt", slip_number, s.texts.slip, NOW])?;
    deadlines(c, s, dossier)?;
    later(c, &format!("archive_slip/{dossier}/1"), "archive_slip", &slip.to_string())?;
    later(c, &format!("{WORD}/{dossier}/1"), WORD, &dossier.to_string())?;
    keep(c, once, 201, &s.texts.answer)?;
    Ok(view(dossier, &code, 1))
}

fn later(c: &Connection, key: &str, kind: &str, payload: &str) -> rusqlite::Result<usize> {
    c.prepare_cached(
        "INSERT INTO outbox (id, key, lane, kind, payload, state, run_at, attempts)
         VALUES ($1, $2, 1, $3, $4, 'waiting', $5, 0) ON CONFLICT (key) DO NOTHING",
    )?
    .execute(params![id(), key, kind, payload, NOW])
}

pub fn advance(c: &Connection, s: &Sample, code: &str, once: &str, body: &str) -> Result<String, Fault> {
    let _read: serde_json::Value = serde_json::from_str(body)?;
    claim(c, s, once)?;
    let (dossier, version): (i64, i64) =
        c.prepare_cached("SELECT id, head, state, version FROM dossiers WHERE code = $1")?.query_row([code], |r| {
            let _texts: (Value, Value) = (r.get(1)?, r.get(2)?);
            Ok((r.get(0)?, r.get(3)?))
        })?;
    event(c, s, dossier, version + 1, &s.texts.assigned)?;
    c.prepare_cached(
        "UPDATE dossiers SET version = $1, head = $2, state = $3, touched_at = $4, step = $5, holder_agency_id = $6,
                             holder_centre_id = $7, holder_officer_id = $8, holder_unit_id = $9, pool = $10,
                             sender_officer_id = CASE WHEN CAST($11 AS BOOLEAN) THEN $12 ELSE sender_officer_id END,
                             sent_back = CASE WHEN CAST($11 AS BOOLEAN) THEN $13 ELSE sent_back END
         WHERE id = $14 AND version = $15",
    )?
    .execute(params![
        version + 1,
        s.texts.hash,
        s.texts.state,
        NOW,
        "appraise",
        s.agency,
        None::<i64>,
        s.officer,
        s.unit,
        "agency/appraise:specialist",
        true,
        s.head,
        false,
        dossier,
        version
    ])?;
    next_deadline(c, s, dossier)?;
    keep(c, once, 200, &s.texts.answer)?;
    Ok(view(dossier, code, version + 1))
}

fn deadlines(c: &Connection, s: &Sample, dossier: i64) -> rusqlite::Result<usize> {
    c.prepare_cached(
        "INSERT INTO due_moments (dossier_id, moments, reminds_at, acts_at, last_at) VALUES ($1, $2, $3, NULL, $3)
         ON CONFLICT (dossier_id) DO UPDATE SET moments = $2, reminds_at = $3, acts_at = NULL, last_at = $3",
    )?
    .execute(params![dossier, s.texts.deadlines, s.reminds_at])
}

/// The deadline of the step that is left goes, that of the next one comes.
fn next_deadline(c: &Connection, s: &Sample, dossier: i64) -> rusqlite::Result<()> {
    let kept = "SELECT moments FROM due_moments WHERE dossier_id = $1";
    let _kept = list(c, kept, [dossier], |r| r.get::<_, Value>(0))?;
    deadlines(c, s, dossier).map(drop)
}

pub fn track(c: &Connection, code: &str) -> Result<bool, Fault> {
    let row = c
        .prepare_cached("SELECT id, head, state FROM dossiers WHERE code = $1")?
        .query_row([code], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, Value>(1)?, r.get::<_, Value>(2)?)))
        .optional()?;
    let Some((dossier, _, _)) = row else { return Ok(false) };
    let way = "SELECT at, agency_id, body FROM dossier_events WHERE dossier_id = $1 ORDER BY seq";
    let lines = list(c, way, [dossier], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, Value>(2)?)))?;
    Ok(!lines.is_empty())
}

/// What an officer holds, what waits in each pool, what the agency is asked: a page of each.
pub fn inbox(c: &Connection, s: &Sample) -> Result<usize, Fault> {
    let key = |r: &rusqlite::Row<'_>| Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?));
    let page = |place: &str| {
        format!(
            "SELECT d.due_key, d.id FROM dossiers d
             WHERE 1=1 AND {place} AND (d.due_key, d.id) > (?1, ?2) ORDER BY d.due_key, d.id LIMIT 51"
        )
    };
    let held = page("d.holder_officer_id = ?3");
    let pool =
        page("d.holder_agency_id = ?3 AND d.pool = ?4 AND d.holder_officer_id IS NULL AND d.holder_centre_id IS NULL");
    let asked = page("d.id IN (SELECT b.dossier_id FROM branches b WHERE b.agency_id = ?3)");
    let mut keys = list(c, &held, params![i64::MIN, 0, s.head], key)?;
    for name in s.pools.iter() {
        keys.extend(list(c, &pool, params![i64::MIN, 0, s.agency, name], key)?);
    }
    keys.extend(list(c, &asked, params![i64::MIN, 0, s.agency], key)?);
    keys.sort_unstable();
    keys.dedup();
    let ids = serde_json::to_string(&keys.iter().take(50).map(|k| k.1).collect::<Vec<_>>()).unwrap_or_default();
    // Of a page that is asked for again the product reads no states: it knows them.
    let rows =
        "SELECT d.id, d.version, d.due_key, NULL FROM dossiers d WHERE d.id IN (SELECT value FROM json_each(?1))";
    Ok(list(c, rows, [ids], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?)))?.len())
}

/// Connections that read, each used by one thread at a time.
pub struct Reads {
    database: PathBuf,
    free: Arc<Mutex<Vec<Connection>>>,
}

impl Reads {
    pub fn new(database: &Path) -> Self {
        Self { database: database.to_owned(), free: Arc::default() }
    }

    pub async fn run<T: Send + 'static>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (database, free) = (self.database.clone(), Arc::clone(&self.free));
        tokio::task::spawn_blocking(move || {
            let kept = free.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let conn = kept.map_or_else(|| open(&database, "PRAGMA query_only=ON; PRAGMA cache_size=-4096"), Ok)?;
            let seen = look(&conn);
            free.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
            seen
        })
        .await?
    }
}
