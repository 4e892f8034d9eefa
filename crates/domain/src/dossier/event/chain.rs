//! The chain of hashes that proves a history (SEC-01).

use crate::{
    accounts::Who,
    id::Id,
    people::{Agency, Officer},
    time::Instant,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// An event as it is kept: its place in the dossier's chain, when, by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    /// 1, 2, 3 … within the dossier.
    pub seq: u32,
    /// The legal moment.
    pub at: Instant,
    /// Who acted.
    pub officer: Id<Officer>,
    /// For which agency.
    pub agency: Id<Agency>,
    /// What happened, as the exact text that was hashed.
    pub body: String,
    /// SHA-256 over the previous hash and this line, hex.
    pub hash: String,
}

/// The hash of one line of a dossier's chain: it covers the previous hash, the place, the moment, the actor and the exact
/// text of the event, so that no line can be changed, dropped, added or moved unseen (SEC-01).
pub fn chain_hash(previous: &str, seq: u32, at: Instant, who: &Who, body: &str) -> String {
    line_hash(previous, seq, at, who.officer, who.agency, body)
}

/// What an event's text says besides: for whom somebody else acted, and by which decision.
#[derive(Deserialize)]
struct Behalf {
    #[serde(default)]
    on_behalf_of: Option<Id<Officer>>,
    #[serde(default)]
    by_decision: Option<String>,
}

/// For whom an officer acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnBehalf {
    /// The officer who is away or has delegated.
    pub officer: Id<Officer>,
    /// The decision that delegates, as papers cite it (FLW-04, DN 16.1c).
    pub decision: Option<String>,
}

impl StoredEvent {
    /// The officer for whom somebody else acted.
    pub fn on_behalf_of(&self) -> Option<Id<Officer>> {
        self.behalf("\"on_behalf_of\"")?.on_behalf_of
    }
    /// The decision that delegated the act, as papers cite it.
    pub fn by_decision(&self) -> Option<String> {
        self.behalf("\"by_decision\"")?.by_decision
    }
    /// Of few events anything is said besides, so the others are not read for it.
    fn behalf(&self, name: &str) -> Option<Behalf> {
        self.body.contains(name).then(|| serde_json::from_str(&self.body).ok()).flatten()
    }
    /// Whether this line follows `previous` unchanged.
    pub fn follows(&self, previous: &str) -> bool {
        line_hash(previous, self.seq, self.at, self.officer, self.agency, &self.body) == self.hash
    }
}

fn line_hash(previous: &str, seq: u32, at: Instant, officer: Id<Officer>, agency: Id<Agency>, body: &str) -> String {
    let mut h = Sha256::new();
    h.update(format!("{previous}\n{seq}\n{}\n{officer}\n{agency}\n", at.millis()));
    h.update(body);
    crate::hex(&h.finalize())
}
