//! Answers as a dossier keeps them, among its erasable people, with the version of the form under which they were given.

use super::{Published, schema, store};
use crate::{
    dossier::Subject,
    error::{AppError, FieldError},
    reference::Reference,
};
use domain::forms::{Facts, Fault, Line, Part, Typed, files_in, flatten, read, shown};
use domain::people::{IdentityNumber, Phone};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Before the path of a field, in names of inputs, in drafts and in the places of files.
pub const PREFIX: &str = "to_khai.";

/// A filled form in a dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Filled {
    /// Code of the form.
    pub code: String,
    /// Its version.
    pub number: i64,
    pub answers: Map<String, Value>,
}

impl Filled {
    /// The form that a dossier carries; `None` where it carries none of ours.
    pub fn of(form: &Value) -> Option<Self> {
        serde_json::from_value(form.clone()).ok()
    }
    /// The places and digests of its files.
    pub fn files(form: &Value, of: &domain::forms::Form) -> Vec<(String, String)> {
        let Some(filled) = Self::of(form) else { return Vec::new() };
        let all = files_in(of, &Value::Object(filled.answers));
        let one = |(path, list): (String, Vec<String>)| list.into_iter().map(move |h| (format!("{PREFIX}{path}"), h));
        all.into_iter().flat_map(one).collect()
    }
}

fn field_error(f: Fault) -> FieldError {
    FieldError::new(format!("{PREFIX}{}", f.field), f.code, f.vi, f.en)
}

/// Reads what was typed on a page; the schema looks at what came out.
pub fn judged(
    reference: &Reference,
    published: &Published,
    typed: &Typed,
    files: &BTreeMap<String, Vec<String>>,
) -> (Map<String, Value>, Vec<FieldError>) {
    let facts = Facts { today: reference.day, places: &reference.forms.places, files: Some(files) };
    let found = read(&published.form, typed, &facts);
    let mut wrong: Vec<FieldError> = found.faults.into_iter().map(field_error).collect();
    if wrong.is_empty() {
        wrong = schema::objections(&published.schema, &Value::Object(found.answers.clone()), PREFIX);
    }
    (found.answers, wrong)
}

/// The answers of an API call or of the wizard, judged and bound to the version in force. A procedure without a form keeps
/// what was sent; where nothing was sent there is nothing to judge: a paper form may lie in the dossier.
pub fn taken(sent: &Value, procedure: &str, reference: &Reference, wrong: &mut Vec<FieldError>) -> Value {
    let Some(published) = reference.forms.of(procedure).filter(|_| !sent.is_null()) else { return sent.clone() };
    let (typed, faults) = flatten(&published.form, sent);
    wrong.extend(faults.into_iter().map(field_error));
    let (answers, more) = judged(reference, published, &typed, &files_in(&published.form, sent));
    wrong.extend(more);
    let filled = Filled { code: published.form.code(), number: published.number, answers };
    // Plain data always turns into JSON.
    serde_json::to_value(filled).unwrap_or_default()
}

/// A filled form as officers' pages show it.
pub struct Shown {
    pub title: String,
    pub code: String,
    pub number: i64,
    pub parts: Vec<Part>,
}

/// The filled form of a dossier, in the version that it keeps; `None` where there is none. Numbers in part unless `in_full`.
pub async fn of_subject(app: &crate::app::App, subject: &Subject, in_full: bool) -> Result<Option<Shown>, AppError> {
    let Some(filled) = subject.people.as_ref().and_then(|p| Filled::of(&p.form)) else { return Ok(None) };
    let (code, number) = (filled.code.clone(), filled.number);
    let version = app.db.read(move |q| Ok::<_, AppError>(store::numbered(q, &code, number)?)).await?;
    let Some(version) = version else { return Ok(None) };
    let mut parts = shown(&version.form, &filled.answers);
    for line in parts.iter_mut().flat_map(|p| &mut p.lines).filter(|l| l.private && !in_full) {
        line.value = masked(line);
    }
    Ok(Some(Shown { title: version.form.title, code: filled.code, number, parts }))
}

fn masked(line: &Line) -> String {
    match Phone::parse(&line.value) {
        _ if line.value.is_empty() => String::new(),
        Ok(phone) => phone.masked(),
        Err(_) => IdentityNumber::masked(&line.value),
    }
}
