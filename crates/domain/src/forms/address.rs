//! Addresses of two levels since 1 July 2025: province and commune, understood by new and old names.

use crate::text::fold;
use std::{collections::HashMap, sync::Arc};

/// A province (two digits) or commune (five digits) in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Code.
    pub code: String,
    /// Name with its kind: “Phường Hồng Gai”.
    pub name: String,
    /// The province of a commune.
    pub parent: Option<String>,
}

/// A commune that was, and what it became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// Name, district and province, folded.
    pub whole: String,
    /// Name with its kind, folded.
    pub name: String,
    /// Codes in force.
    pub became: Vec<String>,
}

/// Every province and commune.
#[derive(Debug, Clone, Default)]
pub struct Places {
    provinces: Vec<Area>,
    communes: HashMap<String, Vec<Commune>>,
    former: Arc<Vec<Former>>,
}

#[derive(Debug, Clone)]
struct Commune {
    area: Area,
    folded: String,
}

/// What a typed commune turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    One(Area),
    /// Names among which somebody has to choose.
    Several(Vec<String>),
    Nothing,
}

/// Kinds before the name of a commune, folded.
const KINDS: [&str; 4] = ["phuong ", "xa ", "thi tran ", "dac khu "];

fn bare(folded: &str) -> &str {
    KINDS.iter().find_map(|k| folded.strip_prefix(k)).unwrap_or(folded)
}

impl Places {
    /// From the list in force and the communes before 1 July 2025.
    pub fn new(areas: impl IntoIterator<Item = Area>, former: Arc<Vec<Former>>) -> Self {
        let mut places = Self { former, ..Self::default() };
        for area in areas {
            match &area.parent {
                None => places.provinces.push(area),
                Some(parent) => {
                    let folded = fold(&area.name);
                    places.communes.entry(parent.clone()).or_default().push(Commune { area, folded });
                }
            }
        }
        places
    }
    /// The provinces in force.
    pub fn provinces(&self) -> &[Area] {
        &self.provinces
    }
    /// Names of the communes of a province.
    pub fn communes(&self, province: &str) -> impl Iterator<Item = &str> {
        self.communes.get(province).into_iter().flatten().map(|c| c.area.name.as_str())
    }
    /// By code or name.
    pub(super) fn province(&self, text: &str) -> Option<&Area> {
        let asked = fold(text);
        let short = |name: &str| {
            let name = fold(name);
            ["tinh ", "thanh pho "].iter().find_map(|k| name.strip_prefix(k).map(str::to_owned)).unwrap_or(name)
        };
        self.provinces.iter().find(|p| p.code == text.trim() || fold(&p.name) == asked || short(&p.name) == short(text))
    }
    /// The commune of a province by code, name, name without its kind, or old name.
    pub(super) fn commune(&self, province: &str, text: &str) -> Found {
        let here = self.communes.get(province).map(Vec::as_slice).unwrap_or_default();
        let asked = fold(text);
        if asked.is_empty() {
            return Found::Nothing;
        }
        if let Some(c) = here.iter().find(|c| c.area.code == text.trim() || c.folded == asked) {
            return Found::One(c.area.clone());
        }
        let named: Vec<&Commune> = here.iter().filter(|c| bare(&c.folded) == asked).collect();
        if !named.is_empty() {
            return one_of(&named);
        }
        let was = |f: &&Former| {
            f.name == asked
                || bare(&f.name) == asked
                || f.whole.strip_prefix(&asked).is_some_and(|r| r.starts_with(' '))
        };
        let became: Vec<&str> = self.former.iter().filter(was).flat_map(|f| &f.became).map(String::as_str).collect();
        let now: Vec<&Commune> = here.iter().filter(|c| became.contains(&c.area.code.as_str())).collect();
        one_of(&now)
    }
    /// An address in one line as province, commune and what stands before them. What is not understood stays in the line; an old
    /// commune that was split stays as it was written, for somebody to choose.
    pub(super) fn parted(&self, text: &str) -> [String; 3] {
        let parts: Vec<&str> = text.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
        let Some((last, before)) = parts.split_last() else { return Default::default() };
        let Some(province) = self.province(last) else {
            return self.parted_as_it_was(&parts).unwrap_or_else(|| [String::new(), String::new(), parts.join(", ")]);
        };
        // Until 30 June 2025 a district stood between the two.
        for named in [2, 1].into_iter().filter(|n| *n <= before.len()) {
            let (line, named) = before.split_at(before.len() - named);
            let commune = match self.commune(&province.code, &named.join(", ")) {
                Found::One(area) => area.name,
                Found::Several(_) => named[0].to_owned(),
                Found::Nothing => continue,
            };
            return [province.code.clone(), commune, line.join(", ")];
        }
        [province.code.clone(), String::new(), before.join(", ")]
    }
    /// The same in a province that is part of another now: commune, district and province by their old names.
    fn parted_as_it_was(&self, parts: &[&str]) -> Option<[String; 3]> {
        let (line, [commune, district, province]) = parts.split_last_chunk::<3>()?;
        let (begins, ends) = (format!("{} ", fold(&format!("{commune} {district}"))), fold(province));
        let was = self.former.iter().find(|f| f.whole.starts_with(&begins) && f.whole.ends_with(&ends))?;
        let [became] = was.became.as_slice() else { return None };
        let now = self.communes.values().flatten().find(|c| c.area.code == *became)?;
        Some([now.area.parent.clone()?, now.area.name.clone(), line.join(", ")])
    }
}

fn one_of(found: &[&Commune]) -> Found {
    match found {
        [] => Found::Nothing,
        [only] => Found::One(only.area.clone()),
        several => Found::Several(several.iter().map(|c| c.area.name.clone()).collect()),
    }
}
