//! Versions by API: a system publishes under a decision, and reads what was published (scope `catalogue:write`).

use super::{
    publish::{keeps_catalogue, may_edit, publish},
    store::{self, VersionRow},
};
use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    error::{AppError, FieldError, answered},
    http::{ApiError, ApiJson, IdempotencyKey, Problem, once},
};
use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::catalogue::{
    ProcedureCode, ProcedureVersion, Publication, PublicationKind,
    life::{Decision, Standing, standings},
};
use platform::db::Answer;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A version to publish.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VersionInput {
    pub decision: DecisionInput,
    /// The content, in the shape in which `versions` answers it; not needed to abolish.
    #[schema(value_type = Option<Object>)]
    pub procedure: Option<Value>,
}

/// The publishing decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionInput {
    pub number: String,
    pub issuer: String,
    /// `2026-11-22`.
    #[schema(value_type = String)]
    pub date: jiff::civil::Date,
    /// `new`, `amended`, `replaced`, `abolished`.
    pub kind: String,
    #[schema(value_type = String)]
    pub effective_from: jiff::civil::Date,
    /// Code of what takes the place of an abolished procedure.
    pub replaced_by: Option<String>,
}

/// A version of a procedure.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionView {
    pub id: String,
    /// `in_force`, `ahead`, `past`, `ended`.
    pub standing: &'static str,
    /// `listing`, `parsed_text`, `portal`, `sheet`, `office`.
    pub source: &'static str,
    /// Whether a dossier was taken in under it.
    pub is_used: bool,
    /// Its whole content, with its decision.
    #[schema(value_type = Object)]
    pub procedure: ProcedureVersion,
}

/// The versions of a procedure, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionList {
    pub items: Vec<VersionView>,
}

/// What was published.
#[derive(Debug, Serialize, ToSchema)]
pub struct Published {
    pub id: String,
    pub code: String,
}

/// Every version of a procedure, those ahead as well (CAT-02).
#[utoipa::path(
    get, path = "/api/v1/procedures/{code}/versions", tag = "catalogue", params(("code" = String, Path)),
    responses((status = 200, body = VersionList), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn list_versions(
    State(app): State<App>,
    key: KeyHolder,
    Path(code): Path<String>,
) -> Result<Json<VersionList>, ApiError> {
    key.needs(KeyScope::CatalogueWrite)?;
    let known = app.db.read(move |q| Ok::<_, AppError>(store::versions_of(q, &code)?)).await?;
    if known.is_empty() {
        return Err(AppError::NotFound.into());
    }
    let published: Vec<_> = known.iter().map(VersionRow::published).collect();
    let standings = standings(&published, app.now().day());
    let items = known.into_iter().zip(standings).map(|(row, standing)| VersionView::of(row, standing)).collect();
    Ok(Json(VersionList { items }))
}

impl VersionView {
    fn of(row: VersionRow, standing: Standing) -> Self {
        Self {
            id: row.id.to_string(),
            standing: match standing {
                Standing::InForce => "in_force",
                Standing::Ahead => "ahead",
                Standing::Past => "past",
                Standing::Ended => "ended",
            },
            source: row.source.as_str(),
            is_used: row.is_used,
            procedure: row.version,
        }
    }
}

/// Publishes a version of a procedure, new or known, under a decision (CAT-02).
#[utoipa::path(
    post, path = "/api/v1/procedures/{code}/versions", tag = "catalogue", request_body = VersionInput,
    params(("code" = String, Path), ("Idempotency-Key" = String, Header, description = "The same key and body give the first answer again")),
    responses((status = 201, body = Published), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"), (status = 428, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn publish_version(
    State(app): State<App>,
    key: KeyHolder,
    Path(code): Path<String>,
    IdempotencyKey(idempotency): IdempotencyKey,
    body: ApiJson<VersionInput>,
) -> Result<Response, ApiError> {
    key.needs(KeyScope::CatalogueWrite)?;
    let code: ProcedureCode = code.parse().map_err(|_| AppError::NotFound)?;
    let decision = decision(&body.value.decision)?;
    let content = content(&app, &key, &code, &body.value, &decision).await?;
    if !keeps_catalogue(&key.who) && !may_edit(&app, &key.who, &content) {
        return Err(AppError::RightMissing(domain::accounts::Role::ProcedureControl.as_str()).into());
    }
    let once = once(&app, key.principal.clone(), idempotency, &format!("publish {code} {}", body.text));
    let (app_, who) = (app.clone(), key.who.clone());
    let outcome = app
        .db
        .unit_once::<AppError>(once, move |unit| {
            let id = publish(unit, &app_, &who, &content, &decision)?;
            let view = Published { id: id.to_string(), code: content.code.to_string() };
            Ok(Answer { status: 201, body: serde_json::to_string(&view).unwrap_or_default() })
        })
        .await?;
    app.refresh().await?;
    let answer = answered(outcome)?;
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::CREATED);
    Ok((status, [(header::CONTENT_TYPE, "application/json")], answer.body).into_response())
}

fn decision(input: &DecisionInput) -> Result<Decision, AppError> {
    let kind = PublicationKind::from_key(&input.kind).ok_or_else(|| {
        AppError::field(
            "decision.kind",
            "invalid",
            "Loại: new, amended, replaced hoặc abolished.",
            "One of new, amended, replaced, abolished.",
        )
    })?;
    let replaced_by = input.replaced_by.as_deref().map(str::parse).transpose().map_err(|_| {
        AppError::field("decision.replaced_by", "invalid", "Mã thủ tục như 1.000080.", "A code such as 1.000080.")
    })?;
    Ok(Decision {
        number: input.number.clone(),
        issuer: input.issuer.clone(),
        date: input.date,
        kind,
        effective_from: input.effective_from,
        replaced_by,
    })
}

/// The content that was sent; what is in force when the procedure is abolished without any.
async fn content(
    app: &App,
    key: &KeyHolder,
    code: &ProcedureCode,
    input: &VersionInput,
    decision: &Decision,
) -> Result<ProcedureVersion, AppError> {
    let Some(procedure) = &input.procedure else {
        if decision.kind != PublicationKind::Abolished {
            let (vi, en) = ("Xin gửi nội dung thủ tục.", "Send the procedure's content.");
            return Err(AppError::field("procedure", "missing", vi, en));
        }
        let asked = code.to_string();
        let newest = app.db.read(move |q| Ok::<_, AppError>(store::newest(q, &asked)?)).await?;
        let version = newest.ok_or(AppError::NotFound)?.version;
        return if may_edit(app, &key.who, &version) { Ok(version) } else { Err(AppError::NotFound) };
    };
    let mut whole = procedure.clone();
    let publication = Publication {
        number: decision.number.clone(),
        issuer: decision.issuer.clone(),
        date: Some(decision.date),
        kind: decision.kind,
        effective_from: Some(decision.effective_from),
        replaced_by: decision.replaced_by.clone(),
    };
    if let Some(object) = whole.as_object_mut() {
        object.insert("code".to_owned(), Value::String(code.to_string()));
        object.insert("publication".to_owned(), serde_json::to_value(publication).map_err(AppError::internal)?);
    }
    serde_json::from_value(whole).map_err(|e| {
        AppError::Fields(vec![FieldError::new(
            "procedure",
            "json.invalid",
            format!("Nội dung thủ tục không đọc được: {e}"),
            format!("The procedure cannot be read: {e}"),
        )])
    })
}
