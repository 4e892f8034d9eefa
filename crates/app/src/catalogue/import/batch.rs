//! Walking through a file in chunks that others can take over.

use super::{
    decide::{self, Decision, Walk},
    good::{self, Good, Read},
    rows::Rows,
    store::{self, Batch, Counts, Waiting},
    undo,
};
use crate::{
    accounts::audit,
    app::App,
    catalogue::{
        process_of::process_of,
        store::{self as catalogue_store, NewVersion, Origin},
    },
    error::AppError,
    import::{Line, Summary},
    settings,
};
use bytes::Bytes;
use domain::{accounts::Who, catalogue::ProcedureVersion, id::Id};
use futures_util::TryStreamExt;
use jiff::civil::Date;
use platform::{blobs::Sha256Hex, db::Unit};
use std::sync::Arc;
use tokio::runtime::Handle;

/// Rows in one unit of work: some milliseconds, so that nobody at a counter waits for an import.
pub const CHUNK: usize = 8;
/// Whoever walks through a file says so at every chunk; after this silence another may go on.
pub const LEASE_MS: i64 = 30_000;

/// A file that is to be imported.
pub struct Begin {
    pub file: String,
    pub bytes: Vec<u8>,
    /// What differs from what is held is put into force without asking.
    pub accept_all: bool,
    /// Who sent it; absent for the command line.
    pub officer: Option<Who>,
}

/// Keeps the file and notes the batch. `mine`: the caller walks through it at once; else whoever looks next does. Blocks.
pub fn begin(app: &App, begin: Begin, mine: bool) -> Result<Batch, AppError> {
    let (blobs, bytes) = (app.blobs.clone(), Bytes::from(begin.bytes));
    let blob = blocking(async move { blobs.put(bytes).await })?.map_err(AppError::internal)?;
    let batch = new_batch(app, begin.file, blob.sha256.to_string(), begin.accept_all, begin.officer.as_ref(), mine)?;
    let (kept, app_, by) = (batch.clone(), app.clone(), begin.officer);
    app.db.bulk_unit_blocking(move |unit| note(unit, &app_, &kept, by.as_ref()))?;
    Ok(batch)
}

/// The same for a page: the file is in the store already, the batch waits for the next look.
pub async fn wait_for(
    app: &App,
    file: String,
    sha256: Sha256Hex,
    accept_all: bool,
    by: &Who,
) -> Result<Batch, AppError> {
    let batch = new_batch(app, file, sha256.to_string(), accept_all, Some(by), false)?;
    let (kept, app_, by) = (batch.clone(), app.clone(), by.clone());
    app.db.unit(move |unit| note(unit, &app_, &kept, Some(&by))).await?;
    Ok(batch)
}

fn new_batch(
    app: &App,
    file: String,
    sha256: String,
    accept_all: bool,
    by: Option<&Who>,
    mine: bool,
) -> Result<Batch, AppError> {
    let now = app.machine.now();
    Ok(Batch {
        id: app.ids.next()?,
        file,
        sha256,
        state: store::State::Waiting,
        accept_all,
        counts: Counts::default(),
        officer: by.map(|w| w.officer),
        started_at: now,
        finished_at: None,
        lease_until: if mine { now + LEASE_MS } else { 0 },
        problem: None,
    })
}

fn note(unit: &mut Unit, app: &App, batch: &Batch, by: Option<&Who>) -> Result<(), AppError> {
    store::insert_batch(unit, batch)?;
    audit(unit, app, by, "import.begin", "procedures", &batch.file)
}

/// Takes up every batch that waits or was left, and walks through it. Any number of processes may look at once.
pub async fn due(app: &App) -> Result<u64, AppError> {
    let now = app.machine.now();
    let left = app.db.read(move |q| Ok::<_, AppError>(store::left_batches(q, now)?)).await?;
    let mut done = 0;
    for id in left {
        let claimed =
            app.db.bulk_unit(move |unit| Ok::<_, AppError>(store::claim(unit, id, now, now + LEASE_MS)?)).await?;
        let Some(batch) = claimed else { continue };
        let app_ = app.clone();
        let walked = tokio::task::spawn_blocking(move || take_up(&app_, &batch)).await;
        walked.unwrap_or_else(|e| Err(AppError::internal(e)))?;
        app.refresh().await?;
        done += 1;
    }
    Ok(done + undo::due(app).await?)
}

fn take_up(app: &App, batch: &Batch) -> Result<(), AppError> {
    let rows = match file_of(app, batch).and_then(|bytes| Rows::read(&batch.file, &bytes)) {
        Ok(rows) => rows,
        Err(e) => return fail(app, batch, e),
    };
    walk(app, batch, &rows, &mut |_, _| {}).map(drop)
}

fn file_of(app: &App, batch: &Batch) -> Result<Vec<u8>, AppError> {
    let (blobs, sha256) = (app.blobs.clone(), batch.sha256.clone());
    let hash: Sha256Hex = sha256.parse().map_err(AppError::internal)?;
    let read = blocking(async move {
        let pieces: Vec<Bytes> = blobs.stream(hash).await?.try_collect().await?;
        Ok::<_, platform::blobs::BlobError>(pieces.concat())
    })?;
    read.map_err(AppError::internal)
}

/// A file that cannot be read ends its batch with the reason; a fault of ours is tried again.
fn fail(app: &App, batch: &Batch, error: AppError) -> Result<(), AppError> {
    let AppError::Fields(wrong) = error else { return Err(error) };
    let why = wrong.first().map(|e| e.vi.clone()).unwrap_or_default();
    let (id, now) = (batch.id, app.machine.now());
    app.db.bulk_unit_blocking(move |unit| Ok::<_, AppError>(store::fail(unit, id, &why, now)?))
}

/// Walks through the rows from where the batch stands to the end. Blocks.
pub fn walk(app: &App, batch: &Batch, rows: &Rows, on_line: &mut dyn FnMut(Line, usize)) -> Result<Summary, AppError> {
    let (total, done) = (rows.len(), usize::try_from(batch.counts.done).unwrap_or(0));
    let today = app.now().day();
    let mut seen = Walk::default();
    let mut counts = Counts { total: i64::try_from(total).unwrap_or(i64::MAX), ..batch.counts };
    for from in (0..total).step_by(CHUNK) {
        let directory = Arc::clone(&app.reference().directory);
        let chunk = from..total.min(from + CHUNK);
        let read: Vec<Read> = chunk.map(|at| Read::of(rows.get(at), &app.profile, &directory)).collect();
        let twice = seen.pass(&read);
        if from < done {
            continue;
        }
        let chunk = Arc::new(Chunk { batch: batch.clone(), read, twice, today, counts });
        let (app_, chunk_) = (app.clone(), Arc::clone(&chunk));
        let (lines, after) = app.db.bulk_unit_blocking(move |unit| chunk_.take(unit, &app_))?;
        counts = after;
        for line in lines {
            on_line(line, total);
        }
    }
    let (id, app_) = (batch.id, app.clone());
    app.db.bulk_unit_blocking(move |unit| {
        store::finish(unit, id, &counts, app_.machine.now())?;
        audit(unit, &app_, None, "import.done", "procedures", &counts.told())?;
        settings::bump_reference(unit).map_err(AppError::from)
    })?;
    Ok(counts.summary())
}

/// Rows that share one unit of work.
struct Chunk {
    batch: Batch,
    read: Vec<Read>,
    twice: Vec<Option<String>>,
    today: Date,
    counts: Counts,
}

impl Chunk {
    fn take(&self, unit: &mut Unit, app: &App) -> Result<(Vec<Line>, Counts), AppError> {
        let mut counts = self.counts;
        let mut lines = Vec::with_capacity(self.read.len());
        for (row, twice) in self.read.iter().zip(&self.twice) {
            let decision = decide::row(unit, row, twice.as_deref(), self.today)?;
            if let Ok(good) = &row.content {
                self.write(unit, app, row, good, &decision)?;
            }
            let line = decision.line(row, self.batch.accept_all);
            counts.count(&line.fate);
            store::insert_line(unit, self.batch.id, row.at, &line)?;
            lines.push(line);
        }
        store::progress(unit, self.batch.id, &counts, app.machine.now() + LEASE_MS)?;
        Ok((lines, counts))
    }

    fn write(&self, unit: &mut Unit, app: &App, row: &Read, good: &Good, decision: &Decision) -> Result<(), AppError> {
        let origin = Origin {
            source: good.source,
            digest: good.digest.clone(),
            batch: Some(self.batch.id),
            officer: self.batch.officer,
        };
        match decision {
            Decision::Insert { before, .. } => {
                let before = before.as_ref().map(|b| (&b.version, b.process));
                insert(unit, app, &good.version, before, origin).map(drop)
            }
            Decision::Ask { base, proposed, .. } if self.batch.accept_all => {
                store::settle(unit, proposed.code.as_str(), &origin, app.machine.now())?;
                insert(unit, app, proposed, Some((&base.version, base.process)), origin).map(drop)
            }
            Decision::Ask { base, proposed, said: None | Some(Waiting::Accepted), .. } => {
                let change =
                    store::NewChange { id: app.ids.next()?, line: row.row, base: base.id, proposed, origin: &origin };
                Ok(store::insert_change(unit, self.batch.id, &change)?)
            }
            Decision::Leave(_) | Decision::Ask { .. } => Ok(()),
        }
    }
}

/// Writes a version with its process. The caller moves the reference's version.
pub fn insert(
    unit: &mut Unit,
    app: &App,
    version: &ProcedureVersion,
    before: Option<(&ProcedureVersion, Id<domain::catalogue::Process>)>,
    origin: Origin,
) -> Result<Id<ProcedureVersion>, AppError> {
    let process = process_of(unit, app, version, before)?;
    let id = app.id()?;
    let body = serde_json::to_string(version).map_err(AppError::internal)?;
    let digest = good::digest(version)?;
    let at_ms = app.now().millis();
    catalogue_store::insert_version(unit, &NewVersion { id, version, digest, body, process, origin, at_ms })?;
    Ok(id)
}

/// Waits for a future from a thread that may block; on a thread of its own when this one belongs to the runtime.
fn blocking<T: Send>(future: impl Future<Output = T> + Send) -> Result<T, AppError> {
    let handle = Handle::try_current().map_err(AppError::internal)?;
    let ended = std::thread::scope(|scope| scope.spawn(|| handle.block_on(future)).join());
    ended.map_err(|_| AppError::internal("the file store gave up"))
}
