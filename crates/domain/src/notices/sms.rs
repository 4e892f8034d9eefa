//! What a short message costs: gateways count parts, and marks make a part less than half as long.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Characters of the GSM alphabet that take two places.
const DOUBLE: &str = "^{}\\[~]|";

/// The number of parts in which a text is sent and paid for: 160 letters of the GSM alphabet, 153 in each of several; 70 and 67
/// where one letter lies outside of it.
pub fn parts(text: &str) -> u32 {
    let gsm = |c: char| (c.is_ascii() && c != '`' && !c.is_ascii_control()) || c == '\n';
    let (length, single, several) = if text.chars().all(gsm) {
        (text.chars().map(|c| if DOUBLE.contains(c) { 2 } else { 1 }).sum(), 160, 153)
    } else {
        (text.encode_utf16().count(), 70, 67)
    };
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    if length <= single { u32::from(length > 0) } else { length.div_ceil(several) }
}

/// The text without marks, its capitals and its punctuation kept: `Đã tiếp nhận` → `Da tiep nhan`.
pub fn unmarked(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(|c| {
            match c {
                'đ' => "d".chars(),
                'Đ' => "D".chars(),
                '–' | '—' | '·' => "-".chars(),
                '“' | '”' => "\"".chars(),
                '‘' | '’' => "'".chars(),
                '…' => "...".chars(),
                '\u{a0}' => " ".chars(),
                _ => "".chars(),
            }
            .chain(Some(c).filter(|c| !"đĐ–—“”‘’…·\u{a0}".contains(*c)))
        })
        .collect()
}
