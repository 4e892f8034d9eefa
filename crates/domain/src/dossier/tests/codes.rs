//! Dossier codes and bar codes survive the way over paper, scanner and keyboard.
use crate::dossier::{DossierCode, barcode, read_barcode};
use proptest::prelude::*;

fn codes() -> impl Strategy<Value = (String, jiff::civil::Date, u32)> {
    let day = (2020..2100_i16, 1..13_i8, 1..29_i8).prop_map(|(y, m, d)| jiff::civil::date(y, m, d));
    ("[A-Z][0-9]{2}(\\.[0-9A-Z]{1,3}){0,3}", day, 1..10_000_000_u32)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn a_printed_code_is_read_back_as_itself((agency, day, number) in codes()) {
        let code = DossierCode::new(&agency, day, number);
        prop_assert_eq!(code.as_str().parse::<DossierCode>(), Ok(code.clone()));
        let json = serde_json::to_string(&code).unwrap();
        prop_assert_eq!(serde_json::from_str::<DossierCode>(&json).unwrap(), code);
    }

    #[test]
    fn a_hurried_hand_is_understood((agency, day, number) in codes(), dash in "[-–—]", blank in "[ \u{a0}\t]{0,2}") {
        let code = DossierCode::new(&agency, day, number);
        let typed = code.as_str().to_lowercase().replace('-', &format!("{blank}{dash}{blank}"));
        prop_assert_eq!(format!("{blank}{typed}{blank}").parse::<DossierCode>(), Ok(code));
    }

    #[test]
    fn two_dossiers_never_share_a_code(a in codes(), b in codes()) {
        let same = DossierCode::new(&a.0, a.1, a.2) == DossierCode::new(&b.0, b.1, b.2);
        let century_apart = (a.1.year() % 100, a.1.month(), a.1.day()) == (b.1.year() % 100, b.1.month(), b.1.day());
        prop_assert_eq!(same, a.0 == b.0 && century_apart && a.2 == b.2);
    }

    #[test]
    fn whatever_is_typed_gives_a_code_or_a_refusal_and_a_code_is_stable(text in "\\PC{0,60}") {
        if let Ok(code) = text.parse::<DossierCode>() {
            prop_assert_eq!(code.as_str().parse::<DossierCode>(), Ok(code));
        }
    }

    #[test]
    fn a_scanned_bar_code_names_the_id_and_one_wrong_or_lost_digit_names_nothing(
        id in 10_000..i64::MAX, place in any::<prop::sample::Index>(), other in 1..10_u8
    ) {
        let text = barcode(id);
        prop_assert!(text.bytes().all(|b| b.is_ascii_digit()), "a keyboard layout leaves digits alone");
        prop_assert_eq!(read_barcode(&format!(" {text}\n")), Some(id));
        let mut wrong = text.clone().into_bytes();
        let at = place.index(wrong.len());
        wrong[at] = b'0' + (wrong[at] - b'0' + other) % 10;
        prop_assert_eq!(read_barcode(std::str::from_utf8(&wrong).unwrap()), None);
        let doubled = format!("{text}0");
        prop_assert!(read_barcode(&doubled) != Some(id));
    }
}
