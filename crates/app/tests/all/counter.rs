//! The counter's comforts: the card, what is known of the person, the telephone as scanner (INT-02, INT-14).

use crate::desk::{Desk, PDF, PROCEDURE, desk, multipart, pairs};
use domain::accounts::Role;

const CARD: &str =
    "022190004567|101234567|Đỗ Thị Ánh Nguyệt|14031990|Nữ|Tổ 5, Khu 3, Hồng Gai, Hạ Long, Quảng Ninh|25042021";

async fn filled(d: &Desk, card: &str) -> crate::call::Answer {
    let change = [
        ("act", "card"),
        ("card", card),
        ("applicant.name", ""),
        ("applicant.identity", ""),
        ("applicant.address", ""),
    ];
    let form = d.intake_form(&change).await;
    d.send_intake(&form, &[]).await
}

/// INT-02: the QR code of the card fills the applicant, in whatever way the scanner types it.
#[tokio::test(flavor = "multi_thread")]
async fn int_02_counter_a_scanned_card_fills_the_applicant_without_scripts_too() {
    let d = desk().await;
    let telex = CARD.replace("Đỗ Thị Ánh Nguyệt", "Ddoox Thij Anhs Nguyeetj").replace('|', "~");
    for card in [CARD, telex.as_str()] {
        let page = filled(&d, card).await.expect(200);
        for value in ["value=\"022190004567\"", "value=\"Đỗ Thị Ánh Nguyệt\"", "Hồng Gai, Hạ Long, Quảng Ninh\""]
        {
            assert!(page.text().contains(value), "{value} from {card}");
        }
        assert!(page.text().contains("value=\"0912 345 678\""), "what was typed stays");
    }
    let wrong = filled(&d, "H49.24-261117-0008").await.expect(422);
    assert!(wrong.text().contains("không phải mã QR của thẻ căn cước"));
}

/// INT-02, INT-10: the card is the owner's or the proxy's when the officer says so, and never takes another's place unasked.
#[tokio::test(flavor = "multi_thread")]
async fn int_02_counter_a_card_fills_the_one_whose_it_is_and_replaces_nobody_unasked() {
    let d = desk().await;
    for at in ["owner", "proxy"] {
        let change = [("act", "card"), ("card", CARD), ("card_for", at), ("applicant.identity", "001099012345")];
        let page = d.send_intake(&d.intake_form(&change).await, &[]).await.expect(200);
        let filled = |name: &str, value: &str| {
            let field = page.text().split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
            assert_eq!(field.split('"').next().unwrap(), value, "{name}");
        };
        filled(&format!("{at}.identity"), "022190004567");
        filled(&format!("{at}.name"), "Đỗ Thị Ánh Nguyệt");
        filled("applicant.identity", "001099012345");
    }
    let change = [("act", "card"), ("card", CARD), ("applicant.identity", "001099012345")];
    let page = d.send_intake(&d.intake_form(&change).await, &[]).await.expect(422);
    assert!(page.text().contains("đã có số định danh khác") && page.text().contains("value=\"001099012345\""));
}

/// INT-02: an earlier dossier fills the applicant alone, without leaving the form.
#[tokio::test(flavor = "multi_thread")]
async fn int_02_counter_an_earlier_dossier_fills_the_applicant_and_no_proxy_of_then() {
    let d = desk().await;
    let proxy = [("proxy.kind", "citizen"), ("proxy.name", "Lê Thị Bưởi"), ("proxy.identity", "022190005678")];
    let proxy = [&proxy[..], &[("proxy.authorisation", "Giấy ủy quyền 05 ngày 01/10/2025")]].concat();
    d.send_intake(&d.intake_form(&proxy).await, &[]).await.expect(303);
    let page = d.send_intake(&d.intake_form(&[("act", "again")]).await, &[]).await.expect(200);
    let key = page.text().split("name=\"act\" value=\"people:").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let act = format!("people:{key}");
    let change = [("act", act.as_str()), ("applicant.name", ""), ("applicant.phone", ""), ("sets", "3")];
    let page = d.send_intake(&d.intake_form(&change).await, &[]).await.expect(200);
    assert!(page.text().contains("value=\"Đỗ Thị Ánh Nguyệt\"") && page.text().contains("value=\"0912345678\""));
    assert!(page.text().contains("name=\"sets\" value=\"3\"") && !page.text().contains("Lê Thị Bưởi"));
    // For the next procedure of those who stand here, the proxy comes along, the paper does not.
    let next = d.page(&d.intake, &format!("/can-bo/tiep-nhan/{PROCEDURE}?nguoi={key}")).await.expect(200);
    assert!(next.text().contains("Lê Thị Bưởi") && !next.text().contains("Giấy ủy quyền 05"));
}

/// INT-08: the date on the form is the one that the receipt will bear.
#[tokio::test(flavor = "multi_thread")]
async fn int_08_counter_the_date_is_counted_from_the_typed_receipt() {
    let d = desk().await;
    d.w.at("2025-10-06T15:00");
    let change = [("act", "again"), ("channel", "post"), ("received_at", "03/10/2025"), ("received_time", "08:00")];
    let page = d.send_intake(&d.intake_form(&change).await, &[]).await.expect(200);
    assert!(page.text().contains("Nhận lúc 08:00, 03/10/2025, hẹn trả"));
    let now = d.send_intake(&d.intake_form(&[("act", "again")]).await, &[]).await.expect(200);
    assert!(now.text().contains("Nếu tiếp nhận bây giờ, hẹn trả"));
    let due = |page: &str| page.split("class=\"due-date\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_ne!(due(page.text()), due(now.text()));
}

#[tokio::test(flavor = "multi_thread")]
async fn int_02_counter_all_required_papers_are_ticked_at_once() {
    let d = desk().await;
    let mut form = d.intake_form(&[("act", "full")]).await;
    form.retain(|(n, _)| n.strip_suffix(".full").is_none());
    let page = d.send_intake(&form, &[]).await.expect(200);
    assert!(page.text().contains("data-full checked"));
}

/// INT-14: a paper that was handed in before is offered, taken over when ticked, and looking is written down.
#[tokio::test(flavor = "multi_thread")]
async fn int_14_counter_offers_the_earlier_papers_of_the_same_person_and_of_nobody_else() {
    let d = desk().await;
    let form = d.intake_form(&[]).await;
    let first = d.send_intake(&form, &[("components.0.files", "don.pdf", PDF)]).await.expect(303);
    let panel = format!("/can-bo/tiep-nhan/{PROCEDURE}/nguoi");
    let variant = value(&form, "variant");
    let of = |cookie: &str, number: &str| {
        d.w.post(&panel).cookie(cookie).form(&[("so", number), ("truong_hop", variant.as_str())])
    };
    let known = of(&d.intake, "022190004567").send().await.expect(200);
    assert!(known.text().contains("Hồ sơ trước đây") && known.text().contains("don.pdf"));
    let key = known.text().split("name=\"reuse\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let nobody = of(&d.intake, "022099012345").send().await.expect(200);
    assert!(!nobody.text().contains("Hồ sơ trước đây"));
    of(&d.specialist, "022190004567").send().await.expect(403);

    // Another officer of the counter takes it over; somebody else's number takes nothing over.
    let other = d.intake_form(&[("reuse", &key), ("applicant.identity", "022099012345"), ("act", "again")]).await;
    let other = d.send_intake(&other, &[]).await.expect(422);
    assert!(
        !other.text().contains("don.pdf") && other.text().contains("dùng lại là của người khác"),
        "told, not dropped"
    );
    let mut again = d.intake_form(&[("reuse", &key)]).await;
    again.retain(|(n, _)| n != "components.0.full");
    let done = d.send_intake(&again, &[]).await.expect(303);
    assert_ne!(done.location(), first.location());
    let slip = d.page(&d.intake, done.location()).await.expect(200);
    let path = slip.text().split("href=\"/can-bo/ho-so/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(d.page(&d.intake, &format!("/can-bo/ho-so/{path}")).await.expect(200).text().contains("don.pdf"));
    assert!(searched(&d) > 0, "who looked for the person is written down");
}

fn value(form: &[(String, String)], name: &str) -> String {
    form.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap()
}

fn searched(d: &Desk) -> i64 {
    use platform::db::{Query, params, sql};
    let count = sql!("SELECT COUNT(*) FROM personal_reads WHERE way = 'search'");
    d.w.app.db.read_blocking(move |q| q.one(count, params![], |r| r.get(0))).unwrap()
}

/// Several procedures for one person in one go.
#[tokio::test(flavor = "multi_thread")]
async fn int_01_counter_the_next_procedure_begins_with_the_same_person() {
    let d = desk().await;
    let form = d.intake_form(&[]).await;
    let done = d.send_intake(&form, &[]).await.expect(303);
    let slip = d.page(&d.intake, done.location()).await.expect(200);
    let again =
        slip.text().split("href=\"/can-bo/tiep-nhan?nguoi=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let choose = d.page(&d.intake, &format!("/can-bo/tiep-nhan?nguoi={again}")).await.expect(200);
    assert!(choose.text().contains(&format!("{PROCEDURE}?nguoi={again}")));
    assert!(choose.text().contains("data-key=\"1\""), "what was taken in last is one key away");
    let page = d.page(&d.intake, &format!("/can-bo/tiep-nhan/{PROCEDURE}?nguoi={again}")).await.expect(200);
    assert!(page.text().contains("value=\"Đỗ Thị Ánh Nguyệt\"") && page.text().contains("value=\"0912345678\""));
    let elsewhere = d.w.officer_at("xa2", "H49.24", &[Role::IntakeOfficer], None).await;
    if elsewhere.centre != d.w.app.reference().main_centre().map(|c| c.id) {
        let session = d.w.sign_in(&elsewhere).await;
        d.page(&session, &format!("/can-bo/tiep-nhan/{PROCEDURE}?nguoi={again}")).await.expect(404);
    }
}

/// The telephone as scanner: one sending, in minutes, for the officer who asked.
#[tokio::test(flavor = "multi_thread")]
async fn int_02_counter_a_telephone_sends_pictures_once_and_they_appear_on_the_form() {
    let d = desk().await;
    let made = d.w.post("/can-bo/may-quet").cookie(&d.intake).send().await.expect(200).json();
    let address = made["url"].as_str().unwrap().split("/chup/").nth(1).map(|s| format!("/chup/{s}")).unwrap();
    assert!(d.w.get(&address).send().await.expect(200).text().contains("Gửi sang quầy"));
    let send = || multipart(d.w.post(&address), &[], &[("photos", "trang1.pdf", PDF)]).send();
    assert!(send().await.expect(200).text().contains("Đã gửi 1 ảnh"));
    assert!(send().await.expect(200).text().contains("đã dùng rồi"), "one sending only");
    let id = made["id"].as_str().unwrap().to_owned();
    let came = d.page(&d.intake, &format!("/can-bo/may-quet/{id}")).await.expect(200).json();
    assert_eq!(came[0]["name"], "trang1.pdf");
    let other = d.page(&d.specialist, &format!("/can-bo/may-quet/{id}")).await.expect(200).json();
    assert_eq!(other.as_array().unwrap().len(), 0, "nobody else sees them");
    let mut form = d.intake_form(&[("act", "again")]).await;
    form.extend(pairs(&[("components.0.phone", &id)]));
    assert!(d.send_intake(&form, &[]).await.expect(200).text().contains("trang1.pdf"));
    // Without scripts the page itself shows the code.
    let asked = d.intake_form(&[("act", "phone:0")]).await;
    assert!(d.send_intake(&asked, &[]).await.expect(200).text().contains("class=\"qr\""));
    d.w.post("/can-bo/may-quet").cookie(&d.specialist).send().await.expect(403);
    assert!(d.w.get("/chup/abc").send().await.expect(200).text().contains("đã hết hạn"));
}
