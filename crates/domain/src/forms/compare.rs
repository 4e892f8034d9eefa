//! What differs between two versions of a form, field by field.

use super::{Field, Form, Kind, Place};
use std::collections::BTreeMap;

/// One field, or the form's own lines, as they were and as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Path of the field; empty for the form's own lines.
    pub path: String,
    /// As it was; absent when it is new.
    pub before: Option<Vec<String>>,
    /// As it is; absent when it is gone.
    pub after: Option<Vec<String>>,
}

/// Every difference, in the order of the newer version, what is gone last.
pub fn compare(old: &Form, new: &Form) -> Vec<Difference> {
    let (before, after) = (table(old), table(new));
    let was: BTreeMap<&str, &Vec<String>> = before.iter().map(|(p, l)| (p.as_str(), l)).collect();
    let is: BTreeMap<&str, &Vec<String>> = after.iter().map(|(p, l)| (p.as_str(), l)).collect();
    let mut out = Vec::new();
    for (path, lines) in &after {
        let earlier = was.get(path.as_str()).copied();
        if earlier != Some(lines) {
            out.push(Difference { path: path.clone(), before: earlier.cloned(), after: Some(lines.clone()) });
        }
    }
    let gone = before.iter().filter(|(path, _)| !is.contains_key(path.as_str()));
    out.extend(gone.map(|(path, lines)| Difference { path: path.clone(), before: Some(lines.clone()), after: None }));
    out
}

fn table(form: &Form) -> Vec<(String, Vec<String>)> {
    let mut head = vec![
        form.title.clone(),
        form.basis.clone(),
        form.addressed_to.clone(),
        form.declaration.clone(),
        form.signer.clone(),
        form.layout.words().0.to_owned(),
    ];
    head.extend(form.also_sign.iter().cloned());
    head.extend(form.stands_for.iter().cloned());
    head.retain(|l| !l.is_empty());
    let mut out = vec![(String::new(), head)];
    for section in &form.sections {
        for field in &section.fields {
            let mut lines = describe(form, field, &[]);
            lines.push(format!("Phần: {}", section.title));
            lines.extend(section.lead.as_ref().map(|lead| format!("Trên bản in: {lead}")));
            if let Some(w) = &section.when {
                lines.push(format!("Cả phần: {}", w.words(form, &[]).0));
            }
            out.push((field.key.clone(), lines));
            if let Kind::Group { fields, .. } = &field.kind {
                let inner = fields.iter().map(|f| (format!("{}.{}", field.key, f.key), describe(form, f, fields)));
                out.extend(inner);
            }
        }
    }
    out
}

/// A field in some lines of Vietnamese.
pub fn describe(form: &Form, field: &Field, beside: &[Field]) -> Vec<String> {
    let mut lines = vec![field.label.clone(), kind(&field.kind)];
    lines.push(if field.required { "Bắt buộc" } else { "Không bắt buộc" }.to_owned());
    lines.extend(field.when.as_ref().map(|w| format!("Chỉ hỏi {}", w.words(form, beside).0)));
    lines.extend(field.required_when.as_ref().map(|w| format!("Bắt buộc {}", w.words(form, beside).0)));
    lines.extend((!field.hint.is_empty()).then(|| format!("Gợi ý: {}", field.hint)));
    lines.extend(field.fill.map(|f| format!("Điền sẵn: {}", f.words().0)));
    lines.extend((field.place != Place::Own).then(|| format!("Trên bản in: {}", field.place.words().0)));
    lines
}

fn kind(kind: &Kind) -> String {
    let name = Kind::words_of(kind.key()).0;
    match kind {
        Kind::Text { max, lines } => {
            format!("{name}, nhiều nhất {max} ký tự{}", if *lines { ", nhiều dòng" } else { "" })
        }
        Kind::Date { past: true } => format!("{name}, không sau hôm nay"),
        Kind::Number { min, max, decimals, unit } => {
            let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
            format!("{name} từ {min} đến {max}{unit}, {decimals} số lẻ")
        }
        Kind::Choice { options } => {
            format!("{name}: {}", options.iter().map(|o| o.label.as_str()).collect::<Vec<_>>().join("; "))
        }
        Kind::Group { min, max, item, .. } => format!("{name}: {item}, {min} đến {max} lần"),
        _ => name.to_owned(),
    }
}
