//! Slips about several dossiers: one receipt for what a person handed in together, the list of what goes to the post.

use crate::{
    call::Answer,
    desk::{Desk, PROCEDURE, desk, hidden, pairs},
};
use motcua::verify;

/// Takes one more dossier in; gives its code and the id by which the next one begins.
async fn one_more(d: &Desk, change: &[(&str, &str)]) -> (String, String) {
    let form = d.intake_form(change).await;
    let done = d.send_intake(&form, &[]).await.expect(303);
    let slip = d.page(&d.intake, done.location()).await.expect(200);
    let code = slip.text().split("href=\"/can-bo/ho-so/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let id = slip.text().split("tiep-nhan?nguoi=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    (code, id)
}

async fn faults(d: &Desk) -> Vec<String> {
    let found = verify::all(&d.w.app.db, &d.w.app.blobs).await.unwrap();
    found.faults.into_iter().map(|f| format!("{}: {}", f.subject, f.what)).collect()
}

fn picks(page: &Answer) -> Vec<(String, String)> {
    let values = page.text().split("name=\"hs\" value=\"").skip(1);
    values.map(|rest| ("hs".to_owned(), rest.split('"').next().unwrap().to_owned())).collect()
}

/// INT-03: what one person hands in together stands on one receipt with an annex; each dossier keeps its code, date and own receipt.
#[tokio::test(flavor = "multi_thread")]
async fn int_03_joint_receipt_names_what_one_person_handed_in_on_one_day() {
    let d = desk().await;
    let (first, id) = one_more(&d, &[]).await;
    let alone = d.page(&d.intake, &format!("/can-bo/giay-hen-chung/{id}")).await.expect(200);
    assert!(alone.text().contains("mới nộp một hồ sơ"));
    let (second, id) = one_more(&d, &[("sets", "2")]).await;
    let (other, _) = one_more(&d, &[("applicant.identity", "001099012345"), ("applicant.name", "Lê Văn Ba")]).await;
    // Handed in by the same person for somebody else: the same cover, so the same receipt.
    let proxy = [
        ("applicant.identity", "001099012345"),
        ("applicant.name", "Lê Văn Ba"),
        ("proxy.kind", "citizen"),
        ("proxy.name", "Đỗ Thị Ánh Nguyệt"),
        ("proxy.identity", "022190004567"),
        ("proxy.authorisation", "Giấy ủy quyền 05"),
    ];
    let (carried, _) = one_more(&d, &proxy).await;
    let path = format!("/can-bo/giay-hen-chung/{id}");
    let page = d.page(&d.intake, &path).await.expect(200);
    for code in [&first, &second, &carried] {
        assert!(page.text().contains(code.as_str()), "{code}");
    }
    assert!(!page.text().contains(&other), "another person's");
    let once = hidden(&page, "once");
    let all = picks(&page);
    assert_eq!(all.len(), 3);
    let send = |mut form: Vec<(String, String)>, once: &str| {
        form.push(("once".into(), once.into()));
        let (d, path) = (&d, path.clone());
        async move { d.post(&d.intake, &path, &form).await }
    };
    let too_few = send(all[..1].to_vec(), "few").await.expect(422);
    assert!(too_few.text().contains("ít nhất hai hồ sơ"));
    let made = send(all.clone(), &once).await.expect(303);
    let slip = d.page(&d.intake, made.location()).await.expect(200);
    assert!(slip.text().contains("1/2025/TNC-") && slip.text().contains(&carried));
    let pdf = d.page(&d.intake, &format!("{}.pdf", made.location())).await.expect(200);
    assert!(pdf.body.starts_with(b"%PDF-"));
    // Twice the same is once; a foreign dossier on the form is passed over.
    assert_eq!(send(all.clone(), "again").await.expect(303).location(), made.location());
    let mut more = all.clone();
    more.push(("hs".into(), "1".into()));
    assert_eq!(send(more, "more").await.expect(303).location(), made.location());
    let page = d.page(&d.intake, &format!("/can-bo/ho-so/{first}")).await.expect(200);
    assert!(page.text().contains(made.location()), "the dossier's page names it");
    // Tomorrow it is the same paper, and tomorrow's dossiers are another visit's.
    d.w.at("2025-10-07T09:00");
    let again = d.page(&d.intake, &format!("{}.pdf", made.location())).await.expect(200);
    assert_eq!(again.body, pdf.body);
    let (_, later) = one_more(&d, &[]).await;
    let next = d.page(&d.intake, &format!("/can-bo/giay-hen-chung/{later}")).await.expect(200);
    assert!(next.text().contains("mới nộp một hồ sơ"));
    // Out of the centre it is not there.
    d.page(&d.specialist, made.location()).await.expect(404);
    d.page(&d.specialist, &path).await.expect(403);
    assert_eq!(faults(&d).await, [""; 0]);
}

/// INT-01, INT-15: the next procedure for the same person begins with the same channel and way to have the result.
#[tokio::test(flavor = "multi_thread")]
async fn int_01_joint_the_next_dossier_of_a_cover_has_its_channel_and_receipt() {
    let d = desk().await;
    d.w.at("2025-10-06T15:00");
    let by_post =
        [("channel", "post"), ("received_at", "06/10/2025"), ("received_time", "09:30"), ("result_by", "post")];
    let (_, id) = one_more(&d, &by_post).await;
    let next = d.page(&d.intake, &format!("/can-bo/tiep-nhan/{PROCEDURE}?nguoi={id}")).await.expect(200);
    for said in ["value=\"06/10/2025\"", "value=\"09:30\""] {
        assert!(next.text().contains(said), "{said}");
    }
    let ticked = |name: &str, value: &str| {
        let mark = format!("name=\"{name}\" value=\"{value}\" checked");
        let chosen = format!("value=\"{value}\" selected");
        next.text().contains(&mark) || next.text().contains(&chosen)
    };
    assert!(ticked("result_by", "post") && ticked("channel", "post"));
}

/// A result that goes by post and lies ready.
async fn to_be_posted(d: &Desk, number: &str) -> String {
    let (code, _) = one_more(d, &[("result_by", "post")]).await;
    d.until_approval(&code).await;
    d.step(&d.leader, &code, "phe-duyet", &[("decision", "grant")]).await.expect(303);
    let result = [("number", number), ("date", "08/10/2025"), ("signer", "Lê Văn Ký")];
    d.step(&d.clerk, &code, "ket-qua", &result).await.expect(303);
    code
}

/// RES-02: the list of parcels is a numbered slip made by the act itself; what went otherwise gets one as well, and none is cut.
#[tokio::test(flavor = "multi_thread")]
async fn res_02_joint_the_manifest_is_a_slip_of_its_own_that_prints_the_same_tomorrow() {
    let d = desk().await;
    let codes = [to_be_posted(&d, "1/TL").await, to_be_posted(&d, "2/TL").await, to_be_posted(&d, "3/TL").await];
    let shelf = d.page(&d.returns, "/can-bo/tra-ket-qua?loc=buu-chinh").await.expect(200);
    let picked = picks(&shelf);
    assert_eq!(picked.len(), 3);
    let mut form = picked[..2].to_vec();
    for (i, (_, pick)) in picked[..2].iter().enumerate() {
        form.push((format!("so.{}", pick.split(':').next().unwrap()), format!("EK12345678{i}VN")));
    }
    form.push(("once".into(), "m1".into()));
    let sent = d.post(&d.returns, "/can-bo/tra-ket-qua/gui", &form).await.expect(303);
    let report = d.page(&d.returns, sent.location()).await.expect(200);
    assert!(report.text().contains("Bảng kê bưu gửi số 1/2025/BKBG-"), "{}", report.text());
    let slip = report.text().split("href=\"/can-bo/phieu-chung/").nth(1).unwrap().split('"').next().unwrap();
    let slip = format!("/can-bo/phieu-chung/{slip}");
    let pdf = d.page(&d.returns, &format!("{slip}.pdf")).await.expect(200);
    assert!(pdf.body.starts_with(b"%PDF-"));
    // The second click makes no second list.
    d.post(&d.returns, "/can-bo/tra-ket-qua/gui", &form).await.expect(303);
    // The third is handed over on its own page: it waits for a list.
    let post = [("to", "applicant"), ("how", "post"), ("tracking", "EK999999999VN")];
    d.step(&d.returns, &codes[2], "tra-ket-qua", &post).await.expect(303);
    let lists = d.page(&d.returns, "/can-bo/tra-ket-qua/bang-ke").await.expect(200);
    let text = lists.text();
    assert!(text.contains("1 bưu gửi đã giao, chưa có bảng kê") && text.contains("EK999999999VN"));
    assert!(text.contains("Tổ 5, khu 3, phường Hồng Gai"), "where it goes");
    assert!(text.contains("1/2025/BKBG-") && !text.contains("2/2025/BKBG-"));
    let own = pairs(&[("once", &hidden(&lists, "once"))]);
    let made = d.post(&d.returns, "/can-bo/tra-ket-qua/bang-ke", &own).await.expect(303);
    let second = d.page(&d.returns, made.location()).await.expect(200);
    assert!(second.text().contains("2/2025/BKBG-") && second.text().contains(&codes[2]));
    assert_eq!(d.post(&d.returns, "/can-bo/tra-ket-qua/bang-ke", &own).await.expect(303).location(), made.location());
    d.w.at("2025-10-09T09:00");
    let tomorrow = d.page(&d.returns, &format!("{slip}.pdf")).await.expect(200);
    assert_eq!(tomorrow.body, pdf.body, "the same number, the same content");
    let lists = d.page(&d.returns, "/can-bo/tra-ket-qua/bang-ke").await.expect(200);
    assert!(lists.text().contains("1/2025/BKBG-") && lists.text().contains("2/2025/BKBG-"));
    assert!(!lists.text().contains("chưa có bảng kê"));
    d.page(&d.specialist, "/can-bo/tra-ket-qua/bang-ke").await.expect(403);
    d.page(&d.specialist, &slip).await.expect(404);
    assert_eq!(faults(&d).await, [""; 0]);
}
