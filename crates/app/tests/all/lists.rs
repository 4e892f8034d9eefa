//! CAT-01, CAT-07, CAT-09: what the Centre keeps around the catalogue, and what citizens see of it.

use crate::world::World;
use domain::accounts::{Role, Who};
use motcua::{accounts::KeyScope, app::App, catalogue::pace, lists::store};

const HERE: &str = "/can-bo/quan-tri/danh-muc";

async fn keeper(w: &World) -> (Who, String) {
    let who = w.officer("kiem.soat", "H49.28", &[Role::ProcedureControl]).await;
    let session = w.sign_in(&who).await;
    (who, session)
}

fn first(w: &App, question: &str) -> Option<String> {
    w.reference().search.search(question, 1).first().map(ToString::to_string)
}

async fn file(w: &World, session: &str, path: &str, name: &str, text: &str) -> crate::call::Answer {
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n--x--\r\n"
    );
    w.post(path).cookie(session).bytes("multipart/form-data; boundary=x", body).send().await
}

async fn life_of_a_synonym(w: World) {
    w.procedures(&["1.000894", "1.001193"]).await;
    let (_, session) = keeper(&w).await;
    let path = format!("{HERE}/tu-dong-nghia");
    assert_eq!(first(&w.app, "cưới xin").as_deref(), Some("1.000894"), "the carried list knows “cưới”");
    assert_eq!(first(&w.app, "bắt cái nước"), None);

    let bad =
        w.post(&path).cookie(&session).form(&[("act", "put"), ("phrase", "bắt cái nước")]).send().await.expect(422);
    assert!(bad.text().contains("bắt cái nước"), "what was typed stays");
    let good = [("act", "put"), ("phrase", "Bắt  cái nước"), ("means", "đăng ký kết hôn")];
    w.post(&path).cookie(&session).form(&good).send().await.expect(303);
    assert_eq!(first(&w.app, "bat cai nuoc").as_deref(), Some("1.000894"));
    let tried = w.get(&format!("{path}?thu=bat%20cai%20nuoc")).cookie(&session).send().await.expect(200);
    assert!(tried.text().contains("/thu-tuc/1.000894"));

    let told = file(
        &w,
        &session,
        &format!("{path}/nhap"),
        "a.csv",
        "phrase,means\nmừng tuổi cháu,khai sinh\nbắt cái nước,đăng ký kết hôn\n,khai sinh\n",
    )
    .await
    .expect(200);
    assert!(told.text().contains("Nhận 1 dòng, không đổi 1 dòng.") && told.text().contains("thiếu từ hoặc nghĩa"));
    assert_eq!(first(&w.app, "mung tuoi chau").as_deref(), Some("1.001193"));
    let csv = w.get(&format!("{path}/tai-ve?dang=csv")).cookie(&session).send().await.expect(200);
    assert!(csv.text().contains("bắt cái nước,đăng ký kết hôn"));

    w.post(&path).cookie(&session).form(&[("act", "remove"), ("phrase", "bắt cái nước")]).send().await.expect(303);
    assert_eq!(first(&w.app, "bat cai nuoc"), None);
    let history = w.get(&format!("{HERE}/lich-su/synonyms")).cookie(&session).send().await.expect(200);
    for word in ["Cán bộ kiem.soat", "thêm hoặc sửa", "nhập từ tệp", "bắt cái nước"] {
        assert!(history.text().contains(word), "{word}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_01_the_centre_teaches_the_search_a_word_and_takes_it_back() {
    life_of_a_synonym(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_01_the_centre_teaches_the_search_a_word_and_takes_it_back_on_postgresql() {
    life_of_a_synonym(World::postgres()).await;
}

/// The search of a running process follows what another one changed: its next look at the reference version, every second.
#[tokio::test(flavor = "multi_thread")]
async fn cat_01_the_catalogue_in_memory_follows_a_change_by_another_process() {
    let w = World::postgres();
    w.procedures(&["1.000894"]).await;
    let before = w.app.reference();
    // What another process does: it writes and raises the version, and cannot reach this one's memory.
    let row = store::SynonymRow {
        id: w.app.id().unwrap(),
        synonym: domain::catalogue::search::Synonym::new("rước dâu", "đăng ký kết hôn"),
    };
    let write = move |unit: &mut platform::db::Unit| {
        store::put_synonym(unit, &row)?;
        Ok::<_, motcua::error::AppError>(motcua::settings::bump_reference(unit)?)
    };
    w.app.db.unit(write).await.unwrap();
    assert_eq!(first(&w.app, "ruoc dau"), None);
    motcua::schedule::settle(&w.app).await.unwrap();
    assert_eq!(first(&w.app, "ruoc dau").as_deref(), Some("1.000894"));
    assert!(!std::sync::Arc::ptr_eq(&before.search, &w.app.reference().search));
    // A change that has nothing to do with procedures keeps the index.
    let kept = w.app.reference();
    w.officer("moi", "H49.24", &[Role::Specialist]).await;
    assert!(std::sync::Arc::ptr_eq(&kept.search, &w.app.reference().search));
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_01_citizens_browse_by_occasion_letter_agency_and_audience_and_get_suggestions() {
    let w = World::sqlite();
    w.procedures(&["1.000894", "1.001193", "1.004194", "1.013225"]).await;
    let home = w.get("/").send().await.expect(200);
    assert!(home.text().contains("/thu-tuc?viec=sinh-con") && !home.text().contains("viec=xe-lai-xe"));
    for (path, there, not) in [
        ("/thu-tuc?viec=sinh-con", "1.001193", "1.013225"),
        ("/thu-tuc?chu=%C4%90", "1.000894", "1.013225"),
        ("/thu-tuc?chu=C", "1.013225", "1.000894"),
        ("/thu-tuc?doi_tuong=citizen", "1.000894", "zz"),
        ("/thu-tuc?q=lay%20vo", "1.000894", "1.013225"),
        ("/thu-tuc?q=gpxd", "1.013225", "1.000894"),
        ("/thu-tuc/goi-y?q=khai%20xinh", "1.001193", "1.013225"),
    ] {
        let page = w.get(path).send().await.expect(200);
        let link = |code: &str| format!("/thu-tuc/{code}\"");
        assert!(page.text().contains(&link(there)) && !page.text().contains(&link(not)), "{path}");
    }
    let suggested = w.get("/thu-tuc/goi-y?q=dang%20ky%20khai%20sinh").send().await.expect(200);
    assert!(suggested.text().contains("<mark>đăng ký khai sinh</mark>"), "{}", suggested.text());
    assert!(!suggested.text().contains("<html"), "a piece of a page");
    let gone = w.get("/thu-tuc?viec=khong-co").send().await.expect(200);
    assert!(gone.text().contains("Chưa tìm thấy thủ tục nào"));
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_01_an_occasion_of_life_is_added_changed_and_hidden() {
    let w = World::sqlite();
    w.procedures(&["1.000894"]).await;
    let (_, session) = keeper(&w).await;
    let path = format!("{HERE}/viec-doi");
    let bad = w.post(&format!("{path}/them")).cookie(&session).form(&[("name", "Lễ hội")]).send().await.expect(422);
    assert!(bad.text().contains("Xin ghi ít nhất một thủ tục."));
    let form =
        [("name", "Lễ hội"), ("procedures", "1.000894\r\nkhông có"), ("icon", "star"), ("active", "1"), ("place", "1")];
    w.post(&format!("{path}/them")).cookie(&session).form(&form).send().await.expect(303);
    w.get(&format!("{path}/le-hoi")).cookie(&session).send().await.expect(200);
    assert!(w.get("/").send().await.text().contains("/thu-tuc?viec=le-hoi"));
    assert!(w.get("/thu-tuc?viec=le-hoi").send().await.text().contains("1.000894"));
    let again = w.post(&format!("{path}/them")).cookie(&session).form(&form).send().await.expect(422);
    assert!(again.text().contains("Đã có việc mang tên này."));
    w.post(&format!("{path}/le-hoi")).cookie(&session).form(&form[..3]).send().await.expect(303);
    assert!(!w.get("/").send().await.text().contains("viec=le-hoi"));
}

/// Sends a workbook as a browser does.
async fn excel_back(w: &World, session: &str, path: &str, bytes: &[u8]) -> crate::call::Answer {
    let head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\n";
    let body = [head.as_bytes(), bytes, b"\r\n--x--\r\n"].concat();
    let call = w.post(&format!("{path}/nhap")).cookie(session);
    call.bytes("multipart/form-data; boundary=x", body).send().await
}

async fn plain_lists(w: World) {
    let (who, session) = keeper(&w).await;
    let key = w.key(&who, &[KeyScope::DossierRead]).await;
    let groups = w.get(&format!("{HERE}/dan-toc")).cookie(&session).send().await.expect(200);
    assert!(groups.text().contains("54 dòng") && groups.text().contains("Rơ-măm"));
    let found = w.get(&format!("{HERE}/quoc-gia?q=viet")).cookie(&session).send().await.expect(200);
    assert!(found.text().contains("Việt Nam") && found.text().contains("1 dòng"));
    let path = format!("{HERE}/loai-giay-to");
    w.post(&path)
        .cookie(&session)
        .form(&[("code", "so_tiem_chung"), ("name", "Sổ tiêm chủng"), ("active", "1")])
        .send()
        .await
        .expect(303);
    w.post(&path).cookie(&session).form(&[("code", "anh"), ("name", "Ảnh thẻ")]).send().await.expect(303);
    w.post(&path).cookie(&session).form(&[("code", "")]).send().await.expect(422);
    let api = w.get("/api/v1/lists/paper_types").bearer(&key).send().await.expect(200).json();
    let item = |code: &str| api["items"].as_array().unwrap().iter().find(|i| i["code"] == code).unwrap().clone();
    assert_eq!(item("so_tiem_chung")["name"], "Sổ tiêm chủng");
    assert_eq!((item("anh")["active"].clone(), item("anh")["name"].clone()), (false.into(), "Ảnh thẻ".into()));
    let told = file(
        &w,
        &session,
        &format!("{path}/nhap"),
        "g.csv",
        "Mã;Tên;Tên tiếng Anh;Đang dùng\nanh;Ảnh;Photograph;có\nx;;;\n",
    )
    .await
    .expect(200);
    assert!(told.text().contains("Nhận 1 dòng") && told.text().contains("thiếu name"));
    let csv = w.get(&format!("{path}/tai-ve?dang=csv")).cookie(&session).send().await.expect(200);
    assert!(csv.text().contains("anh,Ảnh,Photograph,1"));
    let excel = w.get(&format!("{path}/tai-ve?dang=xlsx")).cookie(&session).send().await.expect(200);
    assert!(excel.body.starts_with(b"PK"));
    let told = excel_back(&w, &session, &path, &excel.body).await.expect(200);
    assert!(told.text().contains("Nhận 0 dòng"), "what goes out as Excel comes back unchanged");
    file(&w, &session, &format!("{path}/nhap"), "g.csv", "").await.expect(422);
    w.get(&format!("{HERE}/trang-thai")).cookie(&session).send().await.expect(200);
    w.post(&format!("{HERE}/trang-thai"))
        .cookie(&session)
        .form(&[("code", "1"), ("name", "x")])
        .send()
        .await
        .expect(404);
    let statuses = w.get("/api/v1/lists/statuses").bearer(&key).send().await.expect(200).json();
    assert_eq!(statuses["items"].as_array().unwrap().len(), 10);
    w.get("/api/v1/lists/khong-co").bearer(&key).send().await.expect(404);
    w.get("/api/v1/lists/countries").send().await.expect(401);
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_07_plain_lists_are_kept_searched_imported_exported_and_answered() {
    plain_lists(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_07_plain_lists_are_kept_searched_imported_exported_and_answered_on_postgresql() {
    plain_lists(World::postgres()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_07_communes_are_found_by_new_and_old_names_and_paged_by_the_api() {
    let w = World::sqlite();
    let (who, session) = keeper(&w).await;
    let key = w.key(&who, &[KeyScope::DossierRead]).await;
    let own = w.get(&format!("{HERE}/dia-ban")).cookie(&session).send().await.expect(200);
    assert!(own.text().contains("Hồng Gai"), "the own province first");
    let old = w.get(&format!("{HERE}/dia-ban?q=phuc%20xa%20ba%20dinh")).cookie(&session).send().await.expect(200);
    assert!(old.text().contains("Phường Phúc Xá") && old.text().contains("Phường Hồng Hà, Thành phố Hà Nội"));
    let told = file(
        &w,
        &session,
        &format!("{HERE}/dia-ban/nhap"),
        "a.csv",
        "code,name,province_code\n99999,Xã Thử,22\n99998,Xã Lạ,98\n",
    )
    .await
    .expect(200);
    assert!(told.text().contains("Nhận 1 dòng") && told.text().contains("không có tỉnh mã 98"));
    let (mut after, mut codes) = (String::new(), Vec::new());
    loop {
        let page = w.get(&format!("/api/v1/lists/communes?after={after}")).bearer(&key).send().await.expect(200).json();
        codes.extend(page["items"].as_array().unwrap().iter().map(|i| i["code"].as_str().unwrap().to_owned()));
        let Some(next) = page["after"].as_str() else { break };
        next.clone_into(&mut after);
    }
    assert_eq!(codes.len(), 3_322);
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1]));
    let provinces = w.get("/api/v1/lists/provinces").bearer(&key).send().await.expect(200).json();
    assert_eq!(provinces["items"].as_array().unwrap().len(), 34);
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_07_a_renamed_a_merged_and_a_split_agency_stay_findable_by_what_they_were() {
    let w = World::sqlite();
    let (_, session) = keeper(&w).await;
    let path = format!("{HERE}/co-quan");
    let name = |identifier: &str| w.app.reference().agency_by_identifier(identifier).unwrap().clone();
    let (old, lost) = (name("H49.24").name, name("H49.18").name);
    let send = |form: Vec<(&'static str, &'static str)>| {
        let form = [vec![("decision", "120/QĐ-UBND"), ("day", "01/07/2025")], form].concat();
        let call = w.post(&path).cookie(&session).form(&form);
        async move { call.send().await }
    };
    let bad = send(vec![("agency", "H49.24"), ("kind", "rename"), ("day", "01/07/2030")]).await.expect(422);
    assert!(bad.text().contains("Xin nhập tên mới.") && bad.text().contains("Ngày này chưa tới."));
    let rename = vec![("agency", "H49.24"), ("kind", "rename"), ("new_name", "Sở Xây dựng và Đô thị"), ("once", "k1")];
    send(rename.clone()).await.expect(303);
    assert!(
        send(rename).await.expect(422).text().contains("Tên mới trùng tên đang dùng."),
        "a second click does nothing"
    );
    let now = name("H49.24");
    assert_eq!((now.name.as_str(), now.aliases.iter().filter(|a| **a == old).count()), ("Sở Xây dựng và Đô thị", 1));

    send(vec![("agency", "H49.18"), ("kind", "merge"), ("other", "H49.9999")]).await.expect(422);
    send(vec![("agency", "H49.18"), ("kind", "merge"), ("other", "H49.24")]).await.expect(303);
    assert!(!name("H49.18").active && name("H49.24").aliases.contains(&lost));

    send(vec![("agency", "H49.24"), ("kind", "split"), ("new_name", "Sở Đô thị"), ("other", "H49.24")])
        .await
        .expect(422);
    send(vec![("agency", "H49.24"), ("kind", "split"), ("new_name", "Sở Đô thị"), ("other", "H49.777")])
        .await
        .expect(303);
    assert_eq!(name("H49.777").name, "Sở Đô thị");
    assert_eq!(w.app.reference().units_of(name("H49.777").id).count(), 1);

    let by_old = w.get(&format!("{path}?q={}", urlencoded(&lost))).cookie(&session).send().await.expect(200);
    assert!(by_old.text().contains("Sở Xây dựng và Đô thị") && by_old.text().contains("120/QĐ-UBND"));
    let history = w.get(&format!("{HERE}/lich-su/agencies")).cookie(&session).send().await.expect(200);
    assert_eq!(history.text().matches("120/QĐ-UBND").count(), 3);
}

/// CAT-07, CAT-01: what was published under an agency's old name is handled by whoever took over; of two that came out of one
/// the officer chooses; pages and papers say the name of today.
#[tokio::test(flavor = "multi_thread")]
async fn cat_07_procedures_of_a_renamed_merged_or_split_agency_are_taken_in_by_its_heirs() {
    const CODE: &str = "1.115602";
    let w = World::sqlite();
    w.procedures(&[CODE]).await;
    let (_, session) = keeper(&w).await;
    let centre = w.app.reference().main_centre().unwrap().code.clone();
    let clerk = w.officer_at("le.lan", "H49", &[Role::IntakeOfficer], Some(&centre)).await;
    let clerk = w.sign_in(&clerk).await;
    let send = |form: Vec<(&'static str, &'static str)>| {
        let form = [vec![("decision", "120/QĐ-UBND"), ("day", "01/07/2025")], form].concat();
        w.post(&format!("{HERE}/co-quan")).cookie(&session).form(&form).send()
    };
    let competent = || {
        let app = w.app.clone();
        async move {
            let version = app.reference().procedure(CODE).unwrap().version;
            app.reference().facets.of(version).unwrap().agencies.clone()
        }
    };
    let intake = || w.get(&format!("/can-bo/tiep-nhan/{CODE}")).cookie(&clerk).send();
    assert_eq!(competent().await, ["H49.18"]);
    send(vec![("agency", "H49.18"), ("kind", "rename"), ("new_name", "Sở Đất đai")]).await.expect(303);
    assert_eq!(competent().await, ["H49.18"]);
    let shown = w.get(&format!("/thu-tuc/{CODE}")).send().await.expect(200);
    assert!(shown.text().contains("Sở Đất đai"));
    send(vec![("agency", "H49.18"), ("kind", "merge"), ("other", "H49.24")]).await.expect(303);
    assert_eq!(competent().await, ["H49.24"]);
    assert!(intake().await.expect(200).text().contains("Sở Xây dựng"));
    send(vec![("agency", "H49.24"), ("kind", "split"), ("new_name", "Sở Đô thị"), ("other", "H49.777")])
        .await
        .expect(303);
    assert_eq!(competent().await, ["H49.24", "H49.777"]);
    let choice = intake().await.expect(200);
    assert!(choice.text().contains("value=\"H49.24\"") && choice.text().contains("value=\"H49.777\""));
}

fn urlencoded(text: &str) -> String {
    motcua::http::encode(text)
}

async fn posting(w: World) {
    w.procedures(&["1.000894", "1.001193"]).await;
    let (_, session) = keeper(&w).await;
    let path = format!("{HERE}/niem-yet");
    let page = |w: &World| w.get(&path).cookie(&session);
    assert!(page(&w).send().await.expect(200).text().contains("1 lĩnh vực cần niêm yết"));
    let sheet =
        w.get(&format!("{path}/to.pdf?linh_vuc={}", urlencoded("Hộ tịch"))).cookie(&session).send().await.expect(200);
    assert_eq!(sheet.headers["content-type"], "application/pdf");
    assert!(sheet.body.starts_with(b"%PDF"));
    w.get(&format!("{path}/to.pdf?linh_vuc=x")).cookie(&session).send().await.expect(404);
    w.post(&path).cookie(&session).form(&[("field", "Hộ tịch")]).send().await.expect(303);
    w.post(&path).cookie(&session).form(&[("field", "Không có")]).send().await.expect(404);
    let posted = page(&w).send().await.expect(200);
    assert!(posted.text().contains("Cán bộ kiem.soat") && posted.text().contains("Mọi lĩnh vực đã niêm yết"));
    w.procedures(&["1.004859"]).await;
    let again = page(&w).send().await.expect(200);
    assert!(again.text().contains("mới: <a class=\"code\" href=\"/thu-tuc/1.004859\">"));
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_09_a_change_asks_for_a_new_posting_until_somebody_says_it_hangs() {
    posting(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_09_a_change_asks_for_a_new_posting_until_somebody_says_it_hangs_on_postgresql() {
    posting(World::postgres()).await;
}

/// QN 5.1a: real figures only, and only when enough dossiers stand behind them.
#[tokio::test(flavor = "multi_thread")]
async fn cat_01_the_real_time_of_a_procedure_shows_when_enough_dossiers_were_decided() {
    let w = World::sqlite();
    w.procedures(&["1.000894"]).await;
    let (_, session) = keeper(&w).await;
    let one = pace::Pace { decided: 2, on_time: 1, minutes: 2 * 450 * 3 };
    let add = move |unit: &mut platform::db::Unit| {
        pace::add(unit, "1.000894", "2025-09", &one).map_err(motcua::error::AppError::from)
    };
    w.app.db.unit(add).await.unwrap();
    let old = pace::Pace { decided: 500, on_time: 0, minutes: 500 * 48_000 };
    let add = move |unit: &mut platform::db::Unit| {
        pace::add(unit, "1.000894", "2024-01", &old).map_err(motcua::error::AppError::from)
    };
    w.app.db.unit(add).await.unwrap();
    assert!(!w.get("/thu-tuc/1.000894").send().await.expect(200).text().contains("Thực tế tại đây"));
    w.post(HERE).cookie(&session).form(&[("least", "0")]).send().await.expect(422);
    w.post(HERE).cookie(&session).form(&[("least", "2")]).send().await.expect(303);
    let page = w.get("/thu-tuc/1.000894").send().await.expect(200);
    assert!(page.text().contains("trung bình 3,0 ngày làm việc, 50 % đúng hạn"), "{}", page.text());
    assert!(page.text().contains("2 hồ sơ đã giải quyết trong 12 tháng qua"));
}

/// The Centre's words come in from the command line too: looked at first, taken once.
#[test]
fn cat_01_synonyms_come_in_from_the_command_line() {
    let program = crate::program::Program::migrated();
    let file = program.path().join("tu.csv");
    std::fs::write(&file, "phrase,means\nmừng tuổi cháu,khai sinh\n,khai sinh\n").unwrap();
    let file = file.to_str().unwrap();
    let came = |sum: &serde_json::Value| {
        (sum["taken"].as_u64().unwrap(), sum["unchanged"].as_u64().unwrap(), sum["refused"].as_u64().unwrap())
    };
    assert_eq!(came(&program.good(&["import", "synonyms", file, "--dry-run"])), (1, 0, 1));
    assert_eq!(came(&program.good(&["import", "synonyms", file])), (1, 0, 1));
    assert_eq!(came(&program.good(&["import", "synonyms", file])), (0, 1, 1));
}
