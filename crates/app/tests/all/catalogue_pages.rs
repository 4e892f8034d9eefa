//! CAT-01, CAT-02: lists of the catalogue's administration that go on on another page.

use crate::{
    call::Answer,
    catalogue_admin::{PAGE, keeper},
    catalogue_import::{answer, file, import},
    world::World,
};

/// CAT-01, CAT-02: what does not fit on a page stands on the next one, hits of a search and the history of a procedure alike.
#[tokio::test]
async fn cat_01_long_searches_and_long_histories_go_on_on_another_page() {
    let w = World::sqlite();
    let (who, session) = keeper(&w).await;
    let rows: Vec<_> = (0..60).map(|n| answer(&format!("1.{:06}", 80 + n), &format!("Thủ tục thử {n}"), 5)).collect();
    import(&w, "a.jsonl", &file(&rows));
    w.app.refresh().await.unwrap();
    let next = |page: &Answer| {
        let link = page.text().split("rel=\"next\" href=\"").nth(1)?;
        Some(link.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&"))
    };
    let codes = |page: &Answer| -> Vec<String> {
        let cells = page.text().split("<td class=\"code nowrap\">").skip(1);
        cells.map(|c| c.split('<').next().unwrap().to_owned()).collect()
    };
    for start in [PAGE.to_owned(), format!("{PAGE}?q=thu%20tuc%20thu")] {
        let first = w.get(&start).cookie(&session).send().await.expect(200);
        let second = w.get(&next(&first).unwrap()).cookie(&session).send().await.expect(200);
        let mut all = [codes(&first), codes(&second)].concat();
        assert_eq!((all.len(), next(&second)), (60, None), "{start}");
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 60, "each once: {start}");
    }
    let (app, by) = (w.app.clone(), who.clone());
    let acts = move |unit: &mut platform::db::Unit| {
        (0..60).try_for_each(|n| {
            motcua::accounts::audit(unit, &app, Some(&by), "procedure.draft.save", "1.000080", &format!("lần {n}."))
        })
    };
    w.app.db.unit(acts).await.unwrap();
    let first = w.get(&format!("{PAGE}/1.000080")).cookie(&session).send().await.expect(200);
    assert!(first.text().contains("lần 59.") && first.text().contains("lần 10.") && !first.text().contains("lần 9."));
    let older = next(&first).unwrap();
    let second = w.get(older.split('#').next().unwrap()).cookie(&session).send().await.expect(200);
    assert!(second.text().contains("lần 9.") && second.text().contains("lần 0.") && !second.text().contains("lần 10."));
    assert_eq!(next(&second), None);
}
