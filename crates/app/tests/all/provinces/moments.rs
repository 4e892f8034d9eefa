//! What the clock asks for in each province, and of whom: the check of what was handed in, the early result, lateness that is
//! reported (CLK-07 … CLK-09, INT-06, INT-08).

use super::{Story, centre_agency};
use domain::{accounts::Role, catalogue::Flags, deadline::TimeLimit};
use motcua::schedule::settle;
use serde_json::json;

impl Story {
    /// What calls for an officer of this role at this moment, as the page lists it.
    async fn called(&self, login: &str, agency: &str, role: Role) -> String {
        settle(&self.w.app).await.unwrap();
        let reference = self.w.app.reference();
        let who = match reference.officers().find(|o| o.login == login) {
            Some(known) => known.who.clone(),
            None => self.w.officer(login, agency, &[role]).await,
        };
        let cookie = self.w.sign_in(&who).await;
        self.w.get("/can-bo/viec-can-chu-y").cookie(&cookie).send().await.expect(200).text().to_owned()
    }
}

/// Điều 13.2a: "trong thời hạn 08 giờ làm việc kể từ khi … nộp"; "ngoài giờ hành chính … tính từ đầu giờ làm việc kế tiếp"; what is
/// not looked at is listed to the agency and to the Centre.
#[tokio::test]
async fn int_06_in_quang_ninh_an_online_dossier_that_nobody_opens_is_listed_after_eight_working_hours() {
    let mut s = Story::of("quang-ninh", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    let (agency, centre) = (s.agency.clone(), centre_agency(&s.w));
    // Monday, 19:00: the clock begins on Tuesday at 07:30; a day has seven and a half hours.
    s.w.at("2025-10-06T19:00");
    let online = s.hands_in("quầy", "online", &["don", "ban-ve"]).await.expect(201);
    s.takes(online);
    s.w.at("2025-10-08T08:00");
    let words = "Quá hạn kiểm tra hồ sơ mới nộp";
    assert!(!s.called("truong1", &agency, Role::AgencyLeader).await.contains(words), "the last minute is in time");
    s.w.at("2025-10-08T08:02");
    for (login, of, role) in [("truong1", &agency, Role::AgencyLeader), ("giamsat1", &centre, Role::Supervisor)] {
        let page = s.called(login, of, role).await;
        assert!(page.contains(words) && page.contains(&s.code), "{login}: {page}");
    }
    // Once it is taken in, the call is over.
    s.does("văn thư", "acceptances", json!({})).await;
    assert!(!s.called("truong1", &agency, Role::AgencyLeader).await.contains(words));
}

/// Điều 4.4b: "hồ sơ đã giải quyết xong trước thời hạn thì … chủ động liên hệ với tổ chức, cá nhân để nhận kết quả sớm".
#[tokio::test]
async fn clk_09_in_vinh_long_the_centre_invites_the_applicant_to_an_early_result() {
    let mut s = Story::of("vinh-long", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    let centre = centre_agency(&s.w);
    s.reaches_appraisal().await;
    s.is_decided().await;
    let page = s.called("tra1", &centre, Role::ReturnDesk).await;
    assert!(page.contains("Có kết quả trước hạn") && page.contains(&s.code), "{page}");
    s.does("trả", "handovers", json!({"to": "applicant"})).await;
    assert!(!s.called("tra1", &centre, Role::ReturnDesk).await.contains("Có kết quả trước hạn"));
}

/// Điều 7.2, 13.3b (Đồng Nai): to the Chairman, after the cause was made clear; Điều 8.6 (Vĩnh Long): to the Office of the
/// committee, with proposals; II.3 (Thừa Thiên Huế): to the head of the agency.
#[tokio::test]
async fn clk_08_lateness_is_reported_to_whom_the_regulation_says() {
    for (profile, role, after_its_cause) in [
        ("dong-nai", Role::ProvinceLeader, true),
        ("vinh-long", Role::ProcedureControl, false),
        ("thua-thien-hue", Role::AgencyLeader, true),
    ] {
        let mut s = Story::of(profile, "Sở Xây dựng", TimeLimit::WorkingDays(5), Flags::default()).await;
        let home = if role == Role::AgencyLeader { s.agency.clone() } else { centre_agency(&s.w) };
        s.reaches_appraisal().await;
        let words = "Báo cáo hồ sơ quá hạn";
        s.w.at("2025-10-13T17:00");
        assert!(!s.called("capbao1", &home, role).await.contains(words), "{profile}: it is not late yet");
        s.w.at("2025-10-14T08:00");
        if after_its_cause {
            // DN 7.2, HUE II.3: the cause is made clear first.
            assert!(!s.called("capbao1", &home, role).await.contains(words), "{profile}: its cause is not clear");
            s.does("trưởng phòng", "overdue_causes", json!({"cause": "Thiếu người."})).await;
        }
        let page = s.called("capbao1", &home, role).await;
        assert!(page.contains(words) && page.contains(&s.code), "{profile}: {page}");
    }
}

/// IV.3.1a: "gửi qua Bưu điện (thời hạn được xác định tại thời điểm nhận hồ sơ tại Trung tâm Hành chính công)".
#[tokio::test]
async fn int_08_in_hue_what_comes_by_post_counts_from_when_the_centre_had_it() {
    let s = Story::of("thua-thien-hue", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    s.w.at("2025-10-08T09:00");
    let body = json!({
        "procedure": super::PROCEDURE, "agency": s.agency, "channel": "post",
        "received_at": "2025-10-06T10:00:00+07:00",
        "components": [{"id": "don", "originals": 1}, {"id": "ban-ve", "originals": 1}],
        "applicant": {"kind": "citizen", "name": "Nguyễn Thị Mẫu", "identity": "022099012345", "phone": "0912345678",
                      "address": "Tổ 1, phường Thuận Hóa"},
        "result_by": "post"
    });
    let call = s.w.post("/api/v1/dossiers").bearer(&s.keys["quầy"]).once("buu-dien").json(&body);
    let taken = call.send().await.expect(201).json();
    assert_eq!(taken["due_at"], "2025-10-20T17:00:00+07:00", "ten working days from Monday, not from Wednesday");
}

/// CLK-07: near the end of a step, of the agency's share, of a part, each by its own time: whoever has it is told.
#[tokio::test]
async fn clk_07_whoever_has_a_step_or_a_part_is_told_before_its_time_is_over() {
    let mut s = Story::of("quang-nam", "Sở Xây dựng", TimeLimit::WorkingDays(20), Flags::default()).await;
    let health = {
        let reference = s.w.app.reference();
        reference.agencies.iter().find(|a| a.name == "Sở Y tế").unwrap().identifier.clone()
    };
    s.reaches_appraisal().await;
    let part = json!({"agency": health, "work": "Cho ý kiến", "due_at": "2025-10-17"});
    s.does("chuyên viên", "children", json!({"travel": "electronic", "parts": [part]})).await;
    s.w.at("2025-10-10T08:00");
    assert!(!s.called("yte1", &health, Role::UnitHead).await.contains("Sắp đến hạn phần việc"));
    // A quarter of ten working days: half past two days before Friday's closing.
    s.w.at("2025-10-15T16:00");
    let page = s.called("yte1", &health, Role::UnitHead).await;
    assert!(page.contains("Sắp đến hạn phần việc") && page.contains(&s.code), "{page}");
    // The specialist's step has nearly the whole limit of twenty days, to 3 November.
    let words = "Sắp hết thời gian của bước";
    assert!(!s.called("chuyenvien", &s.agency.clone(), Role::Specialist).await.contains(words));
    s.w.at("2025-10-30T16:00");
    let lead = s.called("chuyenvien", &s.agency.clone(), Role::Specialist).await;
    assert!(lead.contains(words), "{lead}");
}
