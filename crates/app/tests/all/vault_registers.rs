//! LNK-02, ADM-02: national registers are asked by who has that right, for a purpose that the person reads; one that is away keeps
//! nobody from going on. RES-06: an officer reads off a paper until when it is good.

use crate::{
    desk::{PROCEDURE, hidden, pairs},
    identity::{NUMBER, Provider, enter, with},
    online::home_on,
    vault::{certificate, desk_with_owner, sqlite, taken_in},
    world::World,
};
use domain::accounts::Role;
use outside::registers::Registers;
use platform::config::Register;

const NAME: &str = "Nguyễn Thị Mẫu Đúng";
const ADDRESS: &str = "Tổ 9, phường Bãi Cháy, tỉnh Quảng Ninh";

fn at(url: &str, path: &str, token: &std::path::Path) -> Register {
    Register { url: format!("{url}{path}"), token_file: Some(token.to_owned()) }
}

/// Registers that answer only who shows the token, which this world has from now on.
async fn registers(w: &mut World) -> Registers {
    let registers = Registers::new(Some("mat-khau".into())).with_person(NUMBER, NAME, ADDRESS).with_enterprise(
        "5700100256",
        "Công ty Mẫu",
        ADDRESS,
    );
    let url = registers.start().await.unwrap();
    let token = w.app.config.data.join("register.token");
    std::fs::write(&token, "mat-khau\n").unwrap();
    w.configure(|config| {
        config.registries.population = Some(at(&url, "/cong-dan", &token));
        config.registries.enterprise = Some(at(&url, "/doanh-nghiep", &token));
    });
    registers
}

#[tokio::test(flavor = "multi_thread")]
async fn lnk_02_adm_02_vault_registers_answer_who_has_the_right_and_says_what_for() {
    let (mut d, provider) = desk_with_owner(sqlite).await;
    let registers = registers(&mut d.w).await;
    let plain = d.page(&d.intake, &format!("/can-bo/tiep-nhan/{PROCEDURE}")).await.expect(200);
    assert!(!plain.text().contains("Tra cứu cơ sở dữ liệu quốc gia"), "without the right there is no way");
    let asking = [("applicant.identity", NUMBER), ("act", "register"), ("muc_dich", "Kiểm tra thông tin người nộp")];
    let form = d.intake_form(&asking).await;
    d.send_intake(&form, &[]).await.expect(403);
    assert!(registers.asked().is_empty());

    let reader = d.w.officer("tra.cuu", "H49.28", &[Role::IntakeOfficer, Role::RegisterReader]).await;
    d.intake = d.w.sign_in(&reader).await;
    let form = d.intake_form(&[("applicant.identity", NUMBER), ("act", "register"), ("muc_dich", "xem")]).await;
    let wrong = d.send_intake(&form, &[]).await.expect(422);
    assert!(wrong.text().contains("muc_dich-error") && registers.asked().is_empty(), "no purpose, no question");
    let form = d.intake_form(&asking).await;
    let beside = d.send_intake(&form, &[]).await.expect(200);
    assert_eq!(registers.asked(), [NUMBER]);
    let name = hidden(&beside, "applicant.identity");
    assert_eq!(name, NUMBER);
    let typed = |page: &str| page.contains("value=\"Đỗ Thị Ánh Nguyệt\"");
    assert!(
        beside.text().contains(NAME) && typed(beside.text()),
        "beside what was typed, not over it: {}",
        beside.text()
    );
    let mut taking = form.clone();
    taking.retain(|(n, _)| n != "act");
    taking.extend(pairs(&[("act", "register:take")]));
    let taken = d.send_intake(&taking, &[]).await.expect(200);
    assert!(taken.text().contains(&format!("value=\"{NAME}\"")) && !typed(taken.text()));

    let company = [("applicant.kind", "business"), ("applicant.identity", "5700100256"), ("act", "register")];
    let form = d.intake_form(&[company.as_slice(), &[("muc_dich", "Kiểm tra doanh nghiệp nộp")]].concat()).await;
    assert!(d.send_intake(&form, &[]).await.expect(200).text().contains("Công ty Mẫu"));
    let nobody = d.intake_form(&[asking.as_slice(), &[("applicant.identity", "022099054321")]].concat()).await;
    assert!(d.send_intake(&nobody, &[]).await.expect(422).text().contains("không có số này"));
    registers.away(true);
    let form = d.intake_form(&asking).await;
    let away = d.send_intake(&form, &[]).await.expect(422);
    assert!(away.text().contains("chưa trả lời") && typed(away.text()), "plain words, nothing lost");
    let by_hand = d.intake_form(&[("applicant.identity", NUMBER)]).await;
    d.send_intake(&by_hand, &[]).await.expect(303);

    let session = enter(&d.w, &provider).await;
    let seen = d.w.get("/cong-dan/kho/ai-da-xem").cookie(&session).send().await.expect(200);
    let said = "Kiểm tra thông tin người nộp";
    assert!(seen.text().contains(said) && seen.text().contains("quốc gia về dân cư"), "{}", seen.text());
    assert!(!seen.text().contains("Kiểm tra doanh nghiệp nộp"), "of nobody else");
}

#[tokio::test(flavor = "multi_thread")]
async fn lnk_02_vault_registers_fill_in_what_a_citizen_asks_about_themselves() {
    let (provider, issuer) = Provider::start().await;
    let mut h = home_on(|profile, change| World::sqlite_with(profile, change), with(&issuer)).await;
    let registers = registers(&mut h.w).await;
    let session = enter(&h.w, &provider).await;
    let draft = h.open(&session).await;
    let at = format!("{draft}/nguoi-nop");
    let fill = [("act", "register"), ("applicant.phone", "0912345678")];
    let filled = h.send(&session, &at, &fill).await.expect(200);
    for part in [NAME, ADDRESS, "0912345678"] {
        assert!(filled.text().contains(part), "{part}: {}", filled.text());
    }
    let again = h.w.get(&at).cookie(&session).send().await.expect(200);
    assert!(again.text().contains(ADDRESS), "it is kept");
    registers.away(true);
    let typed = [("act", "register"), ("applicant.name", "Tự Gõ")];
    let away = h.send(&session, &at, &typed).await.expect(422);
    assert!(away.text().contains("chưa trả lời") && away.text().contains("Tự Gõ"));
    let phone = h.enter("0912345678").await;
    let theirs = h.open(&phone).await;
    let page = h.w.get(&format!("{theirs}/nguoi-nop")).cookie(&phone).send().await.expect(200);
    assert!(!page.text().contains("Cơ sở dữ liệu quốc gia"), "a telephone proves nobody");
    h.send(&phone, &format!("{theirs}/nguoi-nop"), &[("act", "register")]).await.expect(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn res_06_vault_an_officer_describes_a_paper_and_until_when_it_is_good() {
    let (d, provider) = desk_with_owner(sqlite).await;
    let code = taken_in(&d, NUMBER).await;
    let (_, paper) = certificate(&d.w);
    let at = format!("/can-bo/ho-so/{code}/so-hoa");
    let dossier = d.page(&d.intake, &format!("/can-bo/ho-so/{code}")).await.expect(200);
    assert!(dossier.text().contains(&at));
    let list = d.page(&d.intake, &at).await.expect(200);
    assert!(list.text().contains(paper.name.trim()) && list.text().contains("Chưa ghi thông tin"));
    let link = list.text().split("so-hoa?giay=").nth(1).unwrap().split('#').next().unwrap().to_owned();
    let page = d.page(&d.intake, &format!("{at}?giay={link}")).await.expect(200);
    let once = hidden(&page, "once");
    let send = |cookie: &str, fields: &[(&str, &str)]| {
        let mut form = vec![("once", once.as_str()), ("giay", link.as_str()), ("so", "12/GCN")];
        form.extend_from_slice(fields);
        d.w.post(&at).cookie(cookie).form(&form).send()
    };
    let wrong = send(&d.intake, &[("tu_ngay", "01/10/2025"), ("den_ngay", "01/09/2025")]).await.expect(422);
    assert!(wrong.text().contains("den_ngay-error") && wrong.text().contains("12/GCN"));
    send(&d.stranger, &[]).await.expect(404);
    send(&d.returns, &[]).await.expect(403);
    send(&d.intake, &[("den_ngay", "05/10/2025"), ("co_quan", "UBND phường")]).await.expect(303);
    let session = enter(&d.w, &provider).await;
    let own = d.w.get("/cong-dan/kho").cookie(&session).send().await.expect(200);
    assert!(own.text().contains("Hết hiệu lực từ sau 05/10/2025") && own.text().contains("12/GCN"), "{}", own.text());
    let again = d.page(&d.intake, &at).await.expect(200);
    assert!(again.text().contains("Đã đối chiếu"));
    let seen = d.w.get("/cong-dan/kho/ai-da-xem").cookie(&session).send().await.expect(200);
    assert!(seen.text().contains("Ghi thông tin của giấy tờ") && seen.text().contains(&code));
}
