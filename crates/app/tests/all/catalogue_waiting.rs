//! CAT-02: work goes on while a version waits for its day: what is corrected today begins from what is in force today, and nobody
//! takes another version's content back without having been told.

use crate::{
    catalogue_admin::{CODE, PAGE, begin, change, fields, keeper, name_of, post, publish, with},
    catalogue_import::{answer, file, import, newest_batch},
    world::World,
};
use domain::{accounts::Role, catalogue::ProcedureVersion};
use motcua::{catalogue::import::decide_all, import::Fate, schedule::settle};

const NEXT_YEAR: &str = "Tên của năm sau";
const TODAY: &str = "Tên sửa hôm nay";

/// A procedure with a version that waits for 1 January, and a keeper's session.
async fn waiting() -> (World, String) {
    let w = World::sqlite();
    let (_, session) = keeper(&w).await;
    w.procedures(&[CODE]).await;
    begin(&w, &session, CODE).await;
    change(&w, &session, "sua", "name", NEXT_YEAR).await.expect(303);
    publish(&w, &session, CODE, "amended", "01/01/2026").await.expect(303);
    (w, session)
}

/// Publishes the draft from a day, with further answers of the form.
async fn publish_with(w: &World, session: &str, from: &str, more: &[(&str, &str)]) -> crate::call::Answer {
    let path = format!("{PAGE}/{CODE}/cong-bo");
    let mut all = fields(&w.get(&path).cookie(session).send().await.expect(200));
    let decision =
        [("number", "78/QĐ-UBND"), ("issuer", "Chủ tịch UBND tỉnh"), ("kind", "amended"), ("effective_from", from)];
    for (name, value) in decision.iter().chain(more) {
        all = with(all, name, value);
    }
    post(w, session, &path, &all).send().await
}

async fn draft_name(w: &World, session: &str) -> String {
    let page = w.get(&format!("{PAGE}/{CODE}/sua")).cookie(session).send().await.expect(200);
    fields(&page).into_iter().find(|(name, _)| name == "name").unwrap().1
}

#[tokio::test]
async fn cat_02_a_correction_begins_from_the_version_in_force_and_says_until_when_it_holds() {
    let (w, session) = waiting().await;
    begin(&w, &session, CODE).await;
    assert_eq!(draft_name(&w, &session).await, name_of(&w), "not January's content");
    change(&w, &session, "sua", "name", TODAY).await.expect(303);
    let warned = publish_with(&w, &session, "06/10/2025", &[]).await.expect(422);
    assert!(warned.text().contains("Có phiên bản khác đang chờ ngày hiệu lực") && warned.text().contains("next-error"));
    assert!(warned.text().contains("có hiệu lực từ 01/01/2026"));
    let done = publish_with(&w, &session, "06/10/2025", &[("next", "until")]).await.expect(303);
    assert!(done.location().ends_with("?xong=cong-bo"));
    assert_eq!(name_of(&w), TODAY);
    w.at("2026-01-01T00:00");
    settle(&w.app).await.unwrap();
    assert_eq!(name_of(&w), NEXT_YEAR);
}

#[tokio::test]
async fn cat_02_the_waiting_version_is_edited_next_so_that_the_change_is_kept() {
    let (w, session) = waiting().await;
    begin(&w, &session, CODE).await;
    change(&w, &session, "sua", "name", TODAY).await.expect(303);
    let done = publish_with(&w, &session, "06/10/2025", &[("next", "edit")]).await.expect(303);
    assert!(done.location().ends_with("/sua?xong=cong-bo"));
    assert_eq!(draft_name(&w, &session).await, NEXT_YEAR);
    change(&w, &session, "sua", "name", "Cả hai").await.expect(303);
    let page = w.get(&format!("{PAGE}/{CODE}/cong-bo")).cookie(&session).send().await.expect(200);
    assert!(page.text().contains("value=\"01/01/2026\""), "from the waiting version's own day");
    assert!(!page.text().contains("đang chờ ngày hiệu lực"));
    publish_with(&w, &session, "01/01/2026", &[]).await.expect(303);
    assert_eq!(name_of(&w), TODAY);
    w.at("2026-01-01T00:00");
    settle(&w.app).await.unwrap();
    assert_eq!(name_of(&w), "Cả hai");
}

#[tokio::test]
async fn cat_02_nobody_takes_back_what_a_version_unknown_to_the_draft_says_without_a_word() {
    let (w, session) = waiting().await;
    begin(&w, &session, CODE).await;
    change(&w, &session, "sua", "name", TODAY).await.expect(303);
    let warned = publish_with(&w, &session, "02/01/2026", &[]).await.expect(422);
    assert!(warned.text().contains("over-error") && warned.text().contains("hiệu lực từ 01/01/2026"));
    assert!(
        warned.text().contains(&format!("<td>{NEXT_YEAR}</td><td>{TODAY}</td>")),
        "the differences are from that one"
    );
    let over = warned.text().split("name=\"over\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    publish_with(&w, &session, "02/01/2026", &[("over", "1")]).await.expect(422);
    publish_with(&w, &session, "02/01/2026", &[("over", &over)]).await.expect(303);
    w.at("2026-01-02T00:00");
    settle(&w.app).await.unwrap();
    assert_eq!(name_of(&w), TODAY);
}

#[tokio::test]
async fn cat_02_the_waiting_version_is_opened_from_the_card_and_another_procedures_is_not() {
    let (w, session) = waiting().await;
    let card = w.get(&format!("{PAGE}/{CODE}")).cookie(&session).send().await.expect(200);
    assert!(card.text().contains("Sửa phiên bản chờ hiệu lực từ 01/01/2026"));
    let of = card.text().split("value=\"begin:").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let path = |code: &str| format!("{PAGE}/{code}/ban-nhap");
    let act = format!("begin:{of}");
    w.post(&path("1.000080")).cookie(&session).form(&[("act", &*act)]).send().await.expect(404);
    w.post(&path(CODE)).cookie(&session).form(&[("act", &*act)]).send().await.expect(303);
    assert_eq!(draft_name(&w, &session).await, NEXT_YEAR);
}

/// An import compares with what governs on the row's first day, not with what waits for a later one.
#[tokio::test]
async fn cat_02_an_import_for_today_is_compared_with_the_version_in_force_and_says_until_when_it_holds() {
    let w = World::sqlite();
    import(&w, "a.jsonl", &file(&[answer(CODE, "Khai sinh", 5)]));
    w.app.refresh().await.unwrap();
    let held = w.app.reference().procedure(CODE).unwrap().version;
    let app = w.app.clone();
    let governing = w.app.db.read_blocking(move |q| app.versions.get(q, held)).unwrap();
    let mut next = ProcedureVersion { name: NEXT_YEAR.into(), ..governing.procedure.clone() };
    next.publication.effective_from = Some("2026-01-01".parse().unwrap());
    w.put_in_force(&next).await;
    let (summary, lines) = import(&w, "b.jsonl", &file(&[answer(CODE, "Khai sinh", 3)]));
    assert_eq!(summary.changed, 1, "{lines:?}");
    let Fate::Changed { what } = &lines[0].fate else { panic!("{lines:?}") };
    assert!(what.iter().any(|line| line.contains("chỉ có hiệu lực đến ngày 01/01/2026")), "{what:?}");
    assert!(!what.iter().any(|line| line.contains(NEXT_YEAR)), "{what:?}");
    // Agreed to, it holds from today until then.
    let who = w.officer("ks.khac", "H49.28", &[Role::ProcedureControl]).await;
    let decided = decide_all(&w.app, &who, newest_batch(&w).id, true).await.unwrap();
    assert_eq!((decided.accepted, decided.overtaken), (1, 0));
    assert_eq!(name_of(&w), "Khai sinh");
    assert_ne!(w.app.reference().procedure(CODE).unwrap().version, held);
    w.at("2026-01-01T00:00");
    settle(&w.app).await.unwrap();
    assert_eq!(name_of(&w), NEXT_YEAR);
}
