//! Search over the catalogue, kept in memory (CAT-01): as people type, with and without diacritics, in their own words.
//!
//! A question is taken apart into concepts ([`question`]); each concept has readings: what was typed, what a synonym says
//! it means, what an abbreviation stands for, what it sounds like. Procedures are scored by how much of the question they
//! answer, and the best of them again by how closely the words stand together and how much of the name was asked for.

mod highlight;
mod question;
mod rank;
mod spelling;
mod synonym;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use highlight::highlight;
pub use synonym::Synonym;

use super::ProcedureCode;
use question::Reader;
use rank::{Entry, Ranking};
use std::collections::HashMap;
use synonym::{Synonyms, words};
use vocabulary::{EntryId, Growing, Place, Vocabulary};

/// What the index needs of a procedure.
#[derive(Debug, Clone, Copy)]
pub struct Searchable<'a> {
    /// Code.
    pub code: &'a ProcedureCode,
    /// Name.
    pub name: &'a str,
    /// Name of the field.
    pub field: &'a str,
}

/// An index over codes, names and fields, with the synonyms of the Centre.
#[derive(Debug, Default)]
pub struct SearchIndex {
    entries: Vec<Entry>,
    vocabulary: Vocabulary,
    synonyms: Synonyms,
    /// Whole names without marks: whoever types one wants that one.
    names: HashMap<String, Vec<EntryId>>,
}

impl SearchIndex {
    /// Indexes the given procedures. 6,000 of them take 0.1 s.
    pub fn build<'a, 's>(
        procedures: impl IntoIterator<Item = Searchable<'a>>,
        synonyms: impl IntoIterator<Item = &'s Synonym>,
    ) -> Self {
        let mut index = Self { synonyms: Synonyms::new(synonyms), ..Self::default() };
        let mut growing = Growing::default();
        for procedure in procedures {
            index.add(procedure, &mut growing);
        }
        index.vocabulary = growing.done();
        for entry in &mut index.entries {
            entry.settle(&index.vocabulary);
        }
        index
    }

    /// How many procedures it holds.
    pub fn len(&self) -> usize {
        self.entries.len()
    }
    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn add(&mut self, procedure: Searchable<'_>, growing: &mut Growing) {
        let Ok(id) = EntryId::try_from(self.entries.len()) else {
            return;
        };
        let name = words(procedure.name);
        for word in &name {
            growing.add(word, Place { entry: id, in_name: true });
        }
        for word in words(procedure.field).iter().chain(&words(procedure.code.as_str())) {
            growing.add(word, Place { entry: id, in_name: false });
        }
        let entry = Entry::new(procedure.code.clone(), &name);
        self.names.entry(entry.name.clone()).or_default().push(id);
        self.entries.push(entry);
    }

    /// Codes of the procedures that answer `question`, best first, at most `most`.
    ///
    /// A question that is a whole name puts that procedure first; one of digits only is looked for in the codes. Words
    /// that no procedure has are ignored.
    pub fn search(&self, question: &str, most: usize) -> Vec<&ProcedureCode> {
        if let Some(digits) = digits_only(question) {
            return self.by_digits(&digits, most);
        }
        let mut found = self.exactly(question);
        for id in self.ranked(question) {
            if !found.contains(&id) {
                found.push(id);
            }
        }
        found.truncate(most);
        found.into_iter().filter_map(|id| self.entries.get(id as usize)).map(|e| &e.code).collect()
    }

    fn ranked(&self, question: &str) -> Vec<EntryId> {
        let reader = |generous| Reader {
            vocabulary: &self.vocabulary,
            synonyms: &self.synonyms,
            entries: self.entries.len(),
            generous,
        };
        let strict = Ranking::of(&self.entries, &self.vocabulary, &reader(false).read(question));
        if strict.best_cover() >= rank::GOOD {
            return strict.hits();
        }
        let generous = Ranking::of(&self.entries, &self.vocabulary, &reader(true).read(question));
        if generous.best_cover() > strict.best_cover() + 0.05 { generous.hits() } else { strict.hits() }
    }

    /// Procedures with this very name; those with the same marks first.
    fn exactly(&self, question: &str) -> Vec<EntryId> {
        let asked = rank::names(&words(question));
        let mut same = self.names.get(&asked.0).cloned().unwrap_or_default();
        same.sort_by_key(|id| (self.entries[*id as usize].marked_name != asked.1, *id));
        same
    }

    fn by_digits(&self, digits: &str, most: usize) -> Vec<&ProcedureCode> {
        let of_code = |e: &Entry| e.code.as_str().chars().filter(char::is_ascii_digit).collect::<String>();
        self.entries.iter().filter(|e| of_code(e).contains(digits)).map(|e| &e.code).take(most).collect()
    }
}

/// The digits of a question that has nothing else: a code, or a part of one.
fn digits_only(question: &str) -> Option<String> {
    let digits: String = question.chars().filter(char::is_ascii_digit).collect();
    let plain = question.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',' | '-'));
    (plain && digits.len() > 2).then_some(digits)
}
