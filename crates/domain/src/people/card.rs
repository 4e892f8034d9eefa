//! The QR code of a citizen's card, as scanners type it: `number|old number|name|ddMMyyyy|sex|address|issued`.

use super::{CitizenId, telex, vni};
use jiff::civil::Date;

/// Sex as the card states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

/// What the QR code of a card says. Only the number is certain; a scanner may lose the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The citizen number.
    pub number: CitizenId,
    /// The nine digits of the former identity card.
    pub old_number: Option<String>,
    /// Full name; absent when the scanner lost its letters.
    pub name: Option<String>,
    /// Date of birth.
    pub born: Option<Date>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Permanent address; absent when the scanner lost its letters.
    pub address: Option<String>,
    /// Date of issue.
    pub issued: Option<Date>,
}

/// Reads what a scanner typed, however its keyboard is set up: another key for the bar, a prefix of the scanner, an input
/// method that made letters of letters, marks spelled out in Telex. `None` when it is no card.
pub fn read_card(text: &str) -> Option<Card> {
    let text = text.trim().trim_start_matches('\u{feff}');
    // `]Q1` and the like: the scanner names the symbology.
    let text = text.strip_prefix(']').map_or(text, |rest| rest.get(2..).unwrap_or_default());
    let fields = split(text)?;
    let number = CitizenId::parse(fields.first()?).ok()?;
    let mut rest = fields[1..].iter().map(|f| f.trim()).peekable();
    let old = rest.next_if(|f| f.is_empty() || is_number(f)).map(digits).filter(|d| d.len() == 9);
    // A name never has digits; without it the date comes at once.
    let named = rest.next_if(|f| !is_number(f)).unwrap_or_default();
    // A scanner spells its whole card in one way; only in a name are digits certainly marks.
    let spelling = if vni::is_spelled(named) { Spelling::Vni } else { Spelling::Telex };
    let name = words(named, spelling, true);
    let born = rest.next_if(|f| is_number(f)).and_then(date);
    let sex = rest.next_if(|f| sex(f).is_some() || f.is_empty()).and_then(sex);
    let address = rest.next_if(|f| !is_number(f)).and_then(|f| words(f, spelling, false));
    let issued = rest.next().and_then(date);
    Some(Card { number, old_number: old, name, born, sex, address, issued })
}

/// The bar, and what it becomes on keyboards of other countries.
const BARS: [char; 7] = ['|', '｜', '¦', '~', '\t', '\\', '¬'];

fn split(text: &str) -> Option<Vec<&str>> {
    let bar = BARS.into_iter().find(|bar| text.matches(*bar).count() >= 4)?;
    Some(text.split(bar).collect())
}

fn is_number(field: &str) -> bool {
    let count = field.bytes().filter(u8::is_ascii_digit).count();
    count >= 8 && field.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '/' | '-' | '.'))
}

fn digits(field: &str) -> String {
    field.chars().filter(char::is_ascii_digit).collect()
}

/// `ddMMyyyy`, with or without marks between.
fn date(field: &str) -> Option<Date> {
    let d = digits(field);
    if d.len() != 8 {
        return None;
    }
    Date::new(d[4..].parse().ok()?, d[2..4].parse().ok()?, d[..2].parse().ok()?).ok()
}

fn sex(field: &str) -> Option<Sex> {
    match crate::text::fold(field).as_str() {
        "nam" => Some(Sex::Male),
        "nu" | "nuwx" | "nwux" | "nux" | "nu74" | "nu47" | "nu4" => Some(Sex::Female),
        _ => None,
    }
}

/// How a scanner spells the marks that its keys do not have.
#[derive(Clone, Copy)]
enum Spelling {
    /// Or not at all: the letters as they are.
    Telex,
    Vni,
}

/// Words in Vietnamese; nothing when the scanner put question marks in place of letters it does not have.
fn words(field: &str, spelling: Spelling, is_name: bool) -> Option<String> {
    if field.is_empty() || field.contains(['?', '\u{fffd}', '□']) {
        return None;
    }
    let plain = field.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = match spelling {
        Spelling::Telex => telex::line(&plain),
        Spelling::Vni => vni::line(&plain)?,
    };
    // Cards print names in capitals or as written; forms want them as written.
    Some(if is_name && text.chars().all(|c| !c.is_lowercase()) { capitalised(&text) } else { text })
}

/// `ĐỖ THỊ ÁNH` becomes `Đỗ Thị Ánh`.
fn capitalised(text: &str) -> String {
    let one = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_string() + &letters.as_str().to_lowercase()).unwrap_or_default()
    };
    text.split(' ').map(one).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn whole() -> Card {
        Card {
            number: CitizenId::parse("022190004567").unwrap(),
            old_number: Some("101234567".into()),
            name: Some("Đỗ Thị Ánh Nguyệt".into()),
            born: Some(date(1990, 3, 14)),
            sex: Some(Sex::Female),
            address: Some("Tổ 5, Khu 3, Hồng Gai, Hạ Long, Quảng Ninh".into()),
            issued: Some(date(2021, 4, 25)),
        }
    }

    /// INT-02: whatever the scanner and the keyboard make of it.
    #[test]
    fn int_02_a_card_is_read_from_any_scanner() {
        let plain =
            "022190004567|101234567|Đỗ Thị Ánh Nguyệt|14031990|Nữ|Tổ 5, Khu 3, Hồng Gai, Hạ Long, Quảng Ninh|25042021";
        let telex = "022190004567|101234567|Ddoox Thij Anhs Nguyeetj|14031990|Nuwx|Toor 5, Khu 3, Hoongf Gai, Haj Long, Quangr Ninh|25042021";
        let vni = "022190004567|101234567|D9o64 Thi5 A1nh Nguye65t|14031990|Nu74|To63 5, Khu 3, Ho62ng Gai, Ha5 Long, Qua3ng Ninh|25042021";
        let cases = [
            plain.to_owned(),
            telex.to_owned(),
            vni.to_owned(),
            format!("]Q1{plain}\r\n"),
            format!("\u{feff}  {plain}\t"),
            plain.replace('|', "~"),
            plain.replace('|', "｜"),
            plain.replace('|', "\t"),
            format!("{plain}||Đỗ Văn Ba|Lê Thị Tư"),
            plain.replace("14031990", "14/03/1990"),
            plain.replace("Đỗ Thị Ánh Nguyệt", "ĐỖ THỊ ÁNH NGUYỆT"),
            plain.replace("022190004567", "022 190 004 567"),
        ];
        for case in cases {
            assert_eq!(read_card(&case), Some(whole()), "{case:?}");
        }
    }

    #[test]
    fn int_02_what_a_scanner_lost_is_left_open_and_the_number_still_counts() {
        let no_old = read_card("022190004567||Đỗ Thị Ánh Nguyệt|14031990|Nữ|Tổ 5|25042021").unwrap();
        assert_eq!((no_old.old_number, no_old.name.as_deref()), (None, Some("Đỗ Thị Ánh Nguyệt")));
        let left_out = read_card("022190004567|Đỗ Thị Ánh Nguyệt|14031990|Nữ|Tổ 5|25042021").unwrap();
        assert_eq!((left_out.name.as_deref(), left_out.issued), (Some("Đỗ Thị Ánh Nguyệt"), Some(date(2021, 4, 25))));
        let lost = read_card("022190004567|101234567|?? Th? ?nh Nguy?t|14031990|N?|T? 5|25042021").unwrap();
        assert_eq!((lost.name, lost.sex, lost.born), (None, None, Some(date(1990, 3, 14))));
        let foreign = read_card("022190004567||Wang Max|31021990|Nam|Kalong|").unwrap();
        assert_eq!((foreign.born, foreign.issued, foreign.sex), (None, None, Some(Sex::Male)), "31 February is no day");
    }

    #[test]
    fn int_02_what_is_no_card_is_not_taken_for_one() {
        for other in
            ["", "022190004567", "0123456789012|a|b|c|d|e|f", "H49.24-261117-0008", "a|b|c|d|e|f|g", "||||||", "]Q"]
        {
            assert_eq!(read_card(other), None, "{other}");
        }
    }
}
