use domain::{
    accounts::Scope,
    dossier::{Dossier, People},
    id::Id,
};
use platform::db::{DbError, Query, params, sql};

/// A line of the register: the book of dossiers.
pub struct Registered {
    pub id: i64,
    pub state: Dossier,
    pub applicant: String,
    pub procedure: String,
}

/// The dossiers after `after`, oldest first, for those who may read the whole province.
pub fn register(q: &mut impl Query, scope: &Scope, after: i64, most: i64) -> Result<Vec<Registered>, DbError> {
    if !matches!(scope, Scope::Province) {
        return Ok(Vec::new());
    }
    let st = sql!(
        "SELECT d.id, d.state, p.body, v.name FROM dossiers d
         JOIN procedure_versions v ON v.id = d.procedure_id
         LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE d.id > $1 AND d.code IS NOT NULL ORDER BY d.id LIMIT $2"
    );
    q.rows(st, params![after, most], |r| {
        let (state, people): (String, Option<String>) = (r.get(1)?, r.get(2)?);
        let people = people.map(|text| serde_json::from_str::<People>(&text)).transpose();
        let people = people.map_err(|e| r.impossible(2, e))?;
        Ok(Registered {
            id: Id::<Dossier>::new(r.get(0)?).raw(),
            state: serde_json::from_str(&state).map_err(|e| r.impossible(1, e))?,
            applicant: people.map(|p| p.applicant.name).unwrap_or_default(),
            procedure: r.get(3)?,
        })
    })
}
