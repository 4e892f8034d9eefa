use crate::{
    app::App,
    dossier::{
        files::hand_over,
        store,
        tracking::{not_found, proof, typed_key},
    },
    error::AppError,
    http::{PageError, Reader, encode},
    online,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{accounts::Scope, dossier::Status};

/// `GET /tra-cuu/{code}/ket-qua/{sha256}`: a file of the result, for who has proved to be on the dossier, once it was handed over
/// (RES-02).
pub async fn result(
    State(app): State<App>,
    reader: Reader,
    headers: HeaderMap,
    Path((text, sha256)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let fail = |e: AppError| PageError::new(&app, &reader, e);
    let Some(key) = typed_key(&text) else { return Ok(not_found(&app, &reader, &text)) };
    let cookies = headers.get(header::COOKIE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let (app_, session) = (app.clone(), online::presented(&app, &headers));
    let found = app
        .db
        .read(move |q| {
            let kept = store::find(q, &Scope::Public, &key)?.ok_or(AppError::NotFound)?;
            let sent_it = match &session {
                Some(session) => online::sent_by(q, &app_, session, kept.id)?,
                None => false,
            };
            if !sent_it && !proof::holds(&app_, &cookies, kept.id) {
                return Ok(None);
            }
            let is_out = matches!(kept.state.status, Status::Returned { .. });
            let files = store::files(q, kept.id)?.into_iter().filter(|(place, _)| place == "result" && is_out);
            let file = files.map(|(_, f)| f).find(|f| f.sha256 == sha256);
            file.map(Some).ok_or(AppError::NotFound)
        })
        .await
        .map_err(fail)?;
    // Whoever comes without the proof, or after it has run out, is asked for it.
    let Some(file) = found else { return Ok(Redirect::to(&format!("/tra-cuu/{}", encode(&text))).into_response()) };
    hand_over(&app, &file).await.map_err(fail)
}
