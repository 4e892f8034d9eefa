//! CAT-06, CAT-10, INT-14: e-forms from the administrator's draft to the officer's screen.

use crate::{
    call::{Answer, Call},
    desk::{PDF, hidden, multipart, pairs},
    outside::Gateway,
    world::World,
};
use domain::{
    accounts::{Role, Who},
    forms::{self, Facts},
};
use motcua::{
    accounts::KeyScope,
    app::{App, Opening},
    routes::routes,
};
use platform::{clock::LegalClock, clock::MachineClock, random::Random};
use serde_json::json;
use std::sync::Arc;

/// Đăng ký khai sinh, settled by communes.
const BIRTH: &str = "1.001193";

struct Home {
    w: World,
    gateway: Gateway,
    officer: Who,
    agency: String,
}

/// Đồng Nai, where citizens hand in on the province's portal.
async fn home() -> Home {
    let (gateway, url) = Gateway::start().await;
    let w = World::sqlite_with("dong-nai", |config| {
        config.notices.sms = Some(toml::from_str(&format!("url='{url}'")).unwrap());
    });
    w.procedures(&[BIRTH]).await;
    let reference = w.app.reference();
    let commune = reference.agencies.iter().find(|a| a.kind == "commune").unwrap();
    let (id, agency) = (commune.id, commune.identifier.clone());
    let centre = reference.centres.iter().find(|c| c.agency == id).unwrap().code.clone();
    let officer = w.officer_at("tiep.nhan", &agency, &[Role::IntakeOfficer], Some(&centre)).await;
    Home { w, gateway, officer, agency }
}

fn cookies(answer: &Answer) -> String {
    let set = answer.headers.get_all("set-cookie").iter();
    let pairs = set.map(|v| v.to_str().unwrap().split(';').next().unwrap().to_owned());
    pairs.filter(|p| !p.ends_with('=')).collect::<Vec<_>>().join("; ")
}

impl Home {
    async fn enter(&self, phone: &str) -> String {
        let asked = self.w.post("/cong-dan/dang-nhap").form(&[("lien_he", phone)]).send().await.expect(303);
        let message: serde_json::Value = serde_json::from_str(&self.gateway.posted().last().unwrap().body).unwrap();
        let code: String = message["text"].as_str().unwrap().chars().filter(char::is_ascii_digit).take(6).collect();
        let right =
            self.w.post("/cong-dan/ma").cookie(&cookies(&asked)).form(&[("ma", &code)]).send().await.expect(303);
        cookies(&right)
    }
    async fn send(&self, session: &str, at: &str, form: &[(&str, &str)]) -> Answer {
        self.w.post(at).cookie(session).form(form).send().await
    }
    /// A draft up to the form.
    async fn open(&self, session: &str, identity: &str) -> String {
        let page = self.w.get(&format!("/nop-ho-so/{BIRTH}")).send().await.expect(200);
        let once = hidden(&page, "once");
        let opened = self.send(session, &format!("/nop-ho-so/{BIRTH}"), &[("once", &once)]).await.expect(303);
        let draft = opened.location().to_owned();
        let (agency, variant) = (self.agency.clone(), self.variant());
        self.send(session, &format!("{draft}/truong-hop"), &[("variant", &variant), ("agency", &agency)]).await;
        let person = [
            ("applicant.kind", "citizen"),
            ("applicant.name", "Nguyễn Thị Mẫu"),
            ("applicant.phone", "0912345678"),
            ("applicant.identity", identity),
        ];
        let next = self.send(session, &format!("{draft}/nguoi-nop"), &person).await.expect(303);
        assert_eq!(next.location(), format!("{draft}/to-khai"), "the form comes after the applicant");
        draft
    }
    fn variant(&self) -> String {
        self.governing().procedure.variants.iter().find(|v| v.components.iter().any(|c| c.required)).unwrap().id.clone()
    }
    fn governing(&self) -> Arc<motcua::catalogue::Governing> {
        let version = self.w.app.reference().procedure(BIRTH).unwrap().version;
        let app = self.w.app.clone();
        self.w.app.db.read_blocking(move |q| app.versions.get(q, version)).unwrap()
    }
    async fn fill(&self, session: &str, draft: &str, form: &[(String, String)]) -> Answer {
        multipart(self.w.post(&format!("{draft}/to-khai")).cookie(session), form, &[]).send().await
    }
    /// Papers for which the form does not stand, the way of the result, and the end.
    async fn finish(&self, session: &str, draft: &str) -> String {
        let governing = self.governing();
        let form = self.w.app.reference().forms.of(BIRTH).unwrap().form.clone();
        let case = governing.procedure.variant(&self.variant()).unwrap();
        let needed = case.components.iter().filter(|c| c.required && c.is_paper() && !form.is_the_paper(&c.name));
        let fields: Vec<String> = needed.map(|c| format!("tep.{}", c.id)).collect();
        let files: Vec<(&str, &str, &[u8])> = fields.iter().map(|f| (f.as_str(), "giay.pdf", PDF)).collect();
        let call = self.w.post(&format!("{draft}/giay-to")).cookie(session);
        multipart(call, &pairs(&[("act", "next")]), &files).send().await.expect(303);
        let way = [("result_by", "counter"), ("kenh", "sms")];
        self.send(session, &format!("{draft}/nhan-ket-qua"), &way).await.expect(303);
        let page = self.w.get(&format!("{draft}/kiem-tra")).cookie(session).send().await.expect(200);
        assert!(page.text().contains("Bệnh viện Đa khoa Đồng Nai"), "the answers stand on the last page");
        let once = hidden(&page, "once");
        let sent = self.send(session, &format!("{draft}/kiem-tra"), &[("once", &once), ("agreed", "yes")]).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        sent.location().strip_prefix("/da-nop/").unwrap().to_owned()
    }
}

/// The answers of the carried trial that passes, as the page sends them.
fn good(app: &App) -> Vec<(String, String)> {
    let published = app.reference().forms.of(BIRTH).unwrap().clone();
    let case = published.form.cases.iter().find(|c| c.fails_at.is_none()).unwrap();
    case.answers.iter().map(|(path, text)| (format!("to_khai.{path}"), text.clone())).collect()
}

fn with(mut form: Vec<(String, String)>, path: &str, text: &str) -> Vec<(String, String)> {
    form.retain(|(name, _)| name != path);
    form.push((path.to_owned(), text.to_owned()));
    form
}

const IDENTITY: &str = "075190004567";

#[tokio::test(flavor = "multi_thread")]
async fn cat_06_the_form_is_filled_in_the_wizard_kept_with_the_dossier_and_read_by_the_officer() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let draft = h.open(&session, IDENTITY).await;
    let page = h.w.get(&format!("{draft}/to-khai")).cookie(&session).send().await.expect(200);
    assert!(page.text().contains("value=\"Nguyễn Thị Mẫu\"") && page.text().contains(&format!("value=\"{IDENTITY}\"")));
    assert!(!page.text().contains("value=\"lai\""), "nothing was filled in before");

    let looked = pairs(&[("act", "check"), ("to_khai.ks_ngay_sinh", "31/02/2025")]);
    let told = h.fill(&session, &draft, &looked).await.expect(200).json();
    assert!(told["to_khai.ks_ngay_sinh"]["words"].as_str().unwrap().starts_with("Ngày chưa đúng"), "{told}");
    assert_eq!(
        (&told["to_khai.ks_ngay_sinh"]["missing"], &told["to_khai.ks_ho_ten"]["missing"]),
        (&json!(false), &json!(true))
    );
    let page = h.w.get(&format!("{draft}/to-khai")).cookie(&session).send().await.expect(200);
    assert!(!page.text().contains("31/02/2025"), "looking at a field keeps nothing");
    h.fill(&session, &draft, &pairs(&[("act", "draft"), ("to_khai.ks_ho_ten", "Nguyễn Văn Nháp")])).await.expect(204);
    let page = h.w.get(&format!("{draft}/to-khai")).cookie(&session).send().await.expect(200);
    assert!(page.text().contains("Nguyễn Văn Nháp"), "INT-01: kept while it is typed");

    let wrong = h.fill(&session, &draft, &with(good(&h.w.app), "to_khai.ks_ngay_sinh", "31/02/2025")).await.expect(422);
    assert!(wrong.text().contains("to_khai.ks_ngay_sinh-error") && wrong.text().contains("Ngày chưa đúng"));
    assert!(wrong.text().contains("31/02/2025"), "what was typed stays");
    let kept = h.w.get(&format!("{draft}/to-khai")).cookie(&session).send().await.expect(200);
    assert!(kept.text().contains("31/02/2025"), "on the server too");

    let next = h.fill(&session, &draft, &good(&h.w.app)).await.expect(303);
    assert_eq!(next.location(), format!("{draft}/giay-to"));
    let papers = h.w.get(&format!("{draft}/giay-to")).cookie(&session).send().await.expect(200);
    assert!(papers.text().contains("thay cho giấy này"), "{}", papers.text());
    let code = h.finish(&session, &draft).await;

    let officer = h.w.sign_in(&h.officer).await;
    let look = h.w.get(&format!("/can-bo/truc-tuyen/{code}")).cookie(&officer).send().await.expect(200);
    assert!(look.text().contains("Bệnh viện Đa khoa Đồng Nai") && look.text().contains("to-khai-1.001193.TK.pdf"));
    let own = h.w.get(&format!("/can-bo/ho-so/{code}")).cookie(&officer).send().await.expect(200);
    assert!(own.text().contains("Bệnh viện Đa khoa Đồng Nai") && !own.text().contains(IDENTITY), "numbers in part");
    let paper = h.w.get(&format!("/can-bo/ho-so/{code}/to-khai.pdf")).cookie(&officer).send().await.expect(200);
    assert!(paper.body.starts_with(b"%PDF"));
    h.w.get(&format!("/can-bo/ho-so/{code}/to-khai.pdf")).send().await.expect(303);

    // INT-14: offered again only under the same contact and the same identity number.
    let second = h.open(&session, IDENTITY).await;
    let page = h.w.get(&format!("{second}/to-khai")).cookie(&session).send().await.expect(200);
    assert!(page.text().contains("value=\"lai\""));
    h.fill(&session, &second, &pairs(&[("act", "lai"), ("to_khai.ks_ho_ten", "Nguyễn Văn Bình")])).await.expect(303);
    let filled = h.w.get(&format!("{second}/to-khai")).cookie(&session).send().await.expect(200);
    assert!(filled.text().contains("Nguyễn Văn Bình") && filled.text().contains("Bệnh viện Đa khoa Đồng Nai"));
    let family = h.open(&session, "075190009999").await;
    let page = h.w.get(&format!("{family}/to-khai")).cookie(&session).send().await.expect(200);
    assert!(!page.text().contains("value=\"lai\""), "a telephone may serve a family");
    let stranger = h.enter("0987654321").await;
    let foreign = h.open(&stranger, IDENTITY).await;
    let page = h.w.get(&format!("{foreign}/to-khai")).cookie(&stranger).send().await.expect(200);
    assert!(!page.text().contains("value=\"lai\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_06_the_api_keeps_only_what_the_form_takes() {
    let h = home().await;
    let key = h.w.key(&h.officer, &KeyScope::ALL).await;
    let governing = h.governing();
    let case = governing.procedure.variant(&h.variant()).unwrap();
    let papers: Vec<_> =
        case.components.iter().filter(|c| c.required).map(|c| json!({"id": c.id, "originals": 1})).collect();
    let body = |form: serde_json::Value| {
        json!({"procedure": BIRTH, "variant": case.id, "agency": h.agency, "channel": "counter", "components": papers, "form": form,
               "applicant": {"kind": "citizen", "name": "Nguyễn Thị Mẫu", "phone": "0912345678"}})
    };
    let post = |key_: &str, form: serde_json::Value| {
        h.w.post("/api/v1/dossiers").bearer(&key).once(key_).json(&body(form)).send()
    };
    let wrong = post("a", json!({"ks_ngay_sinh": "2999-01-01", "la": 1})).await.expect(422).json();
    let fields: Vec<&str> = wrong["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    assert!(
        fields.contains(&"to_khai.la")
            && fields.contains(&"to_khai.ks_ngay_sinh")
            && fields.contains(&"to_khai.yc_ho_ten")
    );
    let answers = json!({
        "yc_ho_ten": "Nguyễn Thị Mẫu", "yc_dinh_danh": IDENTITY, "yc_quan_he": "me",
        "yc_noi_cu_tru": {"province": "75", "commune": "26041", "line": ""},
        "ks_ho_ten": "Nguyễn Văn An", "ks_ngay_sinh": "2025-10-01", "ks_gioi_tinh": "nam", "ks_dan_toc": "Kinh",
        "ks_quoc_tich": "Việt Nam", "ks_noi_sinh": "Biên Hòa", "ks_que_quan": "Đồng Nai",
        "biet_me": true, "me_ho_ten": "Nguyễn Thị Mẫu", "me_quoc_tich": "Việt Nam", "biet_cha": false, "so_ban_sao": 2
    });
    let taken = post("b", answers).await.expect(201).json();
    let code = taken["code"].as_str().unwrap();
    let officer = h.w.sign_in(&h.officer).await;
    let page = h.w.get(&format!("/can-bo/ho-so/{code}")).cookie(&officer).send().await.expect(200);
    assert!(page.text().contains("Phường Trấn Biên, ") && page.text().contains("01/10/2025"), "{}", page.text());
    post("c", serde_json::Value::Null).await.expect(201);
}

/// Every carried form is one that could be published today: no flaw, and every trial comes out as it says.
#[tokio::test(flavor = "multi_thread")]
async fn cat_06_the_carried_forms_work() {
    let w = World::sqlite_of("dong-nai");
    let reference = w.app.reference();
    let facts = Facts { today: reference.day, places: &reference.forms.places, files: None };
    let carried = motcua::forms::carried().unwrap();
    assert_eq!(carried.len(), 5);
    for form in &carried {
        assert_eq!(forms::flaws(form), Vec::new(), "{}", form.code());
        for case in &form.cases {
            assert_eq!(forms::run(form, case, &facts), Ok(()), "{}: {}", form.code(), case.name);
        }
        assert!(form.cases.iter().any(|c| c.fails_at.is_some()) && form.cases.iter().any(|c| c.fails_at.is_none()));
        let number = reference.forms.of(&form.procedure).unwrap().number;
        assert_eq!(number, 1, "{} is in force", form.code());
    }
    let blank = w.get(&format!("/thu-tuc/{BIRTH}/to-khai.pdf")).send().await.expect(200);
    assert!(blank.body.starts_with(b"%PDF"));
    let schema = w.get(&format!("/thu-tuc/{BIRTH}/to-khai.schema.json")).send().await.expect(200).json();
    assert_eq!(schema["additionalProperties"], json!(false));
}

/// The same data base under a profile that opens only tested services.
fn strict(w: &World) -> (App, impl Fn(&str, &str) -> Call) {
    let mut profile = (*w.app.profile).clone();
    profile.online.opens_only_tested = true;
    let app = App::open(Opening {
        config: w.app.config.clone(),
        profile: Arc::new(profile),
        db: w.app.db.clone(),
        legal: LegalClock::frozen(w.app.legal.now()),
        machine: MachineClock::fixed(w.app.machine.now()),
        random: Random::seeded(77),
    })
    .unwrap();
    let router = routes(&app);
    (app, move |method: &str, path: &str| Call::new(router.clone(), method, path))
}

/// QNI 11.3, 19.2e: the service opens only after a recorded end-to-end test, and closes when a later one fails.
#[tokio::test(flavor = "multi_thread")]
async fn cat_10_a_service_opens_online_only_after_a_recorded_test_that_passed() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let draft = h.open(&session, IDENTITY).await;
    let number = draft.strip_prefix("/ban-nhap/").unwrap().to_owned();
    let (app, call) = strict(&h.w);
    let start = format!("/nop-ho-so/{BIRTH}");
    let closed = call("GET", &start).send().await.expect(200);
    assert!(closed.text().contains("chưa mở nộp trực tuyến") && !closed.text().contains("Bắt đầu"));
    let turned = call("POST", &start).cookie(&session).form(&[("once", "x")]).send().await.expect(303);
    assert_eq!(turned.location(), start, "no draft is opened");

    let control = h.w.officer("kiem.soat", &h.agency, &[Role::ProcedureControl]).await;
    app.refresh().await.unwrap();
    let officer = h.w.sign_in(&control).await;
    let both = format!("{officer}; {session}");
    let tried = call("GET", &start).cookie(&both).send().await.expect(200);
    assert!(tried.text().contains("Bắt đầu"), "who tests goes the way before it opens");

    let card = format!("/can-bo/quan-tri/thu-tuc/{BIRTH}");
    let record = |once: &'static str, subject: String, result: &'static str, note: &'static str| {
        let form = [
            ("act", "test"),
            ("once", once),
            ("test_subject", subject.as_str()),
            ("test_result", result),
            ("test_note", note),
        ];
        call("POST", &card).cookie(&officer).form(&form).send()
    };
    let unknown = record("a", "12345".into(), "passed", "").await.expect(422);
    assert!(unknown.text().contains("test_subject-error") && unknown.text().contains("value=\"12345\""));
    record("b", number.clone(), "failed", "").await.expect(422);
    record("c", number.clone(), "passed", "đủ các bước").await.expect(303);
    let shown = call("GET", &card).cookie(&officer).send().await.expect(200);
    assert!(
        shown.text().contains(&number)
            && shown.text().contains("1.001193.TK/1")
            && shown.text().contains("Cán bộ kiem.soat")
    );
    let open = call("GET", &start).send().await.expect(200);
    assert!(open.text().contains("Bắt đầu"));
    record("d", number, "failed", "tệp không tới cán bộ").await.expect(303);
    let closed = call("GET", &start).send().await.expect(200);
    assert!(closed.text().contains("chưa mở nộp trực tuyến"), "the latest test counts");
}
