//! Signed check-points over everything that was written: ends of dossiers' chains, the trace of administration, the looks at
//! personal data. Each names the signature of the one before. `verify` holds the present against them, so that a history
//! whose tail was cut, or a whole data base put back to yesterday, is found out (SEC-01).

mod digest;
mod remembered;
mod seal;
mod store;

pub use digest::Rows;
pub use remembered::{Remembered, remembered};
pub use seal::{Body, Span, is_signed, key_mark};
pub use store::{Head, Row, add_audit, add_reads, after, covered};

use crate::{app::App, error::AppError};
use domain::{accounts::half_day, time::Instant};
use platform::{
    db::{DbError, Query, Unit},
    ids::first_id_at,
};

/// Ends of chains in one check-point: some milliseconds of the writer's time.
const MOST_HEADS: i64 = 500;
/// Rows of the other two in one check-point; only read.
const MOST_ROWS: i64 = 5_000;
/// An event may be committed so long after the moment it carries.
const LATE_MS: i64 = 10 * 60_000;
/// A row of the trace may be committed so long after its id was made.
const LATE_ID_MS: i64 = 60_000;
/// Looks of one half day are added to their line so long after its end; see `reads`.
const LATE_READS_MS: i64 = 15 * 60_000;

/// Signs what has been written since the last check-point, in as many as it takes; gives how many. Safe in several
/// processes: of two that make the same one, the second gives up.
pub async fn make(app: &App) -> Result<u64, AppError> {
    made(app, false).await
}

/// The same once everything that this process began is done.
pub async fn make_last(app: &App) -> Result<u64, AppError> {
    // Other processes may still have rows under way.
    made(app, !app.db.is_shared()).await
}

async fn made(app: &App, is_last: bool) -> Result<u64, AppError> {
    let mut count = 0;
    loop {
        let app2 = app.clone();
        let ended = app.db.bulk_unit(move |unit| next(unit, &app2, is_last)).await;
        match ended {
            Ok(Some((row, goes_on))) => {
                count += 1;
                remembered::write(&app.config.data, &row).map_err(AppError::internal)?;
                if !goes_on {
                    return Ok(count);
                }
            }
            // Another process was faster: it signed the same.
            Ok(None) | Err(DbError::Unique { .. }) => return Ok(count),
            Err(why) => return Err(why.into()),
        }
    }
}

/// One check-point, and whether more is left; nothing when nothing was written since the last.
fn next(unit: &mut Unit, app: &App, is_last: bool) -> Result<Option<(Row, bool)>, DbError> {
    let last = store::last(unit)?;
    let before = last.as_ref().map(|r| Body::read(&r.body)).transpose();
    let before = before.map_err(|e| DbError::Other(format!("checkpoints: body: {e}")))?.unwrap_or_default();
    let seq = last.as_ref().map_or(1, |r| r.seq + 1);
    let now = app.machine.now();

    let mut body = before.next_pass(app.now().millis());
    let mut heads = Rows::default();
    let found = if body.since == 0 {
        store::heads(unit, body.after, MOST_HEADS)?
    } else {
        store::moved(unit, Instant::from_millis(body.since - LATE_MS), body.after, MOST_HEADS)?
    };
    for head in &found {
        store::insert_head(unit, seq, head)?;
        head.add_to(&mut heads);
    }
    let full = i64::try_from(found.len()).unwrap_or(i64::MAX) == MOST_HEADS;
    body.after = found.last().filter(|_| full).map_or(0, |h| h.dossier.raw());
    (body.heads, body.heads_digest) = (heads.count, heads.hex());

    let until = if is_last { store::last_audit(unit)? } else { first_id_at(now - LATE_ID_MS) };
    body.audit = span(unit, before.audit.until, until, store::add_audit)?;
    let closed = first_id_at(half_day(Instant::from_millis(now - LATE_READS_MS)).millis());
    body.reads = span(unit, before.reads.until, closed, store::add_reads)?;
    if body.heads + body.audit.rows + body.reads.rows == 0 {
        return Ok(None);
    }
    let most = u64::try_from(MOST_ROWS).unwrap_or(u64::MAX);
    let goes_on = full || body.audit.rows == most || body.reads.rows == most;
    let row = seal::sign(&app.secret, seq, now, &body, last.map(|r| r.signature).unwrap_or_default());
    store::insert(unit, &row)?;
    Ok(Some((row, goes_on)))
}

/// Adds rows between two ids to a digest; gives the id of the last one.
type Add = fn(&mut Unit, &mut Rows, (i64, i64), i64) -> Result<Option<i64>, DbError>;

fn span(unit: &mut Unit, from: i64, until: i64, add: Add) -> Result<Span, DbError> {
    let mut rows = Rows::default();
    let last = add(unit, &mut rows, (from, until), MOST_ROWS)?;
    // It ends at its last row: what is still under way comes after, and belongs to the next one.
    let until = last.unwrap_or(from);
    Ok(Span { from, until, rows: rows.count, digest: rows.hex() })
}

/// The newest check-point, as somebody outside may remember it: `12:3f9a…`.
pub fn newest(q: &mut impl Query) -> Result<Option<Remembered>, DbError> {
    Ok(store::last(q)?.map(|row| Remembered { seq: row.seq, signature: row.signature }))
}
