//! `/can-bo/tra-ket-qua`: scan the slip or the card, or choose from the results that lie ready (RES-02, RES-03).

use super::{
    store::{self, Contacted},
    view::Shelf,
};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        clock::working_days_ago,
        inbox::{self, Line, lines},
        store::Work,
        subject::path_of,
    },
    error::AppError,
    http::{Form, Nav, PageError, Shell, hidden_key, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{accounts::Role, dossier::ResultBy, id::Id, people::Centre, time::Instant};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "dossier/return_desk/page.html")]
struct Page {
    shell: Shell,
    shelf: Shelf,
    ready: Vec<Ready>,
    next: Option<String>,
    /// What was ticked and typed.
    form: Form,
    /// How many were just noted as asked to come.
    noted: Option<u64>,
    /// Those of the ticked ones that were not, because they lie ready no more: address and code.
    left_out: Vec<(String, String)>,
}

/// A result that lies ready.
struct Ready {
    line: Line,
    since: String,
    goes_by_post: bool,
    contacted: Option<Contacted>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    loc: String,
    sau: String,
    nhac: Option<u64>,
    /// Ids of those that were ticked and not noted.
    bo: String,
}

const MOST: usize = 50;

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let form = Form::default().with("once", hidden_key(&app)).with("sau", asked.sau.clone());
    page(&app, &me, &asked, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// The centre at which this officer returns results.
pub fn desk_of(me: &SignedIn) -> Option<Id<Centre>> {
    me.who.centre.filter(|_| me.who.any(|r| r.takes_in() || r == Role::ReturnDesk))
}

/// The same shelf once more, with what was ticked and typed, and what is wrong with it.
pub async fn again(app: &App, me: &SignedIn, form: Form) -> Result<Response, AppError> {
    let asked = Asked { loc: form.value("loc").to_owned(), sau: form.value("sau").to_owned(), ..Asked::default() };
    let page = page(app, me, &asked, form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn page(app: &App, me: &SignedIn, asked: &Asked, form: Form) -> Result<Response, AppError> {
    let place = Shelf::from_key(&asked.loc);
    let mut rows = match desk_of(me) {
        Some(centre) => rows(app, centre, place, inbox::after(&asked.sau)).await?,
        None => Vec::new(),
    };
    let next = (rows.len() > MOST).then(|| rows[MOST - 1].after);
    let next = next.map(|(at, id)| format!("?loc={}&sau={at}-{id}", place.key()));
    rows.truncate(MOST);
    let shell = Shell::officer(app, me, Nav::Return, me.reader.lang.t("Trả kết quả"));
    let left_out = named(app, me, &asked.bo).await?;
    let ready = shown(app, me, &shell, rows).await?;
    Ok(html(&Page { shell, shelf: place, ready, next, form, noted: asked.nhac, left_out }))
}

/// The dossiers that an address names, as far as the officer reaches them.
async fn named(app: &App, me: &SignedIn, ids: &str) -> Result<Vec<(String, String)>, AppError> {
    let ids: Vec<i64> = ids.split(',').filter_map(|id| id.parse().ok()).take(MOST).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let scope = me.who.scope();
    let rows = app.db.read(move |q| Ok::<_, AppError>(inbox::store::by_ids(q, &scope, ids)?)).await?;
    let shown = |w: &Work| {
        let code = w.state.code.as_ref().map_or_else(|| w.id.to_string(), ToString::to_string);
        (path_of(w.id, &w.state), code)
    };
    Ok(rows.iter().map(shown).collect())
}

async fn rows(app: &App, centre: Id<Centre>, shelf: Shelf, after: (i64, i64)) -> Result<Vec<Work>, AppError> {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1;
    let until = match shelf {
        Shelf::Unclaimed => {
            let days = app.profile.returning.unclaimed_reminders.first().copied().unwrap_or(0);
            working_days_ago(app.now(), &app.reference().calendar, days).millis()
        }
        _ => i64::MAX,
    };
    let now = app.now().millis();
    app.db
        .read(move |q| {
            Ok(match shelf {
                Shelf::Reminded => store::reminded(q, centre, after, most)?,
                Shelf::Post => store::by_post(q, centre, after, most)?,
                Shelf::Early => store::early(q, centre, now, after, most)?,
                _ => store::ready(q, centre, until, after, most)?,
            })
        })
        .await
}

async fn shown(app: &App, me: &SignedIn, shell: &Shell, rows: Vec<Work>) -> Result<Vec<Ready>, AppError> {
    let ids = rows.iter().map(|w| w.id.raw()).collect();
    let contacted = app.db.read(move |q| Ok::<_, AppError>(store::contacted(q, ids)?)).await?;
    let mut contacted: HashMap<i64, Contacted> = contacted.into_iter().map(|c| (c.dossier, c)).collect();
    let since: Vec<(i64, bool)> =
        rows.iter().map(|w| (w.after.0, w.state.intake.result_by == ResultBy::Post)).collect();
    let shown = lines(app, me, rows).await?.into_iter().zip(since);
    Ok(shown
        .map(|(line, (since, goes_by_post))| Ready {
            contacted: contacted.remove(&line.id),
            since: shell.when(Instant::from_millis(since)),
            goes_by_post,
            line,
        })
        .collect())
}

impl Page {
    #[expect(clippy::unused_self, reason = "templates call it")]
    fn shelves(&self) -> [Shelf; 5] {
        Shelf::ALL
    }
    fn is_picked(&self, r: &Ready) -> bool {
        self.form.all("hs").iter().any(|hs| hs.split(':').next() == Some(r.line.id.to_string().as_str()))
    }
    /// The name of the field for the tracking number of a row.
    #[expect(clippy::unused_self, reason = "templates call it")]
    fn so(&self, r: &Ready) -> String {
        format!("so.{}", r.line.id)
    }
    fn last(&self, c: &Contacted) -> String {
        self.shell.when(Instant::from_millis(c.last_at))
    }
}
