use domain::{catalogue::search::Synonym, id::Id};
use platform::db::{DbError, Query, Unit, params, sql};

/// A synonym with its row.
#[derive(Clone, Debug)]
pub struct SynonymRow {
    pub id: Id<Synonym>,
    pub synonym: Synonym,
}

/// All of them, by phrase.
pub fn synonyms(q: &mut impl Query) -> Result<Vec<SynonymRow>, DbError> {
    let st = sql!("SELECT id, phrase, means FROM search_synonyms ORDER BY phrase {bytes}");
    q.rows(st, params![], |r| {
        Ok(SynonymRow { id: Id::new(r.get(0)?), synonym: Synonym { phrase: r.get(1)?, means: r.get(2)? } })
    })
}

/// Adds a phrase, or gives it another meaning.
pub fn put_synonym(unit: &mut Unit, row: &SynonymRow) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO search_synonyms (id, phrase, means) VALUES ($1, $2, $3)
         ON CONFLICT (phrase) DO UPDATE SET means = $3"
    );
    unit.execute(st, params![row.id.raw(), &row.synonym.phrase, &row.synonym.means]).map(drop)
}

/// Takes a phrase off the list; false when it was not there.
pub fn remove_synonym(unit: &mut Unit, phrase: &str) -> Result<bool, DbError> {
    Ok(unit.execute(sql!("DELETE FROM search_synonyms WHERE phrase = $1"), params![phrase])? > 0)
}
