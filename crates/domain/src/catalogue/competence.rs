//! Which agencies of a province are competent for a procedure.
//!
//! Catalogues name departments loosely: "UBND cấp xã", "Sở Tư pháp Thành phố Hà Nội", "Cơ quan đăng ký kinh doanh".

use super::{ProcedureLevel, ProcedureVersion};
use crate::profile::{Agency, AgencyKind, Level};
use crate::text::fold;

/// The agencies that work here today, by every name under which catalogues know them: an agency that took over another
/// carries that one's names (CAT-07), so that what was published before still finds it.
#[derive(Debug, Default, PartialEq)]
pub struct Directory {
    agencies: Vec<Agency>,
    /// Of each agency its names, folded once: every version of a procedure is held against all of them.
    names: Vec<Vec<String>>,
}

impl Directory {
    /// Of these agencies, in this order.
    pub fn new(agencies: Vec<Agency>) -> Self {
        let names = |a: &Agency| std::iter::once(&a.name).chain(&a.aliases).map(|n| plain(n)).collect();
        Self { names: agencies.iter().map(names).collect(), agencies }
    }

    fn communes(&self) -> Vec<&Agency> {
        self.agencies.iter().filter(|a| a.level == Level::Commune && !a.police).collect()
    }
}

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

impl<'p> Competence<'p> {
    /// The agencies that it names; none where the catalogue does not say.
    pub fn agencies(&self) -> &[&'p Agency] {
        match self {
            Self::One(only) => std::slice::from_ref(only),
            Self::Choice(some) => some,
            Self::Unknown => &[],
        }
    }

    /// Their identifiers.
    pub fn identifiers(&self) -> Vec<String> {
        self.agencies().iter().map(|a| a.identifier.clone()).collect()
    }

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
pub fn competent<'p>(version: &ProcedureVersion, directory: &'p Directory) -> Competence<'p> {
    let mut found: Vec<&Agency> = Vec::new();
    for department in &version.executing {
        for agency in named(&department.name, directory) {
            if !found.iter().any(|a| a.identifier == agency.identifier) {
                found.push(agency);
            }
        }
    }
    if found.is_empty() && version.levels == [ProcedureLevel::Commune] {
        found = directory.communes();
    }
    match found.as_slice() {
        [] => Competence::Unknown,
        [only] => Competence::One(only),
        _ => Competence::Choice(found),
    }
}

/// The agencies that a department's name means.
pub fn named<'p>(department: &str, directory: &'p Directory) -> Vec<&'p Agency> {
    let name = plain(department);
    if name.is_empty() {
        return Vec::new();
    }
    if is_police(&name) {
        return directory.agencies.iter().filter(|a| a.police).collect();
    }
    let listed = best_by_name(&name, directory);
    if !listed.is_empty() {
        return listed;
    }
    if means_every_commune(&name) {
        return directory.communes();
    }
    if name.contains("ubnd cap tinh") || name.contains("ubnd tinh") || name.contains("ubnd thanh pho") {
        return directory.agencies.iter().filter(|a| is_committee(a)).collect();
    }
    Vec::new()
}

/// Agencies whose name or alias stands in the department's name as whole words; the longest such name wins,
/// so "Ban Quản lý Khu kinh tế" is not taken for "Ban Quản lý".
fn best_by_name<'p>(department: &str, directory: &'p Directory) -> Vec<&'p Agency> {
    let mut best = (0, Vec::new());
    for (agency, names) in directory.agencies.iter().zip(&directory.names) {
        let longest = names.iter().filter(|n| has_words(department, n)).map(String::len).max().unwrap_or(0);
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

fn is_committee(agency: &Agency) -> bool {
    agency.kind == AgencyKind::Committee && agency.level == Level::Province && !fold(&agency.name).contains("van phong")
}
