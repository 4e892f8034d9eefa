//! Every role over every route that names an object which is there and somebody else's: branches, slips, files, views, absences,
//! threads, officers, agencies, centres (SEC-01, ADM-01, ADM-02). What citizens have: `matrix_citizens`.

use crate::{
    call::Answer,
    desk::{Desk, PDF, PROCEDURE, desk},
    matrix::{Route, by_key, by_session, routes},
};
use domain::{
    accounts::{Role, Scope, Who},
    dossier::Dossier,
    id::Id,
};
use motcua::{
    accounts::KeyScope,
    dossier::store::{self, Kept, Key},
};
use platform::db::{Query, params, sql};
use serde_json::json;

/// A department that was asked; the outsiders come from another one.
const ASKED: &str = "H49.24";
const ELSEWHERE: &str = "H49.18";

/// One dossier with everything on it, and what its people have of their own.
struct Foreign {
    d: Desk,
    code: String,
    id: Id<Dossier>,
    sha256: String,
    slips: Vec<String>,
}

async fn foreign() -> Foreign {
    let d = desk().await;
    let form = d.intake_form(&[]).await;
    let done = d.send_intake(&form, &[("components.0.files", "don.pdf", PDF)]).await.expect(303);
    let slip = d.page(&d.intake, done.location()).await.expect(200);
    let code = slip.text().split("href=\"/can-bo/ho-so/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let ha = d.ha.officer.to_string();
    d.step(&d.head, &code, "phan-cong", &[("officer", &ha)]).await.expect(303);
    let key = d.w.key(&d.ha, &[KeyScope::DossierWrite]).await;
    for (what, body) in [
        ("consultations", json!({"agencies": [ASKED], "content": "Có vướng không?", "due_at": "2025-10-08"})),
        (
            "verifications",
            json!({
                "findings": "Hiện trạng đúng hồ sơ.",
                "visit": {
                    "at": "2025-10-06T07:45:00+07:00", "place": "Thửa 12", "content": "Đo", "participants": ["Bà Mẫu"]
                }
            }),
        ),
    ] {
        let version = kept(&d, &code).state.version;
        let path = format!("/api/v1/dossiers/{code}/{what}");
        d.w.post(&path).bearer(&key).once(what).if_match(version).json(&body).send().await.expect(200);
    }
    let id = kept(&d, &code).id;
    let (files, slips) =
        d.w.app
            .db
            .read_blocking(move |q| Ok::<_, platform::db::DbError>((store::files(q, id)?, store::slips_of(q, id)?)))
            .unwrap();
    assert_eq!(slips.len(), 3, "receipt, letter, minutes");
    let slips = slips.iter().map(|s| s.id.to_string()).collect();
    Foreign { code, id, sha256: files[0].1.sha256.clone(), slips, d }
}

fn kept(d: &Desk, code: &str) -> Kept {
    let key = Key::Code(code.to_owned());
    d.w.app.db.read_blocking(move |q| store::find(q, &Scope::Province, &key)).unwrap().unwrap()
}

/// An officer of a department without a part, posted (if at a centre at all) at another centre.
async fn outsider(d: &Desk, role: Role) -> Who {
    let elsewhere = d.w.app.reference().centres.iter().find(|c| c.level == "commune").unwrap().code.clone();
    let centre = role.works_at_centre().then_some(elsewhere.as_str());
    d.w.officer_at(&format!("la.{role}"), ELSEWHERE, &[role], centre).await
}

fn told(role: Role, route: &Route, path: &str, answer: &Answer) -> String {
    format!("{role} {} {path}: {}", route.method, answer.status)
}

/// With real branches (`1`) and a real file of the dossier; nothing moves.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_objects_no_outsider_reaches_a_branch_a_slip_or_a_file_that_is_there() {
    let f = foreign().await;
    let before = kept(&f.d, &f.code).state.version;
    let of_dossier = |r: &Route| r.path.starts_with("/can-bo/ho-so/{") || r.path.starts_with("/api/v1/dossiers/{");
    let deep: Vec<Route> = routes().into_iter().filter(|r| of_dossier(r) && r.path.matches('{').count() > 1).collect();
    assert!(deep.iter().any(|r| r.path.contains("consultations/{id}/replies")), "{deep:?}");
    for &role in Role::ALL {
        let who = outsider(&f.d, role).await;
        let (session, key) = (f.d.w.sign_in(&who).await, f.d.w.key(&who, &KeyScope::ALL).await);
        for route in &deep {
            let path = route.path.replace("{sha256}", &f.sha256);
            let path = Route { path, ..route.clone() }.with(&f.code);
            let answer = if path.starts_with("/api/") {
                by_key(&f.d.w, route, &key, &path, before).await
            } else {
                by_session(&f.d.w, route, &session, &path, before).await
            };
            let at = told(role, route, &path, &answer);
            if !role.reads_province() {
                assert_eq!(answer.status.as_u16(), 404, "{at}");
            } else if route.method != "GET" {
                // 422: the officer to be given the part is nobody here, which is said before the right is asked.
                assert!(matches!(answer.status.as_u16(), 403 | 404 | 422), "{at}");
            }
        }
        for slip in f.slips.iter().flat_map(|s| [s.clone(), format!("{s}.pdf")]) {
            let page = f.d.page(&session, &format!("/can-bo/phieu/{slip}")).await;
            let pdf = f.d.w.get(&format!("/api/v1/slips/{slip}")).bearer(&key).send().await;
            for answer in [page, pdf].iter().filter(|_| !role.reads_province()) {
                assert_eq!(answer.status.as_u16(), 404, "{role} {slip}");
            }
        }
    }
    assert_eq!(kept(&f.d, &f.code).state.version, before, "nothing has changed");
    // The same doors open for those whose they are: the walk above does not pass because nothing is there.
    let own = f.d.w.sign_in(&f.d.ha).await;
    f.d.page(&own, &format!("/can-bo/ho-so/{}/tep/{}", f.code, f.sha256)).await.expect(200);
    f.d.page(&own, &format!("/can-bo/phieu/{}", f.slips[0])).await.expect(200);
}

/// What is done for many at once, and at the return desk, passes by what is out of scope.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_objects_lists_sent_by_an_outsider_move_no_dossier_of_others() {
    let f = foreign().await;
    let before = kept(&f.d, &f.code);
    let pick = format!("{}:{}", f.id, before.state.version);
    for &role in Role::ALL {
        let who = outsider(&f.d, role).await;
        let session = f.d.w.sign_in(&who).await;
        let own = who.officer.to_string();
        for act in ["assign", "take", "submit", "return", "approve", "grant"] {
            let form = [("act", act), ("officer", own.as_str()), ("hs", &pick), ("once", act), ("decision", "grant")];
            for path in ["/can-bo/nhieu", "/can-bo/duyet", "/can-bo/tra-ket-qua/lien-he", "/can-bo/tra-ket-qua/gui"] {
                let answer = f.d.w.post(path).cookie(&session).form(&form).send().await;
                assert!(answer.status.as_u16() < 500, "{role} {path} {act}: {}", answer.status);
            }
        }
    }
    let after = kept(&f.d, &f.code);
    assert_eq!((after.state.version, after.head), (before.state.version, before.head), "nothing has changed");
    let st = sql!("SELECT COUNT(*) FROM return_contacts");
    assert_eq!(f.d.w.app.db.read_blocking(move |q| q.one(st, params![], |r| r.get::<i64>(0))).unwrap(), 0);
}

/// Views, scans, absences and threads belong to who made them.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_objects_what_an_officer_set_up_is_nobody_elses() {
    let f = foreign().await;
    let d = &f.d;
    let ha = d.w.sign_in(&d.ha).await;
    d.w.post("/can-bo/goc-nhin").cookie(&ha).form(&[("ten", "Của Hà"), ("loc", "loc=toi")]).send().await.expect(303);
    d.w.officer("binh", &d.agency, &[Role::Specialist]).await;
    let away = [
        ("kind", "absence"),
        ("backup", "binh"),
        ("from", "06/10/2025 07:30"),
        ("to", "07/10/2025"),
        ("reason", "Nghỉ phép"),
        ("once", "a"),
    ];
    d.w.post("/can-bo/vang-mat").cookie(&ha).form(&away).send().await.expect(303);
    let shown = d.page(&ha, "/can-bo/vang-mat").await.expect(200);
    let absence = shown.text().split("/can-bo/vang-mat/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let scan = d.w.post("/can-bo/may-quet").cookie(&d.intake).send().await.expect(200).json();
    let asked = [("once", "hoi-1"), ("procedure", PROCEDURE), ("text", "Trường hợp này nộp ở đâu?"), ("agency", ASKED)];
    let thread = d.w.post("/can-bo/vuong-mac/moi").cookie(&d.intake).form(&asked).send().await.expect(303);
    let thread = thread.location().split('?').next().unwrap().to_owned();
    let view = only_view(d);
    // A top administrator ends an absence for whoever forgot it.
    for &role in Role::ALL.iter().filter(|r| **r != Role::TopAdmin) {
        let who = outsider(d, role).await;
        let session = d.w.sign_in(&who).await;
        d.w.post("/can-bo/goc-nhin/bo").cookie(&session).form(&[("id", &view)]).send().await.expect(303);
        assert_eq!(only_view(d), view, "{role} forgot somebody else's view");
        let at = format!("/can-bo/vang-mat/{absence}/ket-thuc");
        let ended = d.w.post(&at).cookie(&session).form(&[]).send().await.status.as_u16();
        assert!(matches!(ended, 403 | 404), "{role} ended somebody else's absence: {ended}");
        let came = d.page(&session, &format!("/can-bo/may-quet/{}", scan["id"].as_str().unwrap())).await;
        assert!(came.status.as_u16() == 403 || came.json() == json!([]), "{role}");
        let read = d.page(&session, &thread).await.status.as_u16();
        let of_the_centre = role.reads_province() || matches!(role, Role::CentreDirector | Role::CentreDeputy);
        assert!(of_the_centre || matches!(read, 403 | 404), "{role} reads a thread of others: {read}");
    }
    assert!(d.page(&ha, "/can-bo/vang-mat").await.expect(200).text().contains(&absence), "it still holds");
}

fn only_view(d: &Desk) -> String {
    let st = sql!("SELECT id FROM desk_views");
    d.w.app.db.read_blocking(move |q| q.one(st, params![], |r| r.get::<i64>(0))).unwrap().to_string()
}

/// ADM-01: an administrator of another agency, and everybody below, changes no officer, agency or centre that is there.
#[tokio::test(flavor = "multi_thread")]
async fn adm_01_objects_officers_agencies_and_centres_of_others_stay_as_they_are() {
    let f = foreign().await;
    let d = &f.d;
    let centre = d.w.app.reference().main_centre().unwrap().code.clone();
    let paths = [
        format!("/can-bo/quan-tri/can-bo/{}", d.ha.officer),
        format!("/can-bo/quan-tri/co-quan/{}", d.agency),
        format!("/can-bo/quan-tri/trung-tam/{centre}"),
    ];
    let traces = |d: &Desk| {
        let st = sql!("SELECT COUNT(*) FROM audit WHERE act <> 'sign_in'");
        d.w.app.db.read_blocking(move |q| q.one(st, params![], |r| r.get::<i64>(0))).unwrap()
    };
    for &role in Role::ALL.iter().filter(|r| **r != Role::TopAdmin) {
        let who = outsider(d, role).await;
        let session = d.w.sign_in(&who).await;
        let before = traces(d);
        for path in &paths {
            for act in ["save", "deactivate", "reset", "end-sessions", "password", "unit", "counter"] {
                let form =
                    [("act", act), ("name", "Đổi tên"), ("version", "1"), ("active", "0"), ("role", "top_admin")];
                let status = d.w.post(path).cookie(&session).form(&form).send().await.status.as_u16();
                assert!(matches!(status, 403 | 404), "{role} POST {path} {act}: {status}");
            }
            let read = d.page(&session, path).await.status.as_u16();
            assert!(matches!(read, 403 | 404), "{role} GET {path}: {read}");
        }
        assert_eq!(traces(d), before, "{role}");
    }
    let top = d.w.officer("tren.cung", "H49.28", &[Role::TopAdmin]).await;
    let top = d.w.sign_in(&top).await;
    for path in &paths {
        d.page(&top, path).await.expect(200);
    }
}
