//! A form as a page asks it: every field with its value, its condition and what lies there, ready for `fields.html`.

use super::answers::PREFIX;
use crate::{
    dossier::{files::size_text, store::FileRow},
    messages::Lang,
};
use domain::forms::{Area, Field, Form, Kind, Places, Typed, When, rows};

/// A form on a page.
pub struct Sheet {
    pub sections: Vec<Part>,
    pub provinces: Vec<Area>,
    /// Names of communes that the field offers while one types: of the own province.
    pub communes: Vec<String>,
    pub has_address: bool,
}

pub struct Part {
    pub title: String,
    pub help: String,
    pub when: Option<Shows>,
    pub items: Vec<Item>,
}

/// When something is asked: for the scripts, and in words for everybody else.
pub struct Shows {
    /// Name of the input on which it depends.
    pub field: String,
    /// Values, parted by blanks; empty: any.
    pub is: String,
    pub words: String,
}

pub enum Item {
    One(Box<Control>),
    Group(Group),
}

pub struct Group {
    pub name: String,
    pub label: String,
    pub hint: String,
    pub item: String,
    pub when: Option<Shows>,
    pub rows: Vec<Vec<Control>>,
    pub may_add: bool,
    pub may_drop: bool,
}

/// One field.
pub struct Control {
    /// Name of the input.
    pub name: String,
    pub label: String,
    pub hint: String,
    pub kind: &'static str,
    /// For the script that writes it the usual way: `date`, `phone`.
    pub format: &'static str,
    /// Typed on a keyboard of digits.
    pub digits: bool,
    pub lines: bool,
    pub value: String,
    /// Province, commune, line of an address.
    pub address: [String; 3],
    /// Key, words, whether it is chosen.
    pub options: Vec<(String, String, bool)>,
    pub required: bool,
    pub when: Option<Shows>,
    pub files: Vec<(String, String, String)>,
}

impl Control {
    /// Whether it asks for such a thing.
    pub fn is(&self, kind: &str) -> bool {
        self.kind == kind
    }
    /// Whether the address lies in this province.
    pub fn in_province(&self, code: &str) -> bool {
        self.address[0] == code
    }
}

/// Makes the sheet of a form for what was typed; `own` is the code of the province.
pub fn sheet(form: &Form, typed: &Typed, files: &[(String, FileRow)], places: &Places, own: &str, lang: Lang) -> Sheet {
    let view = View { form, typed, files, lang };
    let part = |s: &domain::forms::Section| Part {
        title: s.title.clone(),
        help: s.help.clone(),
        when: s.when.as_ref().map(|w| view.shows(w, &[], "")),
        items: s.fields.iter().map(|f| view.item(f)).collect(),
    };
    let sections: Vec<Part> = form.sections.iter().map(part).collect();
    let has_address = form.fields().any(|(_, f)| match &f.kind {
        Kind::Group { fields, .. } => fields.iter().any(|f| f.kind == Kind::Address),
        kind => *kind == Kind::Address,
    });
    Sheet {
        sections,
        provinces: places.provinces().to_vec(),
        communes: places.communes(own).map(str::to_owned).collect(),
        has_address,
    }
}

struct View<'a> {
    form: &'a Form,
    typed: &'a Typed,
    files: &'a [(String, FileRow)],
    lang: Lang,
}

impl View<'_> {
    fn item(&self, field: &Field) -> Item {
        let Kind::Group { min, max, item, fields } = &field.kind else {
            return Item::One(Box::new(self.control(field, &field.key, &[], "")));
        };
        let count = rows(field, &field.key, self.typed);
        let row = |n: u32| {
            let at = format!("{}.{n}.", field.key);
            fields.iter().map(|f| self.control(f, &format!("{at}{}", f.key), fields, &at)).collect::<Vec<_>>()
        };
        Item::Group(Group {
            name: format!("{PREFIX}{}", field.key),
            label: field.label.clone(),
            hint: field.hint.clone(),
            item: item.clone(),
            when: field.when.as_ref().map(|w| self.shows(w, &[], "")),
            rows: (0..count).map(row).collect(),
            may_add: count < *max,
            may_drop: count > (*min).max(1),
        })
    }

    fn control(&self, f: &Field, path: &str, beside: &[Field], at: &str) -> Control {
        let text = |path: &str| self.typed.get(path).cloned().unwrap_or_default();
        let value = text(path);
        let name = format!("{PREFIX}{path}");
        let options = match &f.kind {
            Kind::Choice { options } => {
                options.iter().map(|o| (o.key.clone(), o.label.clone(), o.key == value)).collect()
            }
            Kind::YesNo => [("yes", "Có"), ("no", "Không")]
                .map(|(key, words)| (key.to_owned(), self.lang.t(words).to_owned(), key == value))
                .to_vec(),
            _ => Vec::new(),
        };
        let here = self.files.iter().filter(|(place, _)| *place == name);
        let files: Vec<_> = here.map(|(_, f)| (f.sha256.clone(), f.name.clone(), size_text(f.size))).collect();
        Control {
            label: f.label.clone(),
            hint: self.hint(f),
            kind: f.kind.key(),
            format: format(&f.kind),
            digits: matches!(
                f.kind,
                Kind::CitizenId | Kind::TaxCode | Kind::Date { .. } | Kind::Money | Kind::Number { decimals: 0, .. }
            ),
            lines: matches!(f.kind, Kind::Text { lines: true, .. }),
            value,
            address: ["province", "commune", "line"].map(|part| text(&format!("{path}.{part}"))),
            options,
            required: f.required,
            when: f.when.as_ref().map(|w| self.shows(w, beside, at)),
            files,
            name,
        }
    }

    /// The form's own hint, or what the kind of answer needs.
    fn hint(&self, f: &Field) -> String {
        if !f.hint.is_empty() {
            return f.hint.clone();
        }
        match &f.kind {
            Kind::Date { .. } => self.lang.t("Ngày/tháng/năm, ví dụ 06/10/2025.").to_owned(),
            Kind::CitizenId => self.lang.t("12 chữ số trên thẻ căn cước.").to_owned(),
            Kind::Number { unit, .. } if !unit.is_empty() => self.lang.f1("Đơn vị: {}.", unit),
            Kind::Money => self.lang.t("Bằng đồng, ví dụ 1.250.000.").to_owned(),
            _ => String::new(),
        }
    }

    fn shows(&self, w: &When, beside: &[Field], at: &str) -> Shows {
        let in_row = beside.iter().any(|f| f.key == w.field);
        let words = w.words(self.form, beside);
        Shows {
            field: format!("{PREFIX}{}{}", if in_row { at } else { "" }, w.field),
            is: w.is.join(" "),
            words: self.lang.pick((&words.0, &words.1)).to_owned(),
        }
    }
}

const fn format(kind: &Kind) -> &'static str {
    match kind {
        Kind::Phone => "phone",
        Kind::CitizenId => "citizen-id",
        Kind::TaxCode => "tax-code",
        Kind::Date { .. } => "date",
        Kind::Money => "money",
        _ => "",
    }
}

/// What a page sent of a form, by the paths of the form. What the form does not have any more, in a newer version, is left
/// behind: nobody could mend what no page shows.
pub fn typed_of<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>, form: &Form) -> Typed {
    let known = |path: &str| form.field(path.split('.').next().unwrap_or(path)).is_some();
    pairs
        .filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?, value)))
        .filter(|(path, _)| known(path))
        .map(|(path, value)| (path.to_owned(), value.to_owned()))
        .collect()
}

/// The typed texts with one more row of a group.
pub fn with_row(mut typed: Typed, form: &Form, group: &str) -> Typed {
    let now = form.field(group).map_or(0, |f| rows(f, group, &typed));
    typed.insert(format!("{group}.rows"), (now + 1).to_string());
    typed
}

/// The typed texts with one row of a group taken out, the later ones moved up.
pub fn without_row(typed: &Typed, group: &str, gone: u32) -> Typed {
    let begins = format!("{group}.");
    let mut out = Typed::new();
    for (path, text) in typed {
        let Some(rest) = path.strip_prefix(&begins) else {
            out.insert(path.clone(), text.clone());
            continue;
        };
        if rest == "rows" {
            let count: u32 = text.parse().unwrap_or(1);
            out.insert(path.clone(), count.saturating_sub(1).to_string());
            continue;
        }
        let Some((n, tail)) = rest.split_once('.').and_then(|(n, t)| Some((n.parse::<u32>().ok()?, t))) else {
            continue;
        };
        match n.cmp(&gone) {
            std::cmp::Ordering::Less => drop(out.insert(path.clone(), text.clone())),
            std::cmp::Ordering::Equal => {}
            std::cmp::Ordering::Greater => drop(out.insert(format!("{begins}{}.{tail}", n - 1), text.clone())),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_taken_out_leaves_the_others_in_order() {
        let typed: Typed =
            [("con.0.ten", "A"), ("con.1.ten", "B"), ("con.2.ten", "C"), ("con.rows", "3"), ("conx", "x")]
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .into();
        let left = without_row(&typed, "con", 1);
        let left: Vec<_> = left.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(left, [("con.0.ten", "A"), ("con.1.ten", "C"), ("con.rows", "2"), ("conx", "x")]);
    }
}
