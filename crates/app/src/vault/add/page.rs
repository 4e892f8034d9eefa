//! `/cong-dan/kho/them`: the citizen puts a paper of their own into the store (STO-01). A file that came stays while the rest is
//! mended.

use crate::{
    app::App,
    dossier::{
        files, intake_fields,
        store::{self as dossiers, FileRow},
    },
    error::{AppError, FieldError},
    home::Foot,
    http::{Form, PageError, Shell, hidden_key, html, once},
    vault::{
        holder::Holder,
        seals,
        store::{self, Described, Source},
        words::File,
    },
};
use askama::Template;
use axum::{
    extract::{Multipart, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::Who,
    id::Id,
    vault::{Origin, Validity},
};
use jiff::civil::Date;
use platform::db::{Answer, Outcome};

#[derive(Template)]
#[template(path = "vault/add/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    form: Form,
    /// Files that came with an earlier try: what the form sends back, and the file.
    kept: Vec<(String, File)>,
    max_bytes: u64,
}

/// Files of one paper; more than any honest one has.
const MOST_FILES: usize = 20;
/// Letters of one field.
const LONGEST: usize = 300;

pub async fn show(State(app): State<App>, holder: Holder) -> Response {
    page(&app, &holder, Form::default().with("once", hidden_key(&app)), &[])
}

fn page(app: &App, holder: &Holder, form: Form, files: &[FileRow]) -> Response {
    let lang = holder.me.reader.lang;
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = html(&Page {
        shell: Shell::public(app, &holder.me.reader, lang.t("Thêm giấy tờ vào kho")),
        foot: Foot::of(app),
        kept: files.iter().map(|f| (mark(app, holder, &f.sha256), File::of(f, lang))).collect(),
        max_bytes: app.config.uploads.max_bytes,
        form,
    });
    (status, shown).into_response()
}

/// A hash as this session alone may send it back: who learns the hash of another's file gets nothing for it.
fn mark(app: &App, holder: &Holder, sha256: &str) -> String {
    let mac = app.secret.derive("vault-kept").mac(&[holder.me.session.as_bytes(), sha256.as_bytes()]);
    format!("{sha256}:{}", domain::hex(&mac))
}

fn marked(app: &App, holder: &Holder, value: &str) -> Option<String> {
    let (sha256, _) = value.split_once(':')?;
    (mark(app, holder, sha256) == value).then(|| sha256.to_owned())
}

pub async fn send(State(app): State<App>, holder: Holder, parts: Multipart) -> Result<Response, PageError> {
    keep(&app, &holder, parts).await.map_err(|e| PageError::new(&app, &holder.me.reader, e))
}

async fn keep(app: &App, holder: &Holder, parts: Multipart) -> Result<Response, AppError> {
    let who = Who::citizen(Id::new(0));
    let sent = files::read(app, &who, parts).await?;
    let mut files = earlier(app, holder, &who, sent.form.all("da_co")).await?;
    for file in sent.came("tep") {
        if files.iter().all(|f| f.sha256 != file.sha256) {
            files.push(file.clone());
        }
    }
    let mut form = sent.form;
    for over in files.drain(MOST_FILES.min(files.len())..) {
        form.wrong(files::one_too_many("tep", &over.name, MOST_FILES));
    }
    let described = described(&mut form);
    if files.is_empty() && form.error("tep", crate::messages::Lang::Vi).is_none() {
        let (vi, en) = (
            "Xin chọn tệp của giấy tờ, ví dụ tệp PDF hoặc ảnh chụp.",
            "Choose the file of the paper, such as a PDF or a photograph.",
        );
        form.wrong(FieldError::missing("tep", vi, en));
    }
    if !form.is("xac_nhan", "co") {
        let (vi, en) = (
            "Xin xác nhận giấy tờ là của ông/bà và tệp đúng với bản gốc, rồi gửi lại.",
            "Confirm that the paper is yours and the file is true to the original, then send again.",
        );
        form.wrong(FieldError::missing("xac_nhan", vi, en));
    }
    if !form.is_good() {
        return Ok(page(app, holder, form, &files));
    }
    let hashes: Vec<_> = files.iter().map(|f| f.sha256.as_str()).collect();
    let command = format!("vault {described:?} {hashes:?}");
    let once = once(app, format!("citizen/{}", holder.me.key), form.key(app), &command);
    let (owner, id, now) = (holder.number.clone(), app.id()?, app.now().millis());
    let sealed = seals::seal(app, &owner, &described.name, &files, app.now());
    let outcome = app
        .db
        .unit_once::<AppError>(once, move |unit| {
            let source =
                Source { origin: Origin::Own, dossier: None, procedure: None, field: None, by: Who::CITIZEN, at: now };
            let paper = store::put(unit, id, &owner, &source, &described)?;
            for file in &files {
                store::put_file(unit, paper, file)?;
            }
            store::put_seal(unit, paper, &sealed)?;
            Ok(Answer { status: 303, body: String::new() })
        })
        .await?;
    match outcome {
        Outcome::Fresh(_) | Outcome::Replay(_) => Ok(Redirect::to("/cong-dan/kho?xong=them").into_response()),
        Outcome::Mismatch => Err(AppError::KeyMismatch),
    }
}

async fn earlier(app: &App, holder: &Holder, who: &Who, values: &[String]) -> Result<Vec<FileRow>, AppError> {
    let hashes: Vec<_> = values.iter().filter_map(|v| marked(app, holder, v)).take(MOST_FILES).collect();
    let (who, now) = (who.clone(), app.machine.now());
    app.db
        .read(move |q| {
            let found = hashes.iter().map(|h| dossiers::upload(q, &who, h, now)).collect::<Result<Vec<_>, _>>()?;
            Ok(found.into_iter().flatten().collect())
        })
        .await
}

/// What was typed of a paper; what is wrong is noted beside its field.
fn described(form: &mut Form) -> Described {
    let (vi, en) = ("Xin ghi tên giấy tờ như in trên giấy.", "Write the name of the paper as printed on it.");
    let name = intake_fields::line(&form.required("ten", vi, en));
    form.at_most("ten", LONGEST);
    Described { name, ..typed(form) }
}

/// What stands on a paper besides its name.
pub fn typed(form: &mut Form) -> Described {
    let (issued_on, from, until) = (day(form, "ngay_cap"), day(form, "tu_ngay"), day(form, "den_ngay"));
    let validity = Validity::new(from, until).unwrap_or_else(|wrong| {
        form.wrong(FieldError::new("den_ngay", "validity.invalid", wrong.to_string(), wrong.en()));
        Validity::default()
    });
    let [number, about, issuer, signer, extent] = ["so", "trich_yeu", "co_quan", "nguoi_ky", "pham_vi"].map(|name| {
        form.at_most(name, LONGEST);
        intake_fields::line(form.value(name))
    });
    Described { name: String::new(), number, about, issuer, signer, issued_on, validity, extent }
}

fn day(form: &mut Form, name: &str) -> Option<Date> {
    let text = form.text(name)?.to_owned();
    let read = intake_fields::day(&text);
    if read.is_none() {
        let (vi, en) = ("Xin ghi ngày như 22/11/2026.", "Write a day like 22/11/2026.");
        form.wrong(FieldError::new(name, "day.invalid", vi, en));
    }
    read
}
