//! Long texts lie shorter in SQLite.
//!
//! A dossier's state, events, slips and answers are JSON whose names and phrases repeat from row to row. They are written as an
//! LZ4 block against a list of such phrases ([`block`], `words.txt`): a third to a quarter of the letters, in a microsecond or
//! two, and so a third of the pages to log, check-sum and keep. A store writes [`packed`] and reads a `String` as ever: what
//! lies there plain, from before or because it is short, reads the same. PostgreSQL, which packs long rows itself, gets plain text.

mod block;

use super::Value;
use std::sync::LazyLock;

/// What packed texts refer to. It never changes: what was packed with it needs every byte of it. A better one gets the next number.
static WORDS: LazyLock<block::Words> = LazyLock::new(|| block::Words::new(include_bytes!("words.txt")));

/// The first byte of what was packed against [`WORDS`].
const FIRST: u8 = 1;
/// Number of the list and length of the text.
const HEAD: usize = 5;
/// Shorter than this nothing is gained.
const WORTH_IT: usize = 64;

/// A text that its column may keep packed: `params![id, packed(&json)]`.
pub fn packed(text: impl Into<String>) -> Value {
    Value::Packed(text.into())
}

/// The bytes that are kept, or `None` when the plain text is as short.
pub(super) fn pack(text: &str) -> Option<Vec<u8>> {
    if text.len() < WORTH_IT {
        return None;
    }
    let length = u32::try_from(text.len()).ok()?;
    let mut out = Vec::with_capacity(HEAD + text.len() / 2);
    out.push(FIRST);
    out.extend_from_slice(&length.to_le_bytes());
    WORDS.compress(text.as_bytes(), &mut out);
    (out.len() < text.len()).then_some(out)
}

/// The text behind bytes that [`packed`] kept; in words what is wrong with them, never what they say.
#[doc(hidden)]
pub fn unpack(bytes: &[u8]) -> Result<String, String> {
    let (head, block) = bytes.split_at_checked(HEAD).ok_or("a packed text without its head")?;
    let (&first, length) = head.split_first().ok_or("a packed text without its head")?;
    if first != FIRST {
        return Err("bytes that are no packed text".into());
    }
    let length = length.iter().rev().fold(0_usize, |sum, byte| (sum << 8) | usize::from(*byte));
    let plain = WORDS.decompress(block, length).ok_or("a packed text that is broken")?;
    String::from_utf8(plain).map_err(|_| "a packed text that is broken".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EVENT: &str = r#"{"kind":"assigned","holder":{"step":"appraise","agency":"912413726211047447","unit":"912413726223630359","officer":"912414984477082175","since":"2026-10-12T08:40:00+07:00"}}"#;

    #[test]
    fn what_repeats_from_row_to_row_is_not_kept_again() {
        let kept = pack(EVENT).unwrap();
        // Of 173 bytes the numbers, 72, repeat nothing.
        assert!(kept.len() * 3 < EVENT.len() * 2, "{} of {}", kept.len(), EVENT.len());
        assert_eq!(unpack(&kept).unwrap(), EVENT);
    }

    #[test]
    fn what_gains_nothing_stays_plain() {
        assert_eq!(pack("{}"), None);
        assert_eq!(pack(&"đ".repeat(20)), None);
    }

    #[test]
    fn broken_bytes_are_an_error_and_never_a_wrong_text_or_a_huge_one() {
        let kept = pack(EVENT).unwrap();
        for cut in 0..kept.len() {
            assert!(unpack(&kept[..cut]).is_err(), "cut at {cut}");
        }
        let mut longer = kept.clone();
        longer[1..5].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(unpack(&longer).is_err());
        let mut other_list = kept;
        other_list[0] = 2;
        assert!(unpack(&other_list).is_err());
    }

    /// What was packed by the first release must read for ever: the list of phrases stands as it was.
    #[test]
    fn the_list_of_phrases_has_not_changed() {
        use sha2::{Digest, Sha256};
        let sum = hex::encode(Sha256::digest(include_bytes!("words.txt")));
        assert_eq!(
            sum, "af74ec1441365a8bf1abd45a7c96cdbc2055b96dd9d48280144d45648eed0af0",
            "never edit words.txt: add a second list under the next number"
        );
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "\\PC{0,300}") {
            if let Some(kept) = pack(&text) {
                prop_assert_eq!(unpack(&kept).unwrap(), text);
            }
        }

        #[test]
        fn a_text_of_our_own_phrases_comes_back(parts in prop::collection::vec(0_usize..8000, 1..40)) {
            let words = include_str!("words.txt");
            let letters: Vec<char> = words.chars().collect();
            let text: String = parts.iter().flat_map(|p| letters[p % letters.len()..].iter().take(40)).collect();
            if let Some(kept) = pack(&text) {
                prop_assert_eq!(unpack(&kept).unwrap(), text);
            }
        }

        #[test]
        fn bytes_from_anywhere_are_refused_without_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut bytes = bytes;
            if let Some(first) = bytes.first_mut() {
                *first = FIRST;
            }
            let _read_or_refused = unpack(&bytes);
        }
    }
}
