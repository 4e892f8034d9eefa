//! INT-01 online, INT-06, INT-14, ADM-03: from a telephone to a dossier on an officer's list, nothing lost on the way.

use crate::{
    call::Answer,
    desk::{PDF, hidden, multipart, pairs, pdf_text},
    outside::Gateway,
    world::World,
};
use domain::{
    accounts::{Role, Who},
    dossier::{Command, Problem, RequestItem},
};
use motcua::{
    dossier::{Order, Target, store::Key},
    worker,
};
use platform::config::Config;

/// A commune's procedure that leaves a choice of the commune.
pub const PROCEDURE: &str = "1.000080";

pub struct Home {
    pub w: World,
    pub gateway: Gateway,
    pub officer: Who,
    /// The commune to which the citizen turns.
    pub agency: String,
}

/// Đồng Nai, whose regulation lets citizens hand in on the province's portal.
pub async fn home() -> Home {
    home_on(|profile, change| World::sqlite_with(profile, change), |_| {}).await
}

/// How a world is opened: the engine.
pub type Open = fn(&str, Box<dyn FnOnce(&mut Config)>) -> World;

/// The same on this engine, with another configuration.
pub async fn home_on(open: Open, change: impl FnOnce(&mut Config) + 'static) -> Home {
    let (gateway, url) = Gateway::start().await;
    let all = move |config: &mut Config| {
        config.notices.sms = Some(toml::from_str(&format!("url='{url}'")).unwrap());
        change(config);
    };
    let w = open("dong-nai", Box::new(all));
    w.procedures(&[PROCEDURE]).await;
    let reference = w.app.reference();
    let commune = reference.agencies.iter().find(|a| a.kind == "commune").unwrap();
    let (id, agency) = (commune.id, commune.identifier.clone());
    let centre = reference.centres.iter().find(|c| c.agency == id).unwrap().code.clone();
    let officer = w.officer_at("tiep.nhan", &agency, &[Role::IntakeOfficer], Some(&centre)).await;
    Home { w, gateway, officer, agency }
}

pub fn cookies(answer: &Answer) -> String {
    let set = answer.headers.get_all("set-cookie").iter();
    let pairs = set.map(|v| v.to_str().unwrap().split(';').next().unwrap().to_owned());
    pairs.filter(|p| !p.ends_with('=')).collect::<Vec<_>>().join("; ")
}

impl Home {
    /// Asks for a code; the cookie that names it, and the code as it reached the telephone.
    async fn ask(&self, phone: &str) -> (String, String) {
        let asked = self.w.post("/cong-dan/dang-nhap").form(&[("lien_he", phone)]).send().await.expect(303);
        assert!(asked.location().starts_with("/cong-dan/ma"), "{}", asked.location());
        let message: serde_json::Value = serde_json::from_str(&self.gateway.posted().last().unwrap().body).unwrap();
        let code: String = message["text"].as_str().unwrap().chars().filter(char::is_ascii_digit).take(6).collect();
        (cookies(&asked), code)
    }
    /// The cookie of an open session.
    pub async fn enter(&self, phone: &str) -> String {
        let (asked, code) = self.ask(phone).await;
        let right = self.w.post("/cong-dan/ma").cookie(&asked).form(&[("ma", &code)]).send().await.expect(303);
        cookies(&right)
    }
    pub async fn open(&self, session: &str) -> String {
        let page = self.w.get(&format!("/nop-ho-so/{PROCEDURE}")).send().await.expect(200);
        let once = hidden(&page, "once");
        let start = || self.w.post(&format!("/nop-ho-so/{PROCEDURE}")).cookie(session).form(&[("once", &once)]);
        let first = start().send().await.expect(303).location().to_owned();
        assert_eq!(start().send().await.expect(303).location(), first, "a double click opens one draft");
        first
    }
    pub async fn send(&self, session: &str, at: &str, form: &[(&str, &str)]) -> Answer {
        self.w.post(at).cookie(session).form(form).send().await
    }
    /// The papers of the first case that a complete dossier must have.
    pub fn required(&self) -> (String, Vec<String>) {
        let version = self.w.app.reference().procedure(PROCEDURE).unwrap().version;
        let app = self.w.app.clone();
        let governing = self.w.app.db.read_blocking(move |q| app.versions.get(q, version)).unwrap();
        let case = &governing.procedure.variants[0];
        let needed = case.components.iter().filter(|c| c.required && c.is_paper());
        (case.id.clone(), needed.map(|c| c.id.clone()).collect())
    }
    /// Everything up to the last page.
    pub async fn fill(&self, session: &str) -> String {
        let draft = self.open(session).await;
        let (case, papers) = self.required();
        let agency = self.agency.clone();
        self.send(session, &format!("{draft}/truong-hop"), &[("variant", &case), ("agency", &agency)])
            .await
            .expect(303);
        let person =
            [("applicant.kind", "citizen"), ("applicant.name", "Nguyễn Thị Mẫu"), ("applicant.phone", "0912345678")];
        self.send(session, &format!("{draft}/nguoi-nop"), &person).await.expect(303);
        let fields: Vec<String> = papers.iter().map(|p| format!("tep.{p}")).collect();
        let files: Vec<(&str, &str, &[u8])> = fields.iter().map(|f| (f.as_str(), "don.pdf", PDF)).collect();
        let call = self.w.post(&format!("{draft}/giay-to")).cookie(session);
        multipart(call, &pairs(&[("act", "next")]), &files).send().await.expect(303);
        let way = [("result_by", "counter"), ("kenh", "sms")];
        self.send(session, &format!("{draft}/nhan-ket-qua"), &way).await.expect(303);
        draft
    }
    /// The officer guides the sender of this new dossier to sign the first paper.
    pub async fn guide(&self, code: &str) {
        let (_, papers) = self.required();
        let component = Some(papers[0].clone());
        let item = RequestItem { component, problem: Problem::Unsigned, note: "ký ở trang 2".into() };
        let command = Command::Guide { items: vec![item], reason: None };
        let target = Target::Known { key: Key::Code(code.to_owned()), version: 1 };
        self.w.order(&self.officer, Order { target, command }).await.unwrap();
    }
    pub async fn submit(&self, session: &str, draft: &str) -> Answer {
        let page = self.w.get(&format!("{draft}/kiem-tra")).cookie(session).send().await.expect(200);
        let once = hidden(&page, "once");
        self.send(session, &format!("{draft}/kiem-tra"), &[("once", &once), ("agreed", "yes")]).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn adm_03_a_one_time_code_opens_a_session_and_a_wrong_one_does_not() {
    let h = home().await;
    let (asked, code) = h.ask("0912 345 678").await;
    let other = if code == "000000" { "000001" } else { "000000" };
    let wrong = h.w.post("/cong-dan/ma").cookie(&asked).form(&[("ma", other)]).send().await.expect(422);
    assert!(wrong.text().contains("ma-error") && wrong.text().contains("09•• ••• 678"), "{}", wrong.text());
    let stranger = h.w.post("/cong-dan/ma").form(&[("ma", &code)]).send().await.expect(303);
    assert!(stranger.location().starts_with("/cong-dan/dang-nhap"), "the code alone proves nothing in another browser");
    let right = h.w.post("/cong-dan/ma").cookie(&asked).form(&[("ma", &code)]).send().await.expect(303);
    let session = cookies(&right);
    h.w.get("/cong-dan").cookie(&session).send().await.expect(200);
    let again = h.w.post("/cong-dan/ma").cookie(&asked).form(&[("ma", &code)]).send().await.expect(303);
    assert!(again.location().starts_with("/cong-dan/dang-nhap"), "a code is good once");
    h.w.post("/cong-dan/thoat").cookie(&session).send().await.expect(303);
    h.w.get("/cong-dan").cookie(&session).send().await.expect(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn adm_03_guessing_and_asking_for_codes_ends_and_a_code_ends_by_itself() {
    let h = home().await;
    let (asked, code) = h.ask("0912345678").await;
    let wrong = if code == "111111" { "222222" } else { "111111" };
    for _ in 0..5 {
        h.w.post("/cong-dan/ma").cookie(&asked).form(&[("ma", wrong)]).send().await;
    }
    let right = h.w.post("/cong-dan/ma").cookie(&asked).form(&[("ma", &code)]).send().await.expect(303);
    assert!(
        right.location().starts_with("/cong-dan/dang-nhap"),
        "after five wrong tries the right one is worth nothing"
    );
    for _ in 0..3 {
        h.ask("0912345678").await;
    }
    let (asked, code) = h.ask("0912345678").await;
    h.w.post("/cong-dan/dang-nhap").form(&[("lien_he", "0912345678")]).send().await.expect(429);
    assert_eq!(h.gateway.posted().len(), 5, "no message was paid for in vain");
    h.w.app.machine.advance(10 * 60_000);
    let late = h.w.post("/cong-dan/ma").cookie(&asked).form(&[("ma", &code)]).send().await.expect(303);
    assert!(late.location().starts_with("/cong-dan/dang-nhap"), "after ten minutes a code is worth nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn int_01_a_dossier_is_sent_from_home_once_and_taken_in_by_an_officer() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let draft = h.fill(&session).await;
    let sent = h.submit(&session, &draft).await.expect(303);
    let done = sent.location().to_owned();
    let again = h.send(&session, &format!("{draft}/kiem-tra"), &[("agreed", "yes")]).await.expect(303);
    assert_eq!(again.location(), done, "sent twice it is one dossier");
    let code = done.strip_prefix("/da-nop/").unwrap().to_owned();
    let page = h.w.get(&done).cookie(&session).send().await.expect(200);
    assert!(page.text().contains(&code) && page.text().contains("don.pdf") && page.text().contains("SHA-256"));

    let pdf = h.w.get(&format!("{done}/xac-nhan.pdf")).cookie(&session).send().await.expect(200);
    assert_eq!(pdf.headers["content-type"], "application/pdf");
    let printed = pdf_text(&pdf.body);
    for said in [code.as_str(), "Nguyễn Thị Mẫu", "don.pdf", "08 giờ 00 phút", "1.000080"] {
        assert!(printed.contains(said), "{said}: {printed}");
    }
    let stranger = h.enter("0987654321").await;
    h.w.get(&format!("{done}/xac-nhan.pdf")).cookie(&stranger).send().await.expect(404);

    worker::outbox(&h.w.app).await.unwrap();
    let told = h.gateway.posted();
    assert!(told.iter().any(|t| t.body.contains(&format!("Da nhan ho so {code}"))), "{told:?}");

    let officer = h.w.sign_in(&h.officer).await;
    let list = h.w.get("/can-bo/truc-tuyen").cookie(&officer).send().await.expect(200);
    assert!(list.text().contains(&code) && list.text().contains("Nguyễn Thị Mẫu"), "{}", list.text());
    let accept = format!("/can-bo/ho-so/{code}/tiep-nhan");
    let form = h.w.get(&accept).cookie(&officer).send().await.expect(200);
    let (once, version) = (hidden(&form, "once"), hidden(&form, "version"));
    let accepted = h.w.post(&accept).cookie(&officer).form(&[("once", &once), ("version", &version)]).send().await;
    accepted.expect(303);
    let list = h.w.get("/can-bo/truc-tuyen").cookie(&officer).send().await.expect(200);
    assert!(!list.text().contains(&code), "what was taken in waits no longer");
    worker::outbox(&h.w.app).await.unwrap();
    assert!(h.gateway.posted().last().unwrap().body.contains(&format!("Da tiep nhan ho so {code}")), "QNI 13.2b");
    let own = h.w.get(&format!("/tra-cuu/{code}")).cookie(&session).send().await.expect(200);
    assert!(own.text().contains("Nguyễn Thị Mẫu"), "the session opens what the last digits open");
    assert!(!h.w.get(&format!("/tra-cuu/{code}")).send().await.text().contains("Nguyễn Thị Mẫu"));
}

/// The same completeness check as the counter's, before a code is given; every fault at once, with the page to mend it.
#[tokio::test(flavor = "multi_thread")]
async fn int_02_an_incomplete_dossier_is_not_sent_and_says_everything_that_is_missing() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let draft = h.open(&session).await;
    let wrong = h.send(&session, &format!("{draft}/nguoi-nop"), &[("applicant.phone", "12")]).await.expect(422);
    assert!(wrong.text().contains("applicant.name-error") && wrong.text().contains("value=\"12\""));
    let check = h.w.get(&format!("{draft}/kiem-tra")).cookie(&session).send().await.expect(200);
    let (_, papers) = h.required();
    assert!(check.text().matches("Chưa có tệp: ").count() >= papers.len(), "{}", check.text());
    assert!(check.text().contains(&format!("{draft}/nguoi-nop#applicant.name")));
    let sent = h.send(&session, &format!("{draft}/kiem-tra"), &[("agreed", "yes")]).await.expect(422);
    assert!(sent.text().contains("Chưa có tệp: "));
    let resumed = h.w.get(&draft).cookie(&session).send().await.expect(303);
    assert_eq!(resumed.location(), format!("{draft}/truong-hop"), "where the work stopped");
}

/// An empty or wrong file is refused at once, by name; those that are good stay.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_paper_is_refused_at_once_and_the_good_ones_stay() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let draft = h.open(&session).await;
    let (case, papers) = h.required();
    h.send(&session, &format!("{draft}/truong-hop"), &[("variant", &case), ("agency", &h.agency)]).await.expect(303);
    let field = format!("tep.{}", papers[0]);
    let at = format!("{draft}/giay-to");
    let files: [(&str, &str, &[u8]); 2] = [(&field, "tot.pdf", PDF), (&field, "rong.pdf", b"")];
    let refused = multipart(h.w.post(&at).cookie(&session), &[], &files).send().await.expect(422);
    assert!(refused.text().contains("rong.pdf: tệp rỗng") && refused.text().contains("tot.pdf"), "{}", refused.text());
    let page = h.w.get(&at).cookie(&session).send().await.expect(200);
    assert!(page.text().contains("tot.pdf") && !page.text().contains("rong.pdf"));
    let sha256 = page.text().split("name=\"bo\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    multipart(h.w.post(&at).cookie(&session), &pairs(&[("bo", &sha256)]), &[]).send().await.expect(303);
    assert!(!h.w.get(&at).cookie(&session).send().await.text().contains("tot.pdf"));
}

/// SEC-01: another contact's draft is not there, and a hash that somebody knows attaches nothing.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_a_draft_opens_only_for_the_contact_that_began_it_on_any_device() {
    let h = home().await;
    let (first, other) = (h.enter("0912345678").await, h.enter("0987654321").await);
    let draft = h.fill(&first).await;
    for page in ["", "/truong-hop", "/nguoi-nop", "/giay-to", "/nhan-ket-qua", "/kiem-tra"] {
        h.w.get(&format!("{draft}{page}")).cookie(&other).send().await.expect(404);
    }
    h.send(&other, &format!("{draft}/bo"), &[]).await.expect(404);
    h.send(&other, &format!("{draft}/kiem-tra"), &[("agreed", "yes")]).await.expect(404);

    let mine = h.open(&other).await;
    let (case, papers) = h.required();
    h.send(&other, &format!("{mine}/truong-hop"), &[("variant", &case), ("agency", &h.agency)]).await.expect(303);
    let stolen = format!("{}:{}", papers[0], domain::hex(&<sha2::Sha256 as sha2::Digest>::digest(PDF)));
    let at = format!("{mine}/giay-to");
    multipart(h.w.post(&at).cookie(&other), &pairs(&[("lai", &stolen)]), &[]).send().await.expect(303);
    assert!(!h.w.get(&at).cookie(&other).send().await.text().contains("don.pdf"));

    let elsewhere = h.enter("+84 912 345 678").await;
    let page = h.w.get(&format!("{draft}/giay-to")).cookie(&elsewhere).send().await.expect(200);
    assert!(page.text().contains("don.pdf"), "the same number on another device goes on where it stopped");
    let code = h.submit(&first, &draft).await.expect(303).location().to_owned();
    h.w.get(&code).cookie(&other).send().await.expect(404);
    h.w.get(&code).cookie(&elsewhere).send().await.expect(200);
}

/// INT-14: what was sent once is offered and not asked for again.
#[tokio::test(flavor = "multi_thread")]
async fn int_14_a_paper_sent_before_is_used_again_with_one_tick() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let first = h.fill(&session).await;
    h.submit(&session, &first).await.expect(303);
    let draft = h.open(&session).await;
    let (case, papers) = h.required();
    h.send(&session, &format!("{draft}/truong-hop"), &[("variant", &case), ("agency", &h.agency)]).await.expect(303);
    let at = format!("{draft}/giay-to");
    let page = h.w.get(&at).cookie(&session).send().await.expect(200);
    assert!(page.text().contains("Dùng lại don.pdf"), "{}", page.text());
    let sha256 = domain::hex(&<sha2::Sha256 as sha2::Digest>::digest(PDF));
    let ticks: Vec<_> = papers.iter().map(|p| ("lai".to_owned(), format!("{p}:{sha256}"))).collect();
    multipart(h.w.post(&at).cookie(&session), &ticks, &[]).send().await.expect(303);
    let person =
        [("applicant.kind", "citizen"), ("applicant.name", "Nguyễn Thị Mẫu"), ("applicant.phone", "0912345678")];
    h.send(&session, &format!("{draft}/nguoi-nop"), &person).await.expect(303);
    h.submit(&session, &draft).await.expect(303);
}

/// QNI 13.4a: in Quảng Ninh citizens hand in on the national portal only; the wizard is not there.
#[tokio::test(flavor = "multi_thread")]
async fn qni_13_4a_where_the_national_portal_alone_takes_dossiers_there_is_no_wizard() {
    let (_, url) = Gateway::start().await;
    let w = World::sqlite_with("quang-ninh", |config| {
        config.notices.sms = Some(toml::from_str(&format!("url='{url}'")).unwrap());
    });
    w.procedures(&[PROCEDURE]).await;
    w.get(&format!("/nop-ho-so/{PROCEDURE}")).send().await.expect(404);
    w.get("/cong-dan/dang-nhap").send().await.expect(404);
    assert!(!w.get(&format!("/thu-tuc/{PROCEDURE}")).send().await.text().contains("/nop-ho-so/"));
}

/// INT-04, INT-07: guidance is told with its papers, and answered from home in one pass.
#[tokio::test(flavor = "multi_thread")]
async fn int_07_guidance_is_told_and_answered_from_home_at_once() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let draft = h.fill(&session).await;
    let code = h.submit(&session, &draft).await.expect(303).location().strip_prefix("/da-nop/").unwrap().to_owned();
    let (_, papers) = h.required();
    let officer = h.w.sign_in(&h.officer).await;
    let look = h.w.get(&format!("/can-bo/truc-tuyen/{code}")).cookie(&officer).send().await.expect(200);
    for shown in ["don.pdf", "Nguyễn Thị Mẫu", "/huong-dan", "/tiep-nhan", "/tu-choi"] {
        assert!(look.text().contains(shown), "{shown}: {}", look.text());
    }
    h.guide(&code).await;
    worker::outbox(&h.w.app).await.unwrap();
    assert!(h.gateway.posted().iter().any(|p| p.body.contains("can hoan thien 1 giay to")));

    let own = h.w.get(&format!("/tra-cuu/{code}")).cookie(&session).send().await.expect(200);
    assert!(own.text().contains(&format!("/bo-sung/{code}")) && own.text().contains("ký ở trang 2"), "{}", own.text());
    let at = format!("/bo-sung/{code}");
    let other = h.enter("0987654321").await;
    h.w.get(&at).cookie(&other).send().await.expect(404);
    let page = h.w.get(&at).cookie(&session).send().await.expect(200);
    let texts = pairs(&[("once", &hidden(&page, "once")), ("act", "send")]);
    let nothing = multipart(h.w.post(&at).cookie(&session), &texts, &[]).send().await.expect(422);
    assert!(nothing.text().contains("errors"), "what is still missing is said");
    let field = format!("tep.{}", papers[0]);
    let files: [(&str, &str, &[u8]); 1] = [(&field, "don-da-ky.pdf", PDF)];
    multipart(h.w.post(&at).cookie(&session), &texts, &files).send().await.expect(303);
    let again = multipart(h.w.post(&at).cookie(&session), &texts, &files).send().await.expect(303);
    assert_eq!(again.location(), format!("/tra-cuu/{code}"), "a second click leads to the dossier");
    let list = h.w.get("/can-bo/truc-tuyen").cookie(&officer).send().await.expect(200);
    assert!(list.text().contains(&code), "it waits to be looked at again");
}

/// INT-02: questions lead to the case, a page at a time and without scripts.
#[tokio::test(flavor = "multi_thread")]
async fn int_02_the_wizard_asks_for_the_case_and_goes_on_when_one_is_left() {
    let h = home().await;
    let version = h.w.app.reference().procedure(PROCEDURE).unwrap().version;
    let app = h.w.app.clone();
    let governing = h.w.app.db.read_blocking(move |q| app.versions.get(q, version)).unwrap();
    let mut amended = governing.procedure.clone();
    let first = amended.variants[0].clone();
    let case = |id: &str, answers: &str| domain::catalogue::Variant {
        id: id.into(),
        name: format!("Trường hợp {id}"),
        answers: domain::catalogue::read_answers(answers).unwrap(),
        ..first.clone()
    };
    amended.variants = vec![
        case("mot", "Cha mẹ là ai? = Công dân Việt Nam"),
        case("hai", "Cha mẹ là ai? = Có người nước ngoài\nĐã đăng ký chưa? = Chưa"),
        case("ba", "Cha mẹ là ai? = Có người nước ngoài\nĐã đăng ký chưa? = Rồi"),
    ];
    amended.ways.iter_mut().for_each(|w| w.variant = None);
    amended.publication.effective_from = Some(jiff::civil::date(2025, 10, 1));
    h.w.put_in_force(&amended).await;

    let session = h.enter("0912345678").await;
    let at = format!("{}/truong-hop", h.open(&session).await);
    let shown = async || h.w.get(&at).cookie(&session).send().await.expect(200).text().to_owned();
    let cases = |page: &str| page.matches("name=\"variant\"").count();
    assert_eq!(cases(&shown().await), 3);
    let answers = [("hoi.0", "Có người nước ngoài"), ("agency", h.agency.as_str())];
    let again = h.send(&session, &at, &[answers[0], answers[1], ("act", "again")]).await.expect(303);
    assert_eq!(again.location(), at, "the same page, narrowed");
    let page = shown().await;
    assert!(cases(&page) == 2 && page.contains("Đã đăng ký chưa?"));
    h.send(&session, &at, &answers).await.expect(422);
    let done = h.send(&session, &at, &[answers[0], answers[1], ("hoi.1", "Rồi")]).await.expect(303);
    assert!(done.location().ends_with("/nguoi-nop"), "the only one that is left is chosen");
    let page = shown().await;
    assert!(page.contains("value=\"ba\" checked") && cases(&page) == 1, "{page}");
}
