//! What keeps a definition from being used: found when it is saved, said all at once.

use super::{Case, Field, Form, Kind, MOST_ROWS, When};
use crate::catalogue::ProcedureCode;
use std::collections::BTreeSet;

/// Something wrong with a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The field or case it is about; empty for the form.
    pub at: String,
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

fn flaw(at: &str, vi: impl Into<String>, en: impl Into<String>) -> Flaw {
    Flaw { at: at.to_owned(), vi: vi.into(), en: en.into() }
}

/// A key of a field or choice: a small letter, then small letters, digits and `_`; at most 40.
pub fn is_key(key: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    key.len() <= 40 && key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(fits)
}

/// Most fields of a form, groups counted with theirs.
const MOST_FIELDS: usize = 200;

/// Everything that is wrong.
pub fn flaws(form: &Form) -> Vec<Flaw> {
    let mut out = Vec::new();
    if form.procedure.parse::<ProcedureCode>().is_err() {
        out.push(flaw("", "Mã thủ tục chưa đúng, ví dụ 1.001193.", "Not a procedure code, for example 1.001193."));
    }
    let symbol_fits = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
    if form.symbol.is_empty() || form.symbol.len() > 20 || !form.symbol.chars().all(symbol_fits) {
        out.push(flaw(
            "",
            "Ký hiệu mẫu chỉ gồm chữ in hoa không dấu, số và gạch nối, ví dụ CT01.",
            "The symbol has capital letters, digits and hyphens, for example CT01.",
        ));
    }
    if form.title.trim().is_empty() {
        out.push(flaw("", "Biểu mẫu chưa có tên.", "The form has no title."));
    }
    let all: Vec<&Field> = form.fields().map(|(_, f)| f).collect();
    let inner: usize =
        all.iter().map(|f| if let Kind::Group { fields, .. } = &f.kind { fields.len() } else { 0 }).sum();
    if all.is_empty() {
        out.push(flaw("", "Biểu mẫu chưa có mục nào.", "The form asks nothing."));
    } else if all.len() + inner > MOST_FIELDS {
        out.push(flaw("", format!("Biểu mẫu có quá {MOST_FIELDS} mục."), format!("More than {MOST_FIELDS} fields.")));
    }
    let mut earlier: Vec<&Field> = Vec::new();
    for section in &form.sections {
        if section.title.trim().is_empty() {
            out.push(flaw("", "Có phần chưa có tên.", "A section has no title."));
        }
        out.extend(section.when.as_ref().and_then(|w| condition(&section.title, w, &earlier)));
        for field in &section.fields {
            check(field, &earlier, &mut out);
            earlier.push(field);
        }
    }
    for case in &form.cases {
        named(case, form, &mut out);
    }
    out
}

fn check(field: &Field, earlier: &[&Field], out: &mut Vec<Flaw>) {
    let at = field.key.as_str();
    if !is_key(at) {
        out.push(flaw(
            at,
            "Tên trường chỉ gồm chữ thường không dấu, số và _, ví dụ ho_ten.",
            "A key has small letters, digits and _, for example ho_ten.",
        ));
    }
    if earlier.iter().any(|f| f.key == field.key) {
        out.push(flaw(at, "Hai mục có cùng tên trường.", "Two fields have the same key."));
    }
    if field.label.trim().is_empty() {
        out.push(flaw(at, "Mục này chưa có câu hỏi.", "The field has no label."));
    }
    let conditions = field.when.iter().chain(&field.required_when);
    out.extend(conditions.filter_map(|w| condition(at, w, earlier)));
    match &field.kind {
        Kind::Text { max, .. } if *max == 0 || *max > 4000 => {
            out.push(flaw(at, "Số ký tự nhiều nhất phải từ 1 đến 4000.", "At most 1 to 4000 characters."));
        }
        Kind::Number { min, max, decimals, .. } if min > max || *decimals > 3 => {
            out.push(flaw(at, "Khoảng số chưa đúng.", "The range of the number is wrong."));
        }
        Kind::Choice { options } => choices(at, options, out),
        Kind::Group { min, max, fields, .. } => {
            if min > max || *max == 0 || *max > MOST_ROWS {
                out.push(flaw(at, format!("Số lần lặp phải từ 1 đến {MOST_ROWS}."), format!("1 to {MOST_ROWS} rows.")));
            }
            if fields.is_empty() || fields.iter().any(|f| matches!(f.kind, Kind::Group { .. })) {
                out.push(flaw(
                    at,
                    "Nhóm phải có mục và không chứa nhóm khác.",
                    "A group has fields and no group inside.",
                ));
            }
            let mut beside: Vec<&Field> = Vec::new();
            for inner in fields {
                let mut found = Vec::new();
                let reach: Vec<&Field> = beside.iter().chain(earlier).copied().collect();
                check(inner, &reach, &mut found);
                // A field of a row may have the name of one outside it.
                found.retain(|f| f.vi != "Hai mục có cùng tên trường." || beside.iter().any(|b| b.key == inner.key));
                out.extend(found.into_iter().map(|f| Flaw { at: format!("{at}.{}", f.at), ..f }));
                beside.push(inner);
            }
        }
        _ => {}
    }
}

fn choices(at: &str, options: &[super::Opt], out: &mut Vec<Flaw>) {
    let keys: BTreeSet<&str> = options.iter().map(|o| o.key.as_str()).collect();
    if options.len() < 2 || keys.len() != options.len() {
        out.push(flaw(
            at,
            "Mục chọn cần ít nhất hai câu trả lời khác nhau.",
            "A choice needs two different answers at least.",
        ));
    }
    if options.iter().any(|o| !is_key(&o.key) || o.label.trim().is_empty()) {
        out.push(flaw(
            at,
            "Mỗi câu trả lời cần mã (chữ thường không dấu, số, _) và lời.",
            "Each answer needs a key and words.",
        ));
    }
}

fn condition(at: &str, w: &When, earlier: &[&Field]) -> Option<Flaw> {
    let Some(other) = earlier.iter().find(|f| f.key == w.field) else {
        return Some(flaw(
            at,
            format!("Điều kiện nói đến mục “{}” không đứng trước mục này.", w.field),
            format!("The condition names “{}”, which is not before it.", w.field),
        ));
    };
    let known = |key: &String| match &other.kind {
        Kind::Choice { options } => options.iter().any(|o| o.key == *key),
        Kind::YesNo => key == "yes" || key == "no",
        _ => false,
    };
    (!w.is.iter().all(known)).then(|| {
        flaw(
            at,
            format!("Điều kiện nói đến câu trả lời mà mục “{}” không có.", w.field),
            format!("The condition names an answer that “{}” does not have.", w.field),
        )
    })
}

fn named(case: &Case, form: &Form, out: &mut Vec<Flaw>) {
    if case.name.trim().is_empty() {
        out.push(flaw("", "Có ca thử chưa có tên.", "A trial has no name."));
    }
    let key = case.fails_at.as_deref().map(|at| at.split('.').next().unwrap_or(at));
    if key.is_some_and(|key| form.field(key).is_none() && !case.answers.contains_key(key)) {
        out.push(flaw(
            &case.name,
            "Ca thử phải sai ở một mục mà biểu mẫu không có.",
            "The trial must fail at a field that is not there.",
        ));
    }
}
