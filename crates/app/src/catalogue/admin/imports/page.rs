//! `/can-bo/quan-tri/thu-tuc/nhap`: a file to import or to look at, and the imports so far (CAT-01).

use crate::{
    app::App,
    catalogue::{
        admin::{keeper::Keeper, values},
        import::{
            self,
            store::{self, Batch, State as BatchState},
        },
    },
    error::{AppError, FieldError},
    http::{Form, PageError, Shell, html},
    import::{Fate, Job, Line, Summary},
};
use askama::Template;
use axum::{
    extract::{Multipart, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::time::Instant;
use futures_util::TryStreamExt;
use platform::blobs::{Blob, PutError};
use std::collections::HashMap;

const PAGE: i64 = 20;
/// Lines of a look that are shown.
const MOST_SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "catalogue/admin/imports/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    batches: Vec<(Batch, String)>,
    older: Option<i64>,
    seen: Option<Seen>,
}

/// What an import would do.
struct Seen {
    file: String,
    summary: Summary,
    lines: Vec<Line>,
}

pub async fn show(
    State(app): State<App>,
    me: Keeper,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let before = query.get("truoc").and_then(|t| t.parse().ok()).unwrap_or(i64::MAX);
    let told = values::flash(me.reader.lang, query.get("xong"));
    page(&app, &me, Form::default(), before, None, told).await.map_err(|e| me.wrong(&app, e))
}

async fn page(
    app: &App,
    me: &Keeper,
    form: Form,
    before: i64,
    seen: Option<Seen>,
    told: Option<String>,
) -> Result<Response, AppError> {
    me.needs_central()?;
    let batches = app.db.read(move |q| Ok::<_, AppError>(store::batches(q, before, PAGE)?)).await?;
    let full = batches.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX);
    let older = batches.last().filter(|_| full).map(|b| b.id);
    let reference = app.reference();
    let by = |b: &Batch| b.officer.map_or_else(|| "motcua".to_owned(), |o| reference.officer_name(o).to_owned());
    let batches = batches.into_iter().map(|b| (b.clone(), by(&b))).collect();
    Ok(html(&Page {
        shell: me.shell(app, "Nhập danh mục thủ tục").with_flash(told), form, batches, older, seen
    }))
}

pub async fn send(
    State(app): State<App>,
    me: Keeper,
    parts: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response, PageError> {
    take(&app, &me, parts.ok()).await.map_err(|e| me.wrong(&app, e))
}

async fn take(app: &App, me: &Keeper, parts: Option<Multipart>) -> Result<Response, AppError> {
    me.needs_central()?;
    let (mut form, file) = match parts {
        Some(parts) => read(app, parts).await?,
        None => (Form::default(), None),
    };
    let Some((name, blob)) = file else {
        if form.is_good() {
            let (vi, en) = ("Xin chọn một tệp: Excel, CSV hoặc JSON.", "Choose a file: Excel, CSV or JSON.");
            form.wrong(FieldError::new("file", "file.missing", vi, en));
        }
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, form, i64::MAX, None, None).await?).into_response());
    };
    if !form.is("look", "1") {
        let batch = import::wait_for(app, name, blob.sha256, form.is("accept", "1"), &me.who).await?;
        return Ok(Redirect::to(&format!("/can-bo/quan-tri/thu-tuc/nhap/{}?xong=tai-len", batch.id)).into_response());
    }
    match look(app, name, blob).await {
        Ok(seen) => page(app, me, form, i64::MAX, Some(seen), None).await,
        Err(e) => {
            form.absorb(e)?;
            let shown = page(app, me, form, i64::MAX, None, None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
        }
    }
}

/// The file goes to the store as it comes; the other parts are the form.
async fn read(app: &App, mut parts: Multipart) -> Result<(Form, Option<(String, Blob)>), AppError> {
    let (mut form, mut file) = (Form::default(), None);
    while let Ok(Some(field)) = parts.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            Some(file_name) if !file_name.is_empty() => {
                let kept: String = file_name.chars().take(200).collect();
                match app.blobs.put_stream(field, app.config.uploads.max_bytes).await {
                    Ok(blob) => file = Some((kept, blob)),
                    Err(e) => form.wrong(not_put(e)?),
                }
            }
            Some(_) => {}
            None => form = form.with(&name, field.text().await.unwrap_or_default()),
        }
    }
    Ok((form, file))
}

fn not_put(e: PutError) -> Result<FieldError, AppError> {
    let (vi, en) = match e {
        PutError::Empty => ("Tệp rỗng. Xin chọn tệp khác.", "The file is empty. Choose another one."),
        PutError::TooLong { .. } => (
            "Tệp quá lớn. Xin chia nhỏ, hoặc dùng lệnh import trên máy chủ.",
            "The file is too large. Divide it, or use the command import on the server.",
        ),
        PutError::BrokenOff(_) => {
            ("Đường truyền bị ngắt. Xin gửi lại tệp.", "The line broke off. Send the file again.")
        }
        PutError::NoSpace => return Err(AppError::Busy("no space left in the file store".into())),
        PutError::Io(e) => return Err(AppError::internal(e)),
    };
    Ok(FieldError::new("file", "file.not_taken", vi, en))
}

/// Says what an import would do, and changes nothing.
async fn look(app: &App, file: String, blob: Blob) -> Result<Seen, AppError> {
    let stream = app.blobs.stream(blob.sha256).await.map_err(AppError::internal)?;
    let pieces: Vec<bytes::Bytes> = stream.try_collect().await.map_err(AppError::internal)?;
    let (app, bytes) = (app.clone(), pieces.concat());
    let looked = tokio::task::spawn_blocking(move || {
        let mut lines = Vec::new();
        let mut on_line = |line: Line, _: usize| {
            if lines.len() < MOST_SHOWN && !matches!(line.fate, Fate::Unchanged | Fate::Taken) {
                lines.push(line);
            }
        };
        let job = Job { name: &file, bytes: &bytes, dry_run: true, on_line: &mut on_line };
        let summary = import::import_procedures(&app, job)?;
        Ok::<_, AppError>(Seen { file, summary, lines })
    });
    looked.await.map_err(AppError::internal)?
}

impl Page {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates call it, with references")]
    fn when(&self, at: &i64) -> String {
        self.shell.when(Instant::from_millis(*at))
    }
    #[expect(
        clippy::unused_self,
        clippy::trivially_copy_pass_by_ref,
        reason = "the template calls it, with references"
    )]
    fn state(&self, state: &BatchState) -> &'static str {
        state_words(*state)
    }
    /// The words of a line: what became of it, and why.
    #[expect(clippy::unused_self, reason = "the template calls it")]
    fn told(&self, fate: &Fate) -> (&'static str, String) {
        match fate {
            Fate::Taken => ("lấy", String::new()),
            Fate::Mended { what } => ("lấy sau khi sửa", what.join("; ")),
            Fate::Refused { why } => ("không lấy", why.clone()),
            Fate::Unchanged => ("không đổi", String::new()),
            Fate::Changed { what } => ("chờ đồng ý", what.join("; ")),
        }
    }
}

/// The words of a batch's state.
pub const fn state_words(state: BatchState) -> &'static str {
    match state {
        BatchState::Waiting => "Đang chờ",
        BatchState::Running => "Đang nhập",
        BatchState::Done => "Đã nhập",
        BatchState::Undoing => "Đang hoàn tác",
        BatchState::Undone => "Đã hoàn tác",
        BatchState::Failed => "Không đọc được tệp",
    }
}
