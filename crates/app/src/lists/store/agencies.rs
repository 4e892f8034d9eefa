use domain::{
    id::Id,
    lists::{AgencyChangeKind, Merger},
    people,
};
use platform::db::{DbError, Query, Unit, params, sql};

/// A change of an agency as it is kept.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    pub id: i64,
    pub agency: Id<people::Agency>,
    pub kind: AgencyChangeKind,
    /// `yyyy-mm-dd`.
    pub day: String,
    pub decision: String,
    pub old_name: String,
    pub new_name: String,
    pub other: Option<Id<people::Agency>>,
    pub officer: Option<Id<people::Officer>>,
    pub at: i64,
}

/// Every change, newest first.
pub fn agency_changes(q: &mut impl Query) -> Result<Vec<ChangeRow>, DbError> {
    let st = sql!(
        "SELECT id, agency_id, kind, day, decision, old_name, new_name, other_id, officer_id, at
         FROM agency_changes ORDER BY day DESC, id DESC"
    );
    q.rows(st, params![], |r| {
        let kind: String = r.get(2)?;
        Ok(ChangeRow {
            id: r.get(0)?,
            agency: Id::new(r.get(1)?),
            kind: AgencyChangeKind::from_key(&kind).ok_or_else(|| r.impossible(2, "no kind of change"))?,
            day: r.get(3)?,
            decision: r.get(4)?,
            old_name: r.get(5)?,
            new_name: r.get(6)?,
            other: r.get::<Option<i64>>(7)?.map(Id::new),
            officer: r.get::<Option<i64>>(8)?.map(Id::new),
            at: r.get(9)?,
        })
    })
}

/// Which agency was merged into which, the latest first.
pub fn mergers(q: &mut impl Query) -> Result<Vec<Merger>, DbError> {
    let st = sql!(
        "SELECT agency_id, other_id FROM agency_changes WHERE kind = 'merge' AND other_id IS NOT NULL
          ORDER BY day DESC, id DESC"
    );
    q.rows(st, params![], |r| Ok((Id::new(r.get(0)?), Id::new(r.get(1)?))))
}

pub fn insert_agency_change(unit: &mut Unit, c: &ChangeRow) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO agency_changes
           (id, agency_id, kind, day, decision, old_name, new_name, other_id, officer_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    unit.execute(
        st,
        params![
            c.id,
            c.agency.raw(),
            c.kind.key(),
            &c.day,
            &c.decision,
            &c.old_name,
            &c.new_name,
            c.other.map(Id::raw),
            c.officer.map(Id::raw),
            c.at
        ],
    )
    .map(drop)
}
