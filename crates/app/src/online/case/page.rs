//! `/ban-nhap/{id}/truong-hop`: which case, and which agency where the procedure leaves a choice.

use crate::{
    app::App,
    catalogue::Governing,
    dossier::offer::{self, Agencies},
    error::{AppError, FieldError},
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
use std::sync::Arc;

#[derive(Template)]
#[template(path = "online/case/page.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    form: Form,
    governing: Arc<Governing>,
    agencies: Agencies,
}

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
    let several = draft.governing.procedure.variants.len() > 1;
    let title = if several { lang.t("Trường hợp của ông/bà") } else { lang.t("Nơi giải quyết hồ sơ") };
    html(&Page {
        shell: Shell::public(app, &me.reader, title),
        frame: Frame::of(app, draft, Step::Case, lang),
        form,
        agencies: offer::agencies(app, &draft.governing),
        governing: Arc::clone(&draft.governing),
    })
}

pub async fn send(
    State(app): State<App>,
    me: Citizen,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    save(&app, &me, &id, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn save(app: &App, me: &Citizen, id: &str, mut form: Form) -> Result<Response, AppError> {
    let Found::Open(mut draft) = Draft::load(app, me, id).await? else {
        return Ok(Redirect::to("/cong-dan").into_response());
    };
    draft.save(app, me, &form, &["variant", "agency"]).await?;
    let variants = &draft.governing.procedure.variants;
    if variants.len() > 1 && draft.governing.procedure.variant(form.value("variant")).is_none() {
        let (vi, en) = ("Xin chọn trường hợp của ông/bà.", "Choose your case.");
        form.wrong(FieldError::missing("variant", vi, en));
    }
    if let Agencies::Choice(list) = offer::agencies(app, &draft.governing)
        && !list.iter().any(|(identifier, _)| identifier == form.value("agency"))
    {
        let (vi, en) = ("Xin chọn cơ quan giải quyết.", "Choose the competent agency.");
        form.wrong(FieldError::missing("agency", vi, en));
    }
    if form.is_good() {
        return Ok(Redirect::to(&draft.href(draft.next(app, Step::Case))).into_response());
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, &draft, form)).into_response())
}
