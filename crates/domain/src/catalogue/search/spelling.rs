//! How people spell: marks in other places, `i` for `y`, Telex typed with the input method off, sounds written as heard.

use crate::text::fold;
use unicode_normalization::UnicodeNormalization;

/// The five tones, which may stand on either vowel of a pair: `hoà` is `hòa`.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// A word without marks, one letter for the two ways to write a final `i`: `kỹ`, `kĩ` and `ki` are one word.
pub fn plain(word: &str) -> String {
    let mut folded = fold(word);
    if folded.ends_with('y') {
        let before = &folded[..folded.len() - 1];
        let alone = before.strip_suffix('u').map_or(before, |b| if b == "q" { b } else { before });
        if !alone.is_empty() && !alone.contains(['a', 'e', 'i', 'o', 'u']) {
            folded.pop();
            folded.push('i');
        }
    }
    folded
}

/// A word with its marks, the tone at the end: equal for every correct way to write it.
pub fn marked(word: &str) -> String {
    let mut tones = String::new();
    let mut letters = String::new();
    for c in word.nfd().flat_map(char::to_lowercase) {
        if TONES.contains(&c) { tones.push(c) } else { letters.push(c) }
    }
    let mut out: String = letters.nfc().collect();
    if plain(word).ends_with('i') && out.ends_with('y') {
        out.pop();
        out.push('i');
    }
    out + &tones
}

/// The marked form without its tone: `giây` and `giấy` differ in the tone only.
pub fn toneless(marked: &str) -> &str {
    marked.trim_end_matches(TONES)
}

/// Whether a text carries any mark, so that a word without one is meant to have none.
pub fn has_marks(text: &str) -> bool {
    text.nfd().any(|c| TONES.contains(&c) || matches!(c, '\u{302}' | '\u{306}' | '\u{31b}' | 'đ' | 'Đ'))
}

/// What a word would be if it had been typed in Telex with the input method off: `giaays` → `giay`. `None` when nothing
/// in it looks like that.
pub fn from_telex(word: &str) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 3 || !letters.iter().all(char::is_ascii_alphabetic) {
        return None;
    }
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let first_vowel = letters.iter().position(|c| is_vowel(*c))?;
    if let Some(tone) = (first_vowel + 1..letters.len()).find(|&i| matches!(letters[i], 's' | 'f' | 'r' | 'x' | 'j')) {
        letters.remove(tone);
    }
    let mut out = String::new();
    for c in letters {
        let doubled = matches!(c, 'a' | 'e' | 'o' | 'd') && out.ends_with(c);
        if !doubled && c != 'w' {
            out.push(c);
        }
    }
    let out = plain(&out);
    (out != word).then_some(out)
}

/// The word as it sounds somewhere in the country: `x` for `s`, `ch` for `tr`, `d` for `gi` and `r`, `n` for `l`.
pub fn sound(plain: &str) -> String {
    let begins = [
        ("ngh", "ng"),
        ("tr", "ch"),
        ("ph", "f"),
        ("gh", "g"),
        ("gi", "d"),
        ("qu", "cu"),
        ("r", "d"),
        ("z", "d"),
        ("x", "s"),
        ("k", "c"),
        ("l", "n"),
        ("w", "u"),
    ];
    let (head, rest) =
        begins.iter().find_map(|(from, to)| plain.strip_prefix(from).map(|rest| (*to, rest))).unwrap_or(("", plain));
    if plain.starts_with("kh") {
        return plain.to_owned();
    }
    // "gì" and "gìn": the i of gi is the vowel when no other follows.
    let rest = if plain.starts_with("gi") && !rest.starts_with(['a', 'e', 'o', 'u', 'i']) { &plain[1..] } else { rest };
    let mut out = format!("{head}{rest}");
    for (from, to) in [("nh", "n"), ("ng", "n"), ("ch", "t"), ("c", "t")] {
        if out.len() > from.len() + 1
            && let Some(stem) = out.strip_suffix(from)
        {
            out = format!("{stem}{to}");
            break;
        }
    }
    out
}

/// Whether two words differ by one letter: put in, left out, another, or two neighbours exchanged.
pub fn one_slip(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 1 || a == b {
        return false;
    }
    let same_head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same_head..], &b[same_head..]);
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Less => *a == b[1..],
        std::cmp::Ordering::Greater => a[1..] == *b,
        std::cmp::Ordering::Equal => {
            a[1..] == b[1..] || (a.len() > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cat_01_the_place_of_the_tone_and_the_last_letter_make_no_other_word() {
        assert_eq!(marked("hoà"), marked("hòa"));
        assert_eq!(marked("thuỷ"), marked("thủy"));
        assert_eq!((marked("kỹ"), plain("quý"), plain("lý")), (marked("kĩ"), "qui".into(), "li".into()));
        assert_eq!((plain("thủy"), plain("y"), plain("tay")), ("thuy".into(), "y".into(), "tay".into()));
        assert_ne!(marked("giây"), marked("giấy"));
        assert_eq!(toneless(&marked("giây")), toneless(&marked("giấy")));
    }

    #[test]
    fn cat_01_telex_that_reached_the_field_raw_is_read() {
        for (raw, word) in
            [("giaays", "giay"), ("pheps", "phep"), ("ddaats", "dat"), ("dduwowngf", "duong"), ("kys", "ki")]
        {
            assert_eq!(from_telex(raw).as_deref(), Some(word), "{raw}");
        }
        assert_eq!(from_telex("khai"), None);
    }

    #[test]
    fn cat_01_words_that_sound_alike_have_one_sound() {
        for (a, b) in
            [("sinh", "xinh"), ("trung", "chung"), ("giay", "day"), ("lam", "nam"), ("phep", "fep"), ("ket", "cet")]
        {
            assert_eq!(sound(a), sound(b), "{a} {b}");
        }
        assert_ne!(sound("khai"), sound("cai"));
        assert_eq!(sound("gi"), "di");
    }

    #[test]
    fn cat_01_one_slip_of_the_finger_is_seen_and_two_are_not() {
        for (a, b) in [("phep", "phpe"), ("phep", "pep"), ("phep", "phepp"), ("phep", "phop"), ("sinh", "snih")] {
            assert!(one_slip(a, b) && one_slip(b, a), "{a} {b}");
        }
        for (a, b) in [("phep", "phep"), ("phep", "pp"), ("phep", "hpop"), ("sinh", "khai")] {
            assert!(!one_slip(a, b), "{a} {b}");
        }
    }
}
