//! Rows of the template as a version.

use super::cells;
use super::columns::{Part, column};
use crate::catalogue::portal::{self, Mended, Notes, Refused, Taken};
use crate::catalogue::{
    CaseAnswer, Component, FeeLine, Field, Flags, LegalBasis, OnlineLevel, ProcedureLevel, ProcedureVersion,
    Publication, PublicationKind, ResultPaper, Source, StepText, SubmissionWay, Variant, read_answers,
};
use crate::deadline::TimeLimit;
use std::collections::HashMap;

/// A row as it stands in the file: its part, and its cells by the name of their column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The part that it belongs to.
    pub part: Part,
    /// Cells by column; empty ones may be absent.
    pub cells: HashMap<&'static str, String>,
}

impl Record {
    fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", |c| c.trim())
    }
    fn some(&self, column: &str) -> Option<String> {
        Some(self.get(column).to_owned()).filter(|t| !t.is_empty())
    }
}

/// Reads the records of one procedure, in the order of the file. `mended` is what was done to its cells before.
pub fn read(records: &[Record], mended: Vec<Mended>) -> Result<Taken, Refused> {
    let mut notes = Notes(mended);
    let whole = with_rests(records, &mut notes);
    let all = |part: Part| whole.iter().filter(move |r| r.part == part);
    let heads: Vec<&Record> = all(Part::Procedure).collect();
    let Some(head) = heads.first() else {
        let code = records.first().map_or("", |r| r.get(column::CODE));
        return Err(Refused::Code(format!("{code} (không có dòng nào ở trang {})", Part::Procedure.title())));
    };
    let (code, _) = portal::read_code(head.get(column::CODE))?;
    let name = head.get(column::NAME).to_owned();
    if name.is_empty() {
        return Err(Refused::Name(code));
    }
    let variants = variants(&whole, &mut notes);
    let ways = ways(&whole, &variants, &mut notes);
    let version = ProcedureVersion {
        publication: publication(head, &mut notes)?,
        flags: flags(head, &mut notes),
        field: field(head, &mut notes),
        levels: levels(head, &mut notes),
        executing: cells::read_departments(head.get(column::EXECUTING)),
        participating: cells::read_departments(head.get(column::PARTICIPATING)),
        applicants: cells::lines(head.get(column::APPLICANTS)),
        sets: sets(head, &mut notes),
        conditions: head.get(column::CONDITIONS).to_owned(),
        online_level: understood(head, column::ONLINE, cells::read_online, "flags", "ghi Thông tin", &mut notes)
            .unwrap_or(OnlineLevel::Information),
        steps: all(Part::Steps)
            .map(|r| StepText { title: r.get(column::STEP).to_owned(), text: r.get(column::TEXT).to_owned() })
            .filter(|s| !s.title.is_empty() || !s.text.is_empty())
            .collect(),
        legal_bases: all(Part::LegalBases)
            .map(|r| LegalBasis {
                number: r.get(column::BASIS_NUMBER).to_owned(),
                name: r.get(column::BASIS_NAME).to_owned(),
            })
            .collect(),
        results: all(Part::Results)
            .filter(|r| !r.get(column::RESULT).is_empty())
            .map(|r| ResultPaper {
                code: r.get(column::RESULT_CODE).to_owned(),
                name: r.get(column::RESULT).to_owned(),
            })
            .collect(),
        ways,
        variants,
        code,
        name,
    };
    Ok(Taken { version, mended: notes.0, source: Source::Sheet })
}

/// The records with their long texts whole again.
fn with_rests(records: &[Record], notes: &mut Notes) -> Vec<Record> {
    let mut whole: Vec<Record> = records.iter().filter(|r| r.part != Part::Rest).cloned().collect();
    for rest in records.iter().filter(|r| r.part == Part::Rest) {
        let part = Part::from_title(rest.get(column::REST_PART));
        let nth = cells::read_count(rest.get(column::REST_ROW)).unwrap_or(0) as usize;
        let name = part.and_then(|p| p.columns().iter().find(|c| **c == rest.get(column::REST_COLUMN)));
        let row = whole.iter_mut().filter(|r| Some(r.part) == part).nth(nth.wrapping_sub(1));
        match (row, name) {
            // Not trimmed: the cut fell wherever it fell.
            (Some(row), Some(name)) => {
                row.cells.entry(name).or_default().push_str(rest.cells.get(column::TEXT).map_or("", String::as_str));
            }
            _ => notes.mend("rest", "bỏ một đoạn ở trang Phần còn lại vì không tìm thấy dòng của nó"),
        }
    }
    for record in &mut whole {
        for (name, cell) in &mut record.cells {
            clean(name, cell, notes);
        }
    }
    whole
}

/// One way of writing for every cell; text typed in an old font is turned into what it shows.
fn clean(column: &str, cell: &mut String, notes: &mut Notes) {
    if let Some((text, encoding)) = crate::encoding::mend(cell) {
        notes.mend("cells", format!("cột {column}: chữ {} đổi sang Unicode", encoding.name()));
        *cell = text;
    }
    let text = portal::clean(cell);
    if text != cell.trim() {
        notes.mend("cells", format!("cột {column}: viết lại dấu và khoảng trắng"));
    }
    *cell = text;
}

fn field(head: &Record, notes: &mut Notes) -> Field {
    let field = Field { code: head.get(column::FIELD_CODE).to_owned(), name: head.get(column::FIELD).to_owned() };
    if field.name.is_empty() {
        notes.mend("field", "không có lĩnh vực, xếp vào \"Khác\"");
        return Field { code: String::new(), name: "Khác".to_owned() };
    }
    field
}

/// What a cell says; one that is filled and not understood is told, with what was done instead.
fn understood<T>(
    r: &Record,
    column: &'static str,
    read: impl Fn(&str) -> Option<T>,
    part: &'static str,
    instead: &str,
    notes: &mut Notes,
) -> Option<T> {
    let text = r.get(column);
    let said = read(text);
    if said.is_none() && !text.is_empty() {
        notes.mend(part, format!("cột {column}: \"{text}\" không hiểu được, {instead}"));
    }
    said
}

fn yes(r: &Record, column: &'static str, part: &'static str, notes: &mut Notes) -> bool {
    understood(r, column, cells::read_yes, part, "ghi Không", notes).unwrap_or(false)
}

fn levels(head: &Record, notes: &mut Notes) -> Vec<ProcedureLevel> {
    let (levels, unknown) = cells::read_levels(head.get(column::LEVELS));
    for piece in unknown {
        notes.mend("levels", format!("bỏ cấp không rõ \"{piece}\""));
    }
    levels
}

fn sets(head: &Record, notes: &mut Notes) -> u32 {
    let read = |text: &str| cells::read_count(text).filter(|n| *n > 0);
    understood(head, column::SETS, read, "sets", "ghi 1 bộ", notes).unwrap_or(1)
}

fn flags(head: &Record, notes: &mut Notes) -> Flags {
    let days = |text: &str| cells::read_count(text).filter(|n| *n > 0);
    let window = understood(head, column::SUPPLEMENT_WINDOW, days, "flags", "theo quy định chung", notes);
    let mut yes = |column| yes(head, column, "flags", notes);
    Flags {
        same_day: yes(column::SAME_DAY),
        on_the_spot: yes(column::ON_THE_SPOT),
        delegated_by: head.some(column::DELEGATED_BY),
        post_intake: yes(column::POST_INTAKE),
        second_seal: yes(column::SECOND_SEAL),
        returned_by_agency: yes(column::RETURNED_BY_AGENCY),
        anywhere: yes(column::ANYWHERE),
        supplement_window_working_days: window,
        handled_elsewhere: head.some(column::ELSEWHERE),
    }
}

fn publication(head: &Record, notes: &mut Notes) -> Result<Publication, Refused> {
    let mut day = |name: &'static str| {
        let text = head.get(name);
        let read = cells::read_day(text);
        if read.is_none() && !text.is_empty() {
            notes.mend("publication", format!("{name} \"{text}\" không phải ngày, ví dụ 22/11/2026: bỏ trống"));
        }
        read
    };
    let (date, effective_from) = (day(column::DECIDED_ON), day(column::EFFECTIVE_FROM));
    let code = |c: &str| portal::read_code(c).ok().map(|(code, _)| code);
    let replaced_by = understood(head, column::REPLACED_BY, code, "publication", "bỏ trống", notes);
    let kind = match head.get(column::KIND) {
        "" => PublicationKind::New,
        text => cells::read_kind(text).ok_or_else(|| Refused::Kind(text.to_owned()))?,
    };
    let (number, issuer) = (head.get(column::DECISION).to_owned(), head.get(column::ISSUER).to_owned());
    if number.is_empty() {
        notes.mend("publication", "không có số quyết định công bố");
    }
    Ok(Publication { number, issuer, date, kind, effective_from, replaced_by })
}

fn variants(all: &[Record], notes: &mut Notes) -> Vec<Variant> {
    let mut variants: Vec<Variant> = Vec::new();
    for r in all.iter().filter(|r| r.part == Part::Variants) {
        let name = r.get(column::CASE).to_owned();
        let id = r.some(column::CASE_ID).unwrap_or_else(|| portal::digest(&name));
        let limit = limit(r, notes);
        if variants.iter().any(|v| v.id == id) {
            notes.mend("variants", format!("bỏ trường hợp lặp lại mã {id}"));
        } else {
            variants.push(Variant { id, name, limit, components: Vec::new(), answers: answers(r, notes) });
        }
    }
    for r in all.iter().filter(|r| r.part == Part::Components) {
        let Some(paper) = component(r, notes) else { continue };
        let id = r.get(column::CASE_ID);
        let known = variants.iter().position(|v| v.id == id);
        let at = known.or_else(|| id.is_empty().then_some(0)).unwrap_or_else(|| {
            variants.push(Variant { id: id.to_owned(), ..only() });
            notes.mend("variants", format!("thêm trường hợp {id} vì có giấy tờ nhắc đến"));
            variants.len() - 1
        });
        if variants.is_empty() {
            variants.push(only());
        }
        let Some(case) = variants.get_mut(at) else { continue };
        if case.components.iter().any(|c| c.id == paper.id) {
            notes.mend("components", format!("bỏ giấy tờ lặp lại mã {}", paper.id));
        } else {
            case.components.push(paper);
        }
    }
    if variants.is_empty() {
        variants.push(only());
    }
    variants
}

/// The answers that lead to a case; a cell that cannot be read narrows nothing.
fn answers(r: &Record, notes: &mut Notes) -> Vec<CaseAnswer> {
    read_answers(r.get(column::ANSWERS)).unwrap_or_else(|line| {
        notes.mend(
            "variants",
            format!("câu trả lời \"{line}\" không hiểu được, ví dụ Công trình gì? = Nhà ở: bỏ trống"),
        );
        Vec::new()
    })
}

fn only() -> Variant {
    Variant { id: "chung".to_owned(), name: String::new(), limit: None, components: Vec::new(), answers: Vec::new() }
}

fn component(r: &Record, notes: &mut Notes) -> Option<Component> {
    let name = r.get(column::PAPER).to_owned();
    if name.is_empty() {
        notes.mend("components", "bỏ giấy tờ không có tên");
        return None;
    }
    let mut count = |column: &str| {
        cells::read_count(r.get(column)).unwrap_or_else(|| {
            notes.mend("components", format!("số bản \"{}\" không phải số: ghi 0", r.get(column)));
            0
        })
    };
    Some(Component {
        id: r.some(column::PAPER_ID).unwrap_or_else(|| portal::digest(&name)),
        originals: count(column::ORIGINALS),
        copies: count(column::COPIES),
        section: r.get(column::SECTION).to_owned(),
        required: yes(r, column::REQUIRED, "components", notes),
        form: r.some(column::FORM),
        form_file: r.some(column::FORM_FILE).filter(|f| f.len() == 64 && f.bytes().all(|b| b.is_ascii_hexdigit())),
        e_form: yes(r, column::E_FORM, "components", notes),
        name,
    })
}

fn limit(r: &Record, notes: &mut Notes) -> Option<TimeLimit> {
    let text = r.get(column::LIMIT);
    let read = cells::read_limit(text);
    if read.is_none() && !text.is_empty() {
        notes.mend("ways", format!("thời hạn \"{text}\" không hiểu được, ví dụ 5 ngày làm việc: bỏ trống"));
    }
    read
}

fn ways(all: &[Record], variants: &[Variant], notes: &mut Notes) -> Vec<SubmissionWay> {
    let mut ways: Vec<(String, SubmissionWay)> = Vec::new();
    for r in all.iter().filter(|r| r.part == Part::Ways) {
        let Some(channel) = cells::read_channel(r.get(column::CHANNEL)) else {
            notes.mend("ways", format!("bỏ hình thức nộp không rõ \"{}\"", r.get(column::CHANNEL)));
            continue;
        };
        let variant = r.some(column::CASE_ID).filter(|id| variants.iter().any(|v| v.id == *id));
        if variant.is_none() && !r.get(column::CASE_ID).is_empty() {
            notes.mend("ways", format!("trường hợp {} không có, áp dụng cho mọi trường hợp", r.get(column::CASE_ID)));
        }
        let limit = limit(r, notes).unwrap_or(TimeLimit::None);
        let note = r.get(column::NOTE).to_owned();
        ways.push((r.get(column::WAY).to_owned(), SubmissionWay { channel, limit, variant, note, fees: Vec::new() }));
    }
    if ways.is_empty() {
        notes.mend("ways", "không có cách thức nộp, mở nộp trực tiếp không định thời hạn");
        ways.push((String::new(), portal::at_the_counter()));
    }
    for r in all.iter().filter(|r| r.part == Part::Fees) {
        let Some(fee) = fee(r, notes) else { continue };
        let number = r.get(column::WAY);
        let mut named = ways.iter_mut().filter(|(n, _)| number.is_empty() || n == number).peekable();
        if named.peek().is_none() {
            notes.mend("ways", format!("bỏ khoản thu của cách nộp số {number} không có"));
        }
        for (_, way) in named {
            way.fees.push(fee.clone());
        }
    }
    ways.into_iter().map(|(_, way)| way).collect()
}

fn fee(r: &Record, notes: &mut Notes) -> Option<FeeLine> {
    let (stated, text) = (r.get(column::AMOUNT), r.get(column::TEXT).to_owned());
    let amount = cells::read_amount(stated);
    if amount.is_none() && !stated.is_empty() {
        notes.mend("ways", format!("số tiền \"{stated}\" không phải số đồng: chỉ giữ diễn giải"));
    }
    let kind = understood(r, column::FEE_KIND, cells::read_fee_kind, "ways", "ghi Phí", notes);
    let effective_from = understood(r, column::FEE_FROM, cells::read_day, "ways", "bỏ trống", notes);
    (amount.is_some() || !text.is_empty()).then(|| FeeLine {
        kind: kind.unwrap_or(crate::catalogue::FeeKind::Fee),
        amount,
        text,
        basis: r.get(column::BASIS).to_owned(),
        effective_from,
    })
}
