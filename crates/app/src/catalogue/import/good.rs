//! A row made ready to be written.

use super::rows::Row;
use crate::{app::App, error::AppError};
use domain::{
    catalogue::{
        ProcedureLevel, ProcedureVersion, Source,
        competence::{Competence, Directory, competent},
        portal::Taken,
        process::working_minutes,
    },
    deadline::TimeLimit,
    profile::{Level, Profile},
    text::fold,
};
use sha2::{Digest, Sha256};

/// A row as it was read, before the data base is asked.
#[derive(Clone)]
pub struct Read {
    /// Its place in the file, from 0.
    pub at: usize,
    pub row: usize,
    pub sheet: String,
    pub key: String,
    pub content: Result<Box<Good>, String>,
}

/// A row of which something can be taken.
#[derive(Clone)]
pub struct Good {
    pub version: ProcedureVersion,
    pub source: Source,
    pub mended: Vec<String>,
    /// SHA-256 of what the row says.
    pub digest: String,
}

impl Read {
    pub fn of(row: Row, profile: &Profile, directory: &Directory) -> Self {
        let content = row.content.and_then(|taken| Good::of(*taken, profile, directory).map(Box::new));
        Self { at: row.at, row: row.number, sheet: row.sheet, key: row.key, content }
    }
    /// Where it stands, in words.
    pub fn stands(&self) -> String {
        let (row, sheet) = (self.row, &self.sheet);
        if sheet.is_empty() { format!("dòng {row}") } else { format!("dòng {row} trang {sheet}") }
    }
    /// Its code, where it has one.
    pub fn code(&self) -> Option<&str> {
        self.content.as_ref().ok().map(|good| good.version.code.as_str())
    }
}

impl Good {
    fn of(taken: Taken, profile: &Profile, directory: &Directory) -> Result<Self, String> {
        let mut mended: Vec<String> = taken.mended.into_iter().map(|m| format!("{}: {}", m.part, m.what)).collect();
        mended.extend(doubts(&taken.version, taken.source, profile, directory));
        let digest = digest(&taken.version).map_err(|e| e.to_string())?;
        Ok(Self { version: taken.version, source: taken.source, mended, digest })
    }
}

/// SHA-256 of a version's text.
pub fn digest(version: &ProcedureVersion) -> Result<String, AppError> {
    let body = serde_json::to_string(version).map_err(AppError::internal)?;
    Ok(domain::hex(&Sha256::digest(body)))
}

/// What somebody should look at, although it was taken.
fn doubts(version: &ProcedureVersion, source: Source, profile: &Profile, directory: &Directory) -> Vec<String> {
    let mut doubts = Vec::new();
    if competent(version, directory) == Competence::Unknown && !version.executing.is_empty() {
        let names: Vec<_> = version.executing.iter().map(|d| d.name.as_str()).take(3).collect();
        doubts.push(format!(
            "executing: chưa có cơ quan nào của tỉnh khớp với \"{}\"; cán bộ chọn khi tiếp nhận",
            names.join("; ")
        ));
    }
    let issuer = fold(&version.publication.issuer).replace("uy ban nhan dan", "ubnd");
    let of_a_province = issuer.starts_with("ubnd tinh") || issuer.starts_with("ubnd thanh pho");
    if source != Source::Sheet && of_a_province && !issuer.ends_with(&fold(&profile.province.place)) {
        let issuer = &version.publication.issuer;
        doubts.push(format!("publication: do {issuer} công bố; kiểm tra trước khi áp dụng tại tỉnh này"));
    }
    doubts
}

/// The shape of the default process. Where a commune is among several competent agencies its shape is taken: only in that
/// one can an office without a return desk of its own do every step.
pub fn level(app: &App, version: &ProcedureVersion) -> Level {
    let reference = app.reference();
    let commune = match competent(version, &reference.directory) {
        Competence::One(agency) => agency.level == Level::Commune,
        Competence::Choice(agencies) => agencies.iter().any(|a| a.level == Level::Commune),
        Competence::Unknown => version.levels == [ProcedureLevel::Commune],
    };
    if commune { Level::Commune } else { Level::Province }
}

/// The longest published limit; none at all counts as the longest.
pub fn longest_limit(version: &ProcedureVersion) -> TimeLimit {
    let of_ways = version.ways.iter().map(|w| w.limit);
    let of_cases = version.variants.iter().filter_map(|v| v.limit);
    of_ways.chain(of_cases).max_by_key(|l| working_minutes(*l).unwrap_or(u32::MAX)).unwrap_or(TimeLimit::None)
}
