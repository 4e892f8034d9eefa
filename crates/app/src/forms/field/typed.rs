//! A field of the definition as the page's form has it, and back.

use crate::{error::FieldError, http::Form};
use domain::forms::{Field, Fill, Kind, Opt, Place, When};

/// Letters at most.
const LONGEST: [(&str, usize); 3] = [("label", 300), ("hint", 500), ("num_unit", 30)];

/// The form of a new field.
pub fn fresh(form: Form) -> Form {
    form.with("kind", "text")
        .with("text_max", "250")
        .with("num_min", "0")
        .with("num_max", "1000000")
        .with("num_decimals", "0")
        .with("group_min", "1")
        .with("group_max", "10")
}

/// The form of a field that is there.
pub fn filled(form: Form, f: &Field) -> Form {
    let mut form = fresh(form)
        .with("key", f.key.clone())
        .with("label", f.label.clone())
        .with("hint", f.hint.clone())
        .with("kind", f.kind.key())
        .with("required", if f.required { "1" } else { "" })
        .with("fill", f.fill.map(Fill::key).unwrap_or_default())
        .with("place", f.place.key());
    for (at, when) in [("when", &f.when), ("required_when", &f.required_when)] {
        if let Some(w) = when {
            form = form.with(&format!("{at}_field"), w.field.clone()).with(&format!("{at}_is"), w.is.join(", "));
        }
    }
    match &f.kind {
        Kind::Text { max, lines } => {
            form.with("text_max", max.to_string()).with("text_lines", if *lines { "1" } else { "" })
        }
        Kind::Date { past } => form.with("date_past", if *past { "1" } else { "" }),
        Kind::Number { min, max, decimals, unit } => form
            .with("num_min", min.to_string())
            .with("num_max", max.to_string())
            .with("num_decimals", decimals.to_string())
            .with("num_unit", unit.clone()),
        Kind::Choice { options } => {
            let lines: Vec<String> = options.iter().map(|o| format!("{} = {}", o.key, o.label)).collect();
            form.with("options", lines.join("\n"))
        }
        Kind::Group { min, max, item, .. } => {
            form.with("group_min", min.to_string()).with("group_max", max.to_string()).with("group_item", item.clone())
        }
        _ => form,
    }
}

/// Reads the page's form; what cannot be read is noted beside its field.
pub fn field(form: &mut Form) -> Option<Field> {
    let key = form.required("key", "Xin ghi tên trường, ví dụ ho_ten.", "Give the key, for example ho_ten.");
    let label = form.required("label", "Xin ghi câu hỏi.", "Give the label.");
    for (name, most) in LONGEST {
        form.at_most(name, most);
    }
    let kind = kind(form)?;
    Some(Field {
        key: key.trim().to_owned(),
        label,
        hint: form.value("hint").trim().to_owned(),
        required: form.is("required", "1"),
        when: when(form, "when"),
        required_when: when(form, "required_when"),
        fill: Fill::from_key(form.value("fill")),
        place: Place::from_key(form.value("place")).unwrap_or_default(),
        kind,
    })
}

fn when(form: &Form, at: &str) -> Option<When> {
    let field = form.text(&format!("{at}_field"))?.to_owned();
    let is = form.value(&format!("{at}_is")).split([',', ';']).map(|k| k.trim().to_owned()).filter(|k| !k.is_empty());
    Some(When { field, is: is.collect() })
}

fn number<T: std::str::FromStr>(form: &mut Form, name: &str) -> Option<T> {
    let read = form.value(name).trim().parse().ok();
    if read.is_none() {
        let (vi, en) = ("Xin ghi một số, ví dụ 1.", "Write a number, such as 1.");
        form.wrong(FieldError::new(name, "invalid", vi, en));
    }
    read
}

fn kind(form: &mut Form) -> Option<Kind> {
    Some(match form.value("kind") {
        "text" => Kind::Text { max: number(form, "text_max")?, lines: form.is("text_lines", "1") },
        "citizen_id" => Kind::CitizenId,
        "tax_code" => Kind::TaxCode,
        "phone" => Kind::Phone,
        "date" => Kind::Date { past: form.is("date_past", "1") },
        "money" => Kind::Money,
        "number" => Kind::Number {
            min: number(form, "num_min")?,
            max: number(form, "num_max")?,
            decimals: number(form, "num_decimals")?,
            unit: form.value("num_unit").trim().to_owned(),
        },
        "choice" => Kind::Choice { options: options(form.value("options")) },
        "yes_no" => Kind::YesNo,
        "address" => Kind::Address,
        "file" => Kind::File,
        "group" => {
            let (vi, en) = ("Xin ghi tên gọi một lần khai, ví dụ Thành viên.", "Say what a row is called.");
            let item = form.required("group_item", vi, en);
            let (min, max) = (number(form, "group_min")?, number(form, "group_max")?);
            Kind::Group { min, max, item, fields: Vec::new() }
        }
        _ => {
            form.wrong(FieldError::new("kind", "unknown", "Xin chọn loại câu trả lời.", "Choose the kind of answer."));
            return None;
        }
    })
}

/// `nam = Nam`, one a line.
fn options(text: &str) -> Vec<Opt> {
    let line = |line: &str| {
        let (key, label) = line.split_once('=').unwrap_or((line, line));
        Opt { key: key.trim().to_owned(), label: label.trim().to_owned() }
    };
    text.lines().filter(|l| !l.trim().is_empty()).map(line).collect()
}
