//! One made-up row for each kind of dirt.

use super::*;
use crate::catalogue::{Channel, FeeKind};
use serde_json::json;

fn row(changes: Value) -> Value {
    let mut row = json!({
        "code": "1.000001", "name": "Cấp giấy thử",
        "isProvince": true,
        "categoriesDetails": [{ "code": "G00-01", "name": "Thử nghiệm" }],
        "executionMethods": [way("DIRECT", json!(5), "WORKING_DAY", "")],
        "executionCases": [{ "name": "", "profileComponents": [paper("p1", "Đơn đề nghị", 1, 0)] }],
        "procedureProposal": { "proposalNumber": "1/QĐ-UBND", "decisionDate": 1_768_496_400_000_i64 },
    });
    let Value::Object(changes) = changes else { panic!("changes are an object") };
    for (key, value) in changes {
        row[key] = value;
    }
    row
}
fn way(method: &str, time: impl Into<Value>, unit: &str, note: &str) -> Value {
    let time = time.into();
    json!({ "submissionMethod": method, "processingTime": time, "processingTimeUnit": unit, "description": note, "fees": [] })
}
fn paper(id: &str, name: &str, originals: i64, copies: i64) -> Value {
    json!({ "profileComponentId": id, "name": name, "originalQty": originals, "copyQty": copies, "required": false })
}
fn taken(changes: Value) -> Taken {
    parse(&row(changes)).unwrap()
}
fn limit(time: Value, unit: &str, note: &str) -> TimeLimit {
    taken(json!({ "executionMethods": [way("DIRECT", time, unit, note)] })).version.ways[0].limit
}
fn mended(taken: &Taken, part: &str) -> bool {
    taken.mended.iter().any(|m| m.part == part)
}

#[test]
fn a_clean_row_is_taken_with_its_publication() {
    let Taken { version, .. } = taken(json!({}));
    assert_eq!(version.publication.number, "1/QĐ-UBND");
    assert_eq!(version.publication.date, Some("2026-01-16".parse().unwrap()));
    assert_eq!(version.levels, [ProcedureLevel::Province]);
    assert_eq!(version.online_level, OnlineLevel::Information);
    assert!(version.variants[0].components[0].required);
}

#[test]
fn a_leading_blank_in_the_code_is_mended() {
    let taken = taken(json!({ "code": "\u{a0}1.014325 " }));
    assert_eq!(taken.version.code.as_str(), "1.014325");
    assert!(mended(&taken, "code"));
}

#[test]
fn a_code_of_seven_digits_is_kept_and_noted() {
    let taken = taken(json!({ "code": "1.0133611" }));
    assert_eq!(taken.version.code.as_str(), "1.0133611");
    assert!(mended(&taken, "code"));
}

#[test]
fn a_row_that_its_source_deleted_is_refused() {
    assert_eq!(parse(&row(json!({ "code": "1.014955-Xoa" }))), Err(Refused::Deleted("1.014955-Xoa".to_owned())));
    assert!(matches!(parse(&row(json!({ "code": "1.014955-Moi" }))), Err(Refused::Code(_))));
}

#[test]
fn a_row_without_code_or_name_or_form_is_refused() {
    assert!(matches!(parse(&row(json!({ "code": null }))), Err(Refused::Code(_))));
    assert!(matches!(parse(&row(json!({ "name": " \u{a0}" }))), Err(Refused::Name(_))));
    assert_eq!(parse(&json!([1, 2])), Err(Refused::NotAnObject));
    assert_eq!(parse(&Value::Null), Err(Refused::NotAnObject));
}

#[test]
fn a_long_name_with_hidden_characters_is_cleaned_and_kept_whole() {
    let long = format!("Đăng\u{a0}k\u{200e}ý  \t{}", "rất dài ".repeat(150));
    let taken = taken(json!({ "name": long }));
    assert!(taken.version.name.starts_with("Đăng ký rất dài"));
    assert!(taken.version.name.chars().count() > 1_094);
    assert!(mended(&taken, "name"));
}

#[test]
fn several_levels_and_none_are_both_taken() {
    let several = taken(json!({ "isWard": true, "isMinistry": true, "isOtherAgency": true, "isVertical": true }));
    assert_eq!(several.version.levels.len(), 4);
    assert!(mended(&taken(json!({ "isProvince": false })), "levels"));
}

#[test]
fn clk_02_every_unit_of_the_portal_is_understood() {
    assert_eq!(limit(json!(5), "WORKING_DAY", ""), TimeLimit::WorkingDays(5));
    assert_eq!(limit(json!(7.5), "WORKING_DAY", ""), TimeLimit::WorkingHours(60));
    assert_eq!(limit(json!(20), "DAY", ""), TimeLimit::CalendarDays(20));
    assert_eq!(limit(json!(2), "MONTH", ""), TimeLimit::Months(2));
    assert_eq!(limit(json!(4), "HOUR", ""), TimeLimit::WorkingHours(4));
    assert_eq!(limit(json!("12"), "WORKING_DAY", ""), TimeLimit::WorkingDays(12));
}

#[test]
fn clk_02_other_limits_are_read_from_the_text_the_note_or_the_cases() {
    assert_eq!(
        limit(json!("Không quá 07 ngày làm việc. Vùng sâu tăng 10 ngày"), "OTHER", ""),
        TimeLimit::WorkingDays(7)
    );
    assert_eq!(limit(json!("Theo mô tả"), "OTHER", "Không quá 15 ngày kể từ ngày nhận"), TimeLimit::CalendarDays(15));
    assert_eq!(limit(json!(7), "OTHER", ""), TimeLimit::WorkingDays(7));
    assert_eq!(limit(json!(0), "OTHER", ""), TimeLimit::SameDay);
    assert_eq!(limit(json!("theo dự án"), "OTHER", "từ ngày 01 tháng 8 năm 2024"), TimeLimit::None);
    assert_eq!(limit(Value::Null, "", ""), TimeLimit::None);
    let by_case = taken(json!({
        "executionMethods": [way("ONLINE", json!("Theo mô tả"), "OTHER", "")],
        "cases": [{ "processingDay": { "qty": 18, "type": "WORKING_DAY" } }, { "processingDay": { "qty": "?", "type": "DAY" } }],
    }));
    assert_eq!(by_case.version.ways[0].limit, TimeLimit::WorkingDays(18));
}

#[test]
fn cat_05_fifteen_hours_that_mean_the_cut_off_are_a_same_day_procedure() {
    let note = "Ngay trong ngày tiếp nhận, nhận sau 15 giờ thì trả ngày làm việc tiếp theo.";
    let taken = taken(json!({ "executionMethods": [way("DIRECT", json!(15), "HOUR", note)] }));
    assert!(taken.version.flags.same_day);
    assert!(mended(&taken, "ways"));
}

#[test]
fn absurd_numbers_and_unknown_channels_do_not_stop_a_row() {
    assert_eq!(limit(json!(-3), "WORKING_DAY", ""), TimeLimit::None);
    assert_eq!(limit(json!(1e300), "MONTH", ""), TimeLimit::None);
    let taken = taken(json!({ "executionMethods": [way("PIGEON", json!(1), "DAY", ""), "?", null] }));
    assert_eq!(taken.version.limit_for(Channel::Counter, ""), TimeLimit::None);
    assert!(mended(&taken, "ways"));
}

#[test]
fn headings_are_sections_and_real_cases_are_cases_that_share_the_unnamed_papers() {
    let headings = taken(json!({ "executionCases": [
        { "name": "* Giấy tờ phải nộp:", "profileComponents": [paper("a", "Tờ khai", 1, 0)] },
        { "name": " * Lưu ý :", "profileComponents": [paper("b", "Xuất trình khi nhận", 0, 0)] },
    ]}));
    let [only] = headings.version.variants.as_slice() else { panic!("one case") };
    assert_eq!(only.components[0].section, "Giấy tờ phải nộp");
    assert!(!only.components[1].required && !only.components[1].is_paper());
    let cases = taken(json!({ "executionCases": [
        { "name": "", "profileComponents": [paper("a", "Tờ khai", 1, 0)] },
        { "name": "- Đối với trường hợp mất:", "profileComponents": [paper("b", "Giấy xác nhận", 1, 0)] },
        { "name": "- Đối với trường hợp hỏng:", "profileComponents": [paper("c", "Giấy cũ", 1, 0)] },
    ]}));
    let names: Vec<&str> = cases.version.variants.iter().map(|v| v.name.as_str()).collect();
    assert_eq!(names, ["Đối với trường hợp mất", "Đối với trường hợp hỏng"]);
    assert!(cases.version.variants.iter().all(|v| v.component("a").is_some()));
}

#[test]
fn components_with_the_same_id_without_id_and_without_name_are_mended() {
    let taken = taken(json!({ "executionCases": [{ "name": "", "profileComponents": [
        paper("x", "Một", 1, 0), paper("x", "Hai", 0, 1), paper("", "Ba", 1, 0), paper("y", " ", 1, 0), null,
    ]}]}));
    let ids: Vec<&str> = taken.version.variants[0].components.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids[..2], ["x", "x-2"]);
    assert_eq!(ids.len(), 3);
    assert!(mended(&taken, "components"));
}

#[test]
fn int_02_a_paper_for_some_applicants_only_is_not_required() {
    let taken = taken(json!({ "executionCases": [{ "name": "", "profileComponents": [
        paper("1", "Đơn đề nghị", 1, 0), paper("2", "Văn bản ủy quyền (nếu có)", 1, 0), paper("3", "Trường hợp mất: đơn trình báo", 1, 0),
    ]}]}));
    let required: Vec<bool> = taken.version.variants[0].components.iter().map(|c| c.required).collect();
    assert_eq!(required, [true, false, false]);
}

#[test]
fn several_limits_on_one_channel_become_cases() {
    let taken = taken(json!({ "executionMethods": [
        way("DIRECT", json!(20), "WORKING_DAY", "Trường hợp lần đầu"),
        way("ONLINE", json!(20), "WORKING_DAY", "Trường hợp lần đầu"),
        way("DIRECT", json!(18), "WORKING_DAY", "- Trường hợp cấp lại"),
        way("ONLINE", json!(18), "WORKING_DAY", "Trường hợp cấp lại"),
        way("ONLINE", json!(18), "WORKING_DAY", "Trường hợp cấp lại"),
    ]}));
    let version = taken.version;
    assert_eq!(version.ways.len(), 4);
    let [first, again] = version.variants.as_slice() else { panic!("two cases") };
    assert_eq!(again.name, "Trường hợp cấp lại (18 ngày làm việc)");
    assert_eq!(version.limit_for(Channel::Online, &first.id), TimeLimit::WorkingDays(20));
    assert_eq!(version.limit_for(Channel::PostEmployee, &again.id), TimeLimit::WorkingDays(18));
    assert_eq!(version.limit_for(Channel::Post, &again.id), TimeLimit::WorkingDays(18));
}

#[test]
fn fee_01_a_zero_beside_a_text_is_not_free_and_dollars_are_not_dong() {
    let mut counter = way("DIRECT", json!(1), "DAY", "");
    counter["fees"] = json!([
        { "type": "SERVICE_FEE", "value": 0, "currencyName": "", "description": "Hội đồng nhân dân cấp tỉnh quy định" },
        { "type": "FEE", "value": 30000, "currencyName": "Việt Nam Đồng", "description": "" },
        { "type": "FEE", "value": 20, "currencyName": "USD", "description": "" },
        { "type": "PRICE_LEVEL", "value": 0, "currencyName": "Việt Nam Đồng", "description": "" },
        { "type": "FEE", "value": null },
    ]);
    let version = taken(json!({ "executionMethods": [counter] })).version;
    let read: Vec<_> = version
        .fees_for(Channel::Counter, "", jiff::civil::date(2025, 10, 6))
        .iter()
        .map(|f| (f.kind, f.amount))
        .collect();
    assert_eq!(
        read,
        [(FeeKind::Charge, None), (FeeKind::Fee, Some(30_000)), (FeeKind::Fee, None), (FeeKind::Price, Some(0))]
    );
}

/// What begins next January is not asked for today, and from then on only the new amount of the same fee.
#[test]
fn fee_01_a_fee_holds_from_its_first_day_and_takes_the_place_of_the_one_before() {
    let mut counter = way("DIRECT", json!(1), "DAY", "");
    counter["fees"] = json!([
        { "type": "FEE", "value": 30000, "currencyName": "Việt Nam Đồng", "description": "" },
        { "type": "FEE", "value": 50000, "currencyName": "Việt Nam Đồng", "description": "" },
    ]);
    let mut version = taken(json!({ "executionMethods": [counter] })).version;
    let first_day = jiff::civil::date(2026, 1, 1);
    for way in &mut version.ways {
        way.fees[1].effective_from = Some(first_day);
    }
    let asked = |day| version.fees_for(Channel::Counter, "", day).iter().map(|f| f.amount).collect::<Vec<_>>();
    assert_eq!(asked(first_day.yesterday().unwrap()), [Some(30_000)]);
    assert_eq!(asked(first_day), [Some(50_000)]);
}

#[test]
fn a_procedure_of_a_hundred_and_eleven_components_is_taken_whole() {
    let many: Vec<Value> = (0..111).map(|n| paper(&format!("p{n}"), &format!("Giấy tờ {n}"), 1, 1)).collect();
    let taken = taken(json!({ "executionCases": [{ "name": "", "profileComponents": many }] }));
    assert_eq!(taken.version.variants[0].components.len(), 111);
}

#[test]
fn a_row_in_which_everything_has_the_wrong_kind_is_still_taken() {
    let taken = parse(&json!({
        "code": "1.000001", "name": "Thử", "executionMethods": {}, "executionCases": 7, "cases": "x", "categoriesDetails": [3],
        "category": null, "procedureProposal": [], "resultsDetails": [null], "executionSteps": ["x"], "isWard": "yes",
        "legalBasisesDetails": [{ "code": 5 }],
    }));
    assert_eq!(taken.unwrap().version.field.name, "Khác");
}

#[test]
fn a_short_row_of_the_list_is_taken_with_what_it_states() {
    let row = json!({ "code": " 1.014325", "name": "Hỗ trợ", "categories": ["Đất đai", "Khác"], "departments": ["", "Sở Tư pháp"],
        "departmentPromulgate": "UBND tỉnh", "formalityTargetType": ["Doanh nghiệp"], "state": "UPDATED", "type": "STANDARD_INTERNAL" });
    let taken = parse(&row).unwrap();
    assert_eq!(taken.source, Source::Listing);
    assert_eq!(taken.version.field.name, "Đất đai");
    assert_eq!(taken.version.levels, [ProcedureLevel::Province]);
    assert_eq!(taken.version.executing.len(), 1);
    assert_eq!(taken.version.publication.kind, PublicationKind::Amended);
    assert!(taken.version.flags.handled_elsewhere.is_some(), "a procedure between authorities");
    assert!(mended(&taken, "code") && mended(&taken, "levels") && mended(&taken, "ways"));
}

#[test]
fn a_row_parsed_from_text_is_taken_apart_where_it_was_glued() {
    let row = json!({ "code": "1.000757", "name": "Cấp lại thẻ", "decision": "5710/QĐ-BCA", "levels": ["Cấp bộ", "Cấp tỉnh"], "field": "Căn cước",
        "subjects": ["Cán bộ", "công chức"], "executing_agency": "Cục Cảnh sát về trật tự, xã hội, Công an tỉnh",
        "channels": [
            { "method": "DIRECT", "qty": 7, "unit": "DAY", "fee_and_note": "làm việc70,000 Việt Nam Đồng(Lệ phí cấp lại)Tại trụ sở" },
            { "method": "ONLINE", "qty": 10, "unit": "OTHER", "fee_and_note": "NgàyMiễn phí" },
            { "method": "POSTAL", "qty": null, "unit": null, "fee_and_note": "" }],
        "components": [
            { "group": "", "name": "Đơn theo Thông tư ngày 01/01/", "originals": 20261, "copies": 0 },
            { "group": "Trường hợp mất thẻ", "name": "Đơn báo mấtMẫu 01.doc", "originals": 1, "copies": 0 }],
        "steps_text": "Bước 1", "requirements": "Không có thông tinTừ khóa", "legal_numbers": ["01/7/2025", "16/2024/TT-BCATh", "16/2024/TT-BCA"],
        "result_codes": ["KQ.1"] });
    let Taken { version, source, mended } = parse(&row).unwrap();
    assert_eq!(source, Source::ParsedText);
    assert_eq!(version.ways[0].limit, TimeLimit::WorkingDays(7));
    assert_eq!(version.ways[0].fees[0].amount, Some(70_000));
    assert_eq!(version.ways[0].fees[0].kind, FeeKind::Charge);
    assert_eq!(version.ways[0].note, "Tại trụ sở");
    assert_eq!(version.ways[1].limit, TimeLimit::CalendarDays(10));
    assert_eq!(version.ways[2].limit, TimeLimit::None);
    assert_eq!(version.executing.len(), 2);
    assert_eq!(version.applicants, ["Cán bộ, công chức"]);
    assert_eq!((version.conditions.as_str(), version.legal_bases.len()), ("", 1));
    let paper = |name: &str| version.variants.iter().flat_map(|v| &v.components).find(|c| c.name == name).unwrap();
    assert_eq!(paper("Đơn theo Thông tư ngày 01/01/2026").originals, 1);
    assert_eq!(paper("Đơn báo mất").form.as_deref(), Some("Mẫu 01.doc"));
    assert_eq!(version.variants.len(), 1, "one situation alone is no case");
    assert!(!paper("Đơn báo mất").required && paper("Đơn theo Thông tư ngày 01/01/2026").required);
    assert!(mended.iter().any(|m| m.part == "components") && mended.iter().any(|m| m.part == "results"));
}

#[test]
fn codes_that_differ_only_in_blanks_dashes_and_lost_zeros_are_one() {
    for raw in ["1.000080", " 1.000 080", "1,000080", "1.00008", "\u{feff}1.000080\u{a0}"] {
        assert_eq!(read_code(raw).unwrap().0.as_str(), "1.000080", "{raw:?}");
    }
    assert_eq!(read_code("1.004616.000.00.00.h56").unwrap().0.as_str(), "1.004616.000.00.00.H56");
    for gone in ["1.014955-Xoa", "1.014955–xóa", "1.014955 — XOÁ"] {
        assert!(matches!(read_code(gone), Err(Refused::Deleted(_))), "{gone:?}");
    }
    assert!(matches!(read_code(""), Err(Refused::Code(_))));
}
