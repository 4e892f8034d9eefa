//! Vietnamese words spelled out in VNI (`Nguye65t` for `Nguyệt`), as some scanners type them: digits behind the letters.

use super::telex;

/// Whether a name is spelled in VNI: no name has digits of its own.
pub fn is_spelled(name: &str) -> bool {
    name.is_ascii()
        && name.split(' ').any(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()) && has_digit(word))
}

/// The line with its marks; nothing when a word of it is no Vietnamese syllable.
pub fn line(text: &str) -> Option<String> {
    let keys = text.split(' ').map(keys).collect::<Vec<_>>().join(" ");
    let read = telex::line(&keys);
    (read != keys).then_some(read)
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit())
}

/// The same word in Telex: the tone at its end, the other marks behind their letters. A number stays one.
fn keys(word: &str) -> String {
    if !word.starts_with(|c: char| c.is_ascii_alphabetic()) || !has_digit(word) {
        return word.to_owned();
    }
    let core = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let (mut keys, mut tone) = (String::new(), None);
    for key in core.chars() {
        match key {
            '1' => tone = Some('s'),
            '2' => tone = Some('f'),
            '3' => tone = Some('r'),
            '4' => tone = Some('x'),
            '5' => tone = Some('j'),
            '6' => behind(&mut keys, "aeoAEO", None),
            '7' => behind(&mut keys, "ouOU", Some('w')),
            '8' => behind(&mut keys, "aA", Some('w')),
            '9' => behind(&mut keys, "dD", None),
            _ => keys.push(key),
        }
    }
    keys.extend(tone);
    keys + &word[core.len()..]
}

/// Puts a key behind the last of these letters; without one the letter itself once more.
fn behind(keys: &mut String, letters: &str, key: Option<char>) {
    let Some((at, letter)) = keys.char_indices().rfind(|(_, c)| letters.contains(*c)) else { return };
    keys.insert(at + 1, key.unwrap_or(letter));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// INT-02
    #[test]
    fn int_02_names_spelled_in_vni_are_read_and_house_numbers_stay() {
        for (keys, name) in [
            ("D9o64 Thi5 A1nh Nguye65t", "Đỗ Thị Ánh Nguyệt"),
            ("Nguye64n Thi5 Phu7o7ng", "Nguyễn Thị Phương"),
            ("Tra62n Va8n Du7o7ng", "Trần Văn Dương"),
            ("D9a85ng Hu7ng", "Đặng Hưng"),
            ("Le6 Uye6n", "Lê Uyên"),
        ] {
            assert!(is_spelled(keys), "{keys}");
            assert_eq!(line(keys).as_deref(), Some(name), "{keys}");
        }
        assert_eq!(line("To63 5, Khu 3, Ho62ng Gai, Ha5 Long").as_deref(), Some("Tổ 5, Khu 3, Hồng Gai, Hạ Long"));
        assert!(!is_spelled("Nguyen Van An") && !is_spelled("5 7"));
        assert_eq!(line("Wa1ng Ma2x"), None, "nobody's name in Vietnamese");
    }
}
