//! What follows a commit: the outbox is emptied, unnamed files are collected, what has expired is swept.

mod archive;
mod jobs;
mod orphans;
mod store;
mod sweep;

pub use orphans::orphans;
pub use sweep::{idempotency, sessions};

use crate::{app::App, error::AppError};
use platform::outbox::{Counts, Failure, Job, JobHandler, Worker};

/// Does the outbox's jobs, each by its kind.
struct Hands(App);

impl JobHandler for Hands {
    async fn handle(&self, job: &Job) -> Result<(), Failure> {
        match job.kind.as_str() {
            "archive_slip" => archive::archive_slip(&self.0, &job.payload).await,
            other => Err(Failure::Never(format!("no worker knows the kind {other}"))),
        }
    }
}

/// Does everything in the outbox that is due. Any number of processes may do so at once.
pub async fn outbox(app: &App) -> Result<Counts, AppError> {
    let worker = Worker::new(jobs::Jobs(app.clone()), Hands(app.clone()));
    Ok(worker.settle(app.machine.now()).await?)
}
