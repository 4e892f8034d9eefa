//! Papers of a store that stand for papers of a list (INT-14): for the wizard and for the counter alike.

use super::store::{self, Paper};
use crate::{dossier::store::FileRow, error::AppError};
use domain::{
    catalogue::Component,
    id::Id,
    vault::{Unfit, VaultPaper, fits},
};
use jiff::civil::Date;
use platform::db::Query;
use std::collections::{BTreeMap, HashSet};

/// A file that may be used again.
#[derive(Clone, Debug)]
pub struct Offer {
    pub paper: Id<VaultPaper>,
    /// The component for which it stands.
    pub component: String,
    pub file: FileRow,
    /// The last day on which it is good.
    pub until: Option<Date>,
    /// The dossier from which it came.
    pub code: Option<String>,
}

/// What a store has for a list of papers.
#[derive(Clone, Debug, Default)]
pub struct Offers {
    pub good: Vec<Offer>,
    /// Files that must not be offered from anywhere else either: their paper has ended, or its owner keeps it back.
    pub unfit: HashSet<String>,
}

/// Papers that are looked at; the newest are the likelier ones.
const MOST: i64 = 200;

/// What the store of this owner has for these papers on that day, the newest first.
pub fn offers(q: &mut impl Query, owner: &str, wanted: &[Component], day: Date) -> Result<Offers, AppError> {
    let papers = store::papers(q, owner, i64::MAX, MOST)?;
    if papers.is_empty() {
        return Ok(Offers::default());
    }
    let ids = papers.iter().map(|p| p.id.raw()).collect();
    let mut files: BTreeMap<Id<VaultPaper>, Vec<FileRow>> = BTreeMap::new();
    for (paper, file) in store::files(q, ids)? {
        files.entry(paper).or_default().push(file);
    }
    let mut found = Offers::default();
    for paper in &papers {
        let of_paper = files.remove(&paper.id).unwrap_or_default();
        for component in wanted {
            let described = &paper.described;
            match fits(&described.name, described.validity, paper.consented, component, day) {
                Ok(()) => found.good.extend(of_paper.iter().map(|file| offer(paper, component, file))),
                Err(Unfit::Withheld | Unfit::NotGood(_)) => {
                    found.unfit.extend(of_paper.iter().map(|file| file.sha256.clone()));
                }
                Err(Unfit::Another | Unfit::Declaration) => {}
            }
        }
    }
    Ok(found)
}

fn offer(paper: &Paper, component: &Component, file: &FileRow) -> Offer {
    Offer {
        paper: paper.id,
        component: component.id.clone(),
        file: file.clone(),
        until: paper.described.validity.until,
        code: paper.code.clone(),
    }
}
