//! When something is asked, or must be answered.

use super::{Field, Form};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Another field has one of these answers. An empty list: it has any answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// Key of a field before this one: beside it in its group, else of the form.
    pub field: String,
    /// Keys of choices, `yes` or `no`.
    #[serde(default)]
    pub is: Vec<String>,
}

impl When {
    /// Whether it holds for these answers; `row` are those of the group in which it is asked.
    pub fn holds(&self, answers: &Map<String, Value>, row: Option<&Map<String, Value>>) -> bool {
        let given = row.and_then(|r| r.get(&self.field)).or_else(|| answers.get(&self.field));
        match given {
            Some(_) if self.is.is_empty() => true,
            Some(Value::String(s)) => self.is.iter().any(|i| i == s),
            Some(Value::Bool(b)) => self.is.iter().any(|i| i == if *b { "yes" } else { "no" }),
            None | Some(_) => false,
        }
    }
    /// In words, with the label of the other field.
    pub fn words(&self, form: &Form, beside: &[Field]) -> (String, String) {
        let other = beside.iter().find(|f| f.key == self.field).or_else(|| form.field(&self.field));
        let label = other.map_or(self.field.as_str(), |f| f.label.as_str());
        if self.is.is_empty() {
            return (format!("khi có khai “{label}”"), format!("when “{label}” is given"));
        }
        let say = |yes: &str, no: &str| {
            let one = |key: &String| match (key.as_str(), other.map(|f| &f.kind)) {
                (_, Some(super::Kind::Choice { options })) => {
                    options.iter().find(|o| o.key == *key).map_or(key.clone(), |o| o.label.clone())
                }
                ("yes", _) => yes.to_owned(),
                ("no", _) => no.to_owned(),
                _ => key.clone(),
            };
            self.is.iter().map(one).collect::<Vec<_>>()
        };
        (
            format!("khi “{label}” là {}", say("có", "không").join(" hoặc ")),
            format!("when “{label}” is {}", say("yes", "no").join(" or ")),
        )
    }
}

/// Whether a field is asked at all.
pub(super) fn is_asked(
    section: Option<&When>,
    field: &Field,
    answers: &Map<String, Value>,
    row: Option<&Map<String, Value>>,
) -> bool {
    let holds = |w: &When| w.holds(answers, row);
    section.is_none_or(holds) && field.when.as_ref().is_none_or(holds)
}

/// Whether a field that is asked must be answered.
pub(super) fn is_needed(field: &Field, answers: &Map<String, Value>, row: Option<&Map<String, Value>>) -> bool {
    field.required || field.required_when.as_ref().is_some_and(|w| w.holds(answers, row))
}
