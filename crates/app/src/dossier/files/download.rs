use crate::{
    accounts::SignedIn,
    app::App,
    dossier::store::{self, FileRow, Key},
    error::AppError,
    http::PageError,
    reads,
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderName, HeaderValue},
    response::{IntoResponse, Response},
};
use domain::{
    accounts::{Reading, Who},
    vault::is_identity_document,
};
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
    hand_out(&app, &me.who, &key, &sha256).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// Only within the scope of the dossier, and only when it is attached to it: knowing a hash opens nothing. Who looks is
/// written down (SEC-01).
pub async fn hand_out(app: &App, who: &Who, key: &str, sha256: &str) -> Result<Response, AppError> {
    let key = Key::parse(key).ok_or(AppError::NotFound)?;
    let hash: Sha256Hex = sha256.parse().map_err(|_| AppError::NotFound)?;
    let (scope, asked) = (who.scope(), hash.to_string());
    let versions = app.clone();
    let (dossier, way, row) = app
        .db
        .read(move |q| {
            let kept = store::find(q, &scope, &key)?.ok_or(AppError::NotFound)?;
            let files = store::files(q, kept.id)?;
            // A signature is shown on its slip only.
            let file = files.into_iter().find(|(place, f)| place != super::SIGNATURE && f.sha256 == asked);
            let (place, file) = file.ok_or(AppError::NotFound)?;
            let governing = versions.versions.of(q, &kept.state.intake)?;
            let case = governing.procedure.variant(kept.state.intake.variant.as_deref().unwrap_or_default());
            let shows_who = case.and_then(|v| v.component(&place)).is_some_and(is_identity_document);
            Ok::<_, AppError>((kept.id, if shows_who { Reading::Identity } else { Reading::File }, file))
        })
        .await?;
    reads::note(app, who, way, &[dossier]).await;
    hand_over(app, &row).await
}

/// The file itself, for somebody of whom it was made sure that they may have it.
pub async fn hand_over(app: &App, row: &FileRow) -> Result<Response, AppError> {
    let hash: Sha256Hex = row.sha256.parse().map_err(|_| AppError::NotFound)?;
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
