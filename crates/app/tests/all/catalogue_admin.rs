//! CAT-01, CAT-02, CAT-05: the catalogue as those who keep it see it: drafts, decisions, versions, imports, spreadsheets.

use crate::{
    call::{Answer, Call},
    world::World,
};
use domain::accounts::{Role, Who};
use motcua::{accounts::KeyScope, schedule::settle};
use serde_json::json;

pub const CODE: &str = "1.000689";
pub const PAGE: &str = "/can-bo/quan-tri/thu-tuc";

pub async fn keeper(w: &World) -> (Who, String) {
    let who = w.officer("ks.thu-tuc", "H49.28", &[Role::ProcedureControl]).await;
    let session = w.sign_in(&who).await;
    (who, session)
}

/// The value of a hidden field of a page.
fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    page.text().split(&mark).nth(1).unwrap_or_else(|| panic!("no {name}")).split('"').next().unwrap().to_owned()
}

/// Every field of the only large form of a page, as a browser would send it back.
pub fn fields(page: &Answer) -> Vec<(String, String)> {
    let html = page.text().split("id=\"form\"").nth(1).unwrap().split("</form>").next().unwrap();
    let plain = |t: &str| {
        t.replace("&#38;", "&").replace("&#34;", "\"").replace("&#39;", "'").replace("&#60;", "<").replace("&#62;", ">")
    };
    let of = |tag: &str, name: &str| {
        tag.split(&format!("{name}=\"")).nth(1).and_then(|t| t.split('"').next()).map(plain).unwrap_or_default()
    };
    let mut all = Vec::new();
    for tag in html.split("<input ").skip(1).map(|t| t.split('>').next().unwrap()) {
        let is_choice = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
        let ticked = !is_choice || tag.contains(" checked");
        if ticked && !tag.contains("type=\"file\"") {
            all.push((of(tag, "name"), of(tag, "value")));
        }
    }
    for area in html.split("<textarea ").skip(1) {
        let (tag, rest) = area.split_once('>').unwrap();
        all.push((of(tag, "name"), plain(rest.split("</textarea>").next().unwrap())));
    }
    for select in html.split("<select ").skip(1) {
        let (tag, rest) = select.split_once('>').unwrap();
        let options = rest.split("</select>").next().unwrap();
        let chosen = options.split("<option ").skip(1).find(|o| o.split('>').next().unwrap().contains(" selected"));
        let value = chosen.or_else(|| options.split("<option ").nth(1)).map(|o| of(o, "value")).unwrap_or_default();
        all.push((of(tag, "name"), value));
    }
    all
}

pub fn with(mut all: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    all.retain(|(n, _)| n != name);
    all.push((name.to_owned(), value.to_owned()));
    all
}

pub fn post(w: &World, session: &str, path: &str, all: &[(String, String)]) -> Call {
    let pairs: Vec<(&str, &str)> = all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    w.post(path).cookie(session).form(&pairs)
}

pub async fn begin(w: &World, session: &str, code: &str) {
    w.post(&format!("{PAGE}/{code}/ban-nhap")).cookie(session).form(&[("act", "begin")]).send().await.expect(303);
}

/// Opens a part of the draft, changes one field and saves.
pub async fn change(w: &World, session: &str, part: &str, name: &str, value: &str) -> Answer {
    let path = format!("{PAGE}/{CODE}/{part}");
    let page = w.get(&path).cookie(session).send().await.expect(200);
    post(w, session, &path, &with(fields(&page), name, value)).send().await
}

pub async fn publish(w: &World, session: &str, code: &str, kind: &str, from: &str) -> Answer {
    let path = format!("{PAGE}/{code}/cong-bo");
    let page = w.get(&path).cookie(session).send().await.expect(200);
    let mut all = fields(&page);
    for (name, value) in [
        ("number", "77/QĐ-UBND"),
        ("issuer", "Chủ tịch UBND tỉnh"),
        ("kind", kind),
        ("date", "06/10/2025"),
        ("effective_from", from),
    ] {
        all = with(all, name, value);
    }
    post(w, session, &path, &all).send().await
}

pub fn name_of(w: &World) -> String {
    w.app.reference().procedure(CODE).map(|p| p.name.clone()).unwrap_or_default()
}

pub async fn clerk(w: &World) -> Who {
    let centre = w.app.reference().main_centre().unwrap().agency;
    let agency = w.app.reference().agency(centre).unwrap().identifier.clone();
    w.officer("lan.nt", &agency, &[Role::IntakeOfficer]).await
}

#[tokio::test]
async fn cat_02_a_version_published_for_a_later_day_takes_effect_by_itself_and_dossiers_stay_on_theirs() {
    let w = World::sqlite();
    let (_, session) = keeper(&w).await;
    w.procedures(&[CODE]).await;
    let old = name_of(&w);
    let clerk = clerk(&w).await;
    let before = w.take_in(&clerk, CODE).await;
    begin(&w, &session, CODE).await;
    change(&w, &session, "sua", "name", "Tên của ngày mai").await.expect(303);
    let shown = w.get(&format!("{PAGE}/{CODE}/cong-bo")).cookie(&session).send().await.expect(200);
    assert!(shown.text().contains("1 chỗ khác nhau") && shown.text().contains("Tên của ngày mai"));
    publish(&w, &session, CODE, "amended", "08/10/2025").await.expect(303);
    assert_eq!(name_of(&w), old, "its day has not come");
    w.at("2025-10-07T23:59");
    settle(&w.app).await.unwrap();
    assert_eq!(name_of(&w), old);
    w.at("2025-10-08T00:00");
    settle(&w.app).await.unwrap();
    assert_eq!(name_of(&w), "Tên của ngày mai");
    w.at("2025-10-08T08:00");
    let after = w.take_in(&clerk, CODE).await;
    assert_ne!(before.state.intake.procedure, after.state.intake.procedure);
    assert_eq!(before.governing.procedure.name, old);
    let card = w.get(&format!("{PAGE}/{CODE}")).cookie(&session).send().await.expect(200);
    assert!(card.text().contains("77/QĐ-UBND") && card.text().contains("Đã được thay"));
    let a = before.state.intake.procedure;
    let b = after.state.intake.procedure;
    let compared = w.get(&format!("{PAGE}/{CODE}/so-sanh?a={a}&b={b}")).cookie(&session).send().await.expect(200);
    assert!(compared.text().contains("Tên của ngày mai") && compared.text().contains("77/QĐ-UBND"));
    let refused = w.post(&format!("{PAGE}/{CODE}")).cookie(&session);
    let refused =
        refused.form(&[("act", "delete"), ("id", &a.to_string()), ("reason", "nhầm")]).send().await.expect(422);
    assert!(refused.text().contains("Đã có hồ sơ tiếp nhận theo phiên bản này"));
}

#[tokio::test]
async fn cat_02_a_version_that_nobody_used_can_be_deleted_with_a_reason() {
    let w = World::sqlite();
    let (_, session) = keeper(&w).await;
    w.procedures(&[CODE]).await;
    let old = name_of(&w);
    begin(&w, &session, CODE).await;
    change(&w, &session, "sua", "name", "Tên nhầm").await.expect(303);
    publish(&w, &session, CODE, "amended", "06/10/2025").await.expect(303);
    assert_eq!(name_of(&w), "Tên nhầm");
    let id = w.app.reference().procedure(CODE).unwrap().version.to_string();
    let path = format!("{PAGE}/{CODE}");
    w.post(&path).cookie(&session).form(&[("act", "delete"), ("id", &id)]).send().await.expect(422);
    w.post(&path).cookie(&session).form(&[("act", "delete"), ("id", &id), ("reason", "nhầm")]).send().await.expect(303);
    assert_eq!(name_of(&w), old);
    let card = w.get(&path).cookie(&session).send().await.expect(200);
    assert!(card.text().contains("Xóa phiên bản") && card.text().contains("nhầm"), "the history says who and why");
}

#[tokio::test]
async fn cat_02_an_abolished_procedure_is_refused_at_intake_with_since_when_and_what_replaced_it() {
    let w = World::sqlite();
    let (_, session) = keeper(&w).await;
    w.procedures(&[CODE, "1.000894"]).await;
    let clerk = clerk(&w).await;
    let key = w.key(&clerk, &[KeyScope::DossierWrite]).await;
    let path = format!("{PAGE}/{CODE}/cong-bo?loai=abolished");
    let page = w.get(&path).cookie(&session).send().await.expect(200);
    let mut all = fields(&page);
    for (name, value) in [("number", "9/QĐ-UBND"), ("issuer", "UBND tỉnh"), ("replaced_by", "1.000894")] {
        all = with(all, name, value);
    }
    post(&w, &session, &format!("{PAGE}/{CODE}/cong-bo"), &all).send().await.expect(303);
    let body = json!({ "procedure": CODE, "channel": "counter", "applicant": { "kind": "citizen", "name": "A" } });
    let refused = w.post("/api/v1/dossiers").bearer(&key).once("1").json(&body).send().await.expect(409).json();
    assert_eq!((refused["rule"].as_str(), refused["code"].as_str()), (Some("CAT-02"), Some("procedure.ended")));
    let detail = refused["detail"].as_str().unwrap();
    assert!(detail.contains("06/10/2025") && detail.contains("9/QĐ-UBND") && detail.contains("1.000894"), "{detail}");
    w.get(&format!("/api/v1/procedures/{CODE}")).send().await.expect(404);
    let ended = w.get(&format!("{PAGE}?nhom=het")).cookie(&session).send().await.expect(200);
    assert!(ended.text().contains(CODE));
}

#[tokio::test]
async fn cat_02_what_cannot_be_published_says_why_beside_its_field_and_keeps_what_was_typed() {
    let w = World::sqlite();
    let (_, session) = keeper(&w).await;
    w.procedures(&[CODE]).await;
    begin(&w, &session, CODE).await;
    let same = publish(&w, &session, CODE, "amended", "06/10/2025").await.expect(422);
    assert!(same.text().contains("Nội dung không khác phiên bản đang có"));
    assert!(same.text().contains("value=\"77/QĐ-UBND\""), "what was typed is kept");
    let known = publish(&w, &session, CODE, "new", "06/10/2025").await.expect(422);
    assert!(known.text().contains("Mã này đang có hiệu lực"));
    let later = w.get(&format!("{PAGE}/{CODE}/cong-bo")).cookie(&session).send().await.expect(200);
    let all = with(with(fields(&later), "date", "07/10/2025"), "number", "1/QĐ");
    let later = post(&w, &session, &format!("{PAGE}/{CODE}/cong-bo"), &all).send().await.expect(422);
    assert!(later.text().contains("Ngày quyết định không thể sau hôm nay"));
}

#[tokio::test]
async fn cat_05_every_part_of_a_draft_is_edited_and_published_under_one_decision() {
    let w = World::sqlite();
    let (_, session) = keeper(&w).await;
    w.procedures(&[CODE]).await;
    begin(&w, &session, CODE).await;
    change(&w, &session, "sua", "second_seal", "1").await.expect(303);
    change(&w, &session, "sua", "delegated_by", "5/QĐ-SXD, Giám đốc Sở").await.expect(303);
    let wrong = change(&w, &session, "sua", "supplement_window", "mười").await.expect(422);
    assert!(wrong.text().contains("supplement_window-error") && wrong.text().contains("value=\"mười\""));
    change(&w, &session, "sua", "supplement_window", "5").await.expect(303);
    change(&w, &session, "cach-nop", "way.0.limit", "2 ngày làm việc").await.expect(303);
    change(&w, &session, "cach-nop", "way.0.fee.0.amount", "75.000").await.expect(303);
    let wrong = change(&w, &session, "cach-nop", "way.0.limit", "mai kia").await.expect(422);
    assert!(wrong.text().contains("value=\"mai kia\"") && wrong.text().contains("aria-invalid"));
    change(&w, &session, "truong-hop", "new.name", "Trường hợp mới").await.expect(303);
    let wrong = change(&w, &session, "truong-hop", "case.1.answers", "Làm lần đầu?").await.expect(422);
    assert!(wrong.text().contains("Dòng “Làm lần đầu?” chưa đúng"), "INT-02: each line is a question and an answer");
    change(&w, &session, "truong-hop", "case.1.answers", "Làm lần đầu? = Không").await.expect(303);
    let stale = w.get(&format!("{PAGE}/{CODE}/sua")).cookie(&session).send().await.expect(200);
    change(&w, &session, "sua", "sets", "2").await.expect(303);
    let told =
        post(&w, &session, &format!("{PAGE}/{CODE}/sua"), &with(fields(&stale), "sets", "3")).send().await.expect(422);
    assert!(told.text().contains("vừa lưu bản nháp này") && told.text().contains("value=\"3\""));
    publish(&w, &session, CODE, "amended", "06/10/2025").await.expect(303);
    let id = w.app.reference().procedure(CODE).unwrap().version;
    let app = w.app.clone();
    let v = w.app.db.read_blocking(move |q| app.versions.get(q, id)).unwrap();
    assert!(v.procedure.flags.second_seal && v.procedure.flags.delegated_by.is_some());
    assert_eq!(v.procedure.flags.supplement_window_working_days, Some(5));
    let public = w.get(&format!("/thu-tuc/{CODE}")).send().await.expect(200);
    assert!(public.text().contains("Phê duyệt theo ủy quyền (5/QĐ-SXD, Giám đốc Sở)"));
    assert!(!public.text().contains("con dấu thứ hai"), "this province has no second seal");
    assert_eq!(v.procedure.ways[0].limit.to_string(), "2wd");
    assert_eq!(v.procedure.ways[0].fees[0].amount, Some(75_000));
    assert_eq!(v.procedure.sets, 2);
    assert!(v.procedure.variants.iter().any(|c| c.name == "Trường hợp mới" && !c.components.is_empty()));
    assert_eq!(domain::catalogue::answers_text(&v.procedure.variants[1].answers), "Làm lần đầu? = Không");
    w.get(&format!("{PAGE}/{CODE}/sua")).cookie(&session).send().await.expect(404);
}

#[tokio::test]
async fn cat_01_a_paper_gets_its_blank_form_and_anybody_can_download_it() {
    let w = World::sqlite();
    let (_, session) = keeper(&w).await;
    w.procedures(&[CODE]).await;
    begin(&w, &session, CODE).await;
    let cases = w.get(&format!("{PAGE}/{CODE}/truong-hop")).cookie(&session).send().await.expect(200);
    let path = cases.text().split("href=\"").find(|h| h.contains("/giay-to/") && !h.contains("/moi\"")).unwrap();
    let path = path.split('"').next().unwrap().to_owned();
    let page = w.get(&path).cookie(&session).send().await.expect(200);
    let mut body = String::new();
    for (name, value) in with(fields(&page), "act", "save") {
        body += &["--x\r\nContent-Disposition: form-data; name=\"", &name, "\"\r\n\r\n", &value, "\r\n"].concat();
    }
    body.push_str("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"mau.pdf\"\r\n\r\n%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\r\n--x--\r\n");
    w.post(&path).cookie(&session).bytes("multipart/form-data; boundary=x", body).send().await.expect(303);
    let paper = path.rsplit('/').next().unwrap();
    let public = format!("/thu-tuc/{CODE}/bieu-mau/{paper}");
    w.get(&public).send().await.expect(404);
    publish(&w, &session, CODE, "amended", "06/10/2025").await.expect(303);
    let file = w.get(&public).send().await.expect(200);
    assert!(
        file.body.starts_with(b"%PDF") && file.headers["content-disposition"].to_str().unwrap().contains("attachment")
    );
    let shown = w.get(&format!("/thu-tuc/{CODE}")).send().await.expect(200);
    assert!(shown.text().contains(&public));
    motcua::worker::orphans(&w.app).await.unwrap();
    w.get(&public).send().await.expect(200);
}

#[tokio::test]
async fn adm_02_an_agency_keeps_what_it_alone_handles_and_others_keep_nothing() {
    let w = World::sqlite();
    w.procedures(&["1.013225", CODE]).await;
    let own = w.officer("so.xd", "H49.24", &[Role::AgencyAdmin]).await;
    let (own, plain) = (w.sign_in(&own).await, w.officer("cv", "H49.24", &[Role::Specialist]).await);
    let plain = w.sign_in(&plain).await;
    w.get(PAGE).cookie(&plain).send().await.expect(403);
    w.get(PAGE).cookie(&own).send().await.expect(200);
    w.get(&format!("{PAGE}/{CODE}")).cookie(&own).send().await.expect(200);
    let draft = |code: &str| w.post(&format!("{PAGE}/{code}/ban-nhap")).cookie(&own).form(&[("act", "begin")]).send();
    draft(CODE).await.expect(403);
    w.get(&format!("{PAGE}/nhap")).cookie(&own).send().await.expect(403);
    w.post(PAGE).cookie(&own).form(&[("code", "9.000001"), ("name", "Mới")]).send().await.expect(403);
    let competent = {
        let id = w.app.reference().procedure("1.013225").unwrap().version;
        let app = w.app.clone();
        let v = w.app.db.read_blocking(move |q| app.versions.get(q, id)).unwrap();
        domain::catalogue::competence::competent(&v.procedure, &w.app.reference().directory).identifiers() == ["H49.24"]
    };
    draft("1.013225").await.expect(if competent { 303 } else { 403 });
}

#[tokio::test]
async fn cat_01_an_import_with_faults_is_sent_followed_read_agreed_to_and_undone_on_pages() {
    let w = World::sqlite();
    let (_, session) = keeper(&w).await;
    let path = format!("{PAGE}/nhap");
    let send = |csv: &str, more: &str| {
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{csv}\r\n{more}--x--\r\n"
        );
        w.post(&path).cookie(&session).bytes("multipart/form-data; boundary=x", body).send()
    };
    let csv = "Mã thủ tục,Tên thủ tục,Lĩnh vực,Cơ quan thực hiện\n1.000080,Khai sinh,Hộ tịch,UBND cấp xã\nkhông phải mã,Lạ,,\n";
    let look = "--x\r\nContent-Disposition: form-data; name=\"look\"\r\n\r\n1\r\n";
    let seen = send(csv, look).await.expect(200);
    assert!(seen.text().contains("mã thủ tục không hợp lệ"));
    assert!(seen.text().contains("Chưa có lần nhập nào"), "a look keeps nothing");
    let batch = send(csv, "").await.expect(303).location().split('?').next().unwrap().to_owned();
    let waiting = w.get(&batch).cookie(&session).send().await.expect(200);
    assert!(waiting.headers.contains_key("refresh") && waiting.text().contains("Đang chờ"));
    settle(&w.app).await.unwrap();
    let done = w.get(&batch).cookie(&session).send().await.expect(200);
    assert!(done.text().contains("Đã nhập") && done.text().contains("không phải mã"));
    let changed = csv.replace("Khai sinh", "Khai sinh lần hai");
    let second = send(&changed, "").await.expect(303).location().split('?').next().unwrap().to_owned();
    settle(&w.app).await.unwrap();
    let asked = w.get(&second).cookie(&session).send().await.expect(200);
    assert!(asked.text().contains("1 thay đổi chờ đồng ý") && asked.text().contains("Khai sinh lần hai"));
    let change = hidden(&asked, "change");
    w.post(&second).cookie(&session).form(&[("act", "accept"), ("change", &change)]).send().await.expect(303);
    assert_eq!(w.app.reference().procedure("1.000080").unwrap().name, "Khai sinh lần hai");
    w.post(&second).cookie(&session).form(&[("act", "undo")]).send().await.expect(303);
    let undoing = w.get(&second).cookie(&session).send().await.expect(200);
    assert!(undoing.headers.contains_key("refresh") && undoing.text().contains("Còn 1 phiên bản phải bỏ."));
    settle(&w.app).await.unwrap();
    assert!(w.get(&second).cookie(&session).send().await.expect(200).text().contains("Đã hoàn tác"));
    assert_eq!(w.app.reference().procedure("1.000080").unwrap().name, "Khai sinh");
    let empty =
        w.post(&path).cookie(&session).bytes("multipart/form-data; boundary=x", "--x--\r\n").send().await.expect(422);
    assert!(empty.text().contains("Xin chọn một tệp"));
}

#[tokio::test]
async fn cat_02_a_system_publishes_a_version_by_api_once_for_a_key_and_reads_all_versions() {
    let w = World::sqlite();
    w.procedures(&[CODE]).await;
    let (who, _) = keeper(&w).await;
    let key = w.key(&who, &[KeyScope::CatalogueWrite]).await;
    let path = format!("/api/v1/procedures/{CODE}/versions");
    let list = w.get(&path).bearer(&key).send().await.expect(200).json();
    assert_eq!(list["items"][0]["standing"], "in_force");
    let mut procedure = list["items"][0]["procedure"].clone();
    procedure["name"] = json!("Tên qua API");
    let decision = json!({ "number": "3/QĐ-UBND", "issuer": "UBND tỉnh", "date": "2025-10-06", "kind": "amended", "effective_from": "2025-10-06" });
    let body = json!({ "decision": decision, "procedure": procedure });
    let first = w.post(&path).bearer(&key).once("a").json(&body).send().await.expect(201).json();
    let again = w.post(&path).bearer(&key).once("a").json(&body).send().await.expect(201).json();
    assert_eq!(first, again);
    assert_eq!(name_of(&w), "Tên qua API");
    w.post(&path).bearer(&key).once("b").json(&body).send().await.expect(422);
    let reader = w.key(&who, &[KeyScope::DossierRead]).await;
    w.post(&path).bearer(&reader).once("c").json(&body).send().await.expect(403);
    w.get(&path).bearer(&reader).send().await.expect(403);
    let stranger = w.officer("so.nn", "H49.18", &[Role::AgencyAdmin]).await;
    let stranger = w.key(&stranger, &[KeyScope::CatalogueWrite]).await;
    w.post(&path).bearer(&stranger).once("d").json(&body).send().await.expect(403);
}

#[tokio::test]
async fn cat_01_whoever_is_in_charge_stands_on_the_public_page_until_taken_off() {
    let w = World::sqlite();
    let (_, session) = keeper(&w).await;
    w.procedures(&[CODE]).await;
    let hoa = w.officer("hoa.lt", "H49.24", &[Role::Specialist]).await;
    let path = format!("{PAGE}/{CODE}");
    let send = |act: &str, login: &str| w.post(&path).cookie(&session).form(&[("act", act), ("login", login)]).send();
    let unknown = send("charge", "khong.co").await.expect(422);
    assert!(unknown.text().contains("Không có cán bộ đang làm việc mang tên đăng nhập này"));
    send("charge", "hoa.lt").await.expect(303);
    let public = w.get(&format!("/thu-tuc/{CODE}")).send().await.expect(200);
    assert!(public.text().contains("Cán bộ phụ trách") && public.text().contains("Cán bộ hoa.lt"));
    // An agency names its own officers only, and only for what it handles.
    let other = w.officer("so.dd", "H49.24", &[Role::AgencyAdmin]).await;
    let other = w.sign_in(&other).await;
    let form = [("act", "charge"), ("login", "hoa.lt")];
    w.post(&path).cookie(&other).form(&form).send().await.expect(403);
    // Whoever left is taken off as well.
    let top = w.officer("quan.tri", "H49.28", &[Role::TopAdmin]).await;
    let top = w.sign_in(&top).await;
    let account = format!("/can-bo/quan-tri/can-bo/{}", hoa.officer);
    w.post(&account).cookie(&top).form(&[("act", "withdraw")]).send().await.expect(303);
    send("charge", "hoa.lt").await.expect(422);
    send("discharge", "hoa.lt").await.expect(303);
    let public = w.get(&format!("/thu-tuc/{CODE}")).send().await.expect(200);
    assert!(!public.text().contains("Cán bộ phụ trách"));
}
