use super::{
    process,
    rows::Rows,
    store::{self, NewVersion},
};
use crate::{
    app::App,
    error::AppError,
    import::{Fate, Job, Line, Summary},
    settings,
};
use domain::{
    catalogue::{
        ProcedureLevel, ProcedureVersion, Publication, PublicationKind,
        competence::{Competence, competent},
        default_process, portal,
        process::working_minutes,
    },
    deadline::TimeLimit,
    profile::{Level, Profile},
};
use platform::db::{Query, Unit};
use sha2::{Digest, Sha256};

/// Rows in one unit of work: some milliseconds, so that nobody at a counter waits for an import.
const CHUNK: usize = 8;

/// The procedures that the product carries: facts of official notices, for a first start and the demo.
pub fn embedded() -> &'static [u8] {
    include_bytes!("../../data/procedures.jsonl.gz")
}

/// Takes procedures in: a row whose content is known changes nothing, another becomes a new version with its own process
/// (CAT-02). Blocks; call it off the async threads.
pub fn import_procedures(app: &App, job: Job<'_>) -> Result<Summary, AppError> {
    let rows = Rows::read(job.name, job.bytes)?;
    let total = rows.len();
    let mut summary = Summary::default();
    let mut told = |lines: Vec<Line>| {
        for line in lines {
            summary.count(&line.fate);
            (job.on_line)(line, total);
        }
    };
    for from in (0..total).step_by(CHUNK) {
        let read: Vec<Read> = (from..total.min(from + CHUNK)).map(|at| Read::of(&rows, at, &app.profile)).collect();
        let lines = if job.dry_run {
            app.db
                .read_blocking(|q| read.iter().map(|row| Ok(row.line(row.fate(q)?))).collect::<Result<_, AppError>>())?
        } else {
            let app_ = app.clone();
            app.db.unit_blocking(move |unit| take(unit, &app_, &read))?
        };
        told(lines);
    }
    Ok(summary)
}

/// Takes a few rows in one unit.
fn take(unit: &mut Unit, app: &App, rows: &[Read]) -> Result<Vec<Line>, AppError> {
    let mut lines = Vec::with_capacity(rows.len());
    let mut changed = false;
    for row in rows {
        let fate = row.fate(unit)?;
        if let (Fate::Taken | Fate::Mended { .. }, Ok(good)) = (&fate, &row.content) {
            good.insert(unit, app)?;
            changed = true;
        }
        lines.push(row.line(fate));
    }
    if changed {
        settings::bump_reference(unit)?;
    }
    Ok(lines)
}

/// A row as it was read, before the data base is asked.
struct Read {
    row: usize,
    key: String,
    content: Result<Box<Good>, String>,
}

struct Good {
    version: ProcedureVersion,
    mended: Vec<String>,
    level: Level,
    body: String,
    digest: String,
}

impl Read {
    fn of(rows: &Rows, at: usize, profile: &Profile) -> Self {
        let row = at + 1;
        let value = match rows.get(at) {
            Ok(value) => value,
            Err(why) => return Self { row, key: String::new(), content: Err(why) },
        };
        let key = value.get("code").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let content = match portal::parse(&value) {
            Ok(taken) => Good::of(taken, profile).map(Box::new),
            Err(refused) => Err(refused.to_string()),
        };
        Self { row, key, content }
    }

    fn fate(&self, q: &mut impl Query) -> Result<Fate, AppError> {
        let good = match &self.content {
            Ok(good) => good,
            Err(why) => return Ok(Fate::Refused { why: why.clone() }),
        };
        let code = good.version.code.as_str();
        if store::last_digest(q, code)?.as_deref() == Some(&good.digest) {
            return Ok(Fate::Unchanged);
        }
        if store::has_digest(q, code, &good.digest)? {
            let why = "nội dung này là của một phiên bản cũ hơn; phiên bản mới hơn đang có hiệu lực".to_owned();
            return Ok(Fate::Refused { why });
        }
        Ok(if good.mended.is_empty() { Fate::Taken } else { Fate::Mended { what: good.mended.clone() } })
    }

    fn line(&self, fate: Fate) -> Line {
        Line { row: self.row, key: self.key.clone(), fate }
    }
}

impl Good {
    fn of(taken: portal::Taken, profile: &Profile) -> Result<Self, String> {
        let body = serde_json::to_string(&taken.version).map_err(|e| e.to_string())?;
        Ok(Self {
            digest: domain::hex(&Sha256::digest(&body)),
            level: level(&taken.version, profile),
            mended: taken.mended.into_iter().map(|m| format!("{}: {}", m.part, m.what)).collect(),
            version: taken.version,
            body,
        })
    }

    fn insert(&self, unit: &mut Unit, app: &App) -> Result<(), AppError> {
        let process = default_process(self.level, longest_limit(&self.version));
        let (process_id, id) = (app.id()?, app.id()?);
        process::store::insert(unit, process_id, &process)?;
        let Publication { kind, .. } = &self.version.publication;
        store::insert_version(
            unit,
            &NewVersion {
                id,
                version: &self.version,
                digest: self.digest.clone(),
                body: self.body.clone(),
                process: process_id,
                abolished: *kind == PublicationKind::Abolished,
                at_ms: app.now().millis(),
            },
        )?;
        Ok(())
    }
}

/// The shape of the default process. Where a commune is among several competent agencies its shape is taken: only in that
/// one can an office without a return desk of its own do every step.
fn level(version: &ProcedureVersion, profile: &Profile) -> Level {
    let commune = match competent(version, profile) {
        Competence::One(agency) => agency.level == Level::Commune,
        Competence::Choice(agencies) => agencies.iter().any(|a| a.level == Level::Commune),
        Competence::Unknown => version.levels == [ProcedureLevel::Commune],
    };
    if commune { Level::Commune } else { Level::Province }
}

/// The longest published limit; none at all counts as the longest.
fn longest_limit(version: &ProcedureVersion) -> TimeLimit {
    let of_ways = version.ways.iter().map(|w| w.limit);
    let of_cases = version.variants.iter().filter_map(|v| v.limit);
    of_ways.chain(of_cases).max_by_key(|l| working_minutes(*l).unwrap_or(u32::MAX)).unwrap_or(TimeLimit::None)
}
