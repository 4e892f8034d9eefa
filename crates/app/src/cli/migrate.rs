//! `migrate`: creates or upgrades the data base and gives a new one what the profile names.

use super::{Chosen, Failure, Report, args::Global, open, profiles};
use crate::error::AppError;
use platform::{
    clock::MachineClock,
    config::Config,
    db::{Db, Migration, Mode, Options},
    ids::IdMaker,
    random::Random,
};
use serde_json::json;
use std::path::Path;

/// Every step of the schema, in order: the platform's, then `migrations/*.sql`.
pub const MIGRATIONS: &[Migration] = include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

pub fn run(global: &Global) -> Result<Report, Failure> {
    let config = open::config(global, None, None)?;
    make_data_folder(&config.data)?;
    let db = Db::open(&open::url(&config)?, Options::new(Mode::Tool))?;
    let chosen = choose(&config, &db)?;
    let machine = MachineClock::real();
    let random = Random::from_os().map_err(|e| Failure::Failed(e.to_string()))?;
    let applied = prepare(&db, &chosen, &machine, &random)?;
    let text = match applied.len() {
        0 => format!("up to date ({})", chosen.name()),
        n => format!("{n} migrations applied ({})", chosen.name()),
    };
    Ok(Report::good(text, json!({ "profile": chosen.name(), "applied": applied })))
}

/// Only the owner looks into DATA: it holds the secret key, the data base and people's papers.
fn make_data_folder(data: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::DirBuilderExt;
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(data);
    made.map_err(|e| Failure::Usage(format!("{}: {e}", data.display())))
}

/// The profile named, or the one remembered; a new data base must be told.
fn choose(config: &Config, db: &Db) -> Result<Chosen, Failure> {
    let is_new = db.pending(MIGRATIONS)?.contains(&"0005_deadline");
    let kept = if is_new { None } else { db.read_blocking(profiles::remembered)? };
    match (kept, &config.profile) {
        (Some(kept), Some(asked)) => {
            let asked = profiles::named(asked)?;
            kept.refuse_other_province(&asked)?;
            Ok(asked)
        }
        (Some(kept), None) => Ok(kept),
        (None, Some(asked)) => profiles::named(asked),
        (None, None) => Err(Failure::Usage("a new data base needs --profile, such as --profile quang-ninh".into())),
    }
}

/// Brings the schema up to date and adds what the profile names and is not there yet. Safe to run again.
pub fn prepare(
    db: &Db,
    chosen: &Chosen,
    machine: &MachineClock,
    random: &Random,
) -> Result<Vec<&'static str>, Failure> {
    let applied = db.migrate(MIGRATIONS, machine.now())?.applied;
    crate::dossier::store::also_named::fill(db)?;
    let ids = IdMaker::leased(db, &format!("migrate-{}", random.hex(8)), machine.clone())?;
    crate::vault::fill(db, &ids)?;
    crate::enterprises::fill(db)?;
    let (chosen, now) = (chosen.clone(), machine.now());
    db.unit_blocking(move |unit| {
        chosen.keep(unit)?;
        crate::people::seed(unit, &ids, &chosen.profile)?;
        crate::people::seed_areas(unit)?;
        crate::lists::seed(unit, &ids)?;
        crate::forms::seed(unit, &ids, now)?;
        Ok::<_, AppError>(crate::deadline::seed(unit, now)?)
    })?;
    Ok(applied)
}
