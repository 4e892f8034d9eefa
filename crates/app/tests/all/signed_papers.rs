//! CLK-05, CLK-10, DN 16.1e by page: the letter is printed, signed, scanned and attached before it is told.

use crate::{
    call::Answer,
    desk::{Desk, PDF, desk, desk_in, hidden, multipart, pairs},
    world::World,
};

/// In Đồng Nai, in the specialist's hands.
async fn in_dong_nai() -> (Desk, String) {
    let d = desk_in(World::sqlite_of("dong-nai")).await;
    let code = d.take_in().await;
    d.step(&d.head, &code, "phan-cong", &[("officer", &d.ha.officer.to_string())]).await.expect(303);
    (d, code)
}

async fn sends(d: &Desk, code: &str, step: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
    let path = format!("/can-bo/ho-so/{code}/{step}");
    let page = d.page(&d.specialist, &path).await.expect(200);
    let (once, version) = (hidden(&page, "once"), hidden(&page, "version"));
    let mut form = pairs(&[("once", &once), ("version", &version)]);
    form.extend(pairs(fields));
    multipart(d.w.post(&path).cookie(&d.specialist), &form, files).send().await
}

/// The hash of the file whose box the page shows.
fn kept(page: &Answer) -> String {
    let mark = "name=\"kept\" value=\"";
    let at = page.text().find(mark).unwrap_or_else(|| panic!("no box: {}", page.text())) + mark.len();
    page.text()[at..at + 64].to_owned()
}

#[tokio::test]
async fn clk_10_a_refusal_in_dong_nai_is_printed_signed_scanned_and_attached() {
    let (d, code) = in_dong_nai().await;
    let reason = "Đất trong hành lang bảo vệ đê.";
    // The letter to be signed, as it was typed.
    let letter = sends(&d, &code, "tu-choi", &[("reason", reason), ("act", "letter")], &[]).await.expect(200);
    assert!(letter.body.starts_with(b"%PDF"), "a paper to sign");
    // Without its scan nothing happens, and nothing typed is lost.
    let bare = sends(&d, &code, "tu-choi", &[("reason", reason)], &[]).await.expect(422);
    assert!(bare.text().contains("phải được quét và đính kèm") && bare.text().contains(reason), "{}", bare.text());
    assert!(bare.text().contains("id=\"files-error\""), "the message stands beside the field");
    // A scan stays uploaded when something else is missing.
    let silent = sends(&d, &code, "tu-choi", &[("reason", " ")], &[("files", "da-ky.pdf", PDF)]).await.expect(422);
    let scan = kept(&silent);
    let done = sends(&d, &code, "tu-choi", &[("reason", reason), ("kept", &scan)], &[]).await.expect(303);
    assert!(done.location().contains("xong=proposed"), "{}", done.location());
    // It waits for the deputy director, and the scan can be read.
    let page = d.page(&d.specialist, &format!("/can-bo/ho-so/{code}")).await.expect(200);
    assert!(page.text().contains("Bản quét văn bản đã ký"), "{}", page.text());
    d.page(&d.leader, &format!("/can-bo/ho-so/{code}/tep/{scan}")).await.expect(200);
}

#[tokio::test]
async fn clk_05_an_apology_in_dong_nai_is_printed_signed_scanned_and_attached() {
    let (d, code) = in_dong_nai().await;
    let said = [("reason", "Chờ xác minh tại xã."), ("day", "other"), ("new_due_at", "20/11/2025")];
    let letter = [&said[..], &[("act", "letter")]].concat();
    let letter = sends(&d, &code, "xin-loi", &letter, &[]).await.expect(200);
    assert!(letter.body.starts_with(b"%PDF"), "a paper to sign");
    let bare = sends(&d, &code, "xin-loi", &said, &[]).await.expect(422);
    assert!(bare.text().contains("Thư xin lỗi đã ký phải được quét"), "{}", bare.text());
    sends(&d, &code, "xin-loi", &said, &[("files", "da-ky.pdf", PDF)]).await.expect(303);
    let again = d.page(&d.specialist, &format!("/can-bo/ho-so/{code}/xin-loi")).await.expect(409);
    assert!(again.text().contains("Không thực hiện được lúc này"), "once, and it is told so: {}", again.text());
}

/// Where no regulation asks for a scan the form is as short as it was, and a form without files is taken as ever.
#[tokio::test]
async fn clk_10_elsewhere_the_form_asks_for_no_scan() {
    let d = desk().await;
    let code = d.take_in().await;
    d.step(&d.head, &code, "phan-cong", &[("officer", &d.ha.officer.to_string())]).await.expect(303);
    let page = d.page(&d.specialist, &format!("/can-bo/ho-so/{code}/tu-choi")).await.expect(200);
    assert!(!page.text().contains("Bản quét văn bản đã ký"));
    d.step(&d.specialist, &code, "tu-choi", &[("reason", "Không đủ điều kiện.")]).await.expect(303);
}
