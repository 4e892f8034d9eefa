//! Nothing acknowledged is lost, nothing is done twice: uploads, intakes, a page's form, decisions, results and handovers by
//! clients that retry under the same key, while the outbox and the archive work and the program dies at any moment.

use crate::{kill::kills, program::Program};
use platform::random::Random;
use reqwest::{Client, RequestBuilder, StatusCode, multipart, redirect};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};
use tokio::sync::watch;

const KILLS: usize = 200;
/// A server of PostgreSQL takes the blows of several suites at once.
const KILLS_ON_POSTGRES: usize = 25;
const CLIENTS: usize = 4;
const AGENCY: &str = "H49.101";
const PROCEDURE: &str = "1.000080";
const MONDAY: &str = "2025-10-06T08:00:00+07:00";

/// What the clients share.
struct Field {
    http: Client,
    /// Where the server is now; it moves with every start.
    url: watch::Receiver<String>,
    keys: HashMap<&'static str, String>,
    /// The specialist's session, for the page.
    session: String,
    body: Value,
    acknowledged: AtomicUsize,
    over: AtomicBool,
    /// By code: the last answer, and the content of the file that was handed in.
    finished: Mutex<BTreeMap<String, (Value, String)>>,
    opened: Mutex<BTreeMap<String, Value>>,
}

impl Field {
    /// Sends until an answer comes that is none of a server in trouble.
    async fn insist(&self, what: &str, call: impl Fn(&Client, &str) -> RequestBuilder) -> (StatusCode, String) {
        let mut url = self.url.clone();
        loop {
            let at = url.borrow_and_update().clone();
            let Ok(answer) = call(&self.http, &at).send().await else {
                // Dead: wait for the next start. The time-out is for a line that broke while the server lives.
                let _ = tokio::time::timeout(Duration::from_secs(2), url.changed()).await;
                continue;
            };
            let status = answer.status();
            let Ok(text) = answer.text().await else { continue };
            if status == StatusCode::SERVICE_UNAVAILABLE {
                continue;
            }
            assert!(status.is_success() || status == StatusCode::SEE_OTHER, "{what}: {status} {text}");
            self.acknowledged.fetch_add(1, SeqCst);
            return (status, text);
        }
    }

    async fn post(&self, who: &str, once: &str, path: &str, version: Option<u64>, body: &Value) -> Value {
        let key = &self.keys[who];
        let (_, text) = self
            .insist(path, |http, url| {
                let call =
                    http.post(format!("{url}{path}")).bearer_auth(key).header("Idempotency-Key", once).json(body);
                match version {
                    Some(version) => call.header("If-Match", format!("\"{version}\"")),
                    None => call,
                }
            })
            .await;
        serde_json::from_str(&text).unwrap()
    }

    async fn read(&self, path: &str) -> Value {
        let key = &self.keys["chuyen.vien"];
        let (_, text) = self.insist(path, |http, url| http.get(format!("{url}{path}")).bearer_auth(key)).await;
        serde_json::from_str(&text).unwrap()
    }

    async fn upload(&self, who: &str, once: &str, content: &str) -> String {
        let key = &self.keys[who];
        let (_, text) = self
            .insist("upload", |http, url| {
                let part = multipart::Part::text(content.to_owned()).file_name("giấy tờ.pdf");
                let form = multipart::Form::new().part("file", part);
                let call = http.post(format!("{url}/api/v1/files")).bearer_auth(key);
                call.header("Idempotency-Key", once).multipart(form)
            })
            .await;
        let up: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(up["sha256"], domain::hex(&Sha256::digest(content)));
        up["sha256"].as_str().unwrap().to_owned()
    }

    /// The officer's page appraises and submits in one go; its hidden key makes a second press the first.
    async fn appraise_by_page(&self, once: &str, code: &str, version: u64) {
        let path = format!("/can-bo/ho-so/{code}/tham-dinh");
        let version = version.to_string();
        let form = [
            ("once", once),
            ("version", version.as_str()),
            ("opinion", "grant"),
            ("text", "Hồ sơ đủ điều kiện."),
            ("act", "submit"),
        ];
        let send =
            |http: &Client, url: &str| http.post(format!("{url}{path}")).header("cookie", &self.session).form(&form);
        let (status, text) = self.insist(&path, send).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    }

    /// One dossier after the other, from the papers on the counter to the result in the applicant's hand.
    async fn work(&self, client: usize) {
        for n in 0.. {
            if self.over.load(SeqCst) {
                return;
            }
            let once = |what: &str| format!("{what}-{client}-{n}");
            let content =
                format!("%PDF-1.4\n% {client} {n}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
            let paper = self.upload("tiep.nhan", &once("paper"), &content).await;
            let mut body = self.body.clone();
            body["components"][0]["files"] = json!([paper]);
            let d = self.post("tiep.nhan", &once("open"), "/api/v1/dossiers", None, &body).await;
            self.opened.lock().unwrap().insert(once("open"), json!({"answer": d, "body": body}));
            let code = d["code"].as_str().unwrap().to_owned();
            let path = |what: &str| format!("/api/v1/dossiers/{code}/{what}");
            let to = json!({"to": {"unit": "main", "officer": "chuyen.vien"}});
            let d = self.post("truong.phong", &once("assign"), &path("assignments"), d["version"].as_u64(), &to).await;
            self.appraise_by_page(&once("appraise"), &code, d["version"].as_u64().unwrap()).await;
            let d = self.read(&format!("/api/v1/dossiers/{code}")).await;
            let grant = json!({"decision": "grant"});
            let d = self.post("lanh.dao", &once("approve"), &path("approvals"), d["version"].as_u64(), &grant).await;
            let signed = self.upload("van.thu", &once("signed"), &content.replace("1.4", "1.7")).await;
            let result = json!({"number": format!("{client}{n}/TL"), "date": "2025-10-06", "signer": "Ông Ký", "files": [signed]});
            let d = self.post("van.thu", &once("result"), &path("results"), d["version"].as_u64(), &result).await;
            let to = json!({"to": "applicant", "identity": "022099012345", "how": "counter"});
            let d = self.post("tra.ket.qua", &once("hand"), &path("handovers"), d["version"].as_u64(), &to).await;
            self.reads_again(&code, &content).await;
            self.finished.lock().unwrap().insert(code.clone(), (d, content));
        }
    }

    /// What was sent up comes down as it was, whatever happened meanwhile.
    async fn reads_again(&self, code: &str, content: &str) {
        let sha256 = domain::hex(&Sha256::digest(content));
        let path = format!("/api/v1/dossiers/{code}/files/{sha256}");
        let key = &self.keys["chuyen.vien"];
        let (_, text) = self.insist(&path, |http, url| http.get(format!("{url}{path}")).bearer_auth(key)).await;
        assert_eq!(text, content, "{path}");
    }
}

/// People, the catalogue and a first server to ask how a complete dossier looks and to sign in.
async fn prepare(program: &Program) -> (Arc<Field>, watch::Sender<String>) {
    program.good(&["import", "procedures", concat!(env!("CARGO_MANIFEST_DIR"), "/data/procedures.jsonl.gz")]);
    let people = [
        ("tiep.nhan", "H49.28", "intake_officer"),
        ("truong.phong", AGENCY, "unit_head"),
        ("chuyen.vien", AGENCY, "specialist"),
        ("lanh.dao", AGENCY, "agency_leader"),
        ("van.thu", AGENCY, "clerk"),
        ("tra.ket.qua", "H49.28", "return_desk"),
    ];
    let keys: HashMap<_, _> = people.map(|(login, agency, role)| (login, program.key(login, agency, role))).into();
    let server = program.serve(MONDAY);
    let http = Client::builder().timeout(Duration::from_secs(20)).redirect(redirect::Policy::none()).build().unwrap();
    let asked = http.get(format!("{}/api/v1/procedures/{PROCEDURE}", server.url)).send().await.unwrap();
    let body = crate::contract::body_of(&asked.json().await.unwrap(), PROCEDURE, AGENCY);
    let form = [("login", "chuyen.vien"), ("password", "bốn con ngựa trắng")];
    let entered = http.post(format!("{}/dang-nhap", server.url)).form(&form).send().await.unwrap();
    let session = entered.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    server.kill();
    let (urls, url) = watch::channel(String::new());
    let field = Field {
        http,
        url,
        keys,
        session,
        body,
        acknowledged: AtomicUsize::new(0),
        over: AtomicBool::new(false),
        finished: Mutex::default(),
        opened: Mutex::default(),
    };
    (Arc::new(field), urls)
}

async fn killed_at_any_moment(program: &Program, kills: usize) {
    let (field, urls) = prepare(program).await;
    let work = |c| {
        let f = Arc::clone(&field);
        tokio::spawn(async move { f.work(c).await })
    };
    let clients: Vec<_> = (0..CLIENTS).map(work).collect();
    let dice = Random::seeded(200);
    for _ in 0..kills {
        let server = program.serve(MONDAY);
        urls.send_replace(server.url.clone());
        let until = field.acknowledged.load(SeqCst) + usize::try_from(dice.below(24)).unwrap();
        // At any moment after so many answers: in the middle of a commit, of an answer, of a job of the outbox, of nothing.
        while field.acknowledged.load(SeqCst) < until {
            assert!(!clients.iter().any(tokio::task::JoinHandle::is_finished), "a client was refused, and stopped");
            tokio::task::yield_now().await;
        }
        server.kill();
    }
    let server = program.serve(MONDAY);
    urls.send_replace(server.url.clone());
    field.over.store(true, SeqCst);
    for client in clients {
        client.await.unwrap();
    }
    let (opened, finished) = (field.opened.lock().unwrap().clone(), field.finished.lock().unwrap().clone());
    let mut codes: Vec<_> = opened.values().map(|o| o["answer"]["code"].as_str().unwrap().to_owned()).collect();
    codes.sort();
    let expected: Vec<_> = (1..=codes.len()).map(|n| format!("{AGENCY}-251006-{n:04}")).collect();
    assert_eq!(codes, expected, "every key opened one dossier; no code is missing, none was given twice");
    assert_eq!(finished.len(), codes.len(), "every dossier went the whole way");
    for (once, first) in &opened {
        let again = field.post("tiep.nhan", once, "/api/v1/dossiers", None, &first["body"]).await;
        assert_eq!(again, first["answer"], "{once}: a retry gives the first answer");
    }
    let version = finished.values().next().unwrap().0["version"].clone();
    for (code, (last, content)) in &finished {
        assert_eq!(
            (&last["status"], &last["version"]),
            (&json!("returned"), &version),
            "{code}: no step was done twice"
        );
        field.reads_again(code, content).await;
    }
    // Sheets still to be drawn are many on a busy machine and are not waited for; what was given up would be told here.
    let told = field.http.get(format!("{}/metrics", server.admin_url)).send().await.unwrap().text().await.unwrap();
    assert!(told.lines().any(|line| line == "motcua_outbox_dead 0"), "{told}");
    assert_eq!(server.stop(), Some(0));
    let found = program.good(&["verify"]);
    assert_eq!(found["dossiers"].as_u64().unwrap(), codes.len() as u64);
    assert_eq!(found["events"].as_u64().unwrap(), codes.len() as u64 * version.as_u64().unwrap());
    assert_eq!(found["slips"].as_u64().unwrap(), codes.len() as u64 * 2, "a receipt and a handover slip each");
    // Two papers of each. Sheets that a killed worker was about to archive follow when its lease is over.
    assert!(found["files"].as_u64().unwrap() >= codes.len() as u64 * 2, "{found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_kills_of_mixed_writes_lose_nothing_acknowledged_and_double_nothing() {
    killed_at_any_moment(&Program::migrated(), kills(KILLS)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_of_mixed_writes_on_postgresql_lose_nothing_acknowledged_and_double_nothing() {
    killed_at_any_moment(&Program::on_postgres(), kills(KILLS_ON_POSTGRES)).await;
}
