//! Nothing typed is lost: a text longer than is taken comes back whole, with the fault beside its field; it is never cut.

use crate::{
    call::Answer,
    desk::{PDF, desk, hidden, multipart, pairs},
    identity::{Provider, enter, with},
    lifecycle::Case,
    online::{Home, home, home_on},
    vault::{desk_with_owner, listed, sqlite},
    world::World,
};
use domain::accounts::Role;
use serde_json::json;

/// So many letters, and none of them looks like another text.
fn long(letters: usize) -> String {
    "Đường số 9 ".chars().cycle().take(letters - 1).chain(['.']).collect()
}

#[track_caller]
fn came_back(answer: &Answer, field: &str, text: &str) {
    let page = answer.text();
    assert!(page.contains(&format!("{field}-error")), "nothing is said beside {field}: {page}");
    assert!(page.contains(text), "{field} was cut: {page}");
    assert!(page.contains("Xin rút gọn"), "{field}: {page}");
}

async fn person(h: &Home, session: &str, draft: &str, act: &str, address: &str, basis: &str) -> Answer {
    let form = [
        ("act", act),
        ("applicant.kind", "citizen"),
        ("applicant.name", "Nguyễn Thị Mẫu"),
        ("applicant.phone", "0912345678"),
        ("applicant.address", address),
        ("for_other", "yes"),
        ("proxy.kind", "citizen"),
        ("proxy.name", "Trần Văn Thay"),
        ("proxy.authorisation", basis),
    ];
    h.send(session, &format!("{draft}/nguoi-nop"), &form).await
}

/// INT-01: the draft keeps the whole text, by itself and when the page is sent; the step and the last page say the fault.
#[tokio::test(flavor = "multi_thread")]
async fn int_01_what_is_too_long_is_kept_whole_in_the_draft_and_said_at_its_step() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let draft = h.open(&session).await;
    let (address, basis) = (long(2_500), long(700));
    let sent = person(&h, &session, &draft, "next", &address, &basis).await.expect(422);
    came_back(&sent, "applicant.address", &address);
    came_back(&sent, "proxy.authorisation", &basis);
    let longer = long(3_100);
    person(&h, &session, &draft, "draft", &longer, &basis).await.expect(204);
    let page = h.w.get(&format!("{draft}/nguoi-nop")).cookie(&session).send().await.expect(200);
    assert!(page.text().contains(&longer) && page.text().contains(&basis), "kept by itself, and whole");
    let last = h.w.get(&format!("{draft}/kiem-tra")).cookie(&session).send().await.expect(200);
    assert!(last.text().contains(&format!("{draft}/nguoi-nop#applicant.address")), "{}", last.text());
    let sent = h.send(&session, &format!("{draft}/kiem-tra"), &[("agreed", "yes")]).await.expect(422);
    assert!(sent.text().contains("3100 chữ cái, nhiều nhất là 500"), "{}", sent.text());
    person(&h, &session, &draft, "next", &long(500), &long(500)).await.expect(303);
}

/// contract.md: a machine is told the same beside the same field.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_long_is_answered_422_beside_its_field_by_the_api() {
    let c = Case::empty(World::sqlite()).await;
    let mut body = c.body.clone();
    body["applicant"]["address"] = json!(long(501));
    body["applicant"]["name"] = json!(long(251));
    body["proxy"] = json!({"name": "Trần Văn Thay", "authorisation": long(501)});
    let sent = c.w.post("/api/v1/dossiers").bearer(&c.keys["intake"]).once("n1").json(&body).send().await.expect(422);
    let problem = sent.json();
    let mut fields: Vec<_> =
        problem["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["applicant.address", "applicant.name", "proxy.authorisation"], "{problem}");
    assert!(problem["errors"].as_array().unwrap().iter().all(|e| e["code"] == "too_long"), "{problem}");
    body["applicant"]["address"] = json!(long(500));
    body["applicant"]["name"] = json!(long(250));
    body["proxy"]["authorisation"] = json!(long(500));
    c.w.post("/api/v1/dossiers").bearer(&c.keys["intake"]).once("n2").json(&body).send().await.expect(201);
}

/// At the counter the same field says the same.
#[tokio::test(flavor = "multi_thread")]
async fn int_02_what_is_too_long_comes_back_whole_at_the_counter() {
    let d = desk().await;
    let address = long(501);
    let form = d.intake_form(&[("applicant.address", &address)]).await;
    let sent = d.send_intake(&form, &[]).await.expect(422);
    came_back(&sent, "applicant.address", &address);
}

/// STO-01, STO-02: what the owner writes of a paper, and for whom a link is.
#[tokio::test(flavor = "multi_thread")]
async fn sto_01_what_is_too_long_comes_back_whole_in_the_vault() {
    let (d, provider) = desk_with_owner(sqlite).await;
    let session = enter(&d.w, &provider).await;
    let add = "/cong-dan/kho/them";
    let once = hidden(&d.w.get(add).cookie(&session).send().await.expect(200), "once");
    let texts = [("ten", long(301)), ("so", long(302)), ("co_quan", long(303)), ("nguoi_ky", long(304))];
    let mut form = pairs(&[("once", &once), ("xac_nhan", "co")]);
    form.extend(texts.iter().map(|(name, text)| ((*name).to_owned(), text.clone())));
    let sent = multipart(d.w.post(add).cookie(&session), &form, &[("tep", "so-do.pdf", PDF)]).send().await.expect(422);
    for (name, text) in &texts {
        came_back(&sent, name, text);
    }
    assert!(sent.text().contains("so-do.pdf"), "what came stays");
    let kept = hidden(&sent, "da_co");
    let good = pairs(&[("once", &once), ("xac_nhan", "co"), ("ten", &long(300)), ("da_co", &kept)]);
    multipart(d.w.post(add).cookie(&session), &good, &[]).send().await.expect(303);
    let list = d.w.get("/cong-dan/kho").cookie(&session).send().await.expect(200);
    let share = format!("{}/chia-se", listed(list.text())[0]);
    let note = long(201);
    let sent = d.w.post(&share).cookie(&session).form(&[("once", "s"), ("cho_ai", &note), ("ngay", "7")]).send().await;
    came_back(&sent.expect(422), "cho_ai", &note);
}

/// A paper takes so many files: one more is named, so that nobody thinks that it arrived.
#[tokio::test(flavor = "multi_thread")]
async fn sto_01_a_file_too_many_is_named_and_those_that_came_stay() {
    let (d, provider) = desk_with_owner(sqlite).await;
    let session = enter(&d.w, &provider).await;
    let bodies: Vec<Vec<u8>> = (0..21).map(|n| [PDF, format!("% {n}\n").as_bytes()].concat()).collect();
    let names: Vec<String> = (1..=21).map(|n| format!("trang-{n:02}.pdf")).collect();
    let files: Vec<(&str, &str, &[u8])> =
        names.iter().zip(&bodies).map(|(name, body)| ("tep", name.as_str(), body.as_slice())).collect();
    let form = pairs(&[("once", "f"), ("ten", "Bản vẽ"), ("xac_nhan", "co")]);
    let sent = multipart(d.w.post("/cong-dan/kho/them").cookie(&session), &form, &files).send().await.expect(422);
    assert!(sent.text().contains("trang-21.pdf: tệp này chưa được nhận vì đã đủ 20 tệp"), "{}", sent.text());
    assert_eq!(sent.text().matches("name=\"da_co\"").count(), 20, "the others stay");
}

/// ADM-03: names and bases of mandates.
#[tokio::test(flavor = "multi_thread")]
async fn adm_03_what_is_too_long_comes_back_whole_when_a_mandate_is_asked_for_or_given() {
    let (provider, issuer) = Provider::start().await;
    let h = home_on(|profile, change| World::sqlite_with(profile, change), with(&issuer)).await;
    let session = enter(&h.w, &provider).await;
    let (name, basis) = (long(301), long(302));
    let claim =
        [("once", "m1"), ("viec", "dai-dien"), ("ma_so", "5700100256"), ("ten_to_chuc", &name), ("can_cu", &basis)];
    let sent = h.send(&session, "/cong-dan/uy-quyen", &claim).await.expect(422);
    came_back(&sent, "ten_to_chuc", &name);
    came_back(&sent, "can_cu", &basis);
    let given = [
        ("once", "m2"),
        ("viec", "giao"),
        ("ten", &name),
        ("so", "022099054321"),
        ("tu_ngay", "06/10/2025"),
        ("den_ngay", "31/10/2025"),
    ];
    came_back(&h.send(&session, "/cong-dan/uy-quyen", &given).await.expect(422), "ten", &name);
}

/// FLW-03: a wording and its name.
#[tokio::test(flavor = "multi_thread")]
async fn flw_03_what_is_too_long_comes_back_whole_when_a_wording_is_kept() {
    let d = desk().await;
    let code = d.take_in().await;
    let ha = d.ha.officer.to_string();
    d.step(&d.head, &code, "phan-cong", &[("officer", &ha)]).await.expect(303);
    let (name, text) = (long(81), long(8_001));
    let form = [("act", "keep_phrase"), ("text", text.as_str()), ("phrase_name", name.as_str())];
    let sent = d.step(&d.specialist, &code, "tham-dinh", &form).await.expect(422);
    came_back(&sent, "phrase_name", &name);
    came_back(&sent, "text", &text);
}

/// RES-02: the post's number of a parcel.
#[tokio::test(flavor = "multi_thread")]
async fn res_02_a_tracking_number_that_is_too_long_is_given_back_and_nothing_leaves() {
    let d = desk().await;
    let (code, pick) = d.parcel().await;
    let (field, number) = (format!("so.{}", pick.split(':').next().unwrap()), long(51));
    let form = [("hs", pick.as_str()), (field.as_str(), number.as_str()), ("once", "p1"), ("loc", "buu-chinh")];
    let sent = d.w.post("/can-bo/tra-ket-qua/gui").cookie(&d.returns).form(&form).send().await.expect(422);
    came_back(&sent, &field, &number);
    let shelf = d.page(&d.returns, "/can-bo/tra-ket-qua?loc=buu-chinh").await.expect(200);
    assert!(shelf.text().contains(&code), "nothing left");
}

/// CAT-06, CAT-10: what the designer of a form writes, and what is noted of a trial of the service.
#[tokio::test(flavor = "multi_thread")]
async fn cat_06_what_is_too_long_comes_back_whole_in_the_designer() {
    const BIRTH: &str = "1.001193";
    let w = World::sqlite();
    w.procedures(&[BIRTH]).await;
    let control = w.officer("kiem.soat", "H49.24", &[Role::ProcedureControl]).await;
    let session = w.sign_in(&control).await;
    let list = "/can-bo/quan-tri/bieu-mau";
    let once = hidden(&w.get(list).cookie(&session).send().await.expect(200), "once");
    let new = [("once", once.as_str()), ("act", "new"), ("procedure", BIRTH), ("symbol", "tk")];
    let begun = w.post(list).cookie(&session).form(&new).send().await.expect(303);
    let at = begun.location().split('?').next().unwrap().to_owned();
    let version = hidden(&w.get(&at).cookie(&session).send().await.expect(200), "version");
    let send = async |to: &str, fields: &[(&str, &str)]| {
        let form = [&[("once", "d"), ("version", version.as_str())], fields].concat();
        w.post(to).cookie(&session).form(&form).send().await.expect(422)
    };
    let (title, line) = (long(251), long(1_001));
    let head = send(&at, &[("act", "head"), ("title", &title), ("declaration", &line)]).await;
    came_back(&head, "title", &title);
    came_back(&head, "declaration", &line);
    let section = send(&at, &[("act", "section"), ("section_title", "Phần"), ("section_help", &line)]).await;
    came_back(&section, "section_help", &line);
    let field = [("key", "ngay"), ("label", line.as_str()), ("hint", title.as_str()), ("kind", "date")];
    came_back(&send(&format!("{at}/muc?phan=0"), &field).await, "label", &line);
    let note = long(501);
    let test = [("act", "test"), ("test_subject", "12345"), ("test_result", "passed"), ("test_note", &note)];
    came_back(&send(&format!("/can-bo/quan-tri/thu-tuc/{BIRTH}"), &test).await, "test_note", &note);
}
