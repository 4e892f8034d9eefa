//! Cells: words that people type, read back into values.

use crate::catalogue::{Channel, Department, FeeKind, OnlineLevel, ProcedureLevel, PublicationKind};
use crate::deadline::TimeLimit;
use crate::text::fold;
use crate::time::day_text;
use jiff::civil::Date;

const LEVELS: [(ProcedureLevel, &str); 4] = [
    (ProcedureLevel::Ministry, "Cấp bộ"),
    (ProcedureLevel::Province, "Cấp tỉnh"),
    (ProcedureLevel::Commune, "Cấp xã"),
    (ProcedureLevel::Other, "Cơ quan khác"),
];
const ONLINE: [(OnlineLevel, &str); 3] =
    [(OnlineLevel::Information, "Thông tin"), (OnlineLevel::Partial, "Một phần"), (OnlineLevel::Full, "Toàn trình")];
const CHANNELS: [(Channel, &str); 3] =
    [(Channel::Counter, "Trực tiếp"), (Channel::Post, "Bưu chính"), (Channel::Online, "Trực tuyến")];
const FEES: [(FeeKind, &str); 3] =
    [(FeeKind::Charge, "Lệ phí"), (FeeKind::Fee, "Phí"), (FeeKind::Price, "Giá dịch vụ")];

fn word<T: Copy + PartialEq>(table: &[(T, &'static str)], value: T) -> String {
    table.iter().find(|(v, _)| *v == value).map_or_else(String::new, |(_, w)| (*w).to_owned())
}
fn value<T: Copy>(table: &[(T, &'static str)], text: &str) -> Option<T> {
    let asked = fold(text);
    table.iter().find(|(_, w)| !asked.is_empty() && asked.contains(&fold(w))).map(|(v, _)| *v)
}

pub(super) fn levels(levels: &[ProcedureLevel]) -> String {
    levels.iter().map(|l| word(&LEVELS, *l)).collect::<Vec<_>>().join("; ")
}
/// The levels, and the pieces of the cell that name none.
pub(super) fn read_levels(text: &str) -> (Vec<ProcedureLevel>, Vec<String>) {
    let (mut levels, mut unknown) = (Vec::new(), Vec::new());
    for piece in text.split([';', ',', '\n']).map(str::trim).filter(|p| !p.is_empty()) {
        match value(&LEVELS, piece) {
            Some(level) => levels.push(level),
            None => unknown.push(piece.to_owned()),
        }
    }
    (levels, unknown)
}
pub(super) fn online(level: OnlineLevel) -> String {
    word(&ONLINE, level)
}
pub(super) fn read_online(text: &str) -> Option<OnlineLevel> {
    value(&ONLINE, text)
}
pub(super) fn channel(channel: Channel) -> String {
    word(&CHANNELS, channel.published_as())
}
pub(super) fn read_channel(text: &str) -> Option<Channel> {
    value(&CHANNELS, text)
}
pub(super) fn fee_kind(kind: FeeKind) -> String {
    word(&FEES, kind)
}
pub(super) fn read_fee_kind(text: &str) -> Option<FeeKind> {
    value(&FEES, text)
}
pub(super) fn kind(kind: PublicationKind) -> String {
    kind.words().0.to_owned()
}
/// "Bãi bỏ TTHC", "Hủy bỏ thủ tục", "sửa đổi": one kind alone must be named.
pub(super) fn read_kind(text: &str) -> Option<PublicationKind> {
    const WORDS: [(PublicationKind, &[&str]); 4] = [
        (PublicationKind::Abolished, &["bai bo", "huy bo"]),
        (PublicationKind::Replaced, &["thay the"]),
        (PublicationKind::Amended, &["sua doi", "bo sung"]),
        (PublicationKind::New, &["moi", "ban hanh"]),
    ];
    let asked = fold(text);
    let known = PublicationKind::ALL.into_iter().find(|k| fold(k.words().0) == asked || k.as_str() == asked);
    let mut named = WORDS.into_iter().filter(|(_, words)| words.iter().any(|w| asked.contains(w))).map(|(k, _)| k);
    known.or_else(|| named.next().filter(|_| named.next().is_none()))
}

pub(super) fn yes(is: bool) -> String {
    if is { "Có".to_owned() } else { String::new() }
}
/// Yes or no; `None` for what says neither. An empty cell says no.
pub(super) fn read_yes(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "co" | "x" | "1" | "true" | "yes" | "bat buoc" => Some(true),
        "" | "khong" | "0" | "false" | "no" | "-" | "khong bat buoc" => Some(false),
        _ => None,
    }
}

pub(super) fn day(day: Option<Date>) -> String {
    day.map(day_text).unwrap_or_default()
}
/// A day as people write it: `22/11/2026`, `22-11-2026`, `2026-11-22`.
pub fn read_day(text: &str) -> Option<Date> {
    let text = text.trim();
    let text = text.split(['T', ' ']).next().unwrap_or(text);
    if let Ok(day) = text.parse::<Date>() {
        return Some(day);
    }
    let numbers: Vec<i16> = text.split(['/', '-', '.']).filter_map(|p| p.trim().parse().ok()).collect();
    let [day, month, year] = numbers.as_slice() else { return None };
    Date::new(*year, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?).ok()
}

pub(super) fn limit(limit: TimeLimit) -> String {
    limit.text_vi()
}
/// A limit as people write it: `5 ngày làm việc`, `10 ngày`, `8 giờ`, `2 tháng`, `trong ngày`, `5wd`.
pub fn read_limit(text: &str) -> Option<TimeLimit> {
    if let Ok(limit) = text.trim().parse() {
        return Some(limit);
    }
    let folded = fold(text);
    if folded.contains("trong ngay") {
        return Some(TimeLimit::SameDay);
    }
    if folded.starts_with("khong") {
        return Some(TimeLimit::None);
    }
    let (number, unit) = folded.split_once(' ')?;
    let n: u32 = number.parse().ok().filter(|n| *n > 0)?;
    match unit {
        "ngay lam viec" | "ngay lv" => Some(TimeLimit::WorkingDays(n)),
        "gio lam viec" | "gio" => Some(TimeLimit::WorkingHours(n)),
        "ngay" | "ngay lich" => Some(TimeLimit::CalendarDays(n)),
        "thang" => Some(TimeLimit::Months(n)),
        _ => None,
    }
}

/// One a line, its code in square brackets at the end.
pub(super) fn departments(all: &[Department]) -> String {
    let line = |d: &Department| {
        let name = d.name.replace('\n', " ");
        if d.code.is_empty() && !name.ends_with(']') { name } else { format!("{name} [{}]", d.code) }
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}
pub(super) fn read_departments(text: &str) -> Vec<Department> {
    let read = |line: &str| match line.strip_suffix(']').and_then(|l| l.rsplit_once('[')) {
        Some((name, code)) => Department { code: code.trim().to_owned(), name: name.trim().to_owned() },
        None => Department { code: String::new(), name: line.to_owned() },
    };
    lines(text).iter().map(|l| read(l)).filter(|d| !d.name.is_empty()).collect()
}
pub(super) fn lines(text: &str) -> Vec<String> {
    text.split('\n').map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect()
}

/// One sum of đồng as people write it: `1.250.000`, `1250000 đ`, `1 250 000 đồng`. Two sums ("100.000 - 200.000") are none.
pub fn read_amount(text: &str) -> Option<i64> {
    let lower = text.trim().to_lowercase();
    let units = ["vnđ", "vnd", "đồng", "đ", "d"];
    let sum = units.iter().find_map(|unit| lower.strip_suffix(unit)).unwrap_or(&lower).trim_end();
    // A spreadsheet's own number: 100000.0
    let whole = sum.strip_suffix(".0").unwrap_or(sum);
    let groups: Vec<&str> = whole.split(['.', ',', ' ']).collect();
    let digits = |g: &&str| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit());
    let thousands = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3));
    let separators = whole.chars().filter(|c| !c.is_ascii_digit());
    let alike = separators.clone().all(|c| Some(c) == separators.clone().next());
    (groups.iter().all(digits) && thousands && alike).then(|| groups.concat().parse().ok()).flatten()
}
pub(super) fn read_count(text: &str) -> Option<u32> {
    if text.trim().is_empty() { Some(0) } else { text.trim().trim_end_matches(".0").parse().ok() }
}
