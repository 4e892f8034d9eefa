//! Vietnamese words spelled out in Telex (`Nguyeetj` for `Nguyệt`), as some scanners type them.

use unicode_normalization::UnicodeNormalization;

/// The line with its marks, when it is spelled in Telex; any other line as it is. Nothing in it may have marks already, and
/// each of its words must be a Vietnamese syllable: `Max Weber` is nobody called Mã.
pub fn line(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let read: Option<Vec<String>> = words.iter().map(|w| word(w)).collect();
    match read {
        Some(read) if text.is_ascii() => read.join(" "),
        _ => text.to_owned(),
    }
}

/// A word with its marks; a number or a sign as it is; nothing for what is no Vietnamese syllable.
fn word(text: &str) -> Option<String> {
    let core = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let tail = &text[core.len()..];
    if core.bytes().any(|b| b.is_ascii_digit()) || !core.bytes().any(|b| b.is_ascii_alphabetic()) {
        return Some(text.to_owned());
    }
    Some(spelled(core)? + tail)
}

/// Tone letters of Telex, each with its combining mark.
const TONES: [(char, char); 5] =
    [('s', '\u{301}'), ('f', '\u{300}'), ('r', '\u{309}'), ('x', '\u{303}'), ('j', '\u{323}')];

fn spelled(word: &str) -> Option<String> {
    let (body, tone) = tone(word);
    let marked = marks(body);
    let (start, vowels, end) = syllable(&marked)?;
    let mut letters: Vec<char> = vowels.chars().collect();
    if let Some(tone) = tone {
        letters.insert(toned(&letters, end) + 1, tone);
    }
    Some(start.chars().chain(letters).chain(end.chars()).nfc().collect())
}

/// The word without its tone letter, and the tone. It stands at the end or right behind the vowels (`Thij`, `Anhs`, `Nguyeetj`).
fn tone(word: &str) -> (&str, Option<char>) {
    let last = word.chars().last().map(|c| c.to_ascii_lowercase());
    let found = TONES.iter().find(|(key, _)| Some(*key) == last);
    match found {
        Some((_, mark)) if word.len() > 1 && word[..word.len() - 1].bytes().any(is_vowel) => {
            (&word[..word.len() - 1], Some(*mark))
        }
        _ => (word, None),
    }
}

fn is_vowel(b: u8) -> bool {
    matches!(b.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// `aa ee oo dd aw ow uw` and `w` behind `uo`, each as one letter.
fn marks(word: &str) -> String {
    const PAIRS: [(&str, &str); 15] = [
        ("dd", "đ"),
        ("Dd", "Đ"),
        ("DD", "Đ"),
        ("uow", "ươ"),
        ("UOW", "ƯƠ"),
        ("aa", "â"),
        ("AA", "Â"),
        ("Aa", "Â"),
        ("ee", "ê"),
        ("oo", "ô"),
        ("aw", "ă"),
        ("ow", "ơ"),
        ("uw", "ư"),
        ("OO", "Ô"),
        ("EE", "Ê"),
    ];
    PAIRS.iter().fold(word.to_owned(), |text, (keys, letter)| text.replace(keys, letter))
}

const VOWELS: &str = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY";

/// Consonants, vowels, consonants; `qu` and `gi` belong to the first. `None` for what is no Vietnamese syllable.
fn syllable(word: &str) -> Option<(&str, &str, &str)> {
    const STARTS: [&str; 28] = [
        "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph",
        "qu", "r", "s", "t", "th", "tr", "v", "x",
    ];
    const ENDS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];
    let mut from = word.find(|c| VOWELS.contains(c))?;
    let head = word[..from].to_lowercase();
    let next = word[from..].chars().next()?;
    let more = word[from + next.len_utf8()..].chars().next().is_some_and(|c| VOWELS.contains(c));
    if more && ((head == "q" && matches!(next, 'u' | 'U')) || (head == "g" && matches!(next, 'i' | 'I'))) {
        from += next.len_utf8();
    }
    let until = word[from..].find(|c| !VOWELS.contains(c)).map_or(word.len(), |at| from + at);
    let (start, end) = (word[..from].to_lowercase(), word[until..].to_lowercase());
    let is_one = STARTS.contains(&start.as_str()) && ENDS.contains(&end.as_str());
    is_one.then(|| (&word[..from], &word[from..until], &word[until..]))
}

/// On which vowel the tone stands: a marked one; of two the last before a consonant, else the first; of three the middle.
fn toned(vowels: &[char], end: &str) -> usize {
    let marked = vowels.iter().rposition(|c| "ăâêôơưĂÂÊÔƠƯ".contains(*c));
    if let Some(at) = marked {
        return at;
    }
    match (vowels.len(), end.is_empty()) {
        (0 | 1, _) | (2, true) => 0,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn words_in_telex_get_their_marks_and_plain_words_stay() {
        let cases = [
            ("Ddoox Thij Anhs Nguyeetj", "Đỗ Thị Ánh Nguyệt"),
            ("Nguyeenx Vawn Traanf", "Nguyễn Văn Trần"),
            ("Quangr Giangs", "Quảng Giáng"),
            ("Vuwowng Vuowng", "Vương Vương"),
            ("Hoaf Huyeenf", "Hòa Huyền"),
            ("Toor 5/12A, Khu 3, Haj Long", "Tổ 5/12A, Khu 3, Hạ Long"),
            ("Nguyễn Thị Maix", "Nguyễn Thị Maix"),
            ("Tran Thi Lan", "Tran Thi Lan"),
            ("Max Weber", "Max Weber"),
            ("Wang Alex", "Wang Alex"),
            ("", ""),
        ];
        for (typed, read) in cases {
            assert_eq!(line(typed), read, "{typed}");
        }
    }
}
