//! contract.md against the built program, beside the straight path of `contract.rs`: what is refused and how it is said, files
//! up and down again, everything that is read; on PostgreSQL two servers at once over one data base.

use crate::{
    contract::body_of,
    desk::PDF,
    program::{Program, Server},
};
use reqwest::{Client, Method, Response, multipart};
use serde_json::{Value, json};
use std::collections::HashMap;

const MONDAY: &str = "2025-10-06T08:00:00+07:00";
const PROCEDURE: &str = "1.000080";
const AGENCY: &str = "H49.101";

/// Everybody with a key, and one server after the other.
struct Field {
    http: Client,
    servers: Vec<Server>,
    keys: HashMap<&'static str, String>,
    body: Value,
    turn: std::cell::Cell<usize>,
}

impl Field {
    async fn open(program: &Program, servers: usize) -> Self {
        program.good(&["import", "procedures", concat!(env!("CARGO_MANIFEST_DIR"), "/data/procedures.jsonl.gz")]);
        let people = [
            ("tiep.nhan", "H49.28", "intake_officer"),
            ("truong.phong", AGENCY, "unit_head"),
            ("chuyen.vien", AGENCY, "specialist"),
            ("lanh.dao", AGENCY, "agency_leader"),
            ("van.thu", AGENCY, "clerk"),
            ("tra.ket.qua", "H49.28", "return_desk"),
            ("nguoi.la", "H49.18", "specialist"),
        ];
        let keys = people.map(|(login, agency, role)| (login, program.key(login, agency, role)));
        let servers = (0..servers).map(|_| program.serve(MONDAY)).collect();
        let mut field = Self { http: Client::new(), servers, keys: keys.into(), body: Value::Null, turn: 0.into() };
        let procedure = field.read("tiep.nhan", &format!("/api/v1/procedures/{PROCEDURE}"), 200).await;
        field.body = body_of(&procedure, PROCEDURE, AGENCY);
        field
    }
    /// Each call goes to another server than the one before.
    fn url(&self, path: &str) -> String {
        let turn = self.turn.replace(self.turn.get() + 1);
        format!("{}{path}", self.servers[turn % self.servers.len()].url)
    }
    async fn get(&self, who: &str, path: &str) -> Response {
        self.http.get(self.url(path)).bearer_auth(&self.keys[who]).send().await.unwrap()
    }
    async fn read(&self, who: &str, path: &str, status: u16) -> Value {
        let answer = self.get(who, path).await;
        assert_eq!(answer.status().as_u16(), status, "{path}");
        answer.json().await.unwrap()
    }
    async fn post(&self, who: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> (u16, Value) {
        let mut call = self.http.request(Method::POST, self.url(path)).bearer_auth(&self.keys[who]).json(body);
        for (name, value) in headers {
            call = call.header(*name, *value);
        }
        let answer = call.send().await.unwrap();
        let (status, kind) = (answer.status().as_u16(), answer.headers()["content-type"].to_str().unwrap().to_owned());
        let expected = if status < 400 { "application/json" } else { "application/problem+json" };
        assert_eq!(kind, expected, "{path}: {status}");
        (status, answer.json().await.unwrap())
    }
    async fn take_in(&self, once: &str, body: &Value) -> Value {
        let (status, d) = self.post("tiep.nhan", "/api/v1/dossiers", &[("idempotency-key", once)], body).await;
        assert_eq!(status, 201, "{d}");
        d
    }
    async fn act(&self, who: &str, d: &Value, what: &str, body: &Value) -> (u16, Value) {
        let version = format!("\"{}\"", d["version"]);
        let once = format!("{what}-{}-{version}-{who}", d["code"]);
        let path = format!("/api/v1/dossiers/{}/{what}", d["code"].as_str().unwrap());
        self.post(who, &path, &[("idempotency-key", &once), ("if-match", &version)], body).await
    }
    async fn does(&self, who: &str, d: &Value, what: &str, body: Value) -> Value {
        let (status, next) = self.act(who, d, what, &body).await;
        assert_eq!(status, 200, "{what}: {next}");
        next
    }
    async fn assigned(&self, once: &str, body: &Value) -> Value {
        let d = self.take_in(once, body).await;
        self.does("truong.phong", &d, "assignments", json!({"to": {"unit": "main", "officer": "chuyen.vien"}})).await
    }
    async fn upload(&self, who: &str, once: &str) -> Value {
        let part = multipart::Part::bytes(PDF.to_vec()).file_name("đơn.pdf");
        let form = multipart::Form::new().part("file", part);
        let call = self.http.post(self.url("/api/v1/files")).bearer_auth(&self.keys[who]);
        let answer = call.header("idempotency-key", once).multipart(form).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 201);
        answer.json().await.unwrap()
    }
    async fn all_is_well(self, program: &Program) {
        for server in &self.servers {
            let settled = self.http.post(format!("{}/test/settle", server.admin_url)).send().await.unwrap();
            assert_eq!(settled.status().as_u16(), 200);
        }
        for server in self.servers {
            assert_eq!(server.stop(), Some(0), "it goes down in peace");
        }
        let found = program.good(&["verify"]);
        assert_eq!(found["faults"], json!([]));
    }
}

/// 404, 403, 409, 412, 422 and 428: each as a problem in two languages, and nothing is changed by any.
async fn refuses(f: &Field) {
    let d = f.assigned("tu-choi-1", &f.body).await;
    let code = d["code"].as_str().unwrap();
    let opinion = json!({"opinion": "grant", "text": "Đủ điều kiện."});
    let (status, told) = f.act("nguoi.la", &d, "appraisals", &opinion).await;
    assert_eq!(status, 404, "out of scope is not there: {told}");
    let (status, told) = f.act("truong.phong", &d, "appraisals", &opinion).await;
    assert_eq!((status, &told["rule"]), (403, &json!("GR-6")));
    let (status, told) = f.act("lanh.dao", &d, "approvals", &json!({"decision": "grant"})).await;
    assert!(matches!(status, 403 | 409) && told["detail_en"].is_string(), "{told}");
    let (status, told) = f.act("chuyen.vien", &d, "appraisals", &json!({"text": "Thiếu ý kiến"})).await;
    assert_eq!((status, &told["errors"][0]["field"]), (422, &json!("opinion")));
    let path = format!("/api/v1/dossiers/{code}/appraisals");
    let (status, _) = f.post("chuyen.vien", &path, &[("idempotency-key", "khong-ban")], &opinion).await;
    assert_eq!(status, 428, "If-Match is missing");
    let (status, _) = f.post("chuyen.vien", &path, &[("if-match", "\"2\"")], &opinion).await;
    assert_eq!(status, 428, "Idempotency-Key is missing");
    let stale = [("idempotency-key", "cu"), ("if-match", "\"1\"")];
    let (status, told) = f.post("chuyen.vien", &path, &stale, &opinion).await;
    assert_eq!(status, 412, "{told}");
    assert!(told.to_string().contains("truong.phong") || told["changed"].is_array(), "it says what changed: {told}");
    let seen = f.read("chuyen.vien", &format!("/api/v1/dossiers/{code}"), 200).await;
    assert_eq!(seen["version"], d["version"], "nothing has changed");
    f.read("nguoi.la", &format!("/api/v1/dossiers/{code}"), 404).await;

    let with_other = json!({"decision": "decline", "reason": "x"});
    let once = [("idempotency-key", "mot-khoa")];
    assert_eq!(f.post("tiep.nhan", "/api/v1/dossiers", &once, &f.body).await.0, 201);
    let (status, told) = f.post("tiep.nhan", "/api/v1/dossiers", &once, &with_other).await;
    assert_eq!(status, 422, "{told}");

    let d = f.does("chuyen.vien", &d, "appraisals", opinion.clone()).await;
    let d = f.does("chuyen.vien", &d, "submissions", json!({})).await;
    let back = json!({"step": "appraise", "reason": "Bổ sung căn cứ."});
    let d = f.does("lanh.dao", &d, "returns_to_step", back).await;
    assert_eq!(d["holder"]["officer"], "chuyen.vien", "it is back with who appraised");
    let (status, told) =
        f.act("chuyen.vien", &d, "results", &json!({"number": "1", "date": "2025-10-06", "signer": "x"})).await;
    assert!(matches!(status, 403 | 409) && told["code"].is_string(), "{told}");
    let d = f.does("chuyen.vien", &d, "refusals", json!({"reason": "Không thuộc đối tượng."})).await;
    assert_eq!(d["status"], "refused");
    let (status, told) = f.act("lanh.dao", &d, "approvals", &json!({"decision": "grant"})).await;
    assert!(matches!(status, 403 | 409) && told["rule"].is_string(), "{told}");
}

/// A file goes up, onto a dossier and its result, and comes down as it was; the slip is a PDF.
async fn carries_files(f: &Field) {
    let up = f.upload("tiep.nhan", "tep-1").await;
    assert_eq!((up["size"].as_u64(), up["pages"].as_u64()), (Some(PDF.len() as u64), Some(1)));
    let mut body = f.body.clone();
    body["components"][0]["files"] = json!([up["sha256"]]);
    let d = f.assigned("co-tep", &body).await;
    let code = d["code"].as_str().unwrap();
    let path = format!("/api/v1/dossiers/{code}/files/{}", up["sha256"].as_str().unwrap());
    let down = f.get("chuyen.vien", &path).await;
    assert_eq!(down.status().as_u16(), 200);
    assert_eq!(down.headers()["content-type"], "application/pdf");
    assert_eq!(down.bytes().await.unwrap(), PDF);
    assert_eq!(f.get("nguoi.la", &path).await.status().as_u16(), 404);
    let mut unknown = f.body.clone();
    unknown["components"][0]["files"] = json!(["ab".repeat(32)]);
    let (status, told) = f.post("tiep.nhan", "/api/v1/dossiers", &[("idempotency-key", "la")], &unknown).await;
    assert_eq!(status, 422, "a file that nobody sent up: {told}");

    let receipt = f.get("tiep.nhan", d["receipt"]["url"].as_str().unwrap()).await;
    assert!(receipt.status().is_success() && receipt.bytes().await.unwrap().starts_with(b"%PDF"));
    let d = f.does("chuyen.vien", &d, "appraisals", json!({"opinion": "grant", "text": "Đủ."})).await;
    let d = f.does("chuyen.vien", &d, "submissions", json!({})).await;
    let d = f.does("lanh.dao", &d, "approvals", json!({"decision": "grant"})).await;
    let signed = f.upload("van.thu", "ket-qua-1").await;
    let result = json!({"number": "12/TLKH", "date": "2025-10-06", "signer": "Ông Ký", "files": [signed["sha256"]]});
    let d = f.does("van.thu", &d, "results", result).await;
    let d = f
        .does("tra.ket.qua", &d, "handovers", json!({"to": "applicant", "identity": "022099012345", "how": "counter"}))
        .await;
    assert_eq!(d["status"], "returned");
    let events = f.read("chuyen.vien", &format!("/api/v1/dossiers/{code}/events"), 200).await;
    let events = events.as_array().unwrap();
    assert_eq!(events.len() as u64, d["version"].as_u64().unwrap(), "one line a version");
    assert!(events.iter().all(|e| e["hash"].as_str().unwrap().len() == 64));
}

/// What other systems read: the clock with its lines, the inbox, the lists, the arithmetic, the description of all of it.
async fn tells(f: &Field) {
    let d = f.assigned("doc-1", &f.body).await;
    let code = d["code"].as_str().unwrap();
    let clock = f.read("chuyen.vien", &format!("/api/v1/dossiers/{code}/clock"), 200).await;
    assert_eq!(clock["due_at"], d["due_at"]);
    assert!(clock["lines"].as_array().unwrap().iter().all(|l| l["kind"].is_string() && l["at"].is_string()), "{clock}");
    let inbox = f.read("chuyen.vien", "/api/v1/inbox", 200).await;
    assert!(inbox["items"].as_array().unwrap().iter().any(|i| i["code"] == d["code"]), "{inbox}");
    let broken = f.read("chuyen.vien", "/api/v1/inbox?after=hong", 422).await;
    assert_eq!(broken["errors"][0]["field"], "after");
    for (path, field, known) in [("/api/v1/agencies", "identifier", AGENCY), ("/api/v1/centres", "agency", "H49.28")] {
        let list = f.read("chuyen.vien", path, 200).await;
        assert!(list.as_array().unwrap().iter().any(|i| i[field] == known), "{path}");
    }
    let start = json!({"start": MONDAY, "limit": {"kind": "working_days", "n": 5}});
    let (status, due) = f.post("tiep.nhan", "/api/v1/calendar/due", &[], &start).await;
    assert_eq!((status, &due["due_at"]), (200, &json!("2025-10-13T17:00:00+07:00")));
    let found = f.read("tiep.nhan", "/api/v1/procedures?q=ket hon", 200).await;
    assert!(!found["items"].as_array().unwrap().is_empty());
    let described = f.read("tiep.nhan", "/api/v1/openapi.json", 200).await;
    assert!(described["paths"]["/api/v1/dossiers/{code}/returns_to_step"]["post"].is_object());
    let unknown = f.http.get(f.url("/api/v1/khong-co")).send().await.unwrap();
    assert_eq!(
        (unknown.status().as_u16(), &unknown.headers()["content-type"]),
        (404, &"application/problem+json".parse().unwrap())
    );
    let stranger = f.http.get(f.url("/api/v1/inbox")).bearer_auth("khong-co").send().await.unwrap();
    assert_eq!(stranger.status().as_u16(), 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn black_box_the_built_program_refuses_carries_and_tells_as_the_contract_says() {
    let program = Program::migrated();
    let f = Field::open(&program, 1).await;
    refuses(&f).await;
    carries_files(&f).await;
    tells(&f).await;
    f.all_is_well(&program).await;
}

/// contract.md: on PostgreSQL any number of `serve` run. Each call goes to the other one of two.
#[tokio::test(flavor = "multi_thread")]
async fn black_box_two_servers_at_once_share_one_data_base_on_postgresql() {
    let program = Program::on_postgres();
    let f = Field::open(&program, 2).await;
    refuses(&f).await;
    carries_files(&f).await;
    tells(&f).await;
    // Forty dossiers through both doors at once: codes without gap or double.
    let opened = futures_util::future::join_all((0..40).map(|n| {
        let f = &f;
        async move { f.take_in(&format!("cung-luc-{n}"), &f.body).await["code"].as_str().unwrap().to_owned() }
    }));
    let mut codes = opened.await;
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), 40);
    f.all_is_well(&program).await;
}
