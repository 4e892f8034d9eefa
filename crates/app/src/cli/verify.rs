//! `verify`: events against state, chains, people, slips and files, all of it against the signed check-points; read-only, also beside a running server.

use super::{
    Failure, Report,
    args::{Global, VerifyArgs},
    open, serve,
};
use crate::{checkpoints, error::AppError, verify};
use platform::{blobs::Blobs, clock::MachineClock, db::Mode, random::Random, secret_key::SecretKey};
use serde_json::json;

const DAY_MS: i64 = 86_400_000;

pub fn run(global: &Global, args: VerifyArgs) -> Result<Report, Failure> {
    let config = open::config(global, None, None)?;
    let db = open::database(&config, Mode::ReadOnly)?;
    let profile = open::profile(&config, &db)?.profile;
    let random = Random::from_os().map_err(|e| Failure::Failed(e.to_string()))?;
    let blobs = Blobs::open(&config.data, random).map_err(|e| Failure::Failed(e.to_string()))?;
    let failed = |e: &dyn std::fmt::Display| Failure::Failed(e.to_string());
    let against = verify::Against {
        secret: SecretKey::find(&config.data).map_err(|e| failed(&e))?,
        here: checkpoints::remembered(&config.data).map_err(|e| failed(&e))?,
        outside: args.checkpoint,
        // A day more: what was due to be forgotten may be gone or not.
        reads_kept_since: MachineClock::real().now() - (i64::from(config.privacy.keep_reads_days) - 1) * DAY_MS,
    };
    let found = serve::runtime()?.block_on(async {
        let mut found = verify::all(&db, &blobs).await?;
        verify::hold_against_law(&db, &profile, open::today(), &mut found).await?;
        verify::hold_against_checkpoints(&db, against, &mut found).await?;
        Ok::<_, AppError>(found)
    })?;
    let mut text = format!(
        "{} dossiers, {} events, {} slips, {} files, {} check-points: {}",
        found.dossiers,
        found.events,
        found.slips,
        found.files,
        found.checkpoints,
        if found.faults.is_empty() { "all is well".to_owned() } else { format!("{} faults", found.faults.len()) }
    );
    for fault in &found.faults {
        text.push_str("\n  ");
        text.push_str(&fault.to_string());
    }
    if let Some(newest) = &found.newest_checkpoint {
        text.push_str("\nnewest check-point, to be kept elsewhere: ");
        text.push_str(newest);
    }
    Ok(Report { text, json: json!(found), is_good: found.faults.is_empty() })
}
