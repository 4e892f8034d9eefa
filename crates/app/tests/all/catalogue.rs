//! CAT: the catalogue as citizens and systems see it.

use crate::world::World;
use motcua::{
    catalogue::{embedded, import_procedures, import_with},
    import::{Fate, Job, Line, Summary},
};

fn import(world: &World, name: &str, bytes: &[u8], dry_run: bool) -> (Summary, Vec<Line>) {
    let mut lines = Vec::new();
    let mut on_line = |line: Line, _: usize| lines.push(line);
    let summary = import_procedures(&world.app, Job { name, bytes, dry_run, on_line: &mut on_line }).unwrap();
    (summary, lines)
}

fn row(name: &str) -> String {
    serde_json::json!({ "code": "1.000080", "name": name, "isWard": true }).to_string()
}

#[tokio::test]
async fn cat_02_the_carried_catalogue_is_taken_once_and_a_second_import_changes_nothing() {
    let world = World::sqlite();
    let (dry, _) = import(&world, "procedures.jsonl.gz", embedded(), true);
    let (first, lines) = import(&world, "procedures.jsonl.gz", embedded(), false);
    assert_eq!(dry, first);
    assert_eq!(first.taken + first.mended, 260);
    assert_eq!(lines.len(), 260);
    let (second, _) = import(&world, "procedures.jsonl.gz", embedded(), false);
    assert_eq!(second, Summary { unchanged: 260, ..Summary::default() });
    world.app.refresh().await.unwrap();
    let found = world.get("/api/v1/procedures?q=khai%20sinh").send().await.expect(200).json();
    assert!(found["items"][0]["name"].as_str().unwrap().contains("khai sinh"));
    let page = world.get("/thu-tuc?q=dang%20ky%20ket%20hon").send().await.expect(200);
    assert!(page.text().contains("kết hôn"));
}

#[tokio::test]
async fn cat_02_a_changed_row_is_a_new_version_and_an_older_one_does_not_come_back_unasked() {
    let world = World::sqlite();
    import(&world, "a.jsonl", row("Tên cũ").as_bytes(), false);
    world.app.refresh().await.unwrap();
    let old = world.app.reference().procedure("1.000080").unwrap().version;
    let changed = format!("[{}]", row("Tên mới"));
    let (summary, _) = import(&world, "b.json", changed.as_bytes(), false);
    assert_eq!(summary, Summary { changed: 1, ..Summary::default() }, "it waits until somebody agrees");
    world.app.refresh().await.unwrap();
    assert_eq!(world.app.reference().procedure("1.000080").unwrap().name, "Tên cũ");
    let job = Job { name: "b.json", bytes: changed.as_bytes(), dry_run: false, on_line: &mut |_, _| {} };
    import_with(&world.app, job, true).unwrap();
    world.app.refresh().await.unwrap();
    let new = world.app.reference().procedure("1.000080").unwrap().clone();
    assert_ne!(new.version, old);
    assert_eq!(new.name, "Tên mới");
    let (_, lines) = import(&world, "a.jsonl", row("Tên cũ").as_bytes(), false);
    assert!(matches!(lines[0].fate, Fate::Changed { .. }));
}

#[tokio::test]
async fn cat_02_a_broken_row_is_refused_with_its_place_and_the_others_are_taken() {
    let world = World::sqlite();
    let text = format!("{{\"code\":\n{}\n{{\"code\":\"x\",\"name\":\"y\"}}\n", row("Đúng"));
    let (summary, lines) = import(&world, "a.jsonl", text.as_bytes(), false);
    assert_eq!((summary.refused, summary.taken + summary.mended), (2, 1));
    assert_eq!(lines.iter().map(|l| l.row).collect::<Vec<_>>(), [1, 2, 3]);
}

#[tokio::test]
async fn cat_01_a_procedure_is_told_with_all_its_facts_on_the_page_and_by_api() {
    let world = World::sqlite();
    world.procedures(&["1.000689"]).await;
    let api = world.get("/api/v1/procedures/1.000689").send().await.expect(200).json();
    let component = &api["variants"][0]["components"][0];
    assert!(!component["id"].as_str().unwrap().is_empty());
    assert!(api["ways"][0]["limit"]["kind"].is_string());
    assert!(api["version"].is_string());
    let page = world.get("/thu-tuc/1.000689").send().await.expect(200);
    for word in [component["name"].as_str().unwrap(), "Căn cứ pháp lý", "Cách nộp", "Nộp ở đâu"] {
        assert!(page.text().contains(&askama_escaped(word)), "{word}");
    }
    world.get("/thu-tuc/9.999999").send().await.expect(404);
    world.get("/api/v1/procedures/9.999999").send().await.expect(404);
}

fn askama_escaped(text: &str) -> String {
    text.replace('&', "&#38;").replace('"', "&#34;").replace('\'', "&#39;").replace('<', "&#60;").replace('>', "&#62;")
}

#[tokio::test]
async fn cat_01_lists_are_paged_and_filtered_and_strange_questions_do_no_harm() {
    let world = World::sqlite();
    import(&world, "procedures.jsonl.gz", embedded(), false);
    world.app.refresh().await.unwrap();
    let first = world.get("/api/v1/procedures").send().await.expect(200).json();
    let after = first["after"].as_str().unwrap();
    let second = world.get(&format!("/api/v1/procedures?after={after}")).send().await.expect(200).json();
    assert_eq!(first["items"].as_array().unwrap().len(), 50);
    assert!(second["items"][0]["code"].as_str().unwrap() > after);
    for path in
        ["/", "/thu-tuc?trang=2", "/thu-tuc?cap=commune", "/thu-tuc?trang=abc&cap=x&q=%00%FF", "/thu-tuc?q=zzzz"]
    {
        world.get(path).send().await.expect(200);
    }
    let english = world.get("/").cookie("lang=en").send().await.expect(200);
    assert!(english.text().contains("What do you need to do?"));
}
