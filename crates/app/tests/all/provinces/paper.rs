//! How paper goes between the Centre and the agencies (FLW-09): Vĩnh Long by courier with minutes, Đồng Nai through the officer on
//! duty, Huế and Quảng Ninh without minutes of their own.

use super::{PROCEDURE, Story, centre_agency};
use crate::{call::Answer, world::World};
use domain::{
    accounts::{Role, Who},
    catalogue::Flags,
    courier::{Belongs, CourierRun, Load, Place},
    deadline::TimeLimit,
    id::Id,
    time::Instant,
};
use motcua::courier::store::{self, RunRow};
use serde_json::json;

/// The sessions of those who hand paper over.
struct Desks {
    counter: String,
    other_counter: String,
    agency: String,
    stranger: String,
}

async fn desks(s: &Story) -> Desks {
    let (w, centre) = (&s.w, centre_agency(&s.w));
    let session = async |login: &str, agency: &str, role| w.sign_in(&w.officer(login, agency, &[role]).await).await;
    let reference = w.app.reference();
    let other = reference.agencies.iter().find(|a| a.kind == "commune").unwrap().identifier.clone();
    Desks {
        counter: session("giao1", &centre, Role::IntakeOfficer).await,
        other_counter: session("giao2", &centre, Role::ReturnDesk).await,
        agency: session("nhan1", &s.agency, Role::Clerk).await,
        stranger: session("nguoikhac", &other, Role::Clerk).await,
    }
}

async fn page(w: &World, who: &str, path: &str) -> String {
    w.get(path).cookie(who).send().await.expect(200).text().to_owned()
}

/// Sends the form of a page as a browser does: its hidden fields, its ticked boxes, and what was typed over them.
async fn send(w: &World, who: &str, path: &str, shown: &str, over: &[(&str, &str)]) -> Answer {
    let attribute = |tag: &str, name: &str| {
        let value = tag.split(&format!("{name}=\"")).nth(1)?.split('"').next()?;
        Some(value.to_owned())
    };
    let form = shown.split("<form class=\"card\" method=\"post\"").nth(1).unwrap();
    let form = form.split("</form>").next().unwrap();
    let mut fields: Vec<(String, String)> = Vec::new();
    for tag in form.split("<input").skip(1).map(|t| t.split('>').next().unwrap()) {
        let Some(name) = attribute(tag, "name") else { continue };
        if tag.contains("type=\"checkbox\"") && !tag.contains(" checked") {
            continue;
        }
        fields.push((name, attribute(tag, "value").unwrap_or_default()));
    }
    for (name, value) in over {
        fields.retain(|(n, _)| n != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    w.post(path).cookie(who).form(&fields).send().await
}

/// FLW-09, VL 4.2b, c: paper taken in waits for the next run; both sides sign; its place is always known.
#[tokio::test(flavor = "multi_thread")]
async fn in_vinh_long_paper_goes_with_the_courier_and_both_sides_sign() {
    let mut s = Story::of("vinh-long", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    let d = desks(&s).await;
    s.is_taken_in("quầy", "counter").await;

    // Điều 4.2b: "04 lần/ngày làm việc": at nine the run of ten o'clock comes next.
    s.w.at("2025-10-06T09:00");
    let shown = page(&s.w, &d.counter, "/can-bo/giao-nhan").await;
    assert!(shown.contains(&s.code) && shown.contains("Sở Xây dựng"), "{shown}");
    assert!(shown.contains("<option selected>10:00</option>"));
    assert!(shown.contains("chưa cử người trực nhận"), "the agency has named nobody today");
    // What is too long comes back whole, and nothing leaves.
    let (note, carrier) = ("ghi chú ".repeat(30), "Nguyễn Thành Trung ".repeat(8));
    let dossier = shown.split("name=\"hs\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let field = format!("ghi.{dossier}");
    let long = [("run", "10:00"), ("carrier", carrier.as_str()), (field.as_str(), note.as_str())];
    let wrong = send(&s.w, &d.counter, "/can-bo/giao-nhan", &shown, &long).await.expect(422);
    for said in [format!("{field}-error"), "carrier-error".into(), note.clone(), carrier.clone()] {
        assert!(wrong.text().contains(&said), "{said}: {}", wrong.text());
    }
    let over = [("run", "10:00"), ("carrier", "Nguyễn Thành Trung")];
    let given = send(&s.w, &d.counter, "/can-bo/giao-nhan", &shown, &over).await.expect(303);
    let minutes = given.location().to_owned();
    // The second click finds the same minutes.
    let again = send(&s.w, &d.counter, "/can-bo/giao-nhan", &shown, &over).await.expect(303);
    assert_eq!(again.location(), minutes);
    let read = page(&s.w, &d.counter, &minutes).await;
    assert!(read.contains("1/2025/BBGN-") && read.contains("Chuyến 10:00") && read.contains("2 giấy tờ"), "{read}");
    assert!(!page(&s.w, &d.counter, "/can-bo/giao-nhan").await.contains("name=\"hs\""), "it has left");
    s.w.get(&minutes).cookie(&d.stranger).send().await.expect(404);

    // Điều 4.2c: the officer of the agency counts and signs; nobody of the Centre can do it.
    let seen = page(&s.w, &d.agency, "/can-bo/giao-nhan").await;
    assert!(seen.contains("1/2025/BBGN-"), "{seen}");
    let counted = page(&s.w, &d.agency, &minutes).await;
    let refused = s.w.post(&minutes).cookie(&d.other_counter).form(&[]).send().await.expect(422);
    assert!(refused.text().contains("do nơi khác nhận"));
    send(&s.w, &d.agency, &minutes, &counted, &[]).await.expect(303);
    assert!(page(&s.w, &d.agency, &minutes).await.contains("nhận lúc"));
    let dossier = page(&s.w, &d.agency, &format!("/can-bo/ho-so/{}", s.code)).await;
    assert!(dossier.contains("Hồ sơ giấy: Sở Xây dựng"), "the place of the paper is known");
    let pdf = s.w.get(&format!("{minutes}.pdf")).cookie(&d.agency).send().await.expect(200);
    assert!(pdf.body.starts_with(b"%PDF-"));

    // Điều 4.4a: the result on paper goes back to the Centre the same way.
    s.does("trưởng phòng", "assignments", json!({"to": {"officer": "chuyenvien"}})).await;
    s.is_decided().await;
    let back = page(&s.w, &d.agency, "/can-bo/giao-nhan").await;
    assert!(back.contains("Kết quả giấy") && back.contains(&s.code), "{back}");
    let given = send(&s.w, &d.agency, "/can-bo/giao-nhan", &back, &[]).await.expect(303);
    let results = given.location().to_owned();
    let counted = page(&s.w, &d.counter, &results).await;
    send(&s.w, &d.counter, &results, &counted, &[]).await.expect(303);
    assert_eq!(motcua::verify::all(&s.w.app.db, &s.w.app.blobs).await.unwrap().faults, []);
}

/// FLW-09: what did not come is said, and looked for where it was given.
#[tokio::test(flavor = "multi_thread")]
async fn flw_09_what_is_missing_is_noted_and_stays_with_the_giver() {
    let mut s = Story::of("vinh-long", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    let d = desks(&s).await;
    s.is_taken_in("quầy", "counter").await;
    let shown = page(&s.w, &d.counter, "/can-bo/giao-nhan").await;
    let none = send(&s.w, &d.counter, "/can-bo/giao-nhan", &shown, &[("hs", "x"), ("once", "none")]).await.expect(422);
    assert!(none.text().contains("Xin chọn ít nhất một hồ sơ"));
    let given = send(&s.w, &d.counter, "/can-bo/giao-nhan", &shown, &[]).await.expect(303);
    let minutes = given.location().to_owned();
    // Scanned once more it is on its way already.
    let key = [("to", "a1"), ("what", "dossiers"), ("them", s.code.as_str()), ("once", "second")];
    let agency = s.w.app.reference().agency_by_identifier(&s.agency).unwrap().id;
    let to = Place::Agency(agency).key();
    let twice = [("to", to.as_str()), key[1], key[2], key[3]];
    let refused = s.w.post("/can-bo/giao-nhan").cookie(&d.counter).form(&twice).send().await.expect(422);
    assert!(refused.text().contains("đã ghi trong biên bản 1/2025/BBGN-"), "{}", refused.text());

    let counted = page(&s.w, &d.agency, &minutes).await;
    let silent = send(&s.w, &d.agency, &minutes, &counted, &[("nhan", "0")]).await.expect(422);
    assert!(silent.text().contains("xin ghi rõ thiếu gì"));
    let over = [("nhan", "0"), ("remarks", "Thiếu bản vẽ")];
    send(&s.w, &d.agency, &minutes, &counted, &over).await.expect(303);
    let told = page(&s.w, &d.counter, &minutes).await;
    assert!(told.contains("không nhận được") && told.contains("Thiếu bản vẽ"), "{told}");
    assert!(page(&s.w, &d.counter, "/can-bo/giao-nhan").await.contains("name=\"hs\""), "it waits here again");
}

/// FLW-09, DN 12.2c: "phân công công chức thường trực hàng ngày … thông báo cho Trung tâm".
#[tokio::test(flavor = "multi_thread")]
async fn in_dong_nai_the_agency_names_who_receives_today() {
    let mut s = Story::of("dong-nai", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    let d = desks(&s).await;
    s.is_taken_in("quầy", "counter").await;
    assert!(page(&s.w, &d.counter, "/can-bo/giao-nhan").await.contains("chưa cử người trực nhận"));
    let name =
        |login: &'static str| s.w.post("/can-bo/giao-nhan/truc").cookie(&d.agency).form(&[("duty", login)]).send();
    name("giao1").await.expect(422);
    name("nhan1").await.expect(303);
    let shown = page(&s.w, &d.counter, "/can-bo/giao-nhan").await;
    assert!(shown.contains("trực nhận: Cán bộ nhan1"), "{shown}");
    s.w.post("/can-bo/giao-nhan/truc").cookie(&d.counter).form(&[("duty", "giao1")]).send().await.expect(403);
}

/// FLW-09: where no minutes are kept, there is no such desk; data travels at once (Huế IV.3.2b: with the control slip).
#[tokio::test(flavor = "multi_thread")]
async fn in_hue_paper_goes_with_the_control_slip_and_no_minutes() {
    let mut s = Story::of("thua-thien-hue", "Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default()).await;
    let d = desks(&s).await;
    s.is_taken_in("quầy", "counter").await;
    s.w.get("/can-bo/giao-nhan").cookie(&d.counter).send().await.expect(404);
    let home = page(&s.w, &d.counter, "/can-bo").await;
    assert!(!home.contains("/can-bo/giao-nhan"), "and no way to it");
    assert!(PROCEDURE.len() > 3 && s.status() == "accepted");
}

/// FLW-09: where paper lies is kept alike on both engines.
fn goes_along(w: &World) {
    let (here, there) = (Place::Centre(Id::new(1)), Place::Agency(Id::new(2)));
    let (dossier, who) = (Id::new(77), Who::system(Id::new(2)));
    let run = CourierRun {
        id: Id::new(9),
        number: "1/2025/BBGN-tinh".into(),
        load: Load::Dossiers,
        from: here,
        to: there,
        run: Some(jiff::civil::time(10, 0, 0, 0)),
        carrier: "Trung".into(),
        given_by: Id::new(5),
        given_at: Instant::from_millis(1_000),
        received: None,
        remarks: None,
    };
    let kept = run.clone();
    w.app
        .db
        .unit_blocking(move |unit| {
            store::want(unit, dossier, &Belongs { load: Load::Dossiers, from: here, to: there })?;
            assert_eq!(store::waiting(unit, here)?, [(there, Load::Dossiers, 1)]);
            assert!(store::leave(unit, dossier, &run)?);
            assert!(!store::leave(unit, dossier, &run)?, "it leaves once");
            store::insert_run(unit, &run, &[RunRow { dossier, papers: 3, note: None, missing: false }])?;
            assert_eq!(store::waiting(unit, here)?, []);
            assert_eq!(store::coming(unit, there, 10)?, std::slice::from_ref(&run));
            assert!(store::receive(unit, run.id, who.officer, Instant::from_millis(2_000), None)?);
            assert!(!store::receive(unit, run.id, who.officer, Instant::from_millis(3_000), None)?, "once");
            store::arrive(unit, &run)?;
            let at = store::of_dossier(unit, dossier)?;
            assert_eq!(at.iter().map(|w| (w.at, w.to, w.run.is_none())).collect::<Vec<_>>(), [(there, None, true)]);
            assert_eq!(store::count(unit, vec![run.id.raw()])?, [(9, 1)]);
            Ok::<_, motcua::error::AppError>(())
        })
        .unwrap();
    let since = w.app.db.read_blocking(move |q| store::since(q, there, Instant::from_millis(0), 10)).unwrap();
    assert_eq!(since.iter().map(|r| (r.id, r.received.is_some())).collect::<Vec<_>>(), [(kept.id, true)]);
}

#[test]
fn flw_09_where_paper_lies_is_kept_on_sqlite() {
    goes_along(&World::sqlite());
}

#[test]
fn flw_09_where_paper_lies_is_kept_on_postgresql() {
    goes_along(&World::postgres());
}
