//! `verify`: events against state, chains, people, slips and files; read-only, also beside a running server.

use super::{Failure, Report, args::Global, open, serve};
use crate::verify;
use platform::{blobs::Blobs, db::Mode, random::Random};
use serde_json::json;

pub fn run(global: &Global) -> Result<Report, Failure> {
    let config = open::config(global, None, None)?;
    let db = open::database(&config, Mode::ReadOnly)?;
    let random = Random::from_os().map_err(|e| Failure::Failed(e.to_string()))?;
    let blobs = Blobs::open(&config.data, random).map_err(|e| Failure::Failed(e.to_string()))?;
    let found = serve::runtime()?.block_on(verify::all(&db, &blobs))?;
    let mut text = format!(
        "{} dossiers, {} events, {} slips, {} files: {}",
        found.dossiers,
        found.events,
        found.slips,
        found.files,
        if found.faults.is_empty() { "all is well".to_owned() } else { format!("{} faults", found.faults.len()) }
    );
    for fault in &found.faults {
        text.push_str("\n  ");
        text.push_str(&fault.to_string());
    }
    Ok(Report { text, json: json!(found), is_good: found.faults.is_empty() })
}
