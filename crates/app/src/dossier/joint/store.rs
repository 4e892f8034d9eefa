use domain::{
    dossier::Dossier,
    id::Id,
    people::{Centre, Officer},
    time::Instant,
};
use platform::db::{DbError, Query, Row, Unit, packed, params, sql};

/// A slip about several dossiers, as it was issued.
#[derive(Clone, Debug)]
pub struct JointSlip {
    pub id: i64,
    /// The key of its number series.
    pub form: String,
    pub number: String,
    pub centre: Id<Centre>,
    pub officer: Id<Officer>,
    pub issued_at: Instant,
    /// The frozen data, as `documents::Form` reads it; empty in lists.
    pub data: String,
}

pub fn insert(unit: &mut Unit, s: &JointSlip, dossiers: &[Id<Dossier>]) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO joint_slips (id, form, number, centre_id, officer_id, issued_at, data)
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    );
    let (centre, officer) = (s.centre.raw(), s.officer.raw());
    unit.execute(st, params![s.id, &s.form, &s.number, centre, officer, s.issued_at.millis(), packed(&*s.data)])?;
    for dossier in dossiers {
        let st = sql!("INSERT INTO joint_slip_dossiers (slip_id, dossier_id) VALUES ($1, $2)");
        unit.execute(st, params![s.id, dossier.raw()])?;
    }
    Ok(())
}

pub fn find(q: &mut impl Query, id: i64) -> Result<Option<JointSlip>, DbError> {
    let st = sql!("SELECT id, form, number, centre_id, officer_id, issued_at, data FROM joint_slips WHERE id = $1");
    q.optional(st, params![id], |r| Ok(JointSlip { data: r.get(6)?, ..head(r)? }))
}

/// The dossiers that it is about.
pub fn dossiers(q: &mut impl Query, id: i64) -> Result<Vec<i64>, DbError> {
    let st = sql!("SELECT dossier_id FROM joint_slip_dossiers WHERE slip_id = $1 ORDER BY dossier_id");
    q.rows(st, params![id], |r| r.get(0))
}

/// The slips that are about a dossier, oldest first.
pub fn of_dossier(q: &mut impl Query, dossier: Id<Dossier>) -> Result<Vec<JointSlip>, DbError> {
    let st = sql!(
        "SELECT s.id, s.form, s.number, s.centre_id, s.officer_id, s.issued_at FROM joint_slip_dossiers d
         JOIN joint_slips s ON s.id = d.slip_id WHERE d.dossier_id = $1 ORDER BY s.id"
    );
    q.rows(st, params![dossier.raw()], head)
}

/// A centre's slips of one form, newest first, each with how many dossiers it names.
pub fn of_centre(
    q: &mut impl Query,
    centre: Id<Centre>,
    form: &str,
    before: i64,
    most: i64,
) -> Result<Vec<(JointSlip, i64)>, DbError> {
    let st = sql!(
        "SELECT s.id, s.form, s.number, s.centre_id, s.officer_id, s.issued_at,
           (SELECT COUNT(*) FROM joint_slip_dossiers d WHERE d.slip_id = s.id)
         FROM joint_slips s WHERE s.centre_id = $1 AND s.form = $2 AND s.id < $3 ORDER BY s.id DESC LIMIT $4"
    );
    q.rows(st, params![centre.raw(), form, before, most], |r| Ok((head(r)?, r.get(6)?)))
}

/// The frozen data of these dossiers' slips of one form, each dossier's last.
pub fn last_slips(q: &mut impl Query, ids: Vec<i64>, form: &str) -> Result<Vec<(i64, String)>, DbError> {
    let st =
        sql!("SELECT dossier_id, data FROM slips WHERE dossier_id {in $1} AND form = $2 ORDER BY dossier_id, id DESC");
    let mut found: Vec<(i64, String)> = q.rows(st, params![ids, form], |r| Ok((r.get(0)?, r.get(1)?)))?;
    found.dedup_by_key(|(dossier, _)| *dossier);
    Ok(found)
}

fn head(r: &Row<'_>) -> Result<JointSlip, DbError> {
    Ok(JointSlip {
        id: r.get(0)?,
        form: r.get(1)?,
        number: r.get(2)?,
        centre: Id::new(r.get(3)?),
        officer: Id::new(r.get(4)?),
        issued_at: Instant::from_millis(r.get(5)?),
        data: String::new(),
    })
}
