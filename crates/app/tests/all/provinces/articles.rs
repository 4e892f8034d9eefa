//! Guard rails: each refusal with its rule, its words and the article of the province's own regulation, by API and on pages.

use super::{Story, one_paper_wrong};
use domain::{catalogue::Flags, deadline::TimeLimit};
use serde_json::{Value, json};

async fn refusal(s: &Story, who: &str, what: &str, body: Value) -> (String, Option<String>) {
    let problem = s.send(who, what, body).await.json();
    (problem["rule"].as_str().unwrap().to_owned(), problem["article"].as_str().map(str::to_owned))
}

/// GR-1, GR-6, CLK-05: as each of the five regulations numbers it.
#[tokio::test]
async fn guard_rails_cite_the_provinces_own_article_or_the_form() {
    let list = [
        ("dong-nai", Some("Điều 9.5c, 13.1b Quyết định số 1748/QĐ-UBND ngày 25/7/2023")),
        ("vinh-long", Some("Điều 9.1b Quyết định số 481/QĐ-UBND ngày 25/3/2025")),
        ("quang-nam", Some("Điều 6.1b, c Quyết định số 1822/QĐ-UBND năm 2021")),
        ("quang-ninh", Some("Điều 13.2c Quyết định số 84/2025/QĐ-CTUBND ngày 20/10/2025")),
        ("thua-thien-hue", Some("Mục IV.4.1 Quyết định số 420/QĐ-UBND năm 2017")),
    ];
    for (province, article) in list {
        let mut s = Story::of(province, "Sở Xây dựng", TimeLimit::WorkingDays(15), Flags::default()).await;
        s.reaches_appraisal().await;
        let told = refusal(&s, "chuyên viên", "supplement_requests", json!({"items": []})).await;
        assert_eq!(told, ("GR-1".into(), article.map(str::to_owned)), "{province}");
        // One rule, another article: the window of three working days.
        s.w.at("2025-10-13T08:00");
        let mut request = one_paper_wrong();
        request["files"] = json!([s.scans("chuyên viên").await]);
        if province == "dong-nai" {
            let told = refusal(&s, "chuyên viên", "supplement_requests", request).await;
            let window = "Điều 16.1e Quyết định số 1748/QĐ-UBND ngày 25/7/2023";
            assert_eq!(told, ("GR-1".into(), Some(window.into())));
            let told = refusal(&s, "trả", "appraisals", json!({"opinion": "grant", "text": "Đủ."})).await;
            assert_eq!(told, ("GR-6".into(), Some("Điều 3.5 Quyết định số 1748/QĐ-UBND ngày 25/7/2023".into())));
        }
    }
}

/// On pages: beside the field of a form, and on the page of somebody who may not.
#[tokio::test]
async fn guard_rails_cite_the_article_on_pages_too() {
    let mut s = Story::of("dong-nai", "Sở Xây dựng", TimeLimit::WorkingDays(15), Flags::default()).await;
    s.reaches_appraisal().await;
    let reference = s.w.app.reference();
    let signed_in = |login: &str| reference.officers().find(|o| o.login == login).unwrap().who.clone();
    let specialist = s.w.sign_in(&signed_in("chuyenvien")).await;
    let version = s.last["version"].to_string();
    let path = format!("/can-bo/ho-so/{}", s.code);
    let stop = [("version", version.as_str()), ("reason", "Công trình đã dỡ bỏ."), ("once", "a")];
    let page = s.w.post(&format!("{path}/dung")).cookie(&specialist).form(&stop).send().await.expect(422);
    assert!(page.text().contains("Căn cứ: Điều 16.1e Quyết định số 1748/QĐ-UBND ngày 25/7/2023"));
    let desk = s.w.sign_in(&signed_in("quay")).await;
    let page = s.w.get(&format!("{path}/tham-dinh")).cookie(&desk).send().await.expect(403);
    assert!(page.text().contains("Căn cứ: Điều 3.5 Quyết định số 1748/QĐ-UBND"), "{}", page.text());
}
