//! The catalogue as a spreadsheet, and the blank forms that anybody may take.

use super::{keeper::Keeper, store};
use crate::{
    app::App,
    catalogue::excel,
    error::AppError,
    http::{PageError, Reader},
};
use axum::{
    body::Body,
    extract::{Path, Query, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use documents::spreadsheet::Format;
use domain::catalogue::ProcedureVersion;
use platform::{
    blobs::Sha256Hex,
    download::{Disposition, headers},
    file_kind::FileKind,
};
use std::{collections::HashMap, io::Cursor};

/// `GET …/xuat?dang=xlsx|csv|mau`: all procedures in force, one (`ma=`), or the empty template.
pub async fn spreadsheet(
    State(app): State<App>,
    me: Keeper,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let asked = query.get("dang").map_or("xlsx", String::as_str);
    let format = Format::from_extension(asked).unwrap_or(Format::Xlsx);
    let only = query.get("ma").cloned();
    let made = if asked == "mau" { write(format, Vec::new()).await } else { all(&app, format, only).await };
    let bytes = made.map_err(|e| me.wrong(&app, e))?;
    let name = if asked == "mau" { "mau-thu-tuc.xlsx".to_owned() } else { format!("thu-tuc.{}", format.extension()) };
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response())
}

async fn all(app: &App, format: Format, only: Option<String>) -> Result<Vec<u8>, AppError> {
    let reference = app.reference();
    let chosen = reference.procedures.iter().filter(|p| only.as_ref().is_none_or(|c| p.code.as_str() == c));
    let ids: Vec<_> = chosen.map(|p| p.version).collect();
    let versions = app.db.read(move |q| Ok::<_, AppError>(excel::read(q, &ids)?)).await?;
    write(format, versions).await
}

/// Writing thousands of rows takes a while: off the async threads.
async fn write(format: Format, versions: Vec<ProcedureVersion>) -> Result<Vec<u8>, AppError> {
    let made = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        excel::write(format, Cursor::new(&mut bytes), &versions)?;
        Ok::<_, AppError>(bytes)
    });
    made.await.map_err(AppError::internal)?
}

/// `GET /thu-tuc/{code}/bieu-mau/{paper}`: the blank form of a paper of a procedure in force.
pub async fn form_file(
    State(app): State<App>,
    reader: Reader,
    Path((code, paper)): Path<(String, String)>,
) -> Result<Response, PageError> {
    hand_out(&app, &code, &paper).await.map_err(|e| PageError::new(&app, &reader, e))
}

async fn hand_out(app: &App, code: &str, paper: &str) -> Result<Response, AppError> {
    let version = app.reference().procedure(code).map(|p| p.version).ok_or(AppError::NotFound)?;
    let (app_, paper) = (app.clone(), paper.to_owned());
    let file = app
        .db
        .read(move |q| {
            let governing = app_.versions.get(q, version)?;
            let papers = governing.procedure.variants.iter().flat_map(|v| &v.components);
            let sha256 = papers.filter(|c| c.id == paper).find_map(|c| c.form_file.as_deref());
            let found = sha256.map(|s| store::form_file(q, s)).transpose()?.flatten();
            found.ok_or(AppError::NotFound)
        })
        .await?;
    let hash: Sha256Hex = file.sha256.parse().map_err(AppError::internal)?;
    let kind = FileKind::from_extension(&file.kind)
        .ok_or_else(|| AppError::Internal(format!("catalogue_files {}: kind {}", file.sha256, file.kind)))?;
    let pieces = app.blobs.stream(hash).await.map_err(AppError::internal)?;
    let mut response = Body::from_stream(pieces).into_response();
    for (name, value) in headers(&file.name, kind, Disposition::Attachment) {
        let value = HeaderValue::from_str(&value).map_err(AppError::internal)?;
        response.headers_mut().insert(HeaderName::from_static(name), value);
    }
    Ok(response)
}
