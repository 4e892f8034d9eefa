//! INT-01 online: the list of tasks, what keeps itself, what is agreed to, what a fee rests on.

use crate::online::{PROCEDURE, home};
use domain::catalogue::{Channel, FeeKind, FeeLine};
use motcua::error::AppError;
use platform::db::{params, sql};

/// Everything that the dossier needs stands on one page with its state and a way to it, in any order.
#[tokio::test(flavor = "multi_thread")]
async fn int_01_the_list_of_tasks_says_what_is_done_and_leads_to_the_rest() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let draft = h.open(&session).await;
    let tasks = async || {
        let page = h.w.get(&format!("{draft}/cac-buoc")).cookie(&session).send().await.expect(200);
        page.text().to_owned()
    };
    let before = tasks().await;
    for step in ["truong-hop", "nguoi-nop", "giay-to", "nhan-ket-qua", "kiem-tra"] {
        assert!(before.contains(&format!("href=\"{draft}/{step}\"")), "{step}: {before}");
    }
    assert!(before.contains("Làm sau cùng") && before.contains("chỗ cần điền hoặc sửa"), "{before}");
    let page = h.w.get(&format!("{draft}/nguoi-nop")).cookie(&session).send().await.expect(200);
    assert!(page.text().contains(&format!("{draft}/cac-buoc")), "each step leads back to the list");
    let mine = h.w.get("/cong-dan").cookie(&session).send().await.expect(200);
    assert!(mine.text().contains(&format!("{draft}/cac-buoc")));
    let (case, _) = h.required();
    let form = [("variant", case.as_str()), ("agency", &h.agency)];
    h.send(&session, &format!("{draft}/truong-hop"), &form).await.expect(303);
    assert!(tasks().await.matches("chip-done").count() > before.matches("chip-done").count());
    let whole = h.fill(&session).await;
    let ready = h.w.get(&format!("{whole}/cac-buoc")).cookie(&session).send().await.expect(200);
    assert!(
        ready.text().contains("Nộp được rồi") && ready.text().contains("Đã xong 4 trên 5 việc"),
        "{}",
        ready.text()
    );
    h.submit(&session, &whole).await.expect(303);
    h.w.get(&format!("{whole}/cac-buoc")).cookie(&session).send().await.expect(303);
    let other = h.enter("0987654321").await;
    h.w.get(&format!("{draft}/cac-buoc")).cookie(&other).send().await.expect(404);
}

/// Every page of questions keeps itself while somebody types: nothing is judged, nothing moves, another device has it at once.
#[tokio::test(flavor = "multi_thread")]
async fn int_01_every_page_keeps_itself_while_somebody_types() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let draft = h.open(&session).await;
    let elsewhere = h.enter("+84 912 345 678").await;
    for (page, field, value, chosen) in [
        ("truong-hop", "agency", h.agency.as_str(), " selected"),
        ("nguoi-nop", "applicant.name", "Nguyễn Thị", ""),
        ("nguoi-nop", "applicant.identity", "0221", ""),
        ("nhan-ket-qua", "result_by", "online", " checked"),
    ] {
        let at = format!("{draft}/{page}");
        let shown = h.w.get(&at).cookie(&session).send().await.expect(200);
        assert!(shown.text().contains("data-draft data-keep="), "{page} does not keep itself");
        h.send(&session, &at, &[("act", "draft"), (field, value)]).await.expect(204);
        let shown = h.w.get(&at).cookie(&elsewhere).send().await.expect(200);
        assert!(shown.text().contains(&format!("value=\"{value}\"{chosen}")), "{field}: {}", shown.text());
    }
    let other = h.enter("0987654321").await;
    h.send(&other, &format!("{draft}/nguoi-nop"), &[("act", "draft"), ("applicant.name", "Kẻ lạ")]).await.expect(404);
}

/// What data is used for is said before the button that agrees to it, and the account says since when.
#[tokio::test(flavor = "multi_thread")]
async fn what_data_is_used_for_is_said_before_the_first_sign_in_and_stands_on_the_account() {
    let h = home().await;
    let sign_in = h.w.get("/cong-dan/dang-nhap").send().await.expect(200);
    for said in
        ["Bấm nút dưới đây là ông/bà đồng ý", "id=\"dung-vao\"", "để giải quyết thủ tục", "thôi đồng ý bất cứ lúc nào"]
    {
        assert!(sign_in.text().contains(said), "{said}: {}", sign_in.text());
    }
    let session = h.enter("0912345678").await;
    let account = async |session: &str| {
        let page = h.w.get("/cong-dan/tai-khoan").cookie(session).send().await.expect(200).text().to_owned();
        let at = page.split("Ông/bà đã đồng ý lúc ").nth(1).unwrap_or_else(|| panic!("{page}"));
        at.split(", khi").next().unwrap().to_owned()
    };
    let first = account(&session).await;
    let earlier = sql!("UPDATE citizen_consents SET at = at - 86400000");
    let back = h.w.app.db.unit(move |unit| Ok::<_, AppError>(unit.execute(earlier, params![])?)).await;
    assert_eq!(back.unwrap(), 1, "one agreement, however often somebody signs in");
    let later = h.enter("0912345678").await;
    let kept = account(&later).await;
    assert!(kept != first && kept == account(&session).await, "the first time counts");
    let page = h.w.get("/cong-dan/tai-khoan").cookie(&later).send().await.expect(200);
    for part in ["Thông tin định danh", "Nhận tin báo", "Thiết bị đang đăng nhập", "Thoát khỏi mọi thiết bị"]
    {
        assert!(page.text().contains(part), "{part}");
    }
}

/// Fees are shown with their basis before anything is sent.
#[tokio::test(flavor = "multi_thread")]
async fn fee_01_the_last_page_shows_each_fee_with_what_it_rests_on() {
    let h = home().await;
    let version = h.w.app.reference().procedure(PROCEDURE).unwrap().version;
    let app = h.w.app.clone();
    let governing = h.w.app.db.read_blocking(move |q| app.versions.get(q, version)).unwrap();
    let mut amended = governing.procedure.clone();
    let fee = |amount, basis: &str| FeeLine {
        kind: FeeKind::Charge,
        amount: Some(amount),
        text: String::new(),
        basis: basis.into(),
        effective_from: None,
    };
    for way in amended.ways.iter_mut().filter(|w| w.channel == Channel::Online) {
        way.fees = vec![fee(75_000, "Nghị quyết 12/2025/NQ-HĐND"), fee(8_000, "")];
    }
    amended.publication.effective_from = Some(jiff::civil::date(2025, 10, 1));
    h.w.put_in_force(&amended).await;
    let session = h.enter("0912345678").await;
    let draft = h.fill(&session).await;
    let last = h.w.get(&format!("{draft}/kiem-tra")).cookie(&session).send().await.expect(200);
    for said in ["75.000", "Căn cứ: Nghị quyết 12/2025/NQ-HĐND", "8.000", &format!("/thu-tuc/{PROCEDURE}#bases")]
    {
        assert!(last.text().contains(said), "{said}: {}", last.text());
    }
}

/// The picture of an identity document: no page shows it by itself, and who opens it stands apart in what the applicant reads.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_the_picture_of_an_identity_document_opens_only_when_asked_for_and_is_written_down_apart() {
    let h = home().await;
    let version = h.w.app.reference().procedure(PROCEDURE).unwrap().version;
    let app = h.w.app.clone();
    let governing = h.w.app.db.read_blocking(move |q| app.versions.get(q, version)).unwrap();
    let mut amended = governing.procedure.clone();
    for paper in amended.variants[0].components.iter_mut().filter(|c| c.required && c.is_paper()) {
        paper.name = "Bản chụp thẻ căn cước".into();
    }
    amended.publication.effective_from = Some(jiff::civil::date(2025, 10, 1));
    h.w.put_in_force(&amended).await;
    let session = h.enter("0912345678").await;
    let draft = h.fill(&session).await;
    let code = h.submit(&session, &draft).await.expect(303).location().strip_prefix("/da-nop/").unwrap().to_owned();
    let officer = h.w.sign_in(&h.officer).await;
    let at = format!("/can-bo/truc-tuyen/{code}");
    let look = h.w.get(&at).cookie(&officer).send().await.expect(200).text().to_owned();
    assert!(look.contains("Giấy tờ tùy thân: chỉ mở khi cần") && look.contains("Xin chọn một tệp"), "{look}");
    assert!(!look.contains("<iframe"), "nothing is shown by itself");
    let own = async || h.w.get(&format!("/tra-cuu/{code}")).cookie(&session).send().await.expect(200).text().to_owned();
    assert!(!own().await.contains("Mở ảnh giấy tờ tùy thân"));
    let sha256 = look.split("?tep=").nth(1).unwrap().split('#').next().unwrap().to_owned();
    let asked = h.w.get(&format!("{at}?tep={sha256}")).cookie(&officer).send().await.expect(200);
    assert!(asked.text().contains("<iframe"));
    h.w.get(&format!("/can-bo/ho-so/{code}/tep/{sha256}")).cookie(&officer).send().await.expect(200);
    assert!(own().await.contains("Mở ảnh giấy tờ tùy thân"), "{}", own().await);
}
