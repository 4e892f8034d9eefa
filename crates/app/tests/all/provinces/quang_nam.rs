//! Quảng Nam, Quy chế 2021 (seed 002).

use super::{Story, one_paper_wrong, the_paper};
use documents::Form;
use domain::{accounts::Role, catalogue::Flags, deadline::TimeLimit};
use serde_json::json;

/// INT-04: guidance at intake and supplement in appraisal are counted apart (Điều 6.1b-c), each once.
#[tokio::test]
async fn in_quang_nam_guidance_and_supplement_are_counted_apart() {
    let mut s = Story::of("quang-nam", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    // Điều 9.1: employees of the post take in and collect fees, by contract.
    let centre = super::centre_agency(&s.w);
    s.hires("bưu điện", &centre, Role::PostEmployee).await;

    // Điều 6.1b: incomplete at the counter: form 02 (mẫu 02 TT 01/2018), everything at once.
    let online = s.hands_in("quầy", "online", &["don"]).await.expect(201);
    s.takes(online);
    assert_eq!(s.status(), "submitted");
    let all = json!({"items": [{"component": "ban-ve", "problem": "missing", "note": ""}]});
    s.refused("quầy", "guidance_requests", json!({"items": []}), "GR-1").await;
    s.does("quầy", "guidance_requests", all.clone()).await;
    assert_eq!((s.status(), s.last["national_status"].as_u64()), ("guidance_requested", Some(5)));
    assert!(s.last["due_at"].is_null(), "the limit has not begun");
    s.does("bưu điện", "supplements", the_paper()).await;
    // "theo nguyên tắc hướng dẫn, bổ sung hoàn thiện hồ sơ đầy đủ 01 lần"
    s.refused("quầy", "guidance_requests", all, "GR-1").await;
    s.does("quầy", "acceptances", json!({})).await;
    assert_eq!(s.due(), "2025-10-20T17:00:00+07:00");

    // Điều 6.4c: in appraisal once more, within three working days, a copy to the Centre.
    s.does("trưởng phòng", "assignments", json!({"to": {"officer": "chuyenvien"}})).await;
    s.does("chuyên viên", "supplement_requests", one_paper_wrong()).await;
    let slips = s.slips();
    let Form::SupplementRequest(slip) = &slips["supplement_request"] else { panic!("no form 02") };
    assert!(slip.recipients.iter().any(|r| r.contains("Trung tâm")));
    s.w.at("2025-10-13T08:00");
    s.does("quầy", "supplements", the_paper()).await;
    assert_eq!(s.due(), "2025-10-27T17:00:00+07:00");

    // Điều 6.2: approved with form 01; Điều 6.5b: returned at the central desk; Điều 8.1: against the slip.
    s.is_decided().await;
    s.does("trả", "handovers", json!({"to": "applicant"})).await;
    assert_eq!(s.status(), "returned");
}

/// CLK-05: Điều 6.3 — a day before at the latest, once, "nêu rõ lý do".
#[tokio::test]
async fn in_quang_nam_the_agency_apologises_with_form_04() {
    let mut s = Story::of("quang-nam", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    s.reaches_appraisal().await;
    s.w.at("2025-10-17T16:00");
    s.refused("quầy", "apologies", json!({"reason": "Chậm.", "new_due_at": "2025-10-24"}), "GR-6").await;
    s.does("chuyên viên", "apologies", json!({"reason": "Chờ ý kiến.", "new_due_at": "2025-10-24"})).await;
    // "cán bộ ... tại Trung tâm điều chỉnh lại thời gian trả kết quả": by the slip, at the counter, and not by the agency.
    // "cơ quan ... gửi văn bản xin lỗi": form 04 bears the leader's name, so it waits for the leader's word.
    assert_eq!((s.last["proposal"].as_str(), s.slips().contains_key("apology")), (Some("apology"), false));
    s.refused("phó", "approvals", json!({"decision": "grant"}), "GR-6").await;
    s.does("lãnh đạo", "approvals", json!({"decision": "grant"})).await;
    let slips = s.slips();
    let Form::Apology(letter) = &slips["apology"] else { panic!("no form 04") };
    assert_eq!(letter.signer.name, "Cán bộ lanhdao", "who said so signs");
    assert_eq!(s.last["holder"]["officer"], "chuyenvien", "and it goes on where it was");
    assert_eq!(s.due(), "2025-10-20T17:00:00+07:00", "the slip alone moves nothing");
    assert_eq!(s.last["appointment"]["due_at"], "2025-10-24T17:00:00+07:00");
    s.refused("chuyên viên", "date_adjustments", json!({}), "CLK-05").await;
    s.does("quầy", "date_adjustments", json!({})).await;
    assert_eq!(s.due(), "2025-10-24T17:00:00+07:00");
    assert!(s.tracked().await.contains("24/10/2025"), "the applicant reads the new date");
    assert_eq!(s.articles("reappointed").await, ["Điều 6.3 Quyết định số 1822/QĐ-UBND năm 2021"]);
    let slips = s.slips();
    let Form::Apology(letter) = &slips["apology"] else { panic!("no form 04") };
    // "đồng thời, gửi thông báo": the Centre's notice gives both dates and how they were counted.
    let Form::Reappointment(notice) = &slips["reappointment"] else { panic!("no notice") };
    let dates = [notice.old_due_at.unwrap(), notice.new_due_at].map(|d| d.to_string());
    assert_eq!(dates, ["2025-10-20T17:00:00", "2025-10-24T17:00:00"]);
    assert!(notice.lines.iter().any(|l| l.article.as_deref() == Some("Điều 6.3 Quyết định số 1822/QĐ-UBND năm 2021")));
    assert!(notice.number.as_ref().unwrap().contains("/TBHL-"), "{:?}", notice.number);
    assert_eq!((letter.reason.as_str(), letter.overdue), ("Chờ ý kiến.", false));
    assert!(s.clock().await.iter().any(|kind| kind.contains("reappoint")), "{:?}", s.clock().await);
}

/// RES-02, INT-09: Điều 6.5b — "trừ kết quả ... của Công an tỉnh do Bộ phận ... của Công an tỉnh trả trực tiếp".
#[tokio::test]
async fn in_quang_nam_the_police_return_their_own_results() {
    let agency = "Công an tỉnh Quảng Nam";
    let mut s = Story::of("quang-nam", agency, TimeLimit::WorkingDays(10), Flags::default()).await;
    s.reaches_appraisal().await;
    let slips = s.slips();
    let Form::Receipt(receipt) = &slips["receipt"] else { panic!("no form 01") };
    assert!(receipt.delivery.contains(agency), "{}", receipt.delivery);
    s.is_decided().await;
    assert_eq!(s.last["holder"]["agency"].as_str(), Some(s.agency.as_str()));
    assert!(s.tracked().await.contains(&format!("mời ông/bà đến nhận tại {agency}")));
    // The central desk has nothing to return here.
    s.refused("trả", "handovers", json!({"to": "applicant"}), "GR-6").await;
    s.does("văn thư", "handovers", json!({"to": "applicant"})).await;
    assert_eq!(s.status(), "returned");
    let slips = s.slips();
    let Form::Handover(slip) = &slips["handover"] else { panic!("no slip") };
    assert_eq!(slip.letterhead.unit, agency);
}
