//! The lifecycle beside the straight way, by API on both engines: each guard rail refuses by name, its neighbour passes.

use crate::{call::Answer, world::World};
use domain::accounts::Role;
use motcua::accounts::KeyScope;
use serde_json::{Value, json};

/// A commune's procedure with a limit in working days, as the catalogue publishes it.
const PROCEDURE: &str = "1.000080";

/// One dossier and the keys of everybody who touches it.
pub struct Case {
    pub w: World,
    pub agency: String,
    pub body: Value,
    pub keys: std::collections::HashMap<&'static str, String>,
    pub code: String,
    pub last: Value,
    sent: std::cell::Cell<u32>,
}

impl Case {
    /// Nothing handed in yet.
    pub async fn empty(w: World) -> Self {
        w.procedures(&[PROCEDURE]).await;
        let reference = w.app.reference();
        let agency = reference.agencies.iter().find(|a| a.kind == "commune").unwrap().identifier.clone();
        let centre = reference.agency(reference.main_centre().unwrap().agency).unwrap().identifier.clone();
        let people = [
            ("intake", &centre, Role::IntakeOfficer),
            ("deputy", &centre, Role::CentreDeputy),
            ("cashier", &centre, Role::Cashier),
            ("desk", &centre, Role::ReturnDesk),
            ("head", &agency, Role::UnitHead),
            ("specialist", &agency, Role::Specialist),
            ("colleague", &agency, Role::Specialist),
            ("leader", &agency, Role::AgencyLeader),
            ("clerk", &agency, Role::Clerk),
        ];
        let mut keys = std::collections::HashMap::new();
        for (login, agency, role) in people {
            let who = w.officer(login, agency, &[role]).await;
            keys.insert(login, w.key(&who, &[KeyScope::DossierWrite]).await);
        }
        let body = complete(&w, &agency);
        let (code, last) = (String::new(), Value::Null);
        Self { w, agency, body, keys, code, last, sent: std::cell::Cell::new(0) }
    }

    /// Taken in at the counter and given to the specialist.
    pub async fn in_appraisal(w: World) -> Self {
        let mut case = Self::empty(w).await;
        case.open(&case.body.clone()).await;
        case.does("head", "assignments", json!({"to": {"officer": "specialist"}})).await;
        case
    }

    pub async fn open(&mut self, body: &Value) {
        let call = self.w.post("/api/v1/dossiers").bearer(&self.keys["intake"]).once(&self.once());
        self.last = call.json(body).send().await.expect(201).json();
        self.last["code"].as_str().or(self.last["id"].as_str()).unwrap().clone_into(&mut self.code);
    }

    fn once(&self) -> String {
        self.sent.set(self.sent.get() + 1);
        format!("once-{}", self.sent.get())
    }

    pub async fn send(&self, who: &str, what: &str, body: Value) -> Answer {
        let version = u32::try_from(self.last["version"].as_u64().unwrap()).unwrap();
        let path = format!("/api/v1/dossiers/{}/{what}", self.code);
        self.w.post(&path).bearer(&self.keys[who]).once(&self.once()).if_match(version).json(&body).send().await
    }

    /// Does it; the answer is the dossier as it is then.
    pub async fn does(&mut self, who: &str, what: &str, body: Value) -> Value {
        self.last = self.send(who, what, body).await.expect(200).json();
        if let Some(code) = self.last["code"].as_str() {
            code.clone_into(&mut self.code);
        }
        self.last.clone()
    }

    /// Is refused: status, rule, code.
    pub async fn refused(&self, who: &str, what: &str, body: Value, status: u16, rule: &str, code: &str) {
        let problem = self.send(who, what, body).await.expect(status).json();
        assert_eq!((problem["rule"].as_str(), problem["code"].as_str()), (Some(rule), Some(code)), "{problem}");
        assert!(!problem["detail"].as_str().unwrap().is_empty() && !problem["detail_en"].as_str().unwrap().is_empty());
    }

    pub async fn next_of(&self, who: &str) -> Vec<String> {
        let read = self.w.get(&format!("/api/v1/dossiers/{}", self.code)).bearer(&self.keys[who]).send().await;
        let read = read.expect(200).json();
        read["next"].as_array().unwrap().iter().map(|n| n.as_str().unwrap().to_owned()).collect()
    }

    pub fn paper(&self) -> String {
        self.body["components"][0]["id"].as_str().unwrap().to_owned()
    }
    /// A whole list of one paper.
    pub fn list(&self) -> Value {
        let item = json!({"component": self.paper(), "problem": "wrong", "note": "Xin nộp bản có xác nhận."});
        json!({"items": [item], "reason": "Giấy tờ chưa đúng quy định."})
    }
    pub fn brought(&self) -> Value {
        json!({"components": [{"id": self.paper(), "originals": 1, "copies": 0}]})
    }

    /// The slip as PDF, by the address that the API gave.
    pub async fn pdf(&self, url: &str) {
        let pdf = self.w.get(url).bearer(&self.keys["intake"]).send().await.expect(200);
        assert!(pdf.body.starts_with(b"%PDF"), "{url}");
    }
    pub async fn slips(&self) -> usize {
        let (app, code) = (self.w.app.clone(), self.code.clone());
        let read = move |q: &mut platform::db::Reader| {
            let key = motcua::dossier::store::Key::parse(&code).unwrap();
            let kept = motcua::dossier::store::find(q, &domain::accounts::Scope::Province, &key)?.unwrap();
            motcua::dossier::store::slips_of(q, kept.id)
        };
        let slips = app.db.read(read).await.unwrap();
        for slip in &slips {
            let form: documents::Form = serde_json::from_str(&slip.data).unwrap();
            assert!(documents::render(&form, documents::Paper::A4).unwrap().starts_with(b"%PDF"), "{}", slip.number);
        }
        slips.len()
    }
    pub async fn clock(&self) -> Value {
        let path = format!("/api/v1/dossiers/{}/clock", self.code);
        self.w.get(&path).bearer(&self.keys["intake"]).send().await.expect(200).json()
    }
}

fn complete(w: &World, agency: &str) -> Value {
    let version = w.app.reference().procedure(PROCEDURE).unwrap().version;
    let app = w.app.clone();
    let governing = w.app.db.read_blocking(move |q| app.versions.get(q, version)).unwrap();
    let variant = &governing.procedure.variants[0];
    let components: Vec<_> = variant
        .components
        .iter()
        .filter(|c| c.is_paper())
        .map(|c| json!({"id": c.id, "originals": c.originals.max(1), "copies": c.copies}))
        .collect();
    json!({
        "procedure": PROCEDURE, "variant": variant.id, "agency": agency, "channel": "counter",
        "applicant": {"kind": "citizen", "name": "Nguyễn Thị Mẫu", "identity": "022099012345", "phone": "0912 345 678",
                      "address": "Tổ 1, phường Hồng Gai, tỉnh Quảng Ninh"},
        "components": components, "result_by": "counter"
    })
}

/// A test for each engine.
macro_rules! on_both {
    ($($(#[$doc:meta])* $name:ident => $case:ident;)+) => { $(
        mod $name {
            use super::*;
            $(#[$doc])*
            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() { $case(World::sqlite()).await; }
            $(#[$doc])*
            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() { $case(World::postgres()).await; }
        }
    )+ };
}

on_both! {
    /// GR-1, INT-04, CLK-04
    gr_1_one_supplement_and_the_limit_from_zero => supplement;
    /// GR-1, GR-3, INT-04
    gr_1_guidance_at_intake_is_one_whole_list => guidance;
    /// GR-2, CLK-05
    gr_2_an_apology_in_time_once => apology;
    /// FLW-08
    flw_08_suspended_resumed_stopped => suspension;
    /// FLW-08, INT-09
    flw_08_the_applicant_withdraws_at_the_counter => withdrawal;
    /// FEE-03, GR-5
    gr_5_fees_are_paid_before_the_result_leaves => payment;
}

async fn supplement(w: World) {
    let mut c = Case::in_appraisal(w).await;
    let first_due = c.last["due_at"].clone();
    assert!(c.next_of("specialist").await.contains(&"supplement_requests".to_owned()));
    c.refused("specialist", "supplement_requests", json!({"items": []}), 409, "GR-1", "supplement.list_needed").await;
    let unpublished = json!({"items": [{"component": "ho-khau", "problem": "missing"}]});
    c.refused("specialist", "supplement_requests", unpublished, 409, "GR-3", "component.not_published").await;
    c.refused("colleague", "supplement_requests", c.list(), 403, "GR-6", "dossier.not_the_holder").await;

    let list = c.list();
    let d = c.does("specialist", "supplement_requests", list).await;
    assert_eq!((d["status"].as_str(), d["national_status"].as_u64()), (Some("awaiting_supplement"), Some(5)));
    assert_eq!(d["request"]["items"][0]["problem"], "wrong");
    assert_eq!(d["holder"]["officer"], "specialist", "no dossier without a holder");
    let slip = d["request"]["slip"].clone();
    assert_eq!(slip["number"], format!("1/2025/HDHS-{}", c.agency), "numbered per agency and year");
    c.pdf(slip["url"].as_str().unwrap()).await;

    c.w.at("2025-10-15T09:00:00+07:00");
    c.refused("specialist", "supplements", c.brought(), 403, "INT-09", "intake.only_the_centre").await;
    c.refused("intake", "supplements", json!({"components": []}), 409, "CLK-04", "supplement.incomplete").await;
    let mut brought = c.brought();
    brought["received_at"] = json!("2025-10-14T15:00:00+07:00");
    let d = c.does("intake", "supplements", brought).await;
    assert_eq!((d["status"].as_str(), d["national_status"].as_u64()), (Some("in_progress"), Some(4)));
    assert!(d["due_at"].as_str().unwrap() > first_due.as_str().unwrap(), "counted again from zero");
    let (due, clock) = (c.last["due_at"].clone(), c.clock().await);
    assert_eq!(clock["due_at"], due, "the ledger is a view of the events");
    let kinds: Vec<_> = clock["lines"].as_array().unwrap().iter().map(|l| l["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"paused") && kinds.contains(&"restarted"), "{kinds:?}");

    c.refused("specialist", "supplement_requests", c.list(), 409, "GR-1", "supplement.already_asked").await;
    assert!(!c.next_of("specialist").await.contains(&"supplement_requests".to_owned()));
    assert_eq!(c.slips().await, 2, "receipt and form 02");
}

async fn guidance(w: World) {
    let mut c = Case::empty(w).await;
    let mut half = c.body.clone();
    half["draft"] = json!(true);
    half["components"] = json!([]);
    c.open(&half).await;
    assert_eq!(c.last["code"], Value::Null);
    c.refused("intake", "guidance_requests", c.list(), 409, "GR-1", "supplement.list_incomplete").await;
    let papers = c.body["components"].as_array().unwrap().clone();
    let items: Vec<_> =
        papers.iter().map(|p| json!({"component": p["id"], "problem": "missing", "note": ""})).collect();
    let d = c.does("intake", "guidance_requests", json!({"items": items})).await;
    assert_eq!((d["status"].as_str(), d["national_status"].as_u64()), (Some("guidance_requested"), Some(5)));
    assert_eq!(d["code"], format!("{}-251006-0001", c.agency), "the applicant can find it again");
    assert_eq!(d["due_at"], Value::Null, "no clock before acceptance");
    c.w.at("2025-10-08T09:00:00+07:00");
    let d = c.does("intake", "supplements", json!({"components": papers})).await;
    assert_eq!((d["status"].as_str(), d["national_status"].as_u64()), (Some("submitted"), Some(1)));
    c.refused("intake", "guidance_requests", c.list(), 409, "GR-1", "guidance.already_asked").await;
    let d = c.does("intake", "acceptances", json!({})).await;
    assert_eq!(d["accepted_at"], "2025-10-08T09:00:00+07:00");
    assert_eq!(c.slips().await, 2, "form 02 and form 01");
}

async fn apology(w: World) {
    let mut c = Case::in_appraisal(w).await;
    let due: domain::time::Instant = c.last["due_at"].as_str().unwrap().parse().unwrap();
    let (day_before, the_day) = (due.plus_millis(-86_400_000), due.plus_millis(-3_600_000));
    let new = json!({"reason": "Chờ ý kiến Sở Tư pháp.", "new_due_at": "2026-03-20"});
    c.w.at(&the_day.to_string());
    c.refused("specialist", "apologies", new.clone(), 409, "GR-2", "apology.too_late").await;
    c.w.at(&day_before.to_string());
    let back = json!({"reason": "Chờ.", "new_due_at": "2025-10-06"});
    c.refused("specialist", "apologies", back, 409, "GR-2", "apology.date_not_later").await;
    c.refused("colleague", "apologies", new.clone(), 403, "GR-6", "dossier.not_the_holder").await;
    let d = c.does("specialist", "apologies", new).await;
    assert_eq!((d["status"].as_str(), d["due_at"].as_str()), (Some("in_progress"), Some("2026-03-20T17:00:00+07:00")));
    let clock = c.clock().await;
    assert_eq!(clock["due_at"], "2026-03-20T17:00:00+07:00");
    assert!(clock["lines"].as_array().unwrap().iter().any(|l| l["kind"] == "reappointed"), "{clock}");

    // Too late, and known to be: the Centre confirms, and it stands as a breach.
    c.w.at("2026-03-20T10:00:00+07:00");
    let late = json!({"reason": "Hồ sơ phức tạp.", "new_due_at": "2026-03-27", "late": true});
    let d = c.does("specialist", "apologies", late).await;
    assert_eq!((d["proposal"].as_str(), d["due_at"].as_str()), (Some("apology"), Some("2026-03-20T17:00:00+07:00")));
    assert_eq!(c.next_of("deputy").await, ["approvals"]);
    c.refused("leader", "approvals", json!({"decision": "grant"}), 403, "GR-6", "dossier.not_the_holder").await;
    let d = c.does("deputy", "approvals", json!({"decision": "grant"})).await;
    assert_eq!(
        (d["due_at"].as_str(), d["holder"]["officer"].as_str()),
        (Some("2026-03-27T17:00:00+07:00"), Some("specialist"))
    );
    assert_eq!(c.slips().await, 3, "receipt and two letters");
}

async fn suspension(w: World) {
    let mut c = Case::in_appraisal(w).await;
    let due = c.last["due_at"].as_str().unwrap().to_owned();
    c.refused(
        "specialist",
        "suspensions",
        json!({"reason": "", "until": "2025-10-20"}),
        409,
        "CLK-10",
        "reason.needed",
    )
    .await;
    let past = json!({"reason": "Chờ giám định.", "until": "2025-10-01"});
    c.refused("specialist", "suspensions", past, 409, "FLW-08", "suspension.until_not_ahead").await;
    let d = c.does("specialist", "suspensions", json!({"reason": "Chờ giám định.", "until": "2025-10-20"})).await;
    assert_eq!((d["status"].as_str(), d["national_status"].as_u64()), (Some("suspended"), Some(8)));
    assert_eq!(c.next_of("specialist").await, ["resumptions", "stops"]);
    c.w.at("2025-10-07T08:00:00+07:00");
    let d = c.does("specialist", "resumptions", json!({})).await;
    assert!(d["due_at"].as_str().unwrap() > due.as_str(), "one working day later");
    let (due, clock) = (c.last["due_at"].clone(), c.clock().await);
    assert_eq!(clock["due_at"], due);
    let d = c.does("specialist", "stops", json!({"reason": "Người nộp đề nghị dừng."})).await;
    assert_eq!((d["status"].as_str(), d["national_status"].as_u64()), (Some("stopped"), Some(8)));
    assert_eq!((&d["holder"], &d["next"]), (&Value::Null, &json!([])));
    c.refused("specialist", "stops", json!({"reason": "Lần nữa."}), 409, "FLW-01", "dossier.not_now").await;
    assert_eq!(c.slips().await, 2, "receipt and notice");
}

async fn withdrawal(w: World) {
    let mut c = Case::in_appraisal(w).await;
    let reason = json!({"reason": "Không còn nhu cầu."});
    c.refused("specialist", "withdrawals", reason.clone(), 403, "INT-09", "intake.only_the_centre").await;
    c.refused("intake", "withdrawals", json!({}), 409, "CLK-10", "reason.needed").await;
    let d = c.does("intake", "withdrawals", reason.clone()).await;
    assert_eq!((d["status"].as_str(), d["national_status"].as_u64()), (Some("withdrawn"), Some(7)));
    c.refused("intake", "withdrawals", reason, 409, "FLW-01", "dossier.not_now").await;
    assert_eq!(c.slips().await, 2);
}

async fn payment(w: World) {
    let mut c = Case::in_appraisal(w).await;
    let fee = json!({"amount": 75000, "reason": "Lệ phí đăng ký kết hôn"});
    let d = c.does("specialist", "fee_requests", fee).await;
    assert_eq!((d["status"].as_str(), d["national_status"].as_u64()), (Some("awaiting_payment"), Some(6)));
    let proof = |amount: i64| json!({"amount": amount, "proof": "BL 000001"});
    c.refused("specialist", "payments", proof(75000), 403, "INT-09", "intake.only_the_centre").await;
    c.refused("cashier", "payments", proof(1), 409, "FEE-02", "fee.amount_wrong").await;
    c.refused("cashier", "payments", json!({"amount": 75000}), 409, "FEE-03", "fee.proof_needed").await;
    let d = c.does("cashier", "payments", proof(75000)).await;
    assert_eq!((d["status"].as_str(), d["fees"][0]["proof"].as_str()), (Some("in_progress"), Some("BL 000001")));
    let at_return = json!({"amount": 20000, "reason": "Phí bản sao", "when": "at_return"});
    assert_eq!(c.does("specialist", "fee_requests", at_return).await["status"], "in_progress");
    c.does("specialist", "appraisals", json!({"opinion": "grant", "text": "Đủ điều kiện."})).await;
    c.does("specialist", "submissions", json!({})).await;
    c.does("leader", "approvals", json!({"decision": "grant"})).await;
    let result = json!({"number": "12/TLKH", "date": "2025-10-06", "signer": "Phạm Văn Lãnh", "files": []});
    c.does("clerk", "results", result).await;
    let handover = json!({"to": "applicant", "identity": "022099012345", "how": "counter"});
    c.refused("desk", "handovers", handover.clone(), 409, "GR-5", "return.fees_unpaid").await;
    c.does("desk", "payments", proof(20000)).await;
    let mut lost = handover.clone();
    lost["without_slip"] = json!("");
    c.refused("desk", "handovers", lost, 409, "GR-5", "return.slip_needed").await;
    assert_eq!(c.does("desk", "handovers", handover).await["status"], "returned");
}

/// CLK-06, DN 9.2i: in Đồng Nai the Centre's deputy director confirms; the work list shows what waits.
#[tokio::test(flavor = "multi_thread")]
async fn clk_06_in_dong_nai_a_suspension_waits_in_the_deputys_work_list() {
    let mut c = Case::in_appraisal(World::sqlite_of("dong-nai")).await;
    let until = json!({"reason": "Chờ giám định.", "until": "2025-10-20"});
    let d = c.does("specialist", "suspensions", until).await;
    assert_eq!((d["status"].as_str(), d["proposal"].as_str()), (Some("in_progress"), Some("suspension")));
    let inbox = c.w.get("/api/v1/inbox").bearer(&c.keys["deputy"]).send().await.expect(200).json();
    assert_eq!(inbox["items"][0]["code"], c.code.as_str());
    c.refused("deputy", "approvals", json!({"decision": "decline"}), 409, "CLK-10", "reason.needed").await;
    let d = c.does("deputy", "approvals", json!({"decision": "grant"})).await;
    assert_eq!((d["status"].as_str(), d["proposal"].as_str()), (Some("suspended"), None));
}

/// CLK-05, HUE 3.3b: the agency explains, the Centre apologises, once it is overdue.
#[tokio::test(flavor = "multi_thread")]
async fn clk_05_in_hue_the_centre_apologises_on_the_agencys_explanation() {
    let mut c = Case::in_appraisal(World::sqlite_of("thua-thien-hue")).await;
    let due: domain::time::Instant = c.last["due_at"].as_str().unwrap().parse().unwrap();
    c.w.at(&due.plus_millis(60_000).to_string());
    let said = json!({"reason": "Chờ xác minh.", "new_due_at": "2026-03-20"});
    c.refused("specialist", "apologies", said.clone(), 403, "CLK-05", "apology.by_the_centre").await;
    c.does("specialist", "explanations", said).await;
    let d = c.does("deputy", "apologies", json!({})).await;
    assert_eq!(d["due_at"], "2026-03-20T17:00:00+07:00");
    assert_eq!(c.slips().await, 2);
}

/// GR-8: a stale supplement request sees what changed.
#[tokio::test(flavor = "multi_thread")]
async fn gr_8_whoever_was_slower_sees_what_changed() {
    let mut c = Case::in_appraisal(World::sqlite()).await;
    let seen = c.last.clone();
    let list = c.list();
    c.does("specialist", "supplement_requests", list).await;
    c.last = seen;
    let problem = c.send("intake", "withdrawals", json!({"reason": "Thôi."})).await.expect(412).json();
    assert_eq!(
        (problem["rule"].as_str(), problem["changed"][0]["what"].as_str()),
        (Some("GR-8"), Some("Yêu cầu bổ sung hồ sơ"))
    );
}
