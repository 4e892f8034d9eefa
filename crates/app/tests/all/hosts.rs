//! A host name of their own for staff (ADM-04): each page answers under its own name, and each form comes from there.

use crate::{
    call::{Answer, Call},
    world::World,
};
use domain::accounts::Role;

const PUBLIC: &str = "https://mot-cua.example.vn";
const STAFF: &str = "https://noi-bo.example.vn";

fn world() -> World {
    World::sqlite_with("quang-ninh", |config| {
        config.public_url = Some(PUBLIC.into());
        config.public.staff_url = Some(STAFF.into());
    })
}

fn at(call: Call, url: &str) -> Call {
    call.header("host", url.trim_start_matches("https://"))
}

fn line(answer: &Answer) -> String {
    answer.headers["set-cookie"].to_str().unwrap().to_owned()
}

/// A form as a browser sends it from a page of `from`.
fn sent(w: &World, path: &str, to: &str, from: &str) -> Call {
    let site = if to == from { "same-origin" } else { "same-site" };
    let call = at(w.post(path), to).header("origin", from).header("sec-fetch-site", site);
    call.form(&[("login", "lan"), ("password", "sai"), ("q", "H49.24-251006-0001")])
}

#[tokio::test(flavor = "multi_thread")]
async fn adm_04_staff_pages_answer_under_the_staffs_host_and_are_nowhere_else() {
    let w = world();
    let lan = w.officer("lan", "H49.28", &[Role::IntakeOfficer, Role::TopAdmin]).await;
    let session = format!("__Host-{}", w.sign_in(&lan).await);
    for path in ["/can-bo", "/can-bo/tiep-nhan", "/can-bo/quan-tri", "/can-bo/tai-khoan"] {
        at(w.get(path), STAFF).cookie(&session).send().await.expect(200);
        for elsewhere in [PUBLIC, "https://10.1.2.3:8080", "https://noi-bo.example.vn.evil.vn"] {
            let answer = at(w.get(path), elsewhere).cookie(&session).send().await.expect(404);
            assert!(answer.text().contains("Trang này dành cho cán bộ"), "{path}");
            assert!(!answer.text().contains("noi-bo"), "where it is nobody is told");
        }
        w.get(path).cookie(&session).send().await.expect(404);
    }
    at(w.get("/dang-nhap"), "https://Noi-Bo.example.vn:443").send().await.expect(200);
    for path in ["/dang-nhap", "/dang-xuat", "/dang-nhap/mat-khau", "/can-bo/ghi-chu"] {
        sent(&w, path, PUBLIC, PUBLIC).cookie(&session).send().await.expect(404);
    }
    let english = at(w.get("/can-bo"), PUBLIC).cookie("lang=en").send().await.expect(404);
    assert!(english.text().contains("This page is for staff"));
}

#[tokio::test(flavor = "multi_thread")]
async fn adm_04_what_citizens_read_answers_under_the_public_host() {
    let w = world();
    let home = at(w.get("/"), PUBLIC).send().await.expect(200);
    assert!(!home.text().contains("href=\"/dang-nhap\""), "no link that leads nowhere");
    for path in ["/tra-cuu?ma=1", "/thu-tuc", "/dia-ban", "/khong-co", "//evil.vn/x"] {
        let on = at(w.get(path), STAFF).send().await.expect(307);
        assert_eq!(on.location(), format!("{PUBLIC}{path}"));
    }
    assert_eq!(at(w.get("/"), STAFF).send().await.expect(307).location(), "/can-bo");
    sent(&w, "/tra-cuu", STAFF, STAFF).send().await.expect(404);
    for host in [PUBLIC, STAFF] {
        at(w.get("/api/v1/openapi.json"), host).send().await.expect(200);
        at(w.get("/api/v1/inbox"), host).send().await.expect(401);
        at(w.get("/ngon-ngu?to=en&tiep=/"), host).send().await.expect(303);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn adm_04_a_form_is_taken_from_a_page_of_its_own_host_only() {
    let w = world();
    w.officer("lan", "H49.28", &[Role::IntakeOfficer]).await;
    sent(&w, "/dang-nhap", STAFF, STAFF).send().await.expect(422);
    for stranger in [PUBLIC, "https://evil.vn", "http://noi-bo.example.vn", "null"] {
        let refused = sent(&w, "/dang-nhap", STAFF, stranger).send().await.expect(403);
        assert!(refused.text().contains("không gửi từ trang của hệ thống"), "{stranger}");
        sent(&w, "/api/v1/dossiers", STAFF, stranger).send().await.expect(403);
    }
    let looked = sent(&w, "/tra-cuu", PUBLIC, PUBLIC).send().await.status.as_u16();
    assert!(looked != 403 && looked != 500, "{looked}");
    sent(&w, "/tra-cuu", PUBLIC, STAFF).send().await.expect(403);
}

/// A cookie of staff is given back to their host alone: no other name, no port, no subdomain is ever named in it.
#[tokio::test(flavor = "multi_thread")]
async fn adm_04_the_session_is_bound_to_the_staffs_host() {
    let w = world();
    let lan = w.officer("lan", "H49.28", &[Role::IntakeOfficer]).await;
    let session = format!("__Host-{}", w.sign_in(&lan).await);
    let out = at(w.post("/dang-xuat"), STAFF).cookie(&session).header("origin", STAFF).send().await.expect(303);
    let cookie = line(&out);
    assert!(
        cookie.starts_with("__Host-motcua=") && cookie.contains("; Secure") && cookie.contains("Path=/"),
        "{cookie}"
    );
    assert!(!cookie.to_lowercase().contains("domain="), "{cookie}");
}

/// Without the setting everything answers under every name, as it always did.
#[tokio::test(flavor = "multi_thread")]
async fn adm_04_one_host_serves_all_until_another_is_named() {
    let w = World::sqlite();
    let home = at(w.get("/"), PUBLIC).send().await.expect(200);
    assert!(home.text().contains("href=\"/dang-nhap\""));
    at(w.get("/dang-nhap"), PUBLIC).send().await.expect(200);
}
