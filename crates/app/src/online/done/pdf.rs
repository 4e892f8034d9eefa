//! `/da-nop/{code}/xac-nhan.pdf`: the confirmation on paper, for who sent the dossier.

use super::page::{Sent, sent};
use crate::{
    app::App,
    dossier::{files::size_text, slips},
    error::AppError,
    home::Foot,
    http::PageError,
    online::Citizen,
};
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use documents::{Contact, Form, Letterhead, Paper, SentFile, Submission, render};
use domain::time::Instant;

pub async fn download(State(app): State<App>, me: Citizen, Path(code): Path<String>) -> Result<Response, PageError> {
    let pdf = async {
        let sent = sent(&app, &me, &code).await?;
        let first = sent.first_at.ok_or(AppError::NotFound)?;
        let form = Form::Submission(Box::new(confirmation(&app, sent, first)));
        let printing = tokio::task::spawn_blocking(move || render(&form, Paper::A4).map_err(AppError::internal));
        printing.await.map_err(AppError::internal)?
    };
    let pdf = pdf.await.map_err(|e| PageError::new(&app, &me.reader, e))?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"xac-nhan-nop-ho-so.pdf\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, pdf).into_response())
}

fn confirmation(app: &App, sent: Sent, first: Instant) -> Submission {
    let reference = app.reference();
    let d = &sent.state;
    let centre = reference.centre(d.intake.centre);
    let name = centre.map(|c| c.name.clone()).unwrap_or_default();
    let parent = centre.map(|c| reference.agency_name(c.agency).to_owned()).filter(|p| *p != name);
    let foot = Foot::of(app);
    Submission {
        form_set: slips::form_set_of(app),
        letterhead: Letterhead {
            parent,
            unit: name.clone(),
            place: app.profile.province.place.clone(),
            day: first.day(),
        },
        codes: slips::codes_of(app, sent.id, d),
        applicant: sent.applicant.clone(),
        request: format!("{} ({})", sent.procedure, d.intake.procedure_code),
        centre: name,
        submitted_at: first.local(),
        checked_by: sent.checked_by(app, first).map(Instant::local),
        contact: Contact { name: foot.centre, phone: foot.phone.unwrap_or_default() },
        follow: format!("{}/tra-cuu", app.public_url()),
        files: sent
            .files
            .into_iter()
            .map(|(paper, f)| SentFile {
                paper,
                name: f.name,
                pages: f.pages.and_then(|n| u32::try_from(n).ok()),
                size: size_text(f.size),
                sha256: f.sha256,
            })
            .collect(),
    }
}
