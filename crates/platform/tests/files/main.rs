//! A corpus of nasty files, each with the verdict that it must get, and their lawful neighbours, which must pass.
//! Every file is made here, by one change of a whole one: nothing nasty lies in the sources.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail the test that calls them")]

mod lawful;
mod make;
mod nasty_documents;
mod nasty_others;
mod nasty_pictures;

use platform::file_kind::{InspectError, Inspected, RefusedFile, inspect_named};
use std::{collections::BTreeSet, io::Cursor};

/// A file: its name, its bytes, what must come of it.
pub struct Case {
    label: String,
    name: String,
    bytes: Vec<u8>,
    verdict: RefusedFile,
}

pub fn case(label: impl Into<String>, name: &str, bytes: impl Into<Vec<u8>>, verdict: RefusedFile) -> Case {
    Case { label: label.into(), name: name.into(), bytes: bytes.into(), verdict }
}

fn look(name: &str, bytes: &[u8]) -> Result<Inspected, RefusedFile> {
    inspect_named(&mut Cursor::new(bytes), name).map_err(|error| match error {
        InspectError::Refused(refused) => refused,
        InspectError::Io(error) => panic!("{name}: {error}"),
    })
}

#[test]
fn every_nasty_file_is_refused_for_its_own_reason() {
    let cases: Vec<Case> =
        [nasty_documents::all(), nasty_pictures::all(), nasty_others::all()].into_iter().flatten().collect();
    let labels: BTreeSet<&str> = cases.iter().map(|c| c.label.as_str()).collect();
    let contents: BTreeSet<(&str, &[u8])> = cases.iter().map(|c| (c.name.as_str(), c.bytes.as_slice())).collect();
    assert_eq!(labels.len(), cases.len(), "a label stands twice");
    assert_eq!(contents.len(), cases.len(), "a file stands twice");
    assert!(cases.len() >= 200, "{} nasty files", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|c| {
            let found = look(&c.name, &c.bytes);
            (found != Err(c.verdict)).then(|| format!("{} ({}): {found:?}, not {:?}", c.label, c.name, c.verdict))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn their_lawful_neighbours_pass_as_what_they_are() {
    for (name, bytes, kind, pages, cautions) in lawful::all() {
        let found = look(name, &bytes);
        assert_eq!(found, Ok(Inspected { kind, pages, cautions }), "{name}");
    }
}

/// What a line cut anywhere leaves of a file is never taken for the whole.
#[test]
fn a_file_cut_anywhere_is_refused() {
    for (name, bytes, ..) in lawful::all().into_iter().filter(|(name, ..)| lawful::has_an_end(name)) {
        for eighth in 1..8 {
            let cut = &bytes[..bytes.len() * eighth / 8];
            assert!(look(name, cut).is_err(), "{name} cut at {eighth}/8");
        }
    }
}

/// One bit turned: refused or taken, but never a panic and never an endless loop.
#[test]
fn a_file_with_a_bit_turned_gets_a_verdict() {
    for (name, bytes, ..) in lawful::all() {
        for at in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
            let mut bent = bytes.clone();
            bent[at] ^= 0x40;
            let verdict = look(name, &bent);
            assert!(verdict.is_ok() || verdict.is_err_and(|why| !why.to_string().is_empty()), "{name} at {at}");
        }
    }
}
