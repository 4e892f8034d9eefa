//! A province of its own for each test: a fresh data base with the profile of Quảng Ninh, and clocks that stand still.

use crate::call::Call;
use axum::Router;
use domain::{
    accounts::{Role, Who},
    catalogue::{Channel, ProcedureVersion, Process, Source, competence, first_process, portal},
    dossier::{Applicant, ApplicantKind, Command, Intake, People, ReceivedComponent, ResultBy},
    id::Id,
    profile::Level,
    time::Instant,
};
use motcua::{
    accounts::{self, KeyScope, NewOfficer},
    app::{App, Opening},
    catalogue::{
        process,
        store::{NewVersion, Origin, insert_version},
    },
    cli,
    dossier::{self, Done, Order, Target, store::Key},
    error::AppError,
    routes::routes,
    settings,
};
use platform::{
    clock::{LegalClock, MachineClock},
    config::Config,
    db::{Db, Mode, Options},
    random::Random,
};
use sha2::{Digest, Sha256};
use std::{
    io::{BufRead, BufReader},
    sync::atomic::{AtomicU32, Ordering::SeqCst},
};
use tempfile::TempDir;

/// Monday, 6 October 2025, 08:00: what both clocks show until a test moves the legal one.
pub const MONDAY: &str = "2025-10-06T08:00:00+07:00";

/// The password of every officer of these tests.
pub const PASSWORD: &str = "bốn con ngựa trắng";

pub struct World {
    pub app: App,
    router: Option<Router>,
    schema: Option<Schema>,
    pub folder: TempDir,
}

/// A port that is served.
pub struct Served {
    pub url: String,
    stop: tokio::sync::oneshot::Sender<()>,
    task: tokio::task::JoinHandle<()>,
}

impl Served {
    pub async fn stop(self) {
        self.stop.send(()).ok();
        self.task.await.unwrap();
    }
}

/// A dossier in somebody's hands.
pub struct Assigned {
    pub counter: Who,
    /// As it was taken in.
    pub done: Done,
    /// Identifier of the competent agency.
    pub agency: String,
    pub holder: Who,
}

impl World {
    /// Over the embedded engine, with the profile of Quảng Ninh.
    pub fn sqlite() -> Self {
        Self::sqlite_of("quang-ninh")
    }
    /// The same for another province.
    pub fn sqlite_of(profile: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("motcua.db").display());
        Self::open(profile, &url, None, folder, |_| {})
    }
    /// The same with another configuration.
    pub fn sqlite_with(profile: &str, change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("motcua.db").display());
        Self::open(profile, &url, None, folder, change)
    }
    /// Over the server in `MOTCUA_TEST_POSTGRES`; without it the test fails.
    pub fn postgres() -> Self {
        Self::postgres_with(|_| {})
    }
    /// The same with another configuration.
    pub fn postgres_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::postgres_of("quang-ninh", change)
    }
    /// The same for another province.
    pub fn postgres_of(profile: &str, change: impl FnOnce(&mut Config)) -> Self {
        let schema = Schema::new("a");
        Self::open(profile, &schema.url(), Some(schema), tempfile::tempdir().unwrap(), change)
    }

    fn open(
        profile: &str,
        url: &str,
        schema: Option<Schema>,
        folder: TempDir,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let now: Instant = MONDAY.parse().unwrap();
        let (legal, machine) = (LegalClock::frozen(now.millis()), MachineClock::fixed(now.millis()));
        let random = Random::seeded(1);
        let db = Db::open(&url.parse().unwrap(), Options::new(Mode::Serve)).unwrap();
        let chosen = cli::embedded(profile).unwrap();
        cli::prepare(&db, &chosen, &machine, &random).unwrap();
        let mut config = Config::for_tests(folder.path());
        change(&mut config);
        let opening = Opening { config, profile: chosen.profile.clone(), db, legal, machine, random };
        let app = App::open(opening).unwrap();
        let router = Some(routes(&app));
        Self { app, router, schema, folder }
    }

    /// Another process over the same data base and folder, so many milliseconds later: it knows nothing of what the first
    /// one has in memory.
    pub fn another_process(&self, later: i64) -> Self {
        static SEED: AtomicU32 = AtomicU32::new(2);
        let now = self.app.machine.now() + later;
        let opening = Opening {
            config: self.app.config.clone(),
            profile: self.app.profile.clone(),
            db: self.app.db.clone(),
            legal: LegalClock::frozen(self.app.legal.now()),
            machine: MachineClock::fixed(now),
            random: Random::seeded(u64::from(SEED.fetch_add(1, SeqCst))),
        };
        let app = App::open(opening).unwrap();
        let router = Some(routes(&app));
        Self { app, router, schema: None, folder: tempfile::tempdir().unwrap() }
    }

    /// The same world with another configuration from now on.
    pub fn configure(&mut self, change: impl FnOnce(&mut Config)) {
        let mut config = self.app.config.clone();
        change(&mut config);
        let opening = Opening {
            config,
            profile: self.app.profile.clone(),
            db: self.app.db.clone(),
            legal: LegalClock::frozen(self.app.legal.now()),
            machine: MachineClock::fixed(self.app.machine.now()),
            random: Random::seeded(9),
        };
        self.app = App::open(opening).unwrap();
        self.router = Some(routes(&self.app));
    }

    // ---- time -----------------------------------------------------------------------------------------------------

    /// Moves the legal clock: `2025-10-08T09:30`.
    pub fn at(&self, moment: &str) {
        self.app.legal.set(moment.parse::<Instant>().unwrap().millis());
    }

    // ---- people ---------------------------------------------------------------------------------------------------

    /// An officer of an agency's unit `main`; roles of the Centre are posted at the provincial centre.
    pub async fn officer(&self, login: &str, agency: &str, roles: &[Role]) -> Who {
        let reference = self.app.reference();
        let at_centre = roles.iter().any(|r| r.works_at_centre());
        let centre = at_centre.then(|| reference.main_centre().unwrap().code.clone());
        self.officer_at(login, agency, roles, centre.as_deref()).await
    }

    /// The same, posted at a centre or, without one, where `accounts` puts the role.
    pub async fn officer_at(&self, login: &str, agency: &str, roles: &[Role], centre: Option<&str>) -> Who {
        let new = NewOfficer {
            login: login.to_owned(),
            name: format!("Cán bộ {login}"),
            agency: agency.to_owned(),
            unit: "main".into(),
            centre: centre.map(str::to_owned),
            roles: roles.to_vec(),
            password: Some(PASSWORD.into()),
            ..NewOfficer::default()
        };
        let id = accounts::add_officer(&self.app, new, None).await.unwrap();
        self.app.reference().officer(id).unwrap().who.clone()
    }

    /// The `Cookie` header of an open session, second factor given.
    pub async fn sign_in(&self, who: &Who) -> String {
        let token = accounts::sessions::open(&self.app, who, "test", true, None).await.unwrap();
        format!("motcua={}", token.expose())
    }

    /// A key of the API that acts as this officer.
    pub async fn key(&self, who: &Who, scopes: &[KeyScope]) -> String {
        let login = self.app.reference().officer(who.officer).unwrap().login.clone();
        accounts::create_key(&self.app, &login, scopes).await.unwrap().secret
    }

    // ---- procedures and dossiers ----------------------------------------------------------------------------------

    /// Puts real procedures of the carried catalogue into force.
    pub async fn procedures(&self, codes: &[&str]) {
        let file = std::fs::File::open(concat!(env!("CARGO_MANIFEST_DIR"), "/data/procedures.jsonl.gz")).unwrap();
        let rows = BufReader::new(flate2::read::GzDecoder::new(file)).lines();
        let rows = rows.map(|l| serde_json::from_str::<serde_json::Value>(&l.unwrap()).unwrap());
        let taken: Vec<_> = rows.filter_map(|row| portal::parse(&row).ok()).map(|t| t.version).collect();
        for code in codes {
            let version = taken.iter().find(|v| v.code.as_str() == *code);
            self.put_in_force(version.unwrap_or_else(|| panic!("no procedure {code} in the carried catalogue"))).await;
        }
        self.app.refresh().await.unwrap();
    }

    /// Puts one version into force, with the default process.
    pub async fn put_in_force(&self, version: &ProcedureVersion) -> Id<ProcedureVersion> {
        let (id, process_id) = (self.app.id().unwrap(), self.app.id::<Process>().unwrap());
        let level = if version.levels == [domain::catalogue::ProcedureLevel::Commune] {
            Level::Commune
        } else {
            Level::Province
        };
        let kind = self.app.profile.on_the_spot.kind;
        let process = first_process(level, version.limit_for(Channel::Counter, ""), &version.flags, kind);
        let (version, now) = (version.clone(), self.app.machine.now());
        let insert = move |unit: &mut platform::db::Unit| {
            let body = serde_json::to_string(&version).unwrap();
            process::store::insert(unit, process_id, &process)?;
            let digest = domain::hex(&Sha256::digest(&body));
            let origin = Origin { source: Source::Portal, digest: digest.clone(), batch: None, officer: None };
            let row = NewVersion { id, version: &version, digest, body, process: process_id, origin, at_ms: now };
            insert_version(unit, &row)?;
            settings::bump_reference(unit)
        };
        self.app.db.unit(insert).await.unwrap();
        self.app.refresh().await.unwrap();
        id
    }

    /// The intake of a complete dossier at this officer's centre, for the first competent agency.
    pub fn intake(&self, who: &Who, procedure: &str) -> Intake {
        let reference = self.app.reference();
        let listed = reference.procedure(procedure).unwrap();
        let (id, versions) = (listed.version, self.app.clone());
        let governing = self.app.db.read_blocking(move |q| versions.versions.get(q, id)).unwrap();
        let agency = match competence::competent(&governing.procedure, &reference.directory) {
            competence::Competence::One(a) => a.identifier.clone(),
            competence::Competence::Choice(all) => all[0].identifier.clone(),
            competence::Competence::Unknown => "H49.24".to_owned(),
        };
        let variant = &governing.procedure.variants[0];
        let brought = |c: &domain::catalogue::Component| ReceivedComponent {
            id: c.id.clone(),
            originals: c.originals.max(1),
            copies: c.copies,
            ..ReceivedComponent::default()
        };
        Intake {
            procedure: id,
            procedure_code: procedure.to_owned(),
            variant: Some(variant.id.clone()),
            process: listed.process,
            agency: reference.agency_by_identifier(&agency).unwrap().id,
            centre: who.centre.unwrap(),
            channel: Channel::Counter,
            result_by: ResultBy::Counter,
            components: variant.components.iter().filter(|c| c.required).map(brought).collect(),
            sets: 1,
            late: None,
            people: String::new(),
        }
    }

    /// Takes a complete dossier in at the counter.
    pub async fn take_in(&self, who: &Who, procedure: &str) -> Done {
        let command = Command::TakeIn { intake: self.intake(who, procedure), received_at: None, fees: None };
        self.order(who, Order { target: Target::New(Box::new(applicant())), command }).await.unwrap()
    }

    /// A dossier taken in by Lan at the provincial centre and given to Hà, a specialist of the competent agency.
    pub async fn assigned(&self, procedure: &str) -> Assigned {
        self.procedures(&[procedure]).await;
        let reference = self.app.reference();
        let identifier = |agency| reference.agency(agency).unwrap().identifier.clone();
        let centre = identifier(reference.main_centre().unwrap().agency);
        let counter = self.officer("lan", &centre, &[Role::IntakeOfficer]).await;
        let done = self.take_in(&counter, procedure).await;
        let agency = identifier(done.state.intake.agency);
        let head = self.officer("truong", &agency, &[Role::UnitHead]).await;
        let holder = self.officer("ha", &agency, &[Role::Specialist]).await;
        let target = Target::Known { key: Key::Id(done.id), version: 1 };
        let command = Command::Assign { unit: None, officer: holder.officer };
        self.order(&head, Order { target, command }).await.unwrap();
        Assigned { counter, done, agency, holder }
    }

    /// Gives a command and returns what it did.
    pub async fn order(&self, who: &Who, order: Order) -> Result<Done, AppError> {
        let (app, who) = (self.app.clone(), who.clone());
        self.app.db.unit(move |unit| dossier::apply(unit, &app, &who, &order)).await
    }

    // ---- calls ----------------------------------------------------------------------------------------------------

    pub fn get(&self, path: &str) -> Call {
        self.call("GET", path)
    }
    pub fn post(&self, path: &str) -> Call {
        self.call("POST", path)
    }
    pub fn call(&self, method: &str, path: &str) -> Call {
        Call::new(self.router.clone().unwrap(), method, path)
    }
    /// Answers on a port of its own, for those who come over the wire; stop it before the world ends.
    pub async fn serve(&self) -> Served {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let stopped = async move { drop(stopped.await) };
        let served = motcua::http::listen::answer_on(listener, self.router.clone().unwrap(), stopped);
        Served { url, stop, task: tokio::spawn(served) }
    }
    /// A call to the administration port.
    pub fn admin(&self, method: &str, path: &str) -> Call {
        Call::new(motcua::health::routes(&self.app), method, path)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let (router, schema) = (self.router.take(), self.schema.take());
        // The driver of PostgreSQL may not be dropped on an async thread; the last handle to the data base goes here or
        // with `self.app`, which holds no connection of its own once the schema is gone.
        std::thread::spawn(move || drop((router, schema))).join().unwrap();
    }
}

/// A schema of one test on the server in `MOTCUA_TEST_POSTGRES`, gone with it.
pub struct Schema(String);

impl Schema {
    pub fn new(prefix: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        Self(format!("{prefix}_{}_{}", std::process::id(), NEXT.fetch_add(1, SeqCst)))
    }
    pub fn url(&self) -> String {
        let server = postgres_url();
        let mark = if server.contains('?') { '&' } else { '?' };
        format!("{server}{mark}schema={}", self.0)
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        let drop = format!("SET client_min_messages TO error; DROP SCHEMA IF EXISTS {} CASCADE", self.0);
        // The driver may not be made or dropped on an async thread.
        let cleaning = std::thread::spawn(move || {
            let mut client = postgres::Client::connect(&postgres_url(), postgres::NoTls).unwrap();
            client.batch_execute(&drop).unwrap();
        });
        cleaning.join().unwrap();
    }
}

fn postgres_url() -> String {
    std::env::var("MOTCUA_TEST_POSTGRES")
        .expect("MOTCUA_TEST_POSTGRES names the PostgreSQL server of the tests, such as postgres://postgres@127.0.0.1:5432/postgres")
}

/// A made-up citizen.
pub fn applicant() -> People {
    let applicant = Applicant {
        kind: ApplicantKind::Citizen,
        name: "Nguyễn Thị Mẫu".into(),
        identity: Some("022099012345".into()),
        phone: Some("0912345678".into()),
        email: None,
        address: Some("Tổ 1, phường Hồng Gai, tỉnh Quảng Ninh".into()),
    };
    People { applicant, owner: None, proxy: None, form: serde_json::Value::Null }
}
