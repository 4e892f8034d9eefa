//! INT-14, STO-02: papers of a store are used again, shown to officers for a purpose, and shared by their owner.

use crate::{
    desk::{Desk, PDF, PROCEDURE, hidden},
    identity::{NUMBER, Provider, enter, with},
    online::home_on,
    vault::{certificate, desk_with_owner, listed, sqlite, taken_in},
    world::World,
};
use domain::accounts::Role;
use motcua::error::AppError;
use platform::db::{params, sql};

async fn known(d: &Desk, number: &str) -> String {
    let form = d.intake_form(&[]).await;
    let variant = form.iter().find(|(n, _)| n == "variant").unwrap().1.clone();
    let panel = format!("/can-bo/tiep-nhan/{PROCEDURE}/nguoi");
    let asked = d.w.post(&panel).cookie(&d.intake).form(&[("so", number), ("truong_hop", &variant)]);
    asked.send().await.expect(200).text().to_owned()
}

async fn seen(d: &Desk, session: &str) -> String {
    d.w.get("/cong-dan/kho/ai-da-xem").cookie(session).send().await.expect(200).text().to_owned()
}

fn reuse_key(page: &str) -> Option<String> {
    Some(page.split("name=\"reuse\" value=\"kho-").nth(1)?.split('"').next()?.to_owned())
}

/// INT-14: the counter takes a good paper out of the store, and the owner reads who did and what for. A paper that has ended, or
/// that the owner keeps back, is offered from nowhere.
#[tokio::test(flavor = "multi_thread")]
async fn int_14_vault_the_counter_uses_a_good_paper_again_and_the_owner_reads_it() {
    let (d, provider) = desk_with_owner(sqlite).await;
    let (row, _) = certificate(&d.w);
    taken_in(&d, NUMBER).await;
    let session = enter(&d.w, &provider).await;
    assert!(seen(&d, &session).await.contains("Chưa có ai xem"));
    let page = known(&d, NUMBER).await;
    let key = reuse_key(&page).unwrap_or_else(|| panic!("{page}"));
    assert_eq!(page.matches("name=\"reuse\"").count(), 1, "not once more as a paper of the earlier dossier");
    let shown = format!("/can-bo/kho/{}", key.split(':').next().unwrap());
    let sha256 = key.split(':').nth(1).unwrap();
    let file = d.page(&d.intake, &format!("{shown}/tep/{sha256}")).await.expect(200);
    assert_eq!(file.body, PDF, "what is offered is looked at first");

    let ticked = format!("kho-{key}");
    let mut form = d.intake_form(&[("applicant.identity", NUMBER), ("reuse", &ticked)]).await;
    form.retain(|(n, _)| *n != format!("components.{row}.full"));
    form.push((format!("components.{row}.copies"), "1".into()));
    d.send_intake(&form, &[]).await.expect(303);
    let told = seen(&d, &session).await;
    let procedure = d.w.app.reference().procedure(PROCEDURE).unwrap().name.clone();
    for part in ["Xem danh sách giấy tờ trong kho", "Mở giấy tờ trong kho", "Lấy giấy tờ từ kho vào hồ sơ", &procedure]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!told.contains("Cán bộ lan"), "which agency, never which officer");
    let list = d.w.get("/cong-dan/kho").cookie(&session).send().await.expect(200);
    let own = listed(list.text());
    assert_eq!(own.len(), 1, "used again it does not come in twice");

    let until = |day: Option<&'static str>| {
        let st = sql!("UPDATE vault_papers SET valid_until = $1");
        d.w.app.db.unit(move |unit| Ok::<_, AppError>(unit.execute(st, params![day])?))
    };
    until(Some("2025-10-05")).await.unwrap();
    assert!(!known(&d, NUMBER).await.contains("name=\"reuse\""), "it ended yesterday");
    until(None).await.unwrap();
    assert!(reuse_key(&known(&d, NUMBER).await).is_some());
    let consent = |cho: &'static str| {
        let call = d.w.post(&format!("{}/dung-lai", own[0])).cookie(&session).form(&[("cho", cho)]);
        async move { call.send().await.expect(303) }
    };
    consent("khong").await;
    assert!(!known(&d, NUMBER).await.contains("name=\"reuse\""), "its owner keeps it back");
    d.page(&d.intake, &format!("{shown}/tep/{sha256}")).await.expect(404);
    consent("co").await;
    assert!(reuse_key(&known(&d, NUMBER).await).is_some());
}

/// STO-02, ADM-02: an officer looks only after saying what for, only for a while, and only in a role that has to do with papers.
#[tokio::test(flavor = "multi_thread")]
async fn sto_02_vault_shows_officers_nothing_without_a_purpose() {
    let (d, provider) = desk_with_owner(sqlite).await;
    taken_in(&d, NUMBER).await;
    let ask = |cookie: &str, purpose: &str| {
        let call = d.w.post("/can-bo/kho").cookie(cookie).form(&[("so", NUMBER), ("muc_dich", purpose)]);
        async move { call.send().await }
    };
    let wrong = ask(&d.stranger, "xem").await.expect(422);
    assert!(
        wrong.text().contains("muc_dich-error") && wrong.text().contains(NUMBER) && !wrong.text().contains("giay.pdf")
    );
    let cashier = d.w.officer("thu", "H49.28", &[Role::Cashier]).await;
    let cashier = d.w.sign_in(&cashier).await;
    ask(&cashier, "Đối chiếu giấy tờ").await.expect(403);
    d.page(&cashier, "/can-bo/kho").await.expect(403);

    let supervisor = d.w.officer("giam", "H49.28", &[Role::Supervisor]).await;
    let supervisor = d.w.sign_in(&supervisor).await;
    let empty = d.page(&supervisor, "/can-bo/nhat-ky-kho").await.expect(200);
    assert!(empty.text().contains("Chưa có lần xem nào"), "what was refused was not a look");
    let page = ask(&d.stranger, "Đối chiếu giấy tờ hồ sơ xã").await.expect(200);
    let file = page.text().split("href=\"/can-bo/kho/").nth(1).unwrap().split('"').next().unwrap();
    let file = format!("/can-bo/kho/{file}");
    assert_eq!(d.page(&d.stranger, &file).await.expect(200).body, PDF);
    assert_eq!(
        d.page(&d.specialist, &file).await.expect(303).location(),
        "/can-bo/kho",
        "who said nothing sees nothing"
    );
    let later = d.w.another_process(31 * 60_000);
    let stranger = d.w.app.reference().officers().find(|o| o.login == "xa").unwrap().who.clone();
    let stranger = later.sign_in(&stranger).await;
    let late = later.get(&file).cookie(&stranger).send().await.expect(303);
    assert_eq!(late.location(), "/can-bo/kho", "said too long ago");

    let log = d.page(&supervisor, "/can-bo/nhat-ky-kho").await.expect(200);
    assert!(log.text().contains("Cán bộ xa") && log.text().contains("Đối chiếu giấy tờ hồ sơ xã"), "{}", log.text());
    assert!(!log.text().contains(NUMBER));
    d.page(&d.stranger, "/can-bo/nhat-ky-kho").await.expect(403);
    let session = enter(&d.w, &provider).await;
    assert!(seen(&d, &session).await.contains("Đối chiếu giấy tờ hồ sơ xã"));
}

/// STO-02: the owner shares one paper with somebody for a time.
#[tokio::test(flavor = "multi_thread")]
async fn sto_02_vault_a_link_opens_one_paper_until_it_ends() {
    let (d, provider) = desk_with_owner(sqlite).await;
    taken_in(&d, NUMBER).await;
    let session = enter(&d.w, &provider).await;
    let list = d.w.get("/cong-dan/kho").cookie(&session).send().await.expect(200);
    let paper = listed(list.text()).remove(0);
    let page = d.w.get(&paper).cookie(&session).send().await.expect(200);
    let once = hidden(&page, "once");
    let share = |who: &str| {
        let form = [("once", once.as_str()), ("cho_ai", who), ("ngay", "7")];
        let call = d.w.post(&format!("{paper}/chia-se")).cookie(&session).form(&form);
        async move { call.send().await }
    };
    assert!(share("").await.expect(422).text().contains("cho_ai-error"));
    share("Ngân hàng").await.expect(303);
    share("Ngân hàng").await.expect(303);
    let page = d.w.get(&paper).cookie(&session).send().await.expect(200).text().to_owned();
    let link = page.split("class=\"digest\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let link = link.rsplit("/kho/").next().unwrap().to_owned();
    assert_eq!(page.matches("/thoi\"").count(), 1, "a double click makes one");
    let shown = d.w.get(&format!("/kho/{link}")).send().await.expect(200);
    assert!(shown.text().contains("giay.pdf") && shown.text().contains("Ngân hàng"));
    let sha256 = domain::hex(&<sha2::Sha256 as sha2::Digest>::digest(PDF));
    assert_eq!(d.w.get(&format!("/kho/{link}/tep/{sha256}")).send().await.expect(200).body, PDF);
    let mut bent = link.clone();
    bent.replace_range(0..1, if link.starts_with('1') { "2" } else { "1" });
    d.w.get(&format!("/kho/{bent}")).send().await.expect(404);
    assert!(seen(&d, &session).await.contains("Người có liên kết"));
    let end = format!("{paper}/chia-se/{}/thoi", link.split('-').next().unwrap());
    d.w.app.machine.advance(8 * 86_400_000);
    d.w.get(&format!("/kho/{link}")).send().await.expect(404);
    let session = enter(&d.w, &provider).await;
    d.w.post(&end).cookie(&session).send().await.expect(303);
}

/// INT-14: from home the paper is picked out of the store, one's own only.
#[tokio::test(flavor = "multi_thread")]
async fn int_14_vault_the_wizard_offers_what_is_good_and_takes_what_is_ticked() {
    let (provider, issuer) = Provider::start().await;
    let h = home_on(|profile, change| World::sqlite_with(profile, change), with(&issuer)).await;
    let session = enter(&h.w, &provider).await;
    let draft = h.open(&session).await;
    let (case, _) = h.required();
    let agency = h.agency.clone();
    h.send(&session, &format!("{draft}/truong-hop"), &[("variant", &case), ("agency", &agency)]).await.expect(303);
    let (_, paper) = certificate(&h.w);
    let papers = format!("{draft}/giay-to");
    let page = || h.w.get(&papers).cookie(&session);
    assert!(!page().send().await.expect(200).text().contains("Có sẵn trong kho"));

    let put = h.w.get("/cong-dan/kho/them").cookie(&session).send().await.expect(200);
    let form = crate::desk::pairs(&[
        ("once", &hidden(&put, "once")),
        ("ten", &paper.name),
        ("den_ngay", "01/01/2030"),
        ("xac_nhan", "co"),
    ]);
    let call = h.w.post("/cong-dan/kho/them").cookie(&session);
    crate::desk::multipart(call, &form, &[("tep", "trong-kho.pdf", PDF)]).send().await.expect(303);
    let offered = page().send().await.expect(200).text().to_owned();
    assert!(offered.contains("Có sẵn trong kho") && offered.contains("Còn hiệu lực đến 01/01/2030"), "{offered}");
    let sha256 = domain::hex(&<sha2::Sha256 as sha2::Digest>::digest(PDF));
    let pick = format!("{}:{sha256}", paper.id);
    // Somebody else who knows the hash gets nothing for it.
    let other = h.enter("0912345678").await;
    let theirs = h.open(&other).await;
    h.send(&other, &format!("{theirs}/truong-hop"), &[("variant", &case), ("agency", &agency)]).await.expect(303);
    let take = |session: &str, draft: &str| {
        let call = h.w.post(&format!("{draft}/giay-to")).cookie(session);
        crate::desk::multipart(call, &crate::desk::pairs(&[("lai", &pick), ("act", "upload")]), &[]).send()
    };
    take(&other, &theirs).await.expect(303);
    let stolen = h.w.get(&format!("{theirs}/giay-to")).cookie(&other).send().await.expect(200);
    assert!(!stolen.text().contains("trong-kho.pdf"));
    take(&session, &draft).await.expect(303);
    let taken = page().send().await.expect(200);
    assert!(taken.text().contains("trong-kho.pdf") && !taken.text().contains("Có sẵn trong kho"), "{}", taken.text());
}
