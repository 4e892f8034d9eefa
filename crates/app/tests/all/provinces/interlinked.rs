//! How each province hands interlinked dossiers along (ILK-01 … ILK-05, FLW-03, FLW-06): who receives first, in which order, and what
//! the lead does when nobody answers.

use super::Story;
use crate::desk::pdf_text;
use documents::Form;
use domain::{accounts::Role, catalogue::Flags, deadline::TimeLimit};
use motcua::accounts::KeyScope;
use serde_json::{Value, json};

const LEAD: &str = "Sở Xây dựng";

async fn story(profile: &str) -> Story {
    let mut s = Story::of(profile, LEAD, TimeLimit::WorkingDays(15), Flags::default()).await;
    s.reaches_appraisal().await;
    s
}

impl Story {
    fn identifier(&self, name: &str) -> String {
        let reference = self.w.app.reference();
        let found = reference.agencies.iter().find(|a| a.name == name);
        found.unwrap_or_else(|| panic!("no {name}")).identifier.clone()
    }
    /// A commune with a one-stop unit of its own: its identifier and the unit's code.
    fn commune(&self) -> (String, String) {
        let reference = self.w.app.reference();
        let unit = reference.centres.iter().find(|c| c.level == "commune").unwrap();
        (reference.agency(unit.agency).unwrap().identifier.clone(), unit.code.clone())
    }
    /// An officer of another agency, posted at a centre where one is named.
    async fn comes(&mut self, login: &str, agency: &str, role: Role, centre: Option<&str>) {
        let plain: String = domain::text::fold(login).chars().filter(char::is_ascii_alphanumeric).collect();
        let who = self.w.officer_at(&plain, agency, &[role], centre).await;
        let key = self.w.key(&who, &[KeyScope::DossierWrite]).await;
        self.keys.insert(login.to_owned(), key);
    }
    async fn inbox(&self, who: &str) -> bool {
        self.w.get("/api/v1/inbox").bearer(&self.keys[who]).send().await.expect(200).text().contains(&self.code)
    }
    fn stages(&self) -> Vec<&str> {
        self.last["children"].as_array().unwrap().iter().map(|p| p["stage"].as_str().unwrap()).collect()
    }
    fn transfer(&self) -> documents::Transfer {
        let slips = self.slips();
        let Form::Transfer(slip) = &slips["transfer"] else { panic!("no transfer slip") };
        slip.as_ref().clone()
    }
}

fn part(agency: &str, due_at: &str) -> Value {
    json!({"agency": agency, "work": "Cho ý kiến về nguồn vốn", "due_at": due_at})
}
fn done() -> Value {
    json!({"text": "Đã xác nhận.", "number": "7/XN", "date": "08/10/2025", "signer": "Bà Lê"})
}

/// Điều 12.2đ: "việc luân chuyển hồ sơ giữa các cơ quan được thực hiện ngay tại Trung tâm, việc tiếp nhận hồ sơ luân chuyển do công
/// chức tại Trung tâm của các cơ quan liên quan … thực hiện".
#[tokio::test]
async fn ilk_04_in_dong_nai_the_agencies_officers_hand_over_at_the_centre() {
    let mut s = story("dong-nai").await;
    let (finance, centre) = (s.identifier("Sở Tài chính"), s.w.app.reference().main_centre().unwrap().code.clone());
    s.comes("tài chính tại Trung tâm", &finance, Role::IntakeOfficer, Some(&centre)).await;
    s.comes("tài chính", &finance, Role::Specialist, None).await;
    let (commune, _) = s.commune();
    // "thủ tục … có liên quan đến địa phương, thì cơ quan chủ trì giải quyết phải chủ động trong việc chuyển hồ sơ về địa phương".
    let local = json!({"travel": "electronic", "parts": [part(&commune, "2025-10-10")]});
    s.refused("quầy", "children", local, "ILK-04").await;
    let parts = json!({"travel": "electronic", "parts": [part(&finance, "2025-10-10"), part(&commune, "2025-10-10")]});
    s.does("chuyên viên", "children", parts).await;
    // What concerns a place goes there straight away; the department's waits with its own officer at the Centre.
    assert_eq!(s.stages(), ["one_stop", "open"]);
    let slip = s.transfer();
    assert!(slip.to.contains("Sở Tài chính (công chức của cơ quan tại Trung tâm"), "{}", slip.to);
    assert!(s.inbox("tài chính tại Trung tâm").await && !s.inbox("tài chính").await && !s.inbox("quầy").await);
    s.refused("quầy", "children/1/transfers", json!({}), "GR-6").await;
    s.refused("tài chính", "children/1/results", done(), "ILK-01").await;
    s.does("tài chính tại Trung tâm", "children/1/transfers", json!({})).await;
    assert_eq!(s.stages(), ["open", "open"]);
    assert!(s.inbox("tài chính").await && !s.inbox("tài chính tại Trung tâm").await);
    s.does("tài chính", "children/1/results", done()).await;
    // The desk is empty, or the agency sends nobody: it has its part without a detour.
    let health = s.identifier("Sở Y tế");
    s.comes("y tế", &health, Role::UnitHead, None).await;
    let recall = json!({"reason": "Không cần nữa."});
    s.does("chuyên viên", "children/2/recalls", recall).await;
    s.does("chuyên viên", "children", json!({"travel": "electronic", "parts": [part(&health, "2025-10-10")]})).await;
    assert_eq!(s.stages()[2], "open");
    assert_eq!(motcua::verify::all(&s.w.app.db, &s.w.app.blobs).await.unwrap().faults, []);
}

/// Điều 11, 12: "Phối hợp với Bộ phận Một cửa cấp huyện, cấp xã trong việc giải quyết các thủ tục hành chính liên thông".
#[tokio::test]
async fn ilk_04_in_vinh_long_a_communes_part_goes_through_its_one_stop_unit() {
    let mut s = story("vinh-long").await;
    let (commune, unit) = s.commune();
    s.comes("một cửa xã", &commune, Role::IntakeOfficer, Some(&unit)).await;
    s.comes("xã", &commune, Role::Specialist, None).await;
    s.does("chuyên viên", "children", json!({"travel": "electronic", "parts": [part(&commune, "2025-10-10")]})).await;
    assert_eq!(s.stages(), ["one_stop"]);
    assert!(s.transfer().to.contains("(chuyển "), "{}", s.transfer().to);
    assert!(s.inbox("một cửa xã").await && !s.inbox("xã").await);
    s.does("một cửa xã", "children/1/transfers", json!({})).await;
    s.does("xã", "children/1/results", done()).await;
    assert_eq!(s.stages(), ["done"]);
}

/// ILK-05: an opinion is asked of whom it concerns, straight away. Điều 13.2b (Đồng Nai): "thẩm định, lấy ý kiến các phòng, ban
/// chuyên môn"; Điều 6.4d (Quảng Nam): "Cơ quan … chủ trì … gửi thông báo điện tử hoặc văn bản phối hợp xử lý đến các cơ quan, đơn
/// vị có liên quan". What goes by way of the Centre (Điều 12.2đ) or of a commune's one-stop unit (Điều 11, 12) are dossiers of
/// interlinked procedures.
#[tokio::test]
async fn ilk_05_an_opinion_goes_straight_to_whom_it_asks_where_parts_go_by_way_of_a_desk() {
    for province in ["dong-nai", "vinh-long", "quang-nam"] {
        let mut s = story(province).await;
        let (finance, centre) = (s.identifier("Sở Tài chính"), s.w.app.reference().main_centre().unwrap().code.clone());
        let (commune, unit) = s.commune();
        s.comes("tài chính tại Trung tâm", &finance, Role::IntakeOfficer, Some(&centre)).await;
        s.comes("tài chính", &finance, Role::Specialist, None).await;
        s.comes("một cửa xã", &commune, Role::IntakeOfficer, Some(&unit)).await;
        s.comes("xã", &commune, Role::Specialist, None).await;
        let asked =
            json!({"agencies": [finance, commune], "content": "Phù hợp quy hoạch không?", "due_at": "2025-10-09"});
        s.does("chuyên viên", "consultations", asked).await;
        for (who, has) in [("tài chính", true), ("xã", true), ("một cửa xã", false), ("tài chính tại Trung tâm", false)]
        {
            assert_eq!(s.inbox(who).await, has, "{province}: {who}");
        }
        s.does("xã", "consultations/1/replies", json!({"text": "Phù hợp."})).await;
        // No answer in time: the lead is told, and tells the Centre (Điều 13.2b, 6.4d).
        s.w.at("2025-10-10T08:00");
        s.does("chuyên viên", "consultations/1/reports", json!({})).await;
        s.does("tài chính", "consultations/1/replies", json!({"text": "Không có ý kiến khác."})).await;
        let asked = s.last["consultations"][0]["asked"].as_array().unwrap();
        assert!(asked.iter().all(|a| a["text"].is_string()), "{asked:?}");
    }
}

/// Điều 6.4đ: on paper "theo thứ tự", each with a transfer slip, the last back to the lead; Điều 6.4d: a late opinion is told to the
/// Centre before the lead goes on.
#[tokio::test]
async fn in_quang_nam_paper_goes_in_order_and_a_late_opinion_is_told_to_the_centre() {
    let mut s = story("quang-nam").await;
    let (finance, health) = (s.identifier("Sở Tài chính"), s.identifier("Sở Y tế"));
    s.comes("tài chính", &finance, Role::Specialist, None).await;
    s.comes("y tế", &health, Role::Specialist, None).await;
    // "cán bộ … tại Trung tâm xác định thứ tự các cơ quan": dates that contradict the order are refused.
    let wrong = json!({"travel": "paper", "parts": [part(&finance, "2025-10-13"), part(&health, "2025-10-10")]});
    s.refused("quầy", "children", wrong, "ILK-01").await;
    let parts = json!({"travel": "paper", "parts": [part(&finance, "2025-10-10"), part(&health, "2025-10-13")]});
    s.does("quầy", "children", parts).await;
    // From agency to agency, not by way of the Centre.
    assert_eq!(s.stages(), ["open", "waiting"]);
    let slip = s.transfer();
    assert_eq!((slip.to.as_str(), slip.legs.len()), ("Sở Tài chính", 3));
    s.refused("y tế", "children/2/results", done(), "ILK-01").await;
    s.does("tài chính", "children/1/results", done()).await;
    assert_eq!((s.stages(), s.transfer().to.as_str()), (vec!["done", "open"], "Sở Y tế"));
    s.does("y tế", "children/2/results", done()).await;
    assert_eq!(s.transfer().to, LEAD, "the last hands back to the lead");

    // Điều 6.4d: an opinion with content and date.
    let asked = json!({"agencies": [finance], "content": "Phù hợp quy hoạch không?", "due_at": "2025-10-09"});
    s.does("chuyên viên", "consultations", asked).await;
    s.does("chuyên viên", "appraisals", json!({"opinion": "grant", "text": "Đủ điều kiện."})).await;
    s.refused("chuyên viên", "consultations/1/reports", json!({}), "ILK-05").await;
    s.w.at("2025-10-10T08:00");
    s.refused("chuyên viên", "submissions", json!({}), "ILK-05").await;
    s.does("chuyên viên", "consultations/1/reports", json!({})).await;
    s.does("chuyên viên", "submissions", json!({})).await;
}

/// Điều 6.4đ, electronic: "gửi đồng thời", each with responsibility, work and date; a part may need another's result. Điều 6.5b,
/// FLW-06: what a ministry decides is sent up and its result entered by the lead.
#[tokio::test]
async fn in_quang_nam_data_goes_to_all_at_once_and_a_ministrys_result_comes_back() {
    let mut s = story("quang-nam").await;
    let (finance, health) = (s.identifier("Sở Tài chính"), s.identifier("Sở Y tế"));
    s.comes("tài chính", &finance, Role::Specialist, None).await;
    s.comes("y tế", &health, Role::Specialist, None).await;
    let ministry = json!({"outside": "Bộ Xây dựng", "work": "Cho ý kiến", "due_at": "2025-10-15", "needs": [1]});
    let parts = [part(&finance, "2025-10-10"), part(&health, "2025-10-10"), ministry];
    s.does("chuyên viên", "children", json!({"travel": "electronic", "parts": parts})).await;
    assert_eq!(s.stages(), ["open", "open", "waiting"]);
    // "cơ quan phối hợp … trả kết quả cho các cơ quan cần": each part's date stands on the applicant's page.
    assert!(s.tracked().await.contains("Bộ Xây dựng"));
    s.does("tài chính", "children/1/results", done()).await;
    assert_eq!(s.stages(), ["done", "open", "open"]);
    s.does("chuyên viên", "children/3/results", done()).await;
    s.does("y tế", "children/2/results", done()).await;
    s.is_decided().await;
    assert_eq!(s.status(), "decided");
}

/// Điều 6.4b: "Trường hợp cần có mặt tổ chức, cá nhân để thẩm tra, xác minh … phải cập nhật thông tin về thời gian, địa điểm, thành
/// phần, nội dung xác minh".
#[tokio::test]
async fn flw_03_in_quang_nam_a_visit_at_which_the_applicant_must_be_is_appointed_in_the_system() {
    let mut s = story("quang-nam").await;
    let visit = json!({"at": "09/10/2025 09:00", "place": "Thửa 12, tờ 3", "content": "Xác minh hiện trạng",
                       "participants": ["Chủ hồ sơ", "Cán bộ địa chính"], "applicant": true});
    s.does("chuyên viên", "visits", visit).await;
    assert!(s.tracked().await.contains("Kiểm tra thực địa lúc 09/10/2025, 09:00"));
    s.does("chuyên viên", "appraisals", json!({"opinion": "grant", "text": "Đủ."})).await;
    s.refused("chuyên viên", "submissions", json!({}), "FLW-03").await;
    s.w.at("2025-10-09T10:30");
    // "phải được lập thành hồ sơ, lưu … và lưu tại cơ quan giải quyết".
    let held = json!({"at": "2025-10-09T09:00:00+07:00", "place": "Thửa 12, tờ 3", "content": "Xác minh hiện trạng",
                      "participants": ["Chủ hồ sơ"]});
    s.does("chuyên viên", "verifications", json!({"findings": "Đúng.", "visit": held, "appointed": "1"})).await;
    assert!(matches!(&s.slips()["verification"], Form::Verification(m) if m.site_visit && m.place == "Thửa 12, tờ 3"));
    s.does("chuyên viên", "submissions", json!({})).await;
}

/// Điều 6.4e: from a commune up: "chuyển … đến bộ phận tiếp nhận và trả kết quả cấp trên", the result back to where it came from.
#[tokio::test]
async fn ilk_03_in_quang_nam_a_communes_dossier_goes_up_through_the_one_stop_units() {
    let mut s = Story::of("quang-nam", LEAD, TimeLimit::WorkingDays(15), Flags::default()).await;
    let (commune, unit) = s.commune();
    s.comes("một cửa xã", &commune, Role::IntakeOfficer, Some(&unit)).await;
    s.comes("tài chính", &s.identifier("Sở Tài chính"), Role::Specialist, None).await;
    s.is_taken_in("một cửa xã", "counter").await;
    s.does("trưởng phòng", "assignments", json!({"to": {"officer": "chuyenvien"}})).await;
    let finance = s.identifier("Sở Tài chính");
    s.does("chuyên viên", "children", json!({"travel": "electronic", "parts": [part(&finance, "2025-10-10")]})).await;
    assert_eq!(s.stages(), ["one_stop"]);
    s.refused("một cửa xã", "children/1/transfers", json!({}), "GR-6").await;
    s.does("quầy", "children/1/transfers", json!({})).await;
    s.does("tài chính", "children/1/results", done()).await;
    assert_eq!(s.stages(), ["done"]);
}

/// IV.3.2b: "lập Phiếu kiểm soát quá trình giải quyết hồ sơ, chuyển cơ quan có thẩm quyền": agencies hand over to each other, and
/// the control slip goes along.
#[tokio::test]
async fn in_hue_agencies_hand_over_to_each_other_and_the_control_slip_goes_along() {
    let mut s = story("thua-thien-hue").await;
    let finance = s.identifier("Sở Tài chính");
    s.comes("tài chính", &finance, Role::Specialist, None).await;
    s.does("chuyên viên", "children", json!({"travel": "paper", "parts": [part(&finance, "2025-10-10")]})).await;
    assert_eq!((s.stages(), s.transfer().to.as_str()), (vec!["open"], "Sở Tài chính"));
    s.does("tài chính", "children/1/results", done()).await;
    let officer = s.w.officer("xemphieu", &s.agency.clone(), &[Role::UnitHead]).await;
    let cookie = s.w.sign_in(&officer).await;
    let path = format!("/can-bo/ho-so/{}/phieu-kiem-soat.pdf", s.code);
    let pdf = s.w.get(&path).cookie(&cookie).send().await.expect(200);
    let text = pdf_text(&pdf.body).split_whitespace().collect::<Vec<_>>().join(" ");
    for part in ["Phần việc: Cho ý kiến", "Kết quả phần việc: Đã xác nhận.", "Sở Tài chính"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}
