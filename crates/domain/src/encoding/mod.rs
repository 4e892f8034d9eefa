//! Old encodings of Vietnamese: spreadsheets of the 1990s and 2000s still go from desk to desk.
//!
//! [`read`] turns the bytes of a text file into text, whatever it was written in; [`mend`] turns back a text that was
//! read in a wrong encoding or typed in a font of TCVN3 or VNI.

mod tables;

use tables::{CP1258, TCVN3, VNI_PAIRS, VNI_SINGLE};
use unicode_normalization::UnicodeNormalization;

/// How a text was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// As it should be.
    Utf8,
    /// UTF-16 in either byte order.
    Utf16,
    /// The Windows code page for Vietnamese.
    Windows1258,
    /// TCVN 5712:1993, the fonts whose names begin with ".Vn".
    Tcvn3,
    /// VNI for Windows.
    Vni,
    /// UTF-8 that some program took for a Western code page and saved as UTF-8 again.
    Utf8Twice,
}

impl Encoding {
    /// What a report calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Windows1258 => "Windows-1258",
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI",
            Self::Utf8Twice => "UTF-8 bị đọc sai bảng mã",
        }
    }
}

/// Reads a text file. Bytes that no encoding explains become `\u{FFFD}`, so that the row is refused and not guessed.
pub fn read(bytes: &[u8]) -> (String, Encoding) {
    if let Some(text) = utf16(bytes) {
        return (text, Encoding::Utf16);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), Encoding::Utf8);
    }
    let western: String = bytes.iter().copied().map(western).collect();
    let candidates = [
        (Encoding::Windows1258, windows_1258(&western)),
        (Encoding::Tcvn3, tcvn3(&western)),
        (Encoding::Vni, vni(&western)),
    ];
    let best = candidates.into_iter().map(|(e, text)| (soundness(&text), e, text)).max_by_key(|(sound, ..)| *sound);
    match best {
        Some((sound, encoding, text)) if sound > 0 => (text, encoding),
        _ => (String::from_utf8_lossy(bytes).into_owned(), Encoding::Utf8),
    }
}

/// The text as it was meant, when it was typed in an old font or read in a wrong encoding; `None` when it is sound as it is.
pub fn mend(text: &str) -> Option<(String, Encoding)> {
    let suspicious = text.chars().any(|c| ('\u{80}'..='\u{FF}').contains(&c) || back(c).is_some());
    if !suspicious {
        return None;
    }
    let as_is = soundness(text);
    let twice = once_more(text);
    let candidates = [
        twice.map(|t| (Encoding::Utf8Twice, t)),
        Some((Encoding::Tcvn3, tcvn3(text))),
        Some((Encoding::Vni, vni(text))),
    ];
    let best = candidates.into_iter().flatten().map(|(e, t)| (soundness(&t), e, t)).max_by_key(|(sound, ..)| *sound);
    // A text with one odd letter stays as it is: only a clear gain is taken.
    best.filter(|(sound, ..)| *sound > as_is + 1).map(|(_, encoding, text)| (text, encoding))
}

fn utf16(bytes: &[u8]) -> Option<String> {
    let (little, body) = match bytes {
        [0xff, 0xfe, rest @ ..] => (true, rest),
        [0xfe, 0xff, rest @ ..] => (false, rest),
        // Without a mark: Latin letters leave every other byte empty.
        _ => {
            let head = bytes.get(..bytes.len().min(512))?;
            let empty = |first: usize| head.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
            let (even, odd) = (empty(0), empty(1));
            if head.len() < 8 || even.max(odd) * 4 < head.len() {
                return None;
            }
            (odd > even, bytes)
        }
    };
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    };
    let units: Vec<u16> = body.chunks_exact(2).map(unit).collect();
    Some(String::from_utf16_lossy(&units))
}

/// A byte as Windows-1252 shows it: what an old font's text looks like in Unicode.
fn western(byte: u8) -> char {
    match byte {
        0x80..=0x9f => tables::WESTERN[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

/// The byte that Windows-1252 shows as this letter, beyond Latin-1.
fn back(c: char) -> Option<u8> {
    let at = tables::WESTERN.iter().position(|w| *w == c && u32::from(c) > 0xff)?;
    u8::try_from(at).ok().map(|at| at + 0x80)
}

fn windows_1258(text: &str) -> String {
    let letter = |c: char| CP1258.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to);
    text.chars().map(letter).nfc().collect()
}

fn tcvn3(text: &str) -> String {
    text.chars().map(|c| TCVN3.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)).collect()
}

fn vni(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(first) = letters.get(at) {
        let pair = letters.get(at + 1).and_then(|second| {
            VNI_PAIRS.iter().find(|(a, b, _)| a == first && b == second).map(|(_, _, letter)| *letter)
        });
        let single = || VNI_SINGLE.iter().find(|(from, _)| from == first).map_or(*first, |(_, to)| *to);
        match pair {
            Some(letter) => {
                out.push(letter);
                at += 2;
            }
            None => {
                out.push(single());
                at += 1;
            }
        }
    }
    out
}

/// "Thá»§ tá»¥c" → "Thủ tục".
fn once_more(text: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| back(c).or_else(|| u8::try_from(u32::from(c)).ok())).collect();
    String::from_utf8(bytes?).ok()
}

/// How Vietnamese a text is: its words with marks that are Vietnamese syllables, less those that are not.
fn soundness(text: &str) -> i64 {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_ascii() && !w.is_empty());
    let odd = text.chars().filter(|c| matches!(c, '\u{80}'..='\u{BF}') && !"«»°²³§·\u{a0}".contains(*c)).count();
    let sound: i64 = words.map(|w| if is_syllable(w) { 2 } else { -2 }).sum();
    sound - i64::try_from(odd).unwrap_or(i64::MAX)
}

/// Consonants, one of the known groups of vowels with at most one tone, consonants: the shape of every Vietnamese syllable.
fn is_syllable(word: &str) -> bool {
    let capitals_inside = word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase);
    let mut tones = 0;
    let mut small = String::new();
    for letter in word.to_lowercase().nfc() {
        let (plain, has_tone) = without_tone(letter);
        if has_tone && !is_vowel(plain) {
            return false; // ñ, ç: no letters of ours
        }
        tones += u32::from(has_tone);
        small.push(plain);
    }
    let Some(from) = small.find(is_vowel) else { return false };
    let (head, rest) = small.split_at(from);
    let end = rest.find(|c| !is_vowel(c)).unwrap_or(rest.len());
    let (nucleus, tail) = rest.split_at(end);
    // "giấy", "quyền": the first vowel belongs to the consonant.
    let inner = match head {
        "g" => nucleus.strip_prefix('i'),
        "q" => nucleus.strip_prefix('u'),
        _ => None,
    };
    let known = |n: &str| NUCLEI.contains(&n);
    let sounds = known(nucleus) || inner.is_some_and(|n| n.is_empty() || known(n));
    HEADS.contains(&head) && sounds && TAILS.contains(&tail) && tones <= 1 && !capitals_inside
}

const HEADS: [&str; 27] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "q", "r",
    "s", "t", "th", "tr", "v", "x",
];
const NUCLEI: [&str; 61] = [
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ia", "iê", "yê", "ua", "uô", "ưa", "ươ", "oa", "oă",
    "oe", "uy", "uê", "uơ", "uya", "uyê", "uâ", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "iu", "iêu", "yêu",
    "oi", "ôi", "ơi", "ui", "ưi", "uôi", "ươi", "ưu", "ươu", "oai", "oay", "oeo", "uây", "uyu", "oao", "oo", "ôô",
    "uao", "uêu", "ưo", "uơi", "ye",
];
const TAILS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

fn is_vowel(c: char) -> bool {
    "aăâeêioôơuưy".contains(c)
}

/// The letter without its tone, and whether it had one.
fn without_tone(letter: char) -> (char, bool) {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let parts: Vec<char> = std::iter::once(letter).nfd().collect();
    let kept = parts.iter().filter(|c| !TONES.contains(c)).copied().nfc().next().unwrap_or(letter);
    (kept, parts.iter().any(|c| TONES.contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEANT: &str = "Thủ tục đăng ký khai sinh; Sở Tư pháp, Ủy ban nhân dân xã";

    fn bytes_of(table: &[(char, char)], text: &str) -> Vec<u8> {
        let byte = |c: char| table.iter().find(|(_, to)| *to == c).map_or(c, |(from, _)| *from);
        text.chars().map(byte).map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
    }

    #[test]
    fn utf_16_is_read_with_and_without_its_mark_in_either_order() {
        let units = || MEANT.encode_utf16();
        let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
        let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(little.iter().copied()).collect();
        for bytes in [little, big, marked] {
            assert_eq!(read(&bytes), (MEANT.to_owned(), Encoding::Utf16));
        }
    }

    #[test]
    fn a_file_in_tcvn3_is_read() {
        let small = "thủ tục đăng ký khai sinh; sở tư pháp, ủy ban nhân dân xã";
        assert_eq!(read(&bytes_of(&TCVN3, small)), (small.to_owned(), Encoding::Tcvn3));
    }

    #[test]
    fn a_file_in_vni_is_read() {
        let vni = "Thuû tuïc ñaêng kyù khai sinh; Sôû Tö phaùp, UÛy ban nhaân daân xaõ";
        let bytes: Vec<u8> = vni.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        assert_eq!(read(&bytes), (MEANT.to_owned(), Encoding::Vni));
    }

    #[test]
    fn a_file_in_windows_1258_is_read() {
        // ủ = u + 0xD2, ụ = u + 0xF2, đ = 0xF0, ă = 0xE3, ý = y + 0xEC.
        let bytes = b"Thu\xd2 tu\xf2c \xf0\xe3ng ky\xec";
        assert_eq!(read(bytes), ("Thủ tục đăng ký".to_owned(), Encoding::Windows1258));
    }

    #[test]
    fn a_cell_typed_in_an_old_font_or_encoded_twice_is_mended() {
        let twice: String = "Thủ tục đăng ký".bytes().map(western).collect();
        assert_eq!(mend(&twice), Some(("Thủ tục đăng ký".to_owned(), Encoding::Utf8Twice)));
        assert_eq!(mend("®¨ng ký kÕt h«n"), Some(("đăng ký kết hôn".to_owned(), Encoding::Tcvn3)));
        assert_eq!(mend("ñaêng kyù keát hoân"), Some(("đăng ký kết hôn".to_owned(), Encoding::Vni)));
    }

    #[test]
    fn sound_texts_stay_as_they_are() {
        for text in [MEANT, "HỒ SƠ ĐỀ NGHỊ", "Điều 5 khoản 2 «Luật»", "Cà phê; té nước; ô tô", "plain", "", "§ 12 °C"]
        {
            assert_eq!(mend(text), None, "{text}");
        }
        assert_eq!(read(MEANT.as_bytes()), (MEANT.to_owned(), Encoding::Utf8));
        assert!(read(b"\xff\x00\x81garbage\x9d").0.contains('\u{FFFD}') || !read(b"\xff\x00\x81").0.is_empty());
    }
}
