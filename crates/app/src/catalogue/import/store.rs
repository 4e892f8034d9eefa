mod changes;
mod undoing;

pub use changes::*;
pub use undoing::*;

use crate::import::{Fate, Line, Summary};
use domain::{id::Id, people::Officer};
use platform::db::{DbError, Query, Row, Unit, params, sql};

/// How far a batch has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    Running,
    Done,
    Undoing,
    Undone,
    Failed,
}

const STATES: [(State, &str); 6] = [
    (State::Waiting, "waiting"),
    (State::Running, "running"),
    (State::Done, "done"),
    (State::Undoing, "undoing"),
    (State::Undone, "undone"),
    (State::Failed, "failed"),
];

impl State {
    pub fn as_str(self) -> &'static str {
        STATES.iter().find(|s| s.0 == self).map_or("", |s| s.1)
    }
    fn from_key(key: &str) -> Option<Self> {
        STATES.iter().find(|s| s.1 == key).map(|s| s.0)
    }
}

/// One import of one file.
#[derive(Clone, Debug)]
pub struct Batch {
    pub id: i64,
    pub file: String,
    pub sha256: String,
    pub state: State,
    pub accept_all: bool,
    pub counts: Counts,
    pub officer: Option<Id<Officer>>,
    pub started_at: i64,
    pub finished_at: Option<i64>,
    pub lease_until: i64,
    /// Why nothing of the file could be read.
    pub problem: Option<String>,
}

/// What has become of the rows so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub total: i64,
    pub done: i64,
    pub taken: i64,
    pub mended: i64,
    pub refused: i64,
    pub unchanged: i64,
    pub changed: i64,
}

impl Counts {
    pub fn count(&mut self, fate: &Fate) {
        self.done += 1;
        *match fate {
            Fate::Taken => &mut self.taken,
            Fate::Mended { .. } => &mut self.mended,
            Fate::Refused { .. } => &mut self.refused,
            Fate::Unchanged => &mut self.unchanged,
            Fate::Changed { .. } => &mut self.changed,
        } += 1;
    }
    pub fn summary(&self) -> Summary {
        let n = |count: i64| usize::try_from(count).unwrap_or(0);
        Summary {
            taken: n(self.taken),
            mended: n(self.mended),
            refused: n(self.refused),
            unchanged: n(self.unchanged),
            changed: n(self.changed),
        }
    }
    pub fn told(&self) -> String {
        format!(
            "taken {} mended {} refused {} unchanged {} changed {}",
            self.taken, self.mended, self.refused, self.unchanged, self.changed
        )
    }
}

pub fn insert_batch(unit: &mut Unit, b: &Batch) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO import_batches
           (id, file, sha256, state, accept_all, total, done, taken, mended, refused, unchanged, changed,
            officer_id, started_at, lease_until)
         VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0, 0, 0, 0, $6, $7, $8)"
    );
    let officer = b.officer.map(Id::raw);
    unit.execute(
        st,
        params![b.id, &b.file, &b.sha256, b.state.as_str(), b.accept_all, officer, b.started_at, b.lease_until],
    )
    .map(drop)
}

fn batch_of(r: &Row<'_>) -> Result<Batch, DbError> {
    let state: String = r.get(3)?;
    Ok(Batch {
        id: r.get(0)?,
        file: r.get(1)?,
        sha256: r.get(2)?,
        state: State::from_key(&state).ok_or_else(|| r.impossible(3, "not a state"))?,
        accept_all: r.get(4)?,
        counts: Counts {
            total: r.get(5)?,
            done: r.get(6)?,
            taken: r.get(7)?,
            mended: r.get(8)?,
            refused: r.get(9)?,
            unchanged: r.get(10)?,
            changed: r.get(11)?,
        },
        officer: r.get::<Option<i64>>(12)?.map(Id::new),
        started_at: r.get(13)?,
        finished_at: r.get(14)?,
        lease_until: r.get(15)?,
        problem: r.get(16)?,
    })
}

pub fn batch(q: &mut impl Query, id: i64) -> Result<Option<Batch>, DbError> {
    let st = sql!(
        "SELECT id, file, sha256, state, accept_all, total, done, taken, mended, refused, unchanged, changed,
                officer_id, started_at, finished_at, lease_until, problem
           FROM import_batches WHERE id = $1"
    );
    q.optional(st, params![id], batch_of)
}

/// Batches, newest first, older than `before`.
pub fn batches(q: &mut impl Query, before: i64, most: i64) -> Result<Vec<Batch>, DbError> {
    let st = sql!(
        "SELECT id, file, sha256, state, accept_all, total, done, taken, mended, refused, unchanged, changed,
                officer_id, started_at, finished_at, lease_until, problem
           FROM import_batches WHERE id < $1 ORDER BY id DESC LIMIT $2"
    );
    q.rows(st, params![before, most], batch_of)
}

/// Batches that wait, or whose walker has fallen silent.
pub fn left_batches(q: &mut impl Query, now: i64) -> Result<Vec<i64>, DbError> {
    let st = sql!(
        "SELECT id FROM import_batches WHERE state IN ('waiting', 'running') AND lease_until <= $1 ORDER BY id LIMIT 10"
    );
    q.rows(st, params![now], |r| r.get(0))
}

/// Takes a batch up, unless another was faster.
pub fn claim(unit: &mut Unit, id: i64, now: i64, until: i64) -> Result<Option<Batch>, DbError> {
    let st = sql!(
        "UPDATE import_batches SET lease_until = $3, state = 'running'
          WHERE id = $1 AND state IN ('waiting', 'running') AND lease_until <= $2"
    );
    if unit.execute(st, params![id, now, until])? == 0 { Ok(None) } else { batch(unit, id) }
}

pub fn progress(unit: &mut Unit, id: i64, c: &Counts, until: i64) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE import_batches SET state = 'running', total = $2, done = $3, taken = $4, mended = $5, refused = $6,
                unchanged = $7, changed = $8, lease_until = $9 WHERE id = $1"
    );
    unit.execute(st, params![id, c.total, c.done, c.taken, c.mended, c.refused, c.unchanged, c.changed, until])
        .map(drop)
}

pub fn finish(unit: &mut Unit, id: i64, c: &Counts, at: i64) -> Result<(), DbError> {
    let st = sql!("UPDATE import_batches SET state = 'done', total = $2, finished_at = $3 WHERE id = $1");
    unit.execute(st, params![id, c.total, at]).map(drop)
}

pub fn fail(unit: &mut Unit, id: i64, problem: &str, at: i64) -> Result<(), DbError> {
    let st = sql!("UPDATE import_batches SET state = 'failed', problem = $2, finished_at = $3 WHERE id = $1");
    unit.execute(st, params![id, problem, at]).map(drop)
}

/// Keeps what became of a row; rows that changed nothing are only counted.
pub fn insert_line(unit: &mut Unit, batch: i64, at: usize, line: &Line) -> Result<(), DbError> {
    let (fate, detail) = match &line.fate {
        Fate::Unchanged => return Ok(()),
        Fate::Taken => ("taken", String::new()),
        Fate::Mended { what } => ("mended", what.join("\n")),
        Fate::Refused { why } => ("refused", why.clone()),
        Fate::Changed { what } => ("changed", what.join("\n")),
    };
    let st = sql!(
        "INSERT INTO import_lines (batch_id, line, row_number, sheet, code, fate, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (batch_id, line) DO NOTHING"
    );
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    unit.execute(st, params![batch, number(at) + 1, number(line.row), &line.sheet, &line.key, fate, detail]).map(drop)
}

/// A line of a report, as its page shows it.
pub struct ReportLine {
    /// Place in the file, from 1.
    pub line: i64,
    pub row: i64,
    pub sheet: String,
    pub code: String,
    pub fate: String,
    pub detail: String,
}

/// Lines of a batch with this fate, after a line.
pub fn lines(q: &mut impl Query, batch: i64, fate: &str, after: i64, most: i64) -> Result<Vec<ReportLine>, DbError> {
    let st = sql!(
        "SELECT line, row_number, sheet, code, fate, detail FROM import_lines
          WHERE batch_id = $1 AND fate = $2 AND line > $3 ORDER BY line LIMIT $4"
    );
    q.rows(st, params![batch, fate, after, most], |r| {
        Ok(ReportLine {
            line: r.get(0)?,
            row: r.get(1)?,
            sheet: r.get(2)?,
            code: r.get(3)?,
            fate: r.get(4)?,
            detail: r.get(5)?,
        })
    })
}
