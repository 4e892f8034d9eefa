use crate::{
    app::App,
    dossier::{
        store::{self, Key},
        tracking::typed_key,
    },
    error::{AppError, FieldError},
    home::Foot,
    http::{Form, PageError, Peer, Reader, Shell, encode, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::accounts::Scope;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "dossier/tracking/find/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    form: Form,
}

/// `GET /tra-cuu`: asks for a code; with `?ma=` leads to the dossier.
pub async fn show(
    State(app): State<App>,
    reader: Reader,
    from: Peer,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    let mut form = Form::from_pairs(asked);
    let Some(text) = form.text("ma").map(str::to_owned) else { return Ok(page(&app, &reader, form)) };
    match typed_key(&text) {
        Some(Key::Code(code)) => Ok(Redirect::to(&format!("/tra-cuu/{}", encode(&code))).into_response()),
        Some(key) => scanned(&app, &reader, from, key, text).await,
        None => {
            let (vi, en) = (
                "Mã hồ sơ có dạng H49.24-261117-0008: mã cơ quan, ngày nộp và số thứ tự. Xin xem trên giấy hẹn.",
                "A dossier code looks like H49.24-261117-0008. It stands on your receipt.",
            );
            form.wrong(FieldError::new("ma", "code.invalid", vi, en));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, &reader, form)).into_response())
        }
    }
}

/// A bar code names the dossier by its number; the page stands under its code.
async fn scanned(app: &App, reader: &Reader, from: Peer, key: Key, text: String) -> Result<Response, PageError> {
    let code = async {
        let found = app.db.read(move |q| Ok::<_, AppError>(store::find(q, &Scope::Public, &key)?)).await?;
        Ok(found.and_then(|kept| kept.state.code))
    };
    let code = guarded(app, from, code).await.map_err(|e| PageError::new(app, reader, e))?;
    Ok(match code {
        Some(code) => Redirect::to(&format!("/tra-cuu/{}", encode(code.as_str()))).into_response(),
        None => not_found(app, reader, &text),
    })
}

/// Looks something up by a code that somebody typed: a miss counts as a guess of this address, a find costs nothing, however
/// many ask at once.
pub async fn guarded<T>(
    app: &App,
    from: Peer,
    look: impl Future<Output = Result<Option<T>, AppError>>,
) -> Result<Option<T>, AppError> {
    app.guards.lookup.check_here(app, &from.0)?;
    let found = look.await?;
    if found.is_none() {
        app.guards.lookup.failed(app, &from.0).await;
    }
    Ok(found)
}

/// The same page with a polite word: no such dossier.
pub fn not_found(app: &App, reader: &Reader, text: &str) -> Response {
    let mut form = Form::default().with("ma", text);
    let (vi, en) = (
        "Chưa tìm thấy hồ sơ có mã này. Xin ông/bà đối chiếu lại từng chữ số với giấy hẹn, hoặc gọi tổng đài.",
        "No dossier has this code. Please compare each digit with your receipt, or call the hotline.",
    );
    form.wrong(FieldError::new("ma", "code.unknown", vi, en));
    (StatusCode::NOT_FOUND, page(app, reader, form)).into_response()
}

fn page(app: &App, reader: &Reader, form: Form) -> Response {
    let shell = Shell::public(app, reader, reader.lang.t("Tra cứu hồ sơ"));
    html(&Page { shell, foot: Foot::of(app), form })
}
