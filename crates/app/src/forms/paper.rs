//! The form as a paper: empty for whoever writes by hand, filled for the officer; and its JSON Schema for other systems.

use super::{
    answers::Filled,
    print::{self, Around},
    store,
};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{Subject, print_form, slips},
    error::AppError,
    http::{PageError, Reader},
    reads,
};
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use documents::Paper;
use domain::{accounts::Reading, dossier::Status, forms};

/// `GET /thu-tuc/{code}/to-khai.pdf`
pub async fn empty(State(app): State<App>, reader: Reader, Path(code): Path<String>) -> Result<Response, PageError> {
    let paper = async {
        let published = app.reference().forms.of(&code).cloned().ok_or(AppError::NotFound)?;
        let paper = print::empty(&app, &published.form, app.now().day());
        print_form(paper, Paper::A4, &published.form.code()).await
    };
    paper.await.map_err(|e| PageError::new(&app, &reader, e))
}

/// `GET /thu-tuc/{code}/to-khai.schema.json`
pub async fn schema(State(app): State<App>, reader: Reader, Path(code): Path<String>) -> Result<Response, PageError> {
    let Some(published) = app.reference().forms.of(&code).cloned() else {
        return Err(PageError::new(&app, &reader, AppError::NotFound));
    };
    let body = forms::schema(&published.form).to_string();
    Ok(([(header::CONTENT_TYPE, "application/schema+json")], body).into_response())
}

/// `GET /can-bo/ho-so/{key}/to-khai.pdf`
pub async fn of_dossier(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    paper(&app, &me, &key).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn paper(app: &App, me: &SignedIn, key: &str) -> Result<Response, AppError> {
    let subject = Subject::load(app, me, key).await?;
    let people = subject.people.as_ref().ok_or(AppError::NotFound)?;
    let filled = Filled::of(&people.form).ok_or(AppError::NotFound)?;
    let (code, number) = (filled.code.clone(), filled.number);
    let version = app.db.read(move |q| Ok::<_, AppError>(store::numbered(q, &code, number)?)).await?;
    let version = version.ok_or(AppError::NotFound)?;
    reads::note(app, &me.who, Reading::Slip, &[subject.id]).await;
    let sent = match subject.state.status {
        Status::Submitted { at } => Some(at),
        _ => subject.state.accepted_at,
    };
    let day = sent.unwrap_or_else(|| app.now()).day();
    let around = Around {
        signer: Some(people.proxy.as_ref().map_or(&people.applicant.name, |p| &p.person.name).clone()),
        filed: None,
        codes: subject.state.code.as_ref().map(|_| slips::codes_of(app, subject.id, &subject.state)),
    };
    let paper = print::filled(app, &version.form, &filled, day, around);
    print_form(paper, Paper::A4, &format!("to-khai-{}", subject.code())).await
}
