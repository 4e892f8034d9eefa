//! Every role over every route, with somebody else's dossier (SEC-01, ADM-02). The routes are read from the sources, so a
//! new one is walked the day it is written.

use crate::{call::Answer, world::World};
use domain::accounts::{Role, Who};
use motcua::accounts::KeyScope;
use std::{collections::BTreeSet, path::Path};

const PROCEDURE: &str = "1.000080";

/// A route as its slice declares it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    pub path: String,
    pub method: &'static str,
}

pub fn routes() -> BTreeSet<Route> {
    let mut found = BTreeSet::new();
    read_folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut found);
    assert!(found.len() > 30, "the routes are declared in another way now: {found:?}");
    // The administration port is another listener; `health` declares it.
    found.retain(|r| !r.path.starts_with("/health") && !r.path.starts_with("/test") && r.path != "/metrics");
    found
}

fn read_folder(folder: &Path, found: &mut BTreeSet<Route>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            declared_in(&std::fs::read_to_string(&path).unwrap(), found);
        }
    }
}

fn declared_in(source: &str, found: &mut BTreeSet<Route>) {
    for piece in source.split(".route(").skip(1) {
        let Some(rest) = piece.trim_start().strip_prefix('"') else { continue };
        let (path, rest) = rest.split_once('"').unwrap();
        let handlers = rest.split(".route(").next().unwrap().split(".merge(").next().unwrap();
        for (mark, method) in [("get(", "GET"), ("post(", "POST"), ("put(", "PUT"), ("delete(", "DELETE")] {
            // A step's page is shown and sent (`dossier::step`).
            let is_step = ["step::<", "step_with_files::<", "question::<"].iter().any(|of| handlers.contains(of));
            let is_step = is_step && matches!(method, "GET" | "POST");
            if is_step || handlers.contains(mark) {
                found.insert(Route { path: path.to_owned(), method });
            }
        }
    }
}

impl Route {
    /// The route with a foreign dossier and made-up other parameters.
    pub fn with(&self, code: &str) -> String {
        let named = self.path.replace("{code}", code).replace("{key}", code).replace("{sha256}", &"a".repeat(64));
        let mut out = String::new();
        let mut rest = named.as_str();
        while let Some((head, tail)) = rest.split_once('{') {
            out.push_str(head);
            out.push('1');
            rest = tail.split_once('}').unwrap().1;
        }
        out + rest
    }
    pub fn is_of_officers(&self) -> bool {
        self.path.starts_with("/can-bo")
    }
    /// What is public anyway needs no key: the API's description, the catalogue, and the arithmetic of a due date.
    fn is_of_keys(&self) -> bool {
        let public =
            ["/api/v1/openapi.json", "/api/v1/procedures", "/api/v1/procedures/{code}", "/api/v1/calendar/due"];
        self.path.starts_with("/api/v1") && !public.contains(&self.path.as_str())
    }
    fn names_a_dossier(&self) -> bool {
        self.path.starts_with("/can-bo/ho-so/{") || self.path.starts_with("/api/v1/dossiers/{")
    }
}

/// `version` is what the caller would have seen: a stale page must not be what stops them.
pub async fn by_session(w: &World, route: &Route, session: &str, path: &str, version: u32) -> Answer {
    let call = w.call(route.method, path).cookie(session);
    if route.method == "GET" {
        return call.send().await;
    }
    if path.ends_with("/ket-qua") {
        let part = format!("--x\r\nContent-Disposition: form-data; name=\"version\"\r\n\r\n{version}\r\n--x--\r\n");
        return call.bytes("multipart/form-data; boundary=x", part).send().await;
    }
    call.form(&[("version", version.to_string().as_str()), ("reason", "x")]).send().await
}

pub async fn by_key(w: &World, route: &Route, key: &str, path: &str, version: u32) -> Answer {
    let call = w.call(route.method, path).bearer(key);
    if route.method == "GET" {
        return call.send().await;
    }
    let once = format!("{}{path}", route.method);
    call.once(&once).if_match(version).json(&body_of(path)).send().await
}

/// A body that is right in form, so that only the right is in question.
pub fn body_of(path: &str) -> serde_json::Value {
    let what = path.rsplit('/').next().unwrap();
    match what {
        "assignments" => serde_json::json!({"to": {"officer": "chu"}}),
        "approvals" => serde_json::json!({"decision": "grant"}),
        "results" => serde_json::json!({"number": "1", "date": "2025-10-06", "signer": "x"}),
        "handovers" => serde_json::json!({"to": "applicant"}),
        "consultations" => serde_json::json!({"agencies": ["H49.24"], "content": "x", "due_at": "2025-10-07"}),
        "children" => serde_json::json!({
            "travel": "paper", "parts": [{"agency": "H49.24", "work": "x", "due_at": "2025-10-07"}]
        }),
        "visits" => serde_json::json!({
            "at": "2025-10-07T08:30:00+07:00", "place": "x", "content": "x", "participants": ["x"]
        }),
        "postponements" => serde_json::json!({"at": "2025-10-07T09:30:00+07:00", "reason": "x"}),
        "urgings" => serde_json::json!({"text": " ", "answer_by": "2026-01-05"}),
        "urging_answers" => serde_json::json!({"id": "1", "text": "x"}),
        "due_dates" => serde_json::json!({"due_at": "2026-01-05", "reason": "x"}),
        "appraisals" => serde_json::json!({"opinion": "grant", "text": "x"}),
        "replies" => serde_json::json!({"text": "x"}),
        "suspensions" => serde_json::json!({"reason": "x", "until": "2026-01-05"}),
        "apologies" | "explanations" => serde_json::json!({"reason": "x", "new_due_at": "2026-01-05"}),
        "refusals" | "stops" | "withdrawals" | "returns_to_step" | "fee_requests" | "fee_cancellations" | "recalls"
        | "cancellations" => {
            serde_json::json!({"reason": "x"})
        }
        _ => serde_json::json!({}),
    }
}

/// A dossier taken in at the provincial centre for a commune.
async fn somebody_elses(w: &World) -> String {
    w.procedures(&[PROCEDURE]).await;
    let centre = w.app.reference().main_centre().unwrap().agency;
    let centre = w.app.reference().agency(centre).unwrap().identifier.clone();
    let owner = w.officer("chu", &centre, &[Role::IntakeOfficer]).await;
    w.take_in(&owner, PROCEDURE).await.state.code.unwrap().to_string()
}

/// An officer of an agency that has no part in the dossier, posted (if at a centre at all) at another centre.
async fn outsider(w: &World, role: Role) -> Who {
    let elsewhere = w.app.reference().centres.iter().find(|c| c.level == "commune").unwrap().code.clone();
    w.officer_at(role.as_str(), "H49.18", &[role], role.works_at_centre().then_some(elsewhere.as_str())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_01_nobody_reads_or_changes_a_dossier_of_others_whatever_the_role_and_the_route() {
    let w = World::sqlite();
    let code = somebody_elses(&w).await;
    for &role in Role::ALL {
        let who = outsider(&w, role).await;
        let (session, key) = (w.sign_in(&who).await, w.key(&who, &KeyScope::ALL).await);
        for route in routes().into_iter().filter(Route::names_a_dossier) {
            let path = route.with(&code);
            let answer = if route.is_of_keys() {
                by_key(&w, &route, &key, &path, 1).await
            } else {
                by_session(&w, &route, &session, &path, 1).await
            };
            let status = answer.status.as_u16();
            let at = format!("{role} {} {path}: {status}", route.method);
            if !role.reads_province() {
                assert_eq!(status, 404, "{at}");
            } else if route.method == "GET" {
                // Those who supervise read; the form of a step they do not hold is refused.
                assert!(matches!(status, 200 | 403 | 404), "{at}");
            } else if role == Role::ProvinceLeader && (path.ends_with("/don-doc") || path.ends_with("/urgings")) {
                // CLK-11: the province's leaders urge anybody; here the form lacks its words or its day.
                assert!(matches!(status, 409 | 412 | 422), "{at}");
            } else {
                assert_eq!(status, 403, "{at}");
            }
        }
    }
    let at = w.app.db.read_blocking(|q| {
        motcua::dossier::store::find(q, &domain::accounts::Scope::Province, &motcua::dossier::store::Key::Code(code))
    });
    assert_eq!(at.unwrap().unwrap().state.version, 1, "nothing has changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn adm_03_without_a_session_or_a_key_nothing_of_the_officers_opens() {
    let w = World::sqlite();
    let code = somebody_elses(&w).await;
    for route in routes() {
        let path = route.with(&code);
        let answer = w.call(route.method, &path).form(&[("version", "1")]).send().await;
        let status = answer.status.as_u16();
        if route.is_of_officers() {
            assert_eq!(status, 303, "{} {path}", route.method);
            assert!(answer.location().starts_with("/dang-nhap"), "{} {path}", route.method);
        } else if route.is_of_keys() {
            assert_eq!(status, 401, "{} {path}", route.method);
        }
        assert!(status < 500, "{} {path}: {status}", route.method);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_01_no_unsafe_route_takes_a_request_from_another_site() {
    let w = World::sqlite();
    let who = w.officer("quan", "H49.24", &[Role::TopAdmin]).await;
    let session = w.sign_in(&who).await;
    for route in routes().into_iter().filter(|r| r.method != "GET") {
        let path = route.with("H49.24-251006-0001");
        let call = w.call(route.method, &path).cookie(&session).header("host", "motcua.example");
        let call = call.header("origin", "https://evil.example").header("sec-fetch-site", "cross-site");
        assert_eq!(call.form(&[("version", "1")]).send().await.status.as_u16(), 403, "{} {path}", route.method);
    }
}

/// ADM-01: only administrators reach the administration, and no route of it answers with a fault.
#[tokio::test(flavor = "multi_thread")]
async fn adm_01_only_administrators_reach_the_administration() {
    let w = World::sqlite();
    for &role in Role::ALL {
        let who = outsider(&w, role).await;
        let session = w.sign_in(&who).await;
        for route in routes().into_iter().filter(|r| r.path.starts_with("/can-bo/quan-tri")) {
            let path = route.with("khong-co");
            let status = by_session(&w, &route, &session, &path, 1).await.status.as_u16();
            let at = format!("{role} {} {path}: {status}", route.method);
            let administers = matches!(role, Role::TopAdmin | Role::AgencyAdmin)
                || (role == Role::ProcedureControl && draws_or_plans(&route.path));
            assert!(status < 500, "{at}");
            assert!(administers || matches!(status, 403 | 404), "{at}");
        }
    }
}

/// What procedure control keeps: forms, the calendar, the catalogue and the processes.
fn draws_or_plans(path: &str) -> bool {
    const KEPT: [&str; 5] = [
        "/can-bo/quan-tri/bieu-mau",
        "/can-bo/quan-tri/lich",
        "/can-bo/quan-tri/thu-tuc",
        "/can-bo/quan-tri/quy-trinh",
        "/can-bo/quan-tri/danh-muc",
    ];
    KEPT.iter().any(|kept| path.starts_with(kept))
}

/// Strict headers on every kind of answer.
#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_strict_headers() {
    let w = World::sqlite();
    for path in ["/", "/thu-tuc", "/tra-cuu", "/dang-nhap", "/khong-co", "/api/v1/openapi.json", "/assets/app.css"] {
        let answer = w.get(path).send().await;
        let csp = answer.headers.get("content-security-policy").map_or("", |v| v.to_str().unwrap());
        assert!(csp.contains("default-src 'self'") && !csp.contains("unsafe"), "{path}: {csp}");
        assert_eq!(answer.headers.get("x-content-type-options").unwrap(), "nosniff", "{path}");
    }
}
