//! `/ban-nhap/{id}/nguoi-nop`: who asks, and who hands in for somebody else (INT-10).

use crate::{
    app::App,
    dossier::intake_fields,
    error::AppError,
    http::{Form, PageError, Shell, Typed, html},
    online::{
        Citizen,
        draft::{Draft, Found, Frame, Step},
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

#[derive(Template)]
#[template(path = "online/applicant/page.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    form: Form,
}

const FIELDS: [&str; 14] = [
    "applicant.kind",
    "applicant.name",
    "applicant.identity",
    "applicant.phone",
    "applicant.email",
    "applicant.address",
    "for_other",
    "proxy.kind",
    "proxy.name",
    "proxy.identity",
    "proxy.phone",
    "proxy.email",
    "proxy.address",
    "proxy.authorisation",
];

pub async fn show(State(app): State<App>, me: Citizen, Path(id): Path<String>) -> Result<Response, PageError> {
    let shown = async {
        let Found::Open(draft) = Draft::load(&app, &me, &id).await? else {
            return Ok(Redirect::to("/cong-dan").into_response());
        };
        Ok::<_, AppError>(page(&app, &me, &draft, draft.form()))
    };
    shown.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

fn page(app: &App, me: &Citizen, draft: &Draft, form: Form) -> Response {
    let lang = me.reader.lang;
    let shell = Shell::public(app, &me.reader, lang.t("Người nộp hồ sơ"));
    html(&Page { shell, frame: Frame::of(app, draft, Step::Applicant, lang), form })
}

pub async fn send(
    State(app): State<App>,
    me: Citizen,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    save(&app, &me, &id, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// What was typed is kept whether it is right or not: nothing is lost, and the last page says what is still to be mended.
async fn save(app: &App, me: &Citizen, id: &str, mut form: Form) -> Result<Response, AppError> {
    let Found::Open(mut draft) = Draft::load(app, me, id).await? else {
        return Ok(Redirect::to("/cong-dan").into_response());
    };
    draft.save(app, me, &form, &FIELDS).await?;
    let mut wrong = Vec::new();
    intake_fields::person(&draft.person("applicant"), "applicant", &mut wrong);
    if let Some(proxy) = draft.proxy() {
        intake_fields::proxy(&proxy, &mut wrong);
    }
    for error in wrong {
        form.wrong(error);
    }
    if form.is_good() {
        return Ok(Redirect::to(&draft.href(draft.next(app, Step::Applicant))).into_response());
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, &draft, form)).into_response())
}
