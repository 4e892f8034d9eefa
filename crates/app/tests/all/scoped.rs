//! SEC-01: scope in every query. A read of dossiers takes a `Scope`; what takes none stands here, with what narrows it instead.

use crate::tidy::files;
use std::collections::BTreeSet;

/// Narrowed to the reader's own place or person, which the signature names: the page passes no other.
const OWN: &[(&str, &str, &str)] = &[
    ("attention/store.rs", "open_calls", "target: i64"),
    ("dossier/apology_drafts/store.rs", "count", "agency: Id<Agency>"),
    ("dossier/apology_drafts/store.rs", "of_agency", "agency: Id<Agency>"),
    ("dossier/apology_drafts/store.rs", "of_holder", "officer: Id<Officer>"),
    ("courier/store.rs", "heap", "at: Place"),
    ("courier/store.rs", "rows", "run: Id<CourierRun>"),
    ("dossier/inbox/store.rs", "count_untouched", "agency: Id<Agency>"),
    ("dossier/inbox/store.rs", "counting", "source: &Source"),
    ("dossier/inbox/store.rs", "done_since", "officer: Id<Officer>"),
    ("dossier/inbox/store.rs", "frequent_procedures", "centre: Id<Centre>"),
    ("dossier/inbox/store.rs", "page", "source: &Source"),
    ("dossier/inbox/store.rs", "recent_procedures", "officer: Id<Officer>"),
    ("dossier/inbox/store.rs", "untouched", "agency: Id<Agency>"),
    ("dossier/inbox/store.rs", "works", "keys: &[(i64, i64)]"),
    ("dossier/register/store.rs", "entered", "centre: Id<Centre>"),
    ("dossier/return_desk/store.rs", "by_post", "centre: Id<Centre>"),
    ("dossier/return_desk/store.rs", "contact", "centre: Id<Centre>"),
    ("dossier/return_desk/store.rs", "early", "centre: Id<Centre>"),
    ("dossier/return_desk/store.rs", "ready", "centre: Id<Centre>"),
    ("dossier/return_desk/store.rs", "reminded", "centre: Id<Centre>"),
    ("dossier/return_desk/store.rs", "reminded_by_message", "dossier: Id<Dossier>"),
    ("mandates/store.rs", "acts_of", "principal: &str"),
    ("mandates/store.rs", "acts_on", "dossier: Id<Dossier>"),
    ("online/store.rs", "dossiers_of", "proof: &Proof"),
    ("online/store.rs", "submitted", "centre: Id<Centre>"),
    ("online/store.rs", "submitted_to_agency", "agency: Id<Agency>"),
    ("reads/store.rs", "lines", "of: ReadersOf"),
    ("vault/store.rs", "by_id", "id: Id<VaultPaper>"),
    ("vault/store.rs", "of_dossier", "dossier: Id<Dossier>"),
    ("vault/store.rs", "papers", "owner: &str"),
];

/// The system itself, which acts for nobody; or what shows codes, dates and sums and nothing personal.
const NOBODYS: &[(&str, &str)] = &[
    ("attention/store.rs", "overdue"),
    ("attention/store.rs", "settled_state"),
    ("attention/store.rs", "state"),
    ("checkpoints/store.rs", "unsigned"),
    ("checkpoints/store.rs", "heads"),
    ("checkpoints/store.rs", "moved"),
    ("deadline/changes/store.rs", "dated"),
    ("deadline/changes/store.rs", "moves"),
    ("deadline/changes/store.rs", "owe"),
    ("demo/store.rs", "has_dossiers"),
    ("enterprises/store.rs", "earlier"),
    ("forms/store.rs", "newest_dossiers"),
    ("health/store.rs", "open_and_overdue"),
    ("notices/store/letters.rs", "codes"),
    ("verify/store.rs", "dossiers"),
    ("verify/store.rs", "placed"),
];

/// STO-03: the province's one register of enterprises, for whoever has the right to read it; of a dossier it shows the code alone.
/// Who opens an entry is written down (`enterprises.rs` of these tests).
const REGISTER: &[(&str, &str)] =
    &[("enterprises/store.rs", "by_word"), ("enterprises/store.rs", "latest"), ("enterprises/store.rs", "of_same")];

/// The functions of a store, each from its signature to the next one's.
fn functions(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.split("#[cfg(test)]").next().unwrap_or_default().lines() {
        let begins = ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn "].iter().any(|head| line.starts_with(head));
        if begins {
            found.push(String::new());
        }
        if let Some(last) = found.last_mut() {
            *last += line;
            *last += "\n";
        }
    }
    found
}

#[test]
fn sec_01_every_read_of_dossiers_takes_a_scope_or_says_what_narrows_it() {
    let mut stores = files("crates/app/src", "rs");
    stores.retain(|(name, _)| name.ends_with("store.rs") || name.contains("/store/"));
    let mut unscoped = BTreeSet::new();
    let mut scoped = 0;
    for (file, text) in &stores {
        let file = file.strip_prefix("crates/app/src/").unwrap();
        for function in functions(text) {
            let reads = ["FROM dossiers", "JOIN dossiers"]
                .iter()
                .any(|of| function.match_indices(of).any(|(at, _)| !function[at + of.len()..].starts_with('_')));
            let signature = function.split('{').next().unwrap();
            if !reads {
                continue;
            }
            if signature.contains("Scope") {
                scoped += 1;
                continue;
            }
            let name = signature.split("fn ").nth(1).unwrap().split(['(', '<']).next().unwrap();
            let own = OWN.iter().find(|(f, n, _)| *f == file && *n == name);
            assert!(own.is_none_or(|(.., by)| signature.contains(by)), "{file} {name}: what narrows it?\n{signature}");
            unscoped.insert((file.to_owned(), name.to_owned()));
        }
    }
    assert!(scoped > 0, "the stores are written in another way now");
    let told = OWN.iter().map(|(f, n, _)| (*f, *n)).chain(NOBODYS.iter().copied()).chain(REGISTER.iter().copied());
    let told: BTreeSet<_> = told.map(|(f, n)| (f.to_owned(), n.to_owned())).collect();
    assert_eq!(unscoped, told, "left: what reads dossiers without a scope; right: what this list knows");
}
