use crate::{
    app::App,
    dossier::{
        store,
        tracking::{not_found, proof, typed_key},
    },
    error::AppError,
    http::{PageError, Reader, Typed, encode},
    notices,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{accounts::Scope, notices::Channel};

/// `POST /tra-cuu/{code}/tin`: by which channels the applicant wants to be told, for who has proved to be on the dossier.
pub async fn choose(
    State(app): State<App>,
    reader: Reader,
    headers: HeaderMap,
    Path(text): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    let fail = |e: AppError| PageError::new(&app, &reader, e);
    let Some(key) = typed_key(&text) else { return Ok(not_found(&app, &reader, &text)) };
    let cookies = headers.get(header::COOKIE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let chosen: Vec<Channel> = form.all("kenh").iter().filter_map(|k| Channel::from_key(k)).take(4).collect();
    let app_ = app.clone();
    let save = move |unit: &mut platform::db::Unit| {
        let Some(kept) = store::find(unit, &Scope::Public, &key)? else { return Ok::<_, AppError>(()) };
        // Whoever comes after the proof has run out is asked for it again.
        if proof::holds(&app_, &cookies, kept.id) {
            notices::store::put_choice(unit, kept.id, &chosen)?;
        }
        Ok(())
    };
    app.db.unit(save).await.map_err(fail)?;
    Ok(Redirect::to(&format!("/tra-cuu/{}#tin", encode(&text))).into_response())
}
