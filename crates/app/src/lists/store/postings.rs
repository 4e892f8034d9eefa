use domain::{id::Id, people::Officer};
use platform::db::{DbError, Query, Unit, params, sql};

/// What hangs on the wall for a field.
#[derive(Clone, Debug)]
pub struct Posting {
    pub field: String,
    pub posted_at: i64,
    pub officer: Id<Officer>,
    /// Code and version id of each procedure.
    pub versions: Vec<(String, String)>,
}

/// The last posting of every field.
pub fn last_postings(q: &mut impl Query) -> Result<Vec<Posting>, DbError> {
    let st = sql!(
        "SELECT p.field, p.posted_at, p.officer_id, p.versions FROM field_postings p
         WHERE p.id = (SELECT MAX(o.id) FROM field_postings o WHERE o.field = p.field)
         ORDER BY p.field {bytes}"
    );
    q.rows(st, params![], |r| {
        let lines: String = r.get(3)?;
        let pair = |line: &str| line.split_once(' ').map(|(code, version)| (code.to_owned(), version.to_owned()));
        Ok(Posting {
            field: r.get(0)?,
            posted_at: r.get(1)?,
            officer: Id::new(r.get(2)?),
            versions: lines.lines().filter_map(pair).collect(),
        })
    })
}

pub fn insert_posting(unit: &mut Unit, id: i64, p: &Posting) -> Result<(), DbError> {
    let st =
        sql!("INSERT INTO field_postings (id, field, posted_at, officer_id, versions) VALUES ($1, $2, $3, $4, $5)");
    let lines: Vec<_> = p.versions.iter().map(|(code, version)| format!("{code} {version}")).collect();
    unit.execute(st, params![id, &p.field, p.posted_at, p.officer.raw(), lines.join("\n")]).map(drop)
}
