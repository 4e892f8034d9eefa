//! `/can-bo/nhat-ky-xem`: who saw personal data of which dossier, for those who supervise (SEC-01, VL 4.3c).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::store::{self as dossier_store, Key},
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, encode, html},
    reads::store::{self, Line, Narrowed},
    reference::Reference,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::accounts::{ReadersOf, Role};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "reads/list/page.html")]
struct Page {
    shell: Shell,
    reference: Arc<Reference>,
    form: Form,
    lines: Vec<Line>,
    /// The address of the page after this one.
    older: Option<String>,
    kept_days: u32,
    /// Nothing was asked for, so an empty list says what will come here.
    is_everything: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Code of a dossier.
    ma: String,
    /// Login of an officer.
    ai: String,
    truoc: String,
}

const MOST: usize = 50;

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &me, asked).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, asked: Asked) -> Result<Response, AppError> {
    let of = me.who.reads_looks_of().ok_or(AppError::RightMissing(Role::Supervisor.as_str()))?;
    let mut form = Form::default().with("ma", asked.ma.trim()).with("ai", asked.ai.trim());
    let by = narrowed(app, of, &mut form).await?;
    let before = asked.truoc.parse().ok();
    let most = i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1;
    let mut lines = Vec::new();
    if form.is_good() {
        lines = app.db.read(move |q| Ok::<_, AppError>(store::lines(q, of, by, before, most)?)).await?;
    }
    let older = (lines.len() > MOST).then(|| {
        let (ma, ai) = (encode(form.value("ma")), encode(form.value("ai")));
        format!("/can-bo/nhat-ky-xem?ma={ma}&ai={ai}&truoc={}", lines[MOST - 1].id)
    });
    lines.truncate(MOST);
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page {
        shell: Shell::officer(app, me, Nav::Reads, me.reader.lang.t("Nhật ký xem dữ liệu cá nhân")),
        reference: app.reference(),
        is_everything: by.dossier.is_none() && by.officer.is_none() && before.is_none(),
        kept_days: app.config.privacy.keep_reads_days,
        form,
        lines,
        older,
    };
    Ok((status, html(&page)).into_response())
}

/// The dossier and the officer that the form names, within reach; what is not there is told beside its field.
async fn narrowed(app: &App, of: ReadersOf, form: &mut Form) -> Result<Narrowed, AppError> {
    let mut by = Narrowed::default();
    if let Some(text) = form.text("ma").map(str::to_owned) {
        let found = match Key::parse(&text) {
            Some(key) => {
                let scope = of.scope();
                app.db.read(move |q| Ok::<_, AppError>(dossier_store::find(q, &scope, &key)?)).await?
            }
            None => None,
        };
        match found {
            Some(kept) => by.dossier = Some(kept.id),
            None => form.wrong(FieldError::new(
                "ma",
                "code.unknown",
                "Không có hồ sơ nào mang mã này. Xin xem lại mã, ví dụ H49.24-261117-0008.",
                "No dossier has this code. Check it, for example H49.24-261117-0008.",
            )),
        }
    }
    if let Some(login) = form.text("ai").map(str::to_lowercase) {
        let reference = app.reference();
        let within = |agency| of == ReadersOf::Province || of == ReadersOf::Agency(agency);
        match reference.officers().find(|o| o.login == login && within(o.who.agency)) {
            Some(officer) => by.officer = Some(officer.id),
            None => form.wrong(FieldError::new(
                "ai",
                "officer.unknown",
                "Không có cán bộ nào có tên đăng nhập này. Xin xem lại, ví dụ lan.nt.",
                "No officer has this login. Check it, for example lan.nt.",
            )),
        }
    }
    Ok(by)
}

impl Page {
    fn way(&self, line: &Line) -> &'static str {
        line.way.map_or("", |way| self.shell.lang.pick(way.words()))
    }
    fn officer(&self, line: &Line) -> &str {
        self.reference.officer_name(line.officer)
    }
    fn agency(&self, line: &Line) -> &str {
        self.reference.agency_name(line.agency)
    }
    /// The dossier by its code, or its number while it has none.
    #[expect(clippy::unused_self, reason = "templates call it on the page")]
    fn code(&self, line: &Line) -> String {
        line.code.clone().unwrap_or_else(|| line.dossier.to_string())
    }
    /// From the first to the last look.
    fn when(&self, line: &Line) -> String {
        let (first, last) = (self.shell.when(line.first_at), self.shell.when(line.last_at));
        if first == last { first } else { self.shell.lang.f2("{} đến {}", first, last) }
    }
}
