//! NTF-01, NTF-02: citizens are told by the channels of their province, each message once.

use crate::{
    jobs::{wait_again, waiting_jobs},
    outside::{Gateway, MailServer, Reply},
    world::{World, applicant},
};
use domain::{
    accounts::{Role, Who},
    dossier::{Command, People},
    notices::{About, Channel},
};
use motcua::{
    dossier::{Order, Target, store::Key},
    notices::store::{self, Lane},
    worker,
};
use platform::config::Config;

const PROCEDURE: &str = "1.000080";

fn reached() -> People {
    let mut people = applicant();
    people.applicant.email = Some("nguyen.thi.mau@vidu.vn".into());
    people
}

fn sms(config: &mut Config, url: &str) {
    let text = format!("url='{url}/gui'\ntoken='khoa'\nfields={{brandname='MOTCUA'}}\n");
    config.notices.sms = Some(toml::from_str(&text).unwrap());
}

fn email(config: &mut Config, port: u16) {
    let text =
        format!("server='127.0.0.1'\nport={port}\nsecurity='none'\nfrom='Một Cửa <khong-tra-loi@quangninh.vn>'\n");
    config.notices.email = Some(toml::from_str(&text).unwrap());
}

async fn desk(w: &World) -> Who {
    w.procedures(&[PROCEDURE]).await;
    w.officer("tiep.nhan", "H49.28", &[Role::IntakeOfficer]).await
}

/// Takes a dossier in for these people; its code.
async fn taken_in(w: &World, who: &Who, people: People) -> String {
    let command = Command::TakeIn { intake: w.intake(who, PROCEDURE), received_at: None, fees: None };
    let done = w.order(who, Order { target: Target::New(Box::new(people)), command }).await.unwrap();
    done.state.code.unwrap().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn ntf_01_the_applicant_gets_an_e_mail_and_an_sms_with_the_due_date_and_the_page_shows_both() {
    let ((gateway, url), (mail, port)) = (Gateway::start().await, MailServer::start().await);
    let w = World::sqlite_with("quang-ninh", |config| {
        sms(config, &url);
        email(config, port);
    });
    let code = taken_in(&w, &desk(&w).await, reached()).await;
    assert_eq!(gateway.posted().len(), 0, "nothing leaves the house inside a unit of work");
    let counts = worker::outbox(&w.app).await.unwrap();
    assert_eq!((counts.again, counts.dead), (0, 0));

    let posted = gateway.posted();
    assert_eq!(posted.len(), 1);
    let message: serde_json::Value = serde_json::from_str(&posted[0].body).unwrap();
    assert_eq!((posted[0].path.as_str(), &message["to"]), ("/gui", &"84912345678".into()));
    assert_eq!(message["brandname"], "MOTCUA");
    assert_eq!(posted[0].headers["authorization"], "Bearer khoa");
    let text = message["text"].as_str().unwrap();
    assert!(text.starts_with(&format!("Da tiep nhan ho so {code}. Hen tra ket qua: ")), "{text}");
    assert!(text.is_ascii() && text.contains("/tra-cuu/"), "{text}");

    let letters = mail.letters();
    assert_eq!(letters.len(), 1);
    let (to, letter) = &letters[0];
    assert_eq!(to, "nguyen.thi.mau@vidu.vn");
    assert!(letter.contains("From: ") && letter.contains("khong-tra-loi@quangninh.vn"), "{letter}");
    assert!(letter.contains("charset=utf-8"), "{letter}");

    let page = format!("/tra-cuu/{code}");
    let right = w.post(&page).form(&[("so_cuoi", "5678")]).send().await.expect(303);
    let cookie = right.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let own = w.get(&page).cookie(&cookie).send().await.expect(200);
    assert!(own.text().contains(&format!("Đã tiếp nhận hồ sơ {code}, hẹn trả")), "{}", own.text());
    assert!(!w.get(&page).send().await.text().contains("Tin đã báo cho ông/bà"), "strangers read no notices");
}

/// NTF-02: the job may run twice; each effect happens once.
#[tokio::test(flavor = "multi_thread")]
async fn ntf_02_running_the_jobs_again_sends_nothing_again_and_counts_once() {
    let (gateway, url) = Gateway::start().await;
    let w = World::sqlite_with("quang-ninh", |config| sms(config, &url));
    taken_in(&w, &desk(&w).await, applicant()).await;
    let mut jobs = waiting_jobs(&w, Lane::Notices).await;
    assert_eq!(jobs.len(), 1, "to tell");
    gateway.reply(&[Reply::status(500)]);
    assert_eq!(worker::outbox(&w.app).await.unwrap().again, 1);
    jobs.extend(waiting_jobs(&w, Lane::Notices).await);
    assert_eq!(jobs.len(), 2, "and to send");
    w.app.machine.advance(6_000);
    for _ in 0..2 {
        assert_eq!(worker::outbox(&w.app).await.unwrap().again, 0);
        assert!(waiting_jobs(&w, Lane::Notices).await.is_empty(), "what is done leaves nothing behind");
        // The process died after the effect and before it noted that.
        wait_again(&w, Lane::Notices, &jobs).await;
    }
    assert_eq!(gateway.posted().len(), 2, "one that failed and one");
    let counts = w.app.db.read_blocking(|q| store::counts(q, "2025-01")).unwrap();
    let of = |channel| counts.iter().find(|c| c.channel == Some(channel)).map(|c| (c.month.as_str(), c.sent, c.parts));
    assert_eq!(of(Channel::Sms), Some(("2025-10", 1, 1)));
    assert_eq!(of(Channel::Page), Some(("2025-10", 1, 0)));
}

/// NTF-02: a busy gateway is asked again later, with the same key; the wait that it names is kept.
#[tokio::test(flavor = "multi_thread")]
async fn ntf_02_a_failure_is_tried_again_later_with_the_same_key() {
    let (gateway, url) = Gateway::start().await;
    let w = World::sqlite_with("quang-ninh", |config| sms(config, &url));
    taken_in(&w, &desk(&w).await, applicant()).await;
    gateway.reply(&[Reply::status(500), Reply { retry_after: Some("120"), ..Reply::status(503) }]);
    assert_eq!(worker::outbox(&w.app).await.unwrap().again, 1);
    w.app.machine.advance(6_000);
    assert_eq!(worker::outbox(&w.app).await.unwrap().again, 1);
    w.app.machine.advance(119_000);
    assert_eq!(worker::outbox(&w.app).await.unwrap().total(), 0, "not before the gateway said");
    w.app.machine.advance(1_000);
    assert_eq!(worker::outbox(&w.app).await.unwrap().done, 1);
    let keys: Vec<_> = gateway.posted().iter().map(|p| p.headers["idempotency-key"].clone()).collect();
    assert!(keys.len() == 3 && keys.windows(2).all(|k| k[0] == k[1]), "{keys:?}");
}

/// NTF-02: what can never succeed becomes a dead letter, is shown without naming anybody, and can be sent again.
#[tokio::test(flavor = "multi_thread")]
async fn ntf_02_a_dead_letter_is_shown_to_the_administrator_and_sent_again() {
    let (mail, port) = MailServer::start().await;
    let w = World::sqlite_with("quang-ninh", |config| email(config, port));
    let who = desk(&w).await;
    let mut people = applicant();
    people.applicant.email = Some("khong-co@vidu.vn".into());
    let code = taken_in(&w, &who, people).await;
    assert_eq!(worker::outbox(&w.app).await.unwrap().dead, 1);

    let admin = w.officer("quan.tri", "H49.28", &[Role::TopAdmin]).await;
    let session = w.sign_in(&admin).await;
    let page = w.get("/can-bo/quan-tri/tin-nhan").cookie(&session).send().await.expect(200);
    assert!(page.text().contains("SMTP 550") && page.text().contains(&code), "{}", page.text());
    assert!(!page.text().contains("khong-co@"), "no address on the screen");
    let resend = || w.post("/can-bo/quan-tri/tin-nhan").cookie(&session).form(&[("act", "all")]);
    resend().send().await.expect(303);
    resend().send().await.expect(303);
    assert_eq!(worker::outbox(&w.app).await.unwrap().dead, 1, "tried once more, not twice");
    assert_eq!(mail.letters().len(), 0);
    let page = w.get("/can-bo/quan-tri/nhat-ky").cookie(&session).send().await.expect(200);
    assert_eq!(page.text().matches("notice.resend").count(), 1);
}

/// NTF-01: in the province's words, once an administrator has changed them; a wording that misleads is refused.
#[tokio::test(flavor = "multi_thread")]
async fn ntf_01_an_administrator_changes_a_wording_after_a_preview() {
    let (gateway, url) = Gateway::start().await;
    let w = World::sqlite_with("quang-ninh", |config| sms(config, &url));
    let who = desk(&w).await;
    let session = w.sign_in(&w.officer("quan.tri", "H49.28", &[Role::TopAdmin]).await).await;
    let at = format!("/can-bo/quan-tri/tin-nhan/{}/sms", About::Accepted.key());
    let send =
        |act: &'static str, body: &'static str| w.post(&at).cookie(&session).form(&[("act", act), ("body", body)]);
    let wrong = send("save", "Đã nhận {ten}").send().await.expect(422);
    assert!(wrong.text().contains("{ten}") && wrong.text().contains("body-error"), "{}", wrong.text());
    let shown = send("preview", "Hồ sơ {ma}: mời ông/bà đợi.").send().await.expect(200);
    assert!(shown.text().contains("Ho so H49.24-261117-0008: moi ong/ba doi."), "{}", shown.text());
    send("save", "Hồ sơ {ma}: mời ông/bà đợi.").send().await.expect(303);
    let code = taken_in(&w, &who, applicant()).await;
    worker::outbox(&w.app).await.unwrap();
    assert!(gateway.posted()[0].body.contains(&format!("Ho so {code}: moi ong/ba doi.")));
    send("reset", "").send().await.expect(303);
    taken_in(&w, &who, applicant()).await;
    worker::outbox(&w.app).await.unwrap();
    assert!(gateway.posted()[1].body.contains("Da tiep nhan"));
}

/// INT-15: the applicant chooses; only who is on the dossier may.
#[tokio::test(flavor = "multi_thread")]
async fn int_15_who_wants_no_sms_gets_none() {
    let (gateway, url) = Gateway::start().await;
    let w = World::sqlite_with("quang-ninh", |config| sms(config, &url));
    let who = desk(&w).await;
    let code = taken_in(&w, &who, applicant()).await;
    worker::outbox(&w.app).await.unwrap();
    let page = format!("/tra-cuu/{code}");
    let choose = || w.post(&format!("{page}/tin")).form(&[]);
    choose().send().await.expect(303);
    withdraw(&w, &who, &code).await;
    worker::outbox(&w.app).await.unwrap();
    assert_eq!(gateway.posted().len(), 2, "a stranger's choice is not heard");

    let code = taken_in(&w, &who, applicant()).await;
    let page = format!("/tra-cuu/{code}");
    let right = w.post(&page).form(&[("so_cuoi", "5678")]).send().await.expect(303);
    let cookie = right.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    w.post(&format!("{page}/tin")).cookie(&cookie).form(&[]).send().await.expect(303);
    worker::outbox(&w.app).await.unwrap();
    withdraw(&w, &who, &code).await;
    worker::outbox(&w.app).await.unwrap();
    assert_eq!(gateway.posted().len(), 2);
    let own = w.get(&page).cookie(&cookie).send().await.expect(200);
    assert!(own.text().contains(&format!("Ông/bà đã rút hồ sơ {code}")), "the page always tells");
}

async fn withdraw(w: &World, who: &Who, code: &str) {
    let target = Target::Known { key: Key::Code(code.to_owned()), version: 1 };
    let command = Command::Withdraw { reason: "đổi ý".into() };
    w.order(who, Order { target, command }).await.unwrap();
}

/// LNK-03: Zalo's token is fetched once, kept sealed, and fetched anew when Zalo says so.
#[tokio::test(flavor = "multi_thread")]
async fn lnk_03_zalo_is_told_with_a_token_that_renews_itself() {
    let (gateway, url) = Gateway::start().await;
    let w = World::sqlite_with("vinh-long", |_| {});
    drop(w);
    let w = World::sqlite_with("quang-nam", |config| {
        let text = format!(
            "url='{url}/zns'\ntoken_url='{url}/token'\napp_id='42'\nsecret='bi-mat'\nrefresh_token='dau-tien'\ntemplates={{accepted='271801'}}\n"
        );
        config.notices.zalo = Some(toml::from_str(&text).unwrap());
    });
    w.procedures(&[PROCEDURE]).await;
    let centre = w.app.reference().main_centre().unwrap().agency;
    let agency = w.app.reference().agency(centre).unwrap().identifier.clone();
    let who = w.officer("tiep.nhan", &agency, &[Role::IntakeOfficer]).await;
    let token = |access: &'static str| Reply::body(access);
    gateway.reply(&[
        token(r#"{"access_token":"a1","refresh_token":"r1","expires_in":"90000"}"#),
        Reply::body(r#"{"error":-124}"#),
        token(r#"{"access_token":"a2","refresh_token":"r2","expires_in":"90000"}"#),
    ]);
    let mut intake = w.intake(&who, PROCEDURE);
    intake.agency = w.app.reference().agencies.iter().find(|a| a.kind == "commune").unwrap().id;
    for _ in 0..1 {
        let command = Command::TakeIn { intake: intake.clone(), received_at: None, fees: None };
        w.order(&who, Order { target: Target::New(Box::new(applicant())), command }).await.unwrap();
    }
    assert_eq!(worker::outbox(&w.app).await.unwrap().again, 1);
    w.app.machine.advance(6_000);
    assert_eq!(worker::outbox(&w.app).await.unwrap().done, 1);
    let posted = gateway.posted();
    let paths: Vec<_> = posted.iter().map(|p| p.path.as_str()).collect();
    assert_eq!(paths, ["/token", "/zns", "/token", "/zns"]);
    assert!(posted[0].body.contains("refresh_token=dau-tien") && posted[2].body.contains("refresh_token=r1"));
    assert_eq!(posted[0].headers["secret_key"], "bi-mat");
    assert_eq!(posted[3].headers["access_token"], "a2");
    let message: serde_json::Value = serde_json::from_str(&posted[3].body).unwrap();
    assert_eq!((&message["phone"], &message["template_id"]), (&"84912345678".into(), &"271801".into()));
    let kept = w.app.db.read_blocking(|q| motcua::settings::get(q, "zalo_tokens")).unwrap().unwrap();
    assert!(!kept.contains("a2") || !kept.contains("r2"), "sealed: {kept}");
}
