//! From what was typed to answers: every fault at once, each at its field; nothing that was not asked gets in.

use super::{
    Fault, Field, Form, Kind, Places, Typed, When,
    condition::{is_asked, is_needed},
    json::unknown,
    value::{self, Wrong},
};
use jiff::civil::Date;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of a group that are looked at, whatever the form says: more is no honest answer.
pub const MOST_ROWS: u32 = 50;

/// What reading needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The legal day.
    pub today: Date,
    /// Provinces and communes.
    pub places: &'a Places,
    /// SHA-256 of what was uploaded, by the path of its field. `None`: files are not looked for, as in a trial.
    pub files: Option<&'a BTreeMap<String, Vec<String>>>,
}

/// What came out of reading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Read {
    /// Answers in their one written form; what was not asked or not answered is absent.
    pub answers: Map<String, Value>,
    /// What is wrong, in the order of the form.
    pub faults: Vec<Fault>,
}

/// Reads what was typed for a form.
pub fn read(form: &Form, typed: &Typed, facts: &Facts<'_>) -> Read {
    let mut reader = Reader { typed, facts, seen: BTreeSet::new(), faults: Vec::new() };
    let mut answers = Map::new();
    for (section, field) in form.fields() {
        reader.field(section, field, "", &mut answers, None);
    }
    // A page of an older version, or somebody who tries: what the form does not ask is not kept.
    let strange: Vec<&String> = typed.keys().filter(|path| !reader.seen.contains(path.as_str())).collect();
    let mut faults = std::mem::take(&mut reader.faults);
    faults.extend(strange.into_iter().map(|path| unknown(path)));
    Read { answers, faults }
}

/// How many rows of a group there are: as many as were asked for, as many as something stands in, at least the least.
pub fn rows(field: &Field, at: &str, typed: &Typed) -> u32 {
    let Kind::Group { min, max, .. } = &field.kind else { return 0 };
    let asked: u32 = typed.get(&format!("{at}.rows")).and_then(|t| t.trim().parse().ok()).unwrap_or(0);
    let row_of = |path: &String| path.strip_prefix(at)?.strip_prefix('.')?.split('.').next()?.parse::<u32>().ok();
    let written = typed.keys().filter_map(row_of).max().map_or(0, |n| n.saturating_add(1));
    asked.max(written).max(*min).max(1).min((*max).clamp(1, MOST_ROWS))
}

struct Reader<'a> {
    typed: &'a Typed,
    facts: &'a Facts<'a>,
    /// Paths that the form knows.
    seen: BTreeSet<String>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn field(
        &mut self,
        section: Option<&When>,
        field: &Field,
        at: &str,
        into: &mut Map<String, Value>,
        outer: Option<&Map<String, Value>>,
    ) {
        let path = if at.is_empty() { field.key.clone() } else { format!("{at}.{}", field.key) };
        self.note(field, &path);
        let (whole, row) = outer.map_or((&*into, None), |o| (o, Some(&*into)));
        if !is_asked(section, field, whole, row) {
            return;
        }
        let needed = is_needed(field, whole, row);
        let whole = whole.clone();
        let given = match &field.kind {
            Kind::Group { .. } => self.group(field, &path, needed, &whole),
            Kind::Address => self.address(&path, needed),
            Kind::File => self.files(&path, needed),
            kind => self.single(kind, &path, needed),
        };
        if let Some(value) = given {
            into.insert(field.key.clone(), value);
        }
    }

    /// Remembers what belongs to the form, asked or not.
    fn note(&mut self, field: &Field, path: &str) {
        self.seen.insert(path.to_owned());
        match &field.kind {
            Kind::Address => self.seen.extend(["province", "commune", "line"].map(|p| format!("{path}.{p}"))),
            Kind::Group { fields, .. } => {
                self.seen.insert(format!("{path}.rows"));
                for n in 0..rows(field, path, self.typed) {
                    for inner in fields {
                        self.note(inner, &format!("{path}.{n}.{}", inner.key));
                    }
                }
            }
            _ => {}
        }
    }

    fn text(&self, path: &str) -> &str {
        self.typed.get(path).map_or("", |t| t.trim())
    }

    fn missing(&mut self, path: &str, kind: &Kind) {
        let (vi, en) = value::missing(kind);
        self.faults.push(Fault::new(path, "missing", vi, en));
    }

    fn single(&mut self, kind: &Kind, path: &str, needed: bool) -> Option<Value> {
        let text = self.text(path).to_owned();
        if text.is_empty() {
            if needed {
                self.missing(path, kind);
            }
            return None;
        }
        match value::read(kind, &text, self.facts.today) {
            Ok(value) => Some(value),
            Err(Wrong { code, vi, en }) => {
                self.faults.push(Fault::new(path, code, vi, en));
                None
            }
        }
    }

    fn address(&mut self, path: &str, needed: bool) -> Option<Value> {
        let [province, commune, line] =
            ["province", "commune", "line"].map(|p| value::line(self.text(&format!("{path}.{p}"))));
        if [&province, &commune, &line].iter().all(|t| t.is_empty()) {
            if needed {
                self.missing(&format!("{path}.province"), &Kind::Address);
            }
            return None;
        }
        match value::address(self.facts.places, &province, &commune, &line) {
            Ok(value) => Some(value),
            Err((part, Wrong { code, vi, en })) => {
                self.faults.push(Fault::new(&format!("{path}.{part}"), code, vi, en));
                None
            }
        }
    }

    fn files(&mut self, path: &str, needed: bool) -> Option<Value> {
        let all = self.facts.files?;
        let here = all.get(path).map(Vec::as_slice).unwrap_or_default();
        if here.is_empty() {
            if needed {
                self.missing(path, &Kind::File);
            }
            return None;
        }
        Some(here.iter().map(|h| Value::String(h.clone())).collect())
    }

    fn group(&mut self, field: &Field, path: &str, needed: bool, whole: &Map<String, Value>) -> Option<Value> {
        let Kind::Group { min, max, item, fields } = &field.kind else { return None };
        let typed_rows: u32 = self.text(&format!("{path}.rows")).parse().unwrap_or(0);
        if typed_rows > (*max).min(MOST_ROWS) {
            let (vi, en) = (format!("Khai nhiều nhất {max} {item}."), format!("At most {max}."));
            self.faults.push(Fault::new(path, "too_many", vi, en));
        }
        let mut list = Vec::new();
        for n in 0..rows(field, path, self.typed) {
            let at = format!("{path}.{n}");
            let begins = format!("{at}.");
            let is_written = self.typed.iter().any(|(p, v)| p.starts_with(&begins) && !v.trim().is_empty())
                || self.facts.files.is_some_and(|f| f.keys().any(|p| p.starts_with(&begins)));
            let must = n < (*min).max(u32::from(needed));
            // A row nobody wrote into is no row.
            if !is_written && !must {
                continue;
            }
            let mut row = Map::new();
            for inner in fields {
                self.field(None, inner, &at, &mut row, Some(whole));
            }
            list.push(Value::Object(row));
        }
        (!list.is_empty()).then_some(Value::Array(list))
    }
}
