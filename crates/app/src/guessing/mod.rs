//! What slows guessing down: passwords by login and by address, codes of the second factor, the digits that open a dossier.
//!
//! Memory decides at once and counts a thousand tries that come together. The store keeps what went wrong, so that neither a
//! restart nor another process gives a guesser new tries.

mod store;

use crate::{
    app::App,
    error::AppError,
    worker::{CHUNK, in_chunks},
};
use platform::{
    config::Guessing,
    throttle::{Limiter, Limits, SlowDown, Try},
};
use std::{hash::Hash, net::IpAddr};

/// All of them. What is asked in public and what opens an account are counted apart: typing errors in the codes of dossiers
/// keep nobody from signing in.
pub struct Guards {
    pub login: Guard<String>,
    pub address: Guard<IpAddr>,
    pub code_request: Guard<IpAddr>,
    pub lookup: Guard<IpAddr>,
    pub texts: Guard<String>,
    pub assistant: Guard<IpAddr>,
    pub dossier_digits: Guard<String>,
    pub digits: Guard<IpAddr>,
}

impl Guards {
    /// As patient as the installation wants them.
    pub fn new(patience: &Guessing) -> Self {
        Self {
            login: Guard::new("login", patience.login),
            address: Guard::new("address", patience.address),
            code_request: Guard::new("code_request", patience.code_request),
            lookup: Guard::new("lookup", patience.lookup),
            texts: Guard::new("texts", patience.texts),
            assistant: Guard::new("assistant", patience.assistant),
            dossier_digits: Guard::new("dossier_digits", patience.dossier_digits),
            digits: Guard::new("digits", patience.digits),
        }
    }
}

/// One of them: who knocks at which door.
pub struct Guard<K> {
    name: &'static str,
    here: Limiter<K>,
}

impl<K: Clone + Eq + Hash + ToString> Guard<K> {
    fn new(name: &'static str, limits: Limits) -> Self {
        Self { name, here: Limiter::new(limits) }
    }

    /// Lets a try through, unless too many went wrong, here or in another process. It holds its place until it is dropped;
    /// nothing is counted before [`Self::failed`] says so.
    pub async fn admit(&self, app: &App, key: &K) -> Result<Try<'_, K>, AppError> {
        let (name, digest, now) = (self.name, self.digest(app, key), app.machine.now());
        if let Some(debt) = app.db.read(move |q| store::of(q, name, &digest)).await? {
            self.here.learn(key, debt, now);
        }
        self.here.admit(key, now).map_err(too_many)
    }

    /// Whether a try is heard, by what this process knows: for pages that many ask at once and that may not cost a look into
    /// the store.
    pub fn check_here(&self, app: &App, key: &K) -> Result<(), AppError> {
        self.here.check(key, app.machine.now()).map_err(too_many)
    }

    /// It went wrong: every process is to know. A full disc does not stop the answer; this process remembers anyway.
    pub async fn failed(&self, app: &App, key: &K) {
        let (name, digest, now) = (self.name, self.digest(app, key), app.machine.now());
        self.here.missed(key, now);
        let limits = *self.here.limits();
        match app.db.bulk_unit(move |unit| store::count(unit, name, &digest, &limits, now)).await {
            Ok(debt) => self.here.learn(key, debt, now),
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

    /// Counts against a key in this process only, until [`Self::take_back`]: what costs something and may yet turn out well.
    pub fn count_here(&self, app: &App, key: &K) {
        self.here.missed(key, app.machine.now());
    }

    /// It turned out well; others still count.
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

/// Forgets those against whom nothing is held any more.
pub async fn sweep(app: &App) -> Result<u64, AppError> {
    let now = app.machine.now();
    in_chunks(app, move |unit| Ok(store::sweep(unit, now, CHUNK)?)).await
}
