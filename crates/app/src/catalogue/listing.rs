//! What lists of procedures show and how they are ordered, read off once for a catalogue: people ask at every pause of typing,
//! and nothing is folded or counted while they wait (CAT-01).

use super::{Count, find, store::Listed};
use crate::{catalogue::facets::Facets, lists::events::LifeEvent, people::store::Agency};
use domain::{catalogue::ProcedureVersion, id::Id, text::fold};
use std::collections::{BTreeMap, HashMap};

/// Of all procedures in force, by their places in `Reference::procedures`.
#[derive(Default)]
pub struct Listing {
    /// The letters under which any name stands, in the order of the alphabet.
    pub letters: Vec<char>,
    /// Every field that has a procedure, in alphabetical order.
    pub fields: Vec<Count>,
    /// Agencies that handle a procedure: identifier and name, in alphabetical order.
    pub agencies: Vec<(String, String)>,
    names: HashMap<Id<ProcedureVersion>, Name>,
    places: HashMap<String, usize>,
    /// By the key of an occasion of life.
    occasions: HashMap<String, Vec<usize>>,
}

/// What is asked of one name.
#[derive(Clone, Copy)]
struct Name {
    initial: Option<char>,
    /// Its place among all names in alphabetical order.
    rank: usize,
}

impl Listing {
    pub fn of(procedures: &[Listed], facets: &Facets, agencies: &[Agency], occasions: &[LifeEvent]) -> Self {
        let folded: Vec<String> = procedures.iter().map(|p| fold(find::plain_name(&p.name))).collect();
        let mut order: Vec<usize> = (0..procedures.len()).collect();
        order.sort_by_key(|at| (&folded[*at], &procedures[*at].code));
        let name = |(rank, at): (usize, usize)| {
            let p = &procedures[at];
            (p.version, Name { initial: find::initial(&p.name), rank })
        };
        let whole: Vec<String> = procedures.iter().map(|p| format!(" {} ", fold(&p.name))).collect();
        let places: HashMap<String, usize> =
            procedures.iter().enumerate().map(|(at, p)| (p.code.to_string(), at)).collect();
        Self {
            letters: letters(procedures),
            fields: fields(procedures),
            agencies: handling(procedures, facets, agencies),
            names: order.into_iter().enumerate().map(name).collect(),
            occasions: occasions
                .iter()
                .map(|e| (e.key.clone(), e.procedures_in(procedures, &whole, &places)))
                .collect(),
            places,
        }
    }

    /// Where the procedure of this code stands among those in force.
    pub fn place(&self, code: &str) -> Option<usize> {
        self.places.get(code).copied()
    }
    /// The letter under which it stands.
    pub fn initial(&self, version: Id<ProcedureVersion>) -> Option<char> {
        self.names.get(&version).and_then(|n| n.initial)
    }
    /// Its place in the alphabet.
    pub fn rank(&self, version: Id<ProcedureVersion>) -> usize {
        self.names.get(&version).map_or(usize::MAX, |n| n.rank)
    }
    /// The procedures of an occasion, in the order of its lines.
    pub fn occasion(&self, key: &str) -> &[usize] {
        self.occasions.get(key).map_or(&[], Vec::as_slice)
    }
}

fn letters(procedures: &[Listed]) -> Vec<char> {
    let mut letters: Vec<char> = procedures.iter().filter_map(|p| find::initial(&p.name)).collect();
    letters.sort_by_key(|c| if *c == 'Đ' { ('D', 1) } else { (*c, 0) });
    letters.dedup();
    letters
}

fn fields(procedures: &[Listed]) -> Vec<Count> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for p in procedures {
        *counts.entry(&p.field).or_default() += 1;
    }
    let mut fields: Vec<_> =
        counts.into_iter().map(|(field, procedures)| Count { field: field.to_owned(), procedures }).collect();
    fields.sort_by_cached_key(|c| (fold(&c.field), c.field.clone()));
    fields
}

fn handling(procedures: &[Listed], facets: &Facets, agencies: &[Agency]) -> Vec<(String, String)> {
    let active: HashMap<&str, &Agency> =
        agencies.iter().filter(|a| a.active).map(|a| (a.identifier.as_str(), a)).collect();
    let mut found: BTreeMap<&str, &str> = BTreeMap::new();
    for facet in procedures.iter().filter_map(|p| facets.of(p.version)) {
        let known = facet.agencies.iter().filter_map(|identifier| active.get(identifier.as_str()));
        found.extend(known.map(|a| (a.identifier.as_str(), a.name.as_str())));
    }
    let mut agencies: Vec<_> = found.into_iter().map(|(i, n)| (i.to_owned(), n.to_owned())).collect();
    agencies.sort_by_cached_key(|(identifier, name)| (fold(name), identifier.clone()));
    agencies
}
