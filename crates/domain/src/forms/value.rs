//! One typed text as one answer: normalised, or refused with the way to mend it.

use super::{Kind, Places, address::Found};
use crate::{
    people::{CitizenId, IdentityNumber, NotAnIdentity, Phone},
    time::day_text,
};
use jiff::civil::Date;
use serde_json::{Number, Value, json};
use unicode_normalization::UnicodeNormalization;

/// Why a text is no answer.
pub(super) struct Wrong {
    pub code: &'static str,
    pub vi: String,
    pub en: String,
}

fn wrong<T>(code: &'static str, vi: impl Into<String>, en: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong { code, vi: vi.into(), en: en.into() })
}

/// One line in NFC, runs of blanks made one, nothing that steers a terminal or a printer.
pub(super) fn line(text: &str) -> String {
    text.chars().filter(|c| !is_steering(*c)).nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Several lines, each as [`line`] makes it; no more than one empty one in a row.
fn lines(text: &str) -> String {
    let all: Vec<String> = text.replace('\r', "").split('\n').map(line).collect();
    let mut text = all.join("\n");
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    text.trim().to_owned()
}

fn is_steering(c: char) -> bool {
    // Marks that turn the direction of writing hide what a text says.
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// What is said of an empty field that must be answered.
pub(super) const fn missing(kind: &Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::CitizenId => {
            ("Xin ghi số định danh, ví dụ 001099012345.", "Give the citizen number, for example 001099012345.")
        }
        Kind::TaxCode => ("Xin ghi mã số thuế, ví dụ 5700100256.", "Give the tax code, for example 5700100256."),
        Kind::Phone => {
            ("Xin ghi số điện thoại, ví dụ 0912 345 678.", "Give the telephone number, for example 0912 345 678.")
        }
        Kind::Date { .. } => ("Xin ghi ngày, ví dụ 06/10/2025.", "Give the day, for example 06/10/2025."),
        Kind::Money => {
            ("Xin ghi số tiền bằng đồng, ví dụ 1.250.000.", "Give the amount in đồng, for example 1.250.000.")
        }
        Kind::Number { .. } => ("Xin ghi số, ví dụ 12.", "Give the number, for example 12."),
        Kind::Choice { .. } | Kind::YesNo => ("Xin chọn một câu trả lời.", "Choose an answer."),
        Kind::Address => ("Xin chọn tỉnh, thành phố.", "Choose the province."),
        Kind::File => ("Xin gửi tệp ở mục này.", "Upload the file for this field."),
        Kind::Text { .. } | Kind::Group { .. } => ("Xin ghi nội dung mục này.", "Fill in this field."),
    }
}

/// Reads a text that is not empty.
pub(super) fn read(kind: &Kind, text: &str, today: Date) -> Result<Value, Wrong> {
    match kind {
        Kind::Text { max, lines: several } => {
            let text = if *several { lines(text) } else { line(text) };
            if text.chars().count() > *max as usize {
                return wrong(
                    "too_long",
                    format!("Nội dung dài quá {max} ký tự. Xin rút gọn."),
                    format!("Longer than {max} characters. Shorten it."),
                );
            }
            if text.is_empty() {
                let (vi, en) = missing(kind);
                return wrong("missing", vi, en);
            }
            Ok(Value::String(text))
        }
        Kind::CitizenId => identity(CitizenId::parse(text).map(|c| c.as_str().to_owned())),
        Kind::TaxCode => identity(IdentityNumber::parse_organisation(text).map(|n| n.as_str().to_owned())),
        Kind::Phone => match Phone::parse(text) {
            Ok(phone) => Ok(Value::String(phone.as_str().to_owned())),
            Err(e) => {
                wrong("phone.invalid", e.to_string(), "A telephone number has 10 digits, for example 0912 345 678.")
            }
        },
        Kind::Date { past } => date(text, *past, today),
        Kind::Money => money(text),
        Kind::Number { min, max, decimals, .. } => number(text, *min, *max, *decimals),
        Kind::Choice { options } => match options.iter().find(|o| o.key == text) {
            Some(chosen) => Ok(Value::String(chosen.key.clone())),
            None => wrong("unknown", "Xin chọn một câu trả lời trong danh sách.", "Choose an answer of the list."),
        },
        Kind::YesNo => match text {
            "yes" => Ok(Value::Bool(true)),
            "no" => Ok(Value::Bool(false)),
            _ => wrong("unknown", "Xin chọn có hoặc không.", "Choose yes or no."),
        },
        Kind::Address | Kind::File | Kind::Group { .. } => {
            wrong("shape", "Nội dung mục này không đúng dạng.", "The answer has the wrong shape.")
        }
    }
}

fn identity(parsed: Result<String, NotAnIdentity>) -> Result<Value, Wrong> {
    match parsed {
        Ok(number) => Ok(Value::String(number)),
        Err(e) => wrong("identity.invalid", e.to_string(), e.en()),
    }
}

/// `06/10/2025`, `6-10-2025`, `06102025`, and `2025-10-06` from machines; kept as the last.
fn date(text: &str, past: bool, today: Date) -> Result<Value, Wrong> {
    let Some(day) = day_of(text) else {
        return wrong(
            "date.invalid",
            "Ngày chưa đúng. Xin ghi ngày/tháng/năm, ví dụ 06/10/2025.",
            "Not a date. Write day/month/year, for example 06/10/2025.",
        );
    };
    if day.year() < 1900 {
        return wrong("date.old", "Năm phải từ 1900 trở đi.", "The year is 1900 or later.");
    }
    if past && day > today {
        return wrong(
            "date.future",
            format!("Ngày này ở tương lai. Xin ghi ngày không sau hôm nay, {}.", day_text(today)),
            format!("This day lies ahead. Give one not after today, {}.", day_text(today)),
        );
    }
    Ok(Value::String(day.to_string()))
}

fn day_of(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() == 10 && text.as_bytes().get(4) == Some(&b'-') {
        return text.parse().ok();
    }
    let parts: Vec<&str> = if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        vec![&text[..2], &text[2..4], &text[4..]]
    } else {
        text.split(['/', '-', '.', ' ']).collect()
    };
    let [d, m, y] = parts.as_slice() else { return None };
    if y.len() != 4 || d.len() > 2 || m.len() > 2 {
        return None;
    }
    Date::new(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?).ok()
}

/// Most that is money: a thousand billion đồng.
const MOST_MONEY: i64 = 1_000_000_000_000_000;

fn money(text: &str) -> Result<Value, Wrong> {
    let small = text.to_lowercase();
    let bare = small.trim_end_matches(['đ', ' ', '₫']).trim_end_matches("đồng").trim_end_matches("vnd").trim();
    match grouped(bare).and_then(|digits| digits.parse::<i64>().ok()).filter(|n| *n <= MOST_MONEY) {
        Some(amount) => Ok(json!(amount)),
        None => wrong(
            "money.invalid",
            "Số tiền chưa đúng. Xin ghi bằng đồng, chỉ có chữ số, ví dụ 1.250.000.",
            "Not an amount. Write it in đồng, digits only, for example 1.250.000.",
        ),
    }
}

/// Digits in groups of three by dots or blanks, or without; nothing else.
fn grouped(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split(['.', ' ', '\u{a0}']).collect();
    let all_digits = |g: &&str| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit());
    let shaped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3));
    (groups.iter().all(all_digits) && shaped).then(|| groups.concat())
}

/// More digits before the comma are no count of anything, and a computer would not keep those after it.
const MOST_DIGITS: usize = 12;

fn number(text: &str, min: i64, max: i64, decimals: u8) -> Result<Value, Wrong> {
    let (sign, bare) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest.trim()));
    let (whole, part) = bare.split_once(',').map_or((bare, ""), |(w, p)| (w, p));
    let shaped = part.bytes().all(|b| b.is_ascii_digit()) && (!part.is_empty() || !bare.contains(','));
    let whole = grouped(whole).filter(|d| d.len() <= MOST_DIGITS && shaped).and_then(|d| d.parse::<i64>().ok());
    let Some(whole) = whole else {
        let (vi, en) = if decimals > 0 {
            ("Số chưa đúng. Xin ghi ví dụ 120 hoặc 85,5.", "Not a number. Write for example 120 or 85,5.")
        } else {
            ("Số chưa đúng. Xin ghi số nguyên, ví dụ 12.", "Not a number. Write a whole number, for example 12.")
        };
        return wrong("number.invalid", vi, en);
    };
    let part = part.trim_end_matches('0');
    if part.len() > usize::from(decimals) {
        return wrong(
            "number.decimals",
            if decimals == 0 {
                "Xin ghi số nguyên.".to_owned()
            } else {
                format!("Nhiều nhất {decimals} chữ số sau dấu phẩy.")
            },
            if decimals == 0 {
                "Write a whole number.".to_owned()
            } else {
                format!("At most {decimals} digits after the comma.")
            },
        );
    }
    let value = if part.is_empty() {
        whole.checked_mul(sign).map(Number::from)
    } else {
        let minus = if sign < 0 { "-" } else { "" };
        format!("{minus}{whole}.{part}").parse::<f64>().ok().and_then(Number::from_f64)
    };
    let (least, most) = (sign * whole, sign * whole + if part.is_empty() { 0 } else { sign });
    if least.min(most) < min || least.max(most) > max {
        return wrong(
            "number.range",
            format!("Số phải từ {min} đến {max}."),
            format!("The number is between {min} and {max}."),
        );
    }
    value.map_or_else(|| wrong("number.invalid", "Số chưa đúng.", "Not a number."), |n| Ok(Value::Number(n)))
}

/// Longest line before the commune.
const LONGEST_LINE: usize = 200;

/// Two levels and the line before them; on failure the part that is wrong.
pub(super) fn address(
    places: &Places,
    province: &str,
    commune: &str,
    line: &str,
) -> Result<Value, (&'static str, Wrong)> {
    let at = |part, (code, vi, en): (&'static str, String, &str)| Err((part, Wrong { code, vi, en: en.to_owned() }));
    let Some(in_province) = places.province(province) else {
        return at(
            "province",
            ("province.unknown", "Xin chọn tỉnh, thành phố trong danh sách.".into(), "Choose a province of the list."),
        );
    };
    if line.chars().count() > LONGEST_LINE {
        return at("line", ("too_long", format!("Nội dung dài quá {LONGEST_LINE} ký tự. Xin rút gọn."), "Too long."));
    }
    if commune.is_empty() {
        return at(
            "commune",
            (
                "missing",
                "Xin ghi xã, phường hoặc đặc khu; tên cũ cũng được.".into(),
                "Give the commune; an old name will do.",
            ),
        );
    }
    match places.commune(&in_province.code, commune) {
        Found::One(found) => {
            let text =
                [line, &found.name, &in_province.name].iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>();
            Ok(json!({ "province": in_province.code, "commune": found.code, "line": line, "text": text.join(", ") }))
        }
        Found::Several(names) => {
            let vi = format!("“{commune}” nay có thể là {}. Xin ghi một tên trong số đó.", names.join(" hoặc "));
            let en = format!("This may be {} now. Write one of them.", names.join(" or "));
            Err(("commune", Wrong { code: "commune.several", vi, en }))
        }
        Found::Nothing => {
            let vi =
                format!("{} không có xã, phường hoặc đặc khu “{commune}”. Xin kiểm tra lại tên.", in_province.name);
            let en = format!("{} has no commune “{commune}”. Check the name.", in_province.name);
            Err(("commune", Wrong { code: "commune.unknown", vi, en }))
        }
    }
}
