//! `/can-bo`: what I hold and what waits for me, the clock first; beside it, on a wide screen, the dossier that is open.

use super::{
    counts::{Counts, counts_of},
    filter::{Asked, Due, Filter},
    gather::gather,
    lines::{Line, lines},
    memory,
    store::{self, SavedView},
    view::View,
};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        bulk::{self, Colleague},
        page::{Arrival, Detail},
    },
    error::AppError,
    http::{Nav, PageError, Shell, hidden_key, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::accounts::Role;

#[derive(Template)]
#[template(path = "dossier/inbox/page.html")]
struct Page {
    shell: Shell,
    filter: Filter,
    counted: Counts,
    saved: Vec<SavedView>,
    lines: Vec<Line>,
    next: Option<String>,
    /// The words were looked for in a part of the list only.
    is_cut: bool,
    /// The code of the dossier beside the list.
    open: String,
    detail: Option<Detail>,
    takes_in: bool,
    /// The officers to whom this one may give work.
    colleagues: Vec<Colleague>,
    may_submit: bool,
    once: String,
}

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &me, asked).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, mut asked: Asked) -> Result<Response, AppError> {
    if asked.loc.is_empty() && asked.tu.is_empty() && asked.han.is_empty() {
        let last = memory::last(app, me).await?.unwrap_or_default();
        asked = Asked { loc: last.loc, tu: last.tu, han: last.han, ..asked };
    }
    let filter = Filter::of(&asked);
    // The desk opens as it was left, whichever way the view was come to.
    memory::remember(app, me, &filter).await?;
    if !asked.nho.is_empty() {
        return Ok(Redirect::to(&format!("/can-bo?{}", filter.query())).into_response());
    }
    let found = gather(app, &me.who, &filter).await?;
    let is_cut = found.is_cut;
    let next = found.next.map(|(due, id)| format!("/can-bo?{}&sau={due}-{id}", filter.query()));
    let mut detail = None;
    if !asked.hs.is_empty() {
        detail = Detail::load(app, me, &asked.hs, &Arrival::default()).await.ok().map(Detail::beside);
    }
    let officer = me.who.officer;
    let saved = app.db.read(move |q| Ok::<_, AppError>(store::saved_views(q, officer)?)).await?;
    let flash = crate::dossier::act::flash(me.reader.lang, Some(&asked.xong));
    Ok(html(&Page {
        shell: Shell::officer(app, me, Nav::Work, me.reader.lang.t(filter.view.label())).with_flash(flash),
        counted: counts_of(app, &me.who).await?,
        lines: lines(app, me, found.rows).await?,
        takes_in: me.who.any(Role::takes_in),
        colleagues: bulk::colleagues(app, me),
        may_submit: me.identities.iter().any(|who| who.is(Role::Specialist)),
        once: hidden_key(app),
        open: asked.hs,
        filter,
        saved,
        next,
        is_cut,
        detail,
    }))
}

impl Page {
    /// What the filter form offers.
    #[expect(clippy::unused_self, reason = "templates call it")]
    fn dues(&self) -> [Due; 5] {
        Due::ALL
    }
    /// Something can be done with several rows at once.
    fn has_bulk(&self) -> bool {
        let view = self.filter.view;
        view == View::Unit || (view.is_to_do() && view != View::Branches)
    }
    fn is_open(&self, line: &Line) -> bool {
        line.code == self.open
    }
}
