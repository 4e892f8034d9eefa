//! `/rut-ho-so/{code}`: the applicant takes back what was handed in online, with a reason, any time before the decision (FLW-08).

use crate::{
    app::App,
    dossier::{
        self, Order, Target,
        store::{Kept, Key},
    },
    error::{AppError, answered},
    home::Foot,
    http::{Form, PageError, Shell, Typed, hidden_key, html, once},
    mandates,
    online::{self, Citizen},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::dossier::{Command, may_withdraw};
use platform::db::Answer;

#[derive(Template)]
#[template(path = "online/withdraw/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    form: Form,
    code: String,
    procedure: String,
}

async fn find(app: &App, me: &Citizen, code: &str) -> Result<Kept, AppError> {
    let (proof, code) = (me.proof(), code.to_owned());
    app.db.read(move |q| online::own(q, &proof, &code)).await
}

pub async fn show(State(app): State<App>, me: Citizen, Path(code): Path<String>) -> Result<Response, PageError> {
    let shown = async {
        let kept = find(&app, &me, &code).await?;
        may_withdraw(&online::sender(&app, Some(kept.state.intake.centre)), &kept.state)?;
        page(&app, &me, &kept, Form::default().with("once", hidden_key(&app))).await
    };
    shown.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &Citizen, kept: &Kept, form: Form) -> Result<Response, AppError> {
    let (app_, intake) = (app.clone(), kept.state.intake.clone());
    let governing = app.db.read(move |q| app_.versions.of(q, &intake)).await?;
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = html(&Page {
        shell: Shell::public(app, &me.reader, me.reader.lang.t("Rút hồ sơ")),
        foot: Foot::of(app),
        code: kept.state.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        procedure: governing.procedure.name.clone(),
        form,
    });
    Ok((status, shown).into_response())
}

pub async fn send(
    State(app): State<App>,
    me: Citizen,
    Path(code): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    sent(&app, &me, &code, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent(app: &App, me: &Citizen, code: &str, mut form: Form) -> Result<Response, AppError> {
    let kept = find(app, me, code).await?;
    let (vi, en) = ("Xin ghi lý do rút hồ sơ.", "Say why the dossier is withdrawn.");
    let reason = form.required("reason", vi, en);
    if form.is_good() {
        match withdraw(app, me, &kept, reason, form.key(app)).await {
            Ok(()) => {
                let code = kept.state.code.as_ref().map(ToString::to_string).unwrap_or_default();
                return Ok(Redirect::to(&format!("/tra-cuu/{code}")).into_response());
            }
            Err(e) => form.absorb(e)?,
        }
    }
    let once = form.key(app);
    page(app, me, &kept, form.with("once", once)).await
}

async fn withdraw(app: &App, me: &Citizen, kept: &Kept, reason: String, key: String) -> Result<(), AppError> {
    let who = online::sender(app, Some(kept.state.intake.centre));
    let said = format!("withdraw {} {reason}", kept.id);
    // Whatever happened to it meanwhile, the wish is the same; a decision that was faster is told by the domain.
    let target = Target::Known { key: Key::Id(kept.id), version: kept.state.version };
    let order = Order { target, command: Command::Withdraw { reason } };
    let once = once(app, format!("citizen/{}", me.key), key, &said);
    let (app_, acting, id) = (app.clone(), me.acting.clone(), kept.id);
    let outcome = app.db.unit_once(once, move |unit| {
        dossier::apply(unit, &app_, &who, &order)?;
        mandates::note(unit, &app_, acting.as_ref(), id, mandates::What::Withdraw)?;
        Ok::<_, AppError>(Answer { status: 303, body: String::new() })
    });
    answered(outcome.await?).map(drop)
}
