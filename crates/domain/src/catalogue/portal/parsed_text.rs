//! A row parsed from the text of a page: whoever took it apart glued some things together that this takes apart again.

use super::Notes;
use super::glued;
use super::json::{count, items, strings, text_at};
use crate::text::fold;
use serde_json::{Value, json};

/// What the pages write where they have nothing.
const NOTHING: &str = "khong co thong tin";

/// The row in the shape of the portal's answer.
pub(super) fn as_portal(row: &Value, notes: &mut Notes) -> Value {
    let levels = strings(row, "levels");
    let is = |level: &str| levels.iter().any(|l| fold(l) == level);
    let named = |names: Vec<String>| names.into_iter().map(|name| json!({ "name": name })).collect::<Vec<_>>();
    let executing = stated(&text_at(row, "executing_agency"));
    let results = strings(row, "result_codes");
    if !results.is_empty() {
        notes.mend("results", format!("kết quả chỉ có mã {}, chưa có tên", results.join(", ")));
    }
    json!({
        "code": row.get("code"), "name": row.get("name"),
        "isMinistry": is("cap bo"), "isProvince": is("cap tinh"), "isWard": is("cap xa"), "isOtherAgency": is("co quan khac"),
        "categoriesDetails": named(vec![stated(&text_at(row, "field"))]),
        "departmentsExecuting": named(glued::agencies(&executing)),
        "subjectTypesDetails": named(glued::rejoined(strings(row, "subjects"))),
        "executionSteps": [{ "name": "", "description": text_at(row, "steps_text") }],
        "executionMethods": items(row, "channels").iter().map(way).collect::<Vec<_>>(),
        "executionCases": cases(row, notes),
        "requirementsAndConditions": stated(&text_at(row, "requirements")),
        "legalBasisesDetails": bases(row, notes),
        "procedureProposal": { "proposalNumber": stated(&text_at(row, "decision")) },
    })
}

/// Empty where the page says that it has nothing.
fn stated(text: &str) -> String {
    if fold(text).starts_with(NOTHING) { String::new() } else { text.to_owned() }
}

/// The unit's end stands at the head of the note: `"DAY"` and `"làm việcMiễn phí"` are working days.
fn way(channel: &Value) -> Value {
    let note = text_at(channel, "fee_and_note");
    let unit = text_at(channel, "unit");
    let (unit, note) = match (unit.as_str(), note.as_str()) {
        ("DAY", n) if n.starts_with("làm việc") => ("WORKING_DAY", &n["làm việc".len()..]),
        ("OTHER", n) if n.starts_with("Ngày làm việc") => ("WORKING_DAY", &n["Ngày làm việc".len()..]),
        ("OTHER", n) if n.starts_with("Ngày") => ("DAY", &n["Ngày".len()..]),
        ("OTHER", n) if n.starts_with("Giờ") => ("HOUR", &n["Giờ".len()..]),
        ("OTHER", n) if n.starts_with("Tháng") => ("MONTH", &n["Tháng".len()..]),
        (unit, n) => (unit, n),
    };
    let (fees, rest) = glued::fees(note);
    json!({
        "submissionMethod": text_at(channel, "method"),
        "processingTime": channel.get("qty"), "processingTimeUnit": unit,
        "description": stated(rest), "fees": fees,
    })
}

fn bases(row: &Value, notes: &mut Notes) -> Vec<Value> {
    let raw = strings(row, "legal_numbers");
    let mut numbers: Vec<String> = Vec::new();
    for number in raw.iter().filter_map(|n| glued::legal_number(n)) {
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    if numbers.len() < raw.len() {
        notes.mend("legal_bases", "bỏ số văn bản bị dính chữ hoặc là ngày tháng");
    }
    numbers.into_iter().map(|n| json!({ "code": n, "name": "" })).collect()
}

/// Papers by the group they stand in. Groups that name situations are cases when there are several of them; a single one holds
/// papers that some applicants need beside the others. All else are headings.
fn cases(row: &Value, notes: &mut Notes) -> Vec<Value> {
    let mut cases: Vec<(String, Vec<Value>)> = Vec::new();
    for item in items(row, "components") {
        let group = text_at(item, "group");
        let paper = paper(item, notes);
        match cases.last_mut().filter(|(name, _)| *name == group) {
            Some((_, papers)) => papers.push(paper),
            None => cases.push((group, vec![paper])),
        }
    }
    let names_a_situation = |name: &str| ["truong hop", "doi voi"].iter().any(|w| fold(name).starts_with(w));
    let several = cases.iter().filter(|(name, _)| names_a_situation(name)).count() > 1;
    let case = |(name, mut papers): (String, Vec<Value>)| {
        let is_situation = names_a_situation(&name);
        if is_situation && !several {
            for paper in &mut papers {
                paper["conditional"] = json!(true);
            }
        }
        json!({ "name": name, "isSection": !(is_situation && several), "profileComponents": papers })
    };
    cases.into_iter().map(case).collect()
}

fn paper(item: &Value, notes: &mut Notes) -> Value {
    let (name, file) = glued::paper_and_file(&text_at(item, "name"));
    let (name, originals) = glued::name_and_count(name, count(item, "originals"));
    let (name, copies) = glued::name_and_count(name, count(item, "copies"));
    if originals != count(item, "originals") || copies != count(item, "copies") {
        notes.mend("components", format!("số bản bị dính vào tên giấy tờ, tách ra: \"{}\"", super::shorten(&name, 60)));
    }
    let files: Vec<Value> = file.into_iter().map(|f| json!({ "fileName": f })).collect();
    json!({ "name": name, "originalQty": originals, "copyQty": copies, "attachments": files })
}
