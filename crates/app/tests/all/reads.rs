//! SEC-01, STO-02: whoever is shown personal data is written down, and the person whose data it is can read it.

use crate::{
    matrix,
    program::Program,
    world::{MONDAY, World, applicant},
};
use domain::{
    accounts::{Reading, Role, Who},
    dossier::Dossier,
    id::Id,
};
use motcua::{accounts::KeyScope, error::AppError, reads};
use platform::db::{Query, params, sql};
use serde_json::{Value, json};
use std::process::Stdio;

const PROCEDURE: &str = "1.000080";
const DAY: i64 = 86_400_000;

/// Way, how often, and whether by this officer, of every line about a dossier.
async fn looks(w: &World, dossier: Id<Dossier>) -> Vec<(String, i64, i64)> {
    let st = sql!("SELECT way, officer_id, times FROM personal_reads WHERE dossier_id = $1 ORDER BY id");
    let look = move |q: &mut platform::db::Reader| {
        Ok::<_, AppError>(q.rows(st, params![dossier.raw()], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?)
    };
    w.app.db.read(look).await.unwrap()
}

async fn taken_in(w: &World) -> (Id<Dossier>, String) {
    w.procedures(&[PROCEDURE]).await;
    let who = w.officer("tiep.nhan", "H49.28", &[Role::IntakeOfficer]).await;
    let done = w.take_in(&who, PROCEDURE).await;
    (done.id, done.state.code.unwrap().to_string())
}

async fn written_once_and_counted(w: World) {
    let (id, code) = taken_in(&w).await;
    let who = w.officer("giam.sat", "H49.28", &[Role::Supervisor]).await;
    let session = w.sign_in(&who).await;
    let page = format!("/can-bo/ho-so/{code}");
    w.get(&page).cookie(&session).send().await.expect(200);
    let line = |times| vec![("page".to_owned(), who.officer.raw(), times)];
    assert_eq!(looks(&w, id).await, line(1), "it is there before the page is");
    w.get(&page).cookie(&session).send().await.expect(200);
    w.get(&page).cookie(&session).send().await.expect(200);
    assert_eq!(reads::flush(&w.app).await.unwrap(), 1);
    assert_eq!(reads::flush(&w.app).await.unwrap(), 0);
    assert_eq!(looks(&w, id).await, line(3));
    // Another process adds to the same line; the afternoon has one of its own.
    let other = w.another_process(60_000);
    other.get(&page).cookie(&session).send().await.expect(200);
    assert_eq!(looks(&w, id).await, line(4));
    let afternoon = w.another_process(5 * 3_600_000);
    reads::note(&afternoon.app, &who, Reading::Page, &[id]).await;
    assert_eq!(looks(&w, id).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_01_a_look_is_written_before_the_page_is_shown_and_counted_after_on_sqlite() {
    written_once_and_counted(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_01_a_look_is_written_before_the_page_is_shown_and_counted_after_on_postgresql() {
    written_once_and_counted(World::postgres()).await;
}

/// An officer who may do nearly everything, so that every page has something to show.
async fn all_rounder(w: &World, agency: &str) -> Who {
    let roles = [
        Role::IntakeOfficer,
        Role::ReturnDesk,
        Role::Cashier,
        Role::Specialist,
        Role::UnitHead,
        Role::AgencyLeader,
        Role::Clerk,
        Role::Supervisor,
        Role::CentreDirector,
    ];
    w.officer("moi.viec", agency, &roles).await
}

/// Every GET route of the officers: an answer that holds a name or number of the applicant, or is a paper, has been counted.
/// A new page that forgets is found here.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_no_page_shows_a_person_without_writing_down_who_looked() {
    let w = World::sqlite();
    let (id, code) = taken_in(&w).await;
    let people = applicant().applicant;
    let [identity, phone] = [people.identity.unwrap(), people.phone.unwrap()];
    let agency = w.app.reference().officers().next().unwrap().who.agency;
    let agency = w.app.reference().agency(agency).unwrap().identifier.clone();
    let who = all_rounder(&w, &agency).await;
    let session = w.sign_in(&who).await;
    let (mut shown, mut before) = (0, 0);
    let mut routes: Vec<String> = matrix::routes()
        .into_iter()
        .filter(|r| r.method == "GET" && r.is_of_officers())
        .map(|r| r.with(&code))
        // The stream of counts names nobody and never ends.
        .filter(|path| path != "/can-bo/truc-tiep")
        .collect();
    routes.push(format!("/can-bo/tim?q={identity}"));
    routes.push(format!("/can-bo/phieu/{}", slip_of(&w, id).await));
    routes.push(format!("/can-bo/phieu/{}.pdf", slip_of(&w, id).await));
    for path in &routes {
        let answer = w.get(path).cookie(&session).send().await;
        reads::flush(&w.app).await.unwrap();
        let counted: i64 = looks(&w, id).await.iter().map(|l| l.2).sum();
        let is_counted = counted > std::mem::replace(&mut before, counted);
        let text = String::from_utf8_lossy(&answer.body);
        let personal = [people.name.as_str(), &identity, &phone].iter().any(|p| text.contains(p));
        // Papers and tables are packed; those of the administration name nobody.
        let packed = answer.body.starts_with(b"%PDF") || answer.body.starts_with(b"PK");
        let paper = packed && !path.contains("/quan-tri/");
        if !(personal || paper || path.starts_with("/can-bo/tim?")) {
            continue;
        }
        shown += 1;
        assert!(is_counted, "{path} shows somebody and nothing was written down");
    }
    assert!(shown >= 6, "only {shown} pages showed the applicant: is the test still looking?");
}

async fn slip_of(w: &World, id: Id<Dossier>) -> i64 {
    let look = move |q: &mut platform::db::Reader| {
        Ok::<_, AppError>(q.one(sql!("SELECT id FROM slips WHERE dossier_id = $1"), params![id.raw()], |r| r.get(0))?)
    };
    w.app.db.read(look).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_01_a_key_that_reads_a_dossier_a_slip_or_the_history_leaves_a_line() {
    let w = World::sqlite();
    let (id, code) = taken_in(&w).await;
    let who = w.officer("may", "H49.28", &[Role::Supervisor]).await;
    let key = w.key(&who, &[KeyScope::DossierRead]).await;
    w.get(&format!("/api/v1/dossiers/{code}")).bearer(&key).send().await.expect(200);
    w.get(&format!("/api/v1/dossiers/{code}/events")).bearer(&key).send().await.expect(200);
    w.get(&format!("/api/v1/slips/{}.pdf", slip_of(&w, id).await)).bearer(&key).send().await.expect(200);
    reads::flush(&w.app).await.unwrap();
    let officer = who.officer.raw();
    assert_eq!(looks(&w, id).await, [("api".to_owned(), officer, 2), ("slip".to_owned(), officer, 1)]);
    // What was refused was not read.
    let outsider = w.officer("nguoi.la", "H49.24", &[Role::Specialist]).await;
    let key = w.key(&outsider, &[KeyScope::DossierRead]).await;
    w.get(&format!("/api/v1/dossiers/{code}")).bearer(&key).send().await.expect(404);
    assert_eq!(looks(&w, id).await.len(), 2);
}

/// STO-02, ADM-02: supervisors read everybody's looks, a leader those of the own officers, others none.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_supervisors_read_who_looked_and_a_leader_only_of_the_own_agency() {
    let w = World::sqlite();
    let (id, code) = taken_in(&w).await;
    let desk = w.officer("quay", "H49.28", &[Role::IntakeOfficer]).await;
    let (ours, theirs) = (
        w.officer("giam.sat", "H49.28", &[Role::Supervisor]).await,
        w.officer("khac", "H49.24", &[Role::AgencyLeader]).await,
    );
    reads::note(&w.app, &desk, Reading::Slip, &[id]).await;
    let (all, other) = (w.sign_in(&ours).await, w.sign_in(&theirs).await);
    let list = w.get("/can-bo/nhat-ky-xem").cookie(&all).send().await.expect(200).text().to_owned();
    for part in ["Cán bộ quay", &code, "Mở phiếu"] {
        assert!(list.contains(part), "{part}");
    }
    let of_desk = w.get(&format!("/can-bo/nhat-ky-xem?ai=quay&ma={code}")).cookie(&all).send().await.expect(200);
    assert!(of_desk.text().contains("Cán bộ quay"));
    let nothing = w.get("/can-bo/nhat-ky-xem?ai=giam.sat").cookie(&all).send().await.expect(200);
    assert!(nothing.text().contains("Không có lần xem nào khớp"));
    let wrong = w.get("/can-bo/nhat-ky-xem?ma=xyz&ai=khong.co").cookie(&all).send().await.expect(422);
    assert!(wrong.text().contains("ma-error") && wrong.text().contains("ai-error"));
    let own = w.get("/can-bo/nhat-ky-xem").cookie(&other).send().await.expect(200);
    assert!(own.text().contains("Chưa có ai xem") && !own.text().contains(&code));
    w.get(&format!("/can-bo/nhat-ky-xem?ma={code}")).cookie(&other).send().await.expect(422);
    let desk = w.sign_in(&desk).await;
    w.get("/can-bo/nhat-ky-xem").cookie(&desk).send().await.expect(403);
}

/// The person on the dossier sees which agency looked and when, never which officer.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_the_applicant_sees_who_looked_after_the_second_thing_they_know() {
    let w = World::sqlite();
    let (id, code) = taken_in(&w).await;
    let page = format!("/tra-cuu/{code}");
    let proved = w.post(&page).form(&[("so_cuoi", "5678")]).send().await.expect(303);
    let cookie = proved.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let none = w.get(&page).cookie(&cookie).send().await.expect(200);
    assert!(none.text().contains("Chưa có cán bộ nào mở"));
    let who = w.officer("giam.sat", "H49.28", &[Role::Supervisor]).await;
    reads::note(&w.app, &who, Reading::Page, &[id]).await;
    let seen = w.get(&page).cookie(&cookie).send().await.expect(200).text().to_owned();
    let agency = w.app.reference().agency_name(who.agency).to_owned();
    assert!(seen.contains("Ai đã xem hồ sơ") && seen.contains("Mở hồ sơ") && seen.contains(&agency));
    assert!(!seen.contains("giam.sat"), "officers are not named");
    let stranger = w.get(&page).send().await.expect(200);
    assert!(!stranger.text().contains("Ai đã xem"));
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_01_looks_are_forgotten_when_their_time_is_over_and_not_before() {
    let w = World::sqlite();
    let (id, _) = taken_in(&w).await;
    let who = w.officer("giam.sat", "H49.28", &[Role::Supervisor]).await;
    reads::note(&w.app, &who, Reading::Page, &[id]).await;
    assert_eq!(reads::sweep(&w.another_process(364 * DAY).app).await.unwrap(), 0);
    assert_eq!(reads::sweep(&w.another_process(366 * DAY).app).await.unwrap(), 1);
}

/// What people typed or told never stands in the log of the program, whatever it says and however much.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_the_log_holds_nothing_personal() {
    let program = Program::migrated();
    let log = program.path().join("stderr.log");
    let to = Stdio::from(std::fs::File::create(&log).unwrap());
    let server = program.serve_with(MONDAY, "debug,motcua=trace,platform=trace", to);
    let catalogue = concat!(env!("CARGO_MANIFEST_DIR"), "/data/procedures.jsonl.gz");
    program.good(&["import", "procedures", catalogue]);
    let key = program.key("tiep.nhan", "H49.28", "intake_officer");
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let url = |path: &str| format!("{}{path}", server.url);
    let procedure: Value =
        client.get(url(&format!("/api/v1/procedures/{PROCEDURE}"))).send().await.unwrap().json().await.unwrap();
    let mut body = crate::contract::body_of(&procedure, PROCEDURE, "H49.101");
    body["applicant"] = json!({
        "kind": "citizen", "name": "Hoàng Chim Yến", "identity": "022088012399", "phone": "0987123654",
        "email": "chim.yen@example.vn", "address": "Số 77 ngõ Hoàng Yến",
    });
    let open = |once: &'static str, body: Value| {
        client.post(url("/api/v1/dossiers")).bearer_auth(&key).header("Idempotency-Key", once).json(&body).send()
    };
    let opened = open("a", body.clone()).await.unwrap();
    assert_eq!(opened.status(), 201, "{}", opened.text().await.unwrap());
    let code = opened.json::<Value>().await.unwrap()["code"].as_str().unwrap().to_owned();
    body["applicant"]["identity"] = json!("022088012399x");
    assert_eq!(open("b", body).await.unwrap().status(), 422);
    let form = |pairs: &[(&str, &str)]| serde_urlencoded::to_string(pairs).unwrap();
    let post = |path: &str, body: String| {
        client.post(url(path)).header("content-type", "application/x-www-form-urlencoded").body(body).send()
    };
    assert_eq!(post(&format!("/tra-cuu/{code}"), form(&[("so_cuoi", "0000")])).await.unwrap().status(), 422);
    assert_eq!(post(&format!("/tra-cuu/{code}"), form(&[("so_cuoi", "3654")])).await.unwrap().status(), 303);
    let wrong = form(&[("login", "tiep.nhan"), ("password", "con chim yến lạ")]);
    assert_eq!(post("/dang-nhap", wrong).await.unwrap().status(), 422);
    let right = post("/dang-nhap", form(&[("login", "tiep.nhan"), ("password", "bốn con ngựa trắng")])).await.unwrap();
    let session = right.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    for path in [format!("/can-bo/ho-so/{code}"), "/can-bo/tim?q=022088012399".to_owned(), "/can-bo".to_owned()] {
        let answer = client.get(url(&path)).header("cookie", &session).send().await.unwrap();
        assert!(answer.status().as_u16() < 400, "{path}: {}", answer.status());
    }
    client.post(format!("{}/test/settle", server.admin_url)).json(&json!({})).send().await.unwrap();
    assert_eq!(server.stop(), Some(0));
    let written = std::fs::read_to_string(&log).unwrap();
    assert!(written.contains("stopping"), "the log was written: {written}");
    let token = session.split_once('=').unwrap().1;
    for personal in
        ["Chim Yến", "022088012399", "0987123654", "chim.yen", "Hoàng Yến", "chim yến", "ngựa trắng", &key, token]
    {
        let at = written.lines().find(|line| line.contains(personal));
        assert!(at.is_none(), "{personal}: {at:?}");
    }
}
