//! SEC-01: a history that was touched no longer proves anything, and says where.
use super::world::*;
use crate::{
    dossier::{StoredEvent, Unexpected, replay},
    id::Id,
};
use proptest::prelude::*;

fn history() -> Vec<StoredEvent> {
    dossier_at(Stage::Returned).history
}

/// Whether the lines still prove the state under the head that is kept apart from them.
fn proves(lines: &[StoredEvent]) -> bool {
    let head = history().last().unwrap().hash.clone();
    replay(lines).is_ok_and(|(_, found)| found == head)
}

#[test]
fn sec_01_an_untouched_history_is_proof() {
    assert!(proves(&history()));
    assert!(matches!(replay(&[]), Err(Unexpected::Empty)));
}

#[test]
fn sec_01_dropping_any_line_is_seen() {
    for n in 0..history().len() {
        let mut lines = history();
        lines.remove(n);
        assert!(!proves(&lines), "line {}", n + 1);
    }
}

#[test]
fn sec_01_swapping_or_doubling_any_lines_is_seen() {
    let len = history().len();
    for a in 0..len {
        for b in a + 1..len {
            let mut lines = history();
            lines.swap(a, b);
            assert!(!proves(&lines), "{a} and {b}");
            // A forger who numbers them anew is no better off.
            (lines[a].seq, lines[b].seq) = (lines[b].seq, lines[a].seq);
            assert!(!proves(&lines), "{a} and {b}, numbered anew");
        }
        let mut lines = history();
        lines.insert(a, lines[a].clone());
        assert!(!proves(&lines), "{a} twice");
    }
}

#[test]
fn sec_01_a_history_that_does_not_begin_with_an_opening_is_not_read() {
    let later = history().split_off(1);
    assert!(matches!(replay(&later), Err(Unexpected::Broken { seq: 2 })));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn sec_01_changing_any_one_thing_in_any_line_is_seen(n in 0..7_usize, what in 0..6_u8, place in any::<prop::sample::Index>()) {
        let mut lines = history();
        let line = &mut lines[n];
        match what {
            0 => line.seq += 1,
            1 => line.at = line.at.plus_millis(1),
            2 => line.officer = Id::new(line.officer.raw() + 1),
            3 => line.agency = Id::new(line.agency.raw() + 1),
            4 => line.body = changed(&line.body, place),
            _ => line.hash = changed(&line.hash, place),
        }
        let broken_at = match replay(&lines) {
            Err(Unexpected::Broken { seq }) => seq as usize,
            Ok(_) => 0,
            Err(other) => panic!("{other}"),
        };
        prop_assert!(!proves(&lines));
        // The line itself does not fit, or, were its own hash forged, the one after it.
        prop_assert!((n + 1..=n + 2).contains(&broken_at), "line {} said {broken_at}", n + 1);
    }
}

fn changed(text: &str, place: prop::sample::Index) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = place.index(letters.len());
    letters[at] = if letters[at] == 'x' { 'y' } else { 'x' };
    letters.into_iter().collect()
}
