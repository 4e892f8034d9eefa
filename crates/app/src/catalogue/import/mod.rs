//! `import procedures`: every row is taken, mended, refused with the reason, unchanged, or waits for somebody to agree.
//!
//! An import is a batch: its file is kept, so that another process can go on where one was stopped; what it did to each
//! row can be read on a page; and it can be undone.

pub mod batch;
mod changes;
mod decide;
pub mod good;
mod rows;
mod sheets;
pub mod store;
mod undo;
mod workbook;

pub use batch::{due, wait_for};
pub use changes::{Decided, decide_all, decide_one, reconsider};
pub use undo::undo;

use crate::{
    app::App,
    error::AppError,
    import::{Job, Summary},
};
use batch::Begin;
use decide::Walk;
use good::Read;
use rows::Rows;

/// The procedures that the product carries: facts of official notices, for a first start and the demo.
pub fn embedded() -> &'static [u8] {
    include_bytes!("../../../data/procedures.jsonl.gz")
}

/// Takes procedures in: what is new is put into force, what differs from what is held waits (CAT-02).
/// Blocks; call it off the async threads, with a runtime at hand.
pub fn import_procedures(app: &App, job: Job<'_>) -> Result<Summary, AppError> {
    import_with(app, job, false)
}

/// The same; with `accept_all` what differs is put into force as well, from today on.
pub fn import_with(app: &App, job: Job<'_>, accept_all: bool) -> Result<Summary, AppError> {
    let rows = Rows::read(job.name, job.bytes)?;
    if job.dry_run {
        return look(app, &rows, job, accept_all);
    }
    let begin = Begin { file: job.name.to_owned(), bytes: job.bytes.to_vec(), accept_all, officer: None };
    let batch = batch::begin(app, begin, true)?;
    batch::walk(app, &batch, &rows, job.on_line)
}

/// Says what would happen, and changes nothing.
fn look(app: &App, rows: &Rows, job: Job<'_>, accept_all: bool) -> Result<Summary, AppError> {
    let (mut summary, mut walk) = (Summary::default(), Walk::default());
    let today = app.now().day();
    let directory = std::sync::Arc::clone(&app.reference().directory);
    for from in (0..rows.len()).step_by(batch::CHUNK) {
        let read: Vec<Read> = (from..rows.len().min(from + batch::CHUNK))
            .map(|at| Read::of(rows.get(at), &app.profile, &directory))
            .collect();
        let seen = walk.pass(&read);
        let lines = app.db.read_blocking(|q| {
            let both = read.iter().zip(&seen);
            both.map(|(row, twice)| decide::row(q, row, twice.as_deref(), today).map(|d| d.line(row, accept_all)))
                .collect::<Result<Vec<_>, AppError>>()
        })?;
        for line in lines {
            summary.count(&line.fate);
            (job.on_line)(line, rows.len());
        }
    }
    Ok(summary)
}
