//! Whatever the framework refuses before a handler speaks is told in words with the next step: a page, or a problem under the
//! API. And every address that a sign-in leads back to is a page that is there.

use crate::{
    call::{Answer, Call},
    matrix::{Route, routes},
    world::World,
};
use axum::{Router, routing::get};
use domain::accounts::Role;

/// An error in words: Vietnamese, with a way on.
fn is_in_words(answer: &Answer, at: &str) {
    let kind = answer.headers.get("content-type").map_or("", |v| v.to_str().unwrap());
    assert!(answer.headers.contains_key("content-security-policy"), "{at}: no strict headers");
    // What machines call is answered for machines.
    if at.contains("/api/") || at.starts_with("/tin-den/") {
        assert_eq!(kind, "application/problem+json", "{at}: {}", answer.status);
        let problem = answer.json();
        assert_eq!(problem["status"], answer.status.as_u16(), "{at}");
        let said = |name: &str| !problem[name].as_str().unwrap().is_empty();
        assert!(said("detail") && said("detail_en"), "{at}: {problem}");
        return;
    }
    assert!(kind.starts_with("text/html"), "{at}: {} {kind:?}", answer.status);
    let page = answer.text();
    let leads_on = page.contains("href=\"/\"") || page.contains("href=\"/can-bo\"");
    assert!(page.contains("<h1") && leads_on, "{at}: {page}");
}

#[tokio::test]
async fn an_unknown_address_says_so_and_where_to_begin() {
    let w = World::sqlite();
    for path in
        ["/khong-co", "/tra-cuu/", "/thu-tuc/", "/can-bo/khong-co", "//evil.vn/x", "/api/v1/khong-co", "/assets/x.css"]
    {
        // The door of the assets takes every name, but only reads.
        let methods: &[&str] = if path.starts_with("/assets") { &["GET"] } else { &["GET", "POST"] };
        for method in methods {
            let answer = w.call(method, path).send().await.expect(404);
            is_in_words(&answer, path);
            assert!(!answer.text().contains("//evil.vn"), "no link leads to another site");
        }
    }
    let page = w.get("/khong-co").send().await;
    assert!(page.text().contains("Không tìm thấy trang") && page.text().contains("href=\"/tra-cuu\""));
    assert_eq!(w.get("/api/v1/khong-co").send().await.json()["code"], "address.unknown");
    let english = w.get("/khong-co").cookie("lang=en").send().await;
    assert!(english.text().contains("Page not found"));
}

#[tokio::test]
async fn a_method_that_an_address_does_not_take_is_told_with_those_it_takes() {
    let w = World::sqlite();
    for route in routes() {
        let path = route.with("H49.24-251006-0001");
        let answer = w.call("PATCH", &path).send().await.expect(405);
        is_in_words(&answer, &path);
        assert!(answer.headers.contains_key("allow"), "{path}");
    }
}

/// A form of 3 MB, a form of another site, a query and a path that are no text, a body that is no multipart one.
#[tokio::test]
async fn what_cannot_be_read_or_may_not_come_is_told_in_words() {
    let w = World::sqlite();
    let who = w.officer("lan", "H49.24", &[Role::IntakeOfficer]).await;
    let (session, key) = (w.sign_in(&who).await, w.key(&who, &motcua::accounts::KeyScope::ALL).await);
    let long = "x".repeat(3 << 20);
    let large = w.post("/dang-nhap").form(&[("login", &long)]).send().await.expect(413);
    is_in_words(&large, "/dang-nhap");
    assert!(large.text().contains("quá lớn"));
    for path in ["/dang-nhap", "/can-bo/goc-nhin", "/api/v1/dossiers"] {
        let call =
            w.post(path).cookie(&session).header("host", "motcua.example").header("referer", "https://evil.vn/bay");
        let call = call.header("origin", "https://evil.vn").header("sec-fetch-site", "cross-site");
        let answer = call.form(&[("a", "b")]).send().await.expect(403);
        is_in_words(&answer, path);
        assert!(!answer.text().contains("/bay"), "{path}");
    }
    let mut refused = 0;
    // The counts of the work list are a stream that does not end.
    for Route { path, method } in routes().into_iter().filter(|r| r.path != "/can-bo/truc-tiep") {
        let segments = path.split('/').map(|s| if s.starts_with('{') { "%FF" } else { s });
        let path = format!("{}?q=%FF&after=%FF&trang=x", segments.collect::<Vec<_>>().join("/"));
        let call = w.call(method, &path).bearer(&key).once("k").if_match(1).cookie(&session);
        let answer = call.bytes("multipart/form-data", "x").send().await;
        if answer.status.as_u16() >= 400 {
            refused += 1;
            is_in_words(&answer, &path);
        }
    }
    assert!(refused > 40, "only {refused} were refused");
}

#[tokio::test]
async fn a_panic_is_told_in_words_and_says_nothing_of_the_inside() {
    let w = World::sqlite();
    let broken = || Router::new().route("/hong", get(panics)).route("/api/v1/hong", get(panics));
    for path in ["/hong", "/api/v1/hong"] {
        let router = motcua::http::guard(&w.app, broken()).with_state(w.app.clone());
        let answer = Call::new(router, "GET", path).send().await.expect(500);
        is_in_words(&answer, path);
        assert!(!answer.text().contains("bí mật"));
    }
}

async fn panics() -> &'static str {
    panic!("bí mật")
}

/// ADM-03: a session that fell silent over a form leads back to the page on which the form stands.
#[tokio::test(flavor = "multi_thread")]
async fn adm_03_after_the_sign_in_there_is_a_page_whatever_form_was_sent() {
    let w = World::sqlite();
    let who = w.officer("quan.tri", "H49.24", &[Role::TopAdmin]).await;
    let session = w.sign_in(&who).await;
    for route in routes().into_iter().filter(|r| r.is_of_officers() && r.method == "POST") {
        let path = route.with("1.000080");
        let away = w.post(&path).form(&[("version", "1")]).send().await.expect(303);
        let mut next = way_on(&away);
        for _ in 0..4 {
            let answer = w.get(&next).cookie(&session).send().await;
            let status = answer.status.as_u16();
            assert!(status != 405 && status < 500, "{path} → {next}: {status}");
            if status != 303 {
                assert!(!answer.text().contains("Không tìm thấy trang"), "{path} → {next}");
                break;
            }
            assert_ne!(answer.location(), next, "{path} goes round in circles");
            answer.location().clone_into(&mut next);
        }
    }
    let from = "https://motcua.example/can-bo/tra-ket-qua?loc=buu-chinh";
    let away = w.post("/can-bo/tra-ket-qua/gui").header("referer", from).form(&[]).send().await.expect(303);
    assert_eq!(way_on(&away), "/can-bo/tra-ket-qua?loc=buu-chinh");
}

/// Where the sign-in page says that it leads.
fn way_on(away: &Answer) -> String {
    let query = away.location().split_once('?').unwrap().1;
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap();
    pairs.into_iter().find(|(name, _)| name == "tiep").unwrap().1
}
