//! What leaves the house: a question without the people in it.

/// A number this long is of a person, a telephone or a dossier; codes of procedures are shorter.
const LEAST_DIGITS: usize = 8;
/// What stands between the digits of one number.
const BETWEEN: [char; 5] = [' ', '.', '-', '/', '\u{a0}'];
/// The commonest family names; a capitalised word after one makes a name of a person.
const FAMILIES: [&str; 30] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
    "Lý", "Đinh", "Trịnh", "Mai", "Đoàn", "Lương", "Tô", "Hà", "Cao", "Lâm", "Tạ", "Phùng", "Vi", "Nông", "Châu",
];

/// What stands in the place of what was taken out: a number, a person's name, an address.
type Marks = [&'static str; 3];
const SAID: Marks = ["[số]", "[họ tên]", "[thư điện tử]"];

/// The question with long numbers, e-mail addresses and names of persons put out of sight.
pub fn masked(text: &str) -> String {
    replaced(text, SAID)
}

/// The same without a trace of them: no procedure is found by a person.
pub(super) fn without_people(text: &str) -> String {
    replaced(text, ["", "", ""])
}

fn replaced(text: &str, [number, name, address]: Marks) -> String {
    let lines = without_numbers(text, number);
    let words: Vec<&str> = lines.split_whitespace().collect();
    let mut out: Vec<&str> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let length = name_at(&words[at..]);
        if length > 0 {
            out.push(name);
            at += length;
            continue;
        }
        out.push(if words[at].contains('@') { address } else { words[at] });
        at += 1;
    }
    out.retain(|word| !word.is_empty());
    out.join(" ")
}

/// How many words at the start make up a person's name: a family name and what follows in capitals.
fn name_at(words: &[&str]) -> usize {
    let bare = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    if !words.first().is_some_and(|w| FAMILIES.contains(&bare(w).as_str())) {
        return 0;
    }
    let given = words[1..].iter().take(4).take_while(|w| bare(w).chars().next().is_some_and(char::is_uppercase));
    match given.count() {
        0 => 0,
        more => more + 1,
    }
}

/// Runs of digits, with blanks or points between them, that are too long for anything but a person's.
fn without_numbers(text: &str, mark: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    while at < letters.len() {
        let (end, digits) = run(&letters, at);
        if digits >= LEAST_DIGITS {
            out.push_str(mark);
        } else {
            out.extend(&letters[at..end]);
        }
        at = end;
    }
    out
}

/// Where the run that begins here ends, and how many digits it has; what is no digit is a run of its own.
fn run(letters: &[char], from: usize) -> (usize, usize) {
    let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    if !is_digit(from) {
        return (from + 1, 0);
    }
    let (mut at, mut digits) = (from, 0);
    loop {
        if is_digit(at) {
            digits += 1;
            at += 1;
        } else if letters.get(at).is_some_and(|c| BETWEEN.contains(c)) && is_digit(at + 1) {
            at += 1;
        } else {
            return (at, digits);
        }
    }
}
