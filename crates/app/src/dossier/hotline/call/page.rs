//! `/can-bo/tong-dai/{code}`: what may be told to anybody with this code, and, once the caller has named the last digits of a number
//! on the dossier, what the people on it may hear. Each look is written down.

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        hotline::needs_operator,
        store::{self, Key},
        tracking::{Short, knows, short},
    },
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, html},
    reads,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    accounts::{Reading, Scope},
    dossier::People,
};

#[derive(Template)]
#[template(path = "dossier/hotline/call/page.html")]
struct Page {
    shell: Shell,
    call: Call,
    form: Form,
    /// For a caller who is on the dossier.
    own: Option<Own>,
}

/// What anybody with the code may hear.
struct Call {
    short: Short,
    procedure: String,
    agency: String,
    people: Option<People>,
    papers: Vec<String>,
    result: Option<String>,
}

struct Own {
    applicant: String,
    papers: Vec<String>,
    result: Option<String>,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(code): Path<String>) -> Result<Response, PageError> {
    let shown = async {
        let call = Call::read(&app, &me, &code).await?;
        Ok::<_, AppError>(html(&page(&app, &me, call, Form::default(), None)))
    };
    shown.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// `POST`: the last four digits that the caller names; guessing is slowed as on the tracking page (TRK-01).
pub async fn prove(
    State(app): State<App>,
    me: SignedIn,
    Path(code): Path<String>,
    Typed(mut form): Typed,
) -> Result<Response, PageError> {
    let sent = async {
        let call = Call::read(&app, &me, &code).await?;
        let key = call.short.id.to_string();
        let _held = app.guards.dossier_digits.admit(&app, &key).await?;
        let own = call.people.as_ref().filter(|p| knows(p, form.value("so_cuoi"))).map(|p| Own {
            applicant: p.applicant.name.clone(),
            papers: call.papers.clone(),
            result: call.result.clone(),
        });
        if own.is_none() {
            app.guards.dossier_digits.failed(&app, &key).await;
            let (vi, en) = (
                "Bốn số này không khớp. Xin người gọi đọc lại 4 số cuối của số điện thoại hoặc giấy tờ đã khai; chưa khớp thì không nói gì thêm.",
                "These digits do not match. Ask again for the last 4 digits of the telephone or identity number given; tell nothing more until they do.",
            );
            form.wrong(FieldError::new("so_cuoi", "proof.wrong", vi, en));
        }
        let status = if own.is_some() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        Ok::<_, AppError>((status, html(&page(&app, &me, call, form, own))).into_response())
    };
    sent.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

impl Call {
    async fn read(app: &App, me: &SignedIn, code: &str) -> Result<Self, AppError> {
        needs_operator(me)?;
        let key = Key::parse(code).ok_or(AppError::NotFound)?;
        let (app_, lang) = (app.clone(), me.reader.lang);
        let call = app
            .db
            .read(move |q| {
                let kept = store::find(q, &Scope::Province, &key)?.ok_or(AppError::NotFound)?;
                let short = short(q, &app_, &Key::Id(kept.id), lang)?.ok_or(AppError::NotFound)?;
                let governing = app_.versions.of(q, &kept.state.intake)?;
                let (reference, d) = (app_.reference(), &kept.state);
                let case = governing.procedure.variant(d.intake.variant.as_deref().unwrap_or_default());
                let got = d.intake.components.iter().filter(|c| c.is_here());
                let name = |id: &str| case.and_then(|v| v.component(id)).map(|c| c.name.clone());
                Ok::<_, AppError>(Self {
                    procedure: governing.procedure.name.clone(),
                    agency: reference.agency_name(d.intake.agency).to_owned(),
                    people: store::people(q, kept.id)?,
                    papers: got.filter_map(|c| name(&c.id)).collect(),
                    result: d.result.as_ref().map(|r| r.number.clone()),
                    short,
                })
            })
            .await?;
        reads::note(app, &me.who, Reading::Hotline, &[call.short.id]).await;
        Ok(call)
    }
}

fn page(app: &App, me: &SignedIn, call: Call, form: Form, own: Option<Own>) -> Page {
    let title = me.reader.lang.f1("Hồ sơ {}", &call.short.code);
    Page { shell: Shell::officer(app, me, Nav::Hotline, &title), call, form, own }
}
