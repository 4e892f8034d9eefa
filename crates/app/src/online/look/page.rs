//! `/can-bo/truc-tuyen/{code}`: what a citizen sent, the list of papers beside the picture of the one that is looked at, and the
//! three lawful answers: take in, guide once and completely, refuse (INT-06, INT-07).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        Subject,
        files::size_text,
        slug,
        store::{self as dossiers, FileRow},
    },
    error::AppError,
    forms,
    http::{Nav, PageError, Shell, html},
    online::waiting::page::clock,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    catalogue::Component,
    dossier::{CommandName, Status},
    vault::is_identity_document,
};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "online/look/page.html")]
struct Page {
    shell: Shell,
    subject: Subject,
    code: String,
    clock: Option<(&'static str, &'static str, String)>,
    people: Vec<(String, String)>,
    filled: Option<forms::Shown>,
    path: String,
    papers: Vec<Paper>,
    shown: Option<Shown>,
    /// Address and words, the first one leading.
    acts: Vec<(String, &'static str)>,
}

impl Page {
    fn has_files(&self) -> bool {
        self.papers.iter().any(|p| !p.files.is_empty())
    }
}

struct Paper {
    name: String,
    required: bool,
    /// An identity document: who opens it is written down apart.
    shows_who: bool,
    files: Vec<File>,
}

struct File {
    sha256: String,
    name: String,
    about: String,
    is_shown: bool,
}

/// The file that is looked at.
struct Shown {
    sha256: String,
    name: String,
    is_picture: bool,
    is_pdf: bool,
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(code): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    page(&app, &me, &code, query.get("tep").map(String::as_str)).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, code: &str, asked: Option<&str>) -> Result<Response, AppError> {
    let subject = Subject::load(app, me, code).await?;
    if !matches!(subject.state.status, Status::Submitted { .. }) {
        // It was answered meanwhile; its own page tells how.
        return Ok(Redirect::to(&subject.path()).into_response());
    }
    let id = subject.id;
    let files = app.db.read(move |q| Ok::<_, AppError>(dossiers::files(q, id)?)).await?;
    // The picture of an identity document is shown to who asks for it, never by itself.
    let is_open = |(place, file): &&(String, FileRow)| match asked {
        Some(asked) => asked == file.sha256,
        None => !listed(&subject).any(|c| c.id == *place && is_identity_document(c)),
    };
    let shown = files.iter().find(is_open).map(|(_, file)| file);
    let filled = forms::of_subject(app, &subject, true).await?;
    let lang = me.reader.lang;
    let (code, first) = (subject.code(), shown.map(|f| f.sha256.clone()));
    let lawful = [CommandName::Acceptances, CommandName::GuidanceRequests, CommandName::Refusals];
    let acts = lawful.into_iter().filter(|c| subject.next.contains(c));
    Ok(html(&Page {
        shell: Shell::officer(app, me, Nav::Online, subject.request()),
        clock: clock(app, &subject.state, lang),
        people: people(&subject, me),
        filled,
        path: subject.path(),
        papers: papers(&subject, &files, first.as_deref()),
        shown: shown.map(|f| Shown {
            sha256: f.sha256.clone(),
            name: f.name.clone(),
            is_picture: matches!(f.kind.as_str(), "jpg" | "jpeg" | "png"),
            is_pdf: f.kind == "pdf",
        }),
        acts: acts.map(|c| (format!("/can-bo/ho-so/{code}/{}", slug(c)), lang.pick(c.words()))).collect(),
        code,
        subject,
    }))
}

/// Every published paper, also one for which nothing came: the whole list is looked at, not what happens to be there.
fn listed(subject: &Subject) -> impl Iterator<Item = &Component> {
    let intake = &subject.state.intake;
    let variant = subject.governing.procedure.variant(intake.variant.as_deref().unwrap_or_default());
    variant.map_or(&[][..], |v| v.components.as_slice()).iter().filter(|c| c.is_paper())
}

fn papers(subject: &Subject, files: &[(String, FileRow)], shown: Option<&str>) -> Vec<Paper> {
    let file = |f: &FileRow| File {
        about: size_text(f.size),
        is_shown: Some(f.sha256.as_str()) == shown,
        sha256: f.sha256.clone(),
        name: f.name.clone(),
    };
    listed(subject)
        .map(|c| Paper {
            name: c.name.clone(),
            required: c.required,
            shows_who: is_identity_document(c),
            files: files.iter().filter(|(place, _)| *place == c.id).map(|(_, f)| file(f)).collect(),
        })
        .collect()
}

fn people(subject: &Subject, me: &SignedIn) -> Vec<(String, String)> {
    let lang = me.reader.lang;
    let Some(people) = &subject.people else { return Vec::new() };
    let a = &people.applicant;
    let mut lines = vec![(lang.t("Người nộp").to_owned(), a.name.clone())];
    let mut add = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            lines.push((lang.t(name).to_owned(), value.to_owned()));
        }
    };
    add("Số định danh, mã số thuế hoặc hộ chiếu", a.identity.as_deref());
    add("Điện thoại", a.phone.as_deref());
    add("Thư điện tử", a.email.as_deref());
    add("Địa chỉ", a.address.as_deref());
    add("Người được ủy quyền nộp thay", people.proxy.as_ref().map(|p| p.person.name.as_str()));
    add("Giấy ủy quyền: loại, số, ngày", people.proxy.as_ref().map(|p| p.authorisation.as_str()));
    add("Nhận kết quả", Some(lang.pick(subject.state.intake.result_by.words())));
    lines
}
