//! CLK: the calendar and due dates through the router.

use crate::world::World;
use domain::accounts::Role;
use motcua::{
    deadline::{import_holidays, seed},
    import::{Job, Line, Summary},
};
use serde_json::json;

async fn seeded() -> World {
    let world = World::sqlite();
    let at = world.app.now().millis();
    let put = move |unit: &mut platform::db::Unit| {
        seed(unit, at)?;
        motcua::settings::bump_reference(unit)
    };
    world.app.db.unit(put).await.unwrap();
    world.app.refresh().await.unwrap();
    world
}

#[tokio::test]
async fn clk_01_a_new_data_base_knows_the_official_swaps() {
    let world = seeded().await;
    let calendar = world.app.reference().calendar.clone();
    assert_eq!(calendar.is_working("2025-05-02".parse().unwrap()), Some(false));
    assert_eq!(calendar.is_working("2025-04-26".parse().unwrap()), Some(true));
    assert_eq!(calendar.is_working("2026-08-31".parse().unwrap()), Some(false));
}

#[tokio::test]
async fn clk_02_the_api_gives_the_date_with_its_lines() {
    let world = seeded().await;
    let ask = json!({ "start": "2025-10-06T09:12:00+07:00", "limit": { "kind": "working_days", "n": 5 } });
    let answer = world.post("/api/v1/calendar/due").json(&ask).send().await.expect(200).json();
    assert_eq!(answer["due_at"], "2025-10-13T17:00:00+07:00");
    let counted = &answer["lines"][1];
    assert_eq!(counted["kind"], "counted");
    assert_eq!(counted["skipped"][0]["day"], "2025-10-11");
    assert!(counted["article"].is_string() && counted["text"].is_string());
}

#[tokio::test]
async fn clk_02_a_question_that_cannot_be_answered_names_every_wrong_field() {
    let world = World::sqlite();
    let ask = json!({ "start": "hôm nay", "limit": { "kind": "working_days", "n": 0 }, "centre": "khong-co" });
    let answer = world.post("/api/v1/calendar/due").json(&ask).send().await.expect(422).json();
    let fields: Vec<_> = answer["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["start", "limit", "centre"]);
    let far = json!({ "start": "9999-12-31T00:00:00Z", "limit": { "kind": "months", "n": 4_000_000_000_u32 } });
    world.post("/api/v1/calendar/due").json(&far).send().await.expect(422);
    world.post("/api/v1/calendar/due").bytes("application/json", "{").send().await.expect(422);
}

#[tokio::test]
async fn clk_01_an_administrator_enters_and_takes_off_a_day_and_dates_follow() {
    let world = seeded().await;
    let who = world.officer("quan.tri", "H49.28", &[Role::ProcedureControl]).await;
    let session = world.sign_in(&who).await;
    let page = "/can-bo/quan-tri/lich";
    let day = [("ngay", "08/10/2025"), ("ten", "Nghỉ chống bão"), ("loai", "off"), ("once", "a")];
    let saved = world.post(&format!("{page}/ngay")).cookie(&session).form(&day).send().await.expect(303);
    assert_eq!(saved.location(), "/can-bo/quan-tri/lich?nam=2025&da_luu=1");
    let off = "2025-10-08".parse().unwrap();
    assert_eq!(world.app.reference().calendar.is_working(off), Some(false));
    let version = world.app.reference().calendar.version();
    // The same form again does nothing more.
    world.post(&format!("{page}/ngay")).cookie(&session).form(&day).send().await.expect(303);
    assert_eq!(world.app.reference().calendar.version(), version);
    let shown = world.get(&format!("{page}?nam=2025&bat_dau=06%2F10%2F2025+09%3A12&thoi_han=5wd")).cookie(&session);
    let shown = shown.send().await.expect(200);
    assert!(shown.text().contains("Nghỉ chống bão") && shown.text().contains("14/10/2025"));
    world.post(&format!("{page}/xoa")).cookie(&session).form(&[("ngay", "2025-10-08")]).send().await.expect(303);
    assert_eq!(world.app.reference().calendar.is_working(off), Some(true));
}

#[tokio::test]
async fn clk_01_a_wrong_day_is_kept_in_the_form_and_others_may_not_change_the_calendar() {
    let world = seeded().await;
    let who = world.officer("quan.tri", "H49.28", &[Role::ProcedureControl]).await;
    let session = world.sign_in(&who).await;
    let wrong = [("ngay", "31/02/2026"), ("ten", "Ngày lạ"), ("gio", "chiều")];
    let page = world.post("/can-bo/quan-tri/lich/ngay").cookie(&session).form(&wrong).send().await.expect(422);
    for kept in ["31/02/2026", "Ngày lạ", "chiều", "ngay-error", "gio-error"] {
        assert!(page.text().contains(kept), "{kept}");
    }
    let other = world.officer("chuyen.vien", "H49.28", &[Role::Specialist]).await;
    let session = world.sign_in(&other).await;
    world.get("/can-bo/quan-tri/lich").cookie(&session).send().await.expect(403);
    world.post("/can-bo/quan-tri/lich/ngay").cookie(&session).form(&wrong).send().await.expect(403);
    world.get("/can-bo/quan-tri/lich").send().await.expect(303);
}

#[tokio::test]
async fn clk_01_a_table_is_imported_whole_and_a_second_time_changes_nothing() {
    let world = World::sqlite();
    let table = "ngày,tên,loại,giờ\n31/08/2027,Nghỉ hoán đổi,off,\n2027-08-28,,,\n99/99/2027,Sai,off,\n";
    let import = || {
        let mut lines = Vec::new();
        let mut on_line = |line: Line, _: usize| lines.push(line);
        let job = Job { name: "lich.csv", bytes: table.as_bytes(), dry_run: false, on_line: &mut on_line };
        import_holidays(&world.app, job).unwrap()
    };
    assert_eq!(import(), Summary { taken: 1, mended: 1, refused: 1, unchanged: 0, changed: 0 });
    assert_eq!(import(), Summary { taken: 0, mended: 0, refused: 1, unchanged: 2, changed: 0 });
    world.app.refresh().await.unwrap();
    assert_eq!(world.app.reference().calendar.is_working("2027-08-28".parse().unwrap()), Some(true));
}

/// CAT-07: what goes out as Excel or CSV comes in again and changes nothing; old encodings are read too.
#[tokio::test(flavor = "multi_thread")]
async fn cat_07_the_days_go_out_and_come_in_again_unchanged() {
    let world = World::sqlite();
    let take = |name: &str, bytes: &[u8]| {
        let mut on_line = |_: Line, _: usize| {};
        import_holidays(&world.app, Job { name, bytes, dry_run: false, on_line: &mut on_line }).unwrap()
    };
    let table =
        "ngày;tên;loại;giờ\n31/08/2027;Nghỉ hoán đổi;nghỉ;\n28/08/2027;Làm bù;làm việc;07:30-11:30, 13:30-17:00\n";
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(table.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(take("lich.csv", &utf16).taken, 2);
    let who = world.officer("quan.tri", "H49.28", &[Role::ProcedureControl]).await;
    let session = world.sign_in(&who).await;
    for kind in ["xlsx", "csv"] {
        let path = format!("/can-bo/quan-tri/lich/tai-ve?dang={kind}");
        let file = world.get(&path).cookie(&session).send().await.expect(200);
        let again = take(&format!("ngay-nghi.{kind}"), &file.body);
        assert!(again.unchanged >= 2, "{kind}: {again:?}");
        assert_eq!((again.taken, again.mended, again.refused), (0, 0, 0), "{kind}");
    }
    let other = world.officer("chuyen.vien", "H49.28", &[Role::Specialist]).await;
    let session = world.sign_in(&other).await;
    world.get("/can-bo/quan-tri/lich/tai-ve").cookie(&session).send().await.expect(403);
}
