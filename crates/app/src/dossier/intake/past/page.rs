//! `GET /can-bo/tiep-nhan/{procedure}/nguoi?so=`: what is known of a person, for the form that asks without leaving itself.

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
    http::{Nav, PageError, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "dossier/intake/past/page.html")]
struct Page {
    shell: Shell,
    procedure: String,
    history: History,
    /// The keys of papers that are ticked.
    ticked: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    so: String,
    truong_hop: String,
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let page = async {
        may_take_in(&me)?;
        let (_, governing) = intake_fields::governing(&app, &code).await?;
        let rows = checklist::blank(&governing.procedure, &asked.truong_hop);
        let history = history(&app, &me, &asked.so, &rows).await?;
        let shell = Shell::officer(&app, &me, Nav::Intake, "");
        Ok::<_, AppError>(html(&Page { shell, procedure: code.clone(), history, ticked: Vec::new() }))
    };
    page.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

impl Page {
    fn is_ticked(&self, key: &str) -> bool {
        self.ticked.iter().any(|t| t == key)
    }
}
