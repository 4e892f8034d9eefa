//! Cases and components.

use super::Notes;
use super::json::{count, flag, items, text_at};
use super::text::shorten;
use crate::catalogue::{Component, Variant};
use crate::text::fold;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Id of the only case of a procedure without cases.
const ONLY: &str = "chung";
/// Names of cases longer than this are whole paragraphs; screens need a name.
const NAME: usize = 300;

/// The row's cases; never empty.
///
/// The portal keeps two things in one list: real cases ("Trường hợp mất Trang bổ sung") and mere headings of one list
/// ("Giấy tờ phải nộp", "Lưu ý"). Headings become sections of every case.
pub(super) fn variants(row: &Value, notes: &mut Notes) -> Vec<Variant> {
    let lists: Vec<List> = items(row, "executionCases").iter().map(|case| List::of(case, notes)).collect();
    let named: Vec<_> = lists.iter().filter(|l| !l.is_section).collect();
    if named.is_empty() || lists.len() == 1 {
        let all = lists.iter().flat_map(|l| in_section(&l.name, &l.papers)).collect();
        return vec![variant(ONLY.to_owned(), String::new(), all, notes)];
    }
    let shared: Vec<Component> =
        lists.iter().filter(|l| l.is_section).flat_map(|l| in_section(&l.name, &l.papers)).collect();
    let mut ids: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for List { name, papers: list, .. } in named {
        let id = unused(&digest(name), &ids);
        ids.push(id.clone());
        let all = list.iter().chain(&shared).cloned().collect();
        out.push(variant(id, shorten(name, NAME), all, notes));
    }
    out
}

/// A list of papers under one name.
struct List {
    name: String,
    /// A heading, not a case.
    is_section: bool,
    papers: Vec<Component>,
}

impl List {
    fn of(case: &Value, notes: &mut Notes) -> Self {
        let name = heading(&text_at(case, "name"));
        let is_section = flag(case, "isSection") || is_section(&name);
        Self { name, is_section, papers: components(case, notes) }
    }
}

/// The id of a case that is known by its name alone.
pub(in crate::catalogue) fn digest(name: &str) -> String {
    let hash = Sha256::digest(fold(name).as_bytes());
    crate::hex(hash.get(..5).unwrap_or(&hash))
}

fn variant(id: String, name: String, mut components: Vec<Component>, notes: &mut Notes) -> Variant {
    let mut ids: Vec<String> = Vec::new();
    for component in &mut components {
        let id = unused(&component.id, &ids);
        if id != component.id {
            notes.mend("components", format!("mã thành phần {} lặp lại, thêm số thứ tự", component.id));
        }
        ids.push(id.clone());
        component.id = id;
    }
    Variant { id, name, limit: None, components, answers: Vec::new() }
}

fn unused(id: &str, taken: &[String]) -> String {
    let free = |candidate: &String| !taken.contains(candidate);
    let first = std::iter::once(id.to_owned());
    let mut candidates = first.chain((2..).map(|n: u32| format!("{id}-{n}")));
    candidates.find(free).unwrap_or_default()
}

fn in_section(name: &str, list: &[Component]) -> Vec<Component> {
    let with = |c: &Component| Component { section: name.to_owned(), ..c.clone() };
    list.iter().map(with).collect()
}

/// "- Đơn đề nghị" → "Đơn đề nghị": the list has marks of its own.
fn without_bullet(name: &str) -> &str {
    let bare = name.trim_start_matches(['*', '-', '–', '+', '•', ' ']);
    if bare.is_empty() { name } else { bare }
}

/// "* Giấy tờ phải nộp:" → "Giấy tờ phải nộp".
fn heading(name: &str) -> String {
    let bare = name.trim_start_matches(['*', '-', '+', ' ']).trim_end_matches([':', ' ', ';', '.']);
    bare.to_owned()
}

fn is_section(name: &str) -> bool {
    let folded = fold(name);
    folded.is_empty()
        || ["giay to phai nop", "giay to phai xuat trinh", "luu y"].iter().any(|s| folded.starts_with(s))
        || ["thanh phan ho so", "thanh phan ho so gom", "ho so gom"].contains(&folded.as_str())
}

fn components(case: &Value, notes: &mut Notes) -> Vec<Component> {
    items(case, "profileComponents").iter().filter_map(|item| component(item, notes)).collect()
}

fn component(item: &Value, notes: &mut Notes) -> Option<Component> {
    let name = text_at(item, "name");
    if name.is_empty() {
        notes.mend("components", "bỏ thành phần không có tên");
        return None;
    }
    let (originals, copies) = (count(item, "originalQty"), count(item, "copyQty"));
    let form = items(item, "attachments").iter().map(|a| text_at(a, "fileName")).find(|f| !f.is_empty());
    let e_form = flag(item, "hasElectronicForm");
    if originals == 0 && copies == 0 {
        notes.mend("components", "có thành phần 0 bản chính, 0 bản sao: ghi nhận, không bắt buộc");
    }
    let required =
        flag(item, "required") || (originals + copies > 0 && !is_conditional(&name) && !flag(item, "conditional"));
    Some(Component {
        id: id(item, &name),
        name: without_bullet(&name).to_owned(),
        section: String::new(),
        originals,
        copies,
        required,
        form,
        form_file: None,
        e_form,
    })
}

/// The source's own id, else its code, else one made from the name: all three are the same at the next import.
fn id(item: &Value, name: &str) -> String {
    let known = [text_at(item, "profileComponentId"), text_at(item, "code")];
    known.into_iter().find(|id| !id.is_empty()).unwrap_or_else(|| digest(name))
}

/// The portal marks no component as required, so the words decide: a paper for some applicants only is not.
fn is_conditional(name: &str) -> bool {
    let folded = fold(name);
    ["truong hop", "doi voi", "neu", "mot trong", "trong truong hop"].iter().any(|s| folded.starts_with(s))
        || [
            "neu co",
            "doi voi truong hop",
            "trong truong hop",
            "truong hop uy quyen",
            "thong qua nguoi dai dien",
            "viec dai dien",
        ]
        .iter()
        .any(|s| folded.contains(s))
}
