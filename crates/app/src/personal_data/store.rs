use domain::{
    id::Id,
    people::Officer,
    personal_data::{DataRequest, Kind, Moment, Outcome, State, Terms, Way},
    time::Instant,
};
use platform::db::{DbError, Query, Row, Unit, params, sql};

/// What somebody asks.
#[derive(Clone, Debug)]
pub struct Asked {
    pub person: String,
    pub name: String,
    pub kind: Kind,
    pub way: Way,
    pub about: String,
    pub wanted: String,
    pub dossier: Option<String>,
    pub phone: String,
    pub email: String,
    pub by: Id<Officer>,
}

/// What an officer said, and when.
#[derive(Clone, Debug)]
pub struct Said {
    pub by: Id<Officer>,
    pub at: Instant,
    pub text: String,
}

/// A request as it is kept.
#[derive(Clone, Debug)]
pub struct Request {
    pub id: Id<DataRequest>,
    pub asked: Asked,
    pub at: Instant,
    pub terms: Terms,
    pub state: State,
    /// The first answer.
    pub first: Option<Said>,
    /// The answer, and how it ended; absent while it is open and when it was taken back.
    pub answer: Option<(Outcome, Said)>,
}

fn key<T>(r: &Row<'_>, column: usize, read: fn(&str) -> Option<T>) -> Result<T, DbError> {
    let key: String = r.get(column)?;
    read(&key).ok_or_else(|| r.impossible(column, format!("key {key}")))
}

fn said(r: &Row<'_>, from: usize) -> Result<Option<Said>, DbError> {
    let (at, by, text): (Option<i64>, Option<i64>, Option<String>) = (r.get(from)?, r.get(from + 1)?, r.get(from + 2)?);
    let both = at.zip(by);
    Ok(both.map(|(at, by)| Said { by: Id::new(by), at: Instant::from_millis(at), text: text.unwrap_or_default() }))
}

fn request(r: &Row<'_>) -> Result<Request, DbError> {
    let at = |column| Ok::<_, DbError>(Instant::from_millis(r.get(column)?));
    let outcome: Option<String> = r.get(22)?;
    let outcome = outcome.and_then(|key| Outcome::from_key(&key));
    Ok(Request {
        id: Id::new(r.get(0)?),
        asked: Asked {
            person: r.get(1)?,
            name: r.get(2)?,
            kind: key(r, 3, Kind::from_key)?,
            way: key(r, 4, Way::from_key)?,
            about: r.get(5)?,
            wanted: r.get(6)?,
            dossier: r.get(7)?,
            phone: r.get(8)?,
            email: r.get(9)?,
            by: Id::new(r.get(11)?),
        },
        at: at(10)?,
        terms: Terms { first_by: at(12)?, remind_at: at(13)?, answer_by: at(14)? },
        state: key(r, 15, State::from_key)?,
        first: said(r, 16)?,
        answer: outcome.zip(said(r, 19)?),
    })
}

pub fn insert(unit: &mut Unit, id: Id<DataRequest>, a: &Asked, at: Instant, t: &Terms) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO data_requests (id, person, name, kind, way, about, wanted, dossier_code, phone, email, asked_at,
                                    entered_by, first_by, remind_at, answer_by, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
    );
    let values = params![
        id.raw(),
        &a.person,
        &a.name,
        a.kind.key(),
        a.way.key(),
        &a.about,
        &a.wanted,
        a.dossier.as_deref(),
        &a.phone,
        &a.email,
        at.millis(),
        a.by.raw(),
        t.first_by.millis(),
        t.remind_at.millis(),
        t.answer_by.millis(),
        State::New.key()
    ];
    unit.execute(st, values).map(drop)
}

/// One request, whosever it is.
pub fn find(q: &mut impl Query, id: Id<DataRequest>) -> Result<Option<Request>, DbError> {
    let st = sql!(
        "SELECT id, person, name, kind, way, about, wanted, dossier_code, phone, email, asked_at, entered_by, first_by,
                remind_at, answer_by, state, first_at, first_officer, first_text, ended_at, ended_officer, answer, outcome
         FROM data_requests WHERE id = $1"
    );
    q.optional(st, params![id.raw()], request)
}

/// The requests of a person, newest first.
pub fn of_person(q: &mut impl Query, person: &str, before: i64, most: i64) -> Result<Vec<Request>, DbError> {
    let st = sql!(
        "SELECT id, person, name, kind, way, about, wanted, dossier_code, phone, email, asked_at, entered_by, first_by,
                remind_at, answer_by, state, first_at, first_officer, first_text, ended_at, ended_officer, answer, outcome
         FROM data_requests WHERE person = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
    );
    q.rows(st, params![person, before, most], request)
}

/// What is open, by the term of the answer.
pub fn open(q: &mut impl Query, after: (i64, i64), most: i64) -> Result<Vec<Request>, DbError> {
    let st = sql!(
        "SELECT id, person, name, kind, way, about, wanted, dossier_code, phone, email, asked_at, entered_by, first_by,
                remind_at, answer_by, state, first_at, first_officer, first_text, ended_at, ended_officer, answer, outcome
         FROM data_requests WHERE ended_at IS NULL AND (answer_by, id) > ($1, $2) ORDER BY answer_by, id LIMIT $3"
    );
    q.rows(st, params![after.0, after.1, most], request)
}

/// What is over, the latest first; each with when it ended, which is the place of the next page.
pub fn ended(q: &mut impl Query, before: (i64, i64), most: i64) -> Result<Vec<(i64, Request)>, DbError> {
    let st = sql!(
        "SELECT id, person, name, kind, way, about, wanted, dossier_code, phone, email, asked_at, entered_by, first_by,
                remind_at, answer_by, state, first_at, first_officer, first_text, ended_at, ended_officer, answer, outcome
         FROM data_requests WHERE ended_at IS NOT NULL AND (ended_at, id) < ($1, $2)
         ORDER BY ended_at DESC, id DESC LIMIT $3"
    );
    q.rows(st, params![before.0, before.1, most], |r| Ok((r.get(19)?, request(r)?)))
}

/// The first answer, if nobody was faster.
pub fn take_on(unit: &mut Unit, id: Id<DataRequest>, s: &Said) -> Result<bool, DbError> {
    let st = sql!(
        "UPDATE data_requests SET state = 'taken_on', first_at = $2, first_officer = $3, first_text = $4
         WHERE id = $1 AND state = 'new'"
    );
    Ok(unit.execute(st, params![id.raw(), s.at.millis(), s.by.raw(), &s.text])? == 1)
}

/// The end, if nobody was faster; without an outcome it was taken back.
pub fn end(
    unit: &mut Unit,
    id: Id<DataRequest>,
    from: State,
    to: State,
    outcome: Option<Outcome>,
    s: &Said,
) -> Result<bool, DbError> {
    let st = sql!(
        "UPDATE data_requests SET state = $3, ended_at = $4, ended_officer = $5, answer = $6, outcome = $7
         WHERE id = $1 AND state = $2"
    );
    let outcome = outcome.map(Outcome::key);
    let values = params![id.raw(), from.key(), to.key(), s.at.millis(), s.by.raw(), &s.text, outcome];
    Ok(unit.execute(st, values)? == 1)
}

// ---- moments ------------------------------------------------------------------------------------------------------

pub fn put_moment(unit: &mut Unit, id: Id<DataRequest>, moment: Moment, at: Instant) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO data_request_moments (request_id, kind, fires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
    );
    unit.execute(st, params![id.raw(), moment.key(), at.millis()]).map(drop)
}

/// A moment that will not come any more.
pub fn drop_moment(unit: &mut Unit, id: Id<DataRequest>, moment: Moment) -> Result<(), DbError> {
    let st = sql!("DELETE FROM data_request_moments WHERE request_id = $1 AND kind = $2 AND fired_at IS NULL");
    unit.execute(st, params![id.raw(), moment.key()]).map(drop)
}

pub fn any_due(q: &mut impl Query, now: Instant) -> Result<bool, DbError> {
    let st = sql!("SELECT request_id FROM data_request_moments WHERE fired_at IS NULL AND fires_at <= $1 LIMIT 1");
    Ok(q.optional(st, params![now.millis()], |r| r.get::<i64>(0))?.is_some())
}

/// Takes moments that have come, oldest first: no other unit gets them again.
pub fn take_due(unit: &mut Unit, now: Instant, most: i64) -> Result<Vec<(Id<DataRequest>, Moment)>, DbError> {
    let st = sql!(
        "UPDATE data_request_moments SET fired_at = $1 WHERE (request_id, kind) IN
           (SELECT request_id, kind FROM data_request_moments WHERE fired_at IS NULL AND fires_at <= $1
            ORDER BY fires_at, request_id LIMIT $2 {claim})
         RETURNING request_id, kind"
    );
    unit.rows(st, params![now.millis(), most], |r| Ok((Id::new(r.get(0)?), key(r, 1, Moment::from_key)?)))
}

/// The moments of these requests that have fired.
pub fn fired(q: &mut impl Query, requests: Vec<i64>) -> Result<Vec<(Id<DataRequest>, Moment)>, DbError> {
    let st = sql!(
        "SELECT request_id, kind FROM data_request_moments WHERE request_id {in $1} AND fired_at IS NOT NULL
         ORDER BY request_id, fires_at"
    );
    q.rows(st, params![requests], |r| Ok((Id::new(r.get(0)?), key(r, 1, Moment::from_key)?)))
}

/// Forgets requests that ended before that moment; at most so many at a time.
pub fn sweep(unit: &mut Unit, before: Instant, most: i64) -> Result<u64, DbError> {
    let st = sql!(
        "DELETE FROM data_requests WHERE id IN
           (SELECT id FROM data_requests WHERE ended_at IS NOT NULL AND ended_at < $1 ORDER BY ended_at LIMIT $2)"
    );
    unit.execute(st, params![before.millis(), most])
}
