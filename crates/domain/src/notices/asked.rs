//! What somebody writes to the Centre's number: a code of a dossier among other words (TRK-01).

use crate::dossier::DossierCode;

/// Words that are looked at; a short message has few.
const MOST_WORDS: usize = 40;
/// A code that was typed with blanks falls into as many words.
const MOST_PIECES: usize = 3;

/// The first code in a text, however it was typed: `TC h49.24-251006-0001`, `H49.24 251006 0001`.
pub fn code_in(text: &str) -> Option<DossierCode> {
    let bare = |w: &str| w.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned();
    let words: Vec<String> = text.split_whitespace().take(MOST_WORDS).map(bare).filter(|w| !w.is_empty()).collect();
    let whole = words.iter().find_map(|w| w.parse().ok());
    whole.or_else(|| {
        let pieces = (2..=MOST_PIECES).flat_map(|many| words.windows(many));
        pieces.map(|w| w.join("-")).find_map(|joined| joined.parse().ok())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trk_01_a_code_is_found_in_a_text_as_people_type_it() {
        for text in [
            "H49.24-251006-0001",
            "tc h49.24-251006-0001",
            "Ho so H49.24-251006-0001, den dau roi?",
            "H49.24 251006 0001",
            "ma: h49.24-251006 0001.",
            "(H49.24-251006-0001)",
        ] {
            let code = code_in(text).map(|c| c.to_string());
            assert_eq!(code.as_deref(), Some("H49.24-251006-0001"), "{text}");
        }
        for text in ["", "ho so cua toi den dau", "0912345678", "251006 0001"] {
            assert_eq!(code_in(text), None, "{text}");
        }
    }
}
