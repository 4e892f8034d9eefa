//! All scheduled work on one page, and `settle`, which runs it all at once.

use crate::{
    app::App, attention, catalogue, checkpoints, deadline::changes::recount, dossier, error::AppError, guessing,
    online, personal_data, reads, vault, worker,
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
        every: FEW_SECONDS,
        run: |app| Box::pin(async { done(attention::keep_owed(app).await) }),
    },
    Routine { name: "deadlines", every: SECOND, run: |app| Box::pin(async { Ok(json!(attention::fire(app).await?)) }) },
    Routine {
        name: "untouched",
        every: MINUTE,
        run: |app| Box::pin(async { done(dossier::enlist_untouched(app).await) }),
    },
    Routine {
        name: "process_details",
        every: MINUTE,
        run: |app| Box::pin(async { done(catalogue::process::sending::fire(app).await) }),
    },
    Routine {
        name: "data_requests",
        every: MINUTE,
        run: |app| Box::pin(async { done(personal_data::fire(app).await) }),
    },
    Routine { name: "outbox", every: SECOND, run: |app| Box::pin(async { Ok(json!(worker::outbox(app).await?)) }) },
    Routine { name: "national", every: SECOND, run: |app| Box::pin(async { Ok(json!(worker::national(app).await?)) }) },
    Routine { name: "imports", every: SECOND, run: |app| Box::pin(async { done(catalogue::import::due(app).await) }) },
    Routine { name: "archive", every: SECOND, run: |app| Box::pin(async { Ok(json!(worker::archive(app).await?)) }) },
    Routine { name: "reads", every: FEW_SECONDS, run: |app| Box::pin(async { done(reads::flush(app).await) }) },
    Routine { name: "sessions", every: HOUR, run: |app| Box::pin(async { done(worker::sessions(app).await) }) },
    Routine { name: "lapsed_forms", every: HOUR, run: |app| Box::pin(async { done(worker::lapsed_forms(app).await) }) },
    Routine { name: "wrong_guesses", every: HOUR, run: |app| Box::pin(async { done(guessing::sweep(app).await) }) },
    Routine { name: "idempotency", every: HOUR, run: |app| Box::pin(async { done(worker::idempotency(app).await) }) },
    Routine { name: "online", every: HOUR, run: |app| Box::pin(async { done(online::sweep(app).await) }) },
    Routine { name: "old_reads", every: DAY, run: |app| Box::pin(async { done(reads::sweep(app).await) }) },
    Routine { name: "old_looks", every: DAY, run: |app| Box::pin(async { done(vault::sweep(app).await) }) },
    Routine {
        name: "old_data_requests",
        every: DAY,
        run: |app| Box::pin(async { done(personal_data::sweep(app).await) }),
    },
    Routine { name: "checkpoints", every: HOUR, run: |app| Box::pin(async { done(checkpoints::make(app).await) }) },
    Routine { name: "orphan_files", every: DAY, run: |app| Box::pin(async { done(worker::orphans(app).await) }) },
];

fn done(count: Result<u64, AppError>) -> Result<Value, AppError> {
    count.map(|n| json!(n))
}

/// What one of these did may bring something else due: a term that lapses calls somebody and tells the applicant.
const BRING_MORE: [&str; 4] = ["deadlines", "outbox", "imports", "archive"];

/// Rounds at most; each brings a dossier one deadline further.
const ROUNDS: u32 = 20;

/// Runs everything that is due, until nothing is, and says how much it was: what tests call after moving the legal clock.
/// One routine that fails does not keep the others from running; its error is told at the end.
pub async fn settle(app: &App) -> Result<Value, AppError> {
    let (mut counts, mut failed) = (Map::new(), None);
    for round in 0..ROUNDS {
        let mut moved = false;
        for routine in ALL.iter().filter(|r| round == 0 || BRING_MORE.contains(&r.name)) {
            match (routine.run)(app).await {
                Ok(did) => {
                    moved |= BRING_MORE.contains(&routine.name) && is_more_than_nothing(&did);
                    add(counts.entry(routine.name).or_insert(Value::Null), did);
                }
                Err(why) => failed = failed.or(Some(why)),
            }
        }
        if !moved || failed.is_some() {
            break;
        }
    }
    failed.map_or(Ok(Value::Object(counts)), Err)
}

fn is_more_than_nothing(did: &Value) -> bool {
    match did {
        Value::Object(parts) => parts.values().any(is_more_than_nothing),
        other => other.as_u64().is_some_and(|n| n > 0),
    }
}

/// Adds the counts of a later round to those of the earlier ones.
fn add(sum: &mut Value, did: Value) {
    match (sum, did) {
        (Value::Object(sum), Value::Object(did)) => {
            for (name, n) in did {
                add(sum.entry(name).or_insert(Value::Null), n);
            }
        }
        (sum, did) => match (sum.as_u64(), did.as_u64()) {
            (Some(before), Some(now)) => *sum = json!(before + now),
            _ => *sum = did,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_of_all_rounds_are_added_up_name_by_name() {
        let mut sum = Value::Null;
        for did in [json!({"reminders": 2, "lapsed": 1}), json!({"reminders": 0, "lapsed": 3})] {
            add(&mut sum, did);
        }
        assert_eq!(sum, json!({"reminders": 2, "lapsed": 4}));
        assert!(
            is_more_than_nothing(&sum)
                && !is_more_than_nothing(&json!({"done": 0}))
                && !is_more_than_nothing(&json!(0))
        );
    }

    #[test]
    fn what_may_bring_more_is_scheduled() {
        assert!(BRING_MORE.iter().all(|name| ALL.iter().any(|routine| routine.name == *name)));
    }
}
