use super::store::Listed;
use crate::reference::Reference;
use domain::{catalogue::ProcedureLevel, text::fold};
use std::collections::{BTreeMap, HashMap};

/// More answers than this nobody reads.
const MOST_HITS: usize = 500;

/// What is looked for; every part narrows.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// Words, with or without diacritics, or a code.
    pub text: String,
    /// The name of a field.
    pub field: Option<String>,
    pub level: Option<ProcedureLevel>,
}

/// Procedures that answer the question: best first when words were given, else by code.
pub fn find<'r>(reference: &'r Reference, question: &Question) -> Vec<&'r Listed> {
    let fits = |p: &&Listed| {
        question.field.as_ref().is_none_or(|f| p.field == *f) && question.level.is_none_or(|l| p.levels.contains(&l))
    };
    let all = reference.procedures.iter().filter(fits);
    if question.text.trim().is_empty() {
        return all.collect();
    }
    let hits = reference.search.search(&question.text, MOST_HITS);
    let rank: HashMap<_, _> = hits.into_iter().enumerate().map(|(rank, code)| (code.as_str(), rank)).collect();
    let mut found: Vec<_> = all.filter_map(|p| Some((*rank.get(p.code.as_str())?, p))).collect();
    found.sort_unstable_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, p)| p).collect()
}

/// A field with the number of its procedures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    pub field: String,
    pub procedures: usize,
}

/// Every field that has a procedure, in alphabetical order.
pub fn fields(reference: &Reference) -> Vec<Count> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for p in &reference.procedures {
        *counts.entry(&p.field).or_default() += 1;
    }
    let mut fields: Vec<_> =
        counts.into_iter().map(|(field, procedures)| Count { field: field.to_owned(), procedures }).collect();
    fields.sort_by_cached_key(|c| (fold(&c.field), c.field.clone()));
    fields
}
