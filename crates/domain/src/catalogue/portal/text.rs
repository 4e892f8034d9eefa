//! Cleaning of texts.

use unicode_normalization::UnicodeNormalization;

/// In composed form, with one ordinary blank for every run of blanks and tabs, without hidden characters, trimmed. Line breaks stay.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\n' => {
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\n');
            }
            // Zero-width characters and direction marks of word processors.
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// At most `most` characters, cut at a blank.
pub(in crate::catalogue) fn shorten(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let head = text.get(..end).unwrap_or(text);
    let cut = head.rsplit_once(' ').map_or(head, |(words, _)| words);
    format!("{}…", cut.trim_end_matches([',', ';', ':', ' ']))
}
