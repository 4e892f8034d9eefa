//! One line each for what people ask first: who handles it, how long it takes, what it costs.

use super::words;
use crate::messages::Lang;
use domain::{
    catalogue::{
        ProcedureVersion, SubmissionWay,
        competence::{Competence, Directory, competent},
    },
    deadline::TimeLimit,
    profile::{Agency, Level},
};

/// More names than this are said as a group.
const MOST_NAMES: usize = 3;

/// The limit in the reader's language.
pub fn limit_words(limit: TimeLimit, lang: Lang) -> String {
    if lang == Lang::En { limit.text_en() } else { limit.text_vi() }
}

/// Who handles it here, as one would say it.
pub fn handled_by(version: &ProcedureVersion, directory: &Directory, lang: Lang) -> String {
    by_whom(version, &competent(version, directory), lang)
}

/// The same of those who were found competent.
pub fn by_whom(version: &ProcedureVersion, competent: &Competence<'_>, lang: Lang) -> String {
    match competent {
        Competence::One(agency) => agency.name.clone(),
        Competence::Choice(agencies) => several(agencies, lang),
        Competence::Unknown => {
            let names: Vec<_> = version.executing.iter().map(|d| d.name.as_str()).take(MOST_NAMES).collect();
            if names.is_empty() {
                lang.t("Cán bộ tiếp nhận chỉ dẫn cơ quan giải quyết").to_owned()
            } else {
                names.join("; ")
            }
        }
    }
}

fn several(agencies: &[&Agency], lang: Lang) -> String {
    let communes = agencies.iter().filter(|a| a.level == Level::Commune).count();
    let mut names: Vec<_> = agencies.iter().filter(|a| a.level != Level::Commune).map(|a| a.name.as_str()).collect();
    if communes > MOST_NAMES {
        names.push(lang.t("Ủy ban nhân dân xã, phường, đặc khu"));
    } else {
        names.extend(agencies.iter().filter(|a| a.level == Level::Commune).map(|a| a.name.as_str()));
    }
    names.join("; ")
}

/// The limit, or that it differs by case.
pub fn how_long(version: &ProcedureVersion, lang: Lang) -> String {
    let mut limits: Vec<TimeLimit> = Vec::new();
    let of_cases = version.variants.iter().filter_map(|v| v.limit);
    for limit in version.ways.iter().map(|w| w.limit).chain(of_cases) {
        if !limits.contains(&limit) {
            limits.push(limit);
        }
    }
    match limits.as_slice() {
        [] => limit_words(TimeLimit::None, lang),
        [only] => limit_words(*only, lang),
        [a, b] => lang.f2("{} hoặc {}, tùy trường hợp", limit_words(*a, lang), limit_words(*b, lang)),
        _ => lang.t("thời hạn tùy trường hợp").to_owned(),
    }
}

/// Nothing, one sum, or that it differs.
pub fn how_much(version: &ProcedureVersion, lang: Lang) -> String {
    let fees: Vec<_> = version.ways.iter().flat_map(|w| &w.fees).collect();
    let sums: Vec<_> = fees.iter().filter_map(|f| f.amount).collect();
    let Some(first) = sums.first() else {
        let words =
            if fees.is_empty() { "không ghi phí, lệ phí" } else { "phí, lệ phí theo quy định riêng" };
        return lang.t(words).to_owned();
    };
    if sums.iter().any(|s| s != first) || sums.len() != fees.len() {
        return lang.t("phí, lệ phí tùy trường hợp").to_owned();
    }
    if *first == 0 {
        return lang.t("không thu phí, lệ phí").to_owned();
    }
    let fee = fees[0];
    format!("{} {}", lang.pick(fee.kind.words()).to_lowercase(), words::amount(fee).unwrap_or_default())
}

/// The channels on which it may be submitted, each once.
pub fn channels(ways: &[SubmissionWay]) -> Vec<domain::catalogue::Channel> {
    let mut channels: Vec<_> = ways.iter().map(|w| w.channel).collect();
    channels.sort_unstable();
    channels.dedup();
    channels
}
