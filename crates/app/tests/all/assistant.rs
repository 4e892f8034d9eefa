//! LNK-05: questions in people's words are answered from the catalogue, with the place where it says so, or not at all.

use crate::{
    call::Answer,
    catalogue_import::import,
    outside::{Gateway, Reply},
    world::World,
};
use domain::assistant::Part;

const BIRTH: &str = "1.001193";
const MARRIAGE: &str = "1.000894";

/// All that the product carries: how rare a word is, only a whole catalogue tells.
async fn carried(w: &World) {
    import(w, "procedures.jsonl.gz", motcua::catalogue::embedded());
    w.app.refresh().await.unwrap();
}

async fn ask(w: &World, fields: &[(&str, &str)]) -> Answer {
    w.post("/tro-ly").form(fields).send().await
}

/// The first paper that the catalogue asks for.
fn first_paper(w: &World, code: &str) -> String {
    let (app, version) = (w.app.clone(), w.app.reference().procedure(code).unwrap().version);
    let governing = w.app.db.read_blocking(move |q| app.versions.get(q, version)).unwrap();
    let name = governing.procedure.variants[0].components.iter().find(|c| c.is_paper()).unwrap().name.clone();
    name.chars().take(30).take_while(|c| !matches!(c, '"' | '\'' | '&' | '<' | '>')).collect()
}

#[tokio::test]
async fn lnk_05_the_answer_is_what_the_catalogue_says_with_its_source_and_the_next_question_keeps_the_procedure() {
    let w = World::sqlite();
    carried(&w).await;
    let first = ask(&w, &[("hoi", "dang ky khai sinh can giay to gi")]).await.expect(200);
    let (text, paper) = (first.text(), first_paper(&w, BIRTH));
    assert!(text.contains(&paper) && !paper.is_empty(), "{paper}: {text}");
    assert!(
        text.contains("href=\"/thu-tuc/1.001193#papers\"") && text.contains("mục “Giấy tờ cần chuẩn bị”"),
        "{text}"
    );
    assert!(text.contains("<input type=\"hidden\" name=\"thu_tuc\" value=\"1.001193\">"), "{text}");
    assert!(!text.contains("#ways\""), "only what was asked for: {text}");

    let next = ask(&w, &[("hoi", "thế mất bao lâu?"), ("thu_tuc", BIRTH)]).await.expect(200);
    assert!(
        next.text().contains("/thu-tuc/1.001193#ways") && next.text().contains("mục “Thời hạn”"),
        "{}",
        next.text()
    );
    let other = ask(&w, &[("hoi", "còn đăng ký kết hôn mất bao lâu"), ("thu_tuc", BIRTH)]).await.expect(200);
    assert!(other.text().contains("/thu-tuc/1.000894#ways"), "{}", other.text());
}

/// Each part is told from the version in force or said not to be there; each has its source.
#[tokio::test]
async fn lnk_05_every_part_of_a_procedure_can_be_asked_for_by_an_address_without_a_question_in_it() {
    let w = World::sqlite();
    w.procedures(&[BIRTH]).await;
    for part in Part::all() {
        let page = w.get(&format!("/tro-ly?thu_tuc={BIRTH}&muc={}", part.key())).send().await.expect(200);
        assert_eq!(page.text().matches("Nguồn:").count(), 1, "{part:?}: {}", page.text());
        assert!(page.text().contains(&format!("href=\"/thu-tuc/{BIRTH}#")), "{part:?}");
    }
    let brief = w.get(&format!("/tro-ly?thu_tuc={BIRTH}")).send().await.expect(200);
    assert_eq!(brief.text().matches("Nguồn:").count(), Part::BRIEF.len());
    w.get("/tro-ly?thu_tuc=9.999999").send().await.expect(404);
}

#[tokio::test]
async fn lnk_05_what_is_not_in_the_catalogue_is_not_answered_and_says_whom_to_ask() {
    let w = World::sqlite();
    carried(&w).await;
    for question in ["giá vàng hôm nay bao nhiêu", "xin chào", "kể cho tôi một chuyện cười"] {
        let page = ask(&w, &[("hoi", question)]).await.expect(200);
        assert!(page.text().contains("Danh mục thủ tục không có câu trả lời"), "{question}: {}", page.text());
        assert!(page.text().contains("1900558826") && !page.text().contains("Nguồn:"), "{question}");
    }
    let own = ask(&w, &[("hoi", "hồ sơ của tôi đến đâu rồi")]).await.expect(200);
    assert!(own.text().contains("Hồ sơ đã nộp xem bằng mã hồ sơ"), "{}", own.text());
}

#[tokio::test]
async fn lnk_05_where_several_procedures_are_meant_they_are_offered_and_none_is_answered_for() {
    let w = World::sqlite();
    carried(&w).await;
    let page = ask(&w, &[("hoi", "tách thửa hoặc hợp thửa đất cần giấy tờ gì")]).await.expect(200);
    let offered = ["1.115458", "1.115490", "1.115555", "1.115662", "1.115783"];
    let offered = offered.iter().filter(|code| page.text().contains(&format!("href=\"/tro-ly?thu_tuc={code}&")));
    assert!(offered.count() > 1, "procedures of one name are told apart by who asks: {}", page.text());
    assert!(!page.text().contains("Nguồn:") && !page.text().contains(BIRTH), "{}", page.text());
}

#[tokio::test]
async fn lnk_05_an_empty_question_is_asked_for_and_the_procedure_stays() {
    let w = World::sqlite();
    w.procedures(&[BIRTH]).await;
    let page = ask(&w, &[("hoi", "  "), ("thu_tuc", BIRTH)]).await.expect(422);
    assert!(page.text().contains("aria-describedby=\"hoi-hint hoi-error\""), "{}", page.text());
    assert!(page.text().contains("name=\"thu_tuc\" value=\"1.001193\""));
    w.get("/tro-ly").send().await.expect(200);
    for page in ["/", "/thu-tuc/1.001193"] {
        let text = w.get(page).send().await.expect(200).text().to_owned();
        assert!(text.contains("action=\"/tro-ly\" method=\"post\""), "{page}: {text}");
    }
}

// ---- an outside model -------------------------------------------------------------------------------------------------

const GOOD: &str = r#"{"choices":[{"message":{"role":"assistant","content":"```json\n{\"answer\":\"Ông/bà xem các giấy tờ dưới đây.\",\"cites\":[1]}\n```"}}]}"#;

async fn with_model() -> (World, Gateway) {
    let (gateway, url) = Gateway::start().await;
    let w = World::sqlite_with("quang-ninh", |config| {
        let text = format!("url='{url}/v1'\nkey='khoa-mo-hinh'\nmodel='mau'\n");
        config.assistant = toml::from_str(&text).unwrap();
    });
    w.procedures(&[BIRTH, MARRIAGE]).await;
    (w, gateway)
}

/// SEC-01: who asks, and by which numbers, stays in the house.
#[tokio::test(flavor = "multi_thread")]
async fn lnk_05_a_model_puts_into_words_what_it_cites_and_hears_of_no_person() {
    let (w, model) = with_model().await;
    model.reply(&[Reply::body(GOOD)]);
    let question = "tôi là Nguyễn Thị Mẫu, 0912 345 678, a@vidu.vn: đăng ký khai sinh cần giấy tờ gì";
    let page = ask(&w, &[("hoi", question), ("thu_tuc", BIRTH)]).await.expect(200);

    let posted = model.posted();
    assert_eq!((posted.len(), posted[0].path.as_str()), (1, "/v1/chat/completions"), "{}", page.text());
    assert_eq!(posted[0].headers["authorization"], "Bearer khoa-mo-hinh");
    let body: serde_json::Value = serde_json::from_str(&posted[0].body).unwrap();
    assert_eq!((&body["model"], &body["temperature"]), (&"mau".into(), &0.into()));
    let given = body["messages"][1]["content"].as_str().unwrap();
    for hidden in ["0912", "345 678", "Thị Mẫu", "vidu.vn"] {
        assert!(!given.contains(hidden), "{hidden}: {given}");
    }
    assert!(given.contains("1.001193") || given.contains(MARRIAGE), "{given}");

    assert!(page.text().contains("Ông/bà xem các giấy tờ dưới đây."), "{}", page.text());
    assert!(page.text().contains("do máy viết lại"), "what a machine wrote is called so");
    assert_eq!(page.text().matches("Nguồn:").count(), 1, "only what it cites is shown: {}", page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn lnk_05_a_model_that_cites_nothing_makes_up_a_sum_or_fails_changes_nothing() {
    let (w, model) = with_model().await;
    let bad = [
        Reply::body(r#"{"choices":[{"message":{"content":"{\"answer\":\"LỜI MÁY\",\"cites\":[]}"}}]}"#),
        Reply::body(r#"{"choices":[{"message":{"content":"{\"answer\":\"LỜI MÁY\",\"cites\":[99]}"}}]}"#),
        Reply::body(r#"{"choices":[{"message":{"content":"{\"answer\":\"LỜI MÁY\",\"cites\":[0]}"}}]}"#),
        Reply::body(r#"{"choices":[{"message":{"content":"{\"answer\":\"LỜI MÁY 987654 đ\",\"cites\":[1]}"}}]}"#),
        Reply::body(r#"{"choices":[{"message":{"content":"LỜI MÁY"}}]}"#),
        Reply::body(r#"{"choices":[]}"#),
        Reply::body("LỜI MÁY"),
        Reply::status(500),
    ];
    let paper = first_paper(&w, BIRTH);
    for reply in bad {
        model.reply(std::slice::from_ref(&reply));
        let page = ask(&w, &[("hoi", "đăng ký khai sinh cần giấy tờ gì")]).await.expect(200);
        assert!(page.text().contains(&paper) && page.text().contains("Nguồn:"), "{reply:?}: {}", page.text());
        assert!(!page.text().contains("LỜI MÁY") && !page.text().contains("do máy viết lại"), "{reply:?}");
    }
    assert_eq!(model.posted().len(), 8);
    // What nobody in the house knows, no model is asked.
    ask(&w, &[("hoi", "kể cho tôi một chuyện cười")]).await.expect(200);
    assert_eq!(model.posted().len(), 8);
}

/// Each question to a model may cost money: one address that asks without end is answered from the catalogue alone.
#[tokio::test(flavor = "multi_thread")]
async fn lnk_05_one_address_does_not_keep_the_model_busy() {
    let (gateway, url) = Gateway::start().await;
    let w = World::sqlite_with("quang-ninh", |config| {
        config.assistant = toml::from_str(&format!("url='{url}'\nmodel='mau'\n")).unwrap();
        config.guessing.assistant.free_tries = 2;
    });
    w.procedures(&[BIRTH]).await;
    for _ in 0..5 {
        let page = ask(&w, &[("hoi", "đăng ký khai sinh cần giấy tờ gì")]).await.expect(200);
        assert!(page.text().contains("Nguồn:"));
    }
    let asked = gateway.posted().len();
    assert!((2..5).contains(&asked), "{asked}");
}
