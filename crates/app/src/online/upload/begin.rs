//! `POST …/tai-len`: a file is announced; one that was announced before goes on where it stopped.

use super::{answer, refusal, store};
use crate::{
    app::App,
    dossier::{
        answers,
        files::{not_put, refused},
    },
    error::{AppError, FieldError},
    http::{ApiError, Form, Typed},
    online::{
        Citizen,
        draft::{Draft, Found},
        own, store as online,
    },
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use platform::{blobs::PutError, file_kind::RefusedFile};

/// Files that a contact may have on their way at once.
const MOST_OPEN: i64 = 20;
/// Files of one draft: more than any honest dossier has.
const MOST_FILES: usize = 100;

/// `POST /ban-nhap/{id}/tai-len`
pub async fn for_draft(
    State(app): State<App>,
    me: Citizen,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, ApiError> {
    let Found::Open(draft) = Draft::load(&app, &me, &id).await? else { return Err(AppError::NotFound.into()) };
    let is_asked = draft.papers().iter().any(|p| p.id == form.value("giay"));
    Ok(begin(&app, &me, draft.id, is_asked, &form).await?)
}

/// `POST /bo-sung/{code}/tai-len`
pub async fn for_supplement(
    State(app): State<App>,
    me: Citizen,
    Path(code): Path<String>,
    Typed(form): Typed,
) -> Result<Response, ApiError> {
    let proof = me.proof();
    let kept = app.db.read(move |q| own(q, &proof, &code)).await?;
    let request = kept.state.request.as_ref().ok_or(AppError::NotFound)?;
    let place = form.value("giay");
    let of_a_paper = request.items.iter().any(|i| i.component.as_deref() == Some(place));
    let is_asked = of_a_paper || request.in_words().any(|(item, _)| answers::draft_place(item) == place);
    Ok(begin(&app, &me, kept.id.raw(), is_asked, &form).await?)
}

async fn begin(app: &App, me: &Citizen, draft: i64, is_asked: bool, form: &Form) -> Result<Response, AppError> {
    if !is_asked {
        return Err(AppError::NotFound);
    }
    let announced = match read(app, draft, form) {
        Ok(announced) => announced,
        Err(e) => return Ok(refusal(me.reader.lang, &e)),
    };
    let (fresh, mark) = announced;
    let (contact, id, now) = (me.key.clone(), app.ids.next()?, app.machine.now());
    let upload = app
        .db
        .unit(move |unit| {
            if let Some(before) = store::begun(unit, &contact, draft, &fresh.place, &mark)? {
                return Ok(before);
            }
            if store::open_count(unit, &contact)? >= MOST_OPEN || online::draft_files(unit, draft)?.len() >= MOST_FILES
            {
                return Err(AppError::TooMany { retry_after: 600 });
            }
            let upload = store::Upload { id, ..fresh.clone() };
            store::insert(unit, &contact, &upload, &mark, now)?;
            Ok(upload)
        })
        .await?;
    Ok(answer(StatusCode::OK, &upload))
}

fn read(app: &App, draft: i64, form: &Form) -> Result<(store::Upload, String), FieldError> {
    let name: String = form.value("ten").chars().take(250).collect();
    let place = form.value("giay").to_owned();
    let field = format!("tep.{place}");
    let size: i64 = form.value("co").parse().unwrap_or(-1);
    let max_bytes = app.config.uploads.max_bytes;
    if size == 0 {
        return Err(refused(&field, &name, RefusedFile::Empty));
    }
    if u64::try_from(size).is_ok_and(|s| s > max_bytes) {
        let crate::dossier::files::Faulty::Field(e) = not_put(&field, &name, PutError::TooLong { max_bytes }) else {
            return Err(malformed(&field));
        };
        return Err(e);
    }
    let mark = form.value("dau").to_owned();
    let is_digest = mark.len() == 64 && mark.bytes().all(|b| b.is_ascii_hexdigit());
    if size < 0 || !is_digest || name.is_empty() {
        return Err(malformed(&field));
    }
    Ok((store::Upload { id: 0, draft, place, name, size, received: 0, is_done: false }, mark))
}

fn malformed(field: &str) -> FieldError {
    let (vi, en) = (
        "Trình duyệt gửi thiếu thông tin về tệp. Xin tải lại trang rồi chọn lại tệp.",
        "The browser said too little about the file. Load the page again and choose it again.",
    );
    FieldError::new(field, "upload.invalid", vi, en)
}
