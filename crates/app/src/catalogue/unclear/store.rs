use domain::{
    accounts::Who,
    catalogue::unclear::{Meeting, UnclearAct, UnclearCase, UnclearLine, UnclearStage},
    id::Id,
    people::{Agency, Centre, Officer},
    time::Instant,
};
use platform::db::{DbError, Query, Row, Unit, params, sql};

/// A case as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: Id<Kept>,
    pub code: String,
    pub question: String,
    pub answer: Option<String>,
    /// Whose answer it is; absent for what a meeting concluded.
    pub answered_by: Option<Id<Agency>>,
    pub asked_by: Id<Officer>,
    pub asked_at: Instant,
    pub version: i64,
    pub case: UnclearCase,
}

/// One line of a thread.
#[derive(Clone, Debug)]
pub struct Said {
    pub line: UnclearLine,
    pub text: String,
    pub meeting: Option<Meeting>,
    pub officer: Id<Officer>,
    pub agency: Id<Agency>,
    pub at: Instant,
}

impl Said {
    pub fn of(act: &UnclearAct, who: &Who, at: Instant) -> Self {
        let meeting = match act {
            UnclearAct::Meet(meeting, _) => Some(meeting.clone()),
            _ => None,
        };
        // Who is invited is the line's own agency.
        let agency = if let UnclearAct::Invite(agency) = act { *agency } else { who.agency };
        Self { line: act.line(), text: act.text().to_owned(), meeting, officer: who.officer, agency, at }
    }
}

fn kept(r: &Row<'_>) -> Result<Kept, DbError> {
    let stage: String = r.get(4)?;
    let stage = UnclearStage::from_key(&stage).ok_or_else(|| r.impossible(4, &stage))?;
    Ok(Kept {
        id: Id::new(r.get(0)?),
        code: r.get(1)?,
        question: r.get(3)?,
        answer: r.get(5)?,
        answered_by: r.get::<Option<i64>>(6)?.map(Id::new),
        asked_by: Id::new(r.get(7)?),
        asked_at: Instant::from_millis(r.get(8)?),
        version: r.get(9)?,
        case: UnclearCase { centre: Id::new(r.get(2)?), asked: Vec::new(), stage },
    })
}

pub fn insert(unit: &mut Unit, k: &Kept) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO unclear_cases (id, code, centre_id, question, stage, asked_by, asked_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    unit.execute(
        st,
        params![
            k.id.raw(),
            &k.code,
            k.case.centre.raw(),
            &k.question,
            k.case.stage.key(),
            k.asked_by.raw(),
            k.asked_at.millis(),
            k.version
        ],
    )?;
    k.case.asked.iter().try_for_each(|agency| invite(unit, k.id, *agency))
}

pub fn invite(unit: &mut Unit, id: Id<Kept>, agency: Id<Agency>) -> Result<(), DbError> {
    let st = sql!("INSERT INTO unclear_agencies (agency_id, case_id) VALUES ($1, $2)");
    unit.execute(st, params![agency.raw(), id.raw()]).map(drop)
}

/// The case with everybody who is asked.
pub fn find(q: &mut impl Query, id: Id<Kept>) -> Result<Option<Kept>, DbError> {
    let st = sql!(
        "SELECT id, code, centre_id, question, stage, answer, answered_by, asked_by, asked_at, version
         FROM unclear_cases WHERE id = $1"
    );
    let Some(mut found) = q.optional(st, params![id.raw()], kept)? else { return Ok(None) };
    let st = sql!("SELECT agency_id FROM unclear_agencies WHERE case_id = $1 ORDER BY agency_id");
    found.case.asked = q.rows(st, params![id.raw()], |r| Ok(Id::new(r.get(0)?)))?;
    Ok(Some(found))
}

/// Writes it over the version that was read; [`DbError::Stale`] when somebody was faster.
pub fn update(unit: &mut Unit, k: &Kept) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE unclear_cases SET stage = $1, answer = $2, answered_by = $3, version = version + 1
         WHERE id = $4 AND version = $5"
    );
    let answered_by = k.answered_by.map(Id::raw);
    unit.update_versioned(st, params![k.case.stage.key(), k.answer.clone(), answered_by, k.id.raw(), k.version])
}

pub fn say(unit: &mut Unit, line: i64, id: Id<Kept>, said: &Said) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO unclear_lines (id, case_id, kind, text, meeting, officer_id, agency_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    // A meeting is plain text and a time: it can always be written.
    let meeting = said.meeting.as_ref().and_then(|m| serde_json::to_string(m).ok());
    let (officer, agency) = (said.officer.raw(), said.agency.raw());
    unit.execute(st, params![line, id.raw(), said.line.key(), &said.text, meeting, officer, agency, said.at.millis()])
        .map(drop)
}

pub fn lines(q: &mut impl Query, id: Id<Kept>) -> Result<Vec<Said>, DbError> {
    let st =
        sql!("SELECT kind, text, meeting, officer_id, agency_id, at FROM unclear_lines WHERE case_id = $1 ORDER BY id");
    q.rows(st, params![id.raw()], |r| {
        let (kind, meeting): (String, Option<String>) = (r.get(0)?, r.get(2)?);
        let meeting = meeting.map(|m| serde_json::from_str(&m).map_err(|e| r.impossible(2, e))).transpose()?;
        Ok(Said {
            line: UnclearLine::from_key(&kind).ok_or_else(|| r.impossible(0, &kind))?,
            text: r.get(1)?,
            meeting,
            officer: Id::new(r.get(3)?),
            agency: Id::new(r.get(4)?),
            at: Instant::from_millis(r.get(5)?),
        })
    })
}

/// Cases of a centre, newest first.
pub fn of_centre(q: &mut impl Query, centre: Id<Centre>, before: i64, most: i64) -> Result<Vec<Kept>, DbError> {
    let st = sql!(
        "SELECT id, code, centre_id, question, stage, answer, answered_by, asked_by, asked_at, version
         FROM unclear_cases WHERE centre_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
    );
    q.rows(st, params![centre.raw(), before, most], kept)
}

/// Cases in which an agency is asked, newest first.
pub fn of_agency(q: &mut impl Query, agency: Id<Agency>, before: i64, most: i64) -> Result<Vec<Kept>, DbError> {
    let st = sql!(
        "SELECT c.id, c.code, c.centre_id, c.question, c.stage, c.answer, c.answered_by, c.asked_by, c.asked_at, c.version
         FROM unclear_agencies a JOIN unclear_cases c ON c.id = a.case_id
         WHERE a.agency_id = $1 AND a.case_id < $2 ORDER BY a.case_id DESC LIMIT $3"
    );
    q.rows(st, params![agency.raw(), before, most], kept)
}

/// All cases of the province, newest first.
pub fn all(q: &mut impl Query, before: i64, most: i64) -> Result<Vec<Kept>, DbError> {
    let st = sql!(
        "SELECT id, code, centre_id, question, stage, answer, answered_by, asked_by, asked_at, version
         FROM unclear_cases WHERE id < $1 ORDER BY id DESC LIMIT $2"
    );
    q.rows(st, params![before, most], kept)
}
