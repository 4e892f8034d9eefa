//! The work list: views, filters, many at once, what nobody touched (FLW-07, FLW-13).

use crate::world::World;
use domain::{
    accounts::{Role, Who},
    dossier::{Command, Decision},
    id::Id,
};
use motcua::dossier::{Done, Order, Target, store::Key};
use platform::db::{DbError, params, sql};

const PROCEDURE: &str = "1.000080";

/// A commune with its people, and the counter that takes dossiers in for it.
pub struct Desk {
    pub w: World,
    pub lan: Who,
    pub head: Who,
    pub ha: Who,
    pub minh: Who,
    pub leader: Who,
}

pub async fn desk() -> Desk {
    desk_in(World::sqlite()).await
}

pub async fn desk_in(w: World) -> Desk {
    w.procedures(&[PROCEDURE]).await;
    let reference = w.app.reference();
    let centre = reference.agency(reference.main_centre().unwrap().agency).unwrap().identifier.clone();
    let lan = w.officer("lan", &centre, &[Role::IntakeOfficer]).await;
    let agency = w.app.reference().agency(w.intake(&lan, PROCEDURE).agency).unwrap().identifier.clone();
    let head = w.officer("truong", &agency, &[Role::UnitHead]).await;
    let ha = w.officer("ha", &agency, &[Role::Specialist]).await;
    let minh = w.officer("minh", &agency, &[Role::Specialist]).await;
    let leader = w.officer("lanh", &agency, &[Role::AgencyLeader]).await;
    Desk { w, lan, head, ha, minh, leader }
}

impl Desk {
    pub async fn give(&self, who: &Who, done: &Done, command: Command) -> Done {
        let target = Target::Known { key: Key::Id(done.id), version: done.state.version };
        self.w.order(who, Order { target, command }).await.unwrap()
    }
    pub async fn assigned(&self, to: &Who) -> Done {
        let done = self.w.take_in(&self.lan, PROCEDURE).await;
        self.give(&self.head, &done, Command::Assign { unit: None, officer: to.officer }).await
    }
    pub async fn submitted(&self, by: &Who) -> Done {
        let done = self.assigned(by).await;
        let opinion = Command::Appraise { opinion: Decision::Grant, text: "Đủ điều kiện.".into() };
        let done = self.give(by, &done, opinion).await;
        self.give(by, &done, Command::SubmitForApproval).await
    }
    /// The page of a view as this officer sees it.
    pub async fn view(&self, who: &Who, address: &str) -> String {
        let session = self.w.sign_in(who).await;
        let page = self.w.get(&format!("/can-bo?{address}")).cookie(&session).send().await.expect(200);
        page.text().to_owned()
    }
    pub async fn post(&self, who: &Who, path: &str, form: &[(&str, &str)]) -> crate::call::Answer {
        let session = self.w.sign_in(who).await;
        self.w.post(path).cookie(&session).form(form).send().await
    }
    /// Does one step for many and reads the report to which the answer leads.
    pub async fn many(&self, who: &Who, form: &[(&str, &str)]) -> String {
        let session = self.w.sign_in(who).await;
        let told = self.w.post("/can-bo/nhieu").cookie(&session).form(form).send().await.expect(303);
        let report = self.w.get(told.location()).cookie(&session).send().await.expect(200);
        report.text().to_owned()
    }
    /// `backup` stands in for `officer`, from the morning of the first day on.
    pub async fn stand_in(&self, officer: &Who, backup: &str, what: &str) {
        let key = self.w.key(officer, &[motcua::accounts::KeyScope::DossierWrite]).await;
        let mut body = serde_json::json!({
            "backup": backup, "from": "2025-10-06T07:30:00+07:00", "to": "2025-10-10T17:00:00+07:00",
        });
        let own = match what {
            "absences" => [("reason", serde_json::json!("Nghỉ phép")), ("sudden", serde_json::json!(true))],
            _ => [("decision", serde_json::json!("12/QĐ-UBND")), ("decided_on", serde_json::json!("01/10/2025"))],
        };
        for (field, value) in own {
            body[field] = value;
        }
        let path = format!("/api/v1/{what}");
        self.w.post(&path).bearer(&key).once(&format!("{what}{backup}")).json(&body).send().await.expect(201);
    }
}

pub fn code(done: &Done) -> &str {
    done.state.code.as_ref().unwrap().as_str()
}

/// The count that a view shows.
fn count(page: &str, view: &str) -> String {
    let mark = format!("data-count=\"{view}\">");
    let at = page.find(&mark).unwrap_or_else(|| panic!("no count of {view}")) + mark.len();
    page[at..].split('<').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_07_worklist_views_follow_a_dossier_from_desk_to_desk() {
    let d = desk().await;
    let done = d.submitted(&d.ha).await;
    let kept = d.assigned(&d.ha).await;
    let page = d.view(&d.ha, "loc=toi").await;
    assert!(page.contains(code(&kept)) && !page.contains(code(&done)), "I hold one of them");
    assert!(d.view(&d.ha, "loc=ben-khac").await.contains(code(&done)), "the other waits for the leader");
    assert!(d.view(&d.leader, "loc=cho").await.contains(code(&done)));
    assert!(d.view(&d.minh, "loc=phong").await.contains(code(&kept)), "the unit sees what a colleague holds");
    let back = Command::ReturnToStep { step: None, reason: "Bổ sung căn cứ.".into() };
    d.give(&d.leader, &done, back).await;
    let page = d.view(&d.ha, "loc=tra-lai").await;
    assert!(page.contains(code(&done)) && !page.contains(code(&kept)), "it came back to me");
    assert_eq!(
        (count(&page, "tra-lai"), count(&page, "toi"), count(&page, "ben-khac")),
        ("1".into(), "2".into(), "0".into())
    );
    assert!(d.view(&d.leader, "loc=xong").await.contains(code(&done)), "the leader did it today");
    d.w.at("2025-10-07T08:00");
    assert!(!d.view(&d.leader, "loc=xong").await.contains(code(&done)), "today is another day");
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_07_worklist_gives_many_at_once_and_tells_of_each_what_was_refused() {
    let d = desk().await;
    let (a, b) = (d.w.take_in(&d.lan, PROCEDURE).await, d.w.take_in(&d.lan, PROCEDURE).await);
    let (first, stale) = (format!("{}:{}", a.id, a.state.version), format!("{}:{}", b.id, b.state.version + 5));
    let minh = d.minh.officer.to_string();
    let form = [("once", "k1"), ("act", "assign"), ("officer", minh.as_str()), ("hs", &first), ("hs", &stale)];
    let told = d.many(&d.head, &form).await;
    assert!(told.contains("1 hồ sơ đã xong") && told.contains("1 hồ sơ chưa thực hiện được"));
    assert!(told.contains("vừa được người khác thay đổi"), "the reason stands beside the row");
    let page = d.view(&d.minh, "loc=toi").await;
    assert!(page.contains(code(&a)) && !page.contains(code(&b)));
    // A second click answers the same and does nothing twice.
    let again = d.many(&d.head, &form).await;
    assert!(again.contains("1 hồ sơ đã xong"));
    let kept = d.w.app.db.read_blocking(move |q| {
        motcua::dossier::store::find(q, &domain::accounts::Scope::Province, &Key::Id(Id::new(a.id.raw())))
    });
    assert_eq!(kept.unwrap().unwrap().state.version, 2);
}

/// GR-6: a specialist gives nothing to others, not many at once either.
#[tokio::test(flavor = "multi_thread")]
async fn gr_6_worklist_many_at_once_asks_each_rule_for_each_row() {
    let d = desk().await;
    let a = d.w.take_in(&d.lan, PROCEDURE).await;
    let (pick, minh) = (format!("{}:{}", a.id, a.state.version), d.minh.officer.to_string());
    let form = [("once", "k2"), ("act", "assign"), ("officer", minh.as_str()), ("hs", &pick)];
    let told = d.many(&d.ha, &form).await;
    assert!(told.contains("1 hồ sơ chưa thực hiện được"));
    let stranger = d.w.officer("xa", "H49.24", &[Role::UnitHead]).await;
    let told = d.many(&stranger, &form).await;
    assert!(!told.contains(code(&a)), "out of scope is not there");
}

/// The report of many at once is its officer's alone.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_worklist_a_report_of_many_at_once_is_read_by_nobody_else() {
    let d = desk().await;
    let a = d.w.take_in(&d.lan, PROCEDURE).await;
    let (pick, minh) = (format!("{}:{}", a.id, a.state.version), d.minh.officer.to_string());
    let form = [("once", "k3"), ("act", "assign"), ("officer", minh.as_str()), ("hs", &pick)];
    let told = d.post(&d.head, "/can-bo/nhieu", &form).await.expect(303);
    let other = d.w.sign_in(&d.minh).await;
    d.w.get(told.location()).cookie(&other).send().await.expect(404);
}

/// FLW-07: who stands in for an absent head gives the work out, and sees who is away.
#[tokio::test(flavor = "multi_thread")]
async fn flw_07_worklist_a_backup_gives_work_for_the_absent_head() {
    let d = desk().await;
    let a = d.w.take_in(&d.lan, PROCEDURE).await;
    assert!(!d.view(&d.ha, "loc=cho").await.contains(">Cán bộ minh</option>"), "a specialist takes for oneself only");
    d.stand_in(&d.head, "ha", "absences").await;
    let page = d.view(&d.ha, "loc=cho").await;
    assert!(page.contains(code(&a)) && page.contains(">Cán bộ minh</option>"));
    let (pick, minh) = (format!("{}:{}", a.id, a.state.version), d.minh.officer.to_string());
    let form = [("once", "k4"), ("act", "assign"), ("officer", minh.as_str()), ("hs", &pick)];
    assert!(d.many(&d.ha, &form).await.contains("1 hồ sơ đã xong"));
    assert!(d.view(&d.minh, "loc=toi").await.contains(code(&a)));
    d.stand_in(&d.minh, "ha", "absences").await;
    assert!(d.view(&d.ha, "loc=phong").await.contains("Cán bộ minh (đang vắng mặt)"));
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_07_worklist_filters_stay_and_views_are_kept_under_a_name() {
    let d = desk().await;
    let done = d.assigned(&d.ha).await;
    assert!(d.view(&d.ha, "loc=toi&han=qua").await.contains("Không có hồ sơ nào hợp với bộ lọc"));
    d.w.at("2026-10-06T08:00");
    assert!(d.view(&d.ha, "loc=toi&han=qua").await.contains(code(&done)), "a year later it is overdue");
    let session = d.w.sign_in(&d.ha).await;
    let sent = d.w.get("/can-bo?loc=toi&han=qua&nho=1").cookie(&session).send().await.expect(303);
    assert_eq!(sent.location(), "/can-bo?loc=toi&han=qua");
    let other = d.view(&d.ha, "").await;
    assert!(other.contains("value=\"qua\" selected"), "another session of the same officer opens as it was left");
    assert!(!d.view(&d.minh, "").await.contains("value=\"qua\" selected"), "a colleague has an own desk");
    let form = [("ten", "Quá hạn của tôi"), ("loc", "loc=toi&han=qua")];
    d.post(&d.ha, "/can-bo/goc-nhin", &form).await.expect(303);
    assert!(d.view(&d.ha, "loc=toi").await.contains("Quá hạn của tôi"));
    assert!(!d.view(&d.minh, "loc=toi").await.contains("Quá hạn của tôi"));
    let nothing = d.view(&d.ha, "loc=toi&tu=zzzqqqxxx").await;
    assert!(!nothing.contains(code(&done)), "the words are looked up in the catalogue");
}

/// FLW-07: the list that is opened next is the one that was left, and the way back leads into it.
#[tokio::test(flavor = "multi_thread")]
async fn flw_07_worklist_opens_as_it_was_left_and_gives_work_to_nobody_unchosen() {
    let d = desk().await;
    let a = d.w.take_in(&d.lan, PROCEDURE).await;
    let late = d.view(&d.head, "loc=tat-ca&han=qua").await;
    assert!(late.contains("href=\"/can-bo?loc=cho&#38;han=qua\""), "another view keeps the filter");
    d.view(&d.head, "loc=cho").await;
    let page = d.view(&d.head, "").await;
    assert!(
        page.contains(code(&a)) && !page.contains("value=\"qua\" selected"),
        "the last view, not the morning's filter"
    );
    assert!(page.contains("name=\"ve\" value=\"loc=cho\"") && page.contains("data-pick-all"));
    assert!(page.contains("<option value=\"\">Chọn người nhận việc</option>"));
    let today = d.view(&d.head, "loc=xong&han=qua").await;
    assert!(!today.contains("name=\"han\""), "what was done today knows no filter");
    let pick = format!("{}:{}", a.id, a.state.version);
    let nobody = d.post(&d.head, "/can-bo/nhieu", &[("act", "assign"), ("officer", ""), ("hs", &pick)]).await;
    assert!(nobody.expect(422).text().contains("Chưa chọn người nhận việc"));
    let nothing = d.post(&d.head, "/can-bo/nhieu", &[("act", "submit")]).await.expect(422);
    assert!(nothing.text().contains("Chưa chọn hồ sơ nào"));
    let ha = d.ha.officer.to_string();
    let form = [("once", "v1"), ("act", "assign"), ("officer", ha.as_str()), ("hs", &pick), ("ve", "loc=cho&han=nay")];
    let report = d.many(&d.head, &form).await;
    assert!(report.contains("href=\"/can-bo?loc=cho&#38;han=nay\""), "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_13_worklist_names_to_the_head_what_nobody_has_touched() {
    let d = desk().await;
    let done = d.assigned(&d.ha).await;
    let session = d.w.sign_in(&d.head).await;
    let list = || d.w.get("/can-bo/chua-xu-ly").cookie(&session).send();
    assert!(list().await.expect(200).text().contains("Không có hồ sơ nào bị bỏ quên"));
    d.w.at("2025-10-08T08:00");
    let page = list().await.expect(200);
    assert!(page.text().contains(code(&done)) && page.text().contains("Cán bộ ha"), "with whom it lies");
    assert_eq!(count(&d.view(&d.head, "loc=cho").await, "chua-xu-ly"), "1", "the head's desk says so every day");
    assert!(!d.view(&d.ha, "loc=cho").await.contains("chua-xu-ly"));
    let session = d.w.sign_in(&d.ha).await;
    d.w.get("/can-bo/chua-xu-ly").cookie(&session).send().await.expect(403);
}

/// The address of the next page, as the link says it.
fn next_link(page: &str) -> Option<&str> {
    page.split("<a class=\"page-link\" href=\"")
        .skip(1)
        .find(|link| link.split('>').next().unwrap().contains("rel=\"next\""))
}

#[tokio::test(flavor = "multi_thread")]
async fn worklist_pages_by_key_without_gap_or_repetition() {
    let d = desk().await;
    let mut all = std::collections::BTreeSet::new();
    for _ in 0..120 {
        all.insert(code(&d.w.take_in(&d.lan, PROCEDURE).await).to_owned());
    }
    let (mut seen, mut address, session) = (Vec::new(), "/can-bo?loc=cho".to_owned(), d.w.sign_in(&d.head).await);
    loop {
        let page = d.w.get(&address).cookie(&session).send().await.expect(200);
        seen.extend(page.text().split("data-code=\"").skip(1).map(|p| p.split('"').next().unwrap().to_owned()));
        let Some(next) = next_link(page.text()) else { break };
        address = next.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    }
    assert_eq!(seen.len(), 120);
    assert_eq!(seen.into_iter().collect::<std::collections::BTreeSet<_>>(), all);
}

/// A list of 5,000: every page is as small as the first, the count says that there are many, and none is left out.
#[tokio::test(flavor = "multi_thread")]
async fn flw_07_worklist_of_five_thousand_is_walked_page_by_page() {
    let d = desk().await;
    let first = d.w.take_in(&d.lan, PROCEDURE).await.id.raw();
    let copied = d.w.app.db.unit(move |unit| {
        for n in 1..5000_i64 {
            let copy = sql!(
                "INSERT INTO dossiers (id, code, version, status, procedure_id, agency_id, centre_id, step, holder_agency_id,
                                       opened_at, due_key, head, state, holder_unit_id, touched_at, pool)
                 SELECT id + $1, NULL, version, status, procedure_id, agency_id, centre_id, step, holder_agency_id,
                        opened_at, due_key + $2, head, state, holder_unit_id, touched_at, pool
                 FROM dossiers WHERE id = $3"
            );
            unit.execute(copy, params![n, n % 7, first])?;
        }
        Ok::<_, DbError>(())
    });
    copied.await.unwrap();
    let (mut seen, mut address, session) = (Vec::new(), "/can-bo?loc=cho".to_owned(), d.w.sign_in(&d.head).await);
    loop {
        let page = d.w.get(&address).cookie(&session).send().await.expect(200);
        assert!(page.body.len() < 200_000, "{} bytes", page.body.len());
        assert_eq!(count(page.text(), "cho"), "999+");
        seen.extend(page.text().split("name=\"hs\" value=\"").skip(1).map(|p| p.split(':').next().unwrap().to_owned()));
        let Some(next) = next_link(page.text()) else { break };
        address = next.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    }
    let unlike: std::collections::BTreeSet<_> = seen.iter().collect();
    assert_eq!((seen.len(), unlike.len()), (5000, 5000));
}

/// The dossier beside the list is the dossier page without its frame, within the same scope.
#[tokio::test(flavor = "multi_thread")]
async fn flw_07_worklist_shows_a_dossier_beside_itself() {
    let d = desk().await;
    let done = d.assigned(&d.ha).await;
    let page = d.view(&d.ha, &format!("loc=toi&hs={}", code(&done))).await;
    assert!(page.contains("Thành phần hồ sơ") && page.contains("aria-current=\"true\""));
    let session = d.w.sign_in(&d.ha).await;
    let part = d.w.get(&format!("/can-bo/ho-so/{}/xem", code(&done))).cookie(&session).send().await.expect(200);
    assert!(part.text().contains("Thành phần hồ sơ") && !part.text().contains("<html"));
    let stranger = d.w.officer("xa", "H49.24", &[Role::UnitHead]).await;
    let session = d.w.sign_in(&stranger).await;
    d.w.get(&format!("/can-bo/ho-so/{}/xem", code(&done))).cookie(&session).send().await.expect(404);
}

/// From one dossier to the next without the list between; at the end there is none.
#[tokio::test(flavor = "multi_thread")]
async fn flw_07_worklist_a_step_leads_on_to_the_next_dossier_of_the_list() {
    let d = desk().await;
    let (first, second) = (d.assigned(&d.ha).await, d.assigned(&d.ha).await);
    let done = async |at: &Done| {
        let session = d.w.sign_in(&d.ha).await;
        let page = d.w.get(&format!("/can-bo/ho-so/{}?xong=appraisals", code(at))).cookie(&session).send().await;
        page.expect(200).text().to_owned()
    };
    d.view(&d.ha, "loc=toi").await;
    let onward = |at: &Done| format!("href=\"/can-bo/ho-so/{}\" data-key=\"]\"", code(at));
    assert!(done(&first).await.contains(&onward(&second)));
    assert!(done(&second).await.contains(&onward(&first)), "after the last one the first is offered");
    d.view(&d.ha, "loc=xong").await;
    assert!(!done(&first).await.contains("data-key=\"]\""), "what is done already leads nowhere");
    let session = d.w.sign_in(&d.ha).await;
    let plain = d.w.get(&format!("/can-bo/ho-so/{}", code(&first))).cookie(&session).send().await.expect(200);
    assert!(!plain.text().contains("Hồ sơ tiếp theo"), "only after a step");
}

/// Notes stay inside the agency; a colleague who is named finds them.
#[tokio::test(flavor = "multi_thread")]
async fn flw_07_worklist_notes_are_for_colleagues_and_name_them() {
    let d = desk().await;
    let done = d.assigned(&d.ha).await;
    let path = format!("/can-bo/ho-so/{}", code(&done));
    let form = [("once", "n1"), ("text", "Nhờ @minh xem giúp bản vẽ.")];
    d.post(&d.ha, &format!("{path}/ghi-chu"), &form).await.expect(303);
    d.post(&d.ha, &format!("{path}/ghi-chu"), &form).await.expect(303);
    let nobody = [("once", "n2"), ("text", "Nhờ @mihn xem giúp mặt bằng.")];
    let told = d.post(&d.ha, &format!("{path}/ghi-chu"), &nobody).await.expect(422);
    assert!(told.text().contains("tên đăng nhập “mihn”") && told.text().contains("xem giúp mặt bằng.</textarea>"));
    let read = async |who: &Who, path: &str| {
        let session = d.w.sign_in(who).await;
        d.w.get(path).cookie(&session).send().await.expect(200).text().to_owned()
    };
    assert_eq!(read(&d.head, &path).await.matches("xem giúp bản vẽ").count(), 1, "a double click is one note");
    assert!(read(&d.minh, "/can-bo/ghi-chu").await.contains("xem giúp bản vẽ"));
    assert!(!read(&d.head, "/can-bo/ghi-chu").await.contains("xem giúp bản vẽ"));
    assert!(!read(&d.lan, &path).await.contains("xem giúp bản vẽ"), "the counter is another agency");
}

/// SEC-01: numbers are shown in part until they are asked for, which is written down; others see who has it open.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_worklist_numbers_are_masked_until_shown_and_presence_is_told() {
    let d = desk().await;
    let done = d.assigned(&d.ha).await;
    let path = format!("/can-bo/ho-so/{}", code(&done));
    let session = d.w.sign_in(&d.ha).await;
    let page = async |path: &str| d.w.get(path).cookie(&session).send().await.expect(200);
    let masked = page(&path).await;
    assert!(!masked.text().contains("022099012345") && masked.text().contains("•••• •••• 2345"));
    assert!(page(&format!("{path}?hien=nguoi")).await.text().contains("022099012345"));
    let alone = page(&format!("{path}/co-mat")).await.json();
    assert_eq!(alone["names"].as_array().unwrap().len(), 0);
    let other = d.w.sign_in(&d.head).await;
    let seen = d.w.get(&format!("{path}/co-mat")).cookie(&other).send().await.expect(200).json();
    assert_eq!(seen["names"][0], "Cán bộ ha");
    assert_eq!(seen["version"], done.state.version);
}
