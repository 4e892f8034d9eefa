//! `/xac-minh/{code}`: a third person checks a result that somebody showed: its number, day and signer as they were recorded, and
//! whether a file is the very one that was issued (RES-01). Nothing personal; the file is looked at and not kept.

use crate::{
    app::App,
    dossier::{
        store::{self, FileRow},
        tracking::{guarded, not_found, typed_key},
    },
    error::{AppError, FieldError},
    home::Foot,
    http::{Form, PageError, Peer, Reader, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Multipart, Path, State, multipart::Field},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    accounts::Scope,
    dossier::{Dossier, ResultEntered, Status},
};
use sha2::{Digest, Sha256};

#[derive(Template)]
#[template(path = "dossier/tracking/verify/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    form: Form,
    code: String,
    procedure: String,
    agency: String,
    /// Absent while nothing was handed over.
    result: Option<ResultEntered>,
    /// Names of the files that were issued.
    files: Vec<String>,
    /// What became of the comparison.
    verdict: Option<Verdict>,
}

enum Verdict {
    Same(String),
    Other,
}

/// What may be told of a dossier's result: nothing before it was handed over (RES-02).
struct Issued {
    state: Dossier,
    files: Vec<FileRow>,
}

async fn find(app: &App, text: &str) -> Result<Option<Issued>, AppError> {
    let Some(key) = typed_key(text) else { return Ok(None) };
    app.db
        .read(move |q| {
            let Some(kept) = store::find(q, &Scope::Public, &key)? else { return Ok(None) };
            let files = store::files(q, kept.id)?.into_iter().filter(|(place, _)| place == "result").map(|(_, f)| f);
            Ok(Some(Issued { files: files.collect(), state: kept.state }))
        })
        .await
}

pub async fn show(
    State(app): State<App>,
    reader: Reader,
    from: Peer,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    let fail = |e| PageError::new(&app, &reader, e);
    let Some(issued) = guarded(&app, from, find(&app, &code)).await.map_err(fail)? else {
        return Ok(not_found(&app, &reader, &code));
    };
    Ok(page(&app, &reader, &issued, Form::default(), None))
}

pub async fn send(
    State(app): State<App>,
    reader: Reader,
    from: Peer,
    Path(code): Path<String>,
    parts: Multipart,
) -> Result<Response, PageError> {
    let fail = |e| PageError::new(&app, &reader, e);
    let Some(issued) = guarded(&app, from, find(&app, &code)).await.map_err(fail)? else {
        return Ok(not_found(&app, &reader, &code));
    };
    let mut form = Form::default();
    let verdict = match digest(&app, parts).await {
        Ok(sha256) => {
            let same = issued.files.iter().find(|f| f.sha256 == sha256);
            Some(same.map_or(Verdict::Other, |f| Verdict::Same(f.name.clone())))
        }
        Err(wrong) => {
            form.wrong(wrong);
            None
        }
    };
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page(&app, &reader, &issued, form, verdict)).into_response())
}

/// The hash of the file that was sent; piece by piece, so that a large one costs no memory.
async fn digest(app: &App, mut parts: Multipart) -> Result<String, FieldError> {
    let missing = || {
        let (vi, en) = ("Xin chọn tệp cần kiểm tra.", "Choose the file to check.");
        FieldError::missing("tep", vi, en)
    };
    while let Ok(Some(field)) = parts.next_field().await {
        if field.name() == Some("tep") && field.file_name().is_some_and(|n| !n.is_empty()) {
            return hashed(app, field).await;
        }
    }
    Err(missing())
}

async fn hashed(app: &App, mut field: Field<'_>) -> Result<String, FieldError> {
    let mut hash = Sha256::new();
    let mut left = app.config.uploads.max_bytes;
    loop {
        match field.chunk().await {
            Ok(Some(piece)) if piece.len() as u64 <= left => {
                left -= piece.len() as u64;
                hash.update(&piece);
            }
            Ok(None) => return Ok(domain::hex(&hash.finalize())),
            _ => {
                let (vi, en) = (
                    "Tệp lớn quá hoặc gửi bị ngắt. Xin gửi lại đúng tệp kết quả.",
                    "The file is too large or broke off on its way. Send the very file of the result again.",
                );
                return Err(FieldError::new("tep", "file.broken_off", vi, en));
            }
        }
    }
}

fn page(app: &App, reader: &Reader, issued: &Issued, form: Form, verdict: Option<Verdict>) -> Response {
    let (reference, d) = (app.reference(), &issued.state);
    let is_out = matches!(d.status, Status::Returned { .. });
    let procedure = reference.procedure(&d.intake.procedure_code).map(|p| p.name.clone());
    html(&Page {
        shell: Shell::public(app, reader, reader.lang.t("Kiểm tra kết quả")),
        foot: Foot::of(app),
        code: d.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        procedure: procedure.unwrap_or_else(|| d.intake.procedure_code.clone()),
        agency: reference.agency_name(d.intake.agency).to_owned(),
        result: d.result.clone().filter(|_| is_out),
        files: issued.files.iter().filter(|_| is_out).map(|f| f.name.clone()).collect(),
        verdict: verdict.filter(|_| is_out),
        form,
    })
}
