//! `/can-bo/vang-mat`: report an absence with the backup who acts for that time, delegate approval, end either before its time.

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::intake_fields,
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html, once},
    interlink::input,
    people::absences::{api::stand_in, end as end_it, enter, seen_by},
    reference::Reference,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::{Role, StandIn, StandInKind},
    id::Id,
    people::Officer,
};
use std::{borrow::Borrow, sync::Arc};

#[derive(Template)]
#[template(path = "people/absences/away/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    reference: Arc<Reference>,
    /// Those that hold or are to come.
    list: Vec<StandIn>,
    /// Officers of the agency: login and name.
    colleagues: Vec<(String, String)>,
    /// May report for others.
    heads: bool,
    /// May delegate approval.
    leads: bool,
    /// An absence from the Centre is announced in writing (VL 9.3c, QN 6.8b).
    in_writing: bool,
}

pub async fn show(State(app): State<App>, me: SignedIn) -> Result<Response, PageError> {
    let form = Form::default().with("once", hidden_key(&app)).with("kind", "absence");
    Ok(render(&app, &me, form))
}

pub async fn send(State(app): State<App>, me: SignedIn, Typed(mut form): Typed) -> Result<Response, PageError> {
    let key = form.key(&app);
    let entered = async {
        let new = typed(&app, &me, &form)?;
        let once = once(&app, format!("officer/{}", me.who.officer), key, &format!("stand-in {new:?}"));
        enter(&app, &me.who, new, once).await
    };
    match entered.await {
        Ok(_) => Ok(Redirect::to("/can-bo/vang-mat").into_response()),
        Err(wrong) => {
            form.absorb(wrong).map_err(|e| PageError::new(&app, &me.reader, e))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&app, &me, form)).into_response())
        }
    }
}

/// `GET …/{id}/ket-thuc`: a single absence has no page of its own.
pub async fn back(_: SignedIn) -> Redirect {
    Redirect::to("/can-bo/vang-mat")
}

/// `POST …/{id}/ket-thuc`: the rights come back at once.
pub async fn end(State(app): State<App>, me: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    let ended = async { end_it(&app, &me.who, id.parse().map_err(|_| AppError::NotFound)?).await };
    ended.await.map_err(|e| PageError::new(&app, &me.reader, e))?;
    Ok(Redirect::to("/can-bo/vang-mat").into_response())
}

fn typed(app: &App, me: &SignedIn, form: &Form) -> Result<StandIn, AppError> {
    let Some(kind) = StandInKind::from_key(form.value("kind")) else {
        let (vi, en) = ("Xin chọn vắng mặt hay ủy quyền.", "Choose absence or delegation.");
        return Err(AppError::Fields(vec![FieldError::missing("kind", vi, en)]));
    };
    let officer = match form.text("officer") {
        Some(login) => input::officer_named(app, "officer", login)?,
        None => me.who.officer,
    };
    let new = stand_in(app, kind, officer, form.value("backup"), form.value("from"), form.value("to"))?;
    let decided_on = form.text("decided_on").and_then(intake_fields::day);
    Ok(StandIn {
        reason: form.value("reason").trim().to_owned(),
        sudden: form.is("sudden", "yes"),
        decision: form.text("decision").map(str::to_owned).zip(decided_on),
        procedures: codes(form.value("procedures")),
        ..new
    })
}

/// Codes as they are typed: apart by commas, blanks or lines. An absence moves all rights, whatever stands here.
fn codes(text: &str) -> Vec<String> {
    let apart = |c: char| c.is_whitespace() || matches!(c, ',' | ';');
    text.split(apart).filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

fn render(app: &App, me: &SignedIn, form: Form) -> Response {
    let reference = app.reference();
    let shell = Shell::officer(app, me, Nav::Account, me.reader.lang.t("Vắng mặt và người thay"));
    let mut colleagues: Vec<_> = reference
        .officers()
        .filter(|o| o.active && o.who.agency == me.who.agency)
        .map(|o| (o.login.clone(), o.name.clone()))
        .collect();
    colleagues.sort_by(|a, b| a.1.cmp(&b.1));
    let heads = me.who.any(|r| matches!(r, Role::UnitHead | Role::AgencyLeader | Role::AgencyAdmin));
    let page = Page {
        shell,
        form,
        list: seen_by(app, &me.who),
        colleagues,
        heads,
        leads: heads || me.who.is(Role::AgencyLeader),
        in_writing: app.profile.officers.absence_in_writing,
        reference,
    };
    html(&page)
}

impl Page {
    fn name(&self, officer: impl Borrow<Id<Officer>>) -> String {
        self.reference.officer_name(*officer.borrow()).to_owned()
    }
    fn why(&self, s: &StandIn) -> String {
        let lang = self.shell.lang;
        match (&s.decision, s.kind) {
            (Some((number, day)), StandInKind::Delegation) => {
                let told = lang.f2("Ủy quyền phê duyệt theo quyết định {} ngày {}", number, self.shell.day(*day));
                let which = s.procedures.join(", ");
                if which.is_empty() { told } else { format!("{told}; {}", lang.f1("thủ tục {}", which)) }
            }
            (Some((number, day)), StandInKind::Absence) => {
                let told = lang.f1("Vắng mặt: {}", &s.reason);
                format!("{told}; {}", lang.f2("văn bản số {} ngày {}", number, self.shell.day(*day)))
            }
            (None, _) => lang.f1("Vắng mặt: {}", &s.reason),
        }
    }
}
