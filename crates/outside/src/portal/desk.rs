//! What the portal keeps, in memory.

use super::text;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};

/// How a message fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The server answers with this status.
    Status(u16),
    /// The server answers with this `error_code`.
    Code(String),
}

/// A message that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// `DongBoHoSoMC` or `CapNhatTienDoHoSoMC`.
    pub service: String,
    /// `isUpdating`, where it was said.
    pub is_updating: Option<String>,
    /// Code of the dossier.
    pub code: String,
    /// The status that it tells.
    pub status: String,
}

/// A dossier as the portal knows it.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// The last `DongBoHoSoMC`.
    pub facts: Value,
    /// The states that were told, one after the other.
    pub states: Vec<String>,
    /// Every step that was told, each once.
    pub steps: Vec<Value>,
    /// It was handed in on this portal.
    pub is_ours: bool,
}

/// Everything.
#[derive(Default)]
pub(super) struct Desk {
    pub dossiers: BTreeMap<String, Held>,
    pub received: Vec<Received>,
    faults: VecDeque<Fault>,
}

impl Desk {
    pub fn fail(&mut self, fault: Fault, times: usize) {
        self.faults.extend(std::iter::repeat_n(fault, times));
    }
    pub fn mend(&mut self) {
        self.faults.clear();
    }
    pub fn next_fault(&mut self) -> Option<Fault> {
        self.faults.pop_front()
    }
    /// How many messages will fail.
    pub fn faults(&self) -> usize {
        self.faults.len()
    }
    pub fn handed_in(&mut self, code: &str) {
        self.dossiers.entry(code.to_owned()).or_default().is_ours = true;
    }
    /// A dossier as it stands: a state that is told twice is one state.
    pub fn take_dossier(&mut self, data: &Value) {
        let held = self.dossiers.entry(text(data, "MaHoSo").to_owned()).or_default();
        let status = text(data, "TrangThaiHoSo").to_owned();
        if held.states.last() != Some(&status) {
            held.states.push(status);
        }
        held.facts = data.clone();
    }
    /// A step: one that is told twice is one step. False when nobody told of the dossier.
    pub fn take_step(&mut self, data: &Value) -> bool {
        let known = self.dossiers.get_mut(text(data, "MaHoSo")).filter(|held| !held.facts.is_null());
        let Some(held) = known else { return false };
        if !held.steps.contains(data) {
            held.steps.push(data.clone());
        }
        true
    }
}
