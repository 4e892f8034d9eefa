//! Puts what was typed back into the form of a page, as a browser would have it.

use super::{
    html::{Tag, escaped, plain, tags},
    typed::{PASSING, Typed},
};

/// What became of what was typed.
#[derive(Debug, PartialEq, Eq)]
pub enum Filled {
    /// The page with the form filled, and what has no place in it any more.
    Page { html: String, left: Vec<String> },
    /// The form's rows depend on what is chosen in it: the server shows it again by this `act`.
    Again { act: String, multipart: bool },
    /// The page has no such form (any more).
    Nowhere,
}

/// Fills the form of `page`, at the address `path`, that was sent as `typed`.
pub fn fill(page: &str, path: &str, typed: &Typed) -> Filled {
    let tags = tags(page);
    let forms: Vec<Fields> = fields_of(&tags).into_iter().filter(|f| f.goes_to(path, &typed.path)).collect();
    if let Some(act) = forms.iter().find_map(|f| f.form.value("data-keep-again")) {
        let multipart = forms.iter().any(|f| f.form.value("enctype").is_some_and(|e| e.starts_with("multipart")));
        return Filled::Again { act, multipart };
    }
    let fitting = forms.iter().filter(|f| f.edits_the_same(typed)).max_by_key(|f| f.known_names(typed));
    fitting.map_or(Filled::Nowhere, |form| form.filled(page, typed))
}

/// A form with the tags of its fields; an option and the end of a text area stand behind the field they belong to.
struct Fields<'a> {
    form: &'a Tag<'a>,
    fields: Vec<&'a Tag<'a>>,
}

/// The forms of a page that are posted; fields elsewhere in the page belong to the form whose id they name.
fn fields_of<'a>(tags: &'a [Tag<'a>]) -> Vec<Fields<'a>> {
    let mut forms: Vec<Fields> = Vec::new();
    let mut open = None;
    let mut owner = None;
    for tag in tags {
        match (tag.name, tag.closes) {
            ("form", false) => {
                forms.push(Fields { form: tag, fields: Vec::new() });
                open = Some(forms.len() - 1);
            }
            ("form", true) => open = None,
            ("input" | "select" | "textarea" | "button", false) => {
                let named = tag.value("form");
                owner = match named {
                    Some(id) => tags
                        .iter()
                        .filter(|t| t.name == "form" && !t.closes)
                        .position(|f| f.value("id").as_ref() == Some(&id)),
                    None => open,
                };
                // A form further down in the page is not there yet.
                if let Some(form) = owner.and_then(|i| forms.get_mut(i)) {
                    form.fields.push(tag);
                }
            }
            ("option", false) | ("textarea" | "select", true) => {
                if let Some(form) = owner.and_then(|i| forms.get_mut(i)) {
                    form.fields.push(tag);
                }
            }
            _ => {}
        }
    }
    forms
}

impl Fields<'_> {
    fn goes_to(&self, here: &str, path: &str) -> bool {
        let is_post = self.form.value("method").is_some_and(|m| m.eq_ignore_ascii_case("post"));
        let leads = |to: &str| to.split(['?', '#']).next() == Some(path);
        let own = self.form.value("action").map_or(here == path, |action| leads(&action));
        is_post && (own || self.fields.iter().any(|f| f.value("formaction").is_some_and(|to| leads(&to))))
    }

    /// What the form edits is named by its hidden fields; only the version may be another one, which the server tells.
    fn edits_the_same(&self, typed: &Typed) -> bool {
        let hidden = self.fields.iter().filter(|f| f.name == "input" && f.value("type").as_deref() == Some("hidden"));
        let mut named = hidden.filter_map(|f| Some((f.value("name")?, f.value("value").unwrap_or_default())));
        named.all(|(name, value)| {
            PASSING.contains(&name.as_str())
                || name == "version"
                || typed.pairs.iter().all(|(n, _)| *n != name)
                || typed.pairs.iter().any(|(n, v)| *n == name && *v == value)
        })
    }

    fn known_names(&self, typed: &Typed) -> usize {
        let is_here = |name: &str| self.fields.iter().any(|f| f.value("name").as_deref() == Some(name));
        typed.pairs.iter().filter(|(name, _)| is_here(name)).count()
    }

    fn filled(&self, page: &str, typed: &Typed) -> Filled {
        let mut pen =
            Pen { page, out: String::with_capacity(page.len()), at: 0, used: vec![false; typed.pairs.len()], typed };
        // Without an address of its own the form would go to wherever the page is now.
        if !self.form.has("action") {
            pen.put(self.form, &self.form.with("action", Some(&typed.path)));
        }
        let mut chosen: Option<String> = None;
        for (i, field) in self.fields.iter().enumerate() {
            let name = field.value("name").unwrap_or_default();
            match (field.name, field.closes) {
                ("input", _) => pen.input(field, &name),
                ("select", closes) => chosen = (!closes).then_some(name),
                ("option", _) => pen.option(field, chosen.as_deref().unwrap_or_default()),
                ("textarea", false) => pen.text_area(field, self.fields.get(i + 1), &name),
                _ => {}
            }
        }
        pen.out.push_str(&page[pen.at..]);
        let left = typed.pairs.iter().zip(&pen.used).filter(|(_, used)| !**used);
        let left = left.filter(|((name, value), _)| Typed::is_worth_showing(name, value)).map(|((_, v), _)| v.clone());
        Filled::Page { left: left.collect(), html: pen.out }
    }
}

/// Writes the page anew, tag by tag.
struct Pen<'a> {
    page: &'a str,
    out: String,
    at: usize,
    typed: &'a Typed,
    used: Vec<bool>,
}

impl Pen<'_> {
    fn put(&mut self, tag: &Tag<'_>, text: &str) {
        // Fields named from outside their form may stand before it.
        if tag.start < self.at {
            return;
        }
        self.out.push_str(&self.page[self.at..tag.start]);
        self.out.push_str(text);
        self.at = tag.end;
    }

    /// The next value that was sent under this name.
    fn next(&mut self, name: &str) -> Option<String> {
        let i = self.typed.pairs.iter().enumerate().position(|(i, (n, _))| n == name && !self.used[i])?;
        self.used[i] = true;
        Some(self.typed.pairs[i].1.clone())
    }

    fn is_chosen(&mut self, name: &str, value: &str) -> bool {
        let found = self.typed.pairs.iter().position(|(n, v)| n == name && v == value);
        if let Some(i) = found {
            self.used[i] = true;
        }
        found.is_some()
    }

    fn input(&mut self, field: &Tag<'_>, name: &str) {
        match field.value("type").as_deref().unwrap_or("text") {
            "checkbox" | "radio" => {
                let value = field.value("value").unwrap_or_else(|| "on".to_owned());
                let ticked = self.is_chosen(name, &value).then_some("");
                self.put(field, &field.with("checked", ticked));
            }
            // GR-8: against the version that was seen, or the change of somebody else would be undone unseen.
            "hidden" if name == "version" => {
                if let Some(value) = self.next(name) {
                    self.put(field, &field.with("value", Some(&value)));
                }
            }
            "hidden" => drop(self.next(name)),
            "password" | "file" | "submit" | "button" | "image" | "reset" => {}
            _ => {
                if let Some(value) = self.next(name) {
                    self.put(field, &field.with("value", Some(value.as_str()).filter(|v| !v.is_empty())));
                }
            }
        }
    }

    fn option(&mut self, field: &Tag<'_>, name: &str) {
        if !self.typed.pairs.iter().any(|(n, _)| n == name) {
            return;
        }
        let text = || self.page[field.end..].split('<').next().map(|t| plain(t.trim())).unwrap_or_default();
        let value = field.value("value").unwrap_or_else(text);
        let selected = self.is_chosen(name, &value).then_some("");
        self.put(field, &field.with("selected", selected));
    }

    fn text_area(&mut self, field: &Tag<'_>, end: Option<&&Tag<'_>>, name: &str) {
        let Some(end) = end.filter(|e| e.closes && e.start >= self.at) else { return };
        let Some(value) = self.next(name) else { return };
        self.out.push_str(&self.page[self.at..field.end]);
        // A browser drops the first line break of a text area.
        self.out.push('\n');
        self.out.push_str(&escaped(&value));
        self.at = end.start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = concat!(
        "<form method=\"get\" action=\"/can-bo/x\"><input name=\"q\"></form>",
        "<form method=\"post\" action=\"/can-bo/x\"><input type=\"hidden\" name=\"so\" value=\"1\"><input name=\"ten\"></form>",
        "<form method=\"post\" action=\"/can-bo/x\"><input type=\"hidden\" name=\"once\" value=\"new\">",
        "<input type=\"hidden\" name=\"so\" value=\"2\"><input type=\"hidden\" name=\"version\" value=\"7\">",
        "<input name=\"ten\" value=\"cũ\"><input type=\"checkbox\" name=\"co\" value=\"a\" checked>",
        "<input type=\"checkbox\" name=\"co\" value=\"b\"><select name=\"chon\"><option value=\"\" selected>–</option>",
        "<option value=\"m\">M</option><option>hai chữ</option></select><textarea name=\"y\">cũ</textarea>",
        "<button name=\"act\" value=\"save\">Lưu</button></form>"
    );

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        let pairs = pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        Typed { path: "/can-bo/x".into(), pairs, files: false }
    }

    #[test]
    fn every_kind_of_field_takes_what_was_typed_and_the_right_form_is_found_by_what_it_edits() {
        let sent = typed(&[
            ("once", "old"),
            ("so", "2"),
            ("version", "5"),
            ("ten", "Tên \"mới\""),
            ("co", "b"),
            ("chon", "hai chữ"),
            ("y", "dòng <1>\r\ndòng 2"),
            ("act", "save"),
            ("dong.4", "không còn chỗ"),
        ]);
        let Filled::Page { html, left } = fill(PAGE, "/can-bo/trang", &sent) else { panic!("not filled") };
        for part in [
            "name=\"so\" value=\"1\"><input name=\"ten\"></form>",
            "name=\"once\" value=\"new\"",
            "name=\"version\" value=\"5\"",
            "name=\"ten\" value=\"Tên &#34;mới&#34;\"",
            "name=\"co\" value=\"a\"><input type=\"checkbox\" name=\"co\" value=\"b\" checked>",
            "<option value=\"\">–</option><option value=\"m\">M</option><option selected>hai chữ</option>",
            "<textarea name=\"y\">\ndòng &#60;1&#62;\r\ndòng 2</textarea>",
        ] {
            assert!(html.contains(part), "{part}\n{html}");
        }
        assert_eq!(left, ["không còn chỗ"]);
    }

    #[test]
    fn a_form_that_edits_something_else_now_is_left_alone() {
        assert_eq!(fill(PAGE, "/can-bo/trang", &typed(&[("so", "3"), ("ten", "Tên")])), Filled::Nowhere);
        let elsewhere = Typed { path: "/can-bo/y".into(), ..typed(&[("ten", "Tên")]) };
        assert_eq!(fill(PAGE, "/can-bo/trang", &elsewhere), Filled::Nowhere);
    }

    #[test]
    fn a_form_without_an_address_is_the_pages_own_and_gets_one() {
        let page = "<form method=\"post\"><input name=\"a\"></form>";
        let Filled::Page { html, .. } = fill(page, "/can-bo/x", &typed(&[("a", "1")])) else { panic!("not filled") };
        assert_eq!(html, "<form method=\"post\" action=\"/can-bo/x\"><input name=\"a\" value=\"1\"></form>");
        assert_eq!(fill(page, "/can-bo/y", &typed(&[("a", "1")])), Filled::Nowhere);
    }

    #[test]
    fn a_form_whose_rows_depend_on_a_choice_is_shown_again_by_the_server() {
        let page = "<form method=\"post\" action=\"/can-bo/x\" enctype=\"multipart/form-data\" data-keep-again=\"again\"></form>";
        let again = Filled::Again { act: "again".into(), multipart: true };
        assert_eq!(fill(page, "/can-bo/x", &typed(&[("a", "1")])), again);
    }
}
