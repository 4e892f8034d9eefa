//! FLW-07: a work list by API says of each dossier what the dossier says alone, also from memory.

use crate::{lifecycle::Case, world::World};
use platform::db::{params, sql};
use serde_json::{Value, json};

async fn list(c: &Case, who: &str) -> Vec<Value> {
    let list = c.w.get("/api/v1/inbox").bearer(&c.keys[who]).send().await.expect(200).json();
    list["items"].as_array().unwrap().clone()
}

/// The list, asked for twice, against the dossiers one by one.
async fn is_true(c: &Case, who: &str) -> Vec<Value> {
    let items = list(c, who).await;
    for item in &items {
        let path = format!("/api/v1/dossiers/{}", item["code"].as_str().unwrap());
        assert_eq!(*item, c.w.get(&path).bearer(&c.keys[who]).send().await.expect(200).json(), "{who}");
    }
    assert_eq!(list(c, who).await, items, "from memory");
    items
}

async fn a_list_says_what_the_dossiers_say(w: World) {
    let mut c = Case::in_appraisal(w).await;
    let first = c.code.clone();
    c.open(&c.body.clone()).await;
    c.does("head", "assignments", json!({"to": {"officer": "specialist"}})).await;
    assert_eq!(is_true(&c, "specialist").await.len(), 2);

    // Nobody reads another's steps: what is kept of a line is the same for both, what comes next is not.
    c.open(&c.body.clone()).await;
    let of_head = is_true(&c, "head").await;
    assert_eq!((of_head.len(), &of_head[0]["next"][0]), (1, &json!("assignments")));
    c.does("head", "assignments", json!({"to": {"officer": "specialist"}})).await;
    assert_eq!(list(&c, "head").await, [Value::Null; 0]);

    // A step is seen at once, though words with the mark of the place may stand in it.
    let words = r#"Chờ "next":["nothing"] của tòa."#;
    let until = json!({"reason": words, "until": "2025-10-20"});
    c.does("specialist", "suspensions", until).await;
    let items = is_true(&c, "specialist").await;
    assert_eq!(items.iter().filter(|i| i["status"] == "suspended").count(), 1);
    c.code = first;
    c.last = items.iter().find(|i| i["code"] == c.code.as_str()).unwrap().clone();
    let lacking = json!({"items": [{"problem": "incomplete", "note": words}], "reason": "Chưa rõ."});
    c.does("specialist", "supplement_requests", lacking).await;
    let items = is_true(&c, "specialist").await;
    let asked = items.iter().find(|i| i["code"] == c.code.as_str()).unwrap();
    assert_eq!(asked["request"]["items"][0]["note"], words);

    // The time passes: what may be done next follows the moment.
    c.w.at("2025-12-29T09:00:00+07:00");
    assert_eq!(is_true(&c, "specialist").await.len(), 3);

    // Somebody gets another login: no dossier has changed, and each line says the new one.
    let renamed = sql!("UPDATE officers SET login = 'specialist.moi' WHERE login = 'specialist'");
    let change = c.w.app.db.unit(move |unit| {
        unit.execute(renamed, params![])?;
        motcua::settings::bump_reference(unit)
    });
    change.await.unwrap();
    c.w.app.refresh().await.unwrap();
    let items = is_true(&c, "specialist").await;
    assert_eq!(items.iter().filter(|i| i["holder"]["officer"] == "specialist.moi").count(), 3, "{items:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_07_a_list_by_api_says_what_each_dossier_says_on_sqlite() {
    a_list_says_what_the_dossiers_say(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_07_a_list_by_api_says_what_each_dossier_says_on_postgresql() {
    a_list_says_what_the_dossiers_say(World::postgres()).await;
}
