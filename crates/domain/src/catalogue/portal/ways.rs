//! Ways to submit and their fees.

use super::json::{items, text_at};
use super::text::shorten;
use super::{Notes, limits, papers};
use crate::catalogue::{Channel, FeeKind, FeeLine, SubmissionWay, Variant};
use crate::deadline::TimeLimit;
use serde_json::Value;

/// Names of cases made from the note beside a limit.
const NAME: usize = 160;

/// The row's ways. Where one channel has several limits and the papers know no cases, each limit becomes a case:
/// the law tells them apart by the applicant's situation, and a receipt needs one date.
pub(super) fn ways(row: &Value, variants: &mut Vec<Variant>, notes: &mut Notes) -> Vec<SubmissionWay> {
    let mut ways: Vec<SubmissionWay> = Vec::new();
    for item in items(row, "executionMethods") {
        let Some(channel) = channel(&text_at(item, "submissionMethod"), notes) else { continue };
        let way = SubmissionWay {
            channel,
            limit: limits::limit(row, item, notes),
            variant: None,
            note: text_at(item, "description"),
            fees: fees(item),
        };
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    if ways.is_empty() {
        notes.mend("ways", "không có cách thức nộp, mở nộp trực tiếp không định thời hạn");
        return vec![at_the_counter()];
    }
    case_by_limit(&mut ways, variants, notes);
    ways
}

pub(in crate::catalogue) fn at_the_counter() -> SubmissionWay {
    SubmissionWay {
        channel: Channel::Counter,
        limit: TimeLimit::None,
        variant: None,
        note: String::new(),
        fees: Vec::new(),
    }
}

fn channel(method: &str, notes: &mut Notes) -> Option<Channel> {
    match method {
        "DIRECT" => Some(Channel::Counter),
        "POSTAL" => Some(Channel::Post),
        "ONLINE" => Some(Channel::Online),
        other => {
            notes.mend("ways", format!("bỏ cách thức nộp không rõ \"{other}\""));
            None
        }
    }
}

fn case_by_limit(ways: &mut [SubmissionWay], variants: &mut Vec<Variant>, notes: &mut Notes) {
    let several = |c: Channel| {
        let mut of_channel = ways.iter().filter(|w| w.channel == c).map(|w| w.limit);
        let first = of_channel.next();
        of_channel.any(|limit| Some(limit) != first)
    };
    if !Channel::ALL.into_iter().any(several) {
        return;
    }
    let [papers] = variants.as_slice() else {
        notes.mend("ways", "nhiều thời hạn cho nhiều trường hợp không nối được với nhau: dùng thời hạn dài nhất");
        return;
    };
    let mut limits: Vec<(TimeLimit, String)> = Vec::new();
    for way in ways.iter() {
        if !limits.iter().any(|(limit, _)| *limit == way.limit) {
            limits.push((way.limit, case_name(way)));
        }
    }
    notes.mend("variants", format!("tách {} trường hợp theo thời hạn giải quyết", limits.len()));
    let cases = limits.iter().map(|(limit, name)| Variant {
        id: papers::digest(&format!("{limit} {name}")),
        name: name.clone(),
        limit: Some(*limit),
        components: papers.components.clone(),
        answers: Vec::new(),
    });
    let cases: Vec<Variant> = cases.collect();
    for way in ways.iter_mut() {
        way.variant = cases.iter().find(|c| c.limit == Some(way.limit)).map(|c| c.id.clone());
    }
    *variants = cases;
}

fn case_name(way: &SubmissionWay) -> String {
    let first = way.note.lines().next().unwrap_or_default();
    let note = first.trim_start_matches(['-', '+', '*', ' ']);
    if note.is_empty() {
        return format!("Thời hạn {}", way.limit.text_vi());
    }
    format!("{} ({})", shorten(note, NAME), way.limit.text_vi())
}

fn fees(way: &Value) -> Vec<FeeLine> {
    let all = items(way, "fees").iter().map(fee);
    all.filter(|f| f.amount.is_some() || !f.text.is_empty()).collect()
}

fn fee(item: &Value) -> FeeLine {
    let currency = text_at(item, "currencyName");
    let value = item.get("value").and_then(Value::as_i64).filter(|v| *v >= 0);
    let mut text = text_at(item, "description");
    let amount = match (value, currency.as_str()) {
        (Some(v), "" | "Việt Nam Đồng") if v > 0 => Some(v),
        // The portal writes 0 both for "free" and for "see the text": only a bare 0 in đồng is free.
        (Some(0), "Việt Nam Đồng") if text.is_empty() => Some(0),
        (Some(v), other) if v > 0 => {
            text = [&format!("{v} {other}."), text.as_str()].join(" ").trim_end().into();
            None
        }
        _ => None,
    };
    let kind = match text_at(item, "type").as_str() {
        "SERVICE_FEE" => FeeKind::Charge,
        "PRICE_LEVEL" => FeeKind::Price,
        _ => FeeKind::Fee,
    };
    FeeLine { kind, amount, text, basis: String::new(), effective_from: None }
}
