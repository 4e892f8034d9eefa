//! LNK-01, QNI 13.2, 13.4a: dossiers come from the national portal and it is told how they stand, through a portal that speaks the
//! wire.

mod delivered;
mod told;

use crate::{
    desk::PDF,
    provinces::{PROCEDURE, procedure},
    world::{Served, World},
};
use domain::{accounts::Role, catalogue::Flags, deadline::TimeLimit};
use motcua::{accounts::KeyScope, worker};
use outside::portal::{Held, Portal, Settings};
use platform::{
    config::Config,
    db::{Query, params, sql},
};
use reqwest::{
    Client, Response,
    multipart::{Form, Part},
    redirect,
};
use serde_json::{Value, json};
use std::{cell::Cell, collections::HashMap};

const TOKEN: &str = "khoa-cua-truc";

/// Quảng Ninh with its people, and the portal outside.
struct Province {
    w: World,
    portal: Portal,
    /// Address of the portal.
    site: String,
    served: Served,
    keys: HashMap<&'static str, String>,
    client: Client,
    sent: Cell<u32>,
}

/// What the configuration says of a portal at this address.
fn configure(config: &mut Config, site: &str) {
    let text = format!("url='{site}/dong-bo'\nsender='H49'\ntoken='{TOKEN}'\ncitizens_url='{site}'\n");
    config.national_portal = Some(toml::from_str(&text).unwrap());
}

async fn sqlite() -> Province {
    let (portal, site) = a_portal().await;
    let w = World::sqlite_with("quang-ninh", |config| configure(config, &site));
    Province::of(w, portal, site).await
}

async fn postgres() -> Province {
    let (portal, site) = a_portal().await;
    let w = World::postgres_with(|config| configure(config, &site));
    Province::of(w, portal, site).await
}

async fn a_portal() -> (Portal, String) {
    Portal::start(Settings { sender: "H49".into(), token: Some(TOKEN.into()) }).await.unwrap()
}

impl Province {
    async fn of(w: World, portal: Portal, site: String) -> Self {
        w.put_in_force(&procedure("Sở Xây dựng", TimeLimit::WorkingDays(10), Flags::default())).await;
        let mut keys = HashMap::new();
        for (login, agency, role, scope) in [
            ("cong", "H49.28", Role::NationalPortal, KeyScope::PortalSubmit),
            ("giamsat", "H49.28", Role::Supervisor, KeyScope::DossierRead),
            ("quay", "H49.28", Role::IntakeOfficer, KeyScope::DossierWrite),
            ("tra", "H49.28", Role::ReturnDesk, KeyScope::DossierWrite),
            ("vanthu", "H49.24", Role::Clerk, KeyScope::DossierWrite),
            ("truongphong", "H49.24", Role::UnitHead, KeyScope::DossierWrite),
            ("chuyenvien", "H49.24", Role::Specialist, KeyScope::DossierWrite),
            ("lanhdao", "H49.24", Role::AgencyLeader, KeyScope::DossierWrite),
        ] {
            let who = w.officer(login, agency, &[role]).await;
            keys.insert(login, w.key(&who, &[scope]).await);
        }
        let served = w.serve().await;
        portal.serves(&served.url, &keys["cong"]);
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        Self { w, portal, site, served, keys, client, sent: Cell::new(0) }
    }

    async fn close(self) {
        drop(self.client);
        self.served.stop().await;
    }

    fn once(&self) -> String {
        self.sent.set(self.sent.get() + 1);
        format!("thu-{}", self.sent.get())
    }

    /// What a citizen sends from the portal's form.
    async fn form(&self, once: &str, papers: &[&str]) -> Response {
        let form = Form::new()
            .text("once", once.to_owned())
            .text("ten", "Nguyễn Thị Mẫu")
            .text("dinh_danh", "022099012345")
            .text("dien_thoai", "0912345678");
        let form = papers.iter().fold(form, |form, id| form.part(format!("tep.{id}"), pdf()));
        self.client.post(format!("{}/nop/{PROCEDURE}", self.site)).multipart(form).send().await.unwrap()
    }

    /// The code of a dossier that is handed in on the portal.
    async fn hands_in(&self) -> String {
        code(self.form(&self.once(), &["don", "ban-ve"]).await).await
    }

    /// A form of the dossier's page on the portal, with what the page hid in it.
    async fn on_page(&self, code: &str, what: &str, form: Form) -> Response {
        let page = self.page(code).await;
        let of = page.split(&format!("/ho-so/{code}/{what}")).nth(1).unwrap_or_else(|| panic!("no {what}: {page}"));
        let hidden = |name: &str| {
            let value = of.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
            value.split('"').next().unwrap().to_owned()
        };
        let form = form.text("once", hidden("once")).text("phien_ban", hidden("phien_ban"));
        self.client.post(format!("{}/ho-so/{code}/{what}", self.site)).multipart(form).send().await.unwrap()
    }

    async fn page(&self, code: &str) -> String {
        let page = self.client.get(format!("{}/ho-so/{code}", self.site)).send().await.unwrap();
        assert_eq!(page.status().as_u16(), 200);
        page.text().await.unwrap()
    }

    async fn read(&self, code: &str) -> Value {
        self.w.get(&format!("/api/v1/dossiers/{code}")).bearer(&self.keys["giamsat"]).send().await.expect(200).json()
    }

    /// An officer's act.
    async fn does(&self, login: &str, code: &str, what: &str, body: Value) {
        let version = u32::try_from(self.read(code).await["version"].as_u64().unwrap()).unwrap();
        let call = self.w.post(&format!("/api/v1/dossiers/{code}/{what}")).bearer(&self.keys[login]);
        call.once(&self.once()).if_match(version).json(&body).send().await.expect(200);
    }

    /// A dossier that somebody brought to the counter.
    async fn comes_to_the_counter(&self) -> String {
        let papers = ["don", "ban-ve"].map(|id| json!({"id": id, "originals": 1}));
        let body = json!({
            "procedure": PROCEDURE, "channel": "counter", "components": papers,
            "applicant": {"kind": "citizen", "name": "Trần Văn Bình", "identity": "022085001234", "phone": "0987654321"},
        });
        let call = self.w.post("/api/v1/dossiers").bearer(&self.keys["quay"]).once(&self.once());
        call.json(&body).send().await.expect(201).json()["code"].as_str().unwrap().to_owned()
    }

    /// Sends what is due; nothing fails.
    async fn syncs(&self) {
        let counts = worker::national(&self.w.app).await.unwrap();
        assert_eq!((counts.again, counts.dead), (0, 0));
    }

    fn held(&self, code: &str) -> Held {
        self.portal.held(code).unwrap()
    }

    fn waiting(&self, state: &str) -> i64 {
        count(&self.w, state)
    }
}

/// Jobs for the portal in this state.
fn count(w: &World, state: &str) -> i64 {
    let state = state.to_owned();
    let read = move |q: &mut platform::db::Reader| {
        q.one(sql!("SELECT COUNT(*) FROM outbox WHERE lane = 2 AND state = $1"), params![state.as_str()], |r| r.get(0))
    };
    w.app.db.read_blocking(read).unwrap()
}

fn pdf() -> Part {
    Part::bytes(PDF).file_name("don.pdf").mime_str("application/pdf").unwrap()
}

async fn code(answer: Response) -> String {
    let to = answer.headers().get("location").map(|l| l.to_str().unwrap().to_owned());
    let Some(to) = to else { panic!("{}", answer.text().await.unwrap()) };
    to.strip_prefix("/ho-so/").unwrap().to_owned()
}

fn one_paper_wrong() -> Value {
    json!({"items": [{"component": "ban-ve", "problem": "wrong", "note": "Vẽ lại theo tỷ lệ 1/100."}]})
}

/// Everything that the portal shows of steps: what was done, in order.
fn steps(held: &Held) -> Vec<(String, String)> {
    let text = |s: &Value, field: &str| s[field].as_str().unwrap().to_owned();
    held.steps.iter().map(|s| (text(s, "NoiDungXuLy"), text(s, "TrangThai"))).collect()
}
