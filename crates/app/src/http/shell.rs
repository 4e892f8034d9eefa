use super::{Reader, asset};
use crate::{accounts::SignedIn, app::App, messages::Lang};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::time::{Instant, day_text, time_text};

/// The frame of every page: language, title, who is signed in, where the reader is.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "templates ask each of them by its name")]
pub struct Shell {
    pub lang: Lang,
    pub title: String,
    /// "tỉnh Quảng Ninh".
    pub province: String,
    pub here: String,
    pub is_demo: bool,
    /// Citizens hand in on pages of ours, or see there what is theirs.
    pub is_online: bool,
    pub officer: Option<Badge>,
    /// Staff and citizens share one host, so a page of citizens leads to the sign-in of staff.
    pub leads_to_staff: bool,
    /// For whom the citizen acts.
    pub acting: Option<String>,
    /// The open entry of the navigation rail.
    pub nav: Nav,
    /// The page answers a form that was sent; what it shows is newer than anything a browser kept.
    pub is_answer: bool,
    /// A good message from the step before, shown once.
    pub flash: Option<String>,
}

/// Who is signed in, as the header shows it.
#[derive(Clone, Debug)]
pub struct Badge {
    pub name: String,
    /// What one officer typed the browser keeps from the next in the same tab.
    pub login: String,
    pub agency: String,
    /// Entries of the navigation rail for these roles.
    pub rail: Vec<Nav>,
}

/// An entry of the officers' navigation rail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nav {
    #[default]
    None,
    Work,
    Intake,
    Online,
    Return,
    Hotline,
    Courier,
    Register,
    Approve,
    Untouched,
    Unclear,
    Vault,
    Enterprises,
    Mandates,
    Requests,
    Admin,
    Catalogue,
    Processes,
    Calendar,
    Lists,
    Reads,
    Account,
}

impl Nav {
    pub const fn href(self) -> &'static str {
        match self {
            Self::None => "/",
            Self::Work => "/can-bo",
            Self::Intake => "/can-bo/tiep-nhan",
            Self::Online => "/can-bo/truc-tuyen",
            Self::Return => "/can-bo/tra-ket-qua",
            Self::Hotline => "/can-bo/tong-dai",
            Self::Courier => "/can-bo/giao-nhan",
            Self::Register => "/can-bo/so-theo-doi",
            Self::Approve => "/can-bo/duyet",
            Self::Untouched => "/can-bo/chua-xu-ly",
            Self::Unclear => "/can-bo/vuong-mac",
            Self::Vault => "/can-bo/kho",
            Self::Enterprises => "/can-bo/doanh-nghiep",
            Self::Mandates => "/can-bo/uy-quyen",
            Self::Requests => "/can-bo/du-lieu-ca-nhan",
            Self::Admin => "/can-bo/quan-tri",
            Self::Catalogue => "/can-bo/quan-tri/thu-tuc",
            Self::Processes => "/can-bo/quan-tri/quy-trinh",
            Self::Calendar => "/can-bo/quan-tri/lich",
            Self::Lists => "/can-bo/quan-tri/danh-muc",
            Self::Reads => "/can-bo/nhat-ky-xem",
            Self::Account => "/can-bo/tai-khoan",
        }
    }
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "Trang chủ",
            Self::Work => "Việc của tôi",
            Self::Intake => "Tiếp nhận",
            Self::Online => "Trực tuyến",
            Self::Return => "Trả kết quả",
            Self::Hotline => "Tổng đài",
            Self::Courier => "Giao nhận",
            Self::Register => "Sổ theo dõi",
            Self::Approve => "Phê duyệt",
            Self::Untouched => "Chưa xử lý",
            Self::Unclear => "Vướng mắc",
            Self::Vault => "Kho giấy tờ",
            Self::Enterprises => "Doanh nghiệp",
            Self::Mandates => "Người đại diện",
            Self::Requests => "Dữ liệu cá nhân",
            Self::Admin => "Quản trị",
            Self::Catalogue => "Thủ tục",
            Self::Processes => "Quy trình",
            Self::Calendar => "Lịch làm việc",
            Self::Lists => "Danh mục",
            Self::Reads => "Nhật ký xem",
            Self::Account => "Tài khoản",
        }
    }
    pub const fn icon(self) -> &'static str {
        match self {
            Self::None => "home",
            Self::Work => "inbox",
            Self::Intake => "add",
            Self::Online => "upload",
            Self::Return => "send",
            Self::Hotline => "phone",
            Self::Courier => "courier",
            Self::Register | Self::Lists => "list",
            Self::Approve => "stamp",
            Self::Untouched => "bell",
            Self::Unclear => "message",
            Self::Vault => "vault",
            Self::Enterprises => "company",
            Self::Mandates => "key",
            Self::Requests => "shield",
            Self::Admin => "settings",
            Self::Catalogue => "folder",
            Self::Processes => "forward",
            Self::Calendar => "calendar",
            Self::Reads => "history",
            Self::Account => "person",
        }
    }
}

impl Nav {
    /// The keys that go there; nothing for what is rarely gone to.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Work => "g v",
            Self::Intake => "g t",
            Self::Return => "g k",
            Self::Courier => "g g",
            Self::Register => "g s",
            Self::Approve => "g d",
            Self::Untouched => "g c",
            Self::Account => "g a",
            _ => "",
        }
    }
    /// All keys that go there.
    pub const fn shortcuts(self) -> &'static str {
        if matches!(self, Self::Intake) { "g t,n" } else { self.letter() }
    }
    pub const fn is_intake(self) -> bool {
        matches!(self, Self::Intake)
    }
}

impl Shell {
    /// The frame of a page that anybody may read.
    pub fn public(app: &App, reader: &Reader, title: &str) -> Self {
        Self {
            lang: reader.lang,
            title: title.to_owned(),
            province: inside_a_line(&app.profile.province.name),
            here: reader.here.clone(),
            is_demo: app.is_demo(),
            leads_to_staff: app.config.public.staff_url.is_none(),
            is_online: crate::online::has_accounts(app),
            acting: reader.acting.clone(),
            officer: None,
            nav: Nav::None,
            is_answer: reader.is_answer,
            flash: None,
        }
    }
    /// The frame of an officer's page.
    pub fn officer(app: &App, me: &SignedIn, nav: Nav, title: &str) -> Self {
        let reference = app.reference();
        let badge = Badge {
            name: me.name.clone(),
            login: me.login.clone(),
            agency: reference.agency(me.who.agency).map(|a| a.short.clone()).unwrap_or_default(),
            rail: rail(app, me),
        };
        Self { officer: Some(badge), nav, ..Self::public(app, &me.reader, title) }
    }
    /// `17/11/2026, 09:12`.
    pub fn when(&self, at: impl std::borrow::Borrow<Instant>) -> String {
        let local = at.borrow().local();
        format!("{}, {}", day_text(local.date()), time_text(local.time()))
    }
    /// `17/11/2026`.
    pub fn day(&self, day: impl std::borrow::Borrow<jiff::civil::Date>) -> String {
        day_text(*day.borrow())
    }
    pub fn asset(&self, path: &str) -> String {
        asset(path)
    }
    /// This address as a parameter of another.
    pub fn here_encoded(&self) -> String {
        encode(&self.here)
    }
    /// The language that the switch offers.
    pub fn other_lang(&self) -> Lang {
        if self.lang == Lang::Vi { Lang::En } else { Lang::Vi }
    }
    /// The title in the reader's language.
    #[must_use]
    pub fn translated(mut self) -> Self {
        self.title = self.lang.t(&self.title).to_owned();
        self
    }
    #[must_use]
    pub fn with_flash(mut self, flash: Option<String>) -> Self {
        self.flash = flash;
        self
    }
}

/// "Tỉnh Quảng Ninh" stands as "tỉnh Quảng Ninh" in the middle of a line.
fn inside_a_line(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// Only what the roles can use is shown.
fn rail(app: &App, me: &SignedIn) -> Vec<Nav> {
    use domain::accounts::Role;
    let mut rail = vec![Nav::Work];
    if me.who.any(Role::takes_in) {
        rail.push(Nav::Intake);
    }
    let at_counter = me.who.centre.is_some() && me.who.any(Role::takes_in);
    if at_counter || crate::online::takes_in_for_agency(app, &me.who) {
        rail.push(Nav::Online);
    }
    if me.who.is(Role::ReturnDesk) || me.who.any(Role::takes_in) {
        rail.push(Nav::Return);
    }
    if me.who.is(Role::HotlineOperator) {
        rail.push(Nav::Hotline);
    }
    if crate::courier::is_on(app) && domain::courier::place_of(&me.who).is_some() {
        rail.push(Nav::Courier);
    }
    let at_centre =
        me.who.centre.is_some() && me.who.any(|r| r.takes_in() || matches!(r, Role::ReturnDesk | Role::Cashier));
    if at_centre || me.who.any(Role::reads_province) {
        rail.push(Nav::Register);
    }
    let acts_as = |fits: fn(Role) -> bool| me.identities.iter().any(|who| who.any(fits));
    if crate::dossier::approves(app, &me.identities) {
        rail.push(Nav::Approve);
    }
    if acts_as(|r| matches!(r, Role::UnitHead | Role::AgencyLeader)) {
        rail.push(Nav::Untouched);
    }
    if me.who.any(|r| r.takes_in() || r.works_in_agency() || matches!(r, Role::CentreDirector | Role::CentreDeputy)) {
        rail.push(Nav::Unclear);
    }
    if me.who.looks_into_stores() {
        rail.push(Nav::Vault);
    }
    if me.who.reads_enterprises() {
        rail.push(Nav::Enterprises);
    }
    if me.who.confirms_mandates() && app.config.identity.issuer.is_some() {
        rail.push(Nav::Mandates);
    }
    if me.who.answers_data_requests() {
        rail.push(Nav::Requests);
    }
    if me.who.any(|r| matches!(r, Role::TopAdmin | Role::AgencyAdmin)) {
        rail.push(Nav::Admin);
    }
    if me.who.any(|r| matches!(r, Role::TopAdmin | Role::ProcedureControl | Role::AgencyAdmin)) {
        rail.push(Nav::Catalogue);
    }
    if me.who.draws_processes() {
        rail.push(Nav::Processes);
    }
    if me.who.any(|r| matches!(r, Role::TopAdmin | Role::ProcedureControl)) {
        rail.push(Nav::Calendar);
        rail.push(Nav::Lists);
    }
    if me.who.reads_looks_of().is_some() {
        rail.push(Nav::Reads);
    }
    rail.push(Nav::Account);
    rail
}

/// Percent-encodes all but unreserved characters.
pub fn encode(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}

/// Renders a template into a page that no cache keeps.
pub fn html(page: &impl askama::Template) -> Response {
    match page.render() {
        Ok(body) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], body)
            .into_response(),
        Err(e) => {
            tracing::error!(why = %e, "template failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
