//! TRK-01: a dossier followed by its code.

use crate::{
    desk::{PDF, desk, hidden, multipart, pairs},
    world::{World, applicant},
};
use domain::{accounts::Role, dossier::barcode};
use motcua::accounts::KeyScope;
use serde_json::json;

async fn taken_in() -> (World, String, i64) {
    let world = World::sqlite();
    world.procedures(&["1.000080"]).await;
    let who = world.officer("tiep.nhan", "H49.28", &[Role::IntakeOfficer]).await;
    let done = world.take_in(&who, "1.000080").await;
    let code = done.state.code.unwrap().to_string();
    (world, code, done.id.raw())
}

#[tokio::test]
async fn trk_01_anybody_with_the_code_sees_where_a_dossier_is_and_nothing_personal() {
    let (world, code, id) = taken_in().await;
    let page = world.get(&format!("/tra-cuu/{code}")).send().await.expect(200);
    let text = page.text();
    for shown in [code.as_str(), "Hẹn trả kết quả", "Đã tiếp nhận hồ sơ của ông/bà", "path-now", "làm việc"]
    {
        assert!(text.contains(shown), "{shown}");
    }
    let people = applicant().applicant;
    for hidden in [people.name.as_str(), "0912345678", "022099012345", "Cán bộ tiep.nhan", "tiep.nhan"] {
        assert!(!text.contains(hidden), "{hidden}");
    }
    let scanned = world.get(&format!("/tra-cuu?ma={}", barcode(id))).send().await.expect(303);
    assert_eq!(scanned.location(), format!("/tra-cuu/{code}"));
    let typed = world.get(&format!("/tra-cuu?ma=+{}+", code.to_lowercase())).send().await.expect(303);
    assert_eq!(typed.location(), format!("/tra-cuu/{code}"));
}

#[tokio::test]
async fn trk_01_the_last_four_digits_open_the_rest_for_ten_minutes() {
    let (world, code, _) = taken_in().await;
    let page = format!("/tra-cuu/{code}");
    let slip = format!("{page}/giay-hen.pdf");
    assert_eq!(world.get(&slip).send().await.expect(303).location(), page);
    let wrong = world.post(&page).form(&[("so_cuoi", "0000")]).send().await.expect(422);
    assert!(wrong.text().contains("so_cuoi-error") && !wrong.text().contains("Nguyễn Thị Mẫu"));
    let right = world.post(&page).form(&[("so_cuoi", "5678")]).send().await.expect(303);
    let cookie = right.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let own = world.get(&page).cookie(&cookie).send().await.expect(200);
    assert!(own.text().contains("Nguyễn Thị Mẫu") && own.text().contains("giay-hen.pdf"));
    let pdf = world.get(&slip).cookie(&cookie).send().await.expect(200);
    assert!(pdf.body.starts_with(b"%PDF-"));
    let forged = cookie.replace('a', "b");
    assert!(!world.get(&page).cookie(&forged).send().await.expect(200).text().contains("Nguyễn Thị Mẫu"));
}

#[tokio::test]
async fn trk_01_guessing_codes_and_digits_is_slowed_down() {
    let (world, code, _) = taken_in().await;
    let page = format!("/tra-cuu/{code}");
    let mut statuses = Vec::new();
    for n in 0..25 {
        statuses.push(world.post(&page).form(&[("so_cuoi", &format!("{n:04}"))]).send().await.status.as_u16());
    }
    assert_eq!(statuses[0], 422);
    assert_eq!(statuses[24], 429);
    let world = World::sqlite();
    let mut last = 0;
    for n in 0..60 {
        last = world.get(&format!("/tra-cuu/H49.24-251006-{n:04}")).send().await.status.as_u16();
        if n == 0 {
            assert_eq!(last, 404);
        }
    }
    assert_eq!(last, 429);
}

/// Who may not guess on at one dossier goes to the next: codes are counted up.
#[tokio::test]
async fn trk_01_guessing_digits_from_dossier_to_dossier_is_slowed_down_too() {
    let world = World::sqlite();
    world.procedures(&["1.000080"]).await;
    let who = world.officer("tiep.nhan", "H49.28", &[Role::IntakeOfficer]).await;
    let mut statuses = Vec::new();
    for _ in 0..8 {
        let code = world.take_in(&who, "1.000080").await.state.code.unwrap();
        for n in 0..9 {
            let guess = world.post(&format!("/tra-cuu/{code}")).form(&[("so_cuoi", &format!("{n:04}"))]);
            statuses.push(guess.send().await.status.as_u16());
        }
    }
    assert!(statuses[..60].iter().all(|s| *s == 422), "sixty errors are free: {statuses:?}");
    assert_eq!(statuses[71], 429, "{statuses:?}");
}

/// TRK-01: a hall behind one address: typing errors are forgiven with time, many right look-ups at once are none, and nobody is
/// kept from signing in by what others typed on the tracking page.
#[tokio::test(flavor = "multi_thread")]
async fn trk_01_right_codes_cost_nothing_and_wrong_ones_are_forgiven() {
    let (world, code, _) = taken_in().await;
    let page = format!("/tra-cuu/{code}");
    let why = format!("/vi-sao/{code}");
    for n in 0..49 {
        world.get(&format!("/tra-cuu/H49.24-241006-{n:04}")).send().await.expect(404);
    }
    let mut together = tokio::task::JoinSet::new();
    for n in 0..64 {
        together.spawn(world.get(if n % 2 == 0 { &page } else { &why }).send());
    }
    for answer in together.join_all().await {
        answer.expect(200);
    }
    world.get("/tra-cuu/H49.24-241006-9999").send().await.expect(404);
    world.get(&page).send().await.expect(429);
    let who = world.officer("doc", "H49.28", &[Role::Supervisor]).await;
    let form = [("login", "doc"), ("password", crate::world::PASSWORD), ("tiep", "")];
    world.post("/dang-nhap").form(&form).send().await.expect(303);
    drop(who);
    for _ in 0..60 {
        world.app.machine.advance(6_000);
        world.get(&page).send().await.expect(200);
        world.get("/tra-cuu/H49.24-241006-9998").send().await.expect(404);
    }
}

#[tokio::test]
async fn trk_01_a_text_that_is_no_code_stays_in_the_field_with_an_example() {
    let world = World::sqlite();
    let page = world.get("/tra-cuu?ma=H49-sai").send().await.expect(422);
    assert!(page.text().contains("H49-sai") && page.text().contains("ma-error"));
    world.get("/tra-cuu/%3Cscript%3E").send().await.expect(404);
    world.get("/tra-cuu").send().await.expect(200);
}

#[tokio::test]
async fn clk_03_why_this_date_is_told_line_by_line_on_the_page_and_by_api() {
    let (world, code, _) = taken_in().await;
    let page = world.get(&format!("/vi-sao/{code}")).send().await.expect(200);
    assert!(page.text().contains("Tiếp nhận lúc 08:00, thứ Hai 06/10/2025."));
    assert!(!page.text().contains("Nguyễn Thị Mẫu"));
    let who = world.officer("doc", "H49.28", &[Role::Supervisor]).await;
    let key = world.key(&who, &[KeyScope::DossierRead]).await;
    let clock = world.get(&format!("/api/v1/dossiers/{code}/clock")).bearer(&key).send().await.expect(200).json();
    let dossier = world.get(&format!("/api/v1/dossiers/{code}")).bearer(&key).send().await.expect(200).json();
    assert_eq!(clock["due_at"], dossier["due_at"]);
    assert_eq!(clock["lines"][0]["kind"], "received");
    assert!(clock["lines"][0]["text_en"].is_string());
    world.get(&format!("/api/v1/dossiers/{code}/clock")).send().await.expect(401);
    let outside = world.officer("ngoai", "H49.24", &[Role::Clerk]).await;
    let key = world.key(&outside, &[KeyScope::ReportRead]).await;
    world.get(&format!("/api/v1/dossiers/{code}/clock")).bearer(&key).send().await.expect(403);
}

#[tokio::test]
async fn clk_01_a_promised_date_stands_when_the_calendar_changes_later() {
    let (world, code, _) = taken_in().await;
    let before = world.get(&format!("/vi-sao/{code}")).send().await.expect(200);
    assert!(!before.text().contains("giữ nguyên"));
    let who = world.officer("quan.tri", "H49.28", &[Role::ProcedureControl]).await;
    let session = world.sign_in(&who).await;
    let day = [("ngay", "07/10/2025"), ("ten", "Nghỉ chống bão"), ("loai", "off")];
    let shown = world.post("/can-bo/quan-tri/lich/ngay").cookie(&session).form(&day).send().await.expect(303);
    let change = shown.location().to_owned();
    world.post(&format!("{change}/ap-dung")).cookie(&session).send().await.expect(303);
    // In force, and the open dossiers not yet counted again: until then the promise stands.
    let after = world.get(&format!("/vi-sao/{code}")).send().await.expect(200);
    assert!(after.text().contains("giữ nguyên"));
    let key = world.key(&world.officer("doc", "H49.28", &[Role::Supervisor]).await, &[KeyScope::DossierRead]).await;
    let clock = world.get(&format!("/api/v1/dossiers/{code}/clock")).bearer(&key).send().await.expect(200).json();
    let last = clock["lines"].as_array().unwrap().last().unwrap();
    assert_eq!(last["due_at"], clock["due_at"]);
    assert_ne!(clock["due_at"], json!(null));
}

/// RES-01, RES-02: the result is had from home once it was handed over, by nobody else; a third person checks it without learning whose it is.
#[tokio::test(flavor = "multi_thread")]
async fn res_01_res_02_a_result_is_downloaded_by_its_owner_and_checked_by_a_third_person() {
    let d = desk().await;
    let code = d.take_in().await;
    d.until_approval(&code).await;
    d.step(&d.leader, &code, "phe-duyet", &[("decision", "grant")]).await.expect(303);
    let at = format!("/can-bo/ho-so/{code}/ket-qua");
    let form = d.page(&d.clerk, &at).await.expect(200);
    let (once, version) = (hidden(&form, "once"), hidden(&form, "version"));
    let texts = pairs(&[
        ("once", &once),
        ("version", &version),
        ("number", "118/TL"),
        ("date", "08/10/2025"),
        ("signer", "Lê Văn Ký"),
    ]);
    let files: [(&str, &str, &[u8]); 1] = [("files", "ket-qua.pdf", PDF)];
    multipart(d.w.post(&at).cookie(&d.clerk), &texts, &files).send().await.expect(303);

    let page = format!("/tra-cuu/{code}");
    let prove = d.w.post(&page).form(&[("so_cuoi", "4567")]).send().await.expect(303);
    let cookie = prove.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let sha256 = domain::hex(&<sha2::Sha256 as sha2::Digest>::digest(PDF));
    let file = format!("{page}/ket-qua/{sha256}");
    let check = format!("/xac-minh/{code}");
    d.w.get(&file).cookie(&cookie).send().await.expect(404);
    let early = d.w.get(&check).send().await.expect(200);
    assert!(early.text().contains("chưa trả kết quả") && !early.text().contains("118/TL"), "before the handover");

    d.step(&d.returns, &code, "tra-ket-qua", &[("to", "applicant"), ("identity", "022190004567"), ("how", "counter")])
        .await
        .expect(303);
    let own = d.w.get(&page).cookie(&cookie).send().await.expect(200);
    assert!(own.text().contains(&file) && own.text().contains(&check), "{}", own.text());
    assert!(d.w.get(&file).cookie(&cookie).send().await.expect(200).body.starts_with(b"%PDF"));
    assert_eq!(d.w.get(&file).send().await.expect(303).location(), page, "a stranger is asked for the proof");

    let told = d.w.get(&check).send().await.expect(200);
    assert!(told.text().contains("118/TL") && told.text().contains("Lê Văn Ký"));
    for hidden in ["Đỗ Thị Ánh Nguyệt", "0912345678", "022190004567"] {
        assert!(!told.text().contains(hidden), "{hidden}");
    }
    let compare = |bytes: &'static [u8]| multipart(d.w.post(&check), &[], &[("tep", "x.pdf", bytes)]).send();
    assert!(compare(PDF).await.expect(200).text().contains("Đúng tệp đã phát hành: ket-qua.pdf"));
    assert!(compare(b"%PDF-1.4 khac").await.expect(200).text().contains("không phải tệp đã phát hành"));
    multipart(d.w.post(&check), &[], &[]).send().await.expect(422);
}
