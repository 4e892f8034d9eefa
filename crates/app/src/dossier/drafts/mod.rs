//! What an officer wrote for a step and has not given yet: kept on the server, so that it is there tomorrow and on another
//! computer. Nobody else reads it, and it goes when the step is done.

mod store;

use super::{act::Act, store as dossier_store};
use crate::{accounts::SignedIn, app::App, error::AppError, http::Form};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::time::Instant;
use std::collections::BTreeMap;

/// A draft as it was found.
pub struct Draft {
    pub at: Instant,
    values: BTreeMap<String, Vec<String>>,
}

impl Draft {
    /// Every value of a field.
    pub fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }
    /// The form with the draft's values where it has any.
    pub fn fill(&self, form: Form) -> Form {
        let last = |form: Form, (name, values): (&String, &Vec<String>)| {
            values.last().map_or_else(|| form.clone(), |value| form.clone().with(name, value.clone()))
        };
        self.values.iter().fold(form, last)
    }
}

/// More than any opinion is long.
const LONGEST: usize = 64 * 1024;

/// Keeps these fields of a form that only who holds the step may fill, and leads back to the form.
pub async fn keep(app: &App, me: &SignedIn, act: &Act, fields: &[(&str, Vec<String>)]) -> Result<Response, AppError> {
    act.subject.permit(me, act.what)?;
    let body =
        serde_json::to_string(&fields.iter().cloned().collect::<BTreeMap<_, _>>()).map_err(AppError::internal)?;
    if body.len() > LONGEST {
        let (vi, en) = ("Bản nháp dài quá. Xin rút gọn.", "The draft is too long. Shorten it.");
        return Err(AppError::field("text", "too_long", vi, en));
    }
    let (officer, dossier, step, at) = (me.who.officer, act.subject.id, act.what.key(), app.now());
    let named = fields.iter().find(|(name, _)| *name == "kept").map(|(_, hashes)| hashes.clone()).unwrap_or_default();
    let (who, now) = (me.who.clone(), app.machine.now());
    app.db
        .unit(move |u| {
            let mut files = Vec::new();
            for sha256 in &named {
                files.extend(dossier_store::upload(u, &who, sha256, now)?);
            }
            store::keep(u, officer, dossier, step, at, &body)?;
            Ok::<_, AppError>(store::keep_files(u, officer, dossier, step, &files)?)
        })
        .await?;
    // A script that saves while one types wants no page.
    if act.form.is("quiet", "1") {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(back(act, "draft"))
}

/// The officer's draft of this step.
pub async fn find(app: &App, me: &SignedIn, act: &Act) -> Result<Option<Draft>, AppError> {
    let (officer, dossier, step) = (me.who.officer, act.subject.id, act.what.key());
    let kept = app.db.read(move |q| Ok::<_, AppError>(store::find(q, officer, dossier, step)?)).await?;
    Ok(kept.and_then(|(at, body)| Some(Draft { at, values: serde_json::from_str(&body).ok()? })))
}

/// Forgets the draft: the step was done.
pub async fn forget(app: &App, me: &SignedIn, act: &Act) -> Result<(), AppError> {
    let (officer, dossier, step) = (me.who.officer, act.subject.id, act.what.key());
    app.db.unit(move |u| Ok::<_, AppError>(store::forget(u, officer, dossier, step)?)).await
}

/// Forgets it because the officer said so.
pub async fn discard(app: &App, me: &SignedIn, act: &Act) -> Result<Response, AppError> {
    forget(app, me, act).await?;
    Ok(back(act, "undraft"))
}

fn back(act: &Act, told: &str) -> Response {
    let page = format!("{}/{}?xong={told}", act.subject.path(), super::act::slug(act.what));
    Redirect::to(&page).into_response()
}
