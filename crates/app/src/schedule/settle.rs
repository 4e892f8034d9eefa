//! All scheduled work on one page, and `settle`, which runs it all at once.

use crate::{
    app::App, attention, catalogue, checkpoints, deadline::changes::recount, dossier, error::AppError, guards, online,
    reads, worker,
};
use futures_util::future::BoxFuture;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// One piece of scheduled work. It must be safe in several processes at once.
pub struct Routine {
    pub name: &'static str,
    pub every: Duration,
    pub run: fn(&App) -> BoxFuture<'_, Result<Value, AppError>>,
}

const SECOND: Duration = Duration::from_secs(1);
const FEW_SECONDS: Duration = Duration::from_secs(5);
const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

pub const ALL: &[Routine] = &[
    Routine { name: "reference", every: SECOND, run: |app| Box::pin(async { done(app.refresh().await.map(|()| 0)) }) },
    Routine { name: "calendar", every: SECOND, run: |app| Box::pin(async { done(recount(app).await) }) },
    Routine {
        name: "owed_deadlines",
        every: HOUR,
        run: |app| Box::pin(async { done(attention::keep_owed(app).await) }),
    },
    Routine { name: "deadlines", every: SECOND, run: |app| Box::pin(async { Ok(json!(attention::fire(app).await?)) }) },
    Routine {
        name: "untouched",
        every: MINUTE,
        run: |app| Box::pin(async { done(dossier::enlist_untouched(app).await) }),
    },
    Routine { name: "outbox", every: SECOND, run: |app| Box::pin(async { Ok(json!(worker::outbox(app).await?)) }) },
    Routine { name: "national", every: SECOND, run: |app| Box::pin(async { Ok(json!(worker::national(app).await?)) }) },
    Routine { name: "imports", every: SECOND, run: |app| Box::pin(async { done(catalogue::import::due(app).await) }) },
    Routine { name: "archive", every: SECOND, run: |app| Box::pin(async { Ok(json!(worker::archive(app).await?)) }) },
    Routine { name: "reads", every: FEW_SECONDS, run: |app| Box::pin(async { done(reads::flush(app).await) }) },
    Routine { name: "sessions", every: HOUR, run: |app| Box::pin(async { done(worker::sessions(app).await) }) },
    Routine { name: "wrong_guesses", every: HOUR, run: |app| Box::pin(async { done(guards::sweep(app).await) }) },
    Routine { name: "idempotency", every: HOUR, run: |app| Box::pin(async { done(worker::idempotency(app).await) }) },
    Routine { name: "online", every: HOUR, run: |app| Box::pin(async { done(online::sweep(app).await) }) },
    Routine { name: "old_reads", every: DAY, run: |app| Box::pin(async { done(reads::sweep(app).await) }) },
    Routine { name: "checkpoints", every: HOUR, run: |app| Box::pin(async { done(checkpoints::make(app).await) }) },
    Routine { name: "orphan_files", every: DAY, run: |app| Box::pin(async { done(worker::orphans(app).await) }) },
];

fn done(count: Result<u64, AppError>) -> Result<Value, AppError> {
    count.map(|n| json!(n))
}

/// Runs everything that is due, once, and says how much it was: what tests call after moving the legal clock.
pub async fn settle(app: &App) -> Result<Value, AppError> {
    let mut counts = Map::new();
    for routine in ALL {
        counts.insert(routine.name.to_owned(), (routine.run)(app).await?);
    }
    Ok(Value::Object(counts))
}
