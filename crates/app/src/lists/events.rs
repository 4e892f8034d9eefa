//! Occasions of life by which people look for procedures: a birth, a wedding, a house.

use crate::catalogue::Listed;
use crate::messages::Lang;
use domain::{id::Id, text::fold};

/// An occasion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifeEvent {
    pub id: Id<LifeEvent>,
    /// The end of its address.
    pub key: String,
    pub name: String,
    pub name_en: String,
    /// A name of the icon sprite.
    pub icon: String,
    pub place: i64,
    /// One a line: the code of a procedure, or words that its name holds.
    pub procedures: Vec<String>,
    pub active: bool,
}

/// Words may be in many names; the shortest are the plain cases.
const MOST_OF_WORDS: usize = 3;

impl LifeEvent {
    pub fn words(&self, lang: impl std::borrow::Borrow<Lang>) -> &str {
        lang.borrow().pick((&self.name, &self.name_en))
    }

    /// Its procedures among those in force, in the order of its lines, each once.
    pub fn procedures_in<'r>(&self, listed: &'r [Listed]) -> Vec<&'r Listed> {
        let mut found: Vec<&Listed> = Vec::new();
        for line in &self.procedures {
            for procedure in meant(line, listed) {
                if !found.iter().any(|f| f.code == procedure.code) {
                    found.push(procedure);
                }
            }
        }
        found
    }
}

fn meant<'r>(line: &str, listed: &'r [Listed]) -> Vec<&'r Listed> {
    let line = line.trim();
    if let Some(one) = listed.iter().find(|p| p.code.as_str() == line) {
        return vec![one];
    }
    let words = fold(line);
    if words.is_empty() {
        return Vec::new();
    }
    let holds = |p: &&Listed| format!(" {} ", fold(&p.name)).contains(&format!(" {words} "));
    let mut found: Vec<_> = listed.iter().filter(holds).collect();
    found.sort_by_key(|p| (p.name.chars().count(), p.code.clone()));
    found.truncate(MOST_OF_WORDS);
    found
}
