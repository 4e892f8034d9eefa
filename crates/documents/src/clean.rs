//! Text as people typed it, made fit for print: archivable PDF may not hold a character without a glyph.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Stands for a character that the font cannot draw; an open box says that something was there.
const UNKNOWN: char = '□';
/// A word longer than this is given places to break, so that it stays inside its column.
const LONG_WORD: usize = 32;
/// A place to break that prints nothing.
const BREAK: char = '\u{200b}';

/// Cleans every string of `value`; keys are ours and stay.
pub(crate) fn clean(value: &mut Value, drawable: &impl Fn(char) -> bool) {
    match value {
        Value::String(text) => *text = clean_text(text, drawable),
        Value::Array(items) => items.iter_mut().for_each(|item| clean(item, drawable)),
        Value::Object(fields) => fields.values_mut().for_each(|field| clean(field, drawable)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn clean_text(text: &str, drawable: &impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = 0;
    for c in text.trim().nfc().filter(|c| !is_invisible(*c)) {
        let c = if c.is_control() { ' ' } else { c };
        word = if c.is_whitespace() { 0 } else { word + 1 };
        if word > LONG_WORD {
            out.push(BREAK);
            word = 1;
        }
        out.push(if c.is_whitespace() || drawable(c) { c } else { UNKNOWN });
    }
    out
}

/// Characters that change how others look or read; on an official paper they could only mislead.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(text: &str) -> String {
        clean_text(text, &|c| !matches!(c, '😀' | '漢'))
    }

    #[test]
    fn text_is_composed_and_what_cannot_be_drawn_becomes_a_box() {
        assert_eq!(print(" Nguye\u{302}\u{303}n 😀 漢\t\u{7}A "), "Nguyễn □ □  A");
    }

    #[test]
    fn characters_that_reverse_or_hide_text_are_taken_out() {
        assert_eq!(print("A\u{202e}B\u{200b}C\u{feff}"), "ABC");
    }

    #[test]
    fn an_endless_word_gets_places_to_break() {
        assert_eq!(print(&"a".repeat(40)), format!("{}\u{200b}{}", "a".repeat(32), "a".repeat(8)));
        assert!(!print("mười chữ bình thường thì không có gì thêm").contains('\u{200b}'));
    }
}
