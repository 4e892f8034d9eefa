//! `/can-bo/du-lieu-ca-nhan`: requests about personal data, the open ones by their term, those that are over newest first. The list
//! names nobody: who asked is seen on the request itself, and that look is written down.

use crate::{
    accounts::SignedIn,
    app::App,
    error::AppError,
    http::{Nav, PageError, Shell, html},
    personal_data::{
        store::{self, Request},
        tone,
    },
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{accounts::Role, time::Instant};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "personal_data/list/page.html")]
struct Page {
    shell: Shell,
    requests: Vec<Request>,
    is_over: bool,
    next: Option<String>,
    now: Instant,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `xong` for those that are over.
    xem: String,
    sau: String,
}

const MOST: usize = 50;

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &me, &asked).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, asked: &Asked) -> Result<Response, AppError> {
    if !me.who.answers_data_requests() {
        return Err(AppError::RightMissing(Role::Supervisor.as_str()));
    }
    let is_over = asked.xem == "xong";
    let place = asked.sau.split_once('-').and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    let most = i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1;
    let read = move |q: &mut platform::db::Reader| {
        if is_over {
            return Ok::<_, AppError>(store::ended(q, place.unwrap_or((i64::MAX, i64::MAX)), most)?);
        }
        let open = store::open(q, place.unwrap_or((i64::MIN, i64::MIN)), most)?;
        Ok(open.into_iter().map(|r| (r.terms.answer_by.millis(), r)).collect())
    };
    let mut found = app.db.read(read).await?;
    let next = (found.len() > MOST).then(|| {
        let (at, last) = &found[MOST - 1];
        format!("?{}sau={at}-{}", if is_over { "xem=xong&" } else { "" }, last.id)
    });
    found.truncate(MOST);
    let shell = Shell::officer(app, me, Nav::Requests, me.reader.lang.t("Yêu cầu về dữ liệu cá nhân"));
    let requests = found.into_iter().map(|(_, r)| r).collect();
    Ok(html(&Page { shell, requests, is_over, next, now: app.now() }))
}

impl Page {
    #[expect(clippy::unused_self, reason = "templates call it on the page")]
    fn tone(&self, request: &Request) -> &'static str {
        tone(request.state)
    }
    /// The next term of an open request, and whether it has passed.
    fn term(&self, request: &Request) -> (String, bool) {
        let terms = &request.terms;
        let at = if request.first.is_none() { terms.first_by } else { terms.answer_by };
        (self.shell.when(at), at < self.now)
    }
}
