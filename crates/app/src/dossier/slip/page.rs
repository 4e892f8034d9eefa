//! What was just issued, ready to be printed on A4 or A5, and what to do next.

use super::{
    name,
    pdf::{PaperQuery, paper_of, slip_pdf},
};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        act, joint,
        subject::{moment, path_of},
    },
    error::AppError,
    http::{Nav, PageError, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::accounts::Role;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "dossier/slip/page.html")]
struct Page {
    shell: Shell,
    id: String,
    number: String,
    name: &'static str,
    is_receipt: bool,
    code: Option<String>,
    due: Option<String>,
    dossier: String,
    /// The dossier whose people the next intake takes over.
    id_of_dossier: String,
    takes_in: bool,
    returns: bool,
    /// How many dossiers this person handed in today, when there are several.
    together: Option<usize>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Arrival {
    xong: Option<String>,
    giay: String,
}

/// `GET /can-bo/phieu/{id}` is the page, `GET /can-bo/phieu/{id}.pdf` the paper.
pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(file): Path<String>,
    Query(arrival): Query<Arrival>,
) -> Result<Response, PageError> {
    let answer = async {
        match file.strip_suffix(".pdf") {
            Some(id) => slip_pdf(&app, &me.who, id, paper_of(&PaperQuery::from(arrival.giay))).await,
            None => page(&app, &me, &file, arrival.xong.as_deref()).await,
        }
    };
    answer.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, id: &str, done: Option<&str>) -> Result<Response, AppError> {
    let (slip, kept) = super::find(app, &me.who, id).await?;
    let name = name(&slip.form);
    let takes_in = me.who.any(Role::takes_in);
    let is_receipt = slip.form == "receipt";
    let mut together = None;
    if takes_in && is_receipt {
        let group = joint::together(app, me, &kept.id.to_string()).await?;
        together = Some(group.works.len()).filter(|n| *n > 1);
    }
    let lang = me.reader.lang;
    let shell = Shell::officer(app, me, Nav::Work, lang.t(name)).with_flash(act::flash(lang, done));
    Ok(html(&Page {
        shell,
        id: slip.id.to_string(),
        number: slip.number,
        name,
        is_receipt,
        together,
        code: kept.state.code.as_ref().map(ToString::to_string),
        due: kept.state.due_at.map(moment),
        id_of_dossier: kept.id.to_string(),
        dossier: path_of(kept.id, &kept.state),
        takes_in,
        returns: me.who.is(Role::ReturnDesk),
    }))
}
