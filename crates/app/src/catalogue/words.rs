//! The words and keys of catalogue facts, Vietnamese then English.

use domain::catalogue::{Channel, FeeKind, FeeLine, OnlineLevel, ProcedureLevel};

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

/// The key and the words of a kind of payment.
pub const fn fee_kind(kind: FeeKind) -> (&'static str, &'static str) {
    match kind {
        FeeKind::Fee => ("fee", "Phí"),
        FeeKind::Charge => ("charge", "Lệ phí"),
        FeeKind::Price => ("price", "Giá dịch vụ"),
    }
}

/// `75.000 đ`; absent where only the text says it.
pub fn amount(fee: &FeeLine) -> Option<String> {
    let amount = u64::try_from(fee.amount?).ok()?;
    Some(documents::money(amount))
}
