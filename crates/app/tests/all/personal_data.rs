//! What people ask about their own data (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; issue "Personal data"): requests with a clock,
//! seen by those who answer, answered on the person's own page; and the copy that is taken home.

use crate::{
    call::Answer,
    desk::hidden,
    identity::{NUMBER, Provider, enter, with},
    outside::MailServer,
    world::World,
};
use domain::accounts::{Role, Who};
use motcua::{error::AppError, personal_data, worker};
use platform::{
    config::Config,
    db::{Query, params, sql},
};

const MINE: &str = "/cong-dan/du-lieu";
const LIST: &str = "/can-bo/du-lieu-ca-nhan";

/// A province whose provider vouches for [`NUMBER`], with somebody who answers.
struct Place {
    w: World,
    citizen: String,
    supervisor: String,
    watcher: Who,
}

async fn place(open: impl FnOnce(Box<dyn FnOnce(&mut Config)>) -> World) -> Place {
    let (provider, issuer) = Provider::start().await;
    let w = open(Box::new(with(&issuer)));
    let watcher = w.officer("giam.sat", "H49.28", &[Role::Supervisor]).await;
    Place { citizen: enter(&w, &provider).await, supervisor: w.sign_in(&watcher).await, watcher, w }
}

fn sqlite(change: Box<dyn FnOnce(&mut Config)>) -> World {
    World::sqlite_with("quang-ninh", change)
}

impl Place {
    async fn page(&self, cookie: &str, path: &str) -> Answer {
        self.w.get(path).cookie(cookie).send().await
    }
    async fn send(&self, cookie: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        let page = self.page(cookie, path).await.expect(200);
        // A page without a form: somebody sends what they saw before.
        let key = if page.text().contains("name=\"once\"") { hidden(&page, "once") } else { "truoc-do".to_owned() };
        self.w.post(path).cookie(cookie).form(&[&[("once", key.as_str())], form].concat()).send().await
    }
    /// The citizen asks for a correction; its number.
    async fn ask(&self) -> String {
        let form = [("viec", "correction"), ("noi_dung", "Ngày sinh ghi 21/03/1990"), ("dung_la", "12/03/1990")];
        self.send(&self.citizen, MINE, &form).await.expect(303);
        self.number().await
    }
    /// The number of the only open request.
    async fn number(&self) -> String {
        let list = self.page(&self.supervisor, LIST).await.expect(200);
        let link = format!("href=\"{LIST}/");
        let found = list.text().split(&link).skip(1).map(|rest| rest.split('"').next().unwrap());
        found.filter(|id| id.bytes().all(|b| b.is_ascii_digit())).collect::<Vec<_>>()[0].to_owned()
    }
    async fn act(&self, number: &str, form: &[(&str, &str)]) -> Answer {
        self.send(&self.supervisor, &format!("{LIST}/{number}"), form).await
    }
    fn count(&self) -> i64 {
        let st = sql!("SELECT COUNT(*) FROM data_requests");
        self.w.app.db.read_blocking(move |q| q.one(st, params![], |r| r.get(0))).unwrap()
    }
}

async fn asked_and_answered(p: Place) {
    // Nothing that was typed is lost, and the correction says what is right.
    let half = [("viec", "correction"), ("noi_dung", "Ngày sinh ghi 21/03/1990"), ("ma", "khong-phai-ma")];
    let wrong = p.send(&p.citizen, MINE, &half).await.expect(422);
    for said in ["dung_la-error", "ma-error", "Ngày sinh ghi 21/03/1990", "khong-phai-ma"] {
        assert!(wrong.text().contains(said), "{said}: {}", wrong.text());
    }
    assert_eq!(p.count(), 0);
    // What is too long comes back whole instead of being cut.
    let long = "ngày sinh ".repeat(201);
    let typed = [("viec", "correction"), ("noi_dung", long.as_str()), ("dung_la", "12/03/1990")];
    let wrong = p.send(&p.citizen, MINE, &typed).await.expect(422);
    assert!(wrong.text().contains("nhiều nhất là 2000") && wrong.text().contains(long.trim_end()), "{}", wrong.text());
    assert_eq!(p.count(), 0);
    // A double click is one request.
    let key = hidden(&p.page(&p.citizen, MINE).await.expect(200), "once");
    let form =
        [("once", key.as_str()), ("viec", "correction"), ("noi_dung", "Ngày sinh sai"), ("dung_la", "12/03/1990")];
    for _ in 0..2 {
        p.w.post(MINE).cookie(&p.citizen).form(&form).send().await.expect(303);
    }
    assert_eq!(p.count(), 1);
    let mine = p.page(&p.citizen, MINE).await.expect(200);
    for said in
        ["Đã nhận, chờ phản hồi đầu tiên", "phản hồi trước 08/10/2025, 17:00", "trả lời trước 20/10/2025, 17:00"]
    {
        assert!(mine.text().contains(said), "{said}: {}", mine.text());
    }

    // The list names nobody; who opens the request is written down for its owner.
    let number = p.number().await;
    let list = p.page(&p.supervisor, LIST).await.expect(200);
    assert!(!list.text().contains(NUMBER) && !list.text().contains("Nguyễn Thị Mẫu"), "{}", list.text());
    let one = p.page(&p.supervisor, &format!("{LIST}/{number}")).await.expect(200);
    assert!(one.text().contains(NUMBER) && one.text().contains("Ngày sinh sai"), "{}", one.text());
    let seen = p.page(&p.citizen, "/cong-dan/kho/ai-da-xem").await.expect(200);
    assert!(seen.text().contains("Xử lý yêu cầu về dữ liệu cá nhân"), "{}", seen.text());

    // First answer, once; then the answer, which says how it ended.
    let first = [("act", "take_on"), ("phan_hoi", "Đang đối chiếu với thẻ căn cước.")];
    p.act(&number, &first).await.expect(303);
    let again = p.act(&number, &first).await.expect(422);
    assert!(again.text().contains("đã có người nhận xử lý"), "{}", again.text());
    let bare = p.act(&number, &[("act", "answer"), ("tra_loi", "Đã sửa.")]).await.expect(422);
    assert!(bare.text().contains("ket_qua-error") && bare.text().contains("Đã sửa."), "{}", bare.text());
    let answer = [("act", "answer"), ("ket_qua", "done"), ("tra_loi", "Đã sửa ngày sinh trong hồ sơ.")];
    p.act(&number, &answer).await.expect(303);
    let mine = p.page(&p.citizen, MINE).await.expect(200);
    for said in ["Đang đối chiếu với thẻ căn cước.", "Đã thực hiện", "Đã sửa ngày sinh trong hồ sơ.", "Đã trả lời"]
    {
        assert!(mine.text().contains(said), "{said}: {}", mine.text());
    }
    assert!(!mine.text().contains(&format!("{MINE}/{number}/rut")), "what is answered is not taken back");
    p.w.post(&format!("{MINE}/{number}/rut")).cookie(&p.citizen).send().await.expect(303);
    let over = p.page(&p.supervisor, &format!("{LIST}?xem=xong")).await.expect(200);
    assert!(over.text().contains(&number) && over.text().contains("Đã thực hiện"), "{}", over.text());
    // SEC-01: the trace of who answered.
    let st = sql!("SELECT COUNT(*) FROM audit WHERE act LIKE 'data_request.%' AND officer_id = $1");
    let officer = p.watcher.officer.raw();
    let lines: i64 = p.w.app.db.read_blocking(move |q| q.one(st, params![officer], |r| r.get(0))).unwrap();
    assert_eq!(lines, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_data_a_citizen_asks_and_is_answered_by_page_on_sqlite() {
    asked_and_answered(place(sqlite).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_data_a_citizen_asks_and_is_answered_by_page_on_postgresql() {
    asked_and_answered(place(|change| World::postgres_of("quang-ninh", change)).await).await;
}

/// Each moment of the clock fires once, never early, and never of what is over; those who answer are called by letter and list.
#[tokio::test(flavor = "multi_thread")]
async fn personal_data_the_clock_calls_those_who_answer_once_for_each_moment() {
    let (server, port) = MailServer::start().await;
    let text = format!("server='127.0.0.1'\nport={port}\nsecurity='none'\nfrom='Một Cửa <mc@vidu.vn>'\n");
    let p = place(|change| {
        World::sqlite_with("quang-ninh", |config| {
            change(config);
            config.notices.email = Some(toml::from_str(&text).unwrap());
        })
    })
    .await;
    let st = sql!("UPDATE officers SET email = 'giam.sat@vidu.vn' WHERE id = $1");
    let officer = p.watcher.officer.raw();
    p.w.app.db.unit(move |unit| Ok::<_, AppError>(unit.execute(st, params![officer])?)).await.unwrap();
    let account = [("dien_thoai", ""), ("thu", "lan@vidu.vn"), ("kenh", "email")];
    p.w.post("/cong-dan/tai-khoan").cookie(&p.citizen).form(&account).send().await.expect(303);
    let number = p.ask().await;
    let fire = async |moment: &str| {
        p.w.at(moment);
        personal_data::fire(&p.w.app).await.unwrap()
    };
    assert_eq!(fire("2025-10-08T16:59:59+07:00").await, 0);
    assert_eq!(fire("2025-10-08T17:00:00+07:00").await, 1);
    assert_eq!(fire("2025-10-09T08:00:00+07:00").await, 0);
    let calls = p.page(&p.supervisor, "/can-bo/viec-can-chu-y").await.expect(200);
    assert!(calls.text().contains("Quá hạn phản hồi đầu tiên") && calls.text().contains(&number), "{}", calls.text());
    worker::outbox(&p.w.app).await.unwrap();
    let letters = server.letters();
    assert_eq!(letters.iter().map(|l| l.0.as_str()).collect::<Vec<_>>(), ["giam.sat@vidu.vn"]);

    // The first answer calls the person, and what was overdue no longer is.
    p.act(&number, &[("act", "take_on"), ("phan_hoi", "Đang đối chiếu.")]).await.expect(303);
    let calls = p.page(&p.supervisor, "/can-bo/viec-can-chu-y").await.expect(200);
    assert!(!calls.text().contains("Quá hạn phản hồi đầu tiên"), "{}", calls.text());
    worker::outbox(&p.w.app).await.unwrap();
    assert_eq!(server.letters().last().unwrap().0, "lan@vidu.vn");
    let told = server.letters().pop().unwrap().1;
    assert!(
        !told.contains("Ngày sinh") && !told.contains("đối chiếu"),
        "what was asked and said stays on the page: {told}"
    );
    assert_eq!(fire("2025-10-16T17:00:00+07:00").await, 1, "the reminder");
    p.act(&number, &[("act", "answer"), ("ket_qua", "declined"), ("tra_loi", "Sổ gốc ghi như vậy.")]).await.expect(303);
    assert_eq!(fire("2026-03-01T08:00:00+07:00").await, 0, "what is over calls nobody");

    // SEC-03: what ended long ago is forgotten.
    assert_eq!((personal_data::sweep(&p.w.app).await.unwrap(), p.count()), (0, 1));
    p.w.at("2029-01-01T08:00:00+07:00");
    assert_eq!((personal_data::sweep(&p.w.app).await.unwrap(), p.count()), (1, 0));
}

/// SEC-01: the request of another is not there, and only those who answer see any.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_personal_data_a_request_opens_to_its_owner_and_to_those_who_answer_only() {
    let p = place(sqlite).await;
    let counter = p.w.officer("quay", "H49.28", &[Role::IntakeOfficer]).await;
    let at_counter = p.w.sign_in(&counter).await;
    // At a counter, for somebody else, with the card in hand.
    let form = [
        ("so", "022099054321"),
        ("ten", "Trần Văn Khác"),
        ("thu", "khac@vidu.vn"),
        ("viec", "copy"),
        ("noi_dung", "Bản sao hồ sơ năm 2024"),
    ];
    let wrong = p.send(&at_counter, &format!("{LIST}/moi"), &[&form[1..], &[("so", "12")]].concat()).await.expect(422);
    assert!(wrong.text().contains("so-error") && wrong.text().contains("Trần Văn Khác"), "{}", wrong.text());
    let done = p.send(&at_counter, &format!("{LIST}/moi"), &form).await.expect(303);
    let number = done.location().rsplit('=').next().unwrap().to_owned();
    let page = p.page(&at_counter, done.location()).await.expect(200);
    assert!(page.text().contains(&format!("Đã ghi yêu cầu số {number}")), "{}", page.text());
    let one = format!("{LIST}/{number}");
    p.page(&at_counter, LIST).await.expect(403);
    p.page(&at_counter, &one).await.expect(403);
    let found = p.page(&p.supervisor, &one).await.expect(200);
    assert!(found.text().contains("Trần Văn Khác") && found.text().contains("Tại quầy"), "{}", found.text());

    let mine = p.page(&p.citizen, MINE).await.expect(200);
    assert!(!mine.text().contains("Bản sao hồ sơ năm 2024"), "of another");
    p.w.post(&format!("{MINE}/{number}/rut")).cookie(&p.citizen).send().await.expect(404);
    // The own one is taken back, and a second click does nothing more.
    p.send(&p.citizen, MINE, &[("viec", "copy"), ("noi_dung", "Mọi dữ liệu")]).await.expect(303);
    let mine = p.page(&p.citizen, MINE).await.expect(200);
    let own = mine.text().split(&format!("action=\"{MINE}/")).nth(1).unwrap().split('/').next().unwrap().to_owned();
    for _ in 0..2 {
        p.w.post(&format!("{MINE}/{own}/rut")).cookie(&p.citizen).send().await.expect(303);
    }
    assert!(p.page(&p.citizen, MINE).await.expect(200).text().contains("Đã rút"));
    let late = p.act(&own, &[("act", "answer"), ("ket_qua", "done"), ("tra_loi", "x")]).await.expect(422);
    assert!(late.text().contains("Người yêu cầu đã rút"), "{}", late.text());

    for role in [Role::Specialist, Role::Volunteer, Role::AgencyAdmin] {
        let who = p.w.officer_at(&format!("la.{role}"), "H49.18", &[role], None).await;
        let session = p.w.sign_in(&who).await;
        p.page(&session, LIST).await.expect(403);
        p.page(&session, &one).await.expect(403);
        p.page(&session, &format!("{LIST}/moi")).await.expect(403);
    }
}

/// The copy that is taken home holds what the dossiers say of the person, how they are told, and what they asked; nothing of others.
#[tokio::test(flavor = "multi_thread")]
async fn personal_data_the_copy_that_is_taken_home_is_all_that_is_held_of_the_person() {
    let p = place(sqlite).await;
    p.w.procedures(&["1.000080"]).await;
    let who = p.w.officer("lan", "H49.28", &[Role::IntakeOfficer]).await;
    for number in [NUMBER, "022099054321"] {
        let mut people = crate::world::applicant();
        people.applicant.identity = Some(number.into());
        people.applicant.address = Some(format!("Nhà của {number}"));
        let command =
            domain::dossier::Command::TakeIn { intake: p.w.intake(&who, "1.000080"), received_at: None, fees: None };
        let target = motcua::dossier::Target::New(Box::new(people));
        p.w.order(&who, motcua::dossier::Order { target, command }).await.unwrap();
    }
    p.ask().await;
    let archive = p.page(&p.citizen, "/cong-dan/kho/tai-het").await.expect(200);
    let text = String::from_utf8_lossy(&archive.body).into_owned();
    assert!(text.contains(&format!("Nhà của {NUMBER}")) && !text.contains("Nhà của 022099054321"), "{text}");
    assert!(text.contains("Ngày sinh ghi 21/03/1990") && text.contains("0912345678"), "{text}");
}
