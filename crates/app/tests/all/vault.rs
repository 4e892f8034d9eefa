//! STO-01, STO-02, RES-05: what lies in a person's store, and that nobody but the owner opens it.

use crate::{
    desk::{Desk, PDF, desk_in, hidden, multipart, pairs},
    identity::{NUMBER, Provider, enter, with},
    online::home,
    world::World,
};
use domain::{catalogue::Component, vault::is_declaration};
use motcua::{error::AppError, settings, vault};
use platform::db::{Query, params, sql};

pub const RESULT: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n\n";

/// How a world with another configuration is opened: the engine.
type Open = fn(Box<dyn FnOnce(&mut platform::config::Config)>) -> World;

/// A desk in Quảng Ninh with a provider that vouches for [`NUMBER`].
pub async fn desk_with_owner(open: Open) -> (Desk, Provider) {
    let (provider, issuer) = Provider::start().await;
    (desk_in(open(Box::new(with(&issuer)))).await, provider)
}

pub fn sqlite(change: Box<dyn FnOnce(&mut platform::config::Config)>) -> World {
    World::sqlite_with("quang-ninh", change)
}

fn postgres(change: Box<dyn FnOnce(&mut platform::config::Config)>) -> World {
    World::postgres_of("quang-ninh", change)
}

/// The first paper of the first case that is no declaration, and its row on the intake page.
pub fn certificate(w: &World) -> (usize, Component) {
    let version = w.app.reference().procedure(crate::desk::PROCEDURE).unwrap().version;
    let app = w.app.clone();
    let governing = w.app.db.read_blocking(move |q| app.versions.get(q, version)).unwrap();
    let mut papers = governing.procedure.variants[0].components.iter().filter(|c| c.is_paper()).enumerate();
    papers.find(|(_, c)| !is_declaration(c)).map(|(i, c)| (i, c.clone())).unwrap()
}

/// A dossier of this person with a file for the certificate; its code.
pub async fn taken_in(d: &Desk, number: &str) -> String {
    let (row, _) = certificate(&d.w);
    let form = d.intake_form(&[("applicant.identity", number)]).await;
    let field = format!("components.{row}.files");
    let done = d.send_intake(&form, &[(field.as_str(), "giay.pdf", PDF)]).await.expect(303);
    let slip = d.page(&d.intake, done.location()).await.expect(200);
    slip.text().split("href=\"/can-bo/ho-so/").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// The addresses of the papers that a page lists.
pub fn listed(page: &str) -> Vec<String> {
    let all = page.split("href=\"/cong-dan/kho/").skip(1).map(|rest| rest.split('"').next().unwrap());
    all.filter(|id| id.bytes().all(|b| b.is_ascii_digit())).map(|id| format!("/cong-dan/kho/{id}")).collect()
}

fn count(w: &World) -> i64 {
    let both = sql!("SELECT (SELECT COUNT(*) FROM vault_papers) * 100 + (SELECT COUNT(*) FROM vault_files)");
    w.app.db.read_blocking(move |q| q.one(both, params![], |r| r.get(0))).unwrap()
}

async fn papers_and_results(d: Desk, provider: Provider) {
    let (_, paper) = certificate(&d.w);
    let code = taken_in(&d, NUMBER).await;
    taken_in(&d, "022099054321").await;
    let session = enter(&d.w, &provider).await;
    let see = |path: String| {
        let call = d.w.get(&path).cookie(&session);
        async move { call.send().await }
    };
    let list = see("/cong-dan/kho".into()).await.expect(200).text().to_owned();
    assert!(list.contains(paper.name.trim()) && list.contains(&code), "{list}");
    assert_eq!(listed(&list).len(), 1, "of nobody else");
    let own = listed(&list).remove(0);
    let detail = see(own.clone()).await.expect(200).text().to_owned();
    let sha256 = domain::hex(&<sha2::Sha256 as sha2::Digest>::digest(PDF));
    assert!(detail.contains("giay.pdf") && detail.contains(&sha256) && detail.contains("Giấy tờ nộp theo hồ sơ"));
    assert_eq!(see(format!("{own}/tep/{sha256}")).await.expect(200).body, PDF);
    d.w.get(&format!("{own}/tep/{sha256}")).send().await.expect(303);

    // RES-05: the result lies there once it is in the applicant's hands, and not before.
    d.until_approval(&code).await;
    d.step(&d.leader, &code, "phe-duyet", &[("decision", "grant")]).await.expect(303);
    let at = format!("/can-bo/ho-so/{code}/ket-qua");
    let page = d.page(&d.clerk, &at).await.expect(200);
    let (once, version) = (hidden(&page, "once"), hidden(&page, "version"));
    let form = [("once", once.as_str()), ("version", &version), ("number", "118/TL"), ("date", "08/10/2025")];
    let form = pairs(&[form.as_slice(), &[("signer", "Lê Văn Ký")]].concat());
    multipart(d.w.post(&at).cookie(&d.clerk), &form, &[("files", "kq.pdf", RESULT)]).send().await.expect(303);
    assert!(!see("/cong-dan/kho".into()).await.text().contains("118/TL"));
    let given = [("to", "applicant"), ("identity", NUMBER), ("how", "counter")];
    d.step(&d.returns, &code, "tra-ket-qua", &given).await.expect(303);
    let list = see("/cong-dan/kho".into()).await.expect(200).text().to_owned();
    assert!(list.contains("118/TL") && list.contains("Kết quả giải quyết"), "{list}");
    let result = see(listed(&list).remove(0)).await.expect(200);
    assert!(result.text().contains("Lê Văn Ký") && result.text().contains("08/10/2025"), "{}", result.text());

    // What was there before the store was is filed by `migrate`, once and the same.
    let before = count(&d.w);
    assert_eq!(before, 303, "two papers and a result, a file each");
    let anew = |unit: &mut platform::db::Unit| {
        unit.execute(sql!("DELETE FROM vault_papers"), params![])?;
        settings::set(unit, "vault", "0")?;
        Ok::<_, AppError>(())
    };
    d.w.app.db.unit(anew).await.unwrap();
    let (db, ids) = (d.w.app.db.clone(), d.w.app.ids.clone());
    let filling = move || {
        vault::fill(&db, &ids).unwrap();
        vault::fill(&db, &ids).unwrap();
    };
    tokio::task::spawn_blocking(filling).await.unwrap();
    assert_eq!(count(&d.w), before);

    // SEC-03: whose people are erased is gone from the stores too; nobody else is.
    let erase = sql!("DELETE FROM dossier_people WHERE dossier_id = (SELECT id FROM dossiers WHERE code = $1)");
    d.w.app.db.unit(move |unit| Ok::<_, AppError>(unit.execute(erase, params![&code])?)).await.unwrap();
    assert_eq!(count(&d.w), 101);
    assert!(see("/cong-dan/kho".into()).await.expect(200).text().contains("Chưa có giấy tờ nào"));
}

#[tokio::test(flavor = "multi_thread")]
async fn sto_01_res_05_vault_papers_and_results_come_into_the_owners_store_on_sqlite() {
    let (d, provider) = desk_with_owner(sqlite).await;
    papers_and_results(d, provider).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sto_01_res_05_vault_papers_and_results_come_into_the_owners_store_on_postgresql() {
    let (d, provider) = desk_with_owner(postgres).await;
    papers_and_results(d, provider).await;
}

/// STO-02: a code sent to a telephone proves no identity number.
#[tokio::test(flavor = "multi_thread")]
async fn sto_02_vault_opens_to_nobody_who_has_only_proved_a_telephone() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    for path in ["/cong-dan/kho", "/cong-dan/kho/them", "/cong-dan/kho/ai-da-xem", "/cong-dan/kho/tai-het"] {
        let turned = h.w.get(path).cookie(&session).send().await.expect(403);
        assert!(turned.text().contains("Xin xác thực số định danh"), "{path}");
        assert!(h.w.get(path).send().await.expect(303).location().starts_with("/cong-dan/dang-nhap"));
    }
}

/// STO-01: the owner adds a paper; what is wrong is said and what came is kept; nobody attaches another's file by its hash.
#[tokio::test(flavor = "multi_thread")]
async fn sto_01_vault_takes_the_owners_own_papers_and_gives_them_up_again() {
    let (d, provider) = desk_with_owner(sqlite).await;
    let session = enter(&d.w, &provider).await;
    let post = |form: Vec<(String, String)>, files: Vec<(&'static str, &'static str, &'static [u8])>| {
        let call = d.w.post("/cong-dan/kho/them").cookie(&session);
        async move { multipart(call, &form, &files).send().await }
    };
    let form = d.w.get("/cong-dan/kho/them").cookie(&session).send().await.expect(200);
    let once = hidden(&form, "once");
    let wrong = pairs(&[("once", &once), ("ngay_cap", "32/13/2025"), ("so", "BN 01")]);
    let page = post(wrong, vec![("tep", "so-do.pdf", PDF)]).await.expect(422);
    for said in ["ten-error", "ngay_cap-error", "xac_nhan-error", "32/13/2025", "BN 01", "so-do.pdf"] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    let kept = hidden(&page, "da_co");
    let stolen = kept.split(':').next().unwrap().to_owned();
    let good = |da_co: &str| {
        pairs(&[
            ("once", &once),
            ("ten", "Giấy chứng nhận quyền sử dụng đất"),
            ("da_co", da_co),
            ("den_ngay", "01/01/2030"),
            ("xac_nhan", "co"),
        ])
    };
    let refused = post(good(&format!("{stolen}:{}", "0".repeat(64))), vec![]).await.expect(422);
    assert!(refused.text().contains("tep-error") && !refused.text().contains("so-do.pdf"));
    post(good(&kept), vec![]).await.expect(303);
    assert_eq!(post(good(&kept), vec![]).await.expect(303).location(), "/cong-dan/kho?xong=them");
    let list = d.w.get("/cong-dan/kho").cookie(&session).send().await.expect(200);
    assert!(list.text().contains("Còn hiệu lực đến 01/01/2030"), "{}", list.text());
    let papers = listed(list.text());
    assert_eq!(papers.len(), 1, "a double click adds one");
    let detail = d.w.get(&papers[0]).cookie(&session).send().await.expect(200);
    assert!(detail.text().contains("Đã được chủ xác nhận"), "{}", detail.text());

    // Whoever changes the paper behind the program's back breaks the seal, and everybody sees that.
    let rename = |name: &'static str| {
        let st = sql!("UPDATE vault_papers SET name = $1");
        let db = d.w.app.db.clone();
        async move { db.unit(move |unit| Ok::<_, AppError>(unit.execute(st, params![name])?)).await.unwrap() }
    };
    rename("Giấy chứng nhận khác").await;
    let detail = d.w.get(&papers[0]).cookie(&session).send().await.expect(200);
    assert!(detail.text().contains("Không khớp niêm phong"), "{}", detail.text());
    let look = [("so", NUMBER), ("muc_dich", "đối chiếu giấy tờ")];
    let seen = d.w.post("/can-bo/kho").cookie(&d.intake).form(&look).send().await.expect(200);
    assert!(seen.text().contains("không còn khớp với bản chủ giấy tờ đã xác nhận"), "{}", seen.text());
    rename("Giấy chứng nhận quyền sử dụng đất").await;
    let seen = d.w.post("/can-bo/kho").cookie(&d.intake).form(&look).send().await.expect(200);
    assert!(seen.text().contains("đến nay không thay đổi"), "{}", seen.text());

    // What the orphans' collector asks for names it, so that it stays.
    d.w.app.machine.advance(3 * 86_400_000);
    d.w.admin("POST", "/test/settle").send().await.expect(200);
    let session = enter(&d.w, &provider).await;
    let file = format!("{}/tep/{stolen}", papers[0]);
    assert_eq!(d.w.get(&file).cookie(&session).send().await.expect(200).body, PDF);
    let gone = d.w.post(&format!("{}/bo", papers[0])).cookie(&session).send().await.expect(303);
    assert_eq!(gone.location(), "/cong-dan/kho?xong=bo");
    d.w.get(&papers[0]).cookie(&session).send().await.expect(404);
}

/// The owner takes everything home: files and a list that machines read.
#[tokio::test(flavor = "multi_thread")]
async fn sto_02_vault_is_taken_home_as_one_archive() {
    let (d, provider) = desk_with_owner(sqlite).await;
    let code = taken_in(&d, NUMBER).await;
    taken_in(&d, "022099054321").await;
    let session = enter(&d.w, &provider).await;
    let archive = d.w.get("/cong-dan/kho/tai-het").cookie(&session).send().await.expect(200);
    assert_eq!(archive.headers["content-type"], "application/zip");
    let (bytes, text) = (&archive.body, String::from_utf8_lossy(&archive.body).into_owned());
    assert!(bytes.starts_with(b"PK\x03\x04") && bytes.windows(PDF.len()).filter(|w| *w == PDF).count() == 1);
    assert!(text.contains("du-lieu.json") && text.contains("001-1-giay.pdf"));
    let json = &text[text.find('{').unwrap()..];
    let about = serde_json::Deserializer::from_str(json).into_iter::<serde_json::Value>().next().unwrap().unwrap();
    assert_eq!((&about["identity"], &about["dossiers"][0]["code"]), (&NUMBER.into(), &code.as_str().into()));
    assert_eq!((about["papers"].as_array().unwrap().len(), about["dossiers"].as_array().unwrap().len()), (1, 1));
}
