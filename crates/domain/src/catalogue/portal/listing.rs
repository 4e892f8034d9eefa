//! A row of the national list: code, name, fields, departments, who may apply — no limit, no fee, no paper.

use super::Notes;
use super::json::{strings, text_at};
use crate::text::fold;
use serde_json::{Value, json};

/// The row in the shape of the portal's answer.
pub(super) fn as_portal(row: &Value, notes: &mut Notes) -> Value {
    let named = |key: &str| strings(row, key).into_iter().map(|name| json!({ "name": name })).collect::<Vec<_>>();
    let departments = strings(row, "departments");
    let at = |words: &[&str]| departments.iter().any(|d| is_one_of(d, words));
    let ministry = at(&["bo", "cuc", "tong cuc", "ngan hang nha nuoc viet nam", "uy ban chung khoan", "vu"]);
    let province = at(&["so", "chi cuc", "ban quan ly", "thue tinh", "cong an cap tinh", "ngan hang nha nuoc khu vuc"])
        || departments.iter().any(|d| has(d, &["cap tinh", "ubnd tinh", "ubnd thanh pho"]));
    let commune = departments.iter().any(|d| has(d, &["cap xa", "xa phuong", "phuong xa"]));
    notes.mend("levels", "dòng danh mục rút gọn không ghi cấp, suy từ tên cơ quan");
    let mut out = json!({
        "code": row.get("code"), "name": row.get("name"),
        "categoriesDetails": named("categories"),
        "departmentsExecuting": named("departments"),
        "subjectTypesDetails": named("formalityTargetType"),
        "departmentPromulgateName": text_at(row, "departmentPromulgate"),
        "isMinistry": ministry, "isProvince": province, "isWard": commune,
        "state": row.get("state"),
    });
    // Procedures between authorities are published in the same list; nobody hands them in at a counter.
    if text_at(row, "type") == "STANDARD_INTERNAL" {
        out["isInternal"] = json!(true);
    }
    out
}

fn is_one_of(department: &str, words: &[&str]) -> bool {
    let folded = fold(department);
    words.iter().any(|w| folded == *w || folded.strip_prefix(w).is_some_and(|rest| rest.starts_with(' ')))
}

fn has(department: &str, words: &[&str]) -> bool {
    let folded = fold(department).replace("uy ban nhan dan", "ubnd");
    words.iter().any(|w| folded.contains(w))
}
