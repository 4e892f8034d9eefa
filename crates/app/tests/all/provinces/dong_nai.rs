//! Đồng Nai, Quy chế 2023 (seed 000).

use super::{Story, one_paper_wrong, the_paper};
use documents::Form;
use domain::{accounts::Role, catalogue::Flags, deadline::TimeLimit};
use serde_json::json;

/// CLK-04, CLK-05, CLK-06, INT-09, RES-02: what the agency proposes the Centre's deputy director confirms.
#[tokio::test]
async fn in_dong_nai_supplement_suspension_and_refusal_take_effect_with_the_deputy_directors_word() {
    let mut s = Story::of("dong-nai", "Sở Xây dựng", TimeLimit::WorkingDays(15), Flags::default()).await;

    // Điều 16.1c: an agency takes nothing in; only the Centre does.
    let door = s.hands_in("chuyên viên", "counter", &["don", "ban-ve"]).await.expect(403);
    assert_eq!(door.json()["rule"], "INT-09");
    // Điều 9.6: a post employee does, as assigned.
    let post = super::centre_agency(&s.w);
    s.hires("bưu điện", &post, Role::PostEmployee).await;
    let taken = s.is_taken_in("bưu điện", "post_employee").await;
    // Điều 13.1b: with code, due date and form 01.
    assert!(taken["code"].as_str().unwrap().starts_with("H19."));
    assert!(matches!(s.slips()["receipt"], Form::Receipt(ref r) if r.identity_at_return));
    assert_eq!(s.due(), "2025-10-27T17:00:00+07:00");
    s.does("trưởng phòng", "assignments", json!({"to": {"officer": "chuyenvien"}})).await;

    // Điều 16.1e, 9.2i: the dossier is incomplete; the agency proposes, and nothing has happened yet.
    s.w.at("2025-10-08T10:00");
    // "đồng thời quét văn bản và đính kèm".
    s.refused("chuyên viên", "supplement_requests", one_paper_wrong(), "CLK-04").await;
    let mut form_02 = one_paper_wrong();
    form_02["files"] = json!([s.scans("chuyên viên").await]);
    s.does("chuyên viên", "supplement_requests", form_02).await;
    assert_eq!((s.status(), s.last["holder"]["step"].as_str()), ("in_progress", Some("confirm")));
    assert!(!s.slips().contains_key("supplement_request"), "no slip before the deputy's word");
    s.refused("chuyên viên", "appraisals", json!({"opinion": "grant", "text": "Đủ."}), "GR-6").await;
    s.refused("lãnh đạo", "approvals", json!({"decision": "grant"}), "GR-6").await;
    s.does("phó", "approvals", json!({"decision": "grant"})).await;
    assert_eq!(s.status(), "awaiting_supplement");
    let slips = s.slips();
    let Form::SupplementRequest(slip) = &slips["supplement_request"] else { panic!("no form 02") };
    assert!(slip.approval.as_ref().is_some_and(|a| a.by.contains("Phó Giám đốc")), "{:?}", slip.approval);
    assert_eq!(slip.items[0].component, "Bản vẽ thiết kế");

    // The line of the stopped clock names the article of the supplement, not that of a suspension.
    let regulation = "Quyết định số 1748/QĐ-UBND ngày 25/7/2023";
    assert_eq!(s.articles("paused").await, [format!("Điều 16.1e {regulation}")]);
    // The citizen reads a sentence, not a code.
    assert!(s.tracked().await.contains("Đang chờ ông/bà bổ sung 1 giấy tờ"));
    // Điều 16.1c: what is missing comes to the Centre, not to the agency; Điều 16.1e: the limit counts from zero.
    s.w.at("2025-10-14T09:00");
    s.refused("chuyên viên", "supplements", the_paper(), "INT-09").await;
    s.does("quầy", "supplements", the_paper()).await;
    assert_eq!((s.status(), s.due()), ("in_progress", "2025-11-04T17:00:00+07:00"));
    // Điều 9.5c: not twice.
    s.refused("chuyên viên", "supplement_requests", one_paper_wrong(), "GR-1").await;

    // Điều 9.2i: a suspension that the deputy does not allow changes nothing.
    let pause = json!({"reason": "Chờ kết quả đo đạc.", "until": "2025-10-24"});
    s.does("chuyên viên", "suspensions", pause.clone()).await;
    s.does("phó", "approvals", json!({"decision": "decline", "reason": "Đo đạc không phải chờ."})).await;
    assert_eq!(s.status(), "in_progress");
    // One that is allowed stops the clock, and the date moves by the working time that was spent.
    s.does("chuyên viên", "suspensions", pause).await;
    s.does("phó", "approvals", json!({"decision": "grant"})).await;
    assert_eq!(s.status(), "suspended");
    s.w.at("2025-10-16T09:00");
    s.does("chuyên viên", "resumptions", json!({})).await;
    assert_eq!(s.due(), "2025-11-06T17:00:00+07:00");
    assert_eq!(s.articles("resumed").await, [format!("Điều 9.2i {regulation}")]);

    // Điều 16.1e: the agency itself writes the apology, at least a day before, and once.
    s.w.at("2025-11-04T15:00");
    // "đồng thời quét văn bản xin lỗi và đính kèm": without the scan of the signed letter nothing is told.
    let mut letter = json!({"reason": "Chờ xác minh.", "new_due_at": "2025-11-13"});
    s.refused("chuyên viên", "apologies", letter.clone(), "CLK-05").await;
    letter["files"] = json!([s.scans("chuyên viên").await]);
    s.does("chuyên viên", "apologies", letter).await;
    assert_eq!(s.due(), "2025-11-13T17:00:00+07:00");
    let slips = s.slips();
    let Form::Apology(letter) = &slips["apology"] else { panic!("no form 04") };
    assert_eq!((letter.letterhead.unit.as_str(), letter.extension.allowed), ("Sở Xây dựng", Some(1)));
    s.refused("chuyên viên", "apologies", json!({"reason": "Lại chờ.", "new_due_at": "2025-11-20"}), "GR-2").await;

    // Điều 11.4: the receiver shows the slip and an identity paper.
    s.is_decided().await;
    s.refused("trả", "handovers", json!({"to": "applicant"}), "GR-5").await;
    s.does("trả", "handovers", json!({"to": "applicant", "identity": "022099012345"})).await;
    assert_eq!(s.status(), "returned");
    assert_eq!(s.clock().await.last().map(String::as_str), Some("ended"));
}

/// CLK-10: a refusal after acceptance is the deputy director's to confirm too (Điều 9.2i), with a written reason (Điều 16.1e).
#[tokio::test]
async fn in_dong_nai_a_refusal_after_acceptance_is_confirmed_before_it_is_told() {
    let mut s = Story::of("dong-nai", "Sở Xây dựng", TimeLimit::WorkingDays(15), Flags::default()).await;
    s.reaches_appraisal().await;
    // Điều 16.1e: "quét văn bản và đính kèm".
    let reason = "Đất trong hành lang bảo vệ đê.";
    s.refused("chuyên viên", "refusals", json!({ "reason": reason }), "CLK-10").await;
    let scan = s.scans("chuyên viên").await;
    s.does("chuyên viên", "refusals", json!({"reason": reason, "files": [scan]})).await;
    assert_eq!(s.status(), "in_progress");
    s.does("phó", "approvals", json!({"decision": "grant"})).await;
    assert_eq!(s.status(), "refused");
    assert!(matches!(s.slips()["refusal"], Form::Refusal(ref r) if r.reasons[0].contains("bảo vệ đê")));
    let path = format!("/api/v1/dossiers/{}/files/{scan}", s.code);
    s.w.get(&path).bearer(&s.keys["lãnh đạo"]).send().await.expect(200);

    // "sở, ngành trả lại hồ sơ": the agency gives the papers back, against a receipt that says so.
    assert!(s.tracked().await.contains("Sở Xây dựng nhận phiếu từ chối và hồ sơ gốc đã nộp"));
    let shown = json!({"to": "applicant", "identity": "022099012345"});
    s.refused("trả", "handovers", shown.clone(), "GR-6").await;
    s.does("văn thư", "handovers", shown).await;
    let slips = s.slips();
    let Form::Handover(slip) = &slips["handover"] else { panic!("no receipt") };
    assert_eq!(slip.letterhead.unit, "Sở Xây dựng");
    assert!(slip.results[0].kind.contains("hồ sơ gốc"));
    assert_eq!((s.status(), s.last["national_status"].as_u64()), ("refused", Some(3)));
    s.refused("văn thư", "handovers", json!({"to": "applicant", "identity": "022099012345"}), "FLW-01").await;
}

/// CLK-10: Điều 16.1e — "Thời hạn thông báo phải trong thời hạn giải quyết hồ sơ theo quy định."
#[tokio::test]
async fn in_dong_nai_a_refusal_is_told_within_the_limit_or_after_a_new_appointment() {
    let mut s = Story::of("dong-nai", "Sở Xây dựng", TimeLimit::WorkingDays(5), Flags::default()).await;
    s.reaches_appraisal().await;
    let scan = s.scans("chuyên viên").await;
    s.w.at("2025-10-14T08:00");
    let notice = json!({"reason": "Không đủ điều kiện.", "files": [scan]});
    s.refused("chuyên viên", "refusals", notice.clone(), "CLK-10").await;
    let late = json!({"reason": "Chờ xác minh.", "new_due_at": "2025-10-20", "late": true, "files": [scan]});
    s.does("chuyên viên", "apologies", late).await;
    s.does("phó", "approvals", json!({"decision": "grant"})).await;
    s.does("chuyên viên", "refusals", notice).await;
    assert_eq!(s.last["holder"]["step"], "confirm");
}

/// CLK-08: Điều 7.2, 13.3b — the cause of lateness is recorded before it is reported.
#[tokio::test]
async fn in_dong_nai_the_cause_of_lateness_is_recorded() {
    let mut s = Story::of("dong-nai", "Sở Xây dựng", TimeLimit::WorkingDays(5), Flags::default()).await;
    s.reaches_appraisal().await;
    s.refused("trưởng phòng", "overdue_causes", json!({"cause": "Thiếu người."}), "FLW-01").await;
    s.w.at("2025-10-15T08:00");
    s.does("trưởng phòng", "overdue_causes", json!({"cause": "Thiếu người.", "justified": false})).await;
    assert_eq!(s.status(), "in_progress");
}

/// RES-02: Điều 16.1đ — "trừ các thủ tục hành chính đặc thù ... có sự trao đổi, thống nhất với Trung tâm": the flag on the
/// procedure is that agreement; without it the agency returns nothing.
#[tokio::test]
async fn in_dong_nai_the_agency_returns_the_result_of_a_special_procedure_only() {
    let special = Flags { returned_by_agency: true, ..Flags::default() };
    let mut s = Story::of("dong-nai", "Sở Xây dựng", TimeLimit::WorkingDays(15), special).await;
    s.reaches_appraisal().await;
    s.is_decided().await;
    s.refused("trả", "handovers", json!({"to": "applicant", "identity": "022099012345"}), "GR-6").await;
    s.does("văn thư", "handovers", json!({"to": "applicant", "identity": "022099012345"})).await;
    assert_eq!(s.status(), "returned");

    let mut s = Story::of("dong-nai", "Sở Xây dựng", TimeLimit::WorkingDays(15), Flags::default()).await;
    s.reaches_appraisal().await;
    s.is_decided().await;
    s.refused("văn thư", "handovers", json!({"to": "applicant", "identity": "022099012345"}), "GR-6").await;
}

/// CLK-10: Điều 9.2i "duyệt hồ sơ tạm ngừng, bổ sung, không giải quyết", Điều 16.1e: a stop is "không giải quyết" too.
#[tokio::test]
async fn in_dong_nai_a_stop_is_scanned_and_confirmed_like_a_refusal() {
    let mut s = Story::of("dong-nai", "Sở Xây dựng", TimeLimit::WorkingDays(15), Flags::default()).await;
    s.reaches_appraisal().await;
    let reason = "Công trình đã dỡ bỏ.";
    // Điều 16.1e: "quét văn bản và đính kèm".
    s.refused("chuyên viên", "stops", json!({ "reason": reason }), "CLK-10").await;
    let scan = s.scans("chuyên viên").await;
    s.does("chuyên viên", "stops", json!({"reason": reason, "files": [scan]})).await;
    assert_eq!((s.status(), s.last["proposal"].as_str()), ("in_progress", Some("stop")));
    assert!(!s.slips().contains_key("stop"), "nobody is told before the deputy's word");
    // Điều 9.2i.
    s.refused("lãnh đạo", "approvals", json!({"decision": "grant"}), "GR-6").await;
    s.does("phó", "approvals", json!({"decision": "grant"})).await;
    assert_eq!(s.status(), "stopped");
    assert!(s.slips().contains_key("stop"));
    let path = format!("/api/v1/dossiers/{}/files/{scan}", s.code);
    s.w.get(&path).bearer(&s.keys["lãnh đạo"]).send().await.expect(200);
}

/// CLK-08, CLK-11: Điều 12.1 đôn đốc; Điều 7.2, 13.3b — làm rõ nguyên nhân, công khai, báo cáo Chủ tịch.
#[tokio::test]
async fn in_dong_nai_lateness_is_urged_published_and_only_the_centre_excuses_it() {
    let mut s = Story::of("dong-nai", "Sở Xây dựng", TimeLimit::WorkingDays(5), Flags::default()).await;
    s.reaches_appraisal().await;
    // Điều 12.1: the Centre urges, the agency answers in writing.
    s.does("giám sát", "urgings", json!({"text": "Xin chuyển kết quả.", "answer_by": "2025-10-10"})).await;
    s.does("trưởng phòng", "urging_answers", json!({"id": "1", "text": "Đang đo đạc."})).await;
    s.w.at("2025-10-15T08:00");
    // Điều 13.3b: public, whoever is late.
    let public = s.w.get("/cong-khai/qua-han").send().await.expect(200);
    assert!(public.text().contains(&s.code));
    s.refused("trưởng phòng", "overdue_causes", json!({"cause": "Mưa lũ.", "justified": true}), "CLK-08").await;
    // Điều 7.2: the cause is made clear; the Centre's supervision accepts it or not.
    s.does("trưởng phòng", "overdue_causes", json!({"cause": "Mưa lũ."})).await;
    s.does("giám sát", "overdue_causes", json!({"cause": "Mưa lũ, có xác nhận.", "justified": true})).await;
    let public = s.w.get("/cong-khai/qua-han").send().await.expect(200);
    assert!(!public.text().contains(&s.code));
}
