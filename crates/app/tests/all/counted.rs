//! What the counter writes down of papers, and where it sends what belongs elsewhere: forms 01 and 03 print it.

use crate::{
    desk::{Desk, PROCEDURE, desk, hidden, pdf_text},
    lifecycle::Case,
    slips::newest,
    world::World,
};
use documents::Form;
use domain::{catalogue::ProcedureVersion, dossier::ReceivedComponent, id::Id};
use motcua::{
    dossier::store::{self, Key},
    worker,
};
use platform::db::Reader;
use serde_json::json;

fn papers(w: &World, code: &str) -> Vec<ReceivedComponent> {
    let key = Key::parse(code).unwrap();
    let read = move |q: &mut Reader| store::find(q, &domain::accounts::Scope::Province, &key);
    w.app.db.read_blocking(read).unwrap().unwrap().state.intake.components
}

fn id_of(w: &World, code: &str) -> Id<domain::dossier::Dossier> {
    let key = Key::parse(code).unwrap();
    let read = move |q: &mut Reader| store::find(q, &domain::accounts::Scope::Province, &key);
    w.app.db.read_blocking(read).unwrap().unwrap().id
}

/// The procedure of the desk, with this change to its published version.
async fn changed(d: &Desk, change: impl FnOnce(&mut ProcedureVersion)) {
    let (app, id) = (d.w.app.clone(), d.w.app.reference().procedure(PROCEDURE).unwrap().version);
    let mut version = d.w.app.db.read_blocking(move |q| app.versions.get(q, id)).unwrap().procedure.clone();
    change(&mut version);
    d.w.put_in_force(&version).await;
}

async fn taken_in(d: &Desk, change: &[(&str, &str)]) -> String {
    let form = d.intake_form(change).await;
    let done = d.send_intake(&form, &[]).await.expect(303);
    let slip = d.page(&d.intake, done.location()).await.expect(200);
    let at = slip.text().find("/can-bo/ho-so/").unwrap() + "/can-bo/ho-so/".len();
    slip.text()[at..].split('"').next().unwrap().to_owned()
}

/// INT-02, INT-03: the tick and one figure say that the copy is a certified one; form 01 has its column.
#[tokio::test(flavor = "multi_thread")]
async fn int_02_a_certified_copy_is_one_figure_at_the_counter_and_a_column_of_form_01() {
    let d = desk().await;
    changed(&d, |v| {
        let paper = &mut v.variants[0].components[0];
        (paper.originals, paper.copies) = (1, 2);
    })
    .await;
    let wrong = d.intake_form(&[("components.0.certified", "ba"), ("components.0.originals", "1000")]).await;
    let page = d.send_intake(&wrong, &[]).await.expect(422);
    assert!(page.text().contains("Số bản là số") && page.text().contains("value=\"ba\""));
    assert!(page.text().contains("id=\"components.0.certified-error\""), "beside its field");

    let usual = taken_in(&d, &[]).await;
    let counts = |c: &ReceivedComponent| (c.originals, c.certified, c.copies);
    assert_eq!(counts(&papers(&d.w, &usual)[0]), (1, 0, 2), "the tick alone is as the catalogue asks");
    for (typed, kept) in [("1", (1, 1, 1)), ("2", (1, 2, 0)), ("3", (0, 3, 0))] {
        let code = taken_in(&d, &[("components.0.certified", typed)]).await;
        assert_eq!(counts(&papers(&d.w, &code)[0]), kept, "it stands in the place of a copy, then of the original");
    }
    let code = taken_in(&d, &[("components.0.certified", "2"), ("components.0.copies", "4")]).await;
    assert_eq!(counts(&papers(&d.w, &code)[0]), (1, 2, 4), "what is typed stands");
    let Form::Receipt(receipt) = newest(&d.w, id_of(&d.w, &code)) else { panic!("a receipt") };
    let first = &receipt.components[0];
    assert_eq!((first.originals, first.certified, first.copies), (1, 2, 4));
    let page = d.page(&d.intake, &format!("/can-bo/ho-so/{code}")).await.expect(200);
    assert!(page.text().contains("1 bản chính, 2 bản chứng thực, 4 bản sao"));
    let english = d.w.get(&format!("/can-bo/ho-so/{code}")).cookie(&format!("{}; lang=en", d.intake)).send().await;
    assert!(english.text().contains("originals: 1, certified copies: 2, copies: 4"));
}

/// INT-02, INT-04: who never heard of certified copies sends what it always sent; a supplement adds to its kind.
#[tokio::test(flavor = "multi_thread")]
async fn int_02_by_api_certified_copies_are_none_until_said_and_a_supplement_adds_to_them() {
    let mut c = Case::empty(World::sqlite()).await;
    let mut body = c.body.clone();
    for (field, value) in [("certified", json!(1000)), ("certified", json!(-1)), ("certfied", json!(1))] {
        let mut wrong = body.clone();
        wrong["components"][0][field] = value;
        c.w.post("/api/v1/dossiers").bearer(&c.keys["intake"]).once(field).json(&wrong).send().await.expect(422);
    }
    body["components"][0]["certified"] = json!(2);
    c.open(&body).await;
    let kept = papers(&c.w, &c.code);
    assert_eq!((kept[0].certified, kept[1..].iter().map(|p| p.certified).sum::<u32>()), (2, 0));
    c.does("head", "assignments", json!({"to": {"officer": "specialist"}})).await;
    c.does("specialist", "supplement_requests", c.list()).await;
    let only = json!({"components": [{"id": c.paper(), "certified": 1}]});
    c.does("intake", "supplements", only).await;
    let now = &papers(&c.w, &c.code)[0];
    assert_eq!((now.originals, now.certified, now.copies), (kept[0].originals, 3, kept[0].copies));
}

/// INT-05: the slip names the competent agency on a line of its own; the counter finds what the catalogue says already there.
#[tokio::test(flavor = "multi_thread")]
async fn int_05_form_03_says_where_to_go_instead() {
    let d = desk().await;
    let path = format!("/can-bo/tiep-nhan/{PROCEDURE}");
    let page = d.page(&d.intake, &path).await.expect(200);
    assert_eq!(hidden(&page, "directions"), "", "nothing is known of another place");
    let plain = refused_slip(&d, &[]).await;
    assert_eq!(plain.directions, None);
    changed(&d, |v| v.flags.handled_elsewhere = Some("Công an tỉnh, 25/4 Hạ Long".into())).await;
    let page = d.page(&d.intake, &path).await.expect(200);
    assert_eq!(hidden(&page, "directions"), "Công an tỉnh, 25/4 Hạ Long");
    let slip = refused_slip(&d, &[("directions", "Bộ Công an, 47 Phạm Văn Đồng, Hà Nội")]).await;
    assert_eq!(slip.directions.as_deref(), Some("Bộ Công an, 47 Phạm Văn Đồng, Hà Nội"));
    assert_eq!(slip.reasons, ["Không thuộc thẩm quyền."], "the reason stays the reason");
    let printed = documents::render(&Form::Refusal(Box::new(slip)), documents::Paper::A4).unwrap();
    let text = pdf_text(&printed);
    assert!(text.contains("nộp hồ sơ tại: Bộ Công an, 47 Phạm Văn Đồng, Hà Nội"), "{text}");
}

/// Turns somebody away at the counter and reads the slip.
async fn refused_slip(d: &Desk, typed: &[(&str, &str)]) -> documents::Refusal {
    let refuses = [("act", "refuse"), ("reason", "Không thuộc thẩm quyền.")];
    let form = d.intake_form(&[typed, &refuses].concat()).await;
    let done = d.send_intake(&form, &[]).await.expect(303);
    let slip: i64 = done.location().trim_start_matches("/can-bo/phieu/").split('?').next().unwrap().parse().unwrap();
    let read = move |q: &mut Reader| store::slip(q, Id::new(slip));
    let kept = d.w.app.db.read_blocking(read).unwrap().unwrap();
    match serde_json::from_str(&kept.data).unwrap() {
        Form::Refusal(slip) => *slip,
        other => panic!("{other:?}"),
    }
}

/// INT-05, CLK-10: after acceptance and by API the same; the citizen hears of it, too.
#[tokio::test(flavor = "multi_thread")]
async fn int_05_directions_by_page_and_by_api_reach_the_slip_the_history_and_the_notice() {
    let mut c = Case::in_appraisal(World::sqlite()).await;
    let refusal = json!({"reason": "Không thuộc thẩm quyền.", "directions": "Sở Tư pháp,\n 2 Lê Quý Đôn"});
    c.does("specialist", "refusals", refusal).await;
    let id = id_of(&c.w, &c.code);
    let Form::Refusal(slip) = newest(&c.w, id) else { panic!("a refusal") };
    assert_eq!(slip.directions.as_deref(), Some("Sở Tư pháp, 2 Lê Quý Đôn"), "one line");
    let events = c.w.app.db.read_blocking(move |q| store::events(q, id, 0)).unwrap();
    assert!(events.iter().any(|e| e.body.contains(r#""directions":"Sở Tư pháp, 2 Lê Quý Đôn""#)));
    worker::outbox(&c.w.app).await.unwrap();
    let page = format!("/tra-cuu/{}", c.code);
    let right = c.w.post(&page).form(&[("so_cuoi", "5678")]).send().await.expect(303);
    let cookie = right.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let own = c.w.get(&page).cookie(&cookie).send().await.expect(200);
    assert!(own.text().contains("Xin nộp tại: Sở Tư pháp, 2 Lê Quý Đôn"), "{}", own.text());
}
