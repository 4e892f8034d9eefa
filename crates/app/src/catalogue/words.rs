//! The words and keys of catalogue facts, Vietnamese then English.

use crate::messages::Lang;
use domain::{
    catalogue::{Channel, Component, FeeLine, OnlineLevel, ProcedureLevel},
    time::day_text,
};

const LEVELS: [(ProcedureLevel, &str, &str); 4] = [
    (ProcedureLevel::Ministry, "ministry", "Cấp bộ"),
    (ProcedureLevel::Province, "province", "Cấp tỉnh"),
    (ProcedureLevel::Commune, "commune", "Cấp xã"),
    (ProcedureLevel::Other, "other", "Cơ quan khác, ngành dọc"),
];

/// The word that the API, the data base and the filter use.
pub fn level_key(level: ProcedureLevel) -> &'static str {
    LEVELS.iter().find(|l| l.0 == level).map_or("", |l| l.1)
}
/// The level of that word.
pub fn level_of(key: &str) -> Option<ProcedureLevel> {
    LEVELS.iter().find(|l| l.1 == key).map(|l| l.0)
}
pub fn level_name(level: ProcedureLevel) -> &'static str {
    LEVELS.iter().find(|l| l.0 == level).map_or("", |l| l.2)
}
/// Every level, for the filter.
pub fn levels() -> impl Iterator<Item = ProcedureLevel> {
    LEVELS.iter().map(|l| l.0)
}

pub const fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Counter => "Trực tiếp tại quầy",
        Channel::Post => "Qua bưu chính công ích",
        Channel::Online => "Trực tuyến",
        Channel::PostEmployee => "Qua nhân viên bưu điện tại Trung tâm",
    }
}

/// How far it can be done online: the key and the words (CAT-03).
pub const fn online(level: OnlineLevel) -> (&'static str, &'static str) {
    match level {
        OnlineLevel::Information => ("information", "Chỉ cung cấp thông tin trực tuyến"),
        OnlineLevel::Partial => ("partial", "Nộp trực tuyến một phần"),
        OnlineLevel::Full => ("full", "Nộp trực tuyến toàn trình"),
    }
}

/// A line of the fee schedule with what it rests on: "Lệ phí: 75.000 đ, theo Nghị quyết …".
pub fn fee_line(fee: &FeeLine, lang: Lang) -> String {
    let kind = lang.pick(fee.kind.words());
    let told = match (amount(fee), fee.text.trim()) {
        (Some(amount), "") => format!("{kind}: {amount}"),
        (Some(amount), text) => format!("{kind}: {amount} ({text})"),
        (None, text) => format!("{kind}: {text}"),
    };
    let basis = if fee.basis.is_empty() { String::new() } else { lang.f1(", theo {}", &fee.basis) };
    let from = fee.effective_from.map(|d| lang.f1(", thu từ {}", day_text(d))).unwrap_or_default();
    format!("{told}{basis}{from}")
}

/// How many of a paper, in words: "1 bản chính, 2 bản sao".
pub fn copies(component: &Component, lang: Lang) -> String {
    let originals = (component.originals > 0).then(|| lang.f1("{} bản chính", component.originals));
    let copies = (component.copies > 0).then(|| lang.f1("{} bản sao", component.copies));
    originals.into_iter().chain(copies).collect::<Vec<_>>().join(", ")
}

/// `75.000 đ`; absent where only the text says it.
pub fn amount(fee: &FeeLine) -> Option<String> {
    let amount = u64::try_from(fee.amount?).ok()?;
    Some(documents::money(amount))
}
