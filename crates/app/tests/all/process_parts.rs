//! CAT-04, ILK-01, ILK-02: the agencies that take part stand in the process, and opening the parts of a dossier begins from them.

use crate::{
    call::Answer,
    process::{Board, LIST, PROCEDURE, board, hidden},
    world::World,
};
use domain::{accounts::Role, dossier::Command};
use motcua::{accounts::KeyScope, schedule::settle};

const FINANCE: &str = "H49.24";
const LAND: &str = "H49.18";

/// Adds an agency's part through the page.
async fn part(b: &Board, design: &str, agency: &str, hours: &str, after: &str) -> Answer {
    let fields = [
        ("act", "part"),
        ("part_agency", agency),
        ("part_work", "Cho ý kiến về quy hoạch"),
        ("part_hours", hours),
        ("part_after", after),
    ];
    b.act(design, &fields).await
}

/// The value that a field of a page shows.
fn value(page: &Answer, name: &str) -> String {
    let text = page.text();
    let at = text.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no field {name}"));
    let tag = &text[text[..at].rfind('<').unwrap()..];
    let tag = &tag[..tag.find('>').unwrap()];
    tag.split("value=\"").nth(1).and_then(|v| v.split('"').next()).unwrap_or_default().to_owned()
}

async fn parts_are_proposed(w: World) {
    let b = board(w).await;
    let design = b.draw("Liên thông").await;
    // Mistakes stand beside their fields; nobody waits for an agency that takes no part.
    let wrong = part(&b, &design, LAND, "nhiều", FINANCE).await.expect(422);
    assert!(wrong.text().contains("part_hours-error") && wrong.text().contains("part_after-error"));
    assert!(wrong.text().contains("Xin thêm cơ quan đó trước."));
    part(&b, &design, FINANCE, "4", "").await.expect(303);
    assert!(part(&b, &design, FINANCE, "4", "").await.expect(422).text().contains("đã có trong danh sách"));
    part(&b, &design, LAND, "2", FINANCE).await.expect(303);
    assert!(b.get(&design).await.expect(200).text().contains("sau khi có kết quả của"));
    // Together longer than the law allows, then mended.
    part(&b, &design, "H49.26", "800", "").await.expect(303);
    assert!(b.get(&design).await.text().contains("Các cơ quan phối hợp cần"));
    b.act(&design, &[("act", "part-remove:9")]).await.expect(404);
    b.act(&design, &[("act", "part-remove:2")]).await.expect(303);
    b.decide(&design).await;
    b.publish(&design).await.expect(303);

    let key = b.w.key(&b.intake, &[KeyScope::DossierWrite]).await;
    let code = b.take_in(&key, "lien-thong").await;
    b.go(&code, &b.head, Command::Assign { unit: None, officer: b.specialist.officer }).await;
    let lead = b.w.sign_in(&b.specialist).await;
    let path = format!("/can-bo/ho-so/{code}/lien-thong");
    let page = b.w.get(&path).cookie(&lead).send().await.expect(200);
    assert!(page.text().contains("theo quy trình đã phê duyệt"));
    assert!(page.text().contains(&format!("<option value=\"{FINANCE}\" selected>")));
    assert_eq!(value(&page, "parts.1.work"), "Cho ý kiến về quy hoạch");
    // Monday 08:00 and four working hours; two more after that.
    assert_eq!(value(&page, "parts.1.due_at"), "06/10/2025 14:00");
    assert_eq!(
        (value(&page, "parts.2.due_at"), value(&page, "parts.2.needs")),
        ("06/10/2025 16:00".into(), "1".into())
    );
    assert_eq!(value(&page, "parts.3.work"), "");
    // Sent as it stands it opens both parts.
    let mut form = vec![("once".to_owned(), "mot".to_owned()), ("travel".to_owned(), "electronic".to_owned())];
    form.push(("version".to_owned(), value(&page, "version")));
    for (n, agency) in [(1, FINANCE), (2, LAND)] {
        form.push((format!("parts.{n}.agency"), agency.to_owned()));
        for name in ["work", "due_at", "needs"] {
            let field = format!("parts.{n}.{name}");
            let value = value(&page, &field);
            form.push((field, value));
        }
    }
    let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    b.w.post(&path).cookie(&lead).form(&form).send().await.expect(303);
    let key = b.w.key(&b.specialist, &[KeyScope::DossierRead]).await;
    let seen = b.w.get(&format!("/api/v1/dossiers/{code}")).bearer(&key).send().await.expect(200).json();
    let children = seen["children"].as_array().unwrap();
    assert_eq!((children.len(), &children[0]["agency"]), (2, &FINANCE.into()));
    assert_eq!((&children[0]["stage"], &children[1]["stage"]), (&"open".into(), &"waiting".into()));
    // While they are open nobody opens them again.
    b.w.get(&path).cookie(&lead).send().await.expect(409);
}

#[tokio::test(flavor = "multi_thread")]
async fn ilk_02_opening_parts_proposes_the_agencies_of_the_approved_process_with_their_own_times() {
    parts_are_proposed(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ilk_02_opening_parts_proposes_the_agencies_of_the_approved_process_on_postgres() {
    parts_are_proposed(World::postgres()).await;
}

/// GR-7: an agency that was closed since then is named, before dossiers wait for it.
#[tokio::test(flavor = "multi_thread")]
async fn gr_7_a_participant_that_has_ended_is_named_and_keeps_the_process_from_being_published() {
    let b = board(World::sqlite()).await;
    let design = b.draw("Cơ quan đã giải thể").await;
    part(&b, &design, FINANCE, "4", "").await.expect(303);
    b.decide(&design).await;
    let name = b.w.app.reference().agency_by_identifier(FINANCE).unwrap().name.clone();
    assert!(b.get(&design).await.expect(200).text().contains("Quy trình không có lỗi"));
    close(&b.w, FINANCE).await;
    let page = b.get(&design).await.expect(200);
    assert!(
        page.text().contains(&format!("<a href=\"#parts\">{name}</a>: "))
            && page.text().contains("không còn hoạt động")
    );
    assert!(b.publish(&design).await.expect(422).text().contains("không còn hoạt động"));
}

/// The agency ends by the page that keeps agencies.
async fn close(w: &World, identifier: &str) {
    let reference = w.app.reference();
    let centre = reference.agency(reference.main_centre().unwrap().agency).unwrap().identifier.clone();
    let admin = w.officer("quan.tri", &centre, &[Role::TopAdmin]).await;
    let admin = w.sign_in(&admin).await;
    let form = [("kind", "close"), ("agency", identifier), ("decision", "99/NQ-HĐND"), ("day", "06/10/2025")];
    let send = |form: &[(&str, &str)]| w.post("/can-bo/quan-tri/danh-muc/co-quan").cookie(&admin).form(form).send();
    let listed = send(&form).await.expect(200);
    send(&[&form[..], &[("seen", &hidden(&listed, "seen"))]].concat()).await.expect(303);
}

/// CAT-04: conditions are drawn through the page, shown beside their arrows and followed.
#[tokio::test(flavor = "multi_thread")]
async fn cat_04_a_condition_saved_through_the_page_is_kept_shown_and_exported() {
    let b = board(World::sqlite()).await;
    let design = b.draw("Có điều kiện").await;
    b.two_levels(&design).await;
    let step = format!("{design}/buoc/appraise");
    let fields = [
        ("kind", "appraise"),
        ("name_vi", "Thẩm định hồ sơ"),
        ("place", "agency"),
        ("roles", "specialist"),
        ("hours", "2"),
        ("when_0", "decline"),
        ("to_0", "approve"),
        ("why_0", "Không đủ điều kiện thì trình thẳng lãnh đạo."),
    ];
    b.send(&step, &step, &fields).await.expect(303);
    let again = b.get(&step).await.expect(200);
    assert_eq!(value(&again, "why_0"), "Không đủ điều kiện thì trình thẳng lãnh đạo.");
    assert!(again.text().contains("<option value=\"decline\" selected>"));
    let page = b.get(&design).await.expect(200);
    assert!(page.text().contains("Đề nghị không chấp thuận → Phê duyệt: Không đủ điều kiện thì trình thẳng lãnh đạo."));
    let bpmn = b.get(&format!("{design}/quy-trinh.bpmn")).await.expect(200);
    assert!(bpmn.text().contains("<bpmn:exclusiveGateway") && bpmn.text().contains("bpmn:conditionExpression"));
    let try_out = format!("{design}/thu?ngay=06%2F10%2F2025&gio=08%3A30&channel=counter&opinion=");
    assert!(b.get(&format!("{try_out}grant")).await.expect(200).text().contains("Trưởng phòng duyệt</"));
    let declined = b.get(&format!("{try_out}decline")).await.expect(200);
    let rows = |page: &Answer| page.text().matches("<th scope=\"row\">").count();
    let granted = b.get(&format!("{try_out}grant")).await;
    assert_eq!(rows(&declined) + 1, rows(&granted));
}

/// CAT-04: what was decided on is no longer what stands there, and the page says which decision is void.
#[tokio::test(flavor = "multi_thread")]
async fn cat_04_a_decision_that_a_change_made_void_is_named_until_the_new_one_is_noted() {
    let b = board(World::sqlite()).await;
    let design = b.draw("Sửa sau quyết định").await;
    let void = "Quyết định 12/QĐ-UBND không còn dùng được";
    b.decide(&design).await;
    b.act(&design, &[("act", "scope"), ("name", "Tên khác")]).await.expect(303);
    assert!(!b.get(&design).await.expect(200).text().contains(void), "a name was not decided on");
    b.act(&design, &[("act", "down:assign")]).await.expect(303);
    assert!(b.get(&design).await.expect(200).text().contains(void));
    b.act(&design, &[("act", "up:assign")]).await.expect(303);
    assert!(b.get(&design).await.expect(200).text().contains(void), "still the last that was noted");
    b.decide(&design).await;
    assert!(!b.get(&design).await.expect(200).text().contains(void));
}

/// QNI 11.2: the deadline fires once: the agency's keepers and the Centre find it among what calls for them, until it is sent.
async fn an_overdue_detail_calls_its_keepers(w: World) {
    let b = board(w).await;
    let admin = b.w.officer("quan.tri.xa", &b.commune, &[Role::AgencyAdmin]).await;
    let own = b.w.sign_in(&admin).await;
    let foreign = b.w.officer("so.khac", LAND, &[Role::AgencyAdmin]).await;
    let foreign = b.w.sign_in(&foreign).await;
    let shown = b.w.get(LIST).cookie(&own).send().await.expect(200);
    let form = [("once", &*hidden(&shown, "once")), ("procedure", PROCEDURE), ("name", "Quy trình của xã")];
    let design = b.w.post(LIST).cookie(&own).form(&form).send().await.expect(303).location().to_owned();
    b.decide(&design).await;
    let called = async |who: &str| {
        let page = b.w.get("/can-bo/viec-can-chu-y").cookie(who).send().await.expect(200);
        page.text().contains("Quá hạn gửi chi tiết quy trình về Trung tâm") && page.text().contains("Quy trình của xã")
    };
    let fired = async || settle(&b.w.app).await.unwrap()["process_details"].as_u64();
    assert_eq!(fired().await, Some(0));
    b.w.at("2025-10-10T08:00");
    assert!(!called(&own).await, "the deadline fires, it is not merely looked at");
    assert_eq!((fired().await, fired().await), (Some(1), Some(0)), "once");
    assert!(called(&own).await && called(&b.control).await && !called(&foreign).await);
    // A change asks for the decision anew, and with it for the detail.
    b.act(&design, &[("act", "down:assign")]).await.expect(303);
    assert!(!called(&own).await);
    b.act(&design, &[("act", "up:assign")]).await.expect(303);
    b.decide(&design).await;
    assert_eq!(fired().await, Some(1));
    let page = b.w.get(&design).cookie(&own).send().await.expect(200);
    let send = [("once", &*hidden(&page, "once")), ("version", &*hidden(&page, "version")), ("act", "send")];
    b.w.post(&design).cookie(&own).form(&send).send().await.expect(303);
    assert!(!called(&own).await && !called(&b.control).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_04_an_overdue_detail_calls_the_agencys_keepers_and_the_centre_once() {
    an_overdue_detail_calls_its_keepers(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_04_an_overdue_detail_calls_the_agencys_keepers_and_the_centre_once_on_postgres() {
    an_overdue_detail_calls_its_keepers(World::postgres()).await;
}
