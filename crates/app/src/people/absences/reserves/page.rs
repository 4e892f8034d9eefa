//! `/can-bo/vang-mat/du-phong`: the list of backups for posts at the Centre.

use crate::{
    accounts::SignedIn,
    app::App,
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html, once},
    people::absences::{listed, may_enter},
    reference::Reference,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::{Reserve, works_at_a_desk},
    id::Id,
    people::Officer,
};
use std::{borrow::Borrow, sync::Arc};

const HERE: &str = "/can-bo/vang-mat/du-phong";

#[derive(Template)]
#[template(path = "people/absences/reserves/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    reference: Arc<Reference>,
    list: Vec<Reserve>,
    /// Agencies with too few backups, and how many they named.
    lacking: Vec<(String, usize)>,
    /// How many the regulation asks for.
    asked: u32,
    /// Officers at desks of the Centre for whom the reader may name backups: login and name.
    posted: Vec<(String, String)>,
    /// Who may be named.
    colleagues: Vec<(String, String)>,
}

pub async fn show(State(app): State<App>, me: SignedIn) -> Result<Response, PageError> {
    let today = domain::time::day_text(app.now().day());
    let form = Form::default().with("once", hidden_key(&app)).with("from", today);
    Ok(render(&app, &me, form))
}

pub async fn send(State(app): State<App>, me: SignedIn, Typed(mut form): Typed) -> Result<Response, PageError> {
    let key = form.key(&app);
    let entered = async {
        let said = |name| form.value(name);
        let new = listed::typed(&app, said("officer"), said("backup"), said("from"), said("to"))?;
        let once = once(&app, format!("officer/{}", me.who.officer), key, &format!("backup {new:?}"));
        listed::put(&app, &me.who, new, once).await
    };
    match entered.await {
        Ok(_) => Ok(Redirect::to(HERE).into_response()),
        Err(wrong) => {
            form.absorb(wrong).map_err(|e| PageError::new(&app, &me.reader, e))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&app, &me, form)).into_response())
        }
    }
}

/// `GET …/{id}/rut`: a single line has no page of its own.
pub async fn back(_: SignedIn) -> Redirect {
    Redirect::to(HERE)
}

/// `POST …/{id}/rut`: the backup is on the list no more.
pub async fn end(State(app): State<App>, me: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    let ended = async { listed::end(&app, &me.who, id.parse().map_err(|_| AppError::NotFound)?).await };
    ended.await.map_err(|e| PageError::new(&app, &me.reader, e))?;
    Ok(Redirect::to(HERE).into_response())
}

fn render(app: &App, me: &SignedIn, form: Form) -> Response {
    let reference = app.reference();
    let shell = Shell::officer(app, me, Nav::Account, me.reader.lang.t("Nhân sự dự phòng"));
    let mine = |o: &&crate::people::store::OfficerName| {
        o.active && o.who.officer != me.who.officer && may_enter(&me.who, &o.who)
    };
    let named = |o: &crate::people::store::OfficerName| (o.login.clone(), o.name.clone());
    let mut posted: Vec<_> = reference.officers().filter(mine).filter(|o| works_at_a_desk(&o.who)).map(named).collect();
    let mut colleagues: Vec<_> =
        reference.officers().filter(|o| o.active && may_enter(&me.who, &o.who)).map(named).collect();
    posted.sort_by(|a, b| a.1.cmp(&b.1));
    colleagues.sort_by(|a, b| a.1.cmp(&b.1));
    let list = listed::seen_by(app, &me.who);
    let lacking = listed::lacking(app, &me.who);
    let lacking = lacking.into_iter().map(|(a, n)| (reference.agency_name(a).to_owned(), n)).collect();
    let asked = app.profile.officers.backups_per_agency;
    html(&Page { shell, form, reference, list, lacking, asked, posted, colleagues })
}

impl Page {
    fn name(&self, officer: impl Borrow<Id<Officer>>) -> String {
        self.reference.officer_name(*officer.borrow()).to_owned()
    }
    /// From when to when a line holds.
    fn days(&self, r: &Reserve) -> String {
        let lang = self.shell.lang;
        match r.to {
            Some(last) => format!("{} – {}", self.shell.day(r.from), self.shell.day(last)),
            None => lang.f1("từ ngày {}", self.shell.day(r.from)),
        }
    }
}
