//! ADM-03: a session that lapses over a typed form loses nothing that was typed, with scripts off.

use crate::{
    call::Answer,
    desk::{Desk, PDF, PROCEDURE, desk, hidden, multipart},
    world::World,
};
use domain::accounts::{Role, Who};
use motcua::accounts::sessions;
use platform::{
    db::{Query, params, sql},
    sessions::SessionToken,
};

/// A session that was used last when the idle time began, so that it is over now.
async fn lapsed(w: &World, who: &Who) -> String {
    let token = SessionToken::new(&w.app.random);
    let at = w.app.machine.now() - i64::from(sessions::limits(&w.app).idle_minutes) * 60_000;
    let (digest, officer) = (token.digest(), who.officer);
    let insert = move |unit: &mut platform::db::Unit| {
        motcua::accounts::store::insert_session(unit, &digest, officer, at, true)?;
        Ok::<_, platform::db::DbError>(())
    };
    w.app.db.unit(insert).await.unwrap();
    format!("motcua={}", token.expose())
}

/// The page to which the sign-in leads.
fn next_of(answer: &Answer) -> String {
    let next = answer.location().strip_prefix("/dang-nhap?tiep=").unwrap_or_else(|| panic!("{}", answer.location()));
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&format!("n={next}")).unwrap();
    pairs[0].1.clone()
}

fn kept(w: &World) -> Vec<String> {
    let st = sql!("SELECT body FROM lapsed_forms WHERE key_digest <> '-'");
    w.app.db.read_blocking(move |q| q.rows(st, params![], |r| r.get(0))).unwrap()
}

/// Sends a form as a browser without scripts does from `page`, under a session that is over.
async fn sent_too_late(d: &Desk, who: &Who, page: &str, path: &str, form: &[(&str, &str)]) -> String {
    let over = lapsed(&d.w, who).await;
    let from = format!("http://localhost{page}");
    let call = d.w.post(path).cookie(&over).header("referer", &from).form(form);
    let next = next_of(&call.send().await.expect(303));
    assert!(next.starts_with(&format!("{page}?dang-do=")) || next.starts_with(&format!("{page}&dang-do=")), "{next}");
    next
}

#[tokio::test(flavor = "multi_thread")]
async fn adm_03_lapsed_a_step_comes_back_with_the_opinion_once_and_for_its_officer_only() {
    let d = desk().await;
    let code = d.take_in().await;
    let ha = d.ha.officer.to_string();
    d.step(&d.head, &code, "phan-cong", &[("officer", &ha)]).await.expect(303);
    let path = format!("/can-bo/ho-so/{code}/tham-dinh");
    let old = d.page(&d.specialist, &path).await.expect(200);
    let typed = "Hồ sơ của bà Nguyệt đủ <điều kiện>.\r\nKính trình.";
    let form = [("once", hidden(&old, "once")), ("version", hidden(&old, "version"))];
    let form = [
        ("once", form[0].1.as_str()),
        ("version", form[1].1.as_str()),
        ("opinion", "decline"),
        ("text", typed),
        ("act", "save"),
    ];
    let next = sent_too_late(&d, &d.ha, &path, &path, &form).await;
    let bodies = kept(&d.w);
    assert_eq!(bodies.len(), 1);
    assert!(!bodies[0].contains(&hex_of("Nguyệt")), "it lies sealed");

    let asked = d.w.get(&next).send().await.expect(303);
    assert_eq!(next_of(&asked), next, "nobody sees it before the sign-in");
    let other = d.page(&d.head, &next).await;
    assert!(
        !other.text().contains("Kính trình") && kept(&d.w).len() == 1,
        "another officer neither sees nor spends it"
    );

    let back = d.page(&d.specialist, &next).await.expect(200);
    assert!(back.text().contains("Hồ sơ của bà Nguyệt đủ &#60;điều kiện&#62;.\r\nKính trình.</textarea>"));
    assert!(back.text().contains("Phiên làm việc đã hết nên biểu mẫu chưa được gửi"));
    let decline = back.text().split("value=\"decline\"").nth(1).unwrap().split('>').next().unwrap().to_owned();
    assert!(decline.contains("checked"), "{decline}");
    assert_eq!(hidden(&back, "version"), form[1].1);
    assert!(kept(&d.w).is_empty(), "forgotten on use");
    assert!(!d.page(&d.specialist, &next).await.expect(200).text().contains("Kính trình"));

    let again = [("once", hidden(&back, "once"))];
    let again = [("once", again[0].1.as_str()), form[1], form[2], form[3], form[4]];
    d.w.post(&path).cookie(&d.specialist).form(&again).send().await.expect(303);
}

fn hex_of(text: &str) -> String {
    domain::hex(text.as_bytes())
}

/// The intake has files and rows that depend on the case: the server shows it again.
#[tokio::test(flavor = "multi_thread")]
async fn adm_03_lapsed_an_intake_comes_back_with_its_checklist_and_says_that_files_are_chosen_again() {
    let d = desk().await;
    let lan = d.w.officer("lan2", "H49.28", &[Role::IntakeOfficer]).await;
    let mut form = d.intake_form(&[("applicant.address", "Tổ 9, khu \"mới\""), ("result_by", "post")]).await;
    form.retain(|(name, _)| name != "components.0.full");
    form.push(("components.0.originals".into(), "3".into()));
    let over = lapsed(&d.w, &lan).await;
    let path = format!("/can-bo/tiep-nhan/{PROCEDURE}");
    let call = d.w.post(&path).cookie(&over);
    let told = multipart(call, &form, &[("components.0.files", "don.pdf", PDF)]).send().await.expect(303);
    let next = next_of(&told);
    let session = d.w.sign_in(&lan).await;
    let back = d.page(&session, &next).await;
    let text = back.text();
    assert!(
        text.contains("value=\"Đỗ Thị Ánh Nguyệt\"") && text.contains("value=\"Tổ 9, khu &#34;mới&#34;\""),
        "{text}"
    );
    assert!(text.contains("name=\"components.0.originals\" value=\"3\"") || text.contains("value=\"3\""));
    assert!(text.contains("xin chọn lại tệp"));
    let by_post = text.split("name=\"result_by\" value=\"post\"").nth(1).unwrap().split('>').next().unwrap();
    assert!(by_post.contains("checked"), "{by_post}");
}

/// GR-8: what was typed against an older version does not undo somebody else's change unseen.
#[tokio::test(flavor = "multi_thread")]
async fn adm_03_gr_8_lapsed_a_form_comes_back_against_the_version_that_was_seen() {
    let d = desk().await;
    let code = d.take_in().await;
    let ha = d.ha.officer.to_string();
    d.step(&d.head, &code, "phan-cong", &[("officer", &ha)]).await.expect(303);
    let path = format!("/can-bo/ho-so/{code}/tham-dinh");
    let old = d.page(&d.specialist, &path).await.expect(200);
    let version = hidden(&old, "version");
    let form = [("version", version.as_str()), ("opinion", "grant"), ("text", "Ý kiến gõ trước"), ("act", "save")];
    let next = sent_too_late(&d, &d.ha, &path, &path, &form).await;
    let other = [("opinion", "decline"), ("text", "Ý kiến khác"), ("act", "save")];
    d.step(&d.specialist, &code, "tham-dinh", &other).await.expect(303);
    let back = d.page(&d.specialist, &next).await.expect(200);
    assert_eq!(hidden(&back, "version"), version);
    let once = hidden(&back, "once");
    let again = [("once", once.as_str()), form[0], form[1], form[2], form[3]];
    let told = d.w.post(&path).cookie(&d.specialist).form(&again).send().await.expect(412);
    assert!(told.text().contains("Ý kiến gõ trước"));
}

/// A form whose address shows nothing comes back on the page on which it stands; one that has gone is told in words.
#[tokio::test(flavor = "multi_thread")]
async fn adm_03_lapsed_a_note_comes_back_on_the_dossiers_page_and_a_form_that_went_is_not_lost() {
    let d = desk().await;
    let code = d.take_in().await;
    let ha = d.ha.officer.to_string();
    d.step(&d.head, &code, "phan-cong", &[("officer", &ha)]).await.expect(303);
    let page = format!("/can-bo/ho-so/{code}");
    let shown = d.page(&d.specialist, &page).await.expect(200);
    let note = format!("{page}/ghi-chu");
    assert!(shown.text().contains(&format!("action=\"{note}\"")), "the note's form stands on the dossier's page");
    let next = sent_too_late(&d, &d.ha, &page, &note, &[("text", "Đã gọi điện cho gia đình.")]).await;
    let back = d.page(&d.specialist, &next).await.expect(200);
    assert!(back.text().contains("Đã gọi điện cho gia đình."));
    let next = sent_too_late(&d, &d.ha, &page, &note, &[("text", "Nội dung hai.")]).await;
    let elsewhere = next.replace(&page, "/can-bo/tai-khoan");
    let told = d.page(&d.specialist, &elsewhere).await.expect(200);
    assert!(
        told.text().contains("không còn biểu mẫu đó")
            && told.text().contains("readonly")
            && told.text().contains("Nội dung hai.")
    );
}

/// Short-lived, and never more than a few for one officer.
#[tokio::test(flavor = "multi_thread")]
async fn adm_03_lapsed_what_nobody_comes_back_for_is_forgotten() {
    let d = desk().await;
    for i in 0..12 {
        let text = format!("Ghi chú số {i}");
        sent_too_late(&d, &d.ha, "/can-bo", "/can-bo/ho-so/1/ghi-chu", &[("text", &text)]).await;
    }
    assert_eq!(kept(&d.w).len(), 10);
    let next = sent_too_late(&d, &d.ha, "/can-bo", "/can-bo/ho-so/1/ghi-chu", &[("text", "Ghi chú cuối")]).await;
    let later = d.w.another_process(2 * 3_600_000);
    let session = later.sign_in(&d.ha).await;
    let page = later.get(&next).cookie(&session).send().await.expect(200);
    assert!(!page.text().contains("Ghi chú cuối"), "two hours later it is gone");
    later.admin("POST", "/test/settle").send().await.expect(200);
    assert!(kept(&d.w).is_empty());
    // A stranger's cookie keeps nothing, and a form without words neither.
    d.w.post("/can-bo/ho-so/1/ghi-chu").cookie("motcua=khong-co").form(&[("text", "Lạ")]).send().await.expect(303);
    let over = lapsed(&d.w, &d.ha).await;
    d.w.post("/can-bo/ho-so/1/ghi-chu").cookie(&over).form(&[("text", " ")]).send().await.expect(303);
    assert!(kept(&d.w).is_empty());
}
