//! FLW-04, CAT-05: Đồng Nai's "4 tại chỗ" (Điều 13.2a, 16.1c, 16.3) and Quảng Nam's "quy trình bốn bước" (Điều 5.4c).

use super::Story;
use documents::Form;
use domain::{
    accounts::{Role, Who},
    catalogue::Flags,
    deadline::TimeLimit,
};
use motcua::accounts::KeyScope;
use serde_json::{Value, json};

fn on_the_spot() -> Flags {
    Flags { on_the_spot: true, second_seal: true, ..Flags::default() }
}

fn opinion() -> Value {
    json!({"opinion": "grant", "text": "Đủ điều kiện."})
}
fn grant() -> Value {
    json!({"decision": "grant"})
}
fn result() -> Value {
    json!({"number": "12/GPXD", "date": "2025-10-06", "signer": "Người được ủy quyền", "files": []})
}

impl Story {
    /// An officer of the agency with these roles and a post at the provincial centre.
    async fn posts(&mut self, login: &str, roles: &[Role]) -> Who {
        let plain: String = domain::text::fold(login).chars().filter(char::is_ascii_alphanumeric).collect();
        let centre = self.w.app.reference().main_centre().unwrap().code.clone();
        let who = self.w.officer_at(&plain, &self.agency.clone(), roles, Some(&centre)).await;
        let key = self.w.key(&who, &[KeyScope::DossierWrite]).await;
        self.keys.insert(login.to_owned(), key);
        who
    }
    async fn sends(&self, who: &str, path: &str, body: &Value) -> crate::call::Answer {
        self.w.post(path).bearer(&self.keys[who]).once(&self.once()).json(body).send().await
    }
}

/// The decision of the head by which the officer at the Centre signs, for this procedure.
fn delegation() -> Value {
    json!({"backup": "taicho", "from": "2025-10-06T07:30:00+07:00", "to": "2025-12-31T17:00:00+07:00",
           "decision": "5/QĐ-SXD", "decided_on": "01/10/2025", "procedures": [super::PROCEDURE]})
}

#[tokio::test]
async fn in_dong_nai_the_delegated_officer_takes_in_appraises_and_approves_at_the_centre() {
    let mut s = Story::of("dong-nai", "Sở Xây dựng", TimeLimit::WorkingDays(2), on_the_spot()).await;
    let delegate = s.posts("tại chỗ", &[Role::IntakeOfficer]).await;
    let strangers = s.w.app.reference().agencies.iter().find(|a| a.name == "Sở Y tế").unwrap().identifier.clone();
    s.hires("sở khác", &strangers, Role::IntakeOfficer).await;

    // Điều 13.2a: "ngay sau khi nhận đủ hồ sơ hợp lệ, công chức, viên chức thực hiện thẩm định": it does not leave the Centre.
    let taken = s.is_taken_in("tại chỗ", "counter").await;
    assert_eq!(
        (taken["holder"]["step"].as_str(), taken["holder"]["agency"].as_str()),
        (Some("appraise"), Some("H19.24"))
    );
    // By the agency's own officer there, and by nobody else who has a desk beside.
    s.refused("sở khác", "appraisals", opinion(), "GR-6").await;
    s.refused("chuyên viên", "appraisals", opinion(), "GR-6").await;
    s.does("tại chỗ", "appraisals", opinion()).await;
    s.does("tại chỗ", "submissions", json!({})).await;

    // Điều 16.1c: "tuyệt đối không phê duyệt hồ sơ thủ tục hành chính tại trụ sở cơ quan".
    s.refused("lãnh đạo", "approvals", grant(), "FLW-04").await;
    // Without a decision the officer signs nothing.
    s.refused("tại chỗ", "approvals", grant(), "GR-6").await;
    // "ban hành Quyết định ... ủy quyền cho cán bộ làm việc tại Trung tâm ... đối với từng thủ tục hành chính"
    let mut other = delegation();
    other["procedures"] = json!(["9.999999"]);
    let wrong = s.sends("lãnh đạo", "/api/v1/delegations", &other).await.expect(422).json();
    assert_eq!(wrong["errors"][0]["field"], "procedures");
    let entered = s.sends("lãnh đạo", "/api/v1/delegations", &delegation()).await.expect(201).json();
    assert_eq!(entered["procedures"], json!([super::PROCEDURE]));
    let session = s.w.sign_in(&delegate).await;
    let waiting = s.w.get("/can-bo/duyet").cookie(&session).send().await.expect(200);
    assert!(waiting.text().contains(&s.code), "the list of approvals");
    s.does("tại chỗ", "approvals", grant()).await;
    assert_eq!(s.status(), "decided");

    // Every act says for whom and by what.
    let path = format!("/api/v1/dossiers/{}/events", s.code);
    let events = s.w.get(&path).bearer(&s.keys["tại chỗ"]).send().await.expect(200).json();
    let last = events.as_array().unwrap().last().unwrap().clone();
    assert_eq!((last["officer"].as_str(), last["on_behalf_of"].as_str()), (Some("taicho"), Some("lanhdao")));
    assert_eq!(last["by_decision"], "Quyết định số 5/QĐ-SXD ngày 01/10/2025");
    let control = format!("/can-bo/ho-so/{}/phieu-kiem-soat.pdf", s.code);
    s.w.get(&control).cookie(&session).send().await.expect(200);

    // Điều 16.3: the second seal; the result says by whose decision it was signed.
    s.does("trả", "results", result()).await;
    s.does("trả", "handovers", json!({"to": "applicant", "identity": "022099012345"})).await;
    let slips = s.slips();
    let Form::Handover(slip) = &slips["handover"] else { panic!("no receipt") };
    let kind = &slip.results[0].kind;
    assert!(kind.contains("con dấu thứ hai"), "{kind}");
    assert!(kind.contains("phê duyệt theo ủy quyền (Quyết định số 5/QĐ-SXD ngày 01/10/2025)"), "{kind}");
    assert_eq!(s.status(), "returned");
}

/// Điều 16.1c: "phân công cho cấp phó ... bố trí thời gian hằng ngày đến Trung tâm để trực tiếp phê duyệt"; a delegation that is
/// over gives nothing.
#[tokio::test]
async fn in_dong_nai_a_deputy_who_comes_to_the_centre_approves_and_an_ended_delegation_does_not() {
    let mut s = Story::of("dong-nai", "Sở Xây dựng", TimeLimit::WorkingDays(2), on_the_spot()).await;
    s.posts("tại chỗ", &[Role::IntakeOfficer]).await;
    s.posts("cấp phó", &[Role::AgencyLeader]).await;
    let mut short = delegation();
    short["to"] = json!("2025-10-06T10:00:00+07:00");
    s.sends("lãnh đạo", "/api/v1/delegations", &short).await.expect(201);
    s.is_taken_in("tại chỗ", "counter").await;
    s.does("tại chỗ", "appraisals", opinion()).await;
    s.does("tại chỗ", "submissions", json!({})).await;
    s.w.at("2025-10-06T10:00");
    s.refused("tại chỗ", "approvals", grant(), "GR-6").await;
    s.does("cấp phó", "approvals", grant()).await;
    s.does("trả", "results", result()).await;
    s.does("trả", "handovers", json!({"to": "applicant", "identity": "022099012345"})).await;
    let slips = s.slips();
    let Form::Handover(slip) = &slips["handover"] else { panic!("no receipt") };
    assert!(!slip.results[0].kind.contains("ủy quyền"), "{}", slip.results[0].kind);
}

/// Điều 5.4c: "lãnh đạo và cán bộ nghiệp vụ của các Sở, Ban, ngành thực hiện quy trình bốn bước (tiếp nhận, thẩm định, phê duyệt
/// và trả kết quả) tại Trung tâm"; no second seal there, and a headquarters is not closed to anybody.
#[tokio::test]
async fn in_quang_nam_leader_and_specialist_do_the_four_steps_at_the_centre() {
    let mut s = Story::of("quang-nam", "Sở Xây dựng", TimeLimit::WorkingDays(2), on_the_spot()).await;
    s.posts("nghiệp vụ", &[Role::Specialist]).await;
    s.posts("lãnh đạo trực", &[Role::AgencyLeader]).await;
    s.is_taken_in("quầy", "counter").await;
    s.refused("chuyên viên", "appraisals", opinion(), "GR-6").await;
    s.does("nghiệp vụ", "appraisals", opinion()).await;
    s.does("nghiệp vụ", "submissions", json!({})).await;
    s.does("lãnh đạo trực", "approvals", grant()).await;
    s.does("trả", "results", result()).await;
    s.does("trả", "handovers", json!({"to": "applicant"})).await;
    let slips = s.slips();
    let Form::Handover(slip) = &slips["handover"] else { panic!("no receipt") };
    assert!(!slip.results[0].kind.contains("con dấu"), "{}", slip.results[0].kind);
}

/// Where the regulation knows nothing of it, the flag changes nothing: the dossier goes to the agency.
#[tokio::test]
async fn in_vinh_long_nothing_is_settled_on_the_spot() {
    let mut s = Story::of("vinh-long", "Sở Xây dựng", TimeLimit::WorkingDays(2), on_the_spot()).await;
    let taken = s.is_taken_in("quầy", "counter").await;
    assert_eq!(taken["holder"]["step"], "assign");
}
