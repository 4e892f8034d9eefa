use super::{
    Change, Decision, Kind,
    table::{Column, Record, may, must, yes},
};
use crate::{
    app::App,
    people::store::{Agency, Area},
};
use domain::{
    profile::{AgencyKind, Level},
    text::fold,
};
use std::collections::{HashMap, HashSet};

/// Agencies by identifier, `H49.24` (QĐ 20/2020).
pub struct Agencies {
    known: HashMap<String, Agency>,
    areas: HashSet<String>,
}

impl Agencies {
    pub fn new(known: Vec<Agency>, areas: Vec<Area>) -> Self {
        let known = known.into_iter().map(|a| (a.identifier.clone(), a)).collect();
        Self { known, areas: areas.into_iter().map(|a| a.code).collect() }
    }
}

const COLUMNS: &[Column] = &[
    must("identifier", &["code", "ma", "ma dinh danh", "ma co quan"]),
    must("name", &["ten", "ten co quan", "ten day du"]),
    may("short", &["ten tat", "ten ngan", "viet tat"]),
    may("kind", &["loai", "loai co quan"]),
    may("level", &["cap"]),
    may("police", &["cong an"]),
    may("aliases", &["ten khac"]),
    may("area", &["ma xa", "dia ban"]),
    may("active", &["dang hoat dong", "hoat dong"]),
];

impl Kind for Agencies {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }
    fn decide(&mut self, record: &mut Record, app: &App) -> Decision {
        record.need("identifier")?;
        let identifier = record.mended("identifier", |i| i.replace(' ', "").to_uppercase()).unwrap_or_default();
        let province = &app.profile.province.identifier;
        if !is_identifier(&identifier, province) {
            return Err(format!(
                "mã định danh phải là {province} hoặc bắt đầu bằng {province}. và chữ số: {identifier}"
            ));
        }
        let known = self.known.get(&identifier).cloned();
        let known = known.as_ref();
        let area = record.get("area").or_else(|| known.and_then(|k| k.area.clone()));
        if let Some(area) = area.as_ref().filter(|a| !self.areas.contains(*a)) {
            return Err(format!("không có đơn vị hành chính mã {area}"));
        }
        let level = level(record, known, area.is_some())?;
        let kind = kind(record, known, level)?;
        let name = record.need("name")?;
        // What a file does not say stays as it is: a list of codes and names takes nothing away.
        let said = |column: Option<String>, held: Option<bool>, first: bool| {
            column.map_or_else(|| held.unwrap_or(first), |text| yes(Some(&text)))
        };
        // Whatever was published under a name that a file does not have any more still finds its agency.
        let old_name = known.map(|k| k.name.clone()).filter(|old| *old != name);
        let former = known.into_iter().flat_map(|k| &k.aliases).chain(&old_name);
        let mut aliases = record.get("aliases").map(|a| names(&a)).unwrap_or_default();
        for old in former {
            if !aliases.contains(old) {
                aliases.push(old.clone());
            }
        }
        let agency = Agency {
            id: known.map_or_else(|| app.id(), |k| Ok(k.id)).map_err(|e| e.to_string())?,
            short: record.get("short").or_else(|| known.map(|k| k.short.clone())).unwrap_or_else(|| name.clone()),
            name,
            kind: kind.as_str().to_owned(),
            level: level.as_str().to_owned(),
            police: said(record.get("police"), known.map(|k| k.police), false),
            aliases,
            area,
            active: said(record.get("active"), known.map(|k| k.active), true),
            version: known.map_or(1, |k| k.version),
            identifier: identifier.clone(),
        };
        let change = match known {
            Some(before) if same(before, &agency) => return Ok(None),
            Some(before) => Change::AgencyAgain(Box::new(agency.clone()), Box::new(before.clone())),
            None => Change::Agency(agency.clone()),
        };
        self.known.insert(identifier, agency);
        Ok(Some(change))
    }
}

/// Names in one cell; a name may hold a comma.
fn names(text: &str) -> Vec<String> {
    text.split([';', '|', '\n']).map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect()
}

/// `H49` or `H49.24`, `H49.24.1` …: the province's part, then groups of digits.
pub fn is_identifier(identifier: &str, province: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    identifier
        .strip_prefix(province)
        .is_some_and(|rest| rest.is_empty() || rest.strip_prefix('.').is_some_and(|r| r.split('.').all(digits)))
}

fn level(record: &mut Record, known: Option<&Agency>, has_area: bool) -> Result<Level, String> {
    let Some(text) = record.get("level") else {
        if let Some(held) = known.and_then(|k| Level::from_key(&k.level)) {
            return Ok(held);
        }
        return Ok(if has_area { Level::Commune } else { Level::Province });
    };
    let found = Level::from_key(&text).or(match fold(&text).as_str() {
        "tinh" | "cap tinh" => Some(Level::Province),
        "xa" | "cap xa" => Some(Level::Commune),
        _ => None,
    });
    found.ok_or_else(|| format!("cấp là province hoặc commune: {text}"))
}

fn kind(record: &mut Record, known: Option<&Agency>, level: Level) -> Result<AgencyKind, String> {
    let Some(text) = record.get("kind") else {
        if let Some(held) = known.and_then(|k| AgencyKind::from_key(&k.kind)) {
            return Ok(held);
        }
        let kind = if level == Level::Commune { AgencyKind::Commune } else { AgencyKind::Department };
        record.mend(format!("kind: {}", kind.as_str()));
        return Ok(kind);
    };
    let by_name = || AgencyKind::ALL.iter().copied().find(|k| fold(k.words().0) == fold(&text));
    AgencyKind::from_key(&text).or_else(by_name).ok_or_else(|| format!("không có loại cơ quan {text}"))
}

fn same(a: &Agency, b: &Agency) -> bool {
    (&a.name, &a.short, &a.kind, &a.level, a.police, &a.aliases, &a.area, a.active)
        == (&b.name, &b.short, &b.kind, &b.level, b.police, &b.aliases, &b.area, b.active)
}
