//! Bringing the schema up to date.

use super::row::Place;
use super::{Db, DbError, Query, Unit, params, sql};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// One step of the schema, in portable SQL. An applied one never changes again.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// `NNNN_capability`; the number orders it and is used once.
    pub name: &'static str,
    /// The text, usually by `include_str!`.
    pub sql: &'static str,
}

/// What [`Db::migrate`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationReport {
    /// Applied now, in order.
    pub applied: Vec<&'static str>,
    /// Were there before.
    pub already: usize,
}

/// The platform's own tables; the application lists it first.
pub const PLATFORM_MIGRATION: Migration = Migration { name: "0001_platform", sql: include_str!("platform.sql") };

impl Db {
    /// Applies what is missing, each migration in a transaction of its own. Refuses two migrations of one number, an applied one
    /// whose text has changed, and a data base that a newer program has been at. `now_ms` is noted beside each. Blocks.
    pub fn migrate(&self, migrations: &[Migration], now_ms: i64) -> Result<MigrationReport, DbError> {
        let ordered = in_order(migrations)?;
        self.unit_blocking(|unit| {
            unit.0.batch(
                "CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, applied_at BIGINT NOT NULL)",
                Place { file: file!(), line: line!() },
            )
        })?;
        let mut report = MigrationReport { applied: Vec::new(), already: 0 };
        refuse_unknown(&self.read_blocking(applied)?, &ordered)?;
        for migration in ordered {
            if self.unit_blocking(move |unit| apply(unit, migration, now_ms))? {
                report.applied.push(migration.name);
            } else {
                report.already += 1;
            }
        }
        self.forget_plans();
        Ok(report)
    }

    /// The migrations that [`Db::migrate`] would apply; `serve` refuses to start when there are any. Blocks.
    pub fn pending(&self, migrations: &[Migration]) -> Result<Vec<&'static str>, DbError> {
        let known = self.read_blocking(applied).or_else(|error| match error {
            DbError::Other(_) => Ok(BTreeMap::new()), // the table itself is not there yet
            other => Err(other),
        })?;
        refuse_unknown(&known, migrations)?;
        Ok(migrations.iter().map(|m| m.name).filter(|name| !known.contains_key(*name)).collect())
    }
}

/// Applies one migration unless it was; `false` when it was. A second process that migrates at the same time waits here.
fn apply(unit: &mut Unit, migration: Migration, now_ms: i64) -> Result<bool, DbError> {
    let sha256 = hex::encode(Sha256::digest(migration.sql));
    let fresh = unit.execute(
        sql!(
            "INSERT INTO schema_migrations (name, sha256, applied_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING"
        ),
        params![migration.name, &sha256, now_ms],
    )?;
    if fresh == 1 {
        unit.0.batch(migration.sql, Place { file: migration.name, line: 1 })?;
        return Ok(true);
    }
    let kept: String =
        unit.one(sql!("SELECT sha256 FROM schema_migrations WHERE name = $1"), params![migration.name], |row| {
            row.get(0)
        })?;
    if kept != sha256 {
        return Err(DbError::Setup(format!("migration {} was changed after it had been applied", migration.name)));
    }
    Ok(false)
}

fn applied(db: &mut impl Query) -> Result<BTreeMap<String, String>, DbError> {
    let rows =
        db.rows(sql!("SELECT name, sha256 FROM schema_migrations"), params![], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.into_iter().collect())
}

fn refuse_unknown(applied: &BTreeMap<String, String>, migrations: &[Migration]) -> Result<(), DbError> {
    match applied.keys().find(|name| migrations.iter().all(|m| m.name != **name)) {
        Some(name) => Err(DbError::Setup(format!(
            "the data base has migration {name}, which this program does not know: use the newer program"
        ))),
        None => Ok(()),
    }
}

fn in_order(migrations: &[Migration]) -> Result<Vec<Migration>, DbError> {
    let mut ordered = migrations.to_vec();
    ordered.sort_by_key(|m| m.name);
    let mut numbers = BTreeSet::new();
    for migration in &ordered {
        let number = migration.name.split('_').next().unwrap_or_default();
        if number.len() != 4 || !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(DbError::Setup(format!(
                "migration {}: the name starts with four digits and _",
                migration.name
            )));
        }
        if !numbers.insert(number) {
            return Err(DbError::Setup(format!("migration number {number} is used twice")));
        }
    }
    Ok(ordered)
}
