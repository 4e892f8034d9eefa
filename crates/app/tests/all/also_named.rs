//! RES-02, INT-10, INT-14: a dossier is found by the card of the owner, by that of the proxy and by the paper that authorises.

use crate::{
    desk::{Desk, PDF, PROCEDURE, desk},
    world::World,
};
use domain::{
    accounts::Role,
    dossier::{Applicant, ApplicantKind, Command, Dossier, People, Proxy},
    id::Id,
};
use motcua::{
    cli,
    dossier::{Order, Target, store::also_named},
};
use platform::db::{params, sql};

const OWNER: &str = "022085001111";
const PROXY: &str = "022085002222";

async fn taken_in_by_proxy(d: &Desk) -> String {
    let form = d
        .intake_form(&[
            ("owner.kind", "citizen"),
            ("owner.name", "Phạm Văn Chủ"),
            ("owner.identity", OWNER),
            ("proxy.kind", "citizen"),
            ("proxy.name", "Vũ Thị Thay"),
            ("proxy.identity", PROXY),
            ("proxy.authorisation", "Giấy ủy quyền số 45/2025/GUQ ngày 01/10/2025"),
        ])
        .await;
    let done = d.send_intake(&form, &[("components.0.files", "don.pdf", PDF)]).await.expect(303);
    let slip = d.page(&d.intake, done.location()).await.expect(200);
    slip.text().split("href=\"/can-bo/ho-so/").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

fn asked(text: &str) -> String {
    format!("/can-bo/tim?{}", serde_urlencoded::to_string([("q", text)]).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn res_02_also_named_the_return_desk_finds_by_the_card_of_whoever_comes_and_by_the_authorisation() {
    let d = desk().await;
    let code = taken_in_by_proxy(&d).await;
    let card = format!("{PROXY}|101234567|Vũ Thị Thay|14031985|Nữ|Tổ 5|25042021");
    for shown in [OWNER, PROXY, card.as_str(), "45/2025/GUQ", "45/2025/guq", "022190004567"] {
        let found = d.page(&d.returns, &asked(shown)).await.expect(303);
        assert_eq!(found.location(), format!("/can-bo/ho-so/{code}"), "{shown}");
        let elsewhere = d.page(&d.stranger, &asked(shown)).await.expect(200);
        assert!(!elsewhere.text().contains(&code), "out of scope is not there: {shown}");
    }
    let date = d.page(&d.returns, &asked("01/10/2025")).await.expect(200);
    assert!(!date.text().contains(&code), "a day is no number of a paper");
}

#[tokio::test(flavor = "multi_thread")]
async fn int_14_also_named_the_owners_earlier_papers_are_offered_and_the_proxy_gets_nobody_elses() {
    let d = desk().await;
    taken_in_by_proxy(&d).await;
    let known = |number: &'static str| {
        let call = d.w.post(&format!("/can-bo/tiep-nhan/{PROCEDURE}/nguoi")).cookie(&d.intake).form(&[("so", number)]);
        async move { call.send().await.expect(200) }
    };
    assert!(known(OWNER).await.text().contains("don.pdf"), "what was handed in for the owner is the owner's");
    assert!(!known(PROXY).await.text().contains("don.pdf"), "what somebody handed in for another is not theirs");
}

fn people() -> People {
    let person = |name: &str, number: &str| Applicant {
        kind: ApplicantKind::Citizen,
        name: name.into(),
        identity: Some(number.into()),
        phone: None,
        email: None,
        address: None,
    };
    let proxy =
        Proxy { person: person("Vũ Thị Thay", PROXY), authorisation: "Giấy ủy quyền số 7/GUQ".into() };
    People {
        applicant: person("Nguyễn Thị Mẫu", "022099012345"),
        owner: Some(person("Phạm Văn Chủ", OWNER)),
        proxy: Some(proxy),
        form: serde_json::Value::Null,
    }
}

/// A data base from before the table was: `migrate` fills it in, once, and takes it away with the people.
async fn filled_by_migrate(world: &World) {
    world.procedures(&[PROCEDURE]).await;
    let who = world.officer("tiep.nhan", "H49.28", &[Role::IntakeOfficer]).await;
    let command = Command::TakeIn { intake: world.intake(&who, PROCEDURE), received_at: None, fees: None };
    let done = world.order(&who, Order { target: Target::New(Box::new(people())), command }).await.unwrap();
    let expected = [("authorisation", "7 guq"), ("owner", OWNER), ("proxy", PROXY)];
    let expected: Vec<_> = expected.map(|(a, n)| (a.to_owned(), n.to_owned())).into();
    assert_eq!(kept(world, done.id), expected);
    let emptied = move |unit: &mut platform::db::Unit| {
        unit.execute(sql!("DELETE FROM settings WHERE name = 'dossier_also_named'"), params![])?;
        unit.execute(sql!("DELETE FROM dossier_also_named WHERE number <> '-'"), params![])
    };
    assert_eq!(world.app.db.unit(emptied).await.unwrap(), 3);
    for _ in 0..2 {
        let chosen = cli::embedded("quang-ninh").unwrap();
        cli::prepare(&world.app.db, &chosen, &world.app.machine, &world.app.random).unwrap();
        assert_eq!(kept(world, done.id), expected);
    }
    let id = done.id.raw();
    let erased = move |unit: &mut platform::db::Unit| {
        unit.execute(sql!("DELETE FROM dossier_people WHERE dossier_id = $1"), params![id])
    };
    world.app.db.unit(erased).await.unwrap();
    assert_eq!(kept(world, done.id), []);
}

fn kept(world: &World, id: Id<Dossier>) -> Vec<(String, String)> {
    world.app.db.read_blocking(move |q| also_named::of(q, id)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn res_02_also_named_migrate_fills_in_what_was_there_before_on_sqlite() {
    filled_by_migrate(&World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn res_02_also_named_migrate_fills_in_what_was_there_before_on_postgresql() {
    filled_by_migrate(&World::postgres()).await;
}
