//! Numbers and money in Vietnamese, as a slip writes them beside the figures.

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const BILLION: u64 = 1_000_000_000;

/// Đồng with dots between thousands: `1.250.000 đ`.
pub fn money(dong: u64) -> String {
    let digits = dong.to_string();
    let mut out = String::with_capacity(digits.len() * 2);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    // A line must not break between the sum and its unit.
    out + "\u{a0}đ"
}

/// Đồng in words, with a capital first letter: `Một triệu hai trăm năm mươi nghìn đồng`.
pub fn money_in_words(dong: u64) -> String {
    let words = number_in_words(dong);
    let mut chars = words.chars();
    let first = chars.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(chars).chain(" đồng".chars()).collect()
}

/// A number in words, northern reading: `linh`, `nghìn`, `mốt`, `hai mươi tư`, `lăm`.
pub fn number_in_words(n: u64) -> String {
    if n == 0 {
        return digit(0).to_owned();
    }
    let mut words = Vec::new();
    speak(n, false, &mut words);
    words.join(" ")
}

/// Speaks `n`; `inside` says that higher groups were spoken, so leading zeros are spoken too.
fn speak(n: u64, inside: bool, words: &mut Vec<&'static str>) {
    if n >= BILLION {
        speak(n / BILLION, inside, words);
        words.push("tỷ");
        speak_below_billion(n % BILLION, true, words);
        return;
    }
    speak_below_billion(n, inside, words);
}

fn speak_below_billion(n: u64, inside: bool, words: &mut Vec<&'static str>) {
    let mut inside = inside;
    for (group, unit) in [(n / 1_000_000, Some("triệu")), (n / 1_000 % 1_000, Some("nghìn")), (n % 1_000, None)] {
        if group == 0 {
            continue;
        }
        speak_group(group, inside, words);
        words.extend(unit);
        inside = true;
    }
}

/// Speaks 1 to 999.
fn speak_group(group: u64, inside: bool, words: &mut Vec<&'static str>) {
    let (hundreds, tens, units) = (group / 100, group / 10 % 10, group % 10);
    let hundreds_spoken = hundreds > 0 || inside;
    if hundreds_spoken {
        words.extend([digit(hundreds), "trăm"]);
    }
    match tens {
        0 if hundreds_spoken && units > 0 => words.push("linh"),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([digit(tens), "mươi"]),
    }
    match (tens, units) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(digit(units)),
    }
}

/// The word of a single digit; callers pass 0 to 9.
fn digit(n: u64) -> &'static str {
    usize::try_from(n).ok().and_then(|i| DIGITS.get(i)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_change_their_word_after_tens() {
        for (n, words) in [
            (0, "không"),
            (1, "một"),
            (4, "bốn"),
            (5, "năm"),
            (10, "mười"),
            (11, "mười một"),
            (14, "mười bốn"),
            (15, "mười lăm"),
            (20, "hai mươi"),
            (21, "hai mươi mốt"),
            (24, "hai mươi tư"),
            (25, "hai mươi lăm"),
            (55, "năm mươi lăm"),
            (91, "chín mươi mốt"),
        ] {
            assert_eq!(number_in_words(n), words);
        }
    }

    #[test]
    fn an_empty_ten_is_spoken_as_linh_and_an_empty_hundred_inside_a_number_too() {
        for (n, words) in [
            (100, "một trăm"),
            (101, "một trăm linh một"),
            (104, "một trăm linh bốn"),
            (105, "một trăm linh năm"),
            (115, "một trăm mười lăm"),
            (1_000, "một nghìn"),
            (1_005, "một nghìn không trăm linh năm"),
            (1_050, "một nghìn không trăm năm mươi"),
            (21_000, "hai mươi mốt nghìn"),
            (1_000_005, "một triệu không trăm linh năm"),
            (1_005_000, "một triệu không trăm linh năm nghìn"),
            (2_000_000_015, "hai tỷ không trăm mười lăm"),
        ] {
            assert_eq!(number_in_words(n), words);
        }
    }

    #[test]
    fn beyond_billions_the_billions_are_counted() {
        assert_eq!(number_in_words(1_000_000_000_000), "một nghìn tỷ");
        assert_eq!(number_in_words(12_003_000_000_000), "mười hai nghìn không trăm linh ba tỷ");
        assert!(number_in_words(u64::MAX).starts_with("mười tám tỷ bốn trăm bốn mươi sáu triệu"));
    }

    #[test]
    fn money_is_written_with_dots_and_read_with_a_capital() {
        assert_eq!(money(0), "0\u{a0}đ");
        assert_eq!(money(500), "500\u{a0}đ");
        assert_eq!(money(1_250_000), "1.250.000\u{a0}đ");
        assert_eq!(money_in_words(1_250_000), "Một triệu hai trăm năm mươi nghìn đồng");
        assert_eq!(money_in_words(0), "Không đồng");
    }
}
