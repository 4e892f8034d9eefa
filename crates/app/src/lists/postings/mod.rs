//! What hangs posted in the hall, field by field, and what must be posted anew (CAT-09).

pub mod page;
mod sheets;

use super::store::Posting;
use crate::{catalogue::Listed, reference::Reference};

/// How a field's posting stands against the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub new: Vec<String>,
    pub changed: Vec<String>,
    /// Posted, but no longer in force.
    pub gone: Vec<String>,
}

impl Changes {
    pub fn is_none(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.gone.is_empty()
    }
    pub fn count(&self) -> usize {
        self.new.len() + self.changed.len() + self.gone.len()
    }
}

/// Code and version of every procedure of a field that is handled here.
pub fn versions_of(reference: &Reference, field: &str) -> Vec<(String, String)> {
    posted(reference, field).map(|p| (p.code.to_string(), p.version.to_string())).collect()
}

/// The procedures of a field that are handled here, by code.
pub fn posted<'r>(reference: &'r Reference, field: &str) -> impl Iterator<Item = &'r Listed> {
    let here = |p: &&Listed| reference.facets.of(p.version).is_none_or(|f| !f.elsewhere);
    reference.procedures.iter().filter(move |p| p.field == field).filter(here)
}

/// What changed since the posting.
pub fn changes(now: &[(String, String)], posted: &Posting) -> Changes {
    let mut out = Changes::default();
    for (code, version) in now {
        match posted.versions.iter().find(|(c, _)| c == code) {
            None => out.new.push(code.clone()),
            Some((_, v)) if v != version => out.changed.push(code.clone()),
            Some(_) => {}
        }
    }
    let is_gone = |code: &&String| !now.iter().any(|(c, _)| c == *code);
    out.gone = posted.versions.iter().map(|(code, _)| code).filter(is_gone).cloned().collect();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::Id;

    #[test]
    fn cat_09_new_changed_and_vanished_procedures_are_what_must_be_posted_anew() {
        let pairs =
            |list: &[(&str, &str)]| list.iter().map(|(c, v)| ((*c).to_owned(), (*v).to_owned())).collect::<Vec<_>>();
        let posted = Posting {
            field: "Hộ tịch".into(),
            posted_at: 0,
            officer: Id::new(1),
            versions: pairs(&[("1.000001", "7"), ("1.000002", "7"), ("1.000003", "7")]),
        };
        let now = pairs(&[("1.000001", "7"), ("1.000002", "9"), ("1.000004", "9")]);
        let found = changes(&now, &posted);
        assert_eq!(
            (found.new, found.changed, found.gone),
            (vec!["1.000004".into()], vec!["1.000002".into()], vec!["1.000003".into()])
        );
        assert!(changes(&posted.versions.clone(), &posted).is_none());
    }
}
