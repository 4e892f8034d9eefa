use super::store::Listed;
use crate::reference::Reference;
use domain::{
    catalogue::{Audience, ProcedureLevel},
    text::fold,
};
use std::collections::{BTreeMap, HashMap};

/// More answers than this nobody reads.
const MOST_HITS: usize = 500;

/// What is looked for; every part narrows.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// Words as people say them, with or without diacritics, or a code.
    pub text: String,
    /// The name of a field.
    pub field: Option<String>,
    pub level: Option<ProcedureLevel>,
    /// The identifier of an agency that handles it.
    pub agency: Option<String>,
    /// Who may apply.
    pub audience: Option<Audience>,
    /// The key of an occasion of life.
    pub event: Option<String>,
    /// The first letter of the name.
    pub letter: Option<char>,
}

impl Question {
    fn fits(&self, reference: &Reference, p: &Listed) -> bool {
        let facet = reference.facets.of(p.version);
        self.field.as_ref().is_none_or(|f| p.field == *f)
            && self.level.is_none_or(|l| p.levels.contains(&l))
            && self.letter.is_none_or(|l| initial(&p.name) == Some(l))
            && self.agency.as_ref().is_none_or(|a| facet.is_some_and(|f| f.agencies.contains(a)))
            && self.audience.is_none_or(|a| facet.is_some_and(|f| f.audiences.contains(&a)))
    }
}

/// Procedures that answer the question: best first when words were given, by name under a letter, as listed for an
/// occasion, else by code. An occasion that is not there has none.
pub fn find<'r>(reference: &'r Reference, question: &Question) -> Vec<&'r Listed> {
    let event = question.event.as_ref().map(|key| reference.life_events.iter().find(|e| e.active && e.key == *key));
    let among: Vec<&Listed> = match event {
        Some(None) => Vec::new(),
        Some(Some(event)) => event.procedures_in(&reference.procedures),
        None => reference.procedures.iter().collect(),
    };
    let mut found: Vec<&Listed> = among.into_iter().filter(|p| question.fits(reference, p)).collect();
    if !question.text.trim().is_empty() {
        return ranked(reference, &question.text, found);
    }
    if question.letter.is_some() {
        found.sort_by_cached_key(|p| (fold(plain_name(&p.name)), p.code.clone()));
    }
    found
}

fn ranked<'r>(reference: &'r Reference, text: &str, among: Vec<&'r Listed>) -> Vec<&'r Listed> {
    let hits = reference.search.search(text, MOST_HITS);
    let rank: HashMap<_, _> = hits.into_iter().enumerate().map(|(rank, code)| (code.as_str(), rank)).collect();
    let mut found: Vec<_> = among.into_iter().filter_map(|p| Some((*rank.get(p.code.as_str())?, p))).collect();
    found.sort_unstable_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, p)| p).collect()
}

/// The name without "Thủ tục" in front: nobody looks under T for everything.
fn plain_name(name: &str) -> &str {
    let rest = name.trim_start();
    let head: String = rest.chars().take(7).collect();
    if fold(&head) == "thu tuc" { rest[head.len()..].trim_start_matches([' ', ':']) } else { rest }
}

/// The letter under which a name stands: without marks, but Đ is a letter of its own.
fn initial(name: &str) -> Option<char> {
    let first = plain_name(name).chars().find(|c| c.is_alphanumeric())?;
    if matches!(first, 'Đ' | 'đ') {
        return Some('Đ');
    }
    fold(&first.to_string()).to_uppercase().chars().next()
}

/// The letters under which any name stands, in the order of the alphabet.
pub fn letters(reference: &Reference) -> Vec<char> {
    let mut letters: Vec<char> = reference.procedures.iter().filter_map(|p| initial(&p.name)).collect();
    letters.sort_by_key(|c| if *c == 'Đ' { ('D', 1) } else { (*c, 0) });
    letters.dedup();
    letters
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

/// Agencies that handle a procedure, by identifier, with their names; the communes are one group too many for a list.
pub fn agencies(reference: &Reference) -> Vec<(String, String)> {
    let mut found: BTreeMap<&str, &str> = BTreeMap::new();
    let facets = reference.procedures.iter().filter_map(|p| reference.facets.of(p.version));
    for identifier in facets.flat_map(|f| &f.agencies) {
        if let Some(agency) = reference.agency_by_identifier(identifier).filter(|a| a.active) {
            found.insert(&agency.identifier, &agency.name);
        }
    }
    let mut agencies: Vec<_> = found.into_iter().map(|(i, n)| (i.to_owned(), n.to_owned())).collect();
    agencies.sort_by_cached_key(|(identifier, name)| (fold(name), identifier.clone()));
    agencies
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cat_01_a_name_stands_under_its_first_letter_and_not_under_thu_tuc() {
        assert_eq!(initial("Thủ tục đăng ký kết hôn"), Some('Đ'));
        assert_eq!(initial("THỦ TỤC: Cấp thẻ"), Some('C'));
        assert_eq!(initial("“Ủy quyền"), Some('U'));
        assert_eq!(initial("Thủ tục"), None);
        assert_eq!(plain_name("Thủy lợi"), "Thủy lợi");
    }
}
