use super::Pace;
use platform::db::{DbError, Query, Unit, params, sql};

/// Adds to the row of a procedure and month.
pub fn add(unit: &mut Unit, code: &str, month: &str, pace: &Pace) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO procedure_pace (code, month, decided, on_time, minutes) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (code, month) DO UPDATE
         SET decided = procedure_pace.decided + $3, on_time = procedure_pace.on_time + $4,
             minutes = procedure_pace.minutes + $5"
    );
    unit.execute(st, params![code, month, pace.decided, pace.on_time, pace.minutes]).map(drop)
}

/// The sum of a procedure's months from this one on.
pub fn since(q: &mut impl Query, code: &str, month: &str) -> Result<Pace, DbError> {
    let st = sql!("SELECT decided, on_time, minutes FROM procedure_pace WHERE code = $1 AND month >= $2");
    let months =
        q.rows(st, params![code, month], |r| Ok(Pace { decided: r.get(0)?, on_time: r.get(1)?, minutes: r.get(2)? }))?;
    Ok(months.into_iter().fold(Pace::default(), |sum, m| Pace {
        decided: sum.decided + m.decided,
        on_time: sum.on_time + m.on_time,
        minutes: sum.minutes + m.minutes,
    }))
}
