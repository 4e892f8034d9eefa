//! CAT-04: a process is drawn, checked, approved by a decision, sent, published, and followed by what is taken in from then
//! on. INT-12: what was agreed on unclear points is kept with the procedure.

use crate::{call::Answer, world::World};
use domain::{
    accounts::{Role, Who},
    catalogue::Channel,
    dossier::{Command, Decision, Event, Intake},
    id::Id,
};
use motcua::{
    accounts::KeyScope,
    dossier::{Order, Target, store::Key},
};
use serde_json::json;

/// A commune's procedure with a limit in working days.
pub const PROCEDURE: &str = "1.000080";
pub const LIST: &str = "/can-bo/quan-tri/quy-trinh";

pub struct Board {
    pub w: World,
    /// Identifier of the commune that handles.
    pub commune: String,
    pub control: String,
    pub intake: Who,
    pub head: Who,
    pub specialist: Who,
    pub leader: Who,
}

/// A commune with everybody whom a process needs, and procedure control at the Centre.
pub async fn board(w: World) -> Board {
    w.procedures(&[PROCEDURE]).await;
    let reference = w.app.reference();
    let centre = reference.agency(reference.main_centre().unwrap().agency).unwrap().identifier.clone();
    let commune = reference.agencies.iter().find(|a| a.level == "commune" && !a.police).unwrap().identifier.clone();
    let control = w.officer("kiem.soat", &centre, &[Role::ProcedureControl]).await;
    let intake = w.officer("tiep.nhan", &centre, &[Role::IntakeOfficer]).await;
    let head = w.officer("truong.phong", &commune, &[Role::UnitHead]).await;
    let specialist = w.officer("chuyen.vien", &commune, &[Role::Specialist]).await;
    let leader = w.officer("lanh.dao", &commune, &[Role::AgencyLeader]).await;
    w.officer("van.thu", &commune, &[Role::Clerk]).await;
    w.officer("tra.ket.qua", &centre, &[Role::ReturnDesk]).await;
    let control = w.sign_in(&control).await;
    Board { w, commune, control, intake, head, specialist, leader }
}

/// The value of a hidden field.
pub fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = page.text().find(&mark).unwrap_or_else(|| panic!("no field {name}: {}", page.text())) + mark.len();
    page.text()[at..].split('"').next().unwrap().to_owned()
}

impl Board {
    pub async fn get(&self, path: &str) -> Answer {
        self.w.get(path).cookie(&self.control).send().await
    }
    /// Sends a form of the page at `page` with its hidden fields.
    pub async fn send(&self, page: &str, to: &str, fields: &[(&str, &str)]) -> Answer {
        let shown = self.get(page).await.expect(200);
        let (once, version) = (hidden(&shown, "once"), hidden(&shown, "version"));
        let mut all = vec![("once", once.as_str()), ("version", version.as_str())];
        all.extend(fields);
        self.w.post(to).cookie(&self.control).form(&all).send().await
    }
    pub async fn act(&self, design: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(design, design, fields).await
    }
    /// A new draft; its address.
    pub async fn draw(&self, name: &str) -> String {
        let shown = self.get(LIST).await.expect(200);
        let once = hidden(&shown, "once");
        let form = [("once", once.as_str()), ("procedure", PROCEDURE), ("name", name)];
        let drawn = self.w.post(LIST).cookie(&self.control).form(&form).send().await.expect(303);
        drawn.location().to_owned()
    }
    /// The head's approval goes before the leader's.
    pub async fn two_levels(&self, design: &str) {
        let step = format!("{design}/buoc/moi");
        let fields = [
            ("after", "appraise"),
            ("kind", "approve"),
            ("name_vi", "Trưởng phòng duyệt"),
            ("place", "agency"),
            ("roles", "unit_head"),
            ("hours", "1"),
        ];
        self.send(&step, &step, &fields).await.expect(303);
    }
    pub async fn decide(&self, design: &str) {
        let decision = [("act", "decision"), ("decision_number", "12/QĐ-UBND"), ("decision_date", "06/10/2025")];
        self.act(design, &decision).await.expect(303);
    }
    pub async fn publish(&self, design: &str) -> Answer {
        self.act(design, &[("act", "publish")]).await
    }
    /// Takes a complete dossier in by the API, as a counter does; gives its code.
    pub async fn take_in(&self, key: &str, once: &str) -> String {
        let intake = self.intake();
        let components: Vec<_> = intake
            .components
            .iter()
            .map(|c| json!({"id": c.id, "originals": c.originals, "copies": c.copies}))
            .collect();
        let body = json!({
            "procedure": PROCEDURE, "variant": intake.variant, "agency": self.commune, "channel": "counter",
            "applicant": {"kind": "citizen", "name": "Nguyễn Thị Mẫu", "identity": "022099012345",
                          "phone": "0912 345 678", "address": "Tổ 1, tỉnh Quảng Ninh"},
            "components": components, "result_by": "counter"
        });
        let answer = self.w.post("/api/v1/dossiers").bearer(key).once(once).json(&body).send().await.expect(201);
        answer.json()["code"].as_str().unwrap().to_owned()
    }
    fn intake(&self) -> Intake {
        self.w.intake(&self.intake, PROCEDURE)
    }
    /// Gives a command to a dossier as it stands; the step at which it is then.
    pub async fn go(&self, code: &str, who: &Who, command: Command) -> String {
        let key = Key::Code(code.to_owned());
        let (known, scope) = (key.clone(), domain::accounts::Scope::Province);
        let found = self.w.app.db.read_blocking(move |q| motcua::dossier::store::find(q, &scope, &known));
        let version = found.unwrap().unwrap().state.version;
        let done = self.w.order(who, Order { target: Target::Known { key, version }, command }).await.unwrap();
        done.state.holder.map(|h| h.step).unwrap_or_default()
    }
    /// From the counter to where "submit" leads.
    pub async fn submitted(&self, code: &str) -> String {
        let officer = self.specialist.officer;
        self.go(code, &self.head, Command::Assign { unit: None, officer }).await;
        let opinion = Command::Appraise { opinion: Decision::Grant, text: "Đủ điều kiện.".into() };
        self.go(code, &self.specialist, opinion).await;
        self.go(code, &self.specialist, Command::SubmitForApproval).await
    }
}

async fn a_published_process_is_followed(w: World) {
    let b = board(w).await;
    let key = b.w.key(&b.intake, &[KeyScope::DossierWrite]).await;
    let before = b.take_in(&key, "truoc").await;
    let design = b.draw("Hai cấp duyệt").await;
    b.two_levels(&design).await;
    // Guard rail 7 and CAT-04: not without a decision.
    let refused = b.publish(&design).await.expect(422);
    assert!(refused.text().contains("phê duyệt bằng quyết định"));
    b.decide(&design).await;
    let ready = b.get(&design).await.expect(200);
    assert!(ready.text().contains("Quy trình không có lỗi") && ready.text().contains("Trưởng phòng duyệt"));
    let published = b.publish(&design).await.expect(303);
    assert!(published.location().ends_with("?xong=cong-bo"));
    // Citizens and systems read the steps in force.
    assert!(b.get(&format!("/thu-tuc/{PROCEDURE}")).await.expect(200).text().contains("Trưởng phòng duyệt"));
    let told = b.get(&format!("/api/v1/procedures/{PROCEDURE}")).await.expect(200).json();
    assert!(told["process"].as_array().unwrap().iter().any(|s| s["name"] == "Trưởng phòng duyệt"), "{told}");
    // What is taken in from now on follows it; what is in hand keeps its own.
    let after = b.take_in(&key, "sau").await;
    assert_eq!(b.submitted(&before).await, "approve");
    assert_eq!(b.submitted(&after).await, "approve-2");
    let approve = Command::Approve { decision: Decision::Grant, reason: None };
    assert_eq!(b.go(&after, &b.head, approve.clone()).await, "approve");
    let key = Key::Code(after.clone());
    let (known, scope) = (key.clone(), domain::accounts::Scope::Province);
    let row = b.w.app.db.read_blocking(move |q| motcua::dossier::store::find(q, &scope, &known)).unwrap().unwrap();
    let order = Order { target: Target::Known { key, version: row.state.version }, command: approve };
    let done = b.w.order(&b.leader, order).await.unwrap();
    assert!(matches!(done.events.as_slice(), [Event::Decided { .. }]), "{:?}", done.events);
    // The head finds what waits for the head, the leader does not.
    let waiting = b.take_in(&b.w.key(&b.intake, &[KeyScope::DossierWrite]).await, "cho").await;
    b.submitted(&waiting).await;
    for (who, sees) in [(&b.head, true), (&b.leader, false)] {
        let session = b.w.sign_in(who).await;
        let list = b.w.get("/can-bo?loc=cho").cookie(&session).send().await.expect(200);
        assert_eq!(list.text().contains(&waiting), sees, "{}", who.officer);
    }
    // The dossier's page shows the process with its place, and when the step is due.
    let session = b.w.sign_in(&b.head).await;
    let page = b.w.get(&format!("/can-bo/ho-so/{waiting}")).cookie(&session).send().await.expect(200);
    assert!(page.text().contains("class=\"box box-now\"") && page.text().contains("hạn của bước:"));
    let form = b.w.get(&format!("/can-bo/ho-so/{waiting}/phe-duyet")).cookie(&session).send().await.expect(200);
    assert!(form.text().contains("Đồng ý, chuyển cấp trên"), "a head before the last does not decide");
    // What is published stays as it is; a new version begins from it.
    b.act(&design, &[("act", "remove:appraise")]).await.expect(422);
    let copy = b.act(&design, &[("act", "copy")]).await.expect(303);
    let next = copy.location().split('?').next().unwrap().to_owned();
    b.decide(&next).await;
    b.publish(&next).await.expect(303);
    assert!(b.get(&design).await.expect(200).text().contains("Đã hết áp dụng"));
    assert!(b.get(&format!("{next}/so-sanh")).await.expect(200).text().contains("Trưởng phòng duyệt"));
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_04_a_process_is_published_by_decision_and_running_dossiers_keep_theirs() {
    a_published_process_is_followed(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_04_a_process_is_published_by_decision_and_running_dossiers_keep_theirs_on_postgres() {
    a_published_process_is_followed(World::postgres()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn gr_7_a_fault_is_shown_at_its_step_and_keeps_the_process_from_being_published() {
    let b = board(World::sqlite()).await;
    let design = b.draw("Thiếu bước trả").await;
    b.decide(&design).await;
    b.act(&design, &[("act", "remove:return")]).await.expect(303);
    let page = b.get(&design).await.expect(200);
    assert!(page.text().contains("mà không về Trung tâm") && page.text().contains("class=\"box box-fault\""));
    assert!(!page.text().contains("value=\"publish\""), "no button that must fail");
    // What was decided on is no longer what stands there.
    assert!(b.publish(&design).await.expect(422).text().contains("phê duyệt bằng quyết định"));
    b.decide(&design).await;
    let refused = b.publish(&design).await.expect(422);
    assert!(refused.text().contains("mà không về Trung tâm"));
    // A role that nobody has in the commune.
    let other = b.draw("Không ai làm").await;
    let step = format!("{other}/buoc/appraise");
    let fields =
        [("kind", "appraise"), ("name_vi", "Thẩm định"), ("place", "agency"), ("roles", "clerk"), ("hours", "8")];
    b.send(&step, &step, &fields).await.expect(303);
    assert!(!b.get(&other).await.text().contains("Không có cán bộ nào"));
    let nobody =
        [("kind", "appraise"), ("name_vi", "Thẩm định"), ("place", "agency"), ("roles", "courier"), ("hours", "8")];
    b.send(&step, &step, &nobody).await.expect(303);
    assert!(b.get(&other).await.text().contains("Không có cán bộ nào giữ vai trò “Nhân viên luân chuyển”"));
    // Too long.
    let long = [
        ("kind", "appraise"),
        ("name_vi", "Thẩm định"),
        ("place", "agency"),
        ("roles", "specialist"),
        ("hours", "800"),
    ];
    b.send(&step, &step, &long).await.expect(303);
    assert!(b.get(&other).await.text().contains("vượt thời hạn giải quyết"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_with_mistakes_is_shown_again_with_everything_kept() {
    let b = board(World::sqlite()).await;
    let design = b.draw("Nhập sai").await;
    let step = format!("{design}/buoc/moi");
    let fields =
        [("name_en", "Second look"), ("hours", "nhiều"), ("when_0", "grant"), ("to_0", ""), ("place", "agency")];
    let page = b.send(&step, &step, &fields).await.expect(422);
    for kept in ["Second look", "nhiều", "name_vi-error", "kind-error", "roles-error", "hours-error", "to_0-error"] {
        assert!(page.text().contains(kept), "{kept}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_moves_a_step_once_and_an_old_page_overwrites_nothing() {
    let b = board(World::sqlite()).await;
    let design = b.draw("Thứ tự").await;
    let shown = b.get(&design).await.expect(200);
    let (once, version) = (hidden(&shown, "once"), hidden(&shown, "version"));
    let form = [("once", once.as_str()), ("version", version.as_str()), ("act", "down:assign")];
    for _ in 0..2 {
        b.w.post(&design).cookie(&b.control).form(&form).send().await.expect(303);
    }
    let page = b.get(&design).await.expect(200);
    let at = |name: &str| page.text().find(&format!(". {name}</h3>")).unwrap();
    assert!(at("Thẩm định hồ sơ") < at("Phân công xử lý") && at("Phân công xử lý") < at("Phê duyệt"));
    let old = [("once", "khac"), ("version", version.as_str()), ("act", "scope"), ("name", "Tên mới gõ")];
    let conflict = b.w.post(&design).cookie(&b.control).form(&old).send().await.expect(412);
    assert!(conflict.text().contains("người khác đã lưu quy trình này") && conflict.text().contains("Tên mới gõ"));
}

/// QNI 11.2: the detail reaches the Centre within 3 days of the decision; until then it is listed, then it is overdue.
#[tokio::test(flavor = "multi_thread")]
async fn cat_04_a_decision_whose_detail_was_not_sent_is_listed_and_becomes_overdue() {
    let b = board(World::sqlite()).await;
    let admin = b.w.officer("quan.tri.xa", &b.commune, &[Role::AgencyAdmin]).await;
    let own = b.w.sign_in(&admin).await;
    let shown = b.w.get(LIST).cookie(&own).send().await.expect(200);
    let form = [("once", &*hidden(&shown, "once")), ("procedure", PROCEDURE), ("name", "Của xã")];
    let design = b.w.post(LIST).cookie(&own).form(&form).send().await.expect(303).location().to_owned();
    let owed = "Đã có quyết định, chưa gửi chi tiết về Trung tâm";
    assert!(!b.get(LIST).await.text().contains(owed));
    b.decide(&design).await;
    b.w.at("2025-10-09T16:00");
    let list = b.get(LIST).await.expect(200);
    assert!(list.text().contains(owed) && list.text().contains("phải gửi") && list.text().contains("09/10/2025"));
    b.w.at("2025-10-10T08:00");
    assert!(b.get(LIST).await.text().contains("quá hạn gửi"));
    // The agency sends; only the Centre publishes.
    let page = b.w.get(&design).cookie(&own).send().await.expect(200);
    let fields = [("once", &*hidden(&page, "once")), ("version", &*hidden(&page, "version")), ("act", "publish")];
    b.w.post(&design).cookie(&own).form(&fields).send().await.expect(403);
    let fields = [fields[0], fields[1], ("act", "send")];
    b.w.post(&design).cookie(&own).form(&fields).send().await.expect(303);
    assert!(!b.get(LIST).await.text().contains(owed));
}

#[tokio::test(flavor = "multi_thread")]
async fn adm_02_whoever_does_not_keep_the_process_does_not_find_it() {
    let b = board(World::sqlite()).await;
    let design = b.draw("Của tỉnh").await;
    let foreign = b.w.officer("so.khac", "H49.18", &[Role::AgencyAdmin]).await;
    let foreign = b.w.sign_in(&foreign).await;
    let plain = b.w.sign_in(&b.specialist).await;
    for path in ["", "/thu", "/so-sanh", "/quy-trinh.bpmn", "/buoc/moi", "/buoc/appraise"] {
        let path = format!("{design}{path}");
        b.w.get(&path).cookie(&foreign).send().await.expect(404);
        b.w.get(&path).cookie(&plain).send().await.expect(403);
        b.get(&path).await.expect(200);
    }
    assert!(!b.w.get(LIST).cookie(&foreign).send().await.expect(200).text().contains("Của tỉnh"));
    b.w.post(&design).cookie(&foreign).form(&[("act", "discard"), ("version", "1")]).send().await.expect(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_04_the_try_out_tells_when_each_step_of_an_imaginary_dossier_is_due() {
    let b = board(World::sqlite()).await;
    let design = b.draw("Chạy thử").await;
    let asked = format!("{design}/thu?ngay=06%2F10%2F2025&gio=08%3A30&channel=counter&opinion=grant");
    let page = b.get(&asked).await.expect(200);
    assert!(page.text().contains("Mọi bước xong trước hạn của hồ sơ.") && page.text().contains("06/10/2025, 08:30"));
    let wrong = b.get(&format!("{design}/thu?ngay=32%2F10%2F2025&gio=8h")).await.expect(200);
    assert!(wrong.text().contains("ngay-error") && wrong.text().contains("gio-error"));
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_04_the_process_for_the_channel_is_taken_and_one_too_long_for_a_new_version_is_not() {
    let b = board(World::sqlite()).await;
    let design = b.draw("Qua bưu chính").await;
    b.act(&design, &[("act", "scope"), ("name", "Qua bưu chính"), ("channels", "post")]).await.expect(303);
    b.decide(&design).await;
    b.publish(&design).await.expect(303);
    let reference = b.w.app.reference();
    let listed = reference.procedure(PROCEDURE).unwrap().version;
    let app = b.w.app.clone();
    let governing = b.w.app.db.read_blocking(move |q| app.versions.get(q, listed)).unwrap();
    let commune = reference.agency_by_identifier(&b.commune).unwrap().id;
    let variant = governing.procedure.variants[0].id.clone();
    let chosen =
        |p: &domain::catalogue::ProcedureVersion, channel| reference.process_for(p, commune, channel, &variant);
    assert!(chosen(&governing.procedure, Channel::Post).is_some());
    assert_eq!(chosen(&governing.procedure, Channel::Counter), None);
    let mut shorter = governing.procedure.clone();
    let hour = domain::deadline::TimeLimit::WorkingHours(1);
    shorter.ways.iter_mut().for_each(|w| w.limit = hour);
    shorter.variants.iter_mut().for_each(|v| v.limit = None);
    assert_eq!(chosen(&shorter, Channel::Post), None);
    // Nobody has to find that out alone: the list and the process say so once the shorter limit is in force.
    assert!(!b.get(LIST).await.expect(200).text().contains("Không còn kịp thời hạn"));
    b.w.put_in_force(&shorter).await;
    assert!(b.get(LIST).await.expect(200).text().contains("Không còn kịp thời hạn"));
    assert!(b.get(&design).await.expect(200).text().contains("không còn kịp thời hạn của thủ tục"));
}

async fn guidance_is_kept(w: World) {
    let b = board(w).await;
    let page = format!("/can-bo/thu-tuc/{PROCEDURE}");
    let intake = b.w.sign_in(&b.intake).await;
    let counter = format!("/can-bo/tiep-nhan/{PROCEDURE}");
    let note = [
        ("act", "save"),
        ("question", "Giấy xác nhận hôn nhân cấp ở nước ngoài?"),
        ("answer", "Nhận bản dịch có chứng thực."),
        ("agency", b.commune.as_str()),
        ("agreed_on", "03/10/2025"),
    ];
    // Whoever does not keep it reads it only.
    b.w.post(&page).cookie(&intake).form(&note).send().await.expect(403);
    let wrong =
        b.w.post(&page).cookie(&b.control).form(&[("act", "save"), ("answer", "Gõ dở")]).send().await.expect(422);
    assert!(wrong.text().contains("Gõ dở") && wrong.text().contains("question-error"));
    b.w.post(&page).cookie(&b.control).form(&note).send().await.expect(303);
    for shown in [&counter, &page] {
        let text = b.w.get(shown).cookie(&intake).send().await.expect(200);
        assert!(text.text().contains("Nhận bản dịch có chứng thực."), "{shown}");
    }
    // Kept across versions: it belongs to the procedure.
    let id: Id<motcua::catalogue::guidance::store::Note> = b.w.app.reference().guidance_of(PROCEDURE)[0].id;
    let id = id.to_string();
    let changed =
        [&note[..1], &[("note", &*id), ("version", "1")], &note[1..2], &[("answer", "Nhận bản sao."), note[4]]]
            .concat();
    b.w.post(&page).cookie(&b.control).form(&changed).send().await.expect(303);
    let stale = b.w.post(&page).cookie(&b.control).form(&changed).send().await.expect(412);
    assert!(stale.text().contains("Người khác vừa sửa mục này"));
    assert!(b.w.get(&counter).cookie(&intake).send().await.text().contains("Nhận bản sao."));
    let gone = [("act", "withdraw"), ("note", &*id), ("version", "2")];
    b.w.post(&page).cookie(&b.control).form(&gone).send().await.expect(303);
    assert!(!b.w.get(&counter).cookie(&intake).send().await.text().contains("Nhận bản sao."));
}

#[tokio::test(flavor = "multi_thread")]
async fn int_12_what_was_agreed_is_kept_with_the_procedure_and_shown_at_the_intake() {
    guidance_is_kept(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn int_12_what_was_agreed_is_kept_with_the_procedure_and_shown_at_the_intake_on_postgres() {
    guidance_is_kept(World::postgres()).await;
}
