//! The SQL of paper on its way. A list is found by where the paper lies or where it goes.

use crate::dossier::store::{Work, work};
use domain::{
    courier::{Belongs, CourierRun, Load, Place},
    dossier::{Dossier, People},
    id::Id,
    people::{Agency, Officer},
    time::Instant,
};
use jiff::civil::{Date, Time};
use platform::db::{DbError, Query, Row, Unit, params, sql};

// ---- where paper lies -----------------------------------------------------------------------------------------------

/// Where the paper of a dossier is.
#[derive(Clone, Debug)]
pub struct Whereabouts {
    pub load: Load,
    pub at: Place,
    /// Where it is wanted, when not where it lies.
    pub to: Option<Place>,
    /// Id and number of the minutes with which it is on its way.
    pub run: Option<(i64, String)>,
}

/// Notes where it is wanted; paper that is new lies where it was handed in or made.
pub fn want(unit: &mut Unit, dossier: Id<Dossier>, b: &Belongs) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO paper_places (dossier_id, what, at_place, to_place)
         VALUES ($1, $2, $3, CASE WHEN $4 = $3 THEN NULL ELSE $4 END)
         ON CONFLICT (dossier_id, what)
         DO UPDATE SET to_place = CASE WHEN paper_places.at_place = $4 THEN NULL ELSE $4 END"
    );
    unit.execute(st, params![dossier.raw(), b.load.key(), b.from.key(), b.to.key()]).map(drop)
}

/// It stays where it is.
pub fn want_no_more(unit: &mut Unit, dossier: Id<Dossier>, load: Load) -> Result<(), DbError> {
    let st = sql!("UPDATE paper_places SET to_place = NULL WHERE dossier_id = $1 AND what = $2");
    unit.execute(st, params![dossier.raw(), load.key()]).map(drop)
}

/// Everything that is known of a dossier's paper.
pub fn of_dossier(q: &mut impl Query, dossier: Id<Dossier>) -> Result<Vec<Whereabouts>, DbError> {
    let st = sql!(
        "SELECT p.what, p.at_place, p.to_place, r.id, r.number FROM paper_places p
         LEFT JOIN courier_runs r ON r.id = p.run_id WHERE p.dossier_id = $1 ORDER BY p.what"
    );
    q.rows(st, params![dossier.raw()], |r| {
        Ok(Whereabouts {
            load: load(r, 0)?,
            at: place(r, 1)?,
            to: r.get::<Option<String>>(2)?.as_deref().and_then(Place::from_key),
            run: r.get::<Option<i64>>(3)?.zip(r.get(4)?),
        })
    })
}

/// What lies at a place and is wanted elsewhere: where, what, how many.
pub fn waiting(q: &mut impl Query, at: Place) -> Result<Vec<(Place, Load, i64)>, DbError> {
    let st = sql!(
        "SELECT to_place, what, COUNT(*) FROM paper_places
         WHERE at_place = $1 AND run_id IS NULL AND to_place IS NOT NULL GROUP BY to_place, what ORDER BY to_place, what"
    );
    q.rows(st, params![at.key()], |r| Ok((place(r, 0)?, load(r, 1)?, r.get(2)?)))
}

/// The dossiers of one of these heaps, oldest first.
pub fn heap(q: &mut impl Query, at: Place, to: Place, load: Load, most: i64) -> Result<Vec<Work>, DbError> {
    let st = sql!(
        "SELECT d.id, d.state, d.due_key, p.body FROM
           (SELECT dossier_id FROM paper_places WHERE at_place = $1 AND to_place = $2 AND what = $3 AND run_id IS NULL
            ORDER BY dossier_id LIMIT $4) w
         JOIN dossiers d ON d.id = w.dossier_id LEFT JOIN dossier_people p ON p.dossier_id = d.id ORDER BY d.id"
    );
    q.rows(st, params![at.key(), to.key(), load.key(), most], work)
}

/// It leaves with these minutes; false when it does not lie there any more.
pub fn leave(unit: &mut Unit, dossier: Id<Dossier>, run: &CourierRun) -> Result<bool, DbError> {
    let st = sql!(
        "UPDATE paper_places SET run_id = $4 WHERE dossier_id = $1 AND what = $2 AND at_place = $3 AND run_id IS NULL"
    );
    let values = params![dossier.raw(), run.load.key(), run.from.key(), run.id.raw()];
    Ok(unit.execute(st, values)? == 1)
}

/// What came: it lies at the receiver's.
pub fn arrive(unit: &mut Unit, run: &CourierRun) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE paper_places SET at_place = $2, to_place = CASE WHEN to_place = $2 THEN NULL ELSE to_place END, run_id = NULL
         WHERE run_id = $1"
    );
    unit.execute(st, params![run.id.raw(), run.to.key()]).map(drop)
}

/// What did not come: it is looked for where it was given.
pub fn stay(unit: &mut Unit, run: &CourierRun, dossiers: &[i64]) -> Result<(), DbError> {
    let st = sql!("UPDATE paper_places SET to_place = $3, run_id = NULL WHERE run_id = $1 AND dossier_id {in $2}");
    unit.execute(st, params![run.id.raw(), dossiers.to_vec(), run.to.key()])?;
    let st = sql!("UPDATE courier_rows SET missing = TRUE WHERE run_id = $1 AND dossier_id {in $2}");
    unit.execute(st, params![run.id.raw(), dossiers.to_vec()]).map(drop)
}

// ---- runs -----------------------------------------------------------------------------------------------------------

/// One line of the minutes.
#[derive(Clone, Debug)]
pub struct RunRow {
    pub dossier: Id<Dossier>,
    pub papers: u32,
    pub note: Option<String>,
    pub missing: bool,
}

pub fn insert_run(unit: &mut Unit, run: &CourierRun, rows: &[RunRow]) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO courier_runs (id, number, what, from_place, to_place, run, carrier, given_by, given_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    );
    unit.execute(
        st,
        params![
            run.id.raw(),
            &run.number,
            run.load.key(),
            run.from.key(),
            run.to.key(),
            run.run.map(|t| t.strftime("%H:%M").to_string()),
            &run.carrier,
            run.given_by.raw(),
            run.given_at.millis()
        ],
    )?;
    for (i, row) in (1_i64..).zip(rows) {
        let st = sql!("INSERT INTO courier_rows (run_id, place, dossier_id, papers, note) VALUES ($1, $2, $3, $4, $5)");
        unit.execute(st, params![run.id.raw(), i, row.dossier.raw(), row.papers, row.note.as_deref()])?;
    }
    Ok(())
}

/// Counted and received, once; false when somebody was faster.
pub fn receive(
    unit: &mut Unit,
    run: Id<CourierRun>,
    by: Id<Officer>,
    at: Instant,
    remarks: Option<&str>,
) -> Result<bool, DbError> {
    let st = sql!(
        "UPDATE courier_runs SET received_by = $2, received_at = $3, remarks = $4 WHERE id = $1 AND received_at IS NULL"
    );
    Ok(unit.execute(st, params![run.raw(), by.raw(), at.millis(), remarks])? == 1)
}

pub fn run(q: &mut impl Query, id: i64) -> Result<Option<CourierRun>, DbError> {
    let st = sql!(
        "SELECT id, number, what, from_place, to_place, run, carrier, given_by, given_at, received_by, received_at, remarks
         FROM courier_runs WHERE id = $1"
    );
    q.optional(st, params![id], read_run)
}

/// What is on its way to a place, oldest first.
pub fn coming(q: &mut impl Query, to: Place, most: i64) -> Result<Vec<CourierRun>, DbError> {
    let st = sql!(
        "SELECT id, number, what, from_place, to_place, run, carrier, given_by, given_at, received_by, received_at, remarks
         FROM courier_runs WHERE to_place = $1 AND received_at IS NULL ORDER BY id LIMIT $2"
    );
    q.rows(st, params![to.key(), most], read_run)
}

/// What a place gave and received since a moment, newest first.
pub fn since(q: &mut impl Query, place: Place, since: Instant, most: i64) -> Result<Vec<CourierRun>, DbError> {
    let st = sql!(
        "SELECT * FROM
          (SELECT id, number, what, from_place, to_place, run, carrier, given_by, given_at, received_by, received_at, remarks
             FROM courier_runs WHERE from_place = $1 AND given_at >= $2
           UNION ALL
           SELECT id, number, what, from_place, to_place, run, carrier, given_by, given_at, received_by, received_at, remarks
             FROM courier_runs WHERE to_place = $1 AND given_at >= $2 AND received_at IS NOT NULL) seen
         ORDER BY id DESC LIMIT $3"
    );
    q.rows(st, params![place.key(), since.millis(), most], read_run)
}

/// How many lines minutes have.
pub fn count(q: &mut impl Query, runs: Vec<i64>) -> Result<Vec<(i64, i64)>, DbError> {
    let st = sql!("SELECT run_id, COUNT(*) FROM courier_rows WHERE run_id {in $1} GROUP BY run_id");
    q.rows(st, params![runs], |r| Ok((r.get(0)?, r.get(1)?)))
}

/// The lines of minutes, each with its dossier and whose it is.
pub fn rows(q: &mut impl Query, run: Id<CourierRun>) -> Result<Vec<(RunRow, Dossier, Option<People>)>, DbError> {
    let st = sql!(
        "SELECT c.dossier_id, c.papers, c.note, c.missing, d.state, p.body FROM courier_rows c
         JOIN dossiers d ON d.id = c.dossier_id LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE c.run_id = $1 ORDER BY c.place"
    );
    q.rows(st, params![run.raw()], |r| {
        let row = RunRow { dossier: Id::new(r.get(0)?), papers: r.get(1)?, note: r.get(2)?, missing: r.get(3)? };
        let (state, people): (String, Option<String>) = (r.get(4)?, r.get(5)?);
        let people = people.map(|p| serde_json::from_str(&p).map_err(|e| r.impossible(5, e))).transpose()?;
        Ok((row, serde_json::from_str(&state).map_err(|e| r.impossible(4, e))?, people))
    })
}

fn read_run(r: &Row<'_>) -> Result<CourierRun, DbError> {
    let run: Option<String> = r.get(5)?;
    let run = run.map(|t| t.parse::<Time>().map_err(|e| r.impossible(5, e))).transpose()?;
    let received = r.get::<Option<i64>>(9)?.map(Id::new);
    Ok(CourierRun {
        id: Id::new(r.get(0)?),
        number: r.get(1)?,
        load: load(r, 2)?,
        from: place(r, 3)?,
        to: place(r, 4)?,
        run,
        carrier: r.get(6)?,
        given_by: Id::new(r.get(7)?),
        given_at: Instant::from_millis(r.get(8)?),
        received: received.zip(r.get::<Option<i64>>(10)?.map(Instant::from_millis)),
        remarks: r.get(11)?,
    })
}

fn place(r: &Row<'_>, column: usize) -> Result<Place, DbError> {
    let text: String = r.get(column)?;
    Place::from_key(&text).ok_or_else(|| r.impossible(column, &text))
}

fn load(r: &Row<'_>, column: usize) -> Result<Load, DbError> {
    let text: String = r.get(column)?;
    Load::from_key(&text).ok_or_else(|| r.impossible(column, &text))
}

// ---- officers of the day --------------------------------------------------------------------------------------------

/// An agency, and who receives its paper.
pub type OnDuty = (Id<Agency>, Id<Officer>);

/// Who receives paper in these agencies on a day.
pub fn on_duty(q: &mut impl Query, day: Date) -> Result<Vec<OnDuty>, DbError> {
    let st = sql!("SELECT agency_id, officer_id FROM duty_officers WHERE day = $1");
    q.rows(st, params![day.to_string()], |r| Ok((Id::new(r.get(0)?), Id::new(r.get(1)?))))
}

/// Names the officer of a day; who was named before is relieved.
pub fn name_duty(
    unit: &mut Unit,
    agency: Id<Agency>,
    day: Date,
    officer: Id<Officer>,
    by: Id<Officer>,
    at: Instant,
) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO duty_officers (agency_id, day, officer_id, named_by, named_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (agency_id, day) DO UPDATE SET officer_id = $3, named_by = $4, named_at = $5"
    );
    unit.execute(st, params![agency.raw(), day.to_string(), officer.raw(), by.raw(), at.millis()]).map(drop)
}
