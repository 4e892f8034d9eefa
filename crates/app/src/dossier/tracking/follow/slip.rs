use crate::{
    app::App,
    dossier::{
        store,
        tracking::{load, not_found, proof, typed_key},
    },
    error::AppError,
    http::{PageError, Reader, encode},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use documents::{Form, Paper, render};
use domain::accounts::Scope;

/// `GET /tra-cuu/{code}/giay-hen.pdf`: the receipt again, for who has proved to be on the dossier.
pub async fn download(
    State(app): State<App>,
    reader: Reader,
    headers: HeaderMap,
    Path(text): Path<String>,
) -> Result<Response, PageError> {
    let fail = |e: AppError| PageError::new(&app, &reader, e);
    let Some(key) = typed_key(&text) else { return Ok(not_found(&app, &reader, &text)) };
    let app_ = app.clone();
    let cookies = headers.get(header::COOKIE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let slip = app
        .db
        .read(move |q| {
            let Some(found) = load(q, &app_, &Scope::Public, &key)? else { return Ok::<_, AppError>(None) };
            if !proof::holds(&app_, &cookies, found.id) {
                return Ok(None);
            }
            let receipt = found.state.receipt.as_ref().ok_or(AppError::NotFound)?;
            Ok(store::slip(q, receipt.id)?)
        })
        .await
        .map_err(fail)?;
    // Whoever comes without the proof, or after it has run out, is asked for it.
    let Some(slip) = slip else { return Ok(Redirect::to(&format!("/tra-cuu/{}", encode(&text))).into_response()) };
    let pdf = tokio::task::spawn_blocking(move || {
        let form: Form = serde_json::from_str(&slip.data).map_err(AppError::internal)?;
        render(&form, Paper::A5).map_err(AppError::internal)
    });
    let pdf = pdf.await.map_err(|e| fail(AppError::internal(e)))?.map_err(fail)?;
    Ok((
        [
            (header::CONTENT_TYPE, "application/pdf"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"giay-hen.pdf\""),
            (header::CACHE_CONTROL, "no-store"),
        ],
        pdf,
    )
        .into_response())
}
