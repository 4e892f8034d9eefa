//! The JSON Schema (draft 2020-12) of a form's answers, for whoever sends or stores them elsewhere.

use super::{Field, Form, Kind, MOST_ROWS, When};
use serde_json::{Map, Value, json};

/// Makes it. Formats of our own: `citizen-id`, `tax-code`, `vn-phone`.
pub fn schema(form: &Form) -> Value {
    let fields: Vec<(Option<&When>, &Field)> = form.fields().collect();
    let mut out = object(&fields);
    out.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    out.insert("title".into(), json!(form.title));
    Value::Object(out)
}

fn object(fields: &[(Option<&When>, &Field)]) -> Map<String, Value> {
    let mut out = Map::new();
    let properties: Map<String, Value> = fields.iter().map(|(_, f)| (f.key.clone(), one(f))).collect();
    let always = |(section, f): &&(Option<&When>, &Field)| {
        f.required && f.when.is_none() && section.is_none() && f.kind != Kind::File
    };
    let required: Vec<Value> = fields.iter().filter(always).map(|(_, f)| json!(f.key)).collect();
    let rules: Vec<Value> = fields.iter().flat_map(|(section, f)| conditional(*section, f, fields)).collect();
    out.insert("type".into(), json!("object"));
    out.insert("additionalProperties".into(), json!(false));
    out.insert("properties".into(), Value::Object(properties));
    if !required.is_empty() {
        out.insert("required".into(), Value::Array(required));
    }
    if !rules.is_empty() {
        out.insert("allOf".into(), Value::Array(rules));
    }
    out
}

/// What holds of a field only under a condition. A condition on a field outside the group cannot be said here; the engine
/// keeps it.
fn conditional(section: Option<&When>, f: &Field, all: &[(Option<&When>, &Field)]) -> Vec<Value> {
    let here = |w: &When| all.iter().any(|(_, other)| other.key == w.field);
    let conditions: Vec<&When> = section.into_iter().chain(&f.when).collect();
    if f.kind == Kind::File || !conditions.iter().all(|w| here(w)) {
        return Vec::new();
    }
    let mut rules = Vec::new();
    if !conditions.is_empty() {
        let shown = json!({ "allOf": conditions.iter().map(|w| holds(w, all)).collect::<Vec<_>>() });
        let mut rule = json!({ "if": shown, "else": { "not": { "required": [f.key] } } });
        if f.required {
            rule["then"] = json!({ "required": [f.key] });
        }
        rules.push(rule);
    }
    if let Some(w) = f.required_when.as_ref().filter(|w| here(w)) {
        let mut needs: Vec<Value> = conditions.iter().map(|w| holds(w, all)).collect();
        needs.push(holds(w, all));
        rules.push(json!({ "if": { "allOf": needs }, "then": { "required": [f.key] } }));
    }
    rules
}

fn holds(w: &When, all: &[(Option<&When>, &Field)]) -> Value {
    let other = all.iter().find(|(_, f)| f.key == w.field).map(|(_, f)| &f.kind);
    if w.is.is_empty() {
        return json!({ "required": [w.field] });
    }
    let allowed: Vec<Value> = match other {
        Some(Kind::YesNo) => w.is.iter().map(|i| json!(i == "yes")).collect(),
        _ => w.is.iter().map(|i| json!(i)).collect(),
    };
    json!({ "required": [w.field], "properties": { (w.field.clone()): { "enum": allowed } } })
}

fn one(f: &Field) -> Value {
    let mut out = match &f.kind {
        Kind::Text { max, .. } => json!({ "type": "string", "minLength": 1, "maxLength": max }),
        Kind::CitizenId => json!({ "type": "string", "format": "citizen-id", "pattern": "^[0-9]{12}$" }),
        Kind::TaxCode => {
            json!({ "type": "string", "format": "tax-code", "pattern": "^[0-9]{10}(-?[0-9]{3})?$|^[0-9]{12}$" })
        }
        Kind::Phone => json!({ "type": "string", "format": "vn-phone", "pattern": "^0[0-9]{9,10}$" }),
        Kind::Date { .. } => json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        Kind::Money => json!({ "type": "integer", "minimum": 0 }),
        Kind::Number { min, max, decimals: 0, .. } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Kind::Number { min, max, .. } => json!({ "type": "number", "minimum": min, "maximum": max }),
        Kind::Choice { options } => json!({ "enum": options.iter().map(|o| &o.key).collect::<Vec<_>>() }),
        Kind::YesNo => json!({ "type": "boolean" }),
        Kind::Address => json!({
            "type": "object", "additionalProperties": false, "required": ["province", "commune", "line", "text"],
            "properties": {
                "province": { "type": "string", "pattern": "^[0-9]{2}$" },
                "commune": { "type": "string", "pattern": "^[0-9]{5}$" },
                "line": { "type": "string", "maxLength": 200 },
                "text": { "type": "string", "minLength": 1 }
            }
        }),
        Kind::File => json!({ "type": "array", "items": { "type": "string", "pattern": "^[0-9a-f]{64}$" } }),
        Kind::Group { min, max, fields, .. } => {
            let fields: Vec<(Option<&When>, &Field)> = fields.iter().map(|f| (None, f)).collect();
            let least = (*min).max(1);
            json!({ "type": "array", "minItems": least, "maxItems": max.min(&MOST_ROWS), "items": object(&fields) })
        }
    };
    out["title"] = json!(f.label);
    out
}
