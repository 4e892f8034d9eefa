//! Who took over from an agency that has ended (CAT-07).

use crate::{id::Id, people::Agency};
use std::collections::HashMap;

/// For each agency that has ended the one that does its work today. An agency that ended without a successor has none.
pub type Heirs = HashMap<Id<Agency>, Id<Agency>>;

/// The agency that ended, and the one into which it was merged.
pub type Merger = (Id<Agency>, Id<Agency>);

/// Follows mergers, each from the agency that ended to the one that took over, the latest first, until an agency that `works`.
pub fn heirs(mergers: &[Merger], works: impl Fn(Id<Agency>) -> bool) -> Heirs {
    let mut into: Heirs = HashMap::new();
    for (ended, heir) in mergers {
        into.entry(*ended).or_insert(*heir);
    }
    let last = |ended: &Id<Agency>| {
        let mut at = *into.get(ended)?;
        // A chain longer than all mergers goes round in a circle: then nobody works.
        for _ in 0..=mergers.len() {
            if works(at) {
                return Some((*ended, at));
            }
            at = *into.get(&at)?;
        }
        None
    };
    into.keys().filter(|ended| !works(**ended)).filter_map(last).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cat_07_the_heir_of_an_heir_that_ended_too_is_found_and_who_works_again_has_none() {
        let id = |n: i64| Id::<Agency>::new(n);
        let mergers = [(id(2), id(3)), (id(1), id(2)), (id(4), id(5)), (id(6), id(7)), (id(7), id(6))];
        let found = heirs(&mergers, |a| a == id(3) || a == id(4));
        assert_eq!(found, Heirs::from([(id(1), id(3)), (id(2), id(3))]));
    }
}
