//! `/can-bo/kho`: an officer looks into a person's store, for a purpose that is written down first and that the person reads
//! (STO-02). A POST shows the papers, because the number of a person belongs into no address.

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{files::hand_over, intake_fields, store::FileRow},
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, html},
    messages::Lang,
    vault::{
        looks,
        seals::{self, Said},
        store::{self, Paper},
        words::{File, Line},
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::{Role, Who},
    id::Id,
    people::IdentityNumber,
    vault::{Look, Purpose, VaultPaper},
};

#[derive(Template)]
#[template(path = "vault/look_up/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    /// Absent until somebody was asked for.
    found: Option<Vec<Found>>,
}

/// A paper with its files, and whether it is still what its owner vouched for.
type Found = (Line, Vec<File>, Option<Said>);

/// Papers of one person on one page; the newest.
const MOST: i64 = 200;

fn may_look(who: &Who) -> Result<(), AppError> {
    if who.looks_into_stores() { Ok(()) } else { Err(AppError::RightMissing(Role::IntakeOfficer.as_str())) }
}

fn page(app: &App, me: &SignedIn, form: Form, found: Option<Vec<Found>>) -> Response {
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shell = Shell::officer(app, me, Nav::Vault, me.reader.lang.t("Kho giấy tờ của người dân"));
    (status, html(&Page { shell, form, found })).into_response()
}

pub async fn show(State(app): State<App>, me: SignedIn) -> Result<Response, PageError> {
    may_look(&me.who).map_err(|e| PageError::new(&app, &me.reader, e))?;
    Ok(page(&app, &me, Form::default(), None))
}

pub async fn send(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    look(&app, &me, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn look(app: &App, me: &SignedIn, mut form: Form) -> Result<Response, AppError> {
    may_look(&me.who)?;
    let number = number(&mut form, "so");
    let purpose = purpose(&mut form, "muc_dich");
    let (Some(number), Some(purpose)) = (number, purpose) else { return Ok(page(app, me, form, None)) };
    looks::note(app, &me.who, number.as_str(), &[None], Look::List, purpose.as_str()).await?;
    let found = papers(app, number.as_str(), me.reader.lang).await?;
    Ok(page(app, me, form, Some(found)))
}

/// The number of a person or an organisation, as it is kept.
pub fn number(form: &mut Form, field: &str) -> Option<IdentityNumber> {
    let (vi, en) = (
        "Xin nhập số định danh, hộ chiếu hoặc mã số thuế, ví dụ 001099012345.",
        "Enter an identity number, passport or tax code, for example 001099012345.",
    );
    let text = form.required(field, vi, en);
    if text.is_empty() {
        return None;
    }
    let read =
        IdentityNumber::parse_person(&text).or_else(|e| IdentityNumber::parse_organisation(&text).map_err(|_| e));
    match read {
        Ok(number) => Some(number),
        Err(e) => {
            form.wrong(FieldError::new(field, "identity.invalid", e.to_string(), e.en()));
            None
        }
    }
}

/// For what somebody looks; too few words are noted beside the field.
pub fn purpose(form: &mut Form, field: &str) -> Option<Purpose> {
    match Purpose::parse(&intake_fields::line(form.value(field))) {
        Ok(purpose) => Some(purpose),
        Err(e) => {
            form.wrong(FieldError::new(field, "purpose.missing", e.to_string(), e.en()));
            None
        }
    }
}

/// What the owner lets agencies see.
async fn papers(app: &App, number: &str, lang: Lang) -> Result<Vec<Found>, AppError> {
    let (owner, day) = (number.to_owned(), app.now().day());
    let read = move |q: &mut platform::db::Reader| {
        let papers = store::papers(q, &owner, i64::MAX, MOST)?;
        let files = store::files(q, papers.iter().map(|p| p.id.raw()).collect())?;
        Ok::<_, AppError>((papers, files))
    };
    let (papers, files) = app.db.read(read).await?;
    let found = |p: &Paper| {
        let own: Vec<FileRow> = files.iter().filter(|(paper, _)| *paper == p.id).map(|(_, f)| f.clone()).collect();
        let shown = own.iter().map(|f| File::of(f, lang)).collect();
        (Line::of(p, day, lang), shown, seals::said(app, p, &own, lang))
    };
    Ok(papers.iter().filter(|p| p.consented).map(found).collect())
}

/// `GET /can-bo/kho/{paper}/tep/{sha256}`: a file, while the purpose said for this person still counts.
pub async fn file(
    State(app): State<App>,
    me: SignedIn,
    Path((id, sha256)): Path<(String, String)>,
) -> Result<Response, PageError> {
    open(&app, &me, &id, &sha256).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn open(app: &App, me: &SignedIn, id: &str, sha256: &str) -> Result<Response, AppError> {
    may_look(&me.who)?;
    let (id, sha256): (Id<VaultPaper>, _) = (id.parse().map_err(|_| AppError::NotFound)?, sha256.to_owned());
    let read = move |q: &mut platform::db::Reader| {
        let paper = store::by_id(q, id)?.filter(|p| p.consented).ok_or(AppError::NotFound)?;
        let file = store::files(q, vec![id.raw()])?.into_iter().map(|(_, f)| f).find(|f| f.sha256 == sha256);
        Ok::<_, AppError>((paper, file.ok_or(AppError::NotFound)?))
    };
    let (paper, file) = app.db.read(read).await?;
    let Some(purpose) = looks::purpose_now(app, &me.who, &paper.owner).await? else {
        return Ok(Redirect::to("/can-bo/kho").into_response());
    };
    looks::note(app, &me.who, &paper.owner, &[Some(id)], Look::File, &purpose).await?;
    hand_over(app, &file).await
}
