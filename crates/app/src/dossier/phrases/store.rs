use domain::{
    id::Id,
    people::{Agency, Officer},
};
use platform::db::{DbError, Query, Unit, params, sql};

/// A wording with its name.
#[derive(Clone, Debug)]
pub struct Phrase {
    pub id: i64,
    pub name: String,
    pub body: String,
    /// It belongs to one procedure.
    pub is_of_procedure: bool,
}

/// The wordings of an agency for a procedure and for all, those of the procedure first.
pub fn of_agency(q: &mut impl Query, agency: Id<Agency>, procedure: &str) -> Result<Vec<Phrase>, DbError> {
    let st = sql!(
        "SELECT id, name, body, procedure_code FROM opinion_phrases
         WHERE agency_id = $1 AND procedure_code IN ('', $2) ORDER BY procedure_code DESC, name LIMIT 100"
    );
    q.rows(st, params![agency.raw(), procedure], |r| {
        let of: String = r.get(3)?;
        Ok(Phrase { id: r.get(0)?, name: r.get(1)?, body: r.get(2)?, is_of_procedure: !of.is_empty() })
    })
}

/// Keeps a wording; one of the same name is written over.
pub fn keep(
    unit: &mut Unit,
    phrase: &Phrase,
    agency: Id<Agency>,
    procedure: &str,
    officer: Id<Officer>,
) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO opinion_phrases (id, agency_id, procedure_code, name, body, officer_id) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (agency_id, procedure_code, name) DO UPDATE SET body = $5, officer_id = $6"
    );
    let values = params![phrase.id, agency.raw(), procedure, &phrase.name, &phrase.body, officer.raw()];
    unit.execute(st, values).map(drop)
}

/// Only one of the own agency; its name, when it was there.
pub fn remove(unit: &mut Unit, id: i64, agency: Id<Agency>) -> Result<Option<String>, DbError> {
    let name = unit.optional(
        sql!("SELECT name FROM opinion_phrases WHERE id = $1 AND agency_id = $2"),
        params![id, agency.raw()],
        |r| r.get(0),
    )?;
    unit.execute(sql!("DELETE FROM opinion_phrases WHERE id = $1 AND agency_id = $2"), params![id, agency.raw()])?;
    Ok(name)
}
