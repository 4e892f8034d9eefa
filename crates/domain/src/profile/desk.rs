//! What helps officers at their desks. No seed fixes these; the defaults are ours.

use jiff::civil::{Time, time};
use serde::Deserialize;

/// The officer's desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Desk {
    /// Minutes within which whoever passed a dossier on inside the agency may take that back (FLW-07); 0 where nobody may.
    pub undo_minutes: u32,
    /// From when on a working day the heads are told by e-mail which dossiers nobody touched (seed 000, Điều 12.2b; FLW-13).
    pub untouched_told_at: Time,
}

impl Default for Desk {
    fn default() -> Self {
        Self { undo_minutes: 15, untouched_told_at: time(8, 0, 0, 0) }
    }
}
