//! Occasions of life by which people look for procedures: a birth, a wedding, a house.

use crate::catalogue::Listed;
use crate::messages::Lang;
use domain::{id::Id, text::fold};
use std::collections::HashMap;

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

    /// Its procedures among those in force, in the order of its lines, each once; by their places. `names` are the names
    /// folded between blanks, `places` the places by code.
    pub fn procedures_in(&self, listed: &[Listed], names: &[String], places: &HashMap<String, usize>) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for line in &self.procedures {
            for at in meant(line, listed, names, places) {
                if !found.contains(&at) {
                    found.push(at);
                }
            }
        }
        found
    }
}

fn meant(line: &str, listed: &[Listed], names: &[String], places: &HashMap<String, usize>) -> Vec<usize> {
    let line = line.trim();
    if let Some(one) = places.get(line) {
        return vec![*one];
    }
    let words = fold(line);
    if words.is_empty() {
        return Vec::new();
    }
    let words = format!(" {words} ");
    let holding = names.iter().enumerate().filter(|(_, name)| name.contains(&words));
    let mut found: Vec<usize> = holding.map(|(at, _)| at).collect();
    found.sort_by_key(|at| (listed[*at].name.chars().count(), listed[*at].code.clone()));
    found.truncate(MOST_OF_WORDS);
    found
}
