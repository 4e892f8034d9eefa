//! Vĩnh Long, Quyết định 481/QĐ-UBND 2025 (seed 001).

use super::{Story, one_paper_wrong, the_paper};
use documents::Form;
use domain::{accounts::Role, catalogue::Flags, deadline::TimeLimit};
use serde_json::json;

/// CLK-04: the slip goes back within three working days, once, and needs nobody's word but the agency's.
#[tokio::test]
async fn in_vinh_long_a_supplement_is_asked_within_three_working_days() {
    let mut s = Story::of("vinh-long", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    s.reaches_appraisal().await;

    // Điều 4.3d: "không quá 03 ngày làm việc kể từ ngày tiếp nhận": Thursday, closing time, is the last moment.
    s.w.at("2025-10-09T17:00:01");
    s.refused("chuyên viên", "supplement_requests", one_paper_wrong(), "GR-1").await;
    s.w.at("2025-10-09T16:00");
    s.does("chuyên viên", "supplement_requests", one_paper_wrong()).await;
    assert_eq!(s.status(), "awaiting_supplement");
    let slips = s.slips();
    let Form::SupplementRequest(slip) = &slips["supplement_request"] else { panic!("no form 02") };
    // It goes through the Centre, and nobody had to allow it.
    assert!(slip.approval.is_none());
    assert!(slip.recipients.iter().any(|r| r.contains("để trả cho người nộp")), "{:?}", slip.recipients);
    assert_eq!(s.articles("paused").await, ["Điều 4.3d Quyết định số 481/QĐ-UBND ngày 25/3/2025"]);

    // "thời gian tính lại từ đầu": ten working days from the day on which all is here.
    s.w.at("2025-10-20T10:00");
    s.does("quầy", "supplements", the_paper()).await;
    assert_eq!(s.due(), "2025-11-03T17:00:00+07:00");
    // Điều 9.1b: once.
    s.refused("chuyên viên", "supplement_requests", one_paper_wrong(), "GR-1").await;
}

/// CLK-04: "trừ trường hợp pháp luật chuyên ngành có quy định cụ thể".
#[tokio::test]
async fn in_vinh_long_a_sector_law_may_set_another_window() {
    let flags = Flags { supplement_window_working_days: Some(7), ..Flags::default() };
    let mut s = Story::of("vinh-long", "Sở Xây dựng", TimeLimit::WorkingDays(10), flags).await;
    s.reaches_appraisal().await;
    s.w.at("2025-10-15T09:00");
    s.does("chuyên viên", "supplement_requests", one_paper_wrong()).await;
    assert_eq!(s.status(), "awaiting_supplement");
}

/// CLK-05, GR-2: D−1, and once; later it is a breach that the Centre sees.
#[tokio::test]
async fn in_vinh_long_an_apology_comes_a_day_before_and_a_late_one_goes_to_the_centre() {
    let mut s = Story::of("vinh-long", "Sở Xây dựng", TimeLimit::WorkingDays(5), Flags::default()).await;
    s.reaches_appraisal().await;
    assert_eq!(s.due(), "2025-10-13T17:00:00+07:00");
    let letter = |late: bool| json!({"reason": "Chờ xác minh.", "new_due_at": "2025-10-20", "late": late});

    // Điều 4.3e: "chậm nhất 01 ngày trước ngày hết hạn": on the day itself it is too late.
    s.w.at("2025-10-13T08:00");
    s.refused("chuyên viên", "apologies", letter(false), "GR-2").await;
    s.does("chuyên viên", "apologies", letter(true)).await;
    assert_eq!(s.last["holder"]["step"], "confirm", "a breach is put before the Centre");
    assert_eq!(s.due(), "2025-10-13T17:00:00+07:00", "nothing moves before its word");
    s.does("phó", "approvals", json!({"decision": "grant"})).await;
    // The Centre adjusts the date and tells the applicant.
    assert_eq!(s.due(), "2025-10-20T17:00:00+07:00");
    assert!(s.slips().contains_key("apology"));
    // "không quá một lần"
    s.refused("chuyên viên", "apologies", letter(true), "GR-2").await;
}

/// CLK-10, RES-02: Điều 4.3đ, 4.4.
#[tokio::test]
async fn in_vinh_long_a_refusal_is_told_in_writing_and_a_result_given_against_the_slip_alone() {
    let mut s = Story::of("vinh-long", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    s.reaches_appraisal().await;
    s.refused("chuyên viên", "refusals", json!({"reason": " "}), "CLK-10").await;
    s.does("chuyên viên", "refusals", json!({"reason": "Không đủ điều kiện về quy hoạch."})).await;
    assert_eq!(s.status(), "refused");
    assert!(s.slips().contains_key("refusal"));

    // "gửi về Trung tâm trả lời ... nhập vào Mục trả kết quả": it lies at the return desk under the slip's number.
    let desk = s.w.officer("banquay", &super::centre_agency(&s.w), &[Role::ReturnDesk]).await;
    let cookie = s.w.sign_in(&desk).await;
    let shelf = s.w.get("/can-bo/tra-ket-qua").cookie(&cookie).send().await.expect(200);
    assert!(shelf.text().contains(&s.code), "{}", shelf.text());
    s.refused("văn thư", "handovers", json!({"to": "applicant"}), "GR-6").await;
    s.does("trả", "handovers", json!({"to": "applicant"})).await;
    assert_eq!((s.status(), s.last["holder"].is_null()), ("refused", true));
    let Form::Handover(receipt) = &s.slips()["handover"] else { panic!("no receipt") };
    assert!(receipt.results[0].kind.contains("hồ sơ gốc"), "{}", receipt.results[0].kind);
    let shelf = s.w.get("/can-bo/tra-ket-qua").cookie(&cookie).send().await.expect(200);
    assert!(!shelf.text().contains(&s.code), "what was given back lies there no more");
    let verified = motcua::verify::all(&s.w.app.db, &s.w.app.blobs).await.unwrap();
    assert_eq!(verified.faults, []);

    // Điều 4.4: at the counter the receipt is enough; no identity paper is asked for.
    s.reaches_appraisal().await;
    s.is_decided().await;
    s.does("trả", "handovers", json!({"to": "applicant"})).await;
    assert_eq!(s.status(), "returned");
}

/// CLK-05: Điều 4.3e — the agency tells the Centre in writing; the Centre adjusts the date and tells the applicant.
#[tokio::test]
async fn in_vinh_long_the_centre_adjusts_the_date_by_the_agencys_slip() {
    let mut s = Story::of("vinh-long", "Sở Xây dựng", TimeLimit::WorkingDays(5), Flags::default()).await;
    s.reaches_appraisal().await;
    s.w.at("2025-10-10T15:00");
    s.does("chuyên viên", "apologies", json!({"reason": "Chờ xác minh.", "new_due_at": "2025-10-20"})).await;
    // "cơ quan ... gửi văn bản xin lỗi": with the leader's word.
    assert_eq!(s.last["holder"]["step"], "confirm");
    s.does("lãnh đạo", "approvals", json!({"decision": "grant"})).await;
    assert_eq!(s.due(), "2025-10-13T17:00:00+07:00");
    let slips = s.slips();
    let Form::Apology(letter) = &slips["apology"] else { panic!("no form 04") };
    assert!(letter.recipients.iter().any(|r| r.contains("Trung tâm")), "the Centre is told in writing");
    s.refused("chuyên viên", "date_adjustments", json!({}), "CLK-05").await;
    s.does("giám sát", "date_adjustments", json!({})).await;
    assert_eq!(s.due(), "2025-10-20T17:00:00+07:00");
    s.refused("giám sát", "date_adjustments", json!({}), "CLK-05").await;
}

/// INT-12: Điều 7.1 — "nếu thủ tục còn vướng mắc, chưa rõ ràng thì Trung tâm phải trao đổi ngay với các sở, ban, ngành tỉnh … để thống
/// nhất trước khi nhận hồ sơ"; Điều 7.2 — "cần có sự phối hợp tham gia của nhiều cơ quan … Trung tâm chủ trì đề xuất các cơ quan có liên
/// quan họp để thống nhất về phương án giải quyết".
#[tokio::test]
async fn in_vinh_long_an_unclear_point_is_agreed_with_the_agencies_before_the_dossier_is_taken_in() {
    let mut s = Story::of("vinh-long", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    let reference = s.w.app.reference();
    let finance = reference.agencies.iter().find(|a| a.name == "Sở Tài chính").unwrap().identifier.clone();
    let (agency, centre) = (s.agency.clone(), super::centre_agency(&s.w));
    let mut sessions = Vec::new();
    for (login, of, role) in [
        ("hoi", &centre, Role::IntakeOfficer),
        ("tra.loi", &agency, Role::Specialist),
        ("cung.hop", &finance, Role::UnitHead),
        ("chu.tri", &centre, Role::CentreDeputy),
    ] {
        let who = s.w.officer(login, of, &[role]).await;
        sessions.push(s.w.sign_in(&who).await);
    }
    let [counter, answers, meets, chairs]: [String; 4] = sessions.try_into().unwrap();
    let sends =
        async |session: &str, at: &str, fields: &[(&str, &str)]| s.w.post(at).cookie(session).form(fields).send().await;
    // Điều 7.1: the Centre asks, and asks at once; the agency is not the one that opens a thread.
    let asked =
        [("once", "hoi-1"), ("procedure", super::PROCEDURE), ("text", "Có cần bản đồ không?"), ("agency", &agency)];
    sends(&answers, "/can-bo/vuong-mac/moi", &asked).await.expect(403);
    let at = sends(&counter, "/can-bo/vuong-mac/moi", &asked).await.expect(303).location().to_owned();
    let said = [("once", "tl-1"), ("version", "1"), ("act", "answer"), ("text", "Cần bản đồ tỷ lệ 1/500.")];
    sends(&answers, &at, &said).await.expect(303);
    // Điều 7.2: one more agency is concerned; the Centre chairs the meeting and its record is read by all of them.
    let invited = [("once", "moi-1"), ("version", "2"), ("act", "invite"), ("agency", finance.as_str())];
    sends(&counter, &at, &invited).await.expect(303);
    let record = [
        ("once", "hop-1"),
        ("version", "3"),
        ("act", "meet"),
        ("meeting_at", "06/10/2025 07:45"),
        ("place", "Phòng họp Trung tâm"),
        ("participants", "Trần Văn A, Sở Xây dựng\nLê Thị B, Sở Tài chính"),
        ("conclusion", "Thống nhất nộp bản đồ tỷ lệ 1/500."),
    ];
    sends(&chairs, &at, &record).await.expect(303);
    let seen = s.w.get(&at).cookie(&meets).send().await.expect(200);
    assert!(seen.text().contains("Thống nhất nộp bản đồ tỷ lệ 1/500."), "{}", seen.text());
    // "để thống nhất trước khi nhận hồ sơ": what was agreed stands where the dossier is then taken in.
    sends(&counter, &at, &[("once", "tn-1"), ("version", "4"), ("act", "agree")]).await.expect(303);
    let intake = s.w.get(&format!("/can-bo/tiep-nhan/{}", super::PROCEDURE)).cookie(&counter).send().await.expect(200);
    assert!(intake.text().contains("1/500"), "{}", intake.text());
    s.is_taken_in("quầy", "counter").await;
    assert_eq!(s.status(), "accepted");
}
