//! ADM-03, INT-10: business accounts and proxies. A representative is confirmed at a counter and names members; a person names a
//! proxy; from when until when; who acted is seen by the principal and by officers.

use crate::{
    call::Answer,
    desk::{PDF, hidden, multipart, pairs},
    identity::{NUMBER, Provider, enter, with},
    online::{Home, Open, home_on},
    world::World,
};
use domain::{
    accounts::{Role, Scope},
    dossier::{Command, People},
};
use motcua::dossier::{
    Order, Target,
    store::{self, Key},
};
use platform::db::{Query, params, sql};

const COMPANY: &str = "5700100256";
const NAME: &str = "Công ty cổ phần Mẫu";
const MEMBER: &str = "022099054321";
const PAGE: &str = "/cong-dan/uy-quyen";

/// A commune in Đồng Nai with a provider that vouches for whom it is told to.
struct Place {
    h: Home,
    provider: Provider,
    counter: String,
}

async fn place(open: Open) -> Place {
    let (provider, issuer) = Provider::start().await;
    let h = home_on(open, with(&issuer)).await;
    let counter = h.w.sign_in(&h.officer).await;
    Place { h, provider, counter }
}

impl Place {
    async fn enter(&self, number: &str, name: &str) -> String {
        self.provider.vouch_for(number, name);
        enter(&self.h.w, &self.provider).await
    }
    async fn page(&self, cookie: &str, path: &str) -> Answer {
        self.h.w.get(path).cookie(cookie).send().await
    }
    async fn text(&self, cookie: &str, path: &str) -> String {
        self.page(cookie, path).await.expect(200).text().to_owned()
    }
    async fn send(&self, cookie: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        let page = self.page(cookie, path).await.expect(200);
        let key = if page.text().contains("name=\"once\"") { hidden(&page, "once") } else { "k".to_owned() };
        self.h.w.post(path).cookie(cookie).form(&[&[("once", key.as_str())], form].concat()).send().await
    }
    async fn press(&self, cookie: &str, path: &str) -> Answer {
        self.h.w.post(path).cookie(cookie).send().await
    }
    /// The mandate beside this button, the newest first.
    async fn mandate(&self, cookie: &str, button: &str) -> String {
        let page = self.text(cookie, PAGE).await;
        let end = format!("/{button}\"");
        let at = page.find(&end).unwrap_or_else(|| panic!("no {button}: {page}"));
        page[..at].rsplit('/').next().unwrap().to_owned()
    }
    async fn act(&self, cookie: &str) -> String {
        let id = self.mandate(cookie, "lam-thay").await;
        self.press(cookie, &format!("{PAGE}/{id}/lam-thay")).await.expect(303);
        id
    }
    /// A representative who was confirmed at the counter and acts for the company.
    async fn representative(&self) -> String {
        let session = self.enter(NUMBER, "Nguyễn Thị Mẫu").await;
        let claim = [("viec", "dai-dien"), ("ma_so", COMPANY), ("ten_to_chuc", NAME), ("can_cu", "ĐKDN số 1")];
        self.send(&session, PAGE, &claim).await.expect(303);
        let list = self.text(&self.counter, "/can-bo/uy-quyen").await;
        let id = list.split("href=\"/can-bo/uy-quyen/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        self.send(&self.counter, &format!("/can-bo/uy-quyen/{id}"), &[("act", "grant")]).await.expect(303);
        self.act(&session).await;
        session
    }
    async fn name(&self, cookie: &str, number: &str, name: &str) -> Answer {
        let form =
            [("viec", "giao"), ("ten", name), ("so", number), ("tu_ngay", "06/10/2025"), ("den_ngay", "31/10/2025")];
        self.send(cookie, PAGE, &form).await
    }
    /// Fills a draft for this applicant up to the last page.
    async fn fill(&self, session: &str, kind: &str, number: &str, name: &str) -> String {
        let draft = self.h.open(session).await;
        let (case, papers) = self.h.required();
        let about = [("variant", case.as_str()), ("agency", &self.h.agency)];
        self.h.send(session, &format!("{draft}/truong-hop"), &about).await.expect(303);
        let person = [
            ("applicant.kind", kind),
            ("applicant.name", name),
            ("applicant.identity", number),
            ("applicant.phone", "0912345678"),
            ("for_other", "yes"),
            ("proxy.kind", "citizen"),
            ("proxy.name", "Kẻ Khác Hẳn"),
            ("proxy.authorisation", "giấy tay"),
        ];
        self.h.send(session, &format!("{draft}/nguoi-nop"), &person).await.expect(303);
        let fields: Vec<String> = papers.iter().map(|p| format!("tep.{p}")).collect();
        let files: Vec<(&str, &str, &[u8])> = fields.iter().map(|f| (f.as_str(), "don.pdf", PDF)).collect();
        let call = self.h.w.post(&format!("{draft}/giay-to")).cookie(session);
        multipart(call, &pairs(&[("act", "next")]), &files).send().await.expect(303);
        let way = [("result_by", "counter"), ("kenh", "sms")];
        self.h.send(session, &format!("{draft}/nhan-ket-qua"), &way).await.expect(303);
        draft
    }
    fn people(&self, code: &str) -> People {
        let key = Key::Code(code.to_owned());
        let read = move |q: &mut platform::db::Reader| {
            let kept = store::find(q, &Scope::Province, &key)?.unwrap();
            store::people(q, kept.id)
        };
        self.h.w.app.db.read_blocking(read).unwrap().unwrap()
    }
    async fn submitted(&self, session: &str, draft: &str) -> String {
        let done = self.h.submit(session, draft).await.expect(303);
        done.location().strip_prefix("/da-nop/").unwrap().to_owned()
    }
}

async fn a_company(p: Place) {
    // Nothing holds before somebody has seen the papers.
    let session = p.enter(NUMBER, "Nguyễn Thị Mẫu").await;
    let bad = [("viec", "dai-dien"), ("ma_so", "5700100257"), ("ten_to_chuc", NAME)];
    let wrong = p.send(&session, PAGE, &bad).await.expect(422);
    assert!(
        wrong.text().contains("ma_so-error") && wrong.text().contains("can_cu-error") && wrong.text().contains(NAME)
    );
    let claim = [("viec", "dai-dien"), ("ma_so", COMPANY), ("ten_to_chuc", NAME), ("can_cu", "ĐKDN số 1")];
    p.send(&session, PAGE, &claim).await.expect(303);
    let again = p.send(&session, PAGE, &claim).await.expect(422);
    assert!(again.text().contains("đã có ủy quyền còn hiệu lực hoặc đang chờ"), "{}", again.text());
    let mine = p.text(&session, PAGE).await;
    assert!(mine.contains("Chờ đối chiếu tại quầy") && !mine.contains("/lam-thay\""), "{mine}");
    let id = p.mandate(&session, "cham-dut").await;
    p.press(&session, &format!("{PAGE}/{id}/lam-thay")).await.expect(404);

    // The counter confirms with a trace, once; a refusal says why.
    let one = format!("/can-bo/uy-quyen/{id}");
    assert!(p.text(&p.counter, "/can-bo/uy-quyen").await.contains(NAME));
    assert!(p.text(&p.counter, &one).await.contains(NUMBER));
    let silent = p.send(&p.counter, &one, &[("act", "refuse")]).await.expect(422);
    assert!(silent.text().contains("ly_do-error"), "{}", silent.text());
    p.send(&p.counter, &one, &[("act", "grant")]).await.expect(303);
    let late = p.send(&p.counter, &one, &[("act", "grant")]).await.expect(422);
    assert!(late.text().contains("đã được giải quyết"), "{}", late.text());
    let stranger = p.h.w.officer_at("la", "H19.18", &[Role::Specialist], None).await;
    let stranger = p.h.w.sign_in(&stranger).await;
    p.page(&stranger, "/can-bo/uy-quyen").await.expect(403);
    p.page(&stranger, &one).await.expect(403);

    // The representative acts, and names a member for a time.
    p.act(&session).await;
    assert!(p.text(&session, "/cong-dan").await.contains(&format!("Đang làm thay cho {NAME}")));
    p.name(&session, MEMBER, "Trần Văn Viên").await.expect(303);
    p.name(&session, MEMBER, "Trần Văn Viên").await.expect(422);
    let short = [("viec", "giao"), ("ten", "x"), ("so", NUMBER), ("tu_ngay", "06/10/2025"), ("den_ngay", "01/10/2025")];
    assert!(p.send(&session, PAGE, &short).await.expect(422).text().contains("chính ông/bà"));

    // The member sees nothing of the company before acting for it, and hands in as its proxy whatever was typed.
    let member = p.enter(MEMBER, "Trần Văn Viên").await;
    let own = p.h.open(&member).await;
    let given = p.act(&member).await;
    p.page(&member, &own).await.expect(404);
    let refused = p.name(&member, "022099011111", "Lê Thị Ba").await.expect(422);
    assert!(refused.text().contains("Chỉ người đại diện"), "{}", refused.text());
    let other = p.fill(&member, "citizen", "022099011111", "Lê Thị Ba").await;
    let bound = p.h.submit(&member, &other).await.expect(422);
    assert!(bound.text().contains(&format!("Ông/bà đang làm thay cho {NAME}")), "{}", bound.text());
    let draft = p.fill(&member, "business", COMPANY, NAME).await;
    let code = p.submitted(&member, &draft).await;
    let people = p.people(&code);
    assert_eq!(people.applicant.identity.as_deref(), Some(COMPANY));
    let proxy = people.proxy.unwrap();
    assert_eq!((proxy.person.name.as_str(), proxy.person.identity.as_deref()), ("Trần Văn Viên", Some(MEMBER)));
    assert!(
        proxy.authorisation.contains(&given) && proxy.authorisation.contains("31/10/2025"),
        "{}",
        proxy.authorisation
    );

    // Who acted is seen: by officers, by the representative, on the dossier's own page.
    let seen = p.text(&p.counter, &format!("/can-bo/ho-so/{code}")).await;
    assert!(seen.contains("Nộp hồ sơ: Trần Văn Viên"), "{seen}");
    assert!(p.text(&session, "/cong-dan").await.contains(&code));
    let told = p.text(&session, PAGE).await;
    assert!(told.contains("Việc đã làm thay") && told.contains(&code), "{told}");
    assert!(p.text(&session, &format!("/tra-cuu/{code}")).await.contains("Nộp hồ sơ: Trần Văn Viên"));
    // STO-02: the company's store opens to its member, and it reads who opened it.
    p.page(&member, "/cong-dan/kho").await.expect(200);
    let looked = p.text(&session, "/cong-dan/kho/ai-da-xem").await;
    assert!(looked.contains("Người làm thay đã mở kho") && looked.contains(&given), "{looked}");

    // Stopped, it is the member's own page again; ended by the representative, it opens nothing any more.
    p.press(&member, &format!("{PAGE}/thoi")).await.expect(303);
    let mine = p.text(&member, "/cong-dan").await;
    assert!(!mine.contains(&code) && !mine.contains("Đang làm thay"), "{mine}");
    p.act(&member).await;
    p.press(&session, &format!("{PAGE}/{given}/cham-dut")).await.expect(303);
    let mine = p.text(&member, "/cong-dan").await;
    assert!(!mine.contains(&code) && !mine.contains("Đang làm thay"), "{mine}");
    p.page(&member, &format!("/rut-ho-so/{code}")).await.expect(404);
    p.press(&member, &format!("{PAGE}/{given}/lam-thay")).await.expect(404);
    // Given again, it ends by itself after its last day.
    p.name(&session, MEMBER, "Trần Văn Viên").await.expect(303);
    p.act(&member).await;
    p.h.w.at("2025-11-01T08:00:00+07:00");
    assert!(!p.text(&member, "/cong-dan").await.contains("Đang làm thay"));
    let trace = sql!("SELECT COUNT(*) FROM audit WHERE act LIKE 'mandate.%'");
    let lines: i64 = p.h.w.app.db.read_blocking(move |q| q.one(trace, params![], |r| r.get(0))).unwrap();
    assert_eq!(lines, 1, "SEC-01: the confirmation");
}

#[tokio::test(flavor = "multi_thread")]
async fn adm_03_mandates_a_company_acts_through_its_representative_and_members_on_sqlite() {
    a_company(place(|profile, change| World::sqlite_with(profile, change)).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn adm_03_mandates_a_company_acts_through_its_representative_and_members_on_postgresql() {
    a_company(place(|profile, change| World::postgres_of(profile, change)).await).await;
}

/// INT-10: a person's proxy hands in for them and sees what they handed in by this mandate; nothing else of the person opens.
#[tokio::test(flavor = "multi_thread")]
async fn int_10_mandates_a_proxy_hands_in_for_a_person_and_opens_nothing_else_of_theirs() {
    let p = place(|profile, change| World::sqlite_with(profile, change)).await;
    let mut people = crate::world::applicant();
    people.applicant.identity = Some(NUMBER.into());
    let mut intake = p.h.w.intake(&p.h.officer, crate::online::PROCEDURE);
    intake.centre = p.h.officer.centre.unwrap();
    let command = Command::TakeIn { intake, received_at: None, fees: None };
    let done = p.h.w.order(&p.h.officer, Order { target: Target::New(Box::new(people)), command }).await.unwrap();
    let earlier = done.state.code.unwrap().to_string();

    let principal = p.enter(NUMBER, "Nguyễn Thị Mẫu").await;
    p.name(&principal, MEMBER, "Trần Văn Viên").await.expect(303);
    assert!(p.text(&principal, "/cong-dan").await.contains(&earlier));
    let proxy = p.enter(MEMBER, "Trần Văn Viên").await;
    p.act(&proxy).await;
    let mine = p.text(&proxy, "/cong-dan").await;
    assert!(mine.contains("Đang làm thay cho Nguyễn Thị Mẫu") && !mine.contains(&earlier), "{mine}");
    let store = p.page(&proxy, "/cong-dan/kho").await.expect(403);
    assert!(store.text().contains("Kho giấy tờ chỉ chính chủ mở được"), "{}", store.text());
    let data = p.text(&proxy, "/cong-dan/du-lieu").await;
    assert!(data.contains("Gửi yêu cầu mới"), "the page of one's own data stays one's own");
    let draft = p.fill(&proxy, "citizen", NUMBER, "Nguyễn Thị Mẫu").await;
    let code = p.submitted(&proxy, &draft).await;
    assert!(p.text(&proxy, "/cong-dan").await.contains(&code));
    let told = p.text(&principal, PAGE).await;
    assert!(told.contains(&code) && told.contains("Trần Văn Viên"), "{told}");
    assert!(p.text(&principal, "/cong-dan").await.contains(&code));
    // A telephone proves nobody, so it names nobody and acts for nobody.
    let phone = p.h.enter("0987654321").await;
    assert!(p.page(&phone, PAGE).await.expect(403).text().contains("Xin xác thực số định danh"));
    // One's own household business needs no counter.
    let household =
        [("viec", "dai-dien"), ("ma_so", MEMBER), ("ten_to_chuc", "Hộ kinh doanh Viên"), ("can_cu", "ĐKHKD")];
    p.press(&proxy, &format!("{PAGE}/thoi")).await.expect(303);
    p.send(&proxy, PAGE, &household).await.expect(303);
    p.act(&proxy).await;
    assert!(p.text(&proxy, "/cong-dan").await.contains("Đang làm thay cho Hộ kinh doanh Viên"));
}

/// A representative who ends takes along whom they named.
#[tokio::test(flavor = "multi_thread")]
async fn adm_03_mandates_what_a_representative_gave_ends_with_them() {
    let p = place(|profile, change| World::sqlite_with(profile, change)).await;
    let session = p.representative().await;
    p.name(&session, MEMBER, "Trần Văn Viên").await.expect(303);
    let member = p.enter(MEMBER, "Trần Văn Viên").await;
    p.act(&member).await;
    p.press(&session, &format!("{PAGE}/thoi")).await.expect(303);
    let own = p.mandate(&session, "cham-dut").await;
    // Somebody else's button is not there.
    p.press(&member, &format!("{PAGE}/{own}/cham-dut")).await.expect(404);
    p.press(&session, &format!("{PAGE}/{own}/cham-dut")).await.expect(303);
    assert!(!p.text(&member, "/cong-dan").await.contains("Đang làm thay"));
    assert!(p.text(&session, PAGE).await.contains("Đã chấm dứt"));
}
