//! `/can-bo/phieu-chung/{id}`: a slip about several dossiers, ready to be printed; `{id}.pdf` is the paper.

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        inbox::{self, Line, lines},
        joint::{JointSlip, MANIFEST, may_read, store},
        slip::{name, print_form},
        store::Work,
    },
    error::AppError,
    http::{Nav, PageError, Shell, html},
    reads,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use documents::Paper;
use domain::{accounts::Reading, id::Id};

#[derive(Template)]
#[template(path = "dossier/joint/slip/page.html")]
struct Page {
    shell: Shell,
    slip: JointSlip,
    officer: String,
    rows: Vec<Line>,
    /// How many it names, the reader's or not.
    count: usize,
    is_manifest: bool,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(file): Path<String>) -> Result<Response, PageError> {
    let answer = async {
        match file.strip_suffix(".pdf") {
            Some(id) => paper(&app, &me, id).await,
            None => page(&app, &me, &file).await,
        }
    };
    answer.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// The slip, and the dossiers it names.
async fn found(app: &App, me: &SignedIn, id: &str) -> Result<(JointSlip, Vec<i64>), AppError> {
    let id: i64 = id.parse().map_err(|_| AppError::NotFound)?;
    let found = app.db.read(move |q| Ok::<_, AppError>((store::find(q, id)?, store::dossiers(q, id)?))).await?;
    match found {
        (Some(slip), dossiers) if may_read(me, slip.centre) => Ok((slip, dossiers)),
        _ => Err(AppError::NotFound),
    }
}

async fn paper(app: &App, me: &SignedIn, id: &str) -> Result<Response, AppError> {
    let (slip, dossiers) = found(app, me, id).await?;
    let ids: Vec<_> = dossiers.into_iter().map(Id::new).collect();
    reads::note(app, &me.who, Reading::Slip, &ids).await;
    let form = serde_json::from_str(&slip.data)
        .map_err(|e| AppError::Internal(format!("joint_slips {}: data: {e}", slip.id)))?;
    print_form(form, Paper::A4, &slip.number.replace('/', "-")).await
}

async fn page(app: &App, me: &SignedIn, id: &str) -> Result<Response, AppError> {
    let (slip, dossiers) = found(app, me, id).await?;
    let (scope, count) = (me.who.scope(), dossiers.len());
    let works: Vec<Work> = app.db.read(move |q| Ok::<_, AppError>(inbox::store::by_ids(q, &scope, dossiers)?)).await?;
    let rows = lines(app, me, works).await?;
    let is_manifest = slip.form == MANIFEST;
    let nav = if is_manifest { Nav::Return } else { Nav::Intake };
    let officer = app.reference().officer_name(slip.officer).to_owned();
    let shell = Shell::officer(app, me, nav, me.reader.lang.t(name(&slip.form)));
    Ok(html(&Page { shell, slip, officer, rows, count, is_manifest }))
}
