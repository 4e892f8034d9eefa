//! Reading values that may be missing or of another kind than expected.

use super::text::clean;
use serde_json::Value;

/// The cleaned text at `key`; empty when there is none. Numbers are read as text too.
pub(super) fn text_at(value: &Value, key: &str) -> String {
    match value.get(key) {
        Some(Value::String(text)) => clean(text),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The list at `key`; empty when there is none.
pub(super) fn items<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The texts at `inner` of the list at `key`, without empty ones.
pub(super) fn texts(value: &Value, key: &str, inner: &str) -> Vec<String> {
    items(value, key).iter().map(|item| text_at(item, inner)).filter(|t| !t.is_empty()).collect()
}

/// Whether the value at `key` is true.
pub(super) fn flag(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or(false)
}

/// A count at `key`: a number or digits in a text; negative or absurd ones are 0.
pub(super) fn count(value: &Value, key: &str) -> u32 {
    match value.get(key) {
        Some(Value::Number(n)) => n.as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
        Some(Value::String(text)) => text.trim().parse().unwrap_or(0),
        _ => 0,
    }
}

/// The texts of the list at `key`, without empty ones.
pub(super) fn strings(value: &Value, key: &str) -> Vec<String> {
    items(value, key).iter().filter_map(Value::as_str).map(clean).filter(|t| !t.is_empty()).collect()
}
