//! Everything that advances a dossier by API: one macro makes each door, a file for each stretch of a dossier's life. A new
//! door also has its route in `../mod.rs` and its line in `openapi.rs`.

use super::json_answer;
use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    dossier::{
        Order, Target, execute,
        store::{self, Key},
    },
    error::AppError,
    http::{ApiError, IdempotencyKey, IfMatch, once, replayed},
};
use axum::{extract::Path, response::Response};
use domain::dossier::Command;
use platform::db::Answer;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

macro_rules! command {
    ($(#[doc = $doc:literal])+ $name:ident, $input:ty, $path:literal, |$app:ident, $value:ident| $make:expr) => {
        $(#[doc = $doc])+
        #[utoipa::path(
            post, path = $path, tag = "dossier", request_body = $input,
            params(
                ("code" = String, Path, description = "Dossier code, or id while it has no code"),
                ("Idempotency-Key" = String, Header, description = "The same key and body give the first answer again"),
                ("If-Match" = String, Header, description = "The version last seen, in quotes")
            ),
            responses(
                (status = 200, body = DossierView), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"),
                (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json"), (status = 412, body = Problem, content_type = "application/problem+json"),
                (status = 422, body = Problem, content_type = "application/problem+json"), (status = 428, body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")
            ),
            security(("key" = []))
        )]
        pub async fn $name(step: Step, body: ApiJson<$input>) -> Result<Response, ApiError> {
            let $app = &step.app;
            let $value = body.value;
            let command: Result<Command, AppError> = $make;
            let _ = $app;
            step.give(stringify!($name), &body.text, command).await
        }
    };
}

mod apology;
mod branches;
mod handling;
mod intake;
mod pause;
mod result;
mod supplement;

pub use apology::*;
pub use branches::*;
pub use handling::*;
pub use intake::*;
pub use pause::*;
pub use result::*;
pub use supplement::*;

/// Everything that advances a dossier by API: who, which dossier, as last seen, under which key.
pub struct Step {
    app: App,
    key: KeyHolder,
    code: String,
    /// Number of a branch, where the path names one.
    id: Option<String>,
    version: u32,
    idempotency: String,
}

impl axum::extract::FromRequestParts<App> for Step {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut axum::http::request::Parts, app: &App) -> Result<Self, ApiError> {
        let key = KeyHolder::from_request_parts(parts, app).await?;
        key.needs_or_portal(KeyScope::DossierWrite)?;
        let named = Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
        let Path(mut named) = named.map_err(|_| AppError::NotFound)?;
        let code = named.remove("code").ok_or(AppError::NotFound)?;
        let IdempotencyKey(idempotency) = IdempotencyKey::from_request_parts(parts, app).await?;
        let IfMatch(version) = IfMatch::from_request_parts(parts, app).await?;
        Ok(Self { app: app.clone(), key, code, id: named.remove("id"), version, idempotency })
    }
}

impl Step {
    /// The branch that the path names; one that is no number is not there.
    fn branch(&self) -> Result<u32, AppError> {
        self.id.as_deref().and_then(|id| id.parse().ok()).ok_or(AppError::NotFound)
    }

    /// Carries the command out. One that could not be understood was perhaps carried out before; if not, its fault is told to
    /// those only who may know of the dossier. The national portal supplements and withdraws what it delivered, and no more.
    async fn give(self, what: &str, text: &str, command: Result<Command, AppError>) -> Result<Response, ApiError> {
        if !matches!(what, "supplements" | "withdrawals") {
            self.key.needs(KeyScope::DossierWrite)?;
        }
        let key = Key::parse(&self.code).ok_or(AppError::NotFound)?;
        let said = format!("{what} {} {} {text}", self.code, self.version);
        let once = once(&self.app, self.key.principal.clone(), self.idempotency, &said);
        let command = match command {
            Ok(command) => command,
            Err(fault) => {
                let scope = self.key.who.scope();
                let seen = self.app.db.read(move |q| store::find(q, &scope, &key)).await.map_err(AppError::from)?;
                let fault = if seen.is_some() { fault } else { AppError::NotFound };
                return Ok(json_answer(replayed(&self.app, once, fault).await?));
            }
        };
        let order = Order { target: Target::Known { key, version: self.version }, command };
        let (app, who) = (self.app.clone(), self.key.who.clone());
        let answer = execute(&self.app, &self.key.who, once, order, move |done| Answer {
            status: 200,
            body: serde_json::to_string(&done.view(&app, &who)).unwrap_or_default(),
        })
        .await?;
        Ok(json_answer(answer))
    }
}

/// A reason in words.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReasonInput {
    pub reason: String,
}

/// Nothing more needs saying.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NothingInput {}
