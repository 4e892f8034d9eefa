//! `POST /can-bo/tiep-nhan/{procedure}/nguoi`: what is known of a person, for the form that asks without leaving itself. A
//! POST, because the number of a person belongs into no address.

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        choose::page::may_take_in,
        intake::{
            checklist,
            known::{History, history},
        },
        intake_fields,
    },
    error::AppError,
    http::{Nav, PageError, Shell, Typed, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};

#[derive(Template)]
#[template(path = "dossier/intake/past/page.html")]
struct Page {
    shell: Shell,
    history: History,
    /// The keys of papers that are ticked.
    ticked: Vec<String>,
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(code): Path<String>,
    Typed(asked): Typed,
) -> Result<Response, PageError> {
    let page = async {
        may_take_in(&me)?;
        let (_, governing) = intake_fields::governing(&app, &code).await?;
        let rows = checklist::blank(&governing.procedure, asked.value("truong_hop"));
        let history = history(&app, &me, asked.value("so"), &rows, &governing.procedure.name).await?;
        let shell = Shell::officer(&app, &me, Nav::Intake, "");
        Ok::<_, AppError>(html(&Page { shell, history, ticked: Vec::new() }))
    };
    page.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

impl Page {
    fn is_ticked(&self, key: &str) -> bool {
        self.ticked.iter().any(|t| t == key)
    }
}
