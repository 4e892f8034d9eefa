//! Answers as JSON, as the API and trials send them, turned into what a page would have sent: one way of reading for all.

use super::{Fault, Field, Form, Kind};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What was typed: path and text.
pub type Typed = BTreeMap<String, String>;

/// Flattens an object of answers; what cannot be one is a fault at its place.
pub fn flatten(form: &Form, answers: &Value) -> (Typed, Vec<Fault>) {
    let (mut typed, mut faults) = (Typed::new(), Vec::new());
    match answers {
        Value::Object(object) => {
            let fields: Vec<&Field> = form.fields().map(|(_, f)| f).collect();
            fill("", &fields, object, &mut typed, &mut faults);
        }
        Value::Null => {}
        _ => faults.push(shape("")),
    }
    (typed, faults)
}

fn fill(at: &str, fields: &[&Field], object: &Map<String, Value>, typed: &mut Typed, faults: &mut Vec<Fault>) {
    for (key, value) in object {
        let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
        let Some(field) = fields.iter().find(|f| f.key == *key) else {
            faults.push(unknown(&path));
            continue;
        };
        match (&field.kind, value) {
            (Kind::Group { fields, .. }, Value::Array(rows)) => {
                let fields: Vec<&Field> = fields.iter().collect();
                typed.insert(format!("{path}.rows"), rows.len().to_string());
                for (n, row) in rows.iter().enumerate() {
                    match row {
                        Value::Object(row) => fill(&format!("{path}.{n}"), &fields, row, typed, faults),
                        _ => faults.push(shape(&format!("{path}.{n}"))),
                    }
                }
            }
            (Kind::Address, Value::Object(parts)) => {
                for (part, value) in parts {
                    match (part.as_str(), value) {
                        ("province" | "commune" | "line", Value::String(s)) => {
                            typed.insert(format!("{path}.{part}"), s.clone());
                        }
                        // The whole line is made anew from the parts.
                        ("text", _) => {}
                        _ => faults.push(unknown(&format!("{path}.{part}"))),
                    }
                }
            }
            // Files are found by their place; a list of their digests says nothing new.
            (Kind::File, Value::Array(_)) | (_, Value::Null) => {}
            (Kind::Group { .. } | Kind::Address | Kind::File, _) | (_, Value::Array(_) | Value::Object(_)) => {
                faults.push(shape(&path));
            }
            (_, Value::String(s)) => {
                typed.insert(path, s.clone());
            }
            (_, Value::Bool(b)) => {
                typed.insert(path, if *b { "yes" } else { "no" }.to_owned());
            }
            (_, Value::Number(n)) => {
                typed.insert(path, n.to_string().replace('.', ","));
            }
        }
    }
}

/// Digests of the files that answers name, by the path of their field.
pub fn files_in(form: &Form, answers: &Value) -> BTreeMap<String, Vec<String>> {
    let mut out = BTreeMap::new();
    let digests = |v: &Value| -> Vec<String> {
        let all = v.as_array().into_iter().flatten().filter_map(Value::as_str);
        all.filter(|h| h.len() == 64 && h.bytes().all(|b| b.is_ascii_hexdigit())).map(str::to_ascii_lowercase).collect()
    };
    for (_, field) in form.fields() {
        let given = &answers[&field.key];
        match &field.kind {
            Kind::File => drop(out.insert(field.key.clone(), digests(given))),
            Kind::Group { fields, .. } => {
                for (n, row) in given.as_array().into_iter().flatten().enumerate() {
                    for inner in fields.iter().filter(|f| f.kind == Kind::File) {
                        out.insert(format!("{}.{n}.{}", field.key, inner.key), digests(&row[&inner.key]));
                    }
                }
            }
            _ => {}
        }
    }
    out.retain(|_, all: &mut Vec<String>| !all.is_empty());
    out
}

pub(super) fn unknown(path: &str) -> Fault {
    Fault::new(path, "unknown", "Biểu mẫu không có mục này. Xin bỏ đi.", "The form has no such field. Leave it out.")
}

fn shape(path: &str) -> Fault {
    Fault::new(path, "shape", "Nội dung mục này không đúng dạng.", "The answer has the wrong shape.")
}
