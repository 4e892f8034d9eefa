use domain::{catalogue::Process, dossier::pool_of, id::Id};
use platform::db::{DbError, Query, Unit, params, sql};

/// The steps of a process.
pub fn body(q: &mut impl Query, id: Id<Process>) -> Result<Option<Process>, DbError> {
    let st = sql!("SELECT body FROM processes WHERE id = $1");
    q.optional(st, params![id.raw()], |r| {
        let body: String = r.get(0)?;
        serde_json::from_str(&body).map_err(|e| r.impossible(0, e))
    })
}

/// Keeps a process, and the pools in which dossiers at its steps will wait.
pub fn insert(unit: &mut Unit, id: Id<Process>, process: &Process) -> Result<(), DbError> {
    let body = serde_json::to_string(process).unwrap_or_default();
    unit.execute(sql!("INSERT INTO processes (id, body) VALUES ($1, $2)"), params![id.raw(), body])?;
    for step in &process.steps {
        let st = sql!("INSERT INTO process_pools (name) VALUES ($1) ON CONFLICT DO NOTHING");
        unit.execute(st, params![pool_of(step)])?;
    }
    Ok(())
}

/// The names of all pools: few, since steps of different processes share them.
pub fn pools(q: &mut impl Query) -> Result<Vec<String>, DbError> {
    q.rows(sql!("SELECT name FROM process_pools ORDER BY name"), params![], |r| r.get(0))
}
