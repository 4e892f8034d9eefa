//! STO-03: the register of enterprises and household businesses, built from dossiers (seed 004, II.2.1 and III.3.1b).

use crate::world::World;
use domain::{
    accounts::{Role, Who},
    dossier::{Applicant, ApplicantKind, Command, People},
};
use motcua::{
    accounts::KeyScope,
    dossier::{Order, Target},
    enterprises,
    error::AppError,
    settings,
};
use platform::db::{Query, params, sql};

const PROCEDURE: &str = "1.000080";
const CODE: &str = "5700100256";
const HOUSEHOLD: &str = "022190000011";

fn business(name: &str, number: &str, address: &str) -> People {
    let applicant = Applicant {
        kind: ApplicantKind::Business,
        name: name.into(),
        identity: Some(number.into()),
        phone: Some("02033835678".into()),
        email: Some("vanthu@mau.vn".into()),
        address: Some(address.into()),
    };
    People { applicant, owner: None, proxy: None, form: serde_json::Value::Null }
}

async fn taken_in(w: &World, who: &Who, people: People) -> String {
    let command = Command::TakeIn { intake: w.intake(who, PROCEDURE), received_at: None, fees: None };
    let done = w.order(who, Order { target: Target::New(Box::new(people)), command }).await.unwrap();
    done.state.code.unwrap().to_string()
}

fn count(w: &World) -> i64 {
    let st = sql!("SELECT (SELECT COUNT(*) FROM enterprise_sources) * 100 + (SELECT COUNT(*) FROM enterprise_words)");
    w.app.db.read_blocking(move |q| q.one(st, params![], |r| r.get(0))).unwrap()
}

async fn built_from_dossiers(w: World) {
    w.procedures(&[PROCEDURE]).await;
    let who = w.officer("tiep.nhan", "H49.28", &[Role::IntakeOfficer]).await;
    let session = w.sign_in(&who).await;
    let get = |path: String| {
        let call = w.get(&path).cookie(&session);
        async move { call.send().await.expect(200).text().to_owned() }
    };
    let search = |q: &'static str| {
        let call = w.post("/can-bo/doanh-nghiep").cookie(&session).form(&[("q", q)]);
        async move { call.send().await.expect(200).text().to_owned() }
    };
    assert!(get("/can-bo/doanh-nghiep".into()).await.contains("Chưa có dòng nào"));
    let first = taken_in(&w, &who, business("Công ty cổ phần Xây dựng Mẫu", CODE, "Số 1, phường Hồng Gai")).await;
    let second = taken_in(&w, &who, business("Công ty cổ phần Đầu tư Mẫu", CODE, "Số 9, phường Bãi Cháy")).await;
    taken_in(&w, &who, business("Hộ kinh doanh Lan Anh", HOUSEHOLD, "Chợ Hạ Long")).await;
    taken_in(&w, &who, crate::world::applicant()).await;

    // One line each, as the latest dossier has it; a citizen's dossier tells of none, and a household's number is its owner's.
    let list = get("/can-bo/doanh-nghiep".into()).await;
    assert_eq!(list.matches("class=\"rows-title\"").count(), 2, "{list}");
    assert!(list.contains("Công ty cổ phần Đầu tư Mẫu") && !list.contains("Công ty cổ phần Xây dựng Mẫu"), "{list}");
    assert!(list.contains(&second) && list.contains("•••• 0011") && !list.contains(HOUSEHOLD), "{list}");

    // Found without marks, by an old name, by the beginning of the last word, by the code; not by words that do not meet.
    for q in ["dau tu mau", "xây dựng", "mau dau t", CODE, "57001"] {
        assert!(search(q).await.contains("Đầu tư Mẫu"), "{q}");
    }
    assert!(search(HOUSEHOLD).await.contains("Lan Anh"));
    assert!(search("lan mau").await.contains("Không tìm thấy"));
    let empty = w.post("/can-bo/doanh-nghiep").cookie(&session).form(&[("q", " ")]).send().await.expect(422);
    assert!(empty.text().contains("q-error"), "{}", empty.text());

    // Every entry says from which dossiers it came, and what each said.
    let found = search(CODE).await;
    let link = found.split("href=\"/can-bo/doanh-nghiep/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let one = get(format!("/can-bo/doanh-nghiep/{link}")).await;
    for said in
        [CODE, &first, &second, "Số 9, phường Bãi Cháy", "Khi đó ghi: Công ty cổ phần Xây dựng Mẫu", "vanthu@mau.vn"]
    {
        assert!(one.contains(said), "{said}: {one}");
    }
    // SEC-01: who opened it is written down.
    let looks = sql!("SELECT COUNT(*) FROM person_looks WHERE way = 'register' AND officer_id = $1");
    let officer = who.officer.raw();
    let seen: i64 = w.app.db.read_blocking(move |q| q.one(looks, params![officer], |r| r.get(0))).unwrap();
    assert_eq!(seen, 1);
    w.get("/can-bo/doanh-nghiep/1").cookie(&session).send().await.expect(404);

    // The same by the API, page by page.
    let key = w.key(&who, &[KeyScope::DossierRead]).await;
    let api = |path: String| {
        let call = w.get(&path).bearer(&key);
        async move { call.send().await.expect(200).json() }
    };
    let all = api("/api/v1/enterprises".into()).await;
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
    assert_eq!((&all["items"][0]["kind"], &all["items"][1]["number"]), (&"household".into(), &CODE.into()));
    assert!(!all.to_string().contains(HOUSEHOLD), "{all}");
    let id = all["items"][1]["id"].as_str().unwrap().to_owned();
    let older = api(format!("/api/v1/enterprises?after={}", all["items"][0]["id"].as_str().unwrap())).await;
    assert_eq!(older["items"][0]["id"], id.as_str());
    let by_name = api("/api/v1/enterprises?q=dau%20tu".into()).await;
    assert_eq!(by_name["items"].as_array().unwrap().len(), 1, "{by_name}");
    let body = api(format!("/api/v1/enterprises/{id}")).await;
    assert_eq!((&body["number"], body["sources"].as_array().unwrap().len()), (&CODE.into(), 2));
    assert_eq!(body["sources"][1]["dossier"], first.as_str());
    w.get("/api/v1/enterprises?after=x").bearer(&key).send().await.expect(422);
    let stranger = w.officer_at("tinh.nguyen", "H49.18", &[Role::Volunteer], None).await;
    let no = w.key(&stranger, &[KeyScope::DossierRead]).await;
    w.get("/api/v1/enterprises").bearer(&no).send().await.expect(403);
    w.get("/can-bo/doanh-nghiep").cookie(&w.sign_in(&stranger).await).send().await.expect(403);

    // What was there before the register was is filed by `migrate`, once and the same; what is erased is gone from it.
    let before = count(&w);
    let anew = |unit: &mut platform::db::Unit| {
        unit.execute(sql!("DELETE FROM enterprise_sources"), params![])?;
        Ok::<_, AppError>(settings::set(unit, "enterprises", "0")?)
    };
    w.app.db.unit(anew).await.unwrap();
    assert_eq!(count(&w), 0, "words go with their dossier");
    let db = w.app.db.clone();
    tokio::task::spawn_blocking(move || {
        enterprises::fill(&db).unwrap();
        enterprises::fill(&db).unwrap();
    })
    .await
    .unwrap();
    assert_eq!(count(&w), before);
    let erase = sql!("DELETE FROM dossier_people WHERE dossier_id = (SELECT id FROM dossiers WHERE code = $1)");
    w.app.db.unit(move |unit| Ok::<_, AppError>(unit.execute(erase, params![&second])?)).await.unwrap();
    let list = get("/can-bo/doanh-nghiep".into()).await;
    assert!(list.contains("Công ty cổ phần Xây dựng Mẫu") && !list.contains("Đầu tư Mẫu"), "SEC-03: {list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sto_03_enterprises_are_built_from_dossiers_and_say_from_which_on_sqlite() {
    built_from_dossiers(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sto_03_enterprises_are_built_from_dossiers_and_say_from_which_on_postgresql() {
    built_from_dossiers(World::postgres()).await;
}
