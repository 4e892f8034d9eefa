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
    db::{DbError, Query, Reader, Unit},
    ids::first_id_at,
};

/// Ends of chains in one check-point: some milliseconds of the writer's time.
const MOST_HEADS: usize = 500;
/// Dossiers looked for at once, some hundred kilobytes: each look goes through all that moved since the pass before.
const MOST_FOUND: i64 = 50_000;
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
        let began = app.now().millis();
        let found = app.db.read(move |q| look(q, began)).await?;
        let mut last_seq = found.last_seq;
        // Without dossiers too: there may be rows of the other two.
        let mut pieces = found.dossiers.chunks(MOST_HEADS).peekable();
        loop {
            let dossiers = pieces.next().unwrap_or_default().to_vec();
            let piece = Piece { last_seq, began, dossiers, more: pieces.peek().is_some() || !found.all };
            let app2 = app.clone();
            let (row, goes_on) = match app.db.bulk_unit(move |unit| next(unit, &app2, &piece, is_last)).await {
                Ok(Some(made)) => made,
                // Another process was faster: it signed the same.
                Ok(None) | Err(DbError::Unique { .. }) => return Ok(count),
                Err(why) => return Err(why.into()),
            };
            count += 1;
            remembered::write(&app.config.data, &row).map_err(AppError::internal)?;
            last_seq = row.seq;
            if pieces.peek().is_none() {
                if goes_on {
                    break;
                }
                return Ok(count);
            }
        }
    }
}

/// Dossiers to be signed, looked for where nobody waits: in a snapshot, and for many check-points at once.
struct Found {
    /// The newest check-point then; 0 when there was none.
    last_seq: i64,
    /// By id.
    dossiers: Vec<i64>,
    /// There are no others.
    all: bool,
}

fn look(q: &mut Reader, began: i64) -> Result<Found, DbError> {
    let last = store::last(q)?;
    let body = body_of(last.as_ref())?.next_pass(began);
    let dossiers = if body.since == 0 {
        store::unsigned(q, body.after, MOST_FOUND)?
    } else {
        store::moved(q, Instant::from_millis(body.since - LATE_MS), body.after, MOST_FOUND)?
    };
    let all = i64::try_from(dossiers.len()).is_ok_and(|n| n < MOST_FOUND);
    Ok(Found { last_seq: last.map_or(0, |r| r.seq), dossiers, all })
}

/// What one check-point is to cover of dossiers.
struct Piece {
    /// The check-point that it follows.
    last_seq: i64,
    /// When the pass began, if it begins here.
    began: i64,
    dossiers: Vec<i64>,
    /// The pass goes on after them.
    more: bool,
}

fn body_of(row: Option<&Row>) -> Result<Body, DbError> {
    let body = row.map(|r| Body::read(&r.body)).transpose();
    body.map(Option::unwrap_or_default).map_err(|e| DbError::Other(format!("checkpoints: body: {e}")))
}

/// One check-point, and whether more is left; nothing when nothing was written since the last, or when another process made the next.
fn next(unit: &mut Unit, app: &App, piece: &Piece, is_last: bool) -> Result<Option<(Row, bool)>, DbError> {
    let last = store::last(unit)?;
    if last.as_ref().map_or(0, |r| r.seq) != piece.last_seq {
        return Ok(None);
    }
    let before = body_of(last.as_ref())?;
    let seq = piece.last_seq + 1;
    let now = app.machine.now();

    let mut body = before.next_pass(piece.began);
    let mut heads = Rows::default();
    // What has moved since it was looked for is signed as it is now.
    for head in store::heads(unit, piece.dossiers.clone())? {
        store::insert_head(unit, seq, &head)?;
        head.add_to(&mut heads);
    }
    body.after = piece.dossiers.last().filter(|_| piece.more).copied().unwrap_or(0);
    (body.heads, body.heads_digest) = (heads.count, heads.hex());

    let until = if is_last { store::last_audit(unit)? } else { first_id_at(now - LATE_ID_MS) };
    body.audit = span(unit, before.audit.until, until, store::add_audit)?;
    let closed = first_id_at(half_day(Instant::from_millis(now - LATE_READS_MS)).millis());
    body.reads = span(unit, before.reads.until, closed, store::add_reads)?;
    if body.heads + body.audit.rows + body.reads.rows == 0 {
        return Ok(None);
    }
    let most = u64::try_from(MOST_ROWS).unwrap_or(u64::MAX);
    let goes_on = piece.more || body.audit.rows == most || body.reads.rows == most;
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
