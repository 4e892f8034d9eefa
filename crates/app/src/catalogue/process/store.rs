//! Processes: the steps that dossiers follow, and the designs from which they are published.

use domain::{
    catalogue::{
        Process,
        process::{ProcessScope, approval_lapses, working_minutes},
    },
    deadline::TimeLimit,
    dossier::pool_of,
    id::Id,
    people::{Agency, Officer},
    time::Instant,
};
use jiff::civil::Date;
use platform::db::{DbError, Query, Row, Unit, params, sql};

/// The steps of a process.
pub fn body(q: &mut impl Query, id: Id<Process>) -> Result<Option<Process>, DbError> {
    let st = sql!("SELECT body FROM processes WHERE id = $1");
    q.optional(st, params![id.raw()], |r| json(r, 0))
}

/// Keeps a process, and the pools in which dossiers at its steps will wait.
pub fn insert(unit: &mut Unit, id: Id<Process>, process: &Process) -> Result<(), DbError> {
    unit.execute(sql!("INSERT INTO processes (id, body) VALUES ($1, $2)"), params![id.raw(), text(process)])?;
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

/// A process as it is drawn: a draft until the Centre publishes it, the record of its approval afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Design {
    pub id: Id<Design>,
    /// The procedure.
    pub code: String,
    /// 1, 2, 3 … within the procedure.
    pub number: i64,
    /// What it is for, in words.
    pub name: String,
    pub scope: ProcessScope,
    pub process: Process,
    /// What dossiers follow, once it is published.
    pub published_as: Option<Id<Process>>,
    pub decision: Option<Decision>,
    /// The number of the decision that a later change made void, until the new one is noted.
    pub void_decision: Option<String>,
    /// When the detail reached the Centre.
    pub sent_at: Option<Instant>,
    /// When its keepers were told that the detail is overdue.
    pub told_at: Option<Instant>,
    pub published_at: Option<Instant>,
    /// When a later one took its place.
    pub ended_at: Option<Instant>,
    pub changed_at: Instant,
    pub changed_by: Id<Officer>,
    pub version: i64,
}

/// The decision that approved it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub number: String,
    pub date: Date,
    /// By when its detail must be at the Centre.
    pub send_due: Instant,
}

impl Design {
    pub fn is_draft(&self) -> bool {
        self.published_as.is_none()
    }
    /// The decision was made and the Centre does not have its detail yet.
    pub fn owes_sending(&self) -> bool {
        self.decision.is_some() && self.sent_at.is_none()
    }
    /// A draft with what this one says, which nobody approved yet.
    #[must_use]
    pub fn drafted(self, id: Id<Self>, number: i64, at: Instant, by: Id<Officer>) -> Self {
        Self {
            id,
            number,
            published_as: None,
            decision: None,
            void_decision: None,
            sent_at: None,
            told_at: None,
            published_at: None,
            ended_at: None,
            changed_at: at,
            changed_by: by,
            version: 1,
            ..self
        }
    }
    /// The decision does not hold for what was changed since `before`: it is to be made anew. Says whether it was so.
    pub fn lapse(&mut self, before: (&Process, &ProcessScope)) -> bool {
        if !approval_lapses(before, (&self.process, &self.scope)) {
            return false;
        }
        let Some(void) = self.decision.take() else { return false };
        self.sent_at = None;
        self.told_at = None;
        self.void_decision = Some(void.number);
        true
    }
    /// `1.009994/2`: how the trace names it.
    pub fn subject(&self) -> String {
        format!("{}/{}", self.code, self.number)
    }
    const fn status(&self) -> &'static str {
        match (self.published_as, self.ended_at) {
            (None, _) => "draft",
            (Some(_), None) => "published",
            (Some(_), Some(_)) => "replaced",
        }
    }
}

/// A published process with all that choosing it for a dossier needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub design: Id<Design>,
    pub code: String,
    pub name: String,
    pub scope: ProcessScope,
    pub process: Id<Process>,
    /// Working minutes of its longest way, participants included.
    minutes: u32,
}

impl Published {
    /// It keeps this statutory limit: a version of the procedure that came later may have a shorter one.
    pub fn keeps(&self, limit: TimeLimit) -> bool {
        working_minutes(limit).is_none_or(|allowed| self.minutes <= allowed)
    }
}

pub(super) fn design(r: &Row<'_>) -> Result<Design, DbError> {
    let moment = |column| Ok::<_, DbError>(r.get::<Option<i64>>(column)?.map(Instant::from_millis));
    let date: Option<String> = r.get(8)?;
    let decision = match (r.get::<Option<String>>(7)?, date, moment(9)?) {
        (Some(number), Some(date), Some(send_due)) => {
            Some(Decision { number, date: date.parse().map_err(|e| r.impossible(8, e))?, send_due })
        }
        _ => None,
    };
    Ok(Design {
        id: Id::new(r.get(0)?),
        code: r.get(1)?,
        number: r.get(2)?,
        name: r.get(3)?,
        scope: json(r, 4)?,
        process: json(r, 5)?,
        published_as: r.get::<Option<i64>>(6)?.map(Id::new),
        decision,
        void_decision: r.get(16)?,
        told_at: moment(17)?,
        sent_at: moment(10)?,
        published_at: moment(11)?,
        ended_at: moment(12)?,
        changed_at: Instant::from_millis(r.get(13)?),
        changed_by: Id::new(r.get(14)?),
        version: r.get(15)?,
    })
}

pub fn find(q: &mut impl Query, id: Id<Design>) -> Result<Option<Design>, DbError> {
    let st = sql!(
        "SELECT id, code, number, name, scope, body, process_id, decision_number, decision_date, send_due, sent_at,
                published_at, ended_at, changed_at, changed_by, version, cleared_decision, send_told_at FROM process_designs WHERE id = $1"
    );
    q.optional(st, params![id.raw()], design)
}

/// The newest designs before `before`.
pub fn newest(q: &mut impl Query, before: i64, most: i64) -> Result<Vec<Design>, DbError> {
    let st = sql!(
        "SELECT id, code, number, name, scope, body, process_id, decision_number, decision_date, send_due, sent_at,
                published_at, ended_at, changed_at, changed_by, version, cleared_decision, send_told_at FROM process_designs
         WHERE id < $1 ORDER BY id DESC LIMIT $2"
    );
    q.rows(st, params![before, most], design)
}

/// The same of one agency.
pub fn newest_of_agency(
    q: &mut impl Query,
    agency: Id<Agency>,
    before: i64,
    most: i64,
) -> Result<Vec<Design>, DbError> {
    let st = sql!(
        "SELECT id, code, number, name, scope, body, process_id, decision_number, decision_date, send_due, sent_at,
                published_at, ended_at, changed_at, changed_by, version, cleared_decision, send_told_at FROM process_designs
         WHERE agency_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
    );
    q.rows(st, params![agency.raw(), before, most], design)
}

/// Every design of a procedure, the newest first.
pub fn of_code(q: &mut impl Query, code: &str) -> Result<Vec<Design>, DbError> {
    let st = sql!(
        "SELECT id, code, number, name, scope, body, process_id, decision_number, decision_date, send_due, sent_at,
                published_at, ended_at, changed_at, changed_by, version, cleared_decision, send_told_at FROM process_designs
         WHERE code = $1 ORDER BY number DESC"
    );
    q.rows(st, params![code], design)
}

/// Decisions whose detail the Centre does not have yet, the most urgent first.
pub fn unsent(q: &mut impl Query, most: i64) -> Result<Vec<Design>, DbError> {
    let st = sql!(
        "SELECT id, code, number, name, scope, body, process_id, decision_number, decision_date, send_due, sent_at,
                published_at, ended_at, changed_at, changed_by, version, cleared_decision, send_told_at FROM process_designs
         WHERE send_due IS NOT NULL AND sent_at IS NULL ORDER BY send_due, id LIMIT $1"
    );
    q.rows(st, params![most], design)
}

/// The same of one agency: however many others owe, it sees its own.
pub fn unsent_of(q: &mut impl Query, agency: Id<Agency>, most: i64) -> Result<Vec<Design>, DbError> {
    let st = sql!(
        "SELECT id, code, number, name, scope, body, process_id, decision_number, decision_date, send_due, sent_at,
                published_at, ended_at, changed_at, changed_by, version, cleared_decision, send_told_at FROM process_designs
         WHERE agency_id = $1 AND send_due IS NOT NULL AND sent_at IS NULL ORDER BY send_due, id LIMIT $2"
    );
    q.rows(st, params![agency.raw(), most], design)
}

/// Overdue by now, and nobody was told yet.
pub fn untold(q: &mut impl Query, now: Instant, most: i64) -> Result<Vec<Design>, DbError> {
    let st = sql!(
        "SELECT id, code, number, name, scope, body, process_id, decision_number, decision_date, send_due, sent_at,
                published_at, ended_at, changed_at, changed_by, version, cleared_decision, send_told_at FROM process_designs
         WHERE send_due IS NOT NULL AND sent_at IS NULL AND send_due < $1 AND send_told_at IS NULL
         ORDER BY send_due, id LIMIT $2"
    );
    q.rows(st, params![now.millis(), most], design)
}

/// Notes that its keepers were told; `false` when somebody else did, or it was sent or decided on anew meanwhile.
pub fn tell(unit: &mut Unit, d: &Design, at: Instant) -> Result<bool, DbError> {
    let st = sql!(
        "UPDATE process_designs SET send_told_at = $2
         WHERE id = $1 AND version = $3 AND sent_at IS NULL AND send_told_at IS NULL"
    );
    Ok(unit.execute(st, params![d.id.raw(), at.millis(), d.version])? > 0)
}

/// Details that are still owed although their keepers were told, the longest overdue first.
pub fn told(q: &mut impl Query, most: i64) -> Result<Vec<Design>, DbError> {
    let st = sql!(
        "SELECT id, code, number, name, scope, body, process_id, decision_number, decision_date, send_due, sent_at,
                published_at, ended_at, changed_at, changed_by, version, cleared_decision, send_told_at FROM process_designs
         WHERE send_due IS NOT NULL AND sent_at IS NULL AND send_told_at IS NOT NULL ORDER BY send_due, id LIMIT $1"
    );
    q.rows(st, params![most], design)
}

/// The same of one agency.
pub fn told_of(q: &mut impl Query, agency: Id<Agency>, most: i64) -> Result<Vec<Design>, DbError> {
    let st = sql!(
        "SELECT id, code, number, name, scope, body, process_id, decision_number, decision_date, send_due, sent_at,
                published_at, ended_at, changed_at, changed_by, version, cleared_decision, send_told_at FROM process_designs
         WHERE agency_id = $1 AND send_due IS NOT NULL AND sent_at IS NULL AND send_told_at IS NOT NULL
         ORDER BY send_due, id LIMIT $2"
    );
    q.rows(st, params![agency.raw(), most], design)
}

/// The processes in force, for the reference data.
pub fn published(q: &mut impl Query) -> Result<Vec<Published>, DbError> {
    let st = sql!(
        "SELECT id, code, name, scope, process_id, body FROM process_designs
         WHERE process_id IS NOT NULL AND ended_at IS NULL ORDER BY code, id"
    );
    q.rows(st, params![], |r| {
        let process: Process = json(r, 5)?;
        let minutes = process.longest_minutes().max(process.participants_minutes().unwrap_or(u32::MAX));
        Ok(Published {
            design: Id::new(r.get(0)?),
            code: r.get(1)?,
            name: r.get(2)?,
            scope: json(r, 3)?,
            process: Id::new(r.get(4)?),
            minutes,
        })
    })
}

pub fn next_number(q: &mut impl Query, code: &str) -> Result<i64, DbError> {
    let st = sql!("SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM process_designs WHERE code = $1");
    q.one(st, params![code], |r| Ok(r.get::<i64>(0)? + 1))
}

pub fn insert_design(unit: &mut Unit, d: &Design) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO process_designs (id, code, number, name, agency_id, scope, body, status, changed_at, changed_by, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    unit.execute(
        st,
        params![
            d.id.raw(),
            &d.code,
            d.number,
            &d.name,
            d.scope.agency.map(Id::raw),
            text(&d.scope),
            text(&d.process),
            d.status(),
            d.changed_at.millis(),
            d.changed_by.raw(),
            d.version
        ],
    )
    .map(drop)
}

/// Writes a design over the version it was read in; [`DbError::Stale`] when somebody was faster.
pub fn update_design(unit: &mut Unit, d: &Design) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE process_designs SET name = $1, agency_id = $2, scope = $3, body = $4, status = $5, process_id = $6,
                decision_number = $7, decision_date = $8, send_due = $9, sent_at = $10, published_at = $11, ended_at = $12,
                changed_at = $13, changed_by = $14, cleared_decision = $15, send_told_at = $16, version = version + 1
         WHERE id = $17 AND version = $18"
    );
    let decision = d.decision.as_ref();
    unit.update_versioned(
        st,
        params![
            &d.name,
            d.scope.agency.map(Id::raw),
            text(&d.scope),
            text(&d.process),
            d.status(),
            d.published_as.map(Id::raw),
            decision.map(|d| d.number.as_str()),
            decision.map(|d| d.date.to_string()),
            decision.map(|d| d.send_due.millis()),
            d.sent_at.map(Instant::millis),
            d.published_at.map(Instant::millis),
            d.ended_at.map(Instant::millis),
            d.changed_at.millis(),
            d.changed_by.raw(),
            d.void_decision.as_deref(),
            d.told_at.map(Instant::millis),
            d.id.raw(),
            d.version
        ],
    )
}

/// Takes a draft away; one that was published stays as the record of its approval.
pub fn discard(unit: &mut Unit, d: &Design) -> Result<(), DbError> {
    let st = sql!("DELETE FROM process_designs WHERE id = $1 AND version = $2 AND process_id IS NULL");
    unit.update_versioned(st, params![d.id.raw(), d.version])
}

fn json<T: serde::de::DeserializeOwned>(r: &Row<'_>, column: usize) -> Result<T, DbError> {
    let text: String = r.get(column)?;
    serde_json::from_str(&text).map_err(|e| r.impossible(column, e))
}

fn text(value: &impl serde::Serialize) -> String {
    // Plain data always turns into JSON.
    serde_json::to_string(value).unwrap_or_default()
}
