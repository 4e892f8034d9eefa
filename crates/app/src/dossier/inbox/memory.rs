//! Views that an officer gave a name.

use super::{filter::Asked, filter::Filter, store};
use crate::{
    accounts::SignedIn,
    app::App,
    error::AppError,
    http::{PageError, Typed},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

/// `POST /can-bo/goc-nhin`: keeps the filter in `loc` under the name in `ten`.
pub async fn save_view(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    let asked: Asked = serde_urlencoded::from_str(form.value("loc")).unwrap_or_default();
    let filter = Filter::of(&asked).query();
    let name: String = form.text("ten").unwrap_or_default().chars().take(60).collect();
    if !name.is_empty() {
        let (officer, query) = (me.who.officer, filter.clone());
        let kept = async {
            let id = app.ids.next()?;
            app.db.unit(move |u| Ok::<_, AppError>(store::save_view(u, id, officer, &name, &query)?)).await
        };
        kept.await.map_err(|e| PageError::new(&app, &me.reader, e))?;
    }
    Ok(Redirect::to(&format!("/can-bo?{filter}")).into_response())
}

/// `POST /can-bo/goc-nhin/bo`: forgets one of the own views.
pub async fn drop_view(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    let (officer, id) = (me.who.officer, form.value("id").parse().unwrap_or(0));
    let dropped = app.db.unit(move |u| Ok::<_, AppError>(store::drop_view(u, officer, id)?)).await;
    dropped.map_err(|e| PageError::new(&app, &me.reader, e))?;
    Ok(Redirect::to("/can-bo").into_response())
}

/// The filter that the officer used last, for an address without one.
pub async fn last(app: &App, me: &SignedIn) -> Result<Option<Asked>, AppError> {
    let officer = me.who.officer;
    let text = app.db.read(move |q| Ok::<_, AppError>(store::last_filter(q, officer)?)).await?;
    Ok(text.and_then(|t| serde_urlencoded::from_str(&t).ok()))
}

/// Remembers the view and filter that the officer looks at; looking at the same again writes nothing.
pub async fn remember(app: &App, me: &SignedIn, filter: &Filter) -> Result<(), AppError> {
    let (officer, query) = (me.who.officer, filter.query());
    let known = app.db.read(move |q| Ok::<_, AppError>(store::last_filter(q, officer)?)).await?;
    if known.as_ref() == Some(&query) {
        return Ok(());
    }
    app.db.unit(move |u| Ok::<_, AppError>(store::remember_filter(u, officer, &query)?)).await
}
