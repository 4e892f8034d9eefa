//! What a citizen does with a mandate: act by it, stop, end it.

use crate::{
    app::App,
    error::AppError,
    http::PageError,
    mandates::{acting::holds, store},
    vault::Proved,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{id::Id, mandates::Mandate};

async fn find(app: &App, id: &str) -> Result<store::Kept, AppError> {
    let id: Id<Mandate> = id.parse().map_err(|_| AppError::NotFound)?;
    app.db.read(move |q| Ok::<_, AppError>(store::find(q, id)?)).await?.ok_or(AppError::NotFound)
}

/// `POST …/{id}/lam-thay`: from now on this session acts for the principal; a mandate of somebody else is not there.
pub async fn begin(State(app): State<App>, me: Proved, Path(id): Path<String>) -> Result<Response, PageError> {
    let begun = async {
        let kept = find(&app, &id).await?;
        if !holds(&kept, &me.number, app.now().day()) {
            return Err(AppError::NotFound);
        }
        let (session, id) = (me.citizen.session.clone(), kept.id);
        app.db.unit(move |unit| Ok::<_, AppError>(store::act_as(unit, &session, Some(id))?)).await?;
        Ok(Redirect::to("/cong-dan").into_response())
    };
    begun.await.map_err(|e| PageError::new(&app, &me.citizen.reader, e))
}

/// `POST …/thoi`: back to oneself.
pub async fn stop(State(app): State<App>, me: Proved) -> Result<Response, PageError> {
    let session = me.citizen.session.clone();
    let stopped = app.db.unit(move |unit| Ok::<_, AppError>(store::act_as(unit, &session, None)?)).await;
    stopped.map_err(|e| PageError::new(&app, &me.citizen.reader, e))?;
    Ok(Redirect::to("/cong-dan").into_response())
}

/// `POST …/{id}/cham-dut`: by who acts, by the person who gave it, or by the representative who acts for the organisation. What a
/// representative gave ends with them.
pub async fn end(State(app): State<App>, me: Proved, Path(id): Path<String>) -> Result<Response, PageError> {
    let ended = async {
        let kept = find(&app, &id).await?;
        let acting = me.citizen.acting.as_ref();
        let represents =
            acting.is_some_and(|a| a.kind.gives().is_some() && a.principal.number == kept.principal.number);
        let is_of_both = kept.delegate.number == me.number || kept.principal.number == me.number;
        if !(is_of_both || represents) {
            return Err(AppError::NotFound);
        }
        let now = app.now();
        app.db
            .unit(move |unit| {
                if store::end(unit, kept.id, now)? && kept.kind.gives().is_some() {
                    store::end_given_by(unit, &kept.principal.number, &kept.delegate.number, now)?;
                }
                Ok::<_, AppError>(())
            })
            .await?;
        Ok(Redirect::to("/cong-dan/uy-quyen?da-luu").into_response())
    };
    ended.await.map_err(|e| PageError::new(&app, &me.citizen.reader, e))
}
