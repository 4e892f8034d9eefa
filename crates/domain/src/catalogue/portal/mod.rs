//! Import of one answer of the national portal, with the dirt that it carries.
//!
//! What can be mended is mended and said; only a row without a usable code or name is refused. Nothing here panics.

mod code;
mod glued;
mod json;
mod limits;
mod listing;
mod papers;
mod parsed_text;
#[cfg(test)]
mod tests;
mod text;
mod ways;

use super::{
    Department, Field, Flags, LegalBasis, OnlineLevel, ProcedureCode, ProcedureLevel, ProcedureVersion, Publication,
    PublicationKind, ResultPaper, Source, StepText,
};
use crate::deadline::TimeLimit;
use crate::time::Instant;
use json::{flag, items, text_at, texts};
use serde::Serialize;
use serde_json::Value;

pub use code::read_code;
pub(super) use papers::digest;
pub use text::clean;
pub(super) use text::shorten;
pub(super) use ways::at_the_counter;

/// A row that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The procedure.
    pub version: ProcedureVersion,
    /// What was changed or assumed on the way, in order.
    pub mended: Vec<Mended>,
    /// The kind of row it was.
    pub source: Source,
}

/// Something in a row that was changed or assumed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mended {
    /// Part of the procedure, such as `code` or `ways`.
    pub part: &'static str,
    /// What was done, in Vietnamese.
    pub what: String,
}

/// Why a row was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The row is not an object.
    #[error("dòng này không phải là một thủ tục")]
    NotAnObject,
    /// The code is missing or has no known form.
    #[error("mã thủ tục không hợp lệ: \"{0}\", ví dụ đúng: 1.000080")]
    Code(String),
    /// The source marks the procedure as deleted, `1.014955-Xoa`.
    #[error("nguồn đánh dấu đã xóa: \"{0}\"")]
    Deleted(String),
    /// The name is missing.
    #[error("thủ tục {0} không có tên")]
    Name(ProcedureCode),
    /// The kind of publication is not understood: whether it begins or ends the procedure must not be guessed.
    #[error("không rõ loại công bố: \"{0}\"; ghi Ban hành mới, Sửa đổi, bổ sung, Thay thế hoặc Bãi bỏ")]
    Kind(String),
}

/// Notes gathered while a row is read.
#[derive(Default)]
pub(super) struct Notes(pub(super) Vec<Mended>);

impl Notes {
    pub(super) fn mend(&mut self, part: &'static str, what: impl Into<String>) {
        let note = Mended { part, what: what.into() };
        if !self.0.contains(&note) {
            self.0.push(note);
        }
    }
}

/// The id of a case or paper that is known by its name alone.
pub fn case_id(name: &str) -> String {
    papers::digest(name)
}

/// Reads one row.
pub fn parse(row: &Value) -> Result<Taken, Refused> {
    if !row.is_object() {
        return Err(Refused::NotAnObject);
    }
    let mut notes = Notes::default();
    let source = shape(row);
    let reshaped = match source {
        Source::Listing => Some(listing::as_portal(row, &mut notes)),
        Source::ParsedText => Some(parsed_text::as_portal(row, &mut notes)),
        _ => None,
    };
    let row = reshaped.as_ref().unwrap_or(row);
    let code = code::code(row, &mut notes)?;
    let name = text_at(row, "name").trim_end_matches(['.', ' ']).to_owned();
    if name.is_empty() {
        return Err(Refused::Name(code));
    }
    if row.get("name").and_then(Value::as_str).is_some_and(|raw| raw != name) {
        notes.mend("name", "bỏ khoảng trắng, ký tự ẩn và dấu chấm thừa trong tên");
    }
    let mut variants = papers::variants(row, &mut notes);
    let ways = ways::ways(row, &mut variants, &mut notes);
    let same_day = !ways.is_empty() && ways.iter().all(|w| w.limit == TimeLimit::SameDay);
    let online = ways.iter().any(|w| w.channel == super::Channel::Online);
    let version = ProcedureVersion {
        name,
        field: field(row, &mut notes),
        levels: levels(row, &mut notes),
        executing: executing(row, &mut notes),
        participating: departments(row, &["departmentsCoordinating", "unitGroupsCoordinating"]),
        applicants: texts(row, "subjectTypesDetails", "name"),
        steps: steps(row),
        ways,
        variants,
        sets: 1,
        conditions: conditions(row),
        legal_bases: legal_bases(row),
        results: results(row),
        online_level: online_level(row, online),
        flags: Flags {
            same_day,
            anywhere: flag(row, "isNonTerritorial"),
            handled_elsewhere: internal(row, &mut notes),
            ..Flags::default()
        },
        publication: publication(row, &mut notes),
        code,
    };
    Ok(Taken { version, mended: notes.0, source })
}

/// Which of the three real shapes a row has; one with nothing but a code and a name is read as the portal's.
fn shape(row: &Value) -> Source {
    let has = |keys: &[&str]| keys.iter().any(|key| row.get(key).is_some());
    if has(&["channels", "steps_text", "executing_agency"]) {
        Source::ParsedText
    } else if has(&["categories", "departmentPromulgate", "formalityTargetType"])
        && !has(&["executionMethods", "executionCases", "executionSteps", "categoriesDetails"])
    {
        Source::Listing
    } else {
        Source::Portal
    }
}

/// Procedures between authorities are not handed in at a counter.
fn internal(row: &Value, notes: &mut Notes) -> Option<String> {
    if !flag(row, "isInternal") {
        return None;
    }
    notes.mend("flags", "thủ tục nội bộ giữa các cơ quan nhà nước: không tiếp nhận tại Trung tâm");
    Some("Giải quyết nội bộ giữa các cơ quan nhà nước".to_owned())
}

fn field(row: &Value, notes: &mut Notes) -> Field {
    let of = |v: &Value| Field { code: text_at(v, "code"), name: text_at(v, "name") };
    let mut all = items(row, "categoriesDetails").iter().map(of).filter(|f| !f.name.is_empty());
    let first = all.next().or_else(|| row.get("category").map(of)).unwrap_or_else(|| of(&Value::Null));
    if all.next().is_some() {
        notes.mend("field", format!("có nhiều lĩnh vực, lấy lĩnh vực đầu: {}", first.name));
    }
    if first.name.is_empty() {
        notes.mend("field", "không có lĩnh vực, xếp vào \"Khác\"");
        return Field { code: String::new(), name: "Khác".to_owned() };
    }
    first
}

fn levels(row: &Value, notes: &mut Notes) -> Vec<ProcedureLevel> {
    let known = [
        ("isMinistry", ProcedureLevel::Ministry),
        ("isProvince", ProcedureLevel::Province),
        ("isWard", ProcedureLevel::Commune),
        ("isOtherAgency", ProcedureLevel::Other),
        ("isVertical", ProcedureLevel::Other),
    ];
    let mut levels: Vec<_> = known.iter().filter(|(key, _)| flag(row, key)).map(|(_, l)| *l).collect();
    levels.dedup();
    if levels.is_empty() {
        notes.mend("levels", "không ghi cấp thực hiện");
    }
    levels
}

fn executing(row: &Value, notes: &mut Notes) -> Vec<Department> {
    let executing = departments(row, &["departmentsExecuting", "unitGroupsExecuting"]);
    if !executing.is_empty() {
        return executing;
    }
    let authority = departments(row, &["departmentsAuthority", "unitGroupsAuthority"]);
    if authority.is_empty() {
        notes.mend("executing", "không ghi cơ quan thực hiện, cán bộ chọn khi tiếp nhận");
    } else {
        notes.mend("executing", "không ghi cơ quan thực hiện, lấy cơ quan có thẩm quyền");
    }
    authority
}

fn departments(row: &Value, keys: &[&str]) -> Vec<Department> {
    let mut all: Vec<Department> = Vec::new();
    for item in keys.iter().flat_map(|key| items(row, key)) {
        let department = Department { code: text_at(item, "code"), name: text_at(item, "name") };
        let known = all.iter().any(|d| d.name == department.name);
        if !department.name.is_empty() && !known {
            all.push(department);
        }
    }
    all
}

fn steps(row: &Value) -> Vec<StepText> {
    let read = |s: &Value| StepText { title: text_at(s, "name"), text: text_at(s, "description") };
    let all = items(row, "executionSteps").iter().map(read);
    all.filter(|s| !s.title.is_empty() || !s.text.is_empty()).collect()
}

fn conditions(row: &Value) -> String {
    let stated = text_at(row, "requirementsAndConditions");
    let text = if stated.is_empty() { text_at(row, "description") } else { stated };
    // "Không", "Không quy định." and "Không có" say that there are none.
    let nothing = ["khong", "khong co", "khong quy dinh", "khong yeu cau"];
    if nothing.contains(&crate::text::fold(&text).as_str()) { String::new() } else { text }
}

fn legal_bases(row: &Value) -> Vec<LegalBasis> {
    let read = |b: &Value| LegalBasis { number: text_at(b, "code"), name: text_at(b, "name") };
    let all = items(row, "legalBasisesDetails").iter().map(read);
    all.filter(|b| !b.number.is_empty() || !b.name.is_empty()).collect()
}

fn results(row: &Value) -> Vec<ResultPaper> {
    let read = |r: &Value| ResultPaper { code: text_at(r, "code"), name: text_at(r, "name") };
    items(row, "resultsDetails").iter().map(read).filter(|r| !r.name.is_empty()).collect()
}

fn online_level(row: &Value, online: bool) -> OnlineLevel {
    match (flag(row, "isFullProcess"), online && !flag(row, "isOfflineOnly")) {
        (true, _) => OnlineLevel::Full,
        (false, true) => OnlineLevel::Partial,
        (false, false) => OnlineLevel::Information,
    }
}

fn publication(row: &Value, notes: &mut Notes) -> Publication {
    let proposal = row.get("procedureProposal").unwrap_or(&Value::Null);
    let number = text_at(proposal, "proposalNumber");
    if number.is_empty() {
        notes.mend("publication", "không có số quyết định công bố");
    }
    let issuer = proposal.get("issuingAgency").map(|a| text_at(a, "name")).unwrap_or_default();
    Publication {
        number,
        issuer: if issuer.is_empty() { text_at(row, "departmentPromulgateName") } else { issuer },
        date: proposal.get("decisionDate").and_then(Value::as_i64).map(|ms| Instant::from_millis(ms).day()),
        kind: match text_at(row, "state").as_str() {
            "UPDATED" => PublicationKind::Amended,
            "INACTIVE" | "DELETED" | "ABOLISHED" => PublicationKind::Abolished,
            _ => PublicationKind::New,
        },
        // The source does not state it; the day of the decision is not the day of its effect.
        effective_from: None,
        replaced_by: None,
    }
}
