use crate::{
    accounts::SignedIn,
    app::App,
    dossier::store::{self, Key},
    error::AppError,
    http::PageError,
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderName, HeaderValue},
    response::{IntoResponse, Response},
};
use domain::accounts::Scope;
use platform::{
    blobs::Sha256Hex,
    download::{Disposition, headers},
    file_kind::FileKind,
};

/// A file of a dossier, shown or saved by the officer's browser.
pub async fn download(
    State(app): State<App>,
    me: SignedIn,
    Path((key, sha256)): Path<(String, String)>,
) -> Result<Response, PageError> {
    hand_out(&app, me.who.scope(), &key, &sha256).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// Only within the scope of the dossier, and only when it is attached to it: knowing a hash opens nothing.
pub async fn hand_out(app: &App, scope: Scope, key: &str, sha256: &str) -> Result<Response, AppError> {
    let key = Key::parse(key).ok_or(AppError::NotFound)?;
    let hash: Sha256Hex = sha256.parse().map_err(|_| AppError::NotFound)?;
    let asked = hash.to_string();
    let row = app
        .db
        .read(move |q| {
            let kept = store::find(q, &scope, &key)?.ok_or(AppError::NotFound)?;
            let files = store::files(q, kept.id)?;
            files.into_iter().map(|(_, f)| f).find(|f| f.sha256 == asked).ok_or(AppError::NotFound)
        })
        .await?;
    let kind = FileKind::from_extension(&row.kind)
        .ok_or_else(|| AppError::Internal(format!("dossier_files {}: kind {}", row.sha256, row.kind)))?;
    let pieces = app.blobs.stream(hash).await.map_err(AppError::internal)?;
    let mut response = Body::from_stream(pieces).into_response();
    for (name, value) in headers(&row.name, kind, Disposition::Inline) {
        let value = HeaderValue::from_str(&value).map_err(AppError::internal)?;
        response.headers_mut().insert(HeaderName::from_static(name), value);
    }
    Ok(response)
}
