//! Search over the catalogue, kept in memory (CAT-01): as people type, with and without diacritics, in their own words.
//!
//! A question is taken apart into concepts ([`question`]); each concept has readings: what was typed, what a synonym says
//! it means, what an abbreviation stands for, what it sounds like. Procedures are scored by how much of the question they
//! answer, and the best of them again by how closely the words stand together and how much of the name was asked for.

#[cfg(test)]
pub(crate) mod carried;
mod highlight;
mod question;
mod rank;
mod spelling;
mod synonym;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use highlight::highlight;
pub(crate) use question::POLITE;
pub use synonym::Synonym;
pub(crate) use synonym::{Word, words};

use super::ProcedureCode;
use question::Reader;
use rank::{Entry, Ranking};
use std::collections::HashMap;
use synonym::Synonyms;
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

/// A procedure that answers a question, and how well.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit<'a> {
    /// Code.
    pub code: &'a ProcedureCode,
    /// How much of the question it answers, from 0 to 1; words that nothing is known of count as not answered.
    pub answered: f32,
    /// How much of its name was asked for, from 0 to 1: a long name is rarely asked for whole.
    pub asked_for: f32,
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

    /// The same of a whole question, with how well each answers: for those who must know whether they may rely on it.
    pub fn hits(&self, question: &str, most: usize) -> Vec<Hit<'_>> {
        let whole = |code| Hit { code, answered: 1.0, asked_for: 1.0 };
        if let Some(digits) = digits_only(question) {
            return self.by_digits(&digits, most).into_iter().map(whole).collect();
        }
        let exact = self.exactly(question);
        let (ranking, understood) = self.ranking(question, false);
        let code = |id: EntryId| self.entries.get(id as usize).map(|e| &e.code);
        let others =
            ranking.looked().into_iter().filter(|l| !exact.contains(&l.id)).filter_map(|l| {
                Some(Hit { code: code(l.id)?, answered: l.cover * understood, asked_for: l.asked_for })
            });
        exact.iter().filter_map(|id| code(*id)).map(whole).chain(others).take(most).collect()
    }

    fn ranked(&self, question: &str) -> Vec<EntryId> {
        self.ranking(question, true).0.hits()
    }

    /// The better of two readings, and which part of the question it understands.
    fn ranking(&self, question: &str, unfinished: bool) -> (Ranking, f32) {
        let read = |generous| {
            let reader = Reader {
                vocabulary: &self.vocabulary,
                synonyms: &self.synonyms,
                entries: self.entries.len(),
                generous,
                unfinished,
            };
            let question = reader.read(question);
            (Ranking::of(&self.entries, &self.vocabulary, &question), question.understood())
        };
        let strict = read(false);
        if strict.0.best_cover() >= rank::GOOD {
            return strict;
        }
        let generous = read(true);
        if generous.0.best_cover() > strict.0.best_cover() + 0.05 { generous } else { strict }
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
