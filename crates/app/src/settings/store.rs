use platform::db::{DbError, Query, Unit, params, sql};

/// The value of a setting.
pub fn get(q: &mut impl Query, name: &str) -> Result<Option<String>, DbError> {
    q.optional(sql!("SELECT value FROM settings WHERE name = $1"), params![name], |r| r.get(0))
}

/// Sets it.
pub fn set(unit: &mut Unit, name: &str, value: &str) -> Result<(), DbError> {
    let st = sql!("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2");
    unit.execute(st, params![name, value]).map(drop)
}

/// Sets it where it is another; false where it was that already. Of several who set it to the same at once, one has true.
pub fn turn(unit: &mut Unit, name: &str, value: &str) -> Result<bool, DbError> {
    let st = sql!(
        "INSERT INTO settings (name, value) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET value = $2 WHERE settings.value <> $2"
    );
    Ok(unit.execute(st, params![name, value])? == 1)
}

/// The version of the reference data; every process compares it with what it has in memory.
pub fn reference_version(q: &mut impl Query) -> Result<i64, DbError> {
    Ok(get(q, super::REFERENCE)?.and_then(|v| v.parse().ok()).unwrap_or(0))
}

/// Tells every process that the reference data changed; called in the unit that changes it.
pub fn bump_reference(unit: &mut Unit) -> Result<(), DbError> {
    let next = reference_version(unit)? + 1;
    set(unit, super::REFERENCE, &next.to_string())
}
