//! What changed between two versions of a process, side by side.

use super::{Process, Step};

/// One step in both versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared<'a> {
    /// In the older version; absent when it was added.
    pub before: Option<&'a Step>,
    /// In the newer version; absent when it was removed.
    pub after: Option<&'a Step>,
    /// The step stands elsewhere in the order than before.
    pub moved: bool,
}

impl Compared<'_> {
    /// Nothing about it changed.
    pub fn is_same(&self) -> bool {
        self.before == self.after && !self.moved
    }
}

/// Every step of both, in the order of the newer; removed ones stand where they were. Steps are known by their keys.
pub fn compare<'a>(before: &'a Process, after: &'a Process) -> Vec<Compared<'a>> {
    let kept = |p: &Process, other: &Process| -> Vec<String> {
        p.steps.iter().filter(|s| other.step(&s.key).is_some()).map(|s| s.key.clone()).collect()
    };
    let (old_order, new_order) = (kept(before, after), kept(after, before));
    let moved = |key: &str| {
        let at = |order: &[String]| order.iter().position(|k| k == key);
        at(&old_order) != at(&new_order)
    };
    let mut rows: Vec<Compared<'a>> = after
        .steps
        .iter()
        .map(|step| {
            let old = before.step(&step.key);
            Compared { before: old, after: Some(step), moved: old.is_some() && moved(&step.key) }
        })
        .collect();
    for (at, gone) in before.steps.iter().enumerate().filter(|(_, s)| after.step(&s.key).is_none()) {
        rows.insert(at.min(rows.len()), Compared { before: Some(gone), after: None, moved: false });
    }
    rows
}
