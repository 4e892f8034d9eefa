//! What follows a commit: the outbox is emptied, unnamed files are collected, what has expired is swept.

mod archive;
mod jobs;
mod orphans;
mod store;
mod sweep;

pub use orphans::orphans;
pub use sweep::{CHUNK, idempotency, in_chunks, lapsed_forms, sessions};

use crate::{
    app::App,
    dossier,
    error::AppError,
    national,
    notices::{self, store::Lane},
    personal_data,
};
use platform::outbox::{Counts, Failure, Job, JobHandler, Worker};

/// Does the outbox's jobs, each by its kind.
struct Hands(App);

impl JobHandler for Hands {
    async fn handle(&self, job: &Job) -> Result<(), Failure> {
        match job.kind.as_str() {
            "archive_slip" => archive::archive_slip(&self.0, &job.payload).await,
            "tell" => notices::tell(&self.0, &job.payload).await,
            national::KIND => national::push(&self.0, job).await,
            "send_notice" => notices::send(&self.0, job).await,
            "untouched" => dossier::send_untouched(&self.0, job).await,
            personal_data::ANSWERED => personal_data::send_answered(&self.0, job).await,
            personal_data::DUE => personal_data::send_due(&self.0, job).await,
            other => Err(Failure::Never(format!("no worker knows the kind {other}"))),
        }
    }
}

/// Sends every notice that is due. Any number of processes may do so at once.
pub async fn outbox(app: &App) -> Result<Counts, AppError> {
    Ok(worker(app, Lane::Notices).settle(app.machine.now()).await?)
}

/// Archives the slips that were issued: one at a time, behind everything that anybody waits for.
pub async fn archive(app: &App) -> Result<Counts, AppError> {
    let worker = Worker { batch: 16, at_once: 1, ..worker(app, Lane::Archive) };
    Ok(worker.settle(app.machine.now()).await?)
}

/// Tells the national portal how dossiers stand (LNK-01). A portal that does not answer holds up nothing but this lane.
pub async fn national(app: &App) -> Result<Counts, AppError> {
    // One after the other: of several jobs of a dossier the first tells all. Four take far less than the lease, whatever happens.
    let worker = Worker { batch: 4, at_once: 1, ..worker(app, Lane::National) };
    Ok(worker.settle(app.machine.now()).await?)
}

fn worker(app: &App, lane: Lane) -> Worker<jobs::Jobs, Hands> {
    Worker::new(jobs::Jobs { app: app.clone(), lane }, Hands(app.clone()), app.shutdown.signal())
}
