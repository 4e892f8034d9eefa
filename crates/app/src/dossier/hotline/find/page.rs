//! `/can-bo/tong-dai`: by the code, the telephone or the number of a paper that the caller names. Numbers of people are sent, so
//! that they come to stand in no address; what is found says nothing personal.

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        hotline::needs_operator,
        inbox,
        store::{self, Key},
        tracking::{Short, short, typed_key},
    },
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, encode, html},
    messages::Lang,
    reads,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::{Reading, Scope},
    people::{IdentityNumber, Phone},
};

#[derive(Template)]
#[template(path = "dossier/hotline/find/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    /// What was found, with the procedure and the day of receipt: by these the caller says which one it is.
    rows: Vec<Row>,
}

struct Row {
    short: Short,
    procedure: String,
    since: String,
}

/// More than these the caller is asked to narrow by the code.
const MOST: i64 = 20;

pub async fn show(State(app): State<App>, me: SignedIn) -> Result<Response, PageError> {
    needs_operator(&me).map_err(|e| PageError::new(&app, &me.reader, e))?;
    Ok(html(&page(&app, &me, Form::default(), Vec::new())))
}

pub async fn send(State(app): State<App>, me: SignedIn, Typed(mut form): Typed) -> Result<Response, PageError> {
    let sent = async {
        needs_operator(&me)?;
        let text = form.required(
            "q",
            "Xin nhập mã hồ sơ, số điện thoại hoặc số định danh mà người gọi đọc.",
            "Enter the dossier code, telephone or identity number that the caller names.",
        );
        let rows = if form.is_good() { find(&app, &me, &text).await? } else { Vec::new() };
        if let [only] = rows.as_slice() {
            return Ok(Redirect::to(&format!("/can-bo/tong-dai/{}", encode(&only.short.code))).into_response());
        }
        if rows.is_empty() && form.is_good() {
            let (vi, en) = (
                "Không thấy hồ sơ nào. Xin người gọi đọc lại từng chữ số, hoặc đọc mã trên giấy hẹn, ví dụ H49.24-261117-0008.",
                "No dossier was found. Ask the caller to repeat each digit, or for the code on the receipt, such as H49.24-261117-0008.",
            );
            form.wrong(FieldError::new("q", "dossier.unknown", vi, en));
        }
        let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        Ok::<_, AppError>((status, html(&page(&app, &me, form, rows))).into_response())
    };
    sent.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn find(app: &App, me: &SignedIn, text: &str) -> Result<Vec<Row>, AppError> {
    let (app_, asked, lang) = (app.clone(), text.to_owned(), me.reader.lang);
    let rows = app
        .db
        .read(move |q| {
            if let Some(key) = typed_key(&asked) {
                let kept = store::find(q, &Scope::Province, &key)?;
                let row = kept.map(|kept| row(q, &app_, kept.id, &kept.state, lang)).transpose()?;
                return Ok::<_, AppError>(row.flatten().into_iter().collect());
            }
            let number = number(&asked);
            let found = inbox::store::by_number(q, &Scope::Province, &number, MOST)?;
            let rows: Result<Vec<_>, AppError> =
                found.into_iter().map(|work| row(q, &app_, work.id, &work.state, lang)).collect();
            Ok(rows?.into_iter().flatten().collect::<Vec<Row>>())
        })
        .await?;
    let ids: Vec<_> = rows.iter().map(|r| r.short.id).collect();
    reads::note(app, &me.who, Reading::Search, &ids).await;
    Ok(rows)
}

/// As it is kept: a telephone in national form, the number of a person or an organisation.
fn number(text: &str) -> String {
    if let Ok(phone) = Phone::parse(text) {
        return phone.as_str().to_owned();
    }
    let identity = IdentityNumber::parse_person(text).or_else(|_| IdentityNumber::parse_organisation(text));
    identity.map_or_else(|_| text.to_owned(), |n| n.as_str().to_owned())
}

fn row(
    q: &mut impl platform::db::Query,
    app: &App,
    id: domain::id::Id<domain::dossier::Dossier>,
    d: &domain::dossier::Dossier,
    lang: Lang,
) -> Result<Option<Row>, AppError> {
    let Some(short) = short(q, app, &Key::Id(id), lang)? else { return Ok(None) };
    let reference = app.reference();
    let procedure = reference.procedure(&d.intake.procedure_code);
    Ok(Some(Row {
        procedure: procedure.map_or_else(|| d.intake.procedure_code.clone(), |p| p.name.clone()),
        since: d.accepted_at.or(d.received_at).map(|at| domain::time::day_text(at.day())).unwrap_or_default(),
        short,
    }))
}

fn page(app: &App, me: &SignedIn, form: Form, rows: Vec<Row>) -> Page {
    Page { shell: Shell::officer(app, me, Nav::Hotline, me.reader.lang.t("Tổng đài")), form, rows }
}
