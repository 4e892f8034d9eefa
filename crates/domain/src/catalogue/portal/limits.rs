//! The statutory limit in the portal's number, unit and free text.

use super::Notes;
use super::json::{items, text_at};
use crate::catalogue::process::working_minutes;
use crate::deadline::TimeLimit;
use crate::text::fold;
use serde_json::Value;

/// The limit of one way to submit.
///
/// A plain number with a plain unit is taken as it is; for the rest, in this order: "ngay trong ngày" in the note, the text itself,
/// the note, the limits of the row's cases, the number as working days.
pub(super) fn limit(row: &Value, way: &Value, notes: &mut Notes) -> TimeLimit {
    let stated = text_at(way, "processingTime");
    let unit = text_at(way, "processingTimeUnit");
    let note = text_at(way, "description");
    let number = number(&stated);
    if says_same_day(&stated) || (says_same_day(&note) && unit != "WORKING_DAY") {
        notes.mend("ways", format!("thời hạn \"{stated}\" ({unit}): giải quyết trong ngày theo mô tả"));
        return TimeLimit::SameDay;
    }
    if let Some(limit) = number.and_then(|n| plain(n, &unit)) {
        if number.is_some_and(|n| n.fract() != 0.0) {
            notes.mend("ways", format!("thời hạn {stated} ngày làm việc đổi ra giờ làm việc"));
        }
        return limit;
    }
    let in_words = in_text(&stated).or_else(|| in_text(&note));
    // 0 days of no unit: "ngay khi tiếp nhận".
    let at_once = (in_words.is_none() && number == Some(0.0)).then_some(TimeLimit::SameDay);
    let found = in_words.or(at_once).or_else(|| of_cases(row, number)).or_else(|| {
        let n = number.filter(|n| *n >= 1.0)?;
        plain(n, "WORKING_DAY")
    });
    let Some(limit) = found else {
        notes.mend("ways", "không có thời hạn giải quyết cụ thể");
        return TimeLimit::None;
    };
    let short = super::text::shorten(&stated, 60);
    notes.mend("ways", format!("thời hạn \"{short}\" hiểu là {}", limit.text_vi()));
    limit
}

/// The limit of the row's cases: the one of the stated number, else the longest.
fn of_cases(row: &Value, stated: Option<f64>) -> Option<TimeLimit> {
    let plain_of = |case: &Value| {
        let day = case.get("processingDay")?;
        let n = number(&text_at(day, "qty"))?;
        Some((n, plain(n, &text_at(day, "type"))?))
    };
    let all: Vec<_> = items(row, "cases").iter().filter_map(plain_of).collect();
    let same = all.iter().find(|(n, _)| Some(*n) == stated);
    same.or_else(|| all.iter().max_by_key(|(_, limit)| working_minutes(*limit))).map(|(_, l)| *l)
}

fn number(text: &str) -> Option<f64> {
    text.trim().replace(',', ".").parse::<f64>().ok().filter(|n| n.is_finite() && (0.0..100_000.0).contains(n))
}

/// `None` for units and numbers that say nothing by themselves.
fn plain(n: f64, unit: &str) -> Option<TimeLimit> {
    if n == 0.0 {
        return (unit != "OTHER" && !unit.is_empty()).then_some(TimeLimit::SameDay);
    }
    match unit {
        // Half days occur: 7,5 working days are 60 working hours.
        "WORKING_DAY" if n.fract() != 0.0 => Some(TimeLimit::WorkingHours(whole(n * 8.0))),
        "WORKING_DAY" => Some(TimeLimit::WorkingDays(whole(n))),
        "DAY" => Some(TimeLimit::CalendarDays(whole(n))),
        "HOUR" => Some(TimeLimit::WorkingHours(whole(n))),
        "MONTH" => Some(TimeLimit::Months(whole(n))),
        _ => None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`number` has bounded it between 0 and 100 000"
)]
fn whole(n: f64) -> u32 {
    n.ceil() as u32
}

/// "Ngay trong ngày tiếp nhận", "trong ngày làm việc" — but not "trong ngày làm việc tiếp theo" alone.
fn says_same_day(text: &str) -> bool {
    let folded = fold(text);
    folded.contains("ngay trong ngay") || folded == "trong ngay" || folded == "trong ngay lam viec"
}

/// The first "10 ngày làm việc", "15 ngày", "8 giờ", "2 tháng" of a text. A law states its main limit first; longer ones for
/// remote areas follow it.
fn in_text(text: &str) -> Option<TimeLimit> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let n = word.parse::<u32>().ok().filter(|n| (1..=999).contains(n))?;
        match words.get(at + 1..)? {
            ["ngay", "lam", "viec", ..] => Some(TimeLimit::WorkingDays(n)),
            // "ngày 01 tháng 8 năm 2024" is a date; its number stands after "ngày".
            _ if at > 0 && ["ngay", "thang", "nam"].contains(words.get(at - 1)?) => None,
            ["ngay", ..] => Some(TimeLimit::CalendarDays(n)),
            ["gio", ..] => Some(TimeLimit::WorkingHours(n)),
            ["thang", after, ..] if after.parse::<u32>().is_err() => Some(TimeLimit::Months(n)),
            ["thang"] => Some(TimeLimit::Months(n)),
            _ => None,
        }
    })
}
