//! Quảng Ninh, Quy chế 10/2025 (seed 003), with the forms of Thông tư 03/2025.

use super::{Story, one_paper_wrong, the_paper};
use documents::{Form, FormSet};
use domain::{
    accounts::Role,
    catalogue::{Flags, OnlineLevel, ProcedureVersion},
    deadline::TimeLimit,
};
use serde_json::json;

/// INT-06, INT-07: an online dossier is checked first; the limit runs from acceptance (Điều 13.2).
#[tokio::test]
async fn in_quang_ninh_an_online_dossier_is_checked_before_its_clock_begins() {
    let mut s = Story::of("quang-ninh", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    // Điều 13.1: counter, post, online; post employees do not take in here.
    let post = s.hands_in("quầy", "post_employee", &["don", "ban-ve"]).await.expect(422).json();
    assert_eq!(post["errors"][0]["field"], "channel");
    let online = s.hands_in("quầy", "online", &["don", "ban-ve"]).await.expect(201);
    s.takes(online);
    assert_eq!((s.status(), s.last["national_status"].as_u64()), ("submitted", Some(1)));
    // Điều 13.2a: taken in within eight working hours; the limit counts from there.
    s.w.at("2025-10-06T16:00");
    // "Cán bộ được giao nhiệm vụ ... của cơ quan": it waits with the agency, whose officer takes it in.
    assert_eq!(s.last["holder"]["agency"].as_str(), Some(s.agency.as_str()));
    s.refused("chuyên viên", "acceptances", json!({}), "GR-6").await;
    s.does("văn thư", "acceptances", json!({})).await;
    assert_eq!(s.due(), "2025-10-20T17:00:00+07:00");
    // The receipt of an online dossier is signed by the officer alone, and is form 01 of Thông tư 03/2025.
    let slips = s.slips();
    let Form::Receipt(receipt) = &slips["receipt"] else { panic!("no form 01") };
    assert_eq!((receipt.online, receipt.form_set), (true, FormSet::Tt03Of2025));

    // Điều 13.2c names no window: on the sixth day a supplement may still be asked.
    s.does("trưởng phòng", "assignments", json!({"to": {"officer": "chuyenvien"}})).await;
    s.w.at("2025-10-14T09:00");
    s.does("chuyên viên", "supplement_requests", one_paper_wrong()).await;
    s.does("quầy", "supplements", the_paper()).await;
    assert_eq!(s.status(), "in_progress");
}

/// LNK-01: Điều 13.4a — citizens hand in "trên Cổng Dịch vụ công quốc gia", which delivers here with a key of its own.
#[tokio::test]
async fn in_quang_ninh_the_national_portal_delivers_and_the_agency_takes_in() {
    let mut s = Story::of("quang-ninh", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    s.hires("cổng", "H49.28", Role::NationalPortal).await;
    // Điều 13.4a: the wizard is off, and the page of the procedure leads to the portal.
    s.w.get("/nop-ho-so/1.009994").send().await.expect(404);
    let page = s.w.get("/thu-tuc/1.009994").send().await.expect(200);
    assert!(page.text().contains("Nộp trên Cổng Dịch vụ công quốc gia"), "{}", page.text());
    // Điều 13.1: what comes from the portal is an online dossier; at the counter the portal has no right.
    s.hands_in("cổng", "counter", &["don", "ban-ve"]).await.expect(403);
    // Điều 13.2a: handed in after hours, it waits with the agency from the next working hour.
    s.w.at("2025-10-06T19:00");
    let online = s.hands_in("cổng", "online", &["don", "ban-ve"]).await.expect(201);
    s.takes(online);
    assert_eq!((s.status(), s.last["holder"]["agency"].as_str()), ("submitted", Some(s.agency.as_str())));
    assert_eq!(s.last["next"], json!(["withdrawals"]), "the portal may take it back, and nothing else");
    // Điều 13.2c: what is incomplete is told at once, and completed where it was handed in.
    s.w.at("2025-10-07T08:00");
    s.does("văn thư", "guidance_requests", one_paper_wrong()).await;
    assert_eq!(s.last["national_status"].as_u64(), Some(5));
    s.does("cổng", "supplements", the_paper()).await;
    // Điều 13.2b: the limit runs from the acceptance.
    s.w.at("2025-10-07T15:00");
    s.does("văn thư", "acceptances", json!({})).await;
    assert_eq!(s.due(), "2025-10-21T17:00:00+07:00");
    // Điều 13.2d: what the portal asks about it is answered, and GR-6 keeps it out of everything else.
    s.refused("cổng", "assignments", json!({"to": {"officer": "chuyenvien"}}), "GR-6").await;
    s.does("cổng", "withdrawals", json!({"reason": "Người nộp không còn nhu cầu."})).await;
    assert_eq!((s.status(), s.last["national_status"].as_u64()), ("withdrawn", Some(7)));
}

/// FLW-08: form 05 of Thông tư 03/2025 tells that a dossier is stopped; whoever withdraws gets it too.
#[tokio::test]
async fn in_quang_ninh_stopping_is_told_with_form_05() {
    let mut s = Story::of("quang-ninh", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    s.reaches_appraisal().await;
    s.refused("quầy", "stops", json!({"reason": "Không giải quyết nữa."}), "GR-6").await;
    s.does("chuyên viên", "stops", json!({"reason": "Dự án đã bị thu hồi."})).await;
    assert_eq!((s.status(), s.last["national_status"].as_u64()), ("stopped", Some(8)));
    let slips = s.slips();
    let form = &slips["stop"];
    assert_eq!(FormSet::Tt03Of2025.form_number(form.kind()), Some("05"));
    assert!(s.tracked().await.contains("đã dừng giải quyết"));

    s.reaches_appraisal().await;
    s.does("quầy", "withdrawals", json!({"reason": "Người nộp không còn nhu cầu."})).await;
    assert_eq!((s.status(), s.last["national_status"].as_u64()), ("withdrawn", Some(7)));
    let slips = s.slips();
    let Form::Stop(notice) = &slips["stop"] else { panic!("no notice") };
    assert!(notice.request_to_stop.is_some());
}

/// FEE-03: work goes on only on proof of payment (Điều 14.4), and the date moves by the time that was spent waiting.
#[tokio::test]
async fn in_quang_ninh_work_goes_on_with_the_proof_of_payment() {
    let mut s = Story::of("quang-ninh", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    s.reaches_appraisal().await;
    s.does("chuyên viên", "fee_requests", json!({"amount": 150_000, "reason": "Lệ phí cấp phép", "when": "now"})).await;
    assert_eq!((s.status(), s.last["national_status"].as_u64()), ("awaiting_payment", Some(6)));
    assert!(s.tracked().await.contains("150.000"));
    s.w.at("2025-10-08T08:00");
    s.refused("thu", "payments", json!({"amount": 100_000, "proof": "BL 1"}), "FEE-02").await;
    s.does("thu", "payments", json!({"amount": 150_000, "proof": "BL 000123"})).await;
    assert_eq!((s.status(), s.due()), ("in_progress", "2025-10-22T17:00:00+07:00"));
    let article = "Điều 14.4d Quyết định số 84/2025/QĐ-CTUBND ngày 20/10/2025";
    assert_eq!((s.articles("paused").await, s.articles("resumed").await), (vec![article.into()], vec![article.into()]));
}

/// RES-04: Điều 13.3a — "dịch vụ công trực tuyến một phần, người dùng thực hiện việc đối chiếu hồ sơ gốc tại Trung tâm".
#[tokio::test]
async fn in_quang_ninh_the_originals_of_a_partly_online_dossier_are_compared_at_the_centre() {
    let version = super::procedure("Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default());
    let partial = ProcedureVersion { online_level: OnlineLevel::Partial, ..version };
    let mut s = Story::with("quang-ninh", "Sở Xây dựng", &partial).await;
    let online = s.hands_in("quầy", "online", &["don", "ban-ve"]).await.expect(201);
    s.takes(online);
    s.does("văn thư", "acceptances", json!({})).await;
    s.does("trưởng phòng", "assignments", json!({"to": {"officer": "chuyenvien"}})).await;
    s.is_decided().await;
    s.refused("trả", "handovers", json!({"to": "applicant"}), "RES-04").await;
    s.does("trả", "handovers", json!({"to": "applicant", "originals_compared": true})).await;
    assert_eq!(s.status(), "returned");
}

/// RES-02, INT-15: Điều 13.3b — "dịch vụ công trực tuyến toàn trình, việc trả kết quả … thông qua hình thức trả kết quả trực tuyến đã
/// được ký số … hoặc gửi bản giấy qua dịch vụ bưu chính công ích".
#[tokio::test]
async fn in_quang_ninh_the_result_of_a_whole_online_dossier_goes_out_online_or_by_post() {
    for how in ["online", "post"] {
        let mut s = Story::of("quang-ninh", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
        let papers: Vec<_> = ["don", "ban-ve"].map(|id| json!({"id": id, "originals": 1, "copies": 0})).into();
        let body = json!({
            "procedure": super::PROCEDURE, "agency": s.agency, "channel": "online", "components": papers, "result_by": how,
            "applicant": {"kind": "citizen", "name": "Nguyễn Thị Mẫu", "phone": "0912 345 678", "address": "Tổ 1"}
        });
        let sent = s.w.post("/api/v1/dossiers").bearer(&s.keys["quầy"]).once(&s.once()).json(&body).send().await;
        s.takes(sent.expect(201));
        s.does("văn thư", "acceptances", json!({})).await;
        s.does("trưởng phòng", "assignments", json!({"to": {"officer": "chuyenvien"}})).await;
        s.does("chuyên viên", "appraisals", json!({"opinion": "grant", "text": "Đủ điều kiện."})).await;
        s.does("chuyên viên", "submissions", json!({})).await;
        s.does("lãnh đạo", "approvals", json!({"decision": "grant"})).await;
        // "đã được ký số": the signed file belongs to the result.
        let file = s.scans("văn thư").await;
        let result = json!({"number": "12/GPXD", "date": "2025-10-06", "signer": "Lãnh đạo", "files": [file]});
        s.does("văn thư", "results", result).await;
        let proved = s.w.post(&format!("/tra-cuu/{}", s.code)).form(&[("so_cuoi", "5678")]).send().await.expect(303);
        let cookie = proved.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let at = format!("/tra-cuu/{}/ket-qua/{file}", s.code);
        s.w.get(&at).cookie(&cookie).send().await.expect(404);
        // It goes the way that the applicant chose, and no original is compared (Điều 13.3a is about partly online ones).
        let other = if how == "online" { "post" } else { "online" };
        s.refused("trả", "handovers", json!({"to": "applicant", "how": other, "tracking": "EB 1"}), "INT-15").await;
        if how == "post" {
            s.refused("trả", "handovers", json!({"to": "applicant", "how": how}), "GR-5").await;
        }
        s.does("trả", "handovers", json!({"to": "applicant", "how": how, "tracking": "EB 123 456 789 VN"})).await;
        assert_eq!((s.status(), s.last["national_status"].as_u64()), ("returned", Some(10)));
        // From now on whoever proves to be on the dossier opens the signed file, and nobody else.
        let open = s.w.get(&at).cookie(&cookie).send().await.expect(200);
        assert!(open.body.starts_with(b"%PDF"));
        s.w.get(&at).send().await.expect(303);
    }
}
