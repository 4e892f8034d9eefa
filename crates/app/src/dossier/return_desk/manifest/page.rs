//! `/can-bo/tra-ket-qua/bang-ke`: the lists of what this desk gave to the post, and what is on none yet (RES-02).

use super::make::{MOST, Which, make, parcels};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        joint::{self, MANIFEST, path},
        return_desk::{page::desk_of, store},
    },
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html},
    reads,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use documents::Parcel;
use domain::{accounts::Reading, dossier::Refusal, id::Id};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "dossier/return_desk/manifest/page.html")]
struct Page {
    shell: Shell,
    once: String,
    /// What went to the post and is on no list.
    open: Vec<Parcel>,
    /// There are more than one list holds.
    is_cut: bool,
    made: Vec<Made>,
    next: Option<String>,
}

struct Made {
    href: String,
    number: String,
    about: String,
    count: i64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    sau: String,
}

/// Lists on one page.
const ROWS: usize = 30;

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &me, &asked).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, asked: &Asked) -> Result<Response, AppError> {
    let centre = desk_of(me).ok_or(Refusal::OnlyTheCentreTakesIn)?;
    let before = asked.sau.parse().unwrap_or(i64::MAX);
    let (ids, open, mut lists) = app
        .db
        .read(move |q| {
            let ids = store::open_parcels(q, centre, i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1)?;
            let open = parcels(q, &ids)?;
            let most = i64::try_from(ROWS).unwrap_or(i64::MAX - 1) + 1;
            Ok::<_, AppError>((ids, open, joint::store::of_centre(q, centre, MANIFEST, before, most)?))
        })
        .await?;
    let seen: Vec<_> = ids.into_iter().map(Id::new).collect();
    reads::note(app, &me.who, Reading::List, &seen).await;
    let next = (lists.len() > ROWS).then(|| format!("?sau={}", lists[ROWS - 1].0.id));
    lists.truncate(ROWS);
    let shell = Shell::officer(app, me, Nav::Return, me.reader.lang.t("Các bảng kê bưu gửi"));
    let (reference, lang) = (app.reference(), me.reader.lang);
    let made = lists.into_iter().map(|(slip, count)| Made {
        href: path(slip.id),
        about: lang.f2("{} lập lúc {}", reference.officer_name(slip.officer), shell.when(slip.issued_at)),
        number: slip.number,
        count,
    });
    let (made, is_cut) = (made.collect(), open.len() > MOST);
    let open = open.into_iter().take(MOST).collect();
    Ok(html(&Page { shell, once: hidden_key(app), open, is_cut, made, next }))
}

/// `POST`: what is on no list yet gets one.
pub async fn send(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    sent(&app, &me, &form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent(app: &App, me: &SignedIn, form: &Form) -> Result<Response, AppError> {
    let centre = desk_of(me).ok_or(Refusal::OnlyTheCentreTakesIn)?;
    let made = make(app, me, centre, Which::Open, form.key(app)).await?;
    let to = made.map_or_else(|| "/can-bo/tra-ket-qua/bang-ke".to_owned(), path);
    Ok(Redirect::to(&to).into_response())
}
