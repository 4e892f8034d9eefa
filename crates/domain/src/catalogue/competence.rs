//! Which agencies of a province are competent for a procedure.
//!
//! Catalogues name departments loosely: "UBND cấp xã", "Sở Tư pháp Thành phố Hà Nội", "Cơ quan đăng ký kinh doanh".

use super::{ProcedureLevel, ProcedureVersion};
use crate::profile::{Agency, AgencyKind, Level, Profile};
use crate::text::fold;

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Competence<'p> {
    /// This one.
    One(&'p Agency),
    /// One of these; the intake officer or the applicant's address decides.
    Choice(Vec<&'p Agency>),
    /// The catalogue does not say; any agency may be chosen.
    Unknown,
}

impl Competence<'_> {
    /// Whether the agency with this identifier may be chosen.
    pub fn allows(&self, identifier: &str) -> bool {
        match self {
            Self::One(agency) => agency.identifier == identifier,
            Self::Choice(agencies) => agencies.iter().any(|a| a.identifier == identifier),
            Self::Unknown => true,
        }
    }
}

/// Finds the competent agencies by the names of the executing departments. Where no name is known, a procedure of communes alone
/// belongs to every commune: catalogues name rooms inside its committee ("Phòng Kinh tế").
pub fn competent<'p>(version: &ProcedureVersion, profile: &'p Profile) -> Competence<'p> {
    let mut found: Vec<&Agency> = Vec::new();
    for department in &version.executing {
        for agency in named(&department.name, profile) {
            if !found.iter().any(|a| a.identifier == agency.identifier) {
                found.push(agency);
            }
        }
    }
    if found.is_empty() && version.levels == [ProcedureLevel::Commune] {
        found = communes(profile);
    }
    match found.as_slice() {
        [] => Competence::Unknown,
        [only] => Competence::One(only),
        _ => Competence::Choice(found),
    }
}

/// The agencies that a department's name means.
pub fn named<'p>(department: &str, profile: &'p Profile) -> Vec<&'p Agency> {
    let name = plain(department);
    if name.is_empty() {
        return Vec::new();
    }
    if is_police(&name) {
        return profile.agencies.iter().filter(|a| a.police).collect();
    }
    let listed = best_by_name(&name, profile);
    if !listed.is_empty() {
        return listed;
    }
    if means_every_commune(&name) {
        return communes(profile);
    }
    if name.contains("ubnd cap tinh") || name.contains("ubnd tinh") || name.contains("ubnd thanh pho") {
        return profile.agencies.iter().filter(|a| is_committee(a)).collect();
    }
    Vec::new()
}

/// Agencies whose name or alias stands in the department's name as whole words; the longest such name wins,
/// so "Ban Quản lý Khu kinh tế" is not taken for "Ban Quản lý".
fn best_by_name<'p>(department: &str, profile: &'p Profile) -> Vec<&'p Agency> {
    let mut best = (0, Vec::new());
    for agency in &profile.agencies {
        let names = std::iter::once(&agency.name).chain(&agency.aliases).map(|n| plain(n));
        let longest = names.filter(|n| has_words(department, n)).map(|n| n.len()).max().unwrap_or(0);
        match longest.cmp(&best.0) {
            std::cmp::Ordering::Greater => best = (longest, vec![agency]),
            std::cmp::Ordering::Equal if longest > 0 => best.1.push(agency),
            _ => {}
        }
    }
    best.1
}

/// Folded, with the committee's long name made short.
fn plain(name: &str) -> String {
    fold(name).replace("uy ban nhan dan", "ubnd")
}

fn has_words(text: &str, words: &str) -> bool {
    !words.is_empty() && format!(" {text} ").contains(&format!(" {words} "))
}

fn is_police(name: &str) -> bool {
    name.starts_with("cong an") || name.contains("canh sat") || name.contains("quan ly xuat nhap canh")
}

/// "UBND cấp xã", "UBND xã, phường, thị trấn", and a professional body under it.
fn means_every_commune(name: &str) -> bool {
    ["cap xa", "xa phuong", "phuong xa"].iter().any(|words| has_words(name, words))
}

fn communes(profile: &Profile) -> Vec<&Agency> {
    profile.agencies.iter().filter(|a| a.level == Level::Commune && !a.police).collect()
}

fn is_committee(agency: &Agency) -> bool {
    agency.kind == AgencyKind::Committee && agency.level == Level::Province && !fold(&agency.name).contains("van phong")
}
