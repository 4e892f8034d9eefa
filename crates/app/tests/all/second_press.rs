//! A form that was carried out at its first press (contract.md, Idempotency-Key).

use crate::desk::{desk, hidden, multipart, pairs};
use domain::accounts::Role;

/// The second press finds the first answer, also when meanwhile the step went on, the dossier or
/// the procedure is out of reach and the form cannot be read any more.
#[tokio::test(flavor = "multi_thread")]
async fn int_03_a_second_press_is_led_to_what_the_first_did_whatever_has_gone_since() {
    let d = desk().await;
    let form = d.intake_form(&[]).await;
    let first = d.send_intake(&form, &[]).await.expect(303);
    let colleague = d.w.officer("tiep.nhan.2", &d.agency, &[Role::IntakeOfficer]).await;
    let colleague = d.w.sign_in(&colleague).await;
    let ended = |who: &str| multipart(d.w.post("/can-bo/tiep-nhan/9.999999").cookie(who), &form, &[]);
    assert_eq!(ended(&d.intake).send().await.expect(303).location(), first.location());
    ended(&colleague).send().await.expect(404);
    let code = d.take_in().await;
    let path = format!("/can-bo/ho-so/{code}/phan-cong");
    let page = d.page(&d.head, &path).await.expect(200);
    let mut assigned = pairs(&[("officer", &d.ha.officer.to_string())]);
    assigned.extend(["once", "version"].map(|name| (name.to_owned(), hidden(&page, name))));
    let done = d.post(&d.head, &path, &assigned).await.expect(303);
    d.step(&d.specialist, &code, "tham-dinh", &[("opinion", "grant"), ("text", "Đủ"), ("act", "submit")])
        .await
        .expect(303);
    assigned[0].1 = "nobody".into();
    assert_eq!(d.post(&d.head, &path, &assigned).await.expect(303).location(), done.location());
    let gone = d.post(&d.head, "/can-bo/ho-so/H49.28-251006-0999/phan-cong", &assigned).await;
    assert_eq!(gone.expect(303).location(), done.location());
}
