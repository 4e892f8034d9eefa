//! The published JSON Schema of a form as a second judge of every answer that is kept. What the engine lets through the schema
//! lets through as well (a property test holds that); should the two ever differ, the answer is refused and says where.

use crate::error::FieldError;
use domain::{
    forms::{Form, schema},
    people::{CitizenId, Phone, TaxCode},
};
use jsonschema::{Draft, Validator, error::ValidationErrorKind};
use serde_json::Value;

/// The schema of a form, made ready.
pub fn ready(form: &Form) -> Result<Validator, String> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_format("citizen-id", |s: &str| CitizenId::parse(s).is_ok())
        .with_format("tax-code", |s: &str| TaxCode::parse(s).is_ok())
        .with_format("vn-phone", |s: &str| Phone::parse(s).is_ok())
        .build(&schema(form))
        .map_err(|e| e.to_string())
}

/// What the schema objects to, each beside its field. The library's own English is never shown.
pub fn objections(ready: &Validator, answers: &Value, prefix: &str) -> Vec<FieldError> {
    let one = |e: jsonschema::ValidationError<'_>| {
        let mut path = e.instance_path().to_string().trim_start_matches('/').replace('/', ".");
        if let ValidationErrorKind::Required { property } = e.kind()
            && let Some(name) = property.as_str()
        {
            path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        }
        let (vi, en) = words(e.kind());
        FieldError::new(format!("{prefix}{path}"), "schema", vi, en)
    };
    ready.iter_errors(answers).map(one).collect()
}

const fn words(kind: &ValidationErrorKind) -> (&'static str, &'static str) {
    match kind {
        ValidationErrorKind::Required { .. } => ("Xin ghi nội dung mục này.", "Fill in this field."),
        ValidationErrorKind::AdditionalProperties { .. } => {
            ("Biểu mẫu không có mục này. Xin bỏ đi.", "The form has no such field. Leave it out.")
        }
        ValidationErrorKind::MaxLength { .. } | ValidationErrorKind::MaxItems { .. } => {
            ("Nội dung dài quá. Xin rút gọn.", "The text is too long. Shorten it.")
        }
        ValidationErrorKind::Minimum { .. } | ValidationErrorKind::Maximum { .. } => {
            ("Số ngoài khoảng cho phép. Xin kiểm tra lại.", "The number is out of range. Check it.")
        }
        ValidationErrorKind::Enum { .. } => {
            ("Xin chọn một câu trả lời trong danh sách.", "Choose an answer of the list.")
        }
        _ => ("Nội dung mục này không đúng dạng.", "The answer has the wrong shape."),
    }
}
