use super::Kept;
use domain::{
    dossier::{Dossier, DossierCode, Holder, ResultBy, Status},
    id::Id,
    people::{Agency, Centre, Officer},
    text::fold,
    time::Instant,
};
use platform::db::{DbError, Unit, Value, packed, params, sql};

/// The sort key of a dossier without a due date: after all others.
pub const NO_DUE_DATE: i64 = 253_402_300_799_000;

/// What the events of one unit say about the way of a dossier over the desks, for the work lists.
#[derive(Clone, Debug)]
pub struct Passage {
    pub at: Instant,
    /// The pool in which it waits, when it waits for somebody.
    pub pool: Option<String>,
    /// It changed hands: who let it go, unless to oneself, and whether it went back.
    pub moved: Option<(Option<Id<Officer>>, bool)>,
}

/// Writes the first state of a dossier.
pub fn insert(unit: &mut Unit, row: &Kept, passage: &Passage) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO dossiers (id, code, version, status, procedure_id, agency_id, centre_id, step, holder_agency_id,
                               holder_centre_id, holder_officer_id, opened_at, due_key, head, state, holder_unit_id,
                               sender_officer_id, touched_at, pool, by_post)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $12, $18, $19)"
    );
    let (d, h) = (&row.state, row.state.holder.as_ref());
    unit.execute(
        st,
        params![
            row.id.raw(),
            d.code.as_ref().map(DossierCode::as_str),
            d.version,
            d.status.key(),
            d.intake.procedure.raw(),
            d.intake.agency.raw(),
            d.intake.centre.raw(),
            h.map(|h| h.step.as_str()),
            h.map(|h| h.agency.raw()),
            h.and_then(|h| h.centre).map(Id::raw),
            h.and_then(|h| h.officer).map(Id::raw),
            passage.at.millis(),
            due_key(d),
            packed(&*row.head),
            state_text(d),
            h.and_then(|h| h.unit).map(Id::raw),
            passage.moved.and_then(|m| m.0).map(Id::raw),
            passage.pool.as_deref(),
            d.intake.result_by == ResultBy::Post
        ],
    )?;
    add_agency(unit, row.id, d.intake.agency)
}

/// What the lists know of a dossier before a unit of work.
#[derive(Clone, Debug)]
pub struct Was {
    version: u32,
    standing: Standing,
    holder: Option<Holder>,
}

/// What lists beside those of its holder go by.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Standing {
    code: Option<DossierCode>,
    status: &'static str,
    due_key: i64,
    /// Folded, because it is searched as people type it.
    result_number: Option<String>,
    ready_at: Option<i64>,
}

impl Was {
    pub fn of(d: &Dossier) -> Self {
        Self { version: d.version, standing: Standing::of(d), holder: d.holder.clone() }
    }
    pub const fn version(&self) -> u32 {
        self.version
    }
}

impl Standing {
    fn of(d: &Dossier) -> Self {
        let since = d.holder.as_ref().map(|h| h.since.millis());
        let result = d.result.as_ref();
        let refused = d.refusal.as_ref().filter(|_| matches!(d.status, Status::Refused { to_give_back: true, .. }));
        Self {
            code: d.code.clone(),
            status: d.status.key(),
            due_key: due_key(d),
            // VL 4.3đ: the slip of a refusal is entered under results.
            result_number: result.map(|r| r.number.as_str()).or(refused.map(|slip| slip.number.as_str())).map(fold),
            ready_at: since.filter(|_| result.is_some() || refused.is_some()),
        }
    }
}

/// What the columns of the lists say besides who has it; `verify` holds the rows against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub due_key: i64,
    pub result_number: Option<String>,
    pub ready_at: Option<i64>,
    pub by_post: bool,
}

impl Listed {
    pub fn of(d: &Dossier) -> Self {
        let Standing { due_key, result_number, ready_at, .. } = Standing::of(d);
        Self { due_key, result_number, ready_at, by_post: d.intake.result_by == ResultBy::Post }
    }
}

/// Writes the next state over the one it was made from; [`DbError::Stale`] when somebody was faster.
///
/// SQLite writes an index anew whenever a statement names one of its columns, changed or not, and that is most of what an
/// update costs. So there are three statements, and the shortest that tells all that changed is taken.
pub fn update(unit: &mut Unit, row: &Kept, was: &Was, passage: &Passage) -> Result<(), DbError> {
    let d = &row.state;
    let standing = Standing::of(d);
    let redated = Standing { due_key: was.standing.due_key, ..standing.clone() } == was.standing;
    if standing != was.standing && redated && d.holder == was.holder && passage.moved.is_none() {
        redate(unit, row, was.version, passage, standing.due_key)
    } else if standing != was.standing || d.holder.is_none() {
        rewrite(unit, row, was.version, passage, &standing)
    } else if passage.moved.is_some() || d.holder != was.holder {
        pass(unit, row, was.version, passage)
    } else {
        stay(unit, row, was.version, passage)
    }
}

/// Everything.
fn rewrite(
    unit: &mut Unit,
    row: &Kept,
    from_version: u32,
    passage: &Passage,
    standing: &Standing,
) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE dossiers SET code = $1, version = $2, status = $3, step = $4, holder_agency_id = $5, holder_centre_id = $6,
                             holder_officer_id = $7, due_key = $8, head = $9, state = $10, pool = $11, holder_unit_id = $14,
                             sender_officer_id = CASE WHEN CAST($15 AS BOOLEAN) THEN $16 ELSE sender_officer_id END,
                             sent_back = CASE WHEN CAST($15 AS BOOLEAN) THEN $17 ELSE sent_back END, touched_at = $18,
                             result_number = $19, ready_at = $20
         WHERE id = $12 AND version = $13"
    );
    let (d, h) = (&row.state, row.state.holder.as_ref());
    unit.update_versioned(
        st,
        params![
            standing.code.as_ref().map(DossierCode::as_str),
            d.version,
            standing.status,
            h.map(|h| h.step.as_str()),
            h.map(|h| h.agency.raw()),
            h.and_then(|h| h.centre).map(Id::raw),
            h.and_then(|h| h.officer).map(Id::raw),
            standing.due_key,
            packed(&*row.head),
            state_text(d),
            passage.pool.as_deref(),
            row.id.raw(),
            from_version,
            h.and_then(|h| h.unit).map(Id::raw),
            passage.moved.is_some() || h.is_none(),
            passage.moved.and_then(|m| m.0).filter(|_| h.is_some()).map(Id::raw),
            h.is_some() && passage.moved.is_some_and(|m| m.1),
            passage.at.millis(),
            standing.result_number.as_deref(),
            standing.ready_at
        ],
    )
}

/// Who has it.
fn pass(unit: &mut Unit, row: &Kept, from_version: u32, passage: &Passage) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE dossiers SET version = $1, head = $2, state = $3, touched_at = $4, step = $5, holder_agency_id = $6,
                             holder_centre_id = $7, holder_officer_id = $8, holder_unit_id = $9, pool = $10,
                             sender_officer_id = CASE WHEN CAST($11 AS BOOLEAN) THEN $12 ELSE sender_officer_id END,
                             sent_back = CASE WHEN CAST($11 AS BOOLEAN) THEN $13 ELSE sent_back END
         WHERE id = $14 AND version = $15"
    );
    let (d, h) = (&row.state, row.state.holder.as_ref());
    unit.update_versioned(
        st,
        params![
            d.version,
            packed(&*row.head),
            state_text(d),
            passage.at.millis(),
            h.map(|h| h.step.as_str()),
            h.map(|h| h.agency.raw()),
            h.and_then(|h| h.centre).map(Id::raw),
            h.and_then(|h| h.officer).map(Id::raw),
            h.and_then(|h| h.unit).map(Id::raw),
            passage.pool.as_deref(),
            passage.moved.is_some(),
            passage.moved.and_then(|m| m.0).map(Id::raw),
            passage.moved.is_some_and(|m| m.1),
            row.id.raw(),
            from_version
        ],
    )
}

/// That it stands where it stood with another date: only the trees that sort by it are written.
fn redate(unit: &mut Unit, row: &Kept, from_version: u32, passage: &Passage, due_key: i64) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE dossiers SET version = $1, head = $2, state = $3, touched_at = $4, due_key = $5
         WHERE id = $6 AND version = $7"
    );
    let d = &row.state;
    let values =
        params![d.version, packed(&*row.head), state_text(d), passage.at.millis(), due_key, row.id.raw(), from_version];
    unit.update_versioned(st, values)
}

/// That something happened to it where it is.
fn stay(unit: &mut Unit, row: &Kept, from_version: u32, passage: &Passage) -> Result<(), DbError> {
    let st =
        sql!("UPDATE dossiers SET version = $1, head = $2, state = $3, touched_at = $4 WHERE id = $5 AND version = $6");
    let d = &row.state;
    let values = params![d.version, packed(&*row.head), state_text(d), passage.at.millis(), row.id.raw(), from_version];
    unit.update_versioned(st, values)
}

fn due_key(d: &Dossier) -> i64 {
    d.due_at.map_or(NO_DUE_DATE, Instant::millis)
}

fn state_text(d: &Dossier) -> Value {
    // A state is plain data; it always turns into JSON.
    packed(serde_json::to_string(d).unwrap_or_default())
}

/// A one-stop unit through which a part goes reads the dossier, then and later (ILK-03).
pub fn add_centre(unit: &mut Unit, id: Id<Dossier>, centre: Id<Centre>) -> Result<(), DbError> {
    let st = sql!("INSERT INTO dossier_centres (centre_id, dossier_id) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    unit.execute(st, params![centre.raw(), id.raw()]).map(drop)
}

/// Notes that an agency takes part, for the scope of its officers.
pub fn add_agency(unit: &mut Unit, id: Id<Dossier>, agency: Id<Agency>) -> Result<(), DbError> {
    let st = sql!("INSERT INTO dossier_agencies (agency_id, dossier_id) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    unit.execute(st, params![agency.raw(), id.raw()]).map(drop)
}
