use domain::{
    dossier::{Dossier, People},
    enterprises::{EnterpriseKind, Told},
    id::Id,
    time::Instant,
};
use platform::db::{DbError, Query, Row, Unit, params, sql};
use std::collections::HashMap;

/// What one dossier says of an enterprise.
#[derive(Clone, Debug)]
pub struct Source {
    pub dossier: Id<Dossier>,
    pub number: String,
    pub kind: EnterpriseKind,
    pub name: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    pub procedure: String,
    pub at: Instant,
    /// The code of the dossier.
    pub code: String,
}

fn source(r: &Row<'_>) -> Result<Source, DbError> {
    let kind: String = r.get(2)?;
    let code: Option<String> = r.get(9)?;
    Ok(Source {
        dossier: Id::new(r.get(0)?),
        number: r.get(1)?,
        kind: EnterpriseKind::from_key(&kind).ok_or_else(|| r.impossible(2, format!("kind {kind}")))?,
        name: r.get(3)?,
        address: r.get(4)?,
        phone: r.get(5)?,
        email: r.get(6)?,
        procedure: r.get(7)?,
        at: Instant::from_millis(r.get(8)?),
        code: code.unwrap_or_default(),
    })
}

/// Notes what a dossier says; what is there already stays. True when it is new.
pub fn put(unit: &mut Unit, id: Id<Dossier>, t: &Told<'_>, procedure: &str, at: Instant) -> Result<bool, DbError> {
    let st = sql!(
        "INSERT INTO enterprise_sources (dossier_id, number, kind, name, address, phone, email, procedure_code, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING"
    );
    let values = params![id.raw(), t.number, t.kind.key(), t.name, t.address, t.phone, t.email, procedure, at.millis()];
    Ok(unit.execute(st, values)? == 1)
}

pub fn put_word(unit: &mut Unit, word: &str, id: Id<Dossier>) -> Result<(), DbError> {
    let st = sql!("INSERT INTO enterprise_words (word, dossier_id) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    unit.execute(st, params![word, id.raw()]).map(drop)
}

/// The enterprises as the register believes them, those that a dossier told of last first.
pub fn latest(q: &mut impl Query, before: i64, most: i64) -> Result<Vec<Source>, DbError> {
    let st = sql!(
        "SELECT s.dossier_id, s.number, s.kind, s.name, s.address, s.phone, s.email, s.procedure_code, s.at, d.code
         FROM enterprise_sources s JOIN dossiers d ON d.id = s.dossier_id
         WHERE s.dossier_id < $1 AND NOT EXISTS
           (SELECT 1 FROM enterprise_sources n WHERE n.number = s.number AND n.dossier_id > s.dossier_id)
         ORDER BY s.dossier_id DESC LIMIT $2"
    );
    q.rows(st, params![before, most], source)
}

/// The same, of which one word is this one, or begins so; old names find it too.
pub fn by_word(q: &mut impl Query, word: &str, until: &str, before: i64, most: i64) -> Result<Vec<Source>, DbError> {
    let st = sql!(
        "SELECT s.dossier_id, s.number, s.kind, s.name, s.address, s.phone, s.email, s.procedure_code, s.at, d.code
         FROM enterprise_sources s JOIN dossiers d ON d.id = s.dossier_id
         WHERE s.dossier_id IN
           (SELECT MAX(n.dossier_id) FROM enterprise_words w JOIN enterprise_sources o ON o.dossier_id = w.dossier_id
            JOIN enterprise_sources n ON n.number = o.number
            WHERE w.word >= $1 AND w.word < $2 GROUP BY o.number)
           AND s.dossier_id < $3
         ORDER BY s.dossier_id DESC LIMIT $4"
    );
    q.rows(st, params![word, until, before, most], source)
}

/// The words of everything that was said of these enterprises, by number.
pub fn words_of(q: &mut impl Query, numbers: Vec<String>) -> Result<HashMap<String, Vec<String>>, DbError> {
    let st = sql!(
        "SELECT s.number, w.word FROM enterprise_sources s JOIN enterprise_words w ON w.dossier_id = s.dossier_id
         WHERE s.number {in $1}"
    );
    let mut all: HashMap<String, Vec<String>> = HashMap::new();
    for (number, word) in q.rows(st, params![numbers], |r| Ok((r.get::<String>(0)?, r.get::<String>(1)?)))? {
        all.entry(number).or_default().push(word);
    }
    Ok(all)
}

/// All that was ever said of the enterprise of which this dossier told, the latest first.
pub fn of_same(q: &mut impl Query, dossier: Id<Dossier>, most: i64) -> Result<Vec<Source>, DbError> {
    let st = sql!(
        "SELECT s.dossier_id, s.number, s.kind, s.name, s.address, s.phone, s.email, s.procedure_code, s.at, d.code
         FROM enterprise_sources o JOIN enterprise_sources s ON s.number = o.number JOIN dossiers d ON d.id = s.dossier_id
         WHERE o.dossier_id = $1 ORDER BY s.dossier_id DESC LIMIT $2"
    );
    q.rows(st, params![dossier.raw(), most], source)
}

/// Dossiers that were there before the register was: people and state, in order of their ids.
pub fn earlier(q: &mut impl Query, after: i64, most: i64) -> Result<Vec<(i64, Dossier, People)>, DbError> {
    let st = sql!(
        "SELECT p.dossier_id, d.state, p.body FROM dossier_people p JOIN dossiers d ON d.id = p.dossier_id
         WHERE p.dossier_id > $1 ORDER BY p.dossier_id LIMIT $2"
    );
    q.rows(st, params![after, most], |r| {
        let (state, people): (String, String) = (r.get(1)?, r.get(2)?);
        let state = serde_json::from_str(&state).map_err(|e| r.impossible(1, e))?;
        Ok((r.get(0)?, state, serde_json::from_str(&people).map_err(|e| r.impossible(2, e))?))
    })
}
