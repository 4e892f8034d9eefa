//! The contract as outside scripts rely on it: exit codes, the ready line, commands beside a running server, the main
//! path over HTTP against the built program.

use crate::program::{Program, Server};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};

const MONDAY: &str = "2025-10-06T08:00:00+07:00";
/// A commune's procedure with a limit in working days.
const PROCEDURE: &str = "1.000080";
const AGENCY: &str = "H49.101";

#[test]
fn exit_codes_tell_good_from_failed_from_misused() {
    let program = Program::empty();
    let code = |args: &[&str]| program.run(args, "").status.code();
    assert_eq!(code(&["serve"]), Some(2), "no data base yet");
    assert_eq!(program.good(&["check"])["database"]["state"], "missing");
    assert_eq!(code(&["migrate"]), Some(2), "a new data base needs a profile");
    assert_eq!(code(&["--profile", "ha-noi", "migrate"]), Some(2));
    assert_eq!(code(&["fly"]), Some(2));
    assert_eq!(code(&["--profile", "quang-ninh", "migrate"]), Some(0));
    assert_eq!(code(&["migrate"]), Some(0), "safe to run again");
    assert_eq!(code(&["--profile", "dong-nai", "migrate"]), Some(2), "one province for good");
    assert_eq!(code(&["verify"]), Some(0));
    let checked = program.good(&["check"]);
    assert_eq!((&checked["database"]["state"], &checked["profile"]), (&json!("ready"), &json!("quang-ninh")));
    assert!(checked["profile_settings"].as_str().unwrap().contains("[supplement]"), "{checked}");
    assert_eq!(code(&["--profile", "dong-nai", "check"]), Some(2), "it does not fit");
    assert_eq!(code(&["admin", "key", "create", "--officer", "ai", "--scope", "admin"]), Some(2));
}

/// CLK-01, CLK-03: the calendar of the data base answers on the command line, with its reasons.
#[test]
fn clk_03_due_says_when_and_why() {
    let program = Program::migrated();
    let due = program.good(&["due", "--start", MONDAY, "--limit", "5wd"]);
    assert_eq!(due["due_at"], "2025-10-13T17:00:00+07:00");
    assert!(due["lines"].as_array().unwrap().len() >= 3);
    assert_eq!(program.run(&["due", "--start", MONDAY, "--limit", "5 ngày"], "").status.code(), Some(2));
}

struct Api<'a> {
    client: Client,
    server: &'a Server,
}

impl Api<'_> {
    async fn send(
        &self,
        method: Method,
        path: &str,
        key: &str,
        once: &str,
        version: Option<u64>,
        body: &Value,
    ) -> Response {
        let mut call = self.client.request(method, format!("{}{path}", self.server.url)).bearer_auth(key).json(body);
        if !once.is_empty() {
            call = call.header("Idempotency-Key", once);
        }
        if let Some(version) = version {
            call = call.header("If-Match", format!("\"{version}\""));
        }
        call.send().await.unwrap()
    }
    async fn step(&self, key: &str, d: &Value, what: &str, body: Value) -> Value {
        let path = format!("/api/v1/dossiers/{}/{what}", d["code"].as_str().unwrap());
        let version = d["version"].as_u64();
        let answer = self.send(Method::POST, &path, key, &format!("{what}-{version:?}"), version, &body).await;
        assert_eq!(answer.status(), 200, "{what}: {}", answer.text().await.unwrap());
        answer.json().await.unwrap()
    }
    async fn admin(&self, method: Method, path: &str, body: &Value) -> Value {
        let answer =
            self.client.request(method, format!("{}{path}", self.server.admin_url)).json(body).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }
}

/// A complete dossier, from what the API says of the procedure.
pub fn body_of(procedure: &Value, code: &str, agency: &str) -> Value {
    let variant = &procedure["variants"][0];
    let components = variant["components"].as_array().unwrap().iter();
    let brought: Vec<_> = components
        .map(|c| json!({ "id": c["id"], "originals": c["originals"].as_u64().unwrap_or(0).max(1), "copies": 0 }))
        .collect();
    json!({
        "procedure": code, "variant": variant["id"], "agency": agency, "channel": "counter", "result_by": "counter",
        "applicant": { "kind": "citizen", "name": "Nguyễn Thị Mẫu", "identity": "022099012345", "phone": "0912345678" },
        "components": brought,
    })
}

/// The whole main path, with commands running beside the server through its control socket.
#[tokio::test(flavor = "multi_thread")]
async fn the_main_path_runs_against_the_built_program() {
    let program = Program::migrated();
    let catalogue = concat!(env!("CARGO_MANIFEST_DIR"), "/data/procedures.jsonl.gz");
    let server = program.serve(MONDAY);
    let taken = program.good(&["import", "procedures", catalogue]);
    assert!(taken["taken"].as_u64().unwrap() + taken["mended"].as_u64().unwrap() > 250, "{taken}");
    let intake = program.key("tiep.nhan", "H49.28", "intake_officer");
    let head = program.key("truong.phong", AGENCY, "unit_head");
    let specialist = program.key("chuyen.vien", AGENCY, "specialist");
    let leader = program.key("lanh.dao", AGENCY, "agency_leader");
    let clerk = program.key("van.thu", AGENCY, "clerk");
    let desk = program.key("tra.ket.qua", "H49.28", "return_desk");
    let second = program.run(&["serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"], "");
    assert_eq!(second.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&second.stderr).contains("allows one writer"));

    let api = Api { client: Client::new(), server: &server };
    let path = format!("/api/v1/procedures/{PROCEDURE}");
    let procedure: Value = api.send(Method::GET, &path, &intake, "", None, &json!({})).await.json().await.unwrap();
    let body = body_of(&procedure, PROCEDURE, AGENCY);
    let opened = api.send(Method::POST, "/api/v1/dossiers", &intake, "k1", None, &body).await;
    assert_eq!(opened.status(), 201, "{}", opened.text().await.unwrap());
    let d: Value = opened.json().await.unwrap();
    assert_eq!(d["code"], format!("{AGENCY}-251006-0001"));
    let again = api.send(Method::POST, "/api/v1/dossiers", &intake, "k1", None, &body).await;
    assert_eq!(again.json::<Value>().await.unwrap(), d, "the same key gives the first answer again");
    let unkeyed = api.send(Method::POST, "/api/v1/dossiers", &intake, "", None, &body).await;
    assert_eq!(unkeyed.headers()["content-type"], "application/problem+json");
    assert_eq!(unkeyed.status(), 428);

    let to = json!({ "to": { "unit": "main", "officer": "chuyen.vien" } });
    let d = api.step(&head, &d, "assignments", to).await;
    api.admin(Method::PUT, "/test/clock", &json!({ "now": "2025-10-07T09:00:00+07:00" })).await;
    let d = api.step(&specialist, &d, "appraisals", json!({ "opinion": "grant", "text": "Đủ điều kiện." })).await;
    let d = api.step(&specialist, &d, "submissions", json!({})).await;
    let d = api.step(&leader, &d, "approvals", json!({ "decision": "grant" })).await;
    let result = json!({ "number": "12/TLKH", "date": "2025-10-07", "signer": "Phạm Văn Lãnh", "files": [] });
    let d = api.step(&clerk, &d, "results", result).await;
    let handover = json!({ "to": "applicant", "identity": "022099012345", "how": "counter" });
    let d = api.step(&desk, &d, "handovers", handover).await;
    assert_eq!(d["status"], "returned");
    let settled = api.admin(Method::POST, "/test/settle", &json!({})).await;
    assert_eq!((&settled["outbox"]["dead"], &settled["archive"]["dead"]), (&json!(0), &json!(0)));
    let metrics = api.client.get(format!("{}/metrics", server.admin_url)).send().await.unwrap().text().await.unwrap();
    assert!(metrics.contains("motcua_open_dossiers 0\n") && metrics.contains("http_request_seconds"));

    let found = program.good(&["verify"]);
    assert_eq!((found["dossiers"].as_u64(), found["slips"].as_u64()), (Some(1), Some(2)));
    assert_eq!(server.stop(), Some(0), "it goes down in peace");
    assert!(!program.path().join("control.sock").exists());
}
