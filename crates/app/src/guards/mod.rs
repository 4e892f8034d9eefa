//! What slows guessing down: passwords by login and by address, codes of the second factor, the digits that open a dossier.
//!
//! Memory decides at once and counts a thousand tries that come together. The store keeps what went wrong, so that neither a
//! restart nor another process gives a guesser new tries.

mod store;

use crate::{app::App, error::AppError};
use platform::throttle::{Limiter, Limits, SlowDown};
use std::{hash::Hash, net::IpAddr};

/// All of them.
pub struct Guards {
    pub login: Guard<String>,
    pub address: Guard<IpAddr>,
    pub dossier_code: Guard<String>,
}

impl Default for Guards {
    fn default() -> Self {
        Self {
            login: Guard::new("login", Limits::LOGIN),
            address: Guard::new("address", Limits::ADDRESS),
            dossier_code: Guard::new("dossier_code", Limits::DOSSIER_CODE),
        }
    }
}

/// One of them: who knocks at which door.
pub struct Guard<K> {
    name: &'static str,
    limits: Limits,
    here: Limiter<K>,
}

impl<K: Clone + Eq + Hash + ToString> Guard<K> {
    fn new(name: &'static str, limits: Limits) -> Self {
        Self { name, limits, here: Limiter::new(limits) }
    }

    /// Lets a try through, unless too many went wrong, here or in another process. It counts as failed until one of the
    /// others below says how it ended.
    pub async fn admit(&self, app: &App, key: &K) -> Result<(), AppError> {
        let (name, digest) = (self.name, self.digest(app, key));
        if let Some((failures, last_at)) = app.db.read(move |q| store::of(q, name, &digest)).await? {
            self.here.learn(key, failures, last_at);
        }
        self.admit_here(app, key)
    }

    /// The same by what this process knows, for pages that may not cost a look into the store.
    pub fn admit_here(&self, app: &App, key: &K) -> Result<(), AppError> {
        self.here.admit(key, app.machine.now()).map_err(too_many)
    }

    /// It went wrong: every process is to know. A full disc does not stop the answer; this process remembers anyway.
    pub async fn failed(&self, app: &App, key: &K) {
        let (name, digest, now) = (self.name, self.digest(app, key), app.machine.now());
        let forgotten = now - self.limits.forget_after;
        let counted = app.db.bulk_unit(move |unit| store::count(unit, name, &digest, now, forgotten)).await;
        match counted {
            Ok(failures) => self.here.learn(key, failures, now),
            Err(why) => tracing::warn!(%why, guard = name, "a wrong guess was not noted"),
        }
    }

    /// The right answer: the count begins afresh.
    pub async fn succeeded(&self, app: &App, key: &K) {
        self.here.succeeded(key);
        let (name, digest) = (self.name, self.digest(app, key));
        if let Err(why) = app.db.unit(move |unit| store::clear(unit, name, &digest)).await {
            tracing::warn!(%why, guard = name, "wrong guesses were not forgotten");
        }
    }

    /// This try was good, or was not heard; earlier ones still count.
    pub fn take_back(&self, key: &K) {
        self.here.take_back(key);
    }

    fn digest(&self, app: &App, key: &K) -> String {
        let mac = app.secret.derive("wrong-guesses").mac(&[self.name.as_bytes(), key.to_string().as_bytes()]);
        domain::hex(&mac)
    }
}

/// Milliseconds of waiting become whole seconds, never too few.
fn too_many(slow: SlowDown) -> AppError {
    AppError::TooMany { retry_after: u32::try_from((slow.wait.max(1) + 999) / 1_000).unwrap_or(u32::MAX) }
}

/// Rows a unit deletes: some milliseconds of the writer's time.
const CHUNK: i64 = 500;

/// Forgets those who have been silent for as long as any guard remembers.
pub async fn sweep(app: &App) -> Result<u64, AppError> {
    let since = app.machine.now() - Limits::LOGIN.forget_after;
    let mut gone = 0;
    loop {
        let swept = app.db.bulk_unit(move |unit| store::sweep(unit, since, CHUNK).map_err(AppError::from)).await?;
        gone += swept;
        if swept == 0 {
            return Ok(gone);
        }
    }
}
