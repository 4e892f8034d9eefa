//! To which fields a counter and an officer are bound (ADM-02, STF-01): by pages, by import, and what follows at the counter.

use crate::{
    desk::{Desk, PROCEDURE, desk, pairs},
    lifecycle::Case,
    people::run,
    world::World,
};
use domain::{
    accounts::{Fields, Role},
    people::Officer,
};
use motcua::people::What;
use serde_json::json;

/// A procedure of another field than that of the desk; its name has a comma.
const OTHER: &str = "1.004194";

fn field_of(w: &World, procedure: &str) -> String {
    w.app.reference().procedure(procedure).unwrap().field.clone()
}

async fn hall() -> (Desk, String) {
    let d = desk().await;
    d.w.procedures(&[OTHER]).await;
    let top = d.w.officer("quan.tri", "H49.28", &[Role::TopAdmin]).await;
    let session = d.w.sign_in(&top).await;
    (d, session)
}

/// What a counter of the main centre takes in.
fn counter(w: &World, number: u16) -> Option<Fields> {
    let reference = w.app.reference();
    let centre = reference.main_centre().unwrap().id;
    reference.counters.iter().find(|k| k.centre == centre && k.number == number).map(|k| k.fields.clone())
}

/// Binds a counter of the main centre by the administration's page.
async fn bind(d: &Desk, session: &str, number: &str, fields: &str) {
    let code = d.w.app.reference().main_centre().unwrap().code.clone();
    let form = [("act", "counter"), ("number", number), ("counter_name", "Quầy thử"), ("fields", fields)];
    let path = format!("/can-bo/quan-tri/trung-tam/{code}");
    d.w.post(&path).cookie(session).form(&form).send().await.expect(303);
}

/// Puts an officer at a counter, with these fields, by the administration's page.
async fn place(d: &Desk, session: &str, officer: domain::id::Id<Officer>, counter: &str, fields: &str) -> u16 {
    let o = d.w.app.reference().officer(officer).unwrap().clone();
    let reference = d.w.app.reference();
    let agency = reference.agency(o.who.agency).unwrap().identifier.clone();
    let version = {
        let id = o.id;
        let card = d.w.app.db.read_blocking(move |q| motcua::people::store::officer_card(q, id)).unwrap().unwrap();
        card.version.to_string()
    };
    let form = [
        ("act", "save"),
        ("version", version.as_str()),
        ("name", o.name.as_str()),
        ("agency", agency.as_str()),
        ("unit", "main"),
        ("roles", o.who.roles[0].as_str()),
        ("counter", counter),
        ("fields", fields),
    ];
    let path = format!("/can-bo/quan-tri/can-bo/{officer}");
    d.w.post(&path).cookie(session).form(&form).send().await.status.as_u16()
}

/// ADM-02: the search shows what this counter takes in first and says where the rest is; what is not its own it refuses, and the
/// neighbour takes it.
#[tokio::test(flavor = "multi_thread")]
async fn adm_02_a_counter_takes_in_its_fields_and_says_which_counter_takes_the_others() {
    let (d, session) = hall().await;
    let (own, other) = (field_of(&d.w, PROCEDURE), field_of(&d.w, OTHER));
    assert_ne!(own, other);
    bind(&d, &session, "7", &other).await;
    bind(&d, &session, "8", &own.to_uppercase()).await;
    assert_eq!(counter(&d.w, 8), Some(Fields::named([&own])), "as the catalogue writes it");
    let lan = d.w.app.reference().officers().find(|o| o.login == "lan").unwrap().id;
    assert_eq!(place(&d, &session, lan, "7", "").await, 303);
    let intake = d.w.sign_in(&d.w.app.reference().officer(lan).unwrap().who.clone()).await;

    let found = d.page(&intake, "/can-bo/tiep-nhan").await.expect(200);
    let at = |code: &str| found.text().find(&format!("/can-bo/tiep-nhan/{code}")).unwrap();
    assert!(at(OTHER) < at(PROCEDURE), "what is taken in here comes first");
    assert!(found.text().contains("Quầy 8 nhận lĩnh vực này"), "the one that names it: {}", found.text());
    let page = d.page(&intake, &format!("/can-bo/tiep-nhan/{PROCEDURE}")).await.expect(200);
    assert!(page.text().contains("Quầy này không tiếp nhận lĩnh vực"));
    let form = d.intake_form(&[]).await;
    let call = d.w.post(&format!("/can-bo/tiep-nhan/{PROCEDURE}")).cookie(&intake);
    let refused = crate::desk::multipart(call, &form, &[]).send().await;
    assert!(refused.status.is_client_error() && refused.text().contains("Quầy này không tiếp nhận lĩnh vực"));

    assert_eq!(place(&d, &session, lan, "8", "").await, 303);
    let intake = d.w.sign_in(&d.w.app.reference().officer(lan).unwrap().who.clone()).await;
    let call = d.w.post(&format!("/can-bo/tiep-nhan/{PROCEDURE}")).cookie(&intake);
    crate::desk::multipart(call, &form, &[]).send().await.expect(303);
}

/// ADM-02 by API, and for work that is given: who is in charge of other fields neither takes in nor is given it.
#[tokio::test(flavor = "multi_thread")]
async fn adm_02_by_api_the_field_binds_intake_and_assignment() {
    let mut c = Case::empty(World::sqlite()).await;
    c.w.procedures(&[OTHER]).await;
    let (own, other) = (field_of(&c.w, PROCEDURE), field_of(&c.w, OTHER));
    let body = c.body.clone();
    give(&c.w, "intake", &other).await;
    let call = c.w.post("/api/v1/dossiers").bearer(&c.keys["intake"]).once("f1").json(&body);
    let refused = call.send().await.expect(403).json();
    assert_eq!((refused["rule"].as_str(), refused["code"].as_str()), (Some("ADM-02"), Some("intake.other_field")));
    give(&c.w, "intake", &format!("{other}; {own}")).await;
    c.open(&body).await;
    give(&c.w, "specialist", &other).await;
    let to = json!({"to": {"officer": "specialist"}});
    c.refused("head", "assignments", to.clone(), 409, "ADM-02", "assignment.other_field").await;
    give(&c.w, "specialist", &own).await;
    c.does("head", "assignments", to).await;
    let centres = c.w.get("/api/v1/centres").bearer(&c.keys["intake"]).send().await.expect(200).json();
    let counters: Vec<_> = centres.as_array().unwrap().iter().flat_map(|c| c["counters"].as_array().unwrap()).collect();
    assert!(!counters.is_empty() && counters.iter().all(|k| k["fields"] == json!([])), "{centres}");
}

/// Binds an officer by import, which leaves everything else as it is.
async fn give(w: &World, login: &str, fields: &str) {
    let line = {
        let reference = w.app.reference();
        let o = reference.officers().find(|o| o.login == login).unwrap();
        let agency = &reference.agency(o.who.agency).unwrap().identifier;
        format!(
            "login\tname\tagency\troles\tfields\n{login}\t{}\t{agency}\t{}\t{fields}\n",
            o.name,
            o.who.roles[0].as_str()
        )
    };
    taken(w, What::Officers, &line).await;
}

async fn taken(w: &World, what: What, text: &str) -> motcua::import::Summary {
    let (summary, _) = run(w, what, text, false);
    w.app.refresh().await.unwrap();
    summary
}

/// A field that the catalogue does not have binds nobody: it is refused beside its field, and what was typed stays.
#[tokio::test(flavor = "multi_thread")]
async fn adm_02_an_unknown_field_is_refused_on_the_pages_and_by_import() {
    let (d, session) = hall().await;
    let lan = d.w.app.reference().officers().find(|o| o.login == "lan").unwrap().id;
    assert_eq!(place(&d, &session, lan, "", "Lĩnh vực lạ").await, 422);
    let code = d.w.app.reference().main_centre().unwrap().code.clone();
    let form = pairs(&[("act", "counter"), ("number", "99"), ("counter_name", "Quầy thử"), ("fields", "Lĩnh vực lạ")]);
    let form: Vec<_> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let path = format!("/can-bo/quan-tri/trung-tam/{code}");
    let told = d.w.post(&path).cookie(&session).form(&form).send().await.expect(422);
    assert!(told.text().contains("không có lĩnh vực “Lĩnh vực lạ”") && told.text().contains("Quầy thử"));
    assert_eq!(counter(&d.w, 99), None);

    let own = field_of(&d.w, PROCEDURE);
    let agency =
        d.w.app.reference().agency(d.w.app.reference().main_centre().unwrap().agency).unwrap().identifier.clone();
    let name = d.w.app.reference().main_centre().unwrap().name.clone();
    let row = |fields: &str| {
        format!("code\tname\tagency\tcounters\tcounter_fields\n{code}\t{name}\t{agency}\t21:Quầy mới\t{fields}\n")
    };
    let refused = taken(&d.w, What::Centres, &row("21:Lĩnh vực lạ")).await;
    assert_eq!(refused.refused, 1);
    taken(&d.w, What::Centres, &row(&format!("21:{own};1:{own}|{}", field_of(&d.w, OTHER)))).await;
    let fields = |number: u16| counter(&d.w, number).map(|fields| fields.names().len());
    assert_eq!((fields(21), fields(1)), (Some(1), Some(2)));
}
