//! Agencies as a file, out and in.

use super::page;
use crate::{
    app::App,
    error::AppError,
    http::{Form, PageError},
    lists::{keeper::Keeper, sheet},
    people::{What, store::Agency},
};
use axum::{
    extract::{Multipart, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

/// What `import` reads of each agency.
pub const COLUMNS: [&str; 9] = ["identifier", "name", "short", "kind", "level", "aliases", "area", "police", "active"];

pub async fn export(
    State(app): State<App>,
    me: Keeper,
    Query(wanted): Query<sheet::Wanted>,
) -> Result<Response, PageError> {
    let reference = app.reference();
    let cells = |a: &Agency| {
        let flag = |is: bool| if is { "1" } else { "0" }.to_owned();
        let area = a.area.clone().unwrap_or_default();
        vec![
            a.identifier.clone(),
            a.name.clone(),
            a.short.clone(),
            a.kind.clone(),
            a.level.clone(),
            a.aliases.join(";"),
            area,
            flag(a.police),
            flag(a.active),
        ]
    };
    sheet::file(&wanted, "co-quan", &COLUMNS, reference.agencies.iter().map(cells)).map_err(|e| me.wrong(&app, e))
}

/// The same as the command `import agencies`.
pub async fn import(State(app): State<App>, me: Keeper, parts: Multipart) -> Result<Response, PageError> {
    let told = async {
        match sheet::take(&app, &me, What::Agencies, parts).await {
            Ok(report) => page::report(&app, &me, Form::default(), report.words(&me)).await,
            Err(e) => {
                let mut form = Form::default();
                form.absorb(e)?;
                let page = page::report(&app, &me, form, Vec::new()).await?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
            }
        }
    };
    told.await.map_err(|e: AppError| me.wrong(&app, e))
}
