//! `POST …/ca-thu`: takes a trial away. Trials are made on the preview.

use crate::{
    app::App,
    error::AppError,
    forms::admin::{Designer, change, draft_only, load},
    http::{Form, PageError, Typed},
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};

pub async fn drop(
    State(app): State<App>,
    me: Designer,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    dropped(&app, &me, &id, &form).await.map_err(|e| me.wrong(&app, e))
}

async fn dropped(app: &App, me: &Designer, id: &str, form: &Form) -> Result<Response, AppError> {
    let v = load(app, id).await?;
    let at: usize = form.value("drop").parse().map_err(|_| AppError::NotFound)?;
    change(app, me, form, v.id, "form.change", move |v, _| {
        draft_only(v)?;
        if at >= v.form.cases.len() {
            return Err(AppError::NotFound);
        }
        Ok(format!("- {}", v.form.cases.remove(at).name))
    })
    .await?;
    Ok(Redirect::to(&format!("/can-bo/quan-tri/bieu-mau/{id}?xong=luu#trials")).into_response())
}
