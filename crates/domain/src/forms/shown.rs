//! Answers as people read them: on the last page before sending, on the officers' pages, on paper.

use super::{Field, Form, Kind, Place, condition::is_asked};
use crate::{people::Phone, time::day_text};
use jiff::civil::Date;
use serde_json::{Map, Value};

/// A part of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Heading.
    pub title: String,
    /// What the paper says in its place.
    pub lead: Option<String>,
    /// What was asked there.
    pub lines: Vec<Line>,
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Path of the field.
    pub path: String,
    /// The question.
    pub label: String,
    /// The answer; empty when there is none.
    pub value: String,
    /// SHA-256 of files.
    pub files: Vec<String>,
    /// A line that only heads the row of a group.
    pub heads: bool,
    /// What can be chosen, for whoever fills it in by hand; empty where there is an answer.
    pub options: Vec<String>,
    /// Where it stands on paper.
    pub place: Place,
    /// Digits in as many boxes, where the paper form has them: a personal number.
    pub boxes: bool,
    /// A number that identifies or reaches somebody: shown in part unless asked for.
    pub private: bool,
}

/// Every question that was asked, with its answer.
pub fn shown(form: &Form, answers: &Map<String, Value>) -> Vec<Part> {
    parts(form, |section, field| is_asked(section, field, answers, None), answers)
}

/// Every question, asked or not, with its answer: a paper that is counted has all its numbers.
pub(super) fn whole(form: &Form, answers: &Map<String, Value>) -> Vec<Part> {
    parts(form, |_, _| true, answers)
}

/// Every question without answers: the form on paper, to be filled by hand; a group with one row.
pub fn blank(form: &Form) -> Vec<Part> {
    parts(form, |_, _| true, &Map::new())
}

fn parts(
    form: &Form,
    wanted: impl Fn(Option<&super::When>, &Field) -> bool,
    answers: &Map<String, Value>,
) -> Vec<Part> {
    let part = |s: &super::Section| {
        let fields = s.fields.iter().filter(|f| wanted(s.when.as_ref(), f));
        Part {
            title: s.title.clone(),
            lead: s.lead.clone(),
            lines: fields.flat_map(|f| lines(f, "", answers, answers)).collect(),
        }
    };
    form.sections.iter().map(part).filter(|p| !p.lines.is_empty()).collect()
}

fn lines(f: &Field, at: &str, here: &Map<String, Value>, whole: &Map<String, Value>) -> Vec<Line> {
    let path = if at.is_empty() { f.key.clone() } else { format!("{at}.{}", f.key) };
    let given = here.get(&f.key);
    let Kind::Group { fields, item, .. } = &f.kind else {
        let files = given.and_then(Value::as_array).map(|all| all.iter().filter_map(Value::as_str).map(str::to_owned));
        return vec![Line {
            value: given.map(|v| words(&f.kind, v)).unwrap_or_default(),
            files: files.map(Iterator::collect).unwrap_or_default(),
            label: f.label.clone(),
            path,
            heads: false,
            options: if whole.is_empty() { options(f) } else { Vec::new() },
            place: f.place,
            boxes: f.kind == Kind::CitizenId,
            private: matches!(f.kind, Kind::CitizenId | Kind::Phone),
        }];
    };
    let none = [Value::Object(Map::new())];
    // A blank form shows one row; a filled one without rows says so.
    let rows = match given.and_then(Value::as_array) {
        Some(rows) => rows.as_slice(),
        None if whole.is_empty() => &none,
        None => {
            return vec![bare(path, f.label.clone(), false)];
        }
    };
    let mut out = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let at = format!("{path}.{n}");
        let label = format!("{item} {}", n + 1);
        out.push(bare(at.clone(), label, true));
        let empty = Map::new();
        let row = row.as_object().unwrap_or(&empty);
        let asked = fields.iter().filter(|f| whole.is_empty() || is_asked(None, f, whole, Some(row)));
        out.extend(asked.flat_map(|f| lines(f, &at, row, whole)));
    }
    out
}

fn options(f: &Field) -> Vec<String> {
    match &f.kind {
        Kind::Choice { options } => options.iter().map(|o| o.label.clone()).collect(),
        Kind::YesNo => ["Có", "Không"].map(str::to_owned).to_vec(),
        _ => Vec::new(),
    }
}

fn bare(path: String, label: String, heads: bool) -> Line {
    Line {
        path,
        label,
        value: String::new(),
        files: Vec::new(),
        heads,
        options: Vec::new(),
        place: Place::Own,
        boxes: false,
        private: false,
    }
}

/// One answer in words.
fn words(kind: &Kind, value: &Value) -> String {
    let text = value.as_str().unwrap_or_default();
    match kind {
        Kind::Date { .. } => text.parse::<Date>().map(day_text).unwrap_or_default(),
        Kind::Phone => Phone::parse(text).map(|p| p.to_string()).unwrap_or_default(),
        Kind::Money => format!("{} đ", thousands(&value.to_string())),
        Kind::Number { unit, .. } => {
            let written = value.to_string();
            let (whole, part) = written.split_once('.').map_or((written.as_str(), None), |(w, p)| (w, Some(p)));
            let number = part.map_or_else(|| thousands(whole), |p| format!("{},{p}", thousands(whole)));
            if unit.is_empty() { number } else { format!("{number} {unit}") }
        }
        Kind::Choice { options } => options.iter().find(|o| o.key == text).map(|o| o.label.clone()).unwrap_or_default(),
        Kind::YesNo => if value.as_bool() == Some(true) { "Có" } else { "Không" }.to_owned(),
        Kind::Address => value["text"].as_str().unwrap_or_default().to_owned(),
        Kind::File => {
            let count = value.as_array().map_or(0, Vec::len);
            if count == 0 { String::new() } else { format!("{count} tệp") }
        }
        Kind::Text { .. } | Kind::CitizenId | Kind::TaxCode => text.to_owned(),
        Kind::Group { .. } => String::new(),
    }
}

/// `1250000` becomes `1.250.000`.
fn thousands(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |d| ("-", d));
    let mut out = String::from(sign);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push('.');
        }
        out.push(c);
    }
    out
}
