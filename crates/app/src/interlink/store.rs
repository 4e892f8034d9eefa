use domain::{dossier::Dossier, id::Id};
use platform::db::{DbError, Query, Unit, params, sql};

/// An open branch as a list finds it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BranchRow {
    pub kind: &'static str,
    pub number: u32,
    pub place: u32,
    pub agency: i64,
    pub unit: Option<i64>,
    pub officer: Option<i64>,
    /// The one-stop unit of the upper level that must pass it on.
    pub centre: Option<i64>,
    pub due_at: i64,
}

/// Writes the open branches of a dossier in place of those that were there.
pub fn replace(unit: &mut Unit, id: Id<Dossier>, rows: &[BranchRow]) -> Result<(), DbError> {
    unit.execute(sql!("DELETE FROM branches WHERE dossier_id = $1"), params![id.raw()])?;
    let st = sql!(
        "INSERT INTO branches (dossier_id, kind, number, place, agency_id, unit_id, officer_id, due_at, centre_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    );
    for r in rows {
        unit.execute(
            st,
            params![id.raw(), r.kind, r.number, r.place, r.agency, r.unit, r.officer, r.due_at, r.centre],
        )?;
    }
    Ok(())
}

/// The open branches of a dossier, as they are kept.
pub fn rows_of(q: &mut impl Query, id: Id<Dossier>) -> Result<Vec<BranchRow>, DbError> {
    let st = sql!(
        "SELECT kind, number, place, agency_id, unit_id, officer_id, due_at, centre_id FROM branches WHERE dossier_id = $1
         ORDER BY kind, number, place"
    );
    q.rows(st, params![id.raw()], |r| {
        let kind: String = r.get(0)?;
        Ok(BranchRow {
            kind: if kind == "part" { "part" } else { "consultation" },
            number: r.get(1)?,
            place: r.get(2)?,
            agency: r.get(3)?,
            unit: r.get(4)?,
            officer: r.get(5)?,
            due_at: r.get(6)?,
            centre: r.get(7)?,
        })
    })
}

/// Where an appointed visit takes place, with whom and about what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitRow {
    pub number: u32,
    pub place: String,
    pub participants: String,
    pub content: String,
}

pub fn insert_visit(unit: &mut Unit, id: Id<Dossier>, visit: &VisitRow) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO dossier_visits (dossier_id, number, place, participants, content) VALUES ($1, $2, $3, $4, $5)"
    );
    let VisitRow { number, place, participants, content } = visit;
    unit.execute(st, params![id.raw(), *number, place, participants, content]).map(drop)
}

pub fn move_visit(unit: &mut Unit, id: Id<Dossier>, number: u32, place: &str) -> Result<(), DbError> {
    let st = sql!("UPDATE dossier_visits SET place = $3 WHERE dossier_id = $1 AND number = $2");
    unit.execute(st, params![id.raw(), number, place]).map(drop)
}

/// The appointed visits of a dossier, in order; those that were erased are not among them.
pub fn visits(q: &mut impl Query, id: Id<Dossier>) -> Result<Vec<VisitRow>, DbError> {
    let st =
        sql!("SELECT number, place, participants, content FROM dossier_visits WHERE dossier_id = $1 ORDER BY number");
    q.rows(st, params![id.raw()], |r| {
        Ok(VisitRow { number: r.get(0)?, place: r.get(1)?, participants: r.get(2)?, content: r.get(3)? })
    })
}
