//! The return desk and the register (RES-02, RES-03, CLK-09).

use crate::{
    desk::{Desk, desk, desk_in},
    outside::Gateway,
    world::World,
};
use platform::db::{Query, params, sql};

async fn ready(d: &Desk) -> String {
    let code = d.take_in().await;
    d.until_approval(&code).await;
    d.step(&d.leader, &code, "phe-duyet", &[("decision", "grant")]).await.expect(303);
    let result = [("number", "118/TL"), ("date", "08/10/2025"), ("signer", "Lê Văn Ký")];
    d.step(&d.clerk, &code, "ket-qua", &result).await.expect(303);
    code
}

#[tokio::test(flavor = "multi_thread")]
async fn res_02_returns_finds_by_whatever_is_scanned() {
    let d = desk().await;
    let code = ready(&d).await;
    let card = "022190004567|101234567|Đỗ Thị Ánh Nguyệt|14031990|Nữ|Tổ 5|25042021";
    for scanned in [code.as_str(), "118/TL", card, "022190004567"] {
        let asked = domain_encode(scanned);
        let found = d.page(&d.returns, &format!("/can-bo/tim?q={asked}")).await.expect(303);
        assert_eq!(found.location(), format!("/can-bo/ho-so/{code}"), "{scanned}");
    }
    // By the form the question stands in no address (SEC-01), and a result is found however its number is typed.
    for scanned in [card, " 118 / tl "] {
        let found = d.w.post("/can-bo/tim").cookie(&d.returns).form(&[("q", scanned)]).send().await.expect(303);
        assert_eq!(found.location(), format!("/can-bo/ho-so/{code}"), "{scanned}");
    }
    let elsewhere = d.page(&d.stranger, "/can-bo/tim?q=118%2FTL").await.expect(200);
    assert!(!elsewhere.text().contains(&code), "out of scope is not there");
}

/// RES-02: numbers of results begin anew everywhere and every year; of several the officer chooses.
#[tokio::test(flavor = "multi_thread")]
async fn res_02_returns_names_every_result_of_the_same_number_and_every_dossier_of_a_person() {
    let d = desk().await;
    let (first, second) = (ready(&d).await, ready(&d).await);
    let waiting = d.take_in().await;
    let given = [("to", "applicant"), ("identity", "022190004567"), ("how", "counter")];
    d.step(&d.returns, &second, "tra-ket-qua", &given).await.expect(303);
    for question in ["118/TL", "022190004567"] {
        let sent = d.w.post("/can-bo/tim").cookie(&d.returns).form(&[("q", question)]).send().await.expect(303);
        assert!(!sent.location().contains("022190004567"), "{}", sent.location());
        let list = d.page(&d.returns, sent.location()).await.expect(200);
        let at = |code: &str| list.text().find(code);
        assert!(at(&first).is_some() && at(&first) < at(&second), "what lies ready here stands first: {question}");
        assert_eq!(at(&waiting).is_some(), question != "118/TL");
    }
    let none = d.w.post("/can-bo/tim").cookie(&d.returns).form(&[("q", "022099012345")]).send().await;
    assert!(none.expect(200).text().contains("Không tìm thấy hồ sơ nào"));
    let foreign = d.w.post("/can-bo/tim").cookie(&d.stranger).form(&[("q", "118/TL")]).send().await.expect(200);
    assert!(!foreign.text().contains(&first));
}

/// FEE-02: what is owed is told as a whole, and each fee is paid by its own receipt.
#[tokio::test(flavor = "multi_thread")]
async fn fee_02_returns_lists_all_fees_that_are_owed_and_takes_the_chosen_one() {
    let d = desk().await;
    let code = d.take_in().await;
    let ha = d.ha.officer.to_string();
    d.step(&d.head, &code, "phan-cong", &[("officer", &ha)]).await.expect(303);
    for amount in ["150000", "50.000"] {
        let fee = [("amount", amount), ("reason", "Lệ phí theo Nghị quyết"), ("when", "at_return")];
        d.step(&d.specialist, &code, "thong-bao-phi", &fee).await.expect(303);
    }
    let page = d.page(&d.intake, &format!("/can-bo/ho-so/{code}/nop-phi")).await.expect(200);
    assert!(page.text().contains("Có 2 khoản, tổng cộng 200.000"));
    let paid = [("amount", "50000"), ("proof", "BL 07")];
    d.step(&d.intake, &code, "nop-phi", &paid).await.expect(303);
    let rest = d.page(&d.intake, &format!("/can-bo/ho-so/{code}/nop-phi")).await.expect(200);
    assert!(rest.text().contains("150.000") && !rest.text().contains("50.000\u{a0}đ</strong></span>"));
    d.step(&d.intake, &code, "nop-phi", &[("proof", "BL 08")]).await.expect(303);
}

fn domain_encode(text: &str) -> String {
    serde_urlencoded::to_string([("q", text)]).unwrap()[2..].to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn res_03_returns_names_what_lies_long_and_who_was_asked_to_come() {
    let d = desk().await;
    let code = ready(&d).await;
    let shelf = |loc: &'static str| d.page(&d.returns, loc);
    assert!(shelf("/can-bo/tra-ket-qua").await.expect(200).text().contains(&code));
    assert!(!shelf("/can-bo/tra-ket-qua?loc=lau").await.expect(200).text().contains(&code));
    d.w.at("2025-10-20T08:00");
    let long = shelf("/can-bo/tra-ket-qua?loc=lau").await.expect(200);
    assert!(long.text().contains(&code), "after the profile's first reminder");
    let pick = long.text().split("name=\"hs\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let asked =
        d.w.post("/can-bo/tra-ket-qua/lien-he").cookie(&d.returns).form(&[("hs", &pick), ("cach", "phone")]).send();
    assert_eq!(asked.await.expect(303).location(), "/can-bo/tra-ket-qua?loc=da-nhac&nhac=1");
    assert!(shelf("/can-bo/tra-ket-qua?loc=da-nhac").await.expect(200).text().contains("đã mời 1 lần"));
    let other = d.w.post("/can-bo/tra-ket-qua/lien-he").cookie(&d.specialist).form(&[("hs", &pick)]).send().await;
    other.expect(403);
    // Nothing ticked is said; the same form twice notes once; what was given out meanwhile is named, not dropped.
    let send = |form: Vec<(&'static str, String)>| {
        let call = d.w.post("/can-bo/tra-ket-qua/lien-he").cookie(&d.returns);
        async move {
            let form: Vec<_> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
            call.form(&form).send().await
        }
    };
    assert!(send(vec![("cach", "sms".into())]).await.expect(422).text().contains("Chưa chọn hồ sơ nào"));
    for _ in 0..2 {
        send(vec![("hs", pick.clone()), ("cach", "sms".into()), ("once", "c1".into())]).await.expect(303);
    }
    assert!(shelf("/can-bo/tra-ket-qua?loc=da-nhac").await.expect(200).text().contains("đã mời 2 lần"));
    let given = [("to", "applicant"), ("identity", "022190004567"), ("how", "counter")];
    d.step(&d.returns, &code, "tra-ket-qua", &given).await.expect(303);
    let late = send(vec![("hs", pick), ("once", "c2".into())]).await.expect(303);
    let told = d.page(&d.returns, late.location()).await.expect(200);
    assert!(told.text().contains("1 hồ sơ không còn chờ trả ở quầy này") && told.text().contains(&code), "by its code");
}

/// RES-03: at the profile's moments a message reminds whoever collects in person, once however often the deadlines are looked at;
/// the desk sees it as an invitation, and nobody is reminded of what was given out.
#[tokio::test(flavor = "multi_thread")]
async fn res_03_returns_a_message_reminds_the_applicant_of_a_result_that_lies_long() {
    let (gateway, url) = Gateway::start().await;
    let text = format!("url='{url}/gui'\ntoken='khoa'\nfields={{brandname='MOTCUA'}}\n");
    let sms = toml::from_str(&text).unwrap();
    let d = desk_in(World::sqlite_with("quang-ninh", |config| config.notices.sms = Some(sms))).await;
    let (code, given) = (ready(&d).await, ready(&d).await);
    let passes = async || {
        motcua::schedule::settle(&d.w.app).await.unwrap();
        motcua::worker::outbox(&d.w.app).await.unwrap();
        let sent = gateway.posted().into_iter().map(|sms| sms.body);
        sent.filter(|sms| sms.contains("dang cho ong/ba")).collect::<Vec<_>>()
    };
    assert_eq!(passes().await.len(), 0);
    let handed = [("to", "applicant"), ("identity", "022190004567"), ("how", "counter")];
    d.step(&d.returns, &given, "tra-ket-qua", &handed).await.expect(303);
    d.w.at("2025-10-14T08:00");
    let sent = passes().await;
    assert!(sent.len() == 1 && sent[0].contains(&code), "{sent:?}");
    assert_eq!(passes().await.len(), 1, "once");
    let shelf = d.page(&d.returns, "/can-bo/tra-ket-qua?loc=da-nhac").await.expect(200);
    assert!(shelf.text().contains(&code) && shelf.text().contains("đã mời 1 lần"), "{}", shelf.text());
    d.w.at("2025-10-28T08:00");
    assert_eq!(passes().await.len(), 2, "the second of the profile's moments");
    let shelf = d.page(&d.returns, "/can-bo/tra-ket-qua?loc=da-nhac").await.expect(200);
    assert!(shelf.text().contains("đã mời 2 lần") && !shelf.text().contains(&given));
}

/// CLK-09: what is done before its day stands on a shelf of its own until the applicant was asked to come, or the day is there.
#[tokio::test(flavor = "multi_thread")]
async fn clk_09_returns_what_is_done_early_waits_on_a_shelf_until_somebody_was_asked_to_come() {
    let d = desk().await;
    let (early, late) = (ready(&d).await, ready(&d).await);
    let shelf = async || d.page(&d.returns, "/can-bo/tra-ket-qua?loc=som").await.expect(200).text().to_owned();
    let page = shelf().await;
    assert!(page.contains(&early) && page.contains(&late));
    let pick = page.split("name=\"hs\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let asked = [("hs", pick.as_str()), ("cach", "phone")];
    d.w.post("/can-bo/tra-ket-qua/lien-he").cookie(&d.returns).form(&asked).send().await.expect(303);
    let page = shelf().await;
    assert!(!page.contains(&early) && page.contains(&late), "asked once is enough");
    d.w.at("2025-12-01T08:00");
    assert!(!shelf().await.contains(&late), "its day has come: not early any more");
}

/// RES-02: by post, each with its number; nothing leaves before each that was ticked has one.
#[tokio::test(flavor = "multi_thread")]
async fn res_02_returns_gives_parcels_to_the_post_and_lists_them() {
    let d = desk().await;
    let (code, pick) = d.parcel().await;
    let field = format!("so.{}", pick.split(':').next().unwrap());
    let send = |number: &'static str, once: &'static str| {
        let form = [("hs", pick.as_str()), (field.as_str(), number), ("once", once)];
        d.w.post("/can-bo/tra-ket-qua/gui").cookie(&d.returns).form(&form).send()
    };
    let bare = send("", "m1").await.expect(422);
    assert!(bare.text().contains("Xin ghi số hiệu bưu gửi") && bare.text().contains("checked"), "the tick stays");
    let given = send("EK123456789VN", "m2").await.expect(303);
    assert!(d.page(&d.returns, given.location()).await.expect(200).text().contains("1 hồ sơ đã xong"));
    let list = d.page(&d.returns, "/can-bo/tra-ket-qua/bang-ke").await.expect(200);
    assert!(list.text().contains("/2025/BKBG-"), "it stands on a list");
    // The applicant reads by which number to ask; who only has the code does not.
    let at = format!("/tra-cuu/{code}");
    assert!(!d.w.get(&at).send().await.expect(200).text().contains("EK123456789VN"));
    motcua::worker::outbox(&d.w.app).await.unwrap();
    let proof = d.w.post(&at).form(&[("so_cuoi", "4567")]).send().await.expect(303);
    let own = d.w.get(&at).cookie(&crate::online::cookies(&proof)).send().await.expect(200);
    assert!(own.text().contains("Đã gửi qua bưu chính, số hiệu EK123456789VN"), "{}", own.text());
    assert!(own.text().contains("Gửi qua bưu chính, số hiệu EK123456789VN."), "the notice says it too");
}

#[tokio::test(flavor = "multi_thread")]
async fn int_03_returns_the_register_lists_a_book_by_days_on_screen_and_on_paper() {
    let d = desk().await;
    let code = d.take_in().await;
    let page = d.page(&d.intake, "/can-bo/so-theo-doi?tu=01/10/2025&den=06/10/2025").await.expect(200);
    assert!(page.text().contains(&code) && page.text().contains("Đỗ Thị Ánh Nguyệt"));
    let before = d.page(&d.intake, "/can-bo/so-theo-doi?tu=01/09/2025&den=05/10/2025").await.expect(200);
    assert!(!before.text().contains(&code));
    let pdf = d.page(&d.intake, "/can-bo/so-theo-doi.pdf?tu=2025-10-01&den=2025-10-06").await.expect(200);
    assert!(pdf.body.starts_with(b"%PDF-"));
    let table = d.page(&d.intake, "/can-bo/so-theo-doi.xlsx?tu=2025-10-01&den=2025-10-06").await.expect(200);
    assert!(table.body.starts_with(b"PK"), "a workbook");
    d.page(&d.intake, "/can-bo/so-theo-doi?tu=32/10/2025").await.expect(422);
    d.page(&d.specialist, "/can-bo/so-theo-doi").await.expect(404);
    let xa =
        d.w.app
            .reference()
            .centres
            .iter()
            .find(|c| Some(c.id) != d.w.app.reference().main_centre().map(|m| m.id))
            .map(|c| c.code.clone());
    if let Some(other) = xa {
        d.page(&d.intake, &format!("/can-bo/so-theo-doi?so={other}")).await.expect(404);
    }
}

/// INT-03: a dossier stands in the book at the moment when it is accepted, under the number that its receipt prints; what was
/// only submitted stands in no book, and nothing that comes later moves a printed line.
#[tokio::test(flavor = "multi_thread")]
async fn int_03_returns_the_register_numbers_what_was_accepted_and_never_again() {
    let d = desk().await;
    let form = d.intake_form(&[("channel", "post"), ("received_at", "03/10/2025"), ("received_time", "09:00")]).await;
    d.w.at("2025-10-06T15:00");
    let first = d.take_in().await;
    d.send_intake(&form, &[]).await.expect(303);
    let rows = |page: &crate::call::Answer| {
        let body = page.text().split("<tbody>").nth(1).unwrap_or_default().to_owned();
        body.split("<tr><td>").skip(1).map(|row| row.split('<').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let book = d.page(&d.intake, "/can-bo/so-theo-doi?tu=06/10/2025&den=06/10/2025").await.expect(200);
    assert_eq!(rows(&book), ["1", "2"], "in the order of the book, whatever day stands on the parcel");
    assert!(book.text().contains("03/10/2025"), "the column tells when it was received");
    let before = d.page(&d.intake, "/can-bo/so-theo-doi?tu=01/10/2025&den=05/10/2025").await.expect(200);
    assert_eq!(rows(&before), Vec::<String>::new());
    let entries =
        d.w.app
            .db
            .read_blocking(|q| {
                let st = sql!(
                    "SELECT s.data FROM slips s JOIN register_entries e ON e.dossier_id = s.dossier_id
                     WHERE s.form = 'receipt' ORDER BY e.ordinal"
                );
                q.rows(st, params![], |r| r.get::<String>(0))
            })
            .unwrap();
    for (nth, receipt) in entries.iter().enumerate() {
        let entry = format!("\"book_entry\":{{\"book\":\"2025\",\"number\":\"{}\"}}", nth + 1);
        assert!(receipt.contains(&entry), "the receipt says {entry}");
    }
    assert_eq!(entries.len(), 2);
    // After the handover the book tells how it left and who has it.
    d.until_approval(&first).await;
    d.step(&d.leader, &first, "phe-duyet", &[("decision", "grant")]).await.expect(303);
    let result = [("number", "120/TL"), ("date", "08/10/2025"), ("signer", "Lê Văn Ký")];
    d.step(&d.clerk, &first, "ket-qua", &result).await.expect(303);
    let given = [("to", "applicant"), ("identity", "022190004567"), ("how", "counter")];
    d.step(&d.returns, &first, "tra-ket-qua", &given).await.expect(303);
    let book = d.page(&d.intake, "/can-bo/so-theo-doi?tu=06/10/2025&den=06/10/2025").await.expect(200);
    assert_eq!(rows(&book), ["1", "2"]);
    assert!(book.text().contains("· Đỗ Thị Ánh Nguyệt</span>"), "who received it");
}

/// RES-02: drawn on the screen, kept as a picture whose hash stands in the chain, and printed on the slip.
#[tokio::test(flavor = "multi_thread")]
async fn res_02_returns_take_a_signature_on_the_screen_and_paper_stays_the_default() {
    const DRAWN: &str = "80,120 110,60 140,130 170,70 200,140 260,80 300,120 360,90;400,100 470,100";
    let d = desk().await;
    let code = ready(&d).await;
    let path = format!("/can-bo/ho-so/{code}/tra-ket-qua");
    let page = d.page(&d.returns, &path).await.expect(200);
    assert!(page.text().contains("data-sign hidden"), "without JavaScript there is only the paper");
    let to = [("to", "applicant"), ("how", "counter"), ("identity", "022190004567"), ("slip", "shown")];
    let with = |text: &'static str| [to[0], to[1], to[2], to[3], ("signature", text)];
    let wrong = d.step(&d.returns, &code, "tra-ket-qua", &with("<svg onload=alert(1)>")).await.expect(422);
    assert!(wrong.text().contains("Chữ ký chưa rõ"));
    let done = d.step(&d.returns, &code, "tra-ket-qua", &with(DRAWN)).await.expect(303);
    let slip = done.location().split('?').next().unwrap().to_owned();
    d.page(&d.returns, &format!("{slip}.pdf")).await.expect(200);

    let sha256 = domain::dossier::Signature::parse(DRAWN).unwrap().sha256();
    let (of_slip, kept) = (slip.clone(), code.clone());
    let (data, events, files) =
        d.w.app
            .db
            .read_blocking(move |q| {
                use motcua::dossier::store::{self, Key};
                let row = store::find(q, &domain::accounts::Scope::Province, &Key::parse(&kept).unwrap())?.unwrap();
                let slip = store::slip(q, of_slip.rsplit('/').next().unwrap().parse().unwrap())?.unwrap();
                Ok::<_, platform::db::DbError>((slip.data, store::events(q, row.id, 0)?, store::files(q, row.id)?))
            })
            .unwrap();
    assert!(data.contains("\"signature\":[[[80,120]"), "the slip keeps what it prints");
    assert!(events.last().unwrap().body.contains(&sha256), "the hash stands in the chain");
    assert!(files.iter().any(|(place, f)| place == "signature" && f.sha256 == sha256));
    d.page(&d.returns, &format!("/can-bo/ho-so/{code}/tep/{sha256}")).await.expect(404);
    assert_eq!(motcua::verify::all(&d.w.app.db, &d.w.app.blobs).await.unwrap().faults, []);
}

/// RES-02, TRK-03: bar code, code, address, identity number, slip number.
#[tokio::test(flavor = "multi_thread")]
async fn trk_03_a_dossier_is_found_by_whatever_was_scanned() {
    let d = desk().await;
    let code = d.take_in().await;
    let key = code.clone();
    let kept = d.w.app.db.read_blocking(move |q| {
        motcua::dossier::store::find(q, &domain::accounts::Scope::Province, &motcua::dossier::store::Key::Code(key))
    });
    let kept = kept.unwrap().unwrap();
    let bars = domain::dossier::barcode(kept.id.raw());
    let slip = kept.state.receipt.unwrap().number.replace('/', "%2F");
    let qr = format!("https%3A%2F%2Fvidu.vn%2Ftra-cuu%2F{code}");
    for asked in [bars.as_str(), &code, &code.to_lowercase(), "022190004567", "022190004567%7C123%7CTen", &slip, &qr] {
        let found = d.page(&d.returns, &format!("/can-bo/tim?q={asked}")).await.expect(303);
        assert_eq!(found.location(), format!("/can-bo/ho-so/{code}"), "{asked}");
    }
}
