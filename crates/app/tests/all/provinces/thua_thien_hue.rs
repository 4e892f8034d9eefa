//! Thừa Thiên Huế, Đề án 2017 (seed 004).

use super::{PROCEDURE, Story, centre_agency, one_paper_wrong, the_paper};
use crate::{
    desk::{hidden, multipart, pairs},
    world::World,
};
use documents::Form;
use domain::{accounts::Role, catalogue::Flags, deadline::TimeLimit};
use serde_json::json;

/// The table of mục III: twenty-seven agencies in its order, and how many officers each sends to the Centre. The two of
/// Ban Dân tộc and Thanh tra tỉnh share one ("Gộp chung cho 2 cơ quan").
const POSTED: [(&str, usize); 27] = [
    ("Ban Quản lý Khu Kinh tế, công nghiệp tỉnh", 1),
    ("Ban Dân tộc", 1),
    ("Thanh tra tỉnh", 0),
    ("Sở Công Thương", 1),
    ("Sở Du lịch", 1),
    ("Sở Giáo dục và Đào tạo", 1),
    ("Sở Giao thông vận tải", 2),
    ("Sở Kế hoạch và Đầu tư", 2),
    ("Sở Khoa học và Công nghệ", 1),
    ("Sở Lao động, Thương binh và Xã hội", 1),
    ("Sở Ngoại vụ", 1),
    ("Sở Nội vụ", 1),
    ("Sở Nông nghiệp và Phát triển nông thôn", 2),
    ("Sở Tài chính", 1),
    ("Sở Tài nguyên và Môi trường", 2),
    ("Sở Thông tin và Truyền thông", 1),
    ("Sở Tư pháp", 1),
    ("Sở Văn hóa và Thể thao", 1),
    ("Sở Xây dựng", 2),
    ("Sở Y tế", 1),
    ("Văn phòng Ủy ban nhân dân tỉnh", 1),
    ("Công an tỉnh", 2),
    ("Cục Thuế tỉnh", 1),
    ("Bảo hiểm xã hội tỉnh", 2),
    ("Cục Hải quan tỉnh", 1),
    ("Kho bạc Nhà nước tỉnh", 1),
    ("Cảnh sát Phòng cháy và chữa cháy tỉnh", 1),
];

/// STF-01, ADM-04: the profile brings the agencies of the table; each sends its officers to the one Centre.
#[tokio::test]
async fn hue_starts_with_twenty_seven_agencies_and_thirty_three_officers() {
    let w = World::sqlite_of("thua-thien-hue");
    let mut number = 0;
    // The profile carries the table: as many places, and the one that two agencies share.
    let profile = w.app.profile.clone();
    let table = profile.seats();
    assert_eq!((table.iter().map(|s| s.officers).sum::<u32>(), table.len()), (33, 26));
    assert_eq!(table[1].agencies, ["H57.02", "H57.03"]);
    let keeper = w.officer("quantri", &centre_agency(&w), &[Role::TopAdmin]).await;
    let keeper = w.sign_in(&keeper).await;
    let centres = async || w.get("/can-bo/quan-tri/trung-tam").cookie(&keeper).send().await.expect(200);
    assert!(centres().await.text().contains("đang có 0 trên 33"));
    for (at, (agency, officers)) in POSTED.iter().enumerate() {
        let identifier = format!("H57.{:02}", at + 1);
        let reference = w.app.reference();
        let found = reference.agency_by_identifier(&identifier).unwrap_or_else(|| panic!("no {identifier}"));
        assert_eq!(found.name, *agency, "{identifier}");
        for _ in 0..*officers {
            number += 1;
            let who = w.officer(&format!("cb{number:02}"), &identifier, &[Role::IntakeOfficer]).await;
            // Mục III: they receive and return at the Centre, and stay officers of their agency.
            let (centre, home) = (w.app.reference().main_centre().unwrap().id, who.agency);
            assert_eq!((who.centre, home), (Some(centre), found.id));
        }
    }
    assert_eq!(number, 33);
    let full = centres().await;
    assert!(full.text().contains("đang có 33 trên 33") && !full.text().contains("cử thêm"), "{}", full.text());
    assert!(full.text().contains("Ban Dân tộc; Thanh tra tỉnh"));
}

/// INT-04, CLK-05: one request in all (IV.4.1); the agency explains, the Centre apologises (IV.3.3b).
#[tokio::test]
async fn in_hue_one_request_in_all_and_the_centre_writes_the_apology() {
    let mut s = Story::of("thua-thien-hue", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    s.reaches_appraisal().await;

    // IV.3.2d: no window; the limit counts from the moment at which the Centre received the supplement.
    s.w.at("2025-10-14T09:00");
    s.does("chuyên viên", "supplement_requests", one_paper_wrong()).await;
    s.w.at("2025-10-21T10:00");
    let mut by_post = the_paper();
    by_post["received_at"] = json!("2025-10-20T14:00:00+07:00");
    s.does("quầy", "supplements", by_post).await;
    assert_eq!(s.due(), "2025-11-03T17:00:00+07:00", "ten working days from Monday, when the Centre had it");
    // IV.4.1: one in all.
    s.refused("chuyên viên", "supplement_requests", one_paper_wrong(), "GR-1").await;

    // IV.3.3b: before the date nobody apologises; afterwards the agency explains in writing …
    let letter = json!({"reason": "Chậm.", "new_due_at": "2025-11-12"});
    s.refused("quầy", "apologies", letter.clone(), "CLK-05").await;
    s.w.at("2025-11-04T08:00");
    s.refused("chuyên viên", "apologies", letter, "CLK-05").await;
    // … on which alone the Centre may write; without one it demands speed (IV.3.3b "yêu cầu đẩy nhanh tiến độ").
    s.refused("giám sát", "apologies", json!({"reason": "Chậm.", "new_due_at": "2025-11-12"}), "CLK-05").await;
    s.does("giám sát", "urgings", json!({"text": "Đẩy nhanh tiến độ, giải trình lý do.", "answer_by": "2025-11-05"}))
        .await;
    s.does("chuyên viên", "explanations", json!({"reason": "Phải đo lại ranh giới.", "new_due_at": "2025-11-12"}))
        .await;
    // … and the Centre writes the letter, on what the agency said.
    s.refused("quầy", "apologies", json!({}), "CLK-05").await;
    s.does("giám sát", "apologies", json!({})).await;
    assert_eq!(s.due(), "2025-11-12T17:00:00+07:00");
    let slips = s.slips();
    let Form::Apology(letter) = &slips["apology"] else { panic!("no letter") };
    assert!(letter.letterhead.unit.starts_with("Trung tâm"), "{}", letter.letterhead.unit);
    assert_eq!((letter.reason.as_str(), letter.overdue), ("Phải đo lại ranh giới.", true));
    assert_eq!(letter.explanation.as_ref().map(|e| e.agency.as_str()), Some("Sở Xây dựng"));

    // II.3: the cause of lateness is made clear.
    s.w.at("2025-11-13T08:00");
    s.does("giám sát", "overdue_causes", json!({"cause": "Đo đạc chậm.", "justified": false})).await;
}

/// INT-04: guidance at intake uses up the one request (IV.4.1).
#[tokio::test]
async fn in_hue_guidance_at_intake_counts_as_the_one_request() {
    let mut s = Story::of("thua-thien-hue", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    let online = s.hands_in("quầy", "online", &["don"]).await.expect(201);
    s.takes(online);
    let all = json!({"items": [{"component": "ban-ve", "problem": "missing", "note": ""}]});
    s.does("quầy", "guidance_requests", all).await;
    s.does("quầy", "supplements", the_paper()).await;
    s.does("quầy", "acceptances", json!({})).await;
    s.does("trưởng phòng", "assignments", json!({"to": {"officer": "chuyenvien"}})).await;
    s.refused("chuyên viên", "supplement_requests", one_paper_wrong(), "GR-1").await;
}

/// INT-03: what is decided at once needs no receipt (IV.3.2a); results go out at the Centre (IV.3.4).
#[tokio::test]
async fn in_hue_a_same_day_dossier_gets_no_receipt_and_is_approved_all_the_same() {
    let mut s = Story::of("thua-thien-hue", "Sở Tư pháp", TimeLimit::SameDay, Flags::default()).await;
    s.reaches_appraisal().await;
    assert!(s.last["receipt"].is_null());
    assert_eq!(s.due(), "2025-10-06T17:00:00+07:00");
    s.is_decided().await;
    s.does("trả", "handovers", json!({"to": "applicant"})).await;
    assert_eq!(s.status(), "returned");
    // The officers of the table sit at the Centre, whoever keeps the Centre.
    assert!(!centre_agency(&s.w).is_empty());
}

/// IV.3.2a: no slip's page follows, and the browser still forgets what was typed before the next citizen sits down.
#[tokio::test(flavor = "multi_thread")]
async fn in_hue_the_counters_form_is_forgotten_where_no_slip_follows() {
    let s = Story::of("thua-thien-hue", "Sở Tư pháp", TimeLimit::SameDay, Flags::default()).await;
    let lan = s.w.officer("lan", &centre_agency(&s.w), &[Role::IntakeOfficer]).await;
    let session = s.w.sign_in(&lan).await;
    let path = format!("/can-bo/tiep-nhan/{PROCEDURE}");
    let page = s.w.get(&path).cookie(&session).send().await.expect(200);
    let form = pairs(&[
        ("once", &hidden(&page, "once")),
        ("variant", &hidden(&page, "variant")),
        ("agency", &s.agency),
        ("channel", "counter"),
        ("applicant.kind", "citizen"),
        ("applicant.name", "Nguyễn Thị Mẫu"),
        ("applicant.identity", "022099012345"),
        ("applicant.phone", "0912 345 678"),
        ("applicant.address", "Tổ 1, phường Thuận Hóa"),
        ("components.0.id", "don"),
        ("components.0.full", "1"),
        ("components.1.id", "ban-ve"),
        ("components.1.full", "1"),
        ("result_by", "counter"),
        ("sets", "1"),
        ("act", "accept"),
    ]);
    let cookies = format!("{session}; motcua-sent=0123456789abcdef");
    let taken = multipart(s.w.post(&path).cookie(&cookies), &form, &[]).send().await.expect(303);
    assert!(taken.location().starts_with("/can-bo/ho-so/"), "{}", taken.location());
    let named = taken.headers["set-cookie"].to_str().unwrap();
    assert!(named.starts_with("motcua-taken-0123456789abcdef=1;"), "{named}");
}

/// STO-03: II.2.1, III.3.1b — "cơ sở dữ liệu doanh nghiệp, hộ kinh doanh" grows with what is taken in, each line with its dossier.
#[tokio::test]
async fn in_hue_the_register_of_enterprises_grows_with_the_dossiers() {
    let s = Story::of("thua-thien-hue", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    let papers: Vec<_> = ["don", "ban-ve"].map(|id| json!({"id": id, "originals": 1, "copies": 0})).into();
    let body = json!({
        "procedure": PROCEDURE, "agency": s.agency, "channel": "counter", "components": papers,
        "applicant": {"kind": "business", "name": "Công ty cổ phần Mẫu Huế", "identity": "5700100256",
                      "phone": "0912 345 678", "address": "Số 1, phường Thuận Hóa"},
        "result_by": "counter"
    });
    let call = s.w.post("/api/v1/dossiers").bearer(&s.keys["quầy"]).once(&s.once()).json(&body);
    let code = call.send().await.expect(201).json()["code"].clone();
    let register =
        s.w.get("/api/v1/enterprises?q=mau%20hue").bearer(&s.keys["giám sát"]).send().await.expect(200).json();
    let found = &register["items"][0];
    assert_eq!((&found["number"], &found["dossier"]), (&json!("5700100256"), &code));
}

/// INT-11, INT-09: IV.3.5 — "Đối với những sở, ban, ngành có TTHC với số lượng, tần suất giải quyết thấp: Trung tâm … phân công người
/// tiếp nhận hồ sơ và chuyển về sở, ban, ngành … thẩm định, giải quyết và trả hồ sơ theo đúng quy định".
#[tokio::test]
async fn in_hue_the_centres_own_officer_takes_in_for_an_agency_that_sends_nobody() {
    // Mục III: Thanh tra tỉnh sends no officer of its own.
    let mut s = Story::of("thua-thien-hue", "Thanh tra tỉnh", TimeLimit::WorkingDays(10), Flags::default()).await;
    let (agency, centre) = (s.agency.clone(), centre_agency(&s.w));
    assert_ne!(agency, centre);
    // The agency itself takes nothing in, not even its own …
    let papers = ["don", "ban-ve"];
    s.hands_in("chuyên viên", "counter", &papers).await.expect(403);
    // … "Trung tâm … phân công người tiếp nhận": an officer of the Centre does, with the receipt of the Centre.
    s.is_taken_in("quầy", "counter").await;
    assert!(matches!(&s.slips()["receipt"], Form::Receipt(r) if r.letterhead.unit.starts_with("Trung tâm")));
    // "và chuyển về sở, ban, ngành": it lies with the competent agency at once.
    assert_eq!(s.last["holder"]["agency"].as_str(), Some(agency.as_str()));
    s.refused("quầy", "appraisals", json!({"opinion": "grant", "text": "Đủ."}), "GR-6").await;
    s.does("trưởng phòng", "assignments", json!({"to": {"officer": "chuyenvien"}})).await;
    // "thẩm định, giải quyết và trả hồ sơ theo đúng quy định": back to the Centre, which returns it (IV.3.3a).
    s.is_decided().await;
    s.refused("văn thư", "handovers", json!({"to": "applicant"}), "GR-6").await;
    s.does("trả", "handovers", json!({"to": "applicant"})).await;
    assert_eq!(s.status(), "returned");
}
