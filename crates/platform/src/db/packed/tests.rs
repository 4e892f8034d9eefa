use super::*;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

const EVENT: &str = r#"{"kind":"assigned","holder":{"step":"appraise","agency":"912413726211047447","unit":"912413726223630359","officer":"912414984477082175","since":"2026-10-12T08:40:00+07:00"}}"#;
/// [`EVENT`] as the first releases kept it.
const EVENT_BEFORE: &str = "01ad00000005280102151d0140030ff60512f00239313234313337323632313130343734340e12030103061c00803233363330333539bf00051407011f00c03439383434373730383231371d010ce3057031325430383a34bf01902b30373a3030227d7d";

#[test]
fn what_repeats_from_row_to_row_is_not_kept_again() {
    let kept = pack(EVENT).unwrap();
    // Of 173 bytes the numbers, 72, repeat nothing; as digits they need less than half of that.
    assert!(kept.len() * 5 < EVENT.len() * 2, "{} of {}", kept.len(), EVENT.len());
    assert_eq!(unpack(&kept).unwrap(), EVENT);
}

#[test]
fn a_hash_lies_as_its_bytes() {
    let hash = hex::encode(Sha256::digest(EVENT));
    let kept = pack(&hash).unwrap();
    assert_eq!(kept.len(), 33);
    assert_eq!(unpack(&kept).unwrap(), hash);
    // What would not come back as it was is not taken for one.
    for text in [hash.to_uppercase(), format!("{hash}0"), format!("{}g", &hash[..63])] {
        let back = pack(&text).map_or_else(|| text.clone(), |kept| unpack(&kept).unwrap());
        assert_eq!(back, text);
    }
}

#[test]
fn what_gains_nothing_stays_plain() {
    assert_eq!(pack("{}"), None);
    assert_eq!(pack("0123456789abcdef"), None);
}

#[test]
fn what_the_first_releases_kept_reads_the_same() {
    assert_eq!(unpack(&hex::decode(EVENT_BEFORE).unwrap()).unwrap(), EVENT);
}

#[test]
fn broken_bytes_are_an_error_and_never_a_wrong_text_or_a_huge_one() {
    for kept in [pack(EVENT).unwrap(), hex::decode(EVENT_BEFORE).unwrap()] {
        for cut in 0..kept.len() {
            assert!(unpack(&kept[..cut]).is_err(), "cut at {cut}");
        }
        let mut other_list = kept.clone();
        other_list[0] = 9;
        assert!(unpack(&other_list).is_err());
    }
    let mut longer = hex::decode(EVENT_BEFORE).unwrap();
    longer[1..5].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(unpack(&longer).is_err());
    // A frame that claims four exabytes.
    assert!(unpack(&[FRAME, 0xe0, 0, 0, 0, 0, 0, 0, 0, 64, 1, 0, 0]).is_err());
}

/// What was packed by any release must read for ever: what it refers to stands as it was.
#[test]
fn the_lists_of_phrases_have_not_changed() {
    let sum = |bytes: &[u8]| hex::encode(Sha256::digest(bytes));
    let never = "never edit a list: add another under the next number";
    assert_eq!(sum(WORDS), "af74ec1441365a8bf1abd45a7c96cdbc2055b96dd9d48280144d45648eed0af0", "{never}");
    assert_eq!(sum(phrases::PHRASES), "da120808cd583c8b7a8f155a91fd4cdc4f7f870502412b02fa0e73997e36ee78", "{never}");
}

proptest! {
    #[test]
    fn every_text_comes_back(text in "\\PC{0,300}") {
        if let Some(kept) = pack(&text) {
            prop_assert_eq!(unpack(&kept).unwrap(), text);
        }
    }

    #[test]
    fn every_row_of_digits_comes_back(text in "[0-9a-f]{0,80}") {
        if let Some(kept) = pack(&text) {
            prop_assert_eq!(unpack(&kept).unwrap(), text);
        }
    }

    #[test]
    fn a_text_of_our_own_phrases_comes_back(parts in prop::collection::vec(0_usize..60_000, 1..40)) {
        let words = String::from_utf8_lossy(phrases::PHRASES);
        let letters: Vec<char> = words.chars().collect();
        let text: String = parts.iter().flat_map(|p| letters[p % letters.len()..].iter().take(40)).collect();
        if let Some(kept) = pack(&text) {
            prop_assert_eq!(unpack(&kept).unwrap(), text);
        }
    }

    #[test]
    fn bytes_from_anywhere_are_refused_without_harm(first in 0_u8..4, rest in prop::collection::vec(any::<u8>(), 0..200)) {
        let _read_or_refused = unpack(&[&[first], rest.as_slice()].concat());
    }
}
