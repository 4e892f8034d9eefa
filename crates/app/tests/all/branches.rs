//! ILK-01 … ILK-05, FLW-03: other agencies work for a dossier that its holder keeps, by API and by pages, on both engines.

use crate::{
    call::Answer,
    world::{Assigned, World},
};
use domain::{
    accounts::{Role, Who},
    dossier::{Command, Decision, Dossier},
    id::Id,
};
use motcua::{
    accounts::KeyScope,
    dossier::{Order, Target, store::Key},
    verify,
};
use serde_json::{Value, json};

const PROCEDURE: &str = "1.000080";
const FINANCE: &str = "H49.24";
const LAND: &str = "H49.18";

/// A dossier in appraisal at a commune, and officers of two departments that have no part in it yet.
struct Case {
    world: World,
    id: Id<Dossier>,
    code: String,
    counter: String,
    lead: Who,
    lead_key: String,
    finance: Who,
    finance_key: String,
    land_key: String,
}

async fn case(world: World) -> Case {
    let Assigned { counter, done, holder: lead, .. } = world.assigned(PROCEDURE).await;
    let finance = world.officer("tai.chinh", FINANCE, &[Role::Specialist]).await;
    let land = world.officer("dat.dai", LAND, &[Role::UnitHead]).await;
    Case {
        id: done.id,
        code: done.state.code.unwrap().to_string(),
        counter: world.key(&counter, &[KeyScope::DossierWrite]).await,
        lead_key: world.key(&lead, &[KeyScope::DossierWrite]).await,
        finance_key: world.key(&finance, &[KeyScope::DossierWrite]).await,
        land_key: world.key(&land, &[KeyScope::DossierWrite]).await,
        world,
        lead,
        finance,
    }
}

impl Case {
    async fn read(&self, key: &str) -> Answer {
        self.world.get(&format!("/api/v1/dossiers/{}", self.code)).bearer(key).send().await
    }
    async fn version(&self) -> u32 {
        let seen = self.read(&self.lead_key).await.expect(200).json();
        u32::try_from(seen["version"].as_u64().unwrap()).unwrap()
    }
    async fn give(&self, key: &str, what: &str, body: Value) -> Answer {
        let version = self.version().await;
        let path = format!("/api/v1/dossiers/{}/{what}", self.code);
        let once = format!("{what}-{version}-{}-{}", &key[..6], body.to_string().len());
        self.world.post(&path).bearer(key).once(&once).if_match(version).json(&body).send().await
    }
}

async fn asked_and_answered(world: World) {
    let c = case(world).await;
    c.read(&c.finance_key).await.expect(404);
    let question = json!({
        "agencies": [FINANCE, LAND], "content": "Có vướng quy hoạch không?", "due_at": "2025-10-08T16:00:00+07:00"
    });
    let view = c.give(&c.lead_key, "consultations", question).await.expect(200).json();
    assert_eq!(view["consultations"][0]["asked"].as_array().unwrap().len(), 2);
    assert_eq!(view["holder"]["officer"], "ha", "the holder keeps it");

    // The asked agency finds it in its inbox and may answer, once.
    let inbox = c.world.get("/api/v1/inbox").bearer(&c.finance_key).send().await.expect(200).json();
    assert_eq!(inbox["items"][0]["code"], c.code.as_str());
    assert_eq!(inbox["items"][0]["next"], json!(["replies"]));
    let reply = json!({"text": "Không vướng."});
    let view = c.give(&c.finance_key, "consultations/1/replies", reply.clone()).await.expect(200).json();
    assert_eq!(view["consultations"][0]["asked"][0]["text"], "Không vướng.");
    let again = c.give(&c.finance_key, "consultations/1/replies", reply.clone()).await.expect(409).json();
    assert_eq!(again["code"], "branch.done");
    assert_eq!(c.give(&c.lead_key, "consultations/1/replies", reply).await.expect(403).json()["rule"], "GR-6");
    let inbox = c.world.get("/api/v1/inbox").bearer(&c.finance_key).send().await.expect(200).json();
    assert_eq!(inbox["items"], json!([]), "what was answered is gone");

    // No answer in time: the lead tells the Centre, once, and not before.
    let early = c.give(&c.lead_key, "consultations/1/reports", json!({})).await.expect(409).json();
    assert_eq!((early["rule"].as_str(), early["code"].as_str()), (Some("ILK-05"), Some("consultation.not_overdue")));
    c.world.at("2025-10-08T16:01:00+07:00");
    let told = c.give(&c.lead_key, "consultations/1/reports", json!({})).await.expect(200).json();
    assert_eq!(told["consultations"][0]["reported_at"], "2025-10-08T16:01:00+07:00");
    // The click reaches the Centre that took the dossier in, and the asked agency hears that it is late.
    let centre = c.world.app.reference().centre(told_centre(&c)).unwrap().clone();
    let home = c.world.app.reference().agency(centre.agency).unwrap().identifier.clone();
    let watch = c.world.officer_at("giamsat", &home, &[Role::Supervisor], Some(&centre.code)).await;
    let land = c.world.app.reference().officers().find(|o| o.login == "dat.dai").unwrap().who.clone();
    motcua::schedule::settle(&c.world.app).await.unwrap();
    for (who, words) in [(&watch, "ý kiến quá hạn chưa có trả lời"), (&land, "chưa trả lời đúng hạn")]
    {
        let session = c.world.sign_in(who).await;
        let list = c.world.get("/can-bo/viec-can-chu-y").cookie(&session).send().await.expect(200);
        assert!(list.text().contains(words) && list.text().contains(&c.code), "{words}");
    }
    let faults = verify::all(&c.world.app.db, &c.world.app.blobs).await.unwrap().faults;
    assert_eq!(faults, []);
}

/// The centre that took the dossier in.
fn told_centre(c: &Case) -> Id<domain::people::Centre> {
    let key = Key::Id(c.id);
    let read =
        move |q: &mut platform::db::Reader| motcua::dossier::store::find(q, &domain::accounts::Scope::Province, &key);
    c.world.app.db.read_blocking(read).unwrap().unwrap().state.intake.centre
}

#[tokio::test(flavor = "multi_thread")]
async fn ilk_05_other_agencies_are_asked_and_the_centre_hears_of_late_answers() {
    asked_and_answered(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ilk_05_other_agencies_are_asked_and_the_centre_hears_of_late_answers_on_postgresql() {
    asked_and_answered(World::postgres()).await;
}

async fn in_parts(world: World) {
    let c = case(world).await;
    let part = |agency: &str, due: &str| json!({"agency": agency, "work": "Xác nhận", "due_at": due});
    let far = json!({"travel": "paper", "parts": [part(FINANCE, "2026-12-01")]});
    assert_eq!(c.give(&c.counter, "children", far).await.expect(409).json()["code"], "branch.date");
    let parts = json!({"travel": "paper", "parts": [part(FINANCE, "2025-10-07"), part(LAND, "2025-10-08")]});
    assert_eq!(c.give(&c.land_key, "children", parts.clone()).await.status.as_u16(), 404, "no part, no sight");
    // ILK-01: the counter that took it in sets the order; each transfer slip names work and date.
    let view = c.give(&c.counter, "children", parts).await.expect(200).json();
    let stages = |v: &Value| v["children"].as_array().unwrap().iter().map(|p| p["stage"].clone()).collect::<Vec<_>>();
    assert_eq!(stages(&view), ["open", "waiting"]);
    assert_eq!(view["children"][0]["due_at"], "2025-10-07T17:00:00+07:00", "a day alone means its closing");

    let appraisal = json!({"opinion": "grant", "text": "Đủ điều kiện."});
    c.give(&c.lead_key, "appraisals", appraisal).await.expect(200);
    let early = c.give(&c.lead_key, "submissions", json!({})).await.expect(409).json();
    assert_eq!((early["rule"].as_str(), early["code"].as_str()), (Some("ILK-01"), Some("part.open")));

    let waits = c.give(&c.land_key, "children/2/results", json!({"text": "Xong"})).await.expect(409).json();
    assert_eq!(waits["code"], "part.waits");
    let done = json!({"text": "Đã xác nhận.", "number": "7/XN", "date": "06/10/2025", "signer": "Bà Lê"});
    c.give(&c.land_key, "children/1/results", done.clone()).await.expect(403);
    c.give(&c.finance_key, "children/1/assignments", json!({"to": {"officer": "tai.chinh"}})).await.expect(200);
    let view = c.give(&c.finance_key, "children/1/results", done.clone()).await.expect(200).json();
    assert_eq!(stages(&view), ["done", "open"]);
    assert_eq!(view["children"][0]["number"], "7/XN");
    let view = c.give(&c.land_key, "children/2/results", done).await.expect(200).json();
    assert_eq!(stages(&view), ["done", "done"]);
    c.give(&c.lead_key, "submissions", json!({})).await.expect(200);

    // Three transfer slips: to the first, to the second, back to the lead.
    let id = c.id;
    let slips = c.world.app.db.read_blocking(|q| motcua::dossier::store::slips_of(q, id)).unwrap();
    let transfers: Vec<_> = slips.iter().filter(|s| s.form == "transfer").collect();
    assert_eq!(transfers.len(), 3);
    for slip in transfers {
        let pdf = c.world.get(&format!("/api/v1/slips/{}.pdf", slip.id)).bearer(&c.lead_key).send().await.expect(200);
        assert!(pdf.body.starts_with(b"%PDF"));
    }
    let faults = verify::all(&c.world.app.db, &c.world.app.blobs).await.unwrap().faults;
    assert_eq!(faults, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn ilk_01_paper_goes_from_agency_to_agency_and_back_before_the_lead_submits() {
    in_parts(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ilk_01_paper_goes_from_agency_to_agency_and_back_before_the_lead_submits_on_postgresql() {
    in_parts(World::postgres()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_03_a_site_visit_makes_minutes_that_name_who_took_part() {
    let c = case(World::sqlite()).await;
    let visit = json!({
        "at": "2025-10-06T07:45:00+07:00", "place": "Thửa 12, tờ 3", "content": "Đo hiện trạng",
        "participants": ["Nguyễn Thị Mẫu, chủ hồ sơ", "Cán bộ ha, chuyên viên"]
    });
    let missing = json!({"findings": "Đúng.", "visit": {"at": "2025-10-06T07:45:00+07:00"}});
    assert_eq!(c.give(&c.lead_key, "verifications", missing).await.expect(409).json()["code"], "verification.visit");
    let wrong = json!({"findings": "Đúng.", "visit": {"at": "hôm qua"}});
    assert_eq!(c.give(&c.lead_key, "verifications", wrong).await.expect(422).json()["errors"][0]["field"], "visit.at");
    let found = json!({"findings": "Hiện trạng đúng hồ sơ.", "visit": visit});
    let view = c.give(&c.lead_key, "verifications", found).await.expect(200).json();
    let url = view["verifications"][0]["url"].as_str().unwrap();
    assert!(c.world.get(url).bearer(&c.lead_key).send().await.expect(200).body.starts_with(b"%PDF"));
    let events = c.world.get(&format!("/api/v1/dossiers/{}/events", c.code)).bearer(&c.lead_key).send().await;
    assert!(!events.expect(200).text().contains("Nguyễn Thị Mẫu"), "names stand in the minutes, not in the chain");
}

#[tokio::test(flavor = "multi_thread")]
async fn ilk_05_the_pages_ask_keep_what_was_typed_and_let_the_asked_agency_answer() {
    let c = case(World::sqlite()).await;
    let lead = c.world.sign_in(&c.lead).await;
    let page = format!("/can-bo/ho-so/{}", c.code);
    let version = c.version().await.to_string();
    for screen in ["lay-y-kien", "xac-minh", "lien-thong", "phoi-hop"] {
        c.world.get(&format!("{page}/{screen}")).cookie(&lead).send().await.expect(200);
    }
    let ask = format!("{page}/lay-y-kien");
    let typed = [("version", version.as_str()), ("once", "a"), ("agencies", FINANCE), ("content", "Có vướng không?")];
    let again = c.world.post(&ask).cookie(&lead).form(&[&typed[..], &[("due_at", "mai")]].concat()).send().await;
    let again = again.expect(422);
    assert!(again.text().contains("Có vướng không?") && again.text().contains("due_at-error"));
    let sent = c.world.post(&ask).cookie(&lead).form(&[&typed[..], &[("due_at", "08/10/2025")]].concat()).send().await;
    assert!(sent.expect(303).location().ends_with("?xong=consultations"));
    assert!(c.world.get(&page).cookie(&lead).send().await.expect(200).text().contains("Lấy ý kiến"));

    let finance = c.world.sign_in(&c.finance).await;
    let work = c.world.get("/can-bo?loc=phoi-hop").cookie(&finance).send().await.expect(200);
    assert!(work.text().contains(&c.code));
    // The counts count what the lists show, in the view of its own and in that of everything.
    for view in ["phoi-hop", "tat-ca"] {
        let list = c.world.get(&format!("/can-bo?loc={view}")).cookie(&finance).send().await.expect(200);
        let count = list.text().split(&format!("data-count=\"{view}\">")).nth(1).unwrap().split('<').next();
        assert_eq!((count, list.text().matches("rows-title").count()), (Some("1"), 1));
    }
    let branches = format!("{page}/phoi-hop");
    assert!(c.world.get(&branches).cookie(&finance).send().await.expect(200).text().contains("Gửi ý kiến"));
    let version = c.version().await.to_string();
    let answer = [("version", version.as_str()), ("once", "b"), ("viec", "tra-loi"), ("so", "1")];
    let empty = c.world.post(&branches).cookie(&finance).form(&answer).send().await.expect(422);
    assert!(empty.text().contains("text.1-error"));
    let full = [&answer[..], &[("text.1", "Không vướng.")]].concat();
    c.world.post(&branches).cookie(&finance).form(&full).send().await.expect(303);
    assert!(c.world.get(&branches).cookie(&lead).send().await.expect(200).text().contains("Không vướng."));
}

#[tokio::test(flavor = "multi_thread")]
async fn ilk_02_a_withdrawn_right_and_a_closed_dossier_leave_no_branch_open() {
    let c = case(World::sqlite()).await;
    let question = json!({"agencies": [FINANCE], "content": "Hỏi", "due_at": "2025-10-08"});
    c.give(&c.lead_key, "consultations", question).await.expect(200);
    let version = c.version().await;
    let target = Target::Known { key: Key::Id(c.id), version };
    let command = Command::Appraise { opinion: Decision::Decline, text: "Không đủ điều kiện.".into() };
    c.world.order(&c.lead, Order { target, command }).await.unwrap();
    let refuse = json!({"reason": "Không thuộc thẩm quyền."});
    c.give(&c.lead_key, "refusals", refuse).await.expect(200);
    let inbox = c.world.get("/api/v1/inbox").bearer(&c.finance_key).send().await.expect(200).json();
    assert_eq!(inbox["items"], json!([]));
    let late = c.give(&c.finance_key, "consultations/1/replies", json!({"text": "Muộn"})).await.expect(409).json();
    assert_eq!(late["code"], "dossier.not_now");
}

/// ILK-03: a commune's dossier goes up through the province's one-stop unit, which finds it in its list, reads it and passes
/// it on; only then does the department work on it.
async fn upwards(world: World) {
    world.procedures(&[PROCEDURE]).await;
    let reference = world.app.reference();
    let commune = reference.centres.iter().find(|c| c.level == "commune").unwrap();
    let home = reference.agency(commune.agency).unwrap().identifier.clone();
    let counter = world.officer_at("xa", &home, &[Role::IntakeOfficer], Some(&commune.code)).await;
    let done = world.take_in(&counter, PROCEDURE).await;
    let agency = reference.agency(done.state.intake.agency).unwrap().identifier.clone();
    let lead = world.officer("ha", &agency, &[Role::Specialist]).await;
    let centre = reference.agency(reference.main_centre().unwrap().agency).unwrap().identifier.clone();
    let upper = world.officer("tinh", &centre, &[Role::IntakeOfficer]).await;
    let finance = world.officer("tai.chinh", FINANCE, &[Role::Specialist]).await;
    let target = Target::Known { key: Key::Id(done.id), version: 1 };
    let command = Command::Assign { unit: None, officer: lead.officer };
    world.order(&lead, Order { target, command }).await.unwrap();
    let mut keys = Vec::new();
    for who in [&lead, &upper, &finance] {
        keys.push(world.key(who, &[KeyScope::DossierWrite]).await);
    }
    let [lead, upper, finance]: [String; 3] = keys.try_into().unwrap();
    let code = done.state.code.unwrap().to_string();
    let path = |rest: &str| format!("/api/v1/dossiers/{code}{rest}");
    let post = |key: &str, rest: &str, version: u32, body: &Value| {
        let once = format!("{rest}-{version}");
        world.post(&path(rest)).bearer(key).once(&once).if_match(version).json(body).send()
    };
    let inbox = |key: &str| world.get("/api/v1/inbox").bearer(key).send();
    // Before anything goes up, the upper unit has nothing to do with it.
    world.get(&path("")).bearer(&upper).send().await.expect(404);
    let parts = json!({"travel": "electronic", "parts": [{"agency": FINANCE, "work": "Rà soát nghĩa vụ", "due_at": "2025-10-07"}]});
    let opened = post(&lead, "/children", 2, &parts).await.expect(200).json();
    assert_eq!(opened["children"][0]["stage"], "one_stop");
    assert!(inbox(&upper).await.text().contains(&code));
    assert!(!inbox(&finance).await.text().contains(&code));
    let result = json!({"text": "Đã xác nhận."});
    assert!(matches!(post(&finance, "/children/1/results", 3, &result).await.status.as_u16(), 403 | 409));
    let passed = post(&upper, "/children/1/transfers", 3, &json!({})).await.expect(200).json();
    assert_eq!(passed["children"][0]["stage"], "open");
    assert!(!inbox(&upper).await.text().contains(&code));
    world.get(&path("")).bearer(&upper).send().await.expect(200);
    let finished = post(&finance, "/children/1/results", 4, &result).await.expect(200).json();
    assert_eq!(finished["children"][0]["stage"], "done");
    // CLK-07: each agency's date stands on the citizen's page, and nothing personal.
    let tracked = world.get(&format!("/tra-cuu/{code}")).send().await.expect(200);
    let department = &reference.agency_by_identifier(FINANCE).unwrap().name;
    assert!(tracked.text().contains(department) && !tracked.text().contains("Rà soát nghĩa vụ"));
    assert_eq!(verify::all(&world.app.db, &world.app.blobs).await.unwrap().faults, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn ilk_03_a_part_for_the_upper_level_goes_through_its_one_stop_unit_on_sqlite() {
    upwards(World::sqlite()).await;
}
#[tokio::test(flavor = "multi_thread")]
async fn ilk_03_a_part_for_the_upper_level_goes_through_its_one_stop_unit_on_postgres() {
    upwards(World::postgres()).await;
}

/// ILK-01, ILK-05: what was asked by mistake, or of an agency that never answers, is taken back or gets another date, by API and
/// by page, each with its paper.
#[tokio::test(flavor = "multi_thread")]
async fn ilk_01_the_lead_recalls_a_part_and_redates_a_question() {
    let c = case(World::sqlite()).await;
    let question = json!({"agencies": [FINANCE], "content": "Có vướng quy hoạch không?", "due_at": "2025-10-08"});
    c.give(&c.lead_key, "consultations", question).await.expect(200);
    let part = json!({"travel": "paper", "parts": [{"agency": LAND, "work": "Xác nhận", "due_at": "2025-10-08"}]});
    c.give(&c.lead_key, "children", part).await.expect(200);
    let date = json!({"due_at": "2025-10-09", "reason": "Đã trao đổi."});
    c.give(&c.finance_key, "consultations/1/due_dates", date.clone()).await.expect(403);
    let view = c.give(&c.lead_key, "consultations/1/due_dates", date).await.expect(200).json();
    assert_eq!(view["consultations"][0]["due_at"], "2025-10-09T17:00:00+07:00");
    let silent = c.give(&c.lead_key, "children/1/recalls", json!({"reason": " "})).await.expect(409).json();
    assert_eq!(silent["code"], "branch.nothing_said");

    // By page: the part is taken back, and its agency has nothing to do any more.
    let lead = c.world.sign_in(&c.lead).await;
    let page = format!("/can-bo/ho-so/{}/phoi-hop", c.code);
    let shown = c.world.get(&page).cookie(&lead).send().await.expect(200);
    assert!(shown.text().contains("Thu hồi hoặc đổi thời hạn"));
    let version = c.version().await.to_string();
    let form = [
        ("version", version.as_str()),
        ("once", "w1"),
        ("viec", "thu-hoi"),
        ("loai", "phan-viec"),
        ("so", "1"),
        ("reason.1", "Chọn nhầm cơ quan."),
    ];
    c.world.post(&page).cookie(&lead).form(&form).send().await.expect(303);
    let view = c.read(&c.lead_key).await.expect(200).json();
    assert_eq!(view["children"][0]["stage"], "recalled");
    let inbox = c.world.get("/api/v1/inbox").bearer(&c.land_key).send().await.expect(200).json();
    assert_eq!(inbox["items"], json!([]));
    let taken = c.give(&c.lead_key, "consultations/1/recalls", json!({"reason": "Gửi nhầm."})).await.expect(200).json();
    assert!(taken["consultations"][0]["recalled_at"].is_string());
    let late = c.give(&c.finance_key, "consultations/1/replies", json!({"text": "Không vướng."})).await;
    assert!(matches!(late.status.as_u16(), 403 | 409), "{}", late.text());

    // A paper each: two requests, a new date and two that take back; all of them print.
    let id = c.id;
    let slips = c.world.app.db.read_blocking(|q| motcua::dossier::store::slips_of(q, id)).unwrap();
    let of = |form: &str| slips.iter().filter(|s| s.form == form).count();
    assert_eq!((of("consultation"), of("transfer")), (3, 2));
    for slip in slips.iter().filter(|s| s.form == "transfer" || s.form == "consultation") {
        let pdf = c.world.get(&format!("/api/v1/slips/{}.pdf", slip.id)).bearer(&c.lead_key).send().await.expect(200);
        assert!(pdf.body.starts_with(b"%PDF"));
    }
    assert_eq!(verify::all(&c.world.app.db, &c.world.app.blobs).await.unwrap().faults, []);
}
