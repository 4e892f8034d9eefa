//! `/can-bo/phieu-xin-loi`: forms 04 that the system has drafted and that wait for the reason, the new date and the signature.

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        apology_drafts::{
            Draft,
            store::{self, Waiting},
        },
        inbox::{self, Line, lines},
    },
    error::AppError,
    http::{Nav, PageError, Shell, html},
    reference::Reference,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{
    accounts::{Role, Who},
    id::Id,
    people::Agency,
};
use serde::Deserialize;
use std::{collections::HashMap, sync::Arc};

#[derive(Template)]
#[template(path = "dossier/apology_drafts/list/page.html")]
struct Page {
    shell: Shell,
    reference: Arc<Reference>,
    rows: Vec<(Line, Draft)>,
    /// The reader signs for the agency, whoever has the dossier.
    signs: bool,
    next: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    sau: String,
}

const MOST: usize = 50;
/// Beyond this the count says only that there are more.
const MANY: i64 = 1_000;

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &me, &asked).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// Signs form 04 for the own agency.
fn leads(who: &Who) -> bool {
    who.is(Role::AgencyLeader)
}

/// The agencies for which one of these may sign, each once.
fn agencies(identities: &[Who], of: fn(&Who) -> bool) -> Vec<Id<Agency>> {
    let mut all: Vec<_> = identities.iter().filter(|who| of(who)).map(|who| who.agency).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// How many drafts wait for this reader's signature, at most a thousand.
pub async fn waiting(app: &App, me: &SignedIn) -> Result<i64, AppError> {
    let agencies = agencies(&me.identities, leads);
    if agencies.is_empty() {
        return Ok(0);
    }
    let read = move |q: &mut platform::db::Reader| {
        agencies.iter().map(|agency| Ok::<_, AppError>(store::count(q, *agency, MANY)?)).sum()
    };
    app.db.read(read).await
}

async fn page(app: &App, me: &SignedIn, asked: &Asked) -> Result<Response, AppError> {
    let after = inbox::after(&asked.sau);
    let heads = agencies(&me.identities, |who| leads(who) || who.is(Role::UnitHead));
    let held: Vec<_> = me.identities.iter().map(|who| who.officer).collect();
    let most = i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1;
    let mut found: Vec<Waiting> = app
        .db
        .read(move |q| {
            let mut found = Vec::new();
            for agency in heads {
                found.extend(store::of_agency(q, agency, after, most)?);
            }
            for officer in held {
                found.extend(store::of_holder(q, officer, after, most)?);
            }
            Ok::<_, AppError>(found)
        })
        .await?;
    found.sort_by_key(|(row, _)| row.after);
    found.dedup_by_key(|(row, _)| row.id);
    let next = (found.len() > MOST).then(|| found[MOST - 1].0.after).map(|(due, id)| format!("?sau={due}-{id}"));
    found.truncate(MOST);
    let (rows, drafts): (Vec<_>, Vec<_>) =
        found.into_iter().map(|(row, draft)| (row.clone(), (row.id.raw(), draft))).unzip();
    let mut drafts: HashMap<i64, Draft> = drafts.into_iter().collect();
    let shown = lines(app, me, rows).await?;
    let rows = shown.into_iter().filter_map(|line| drafts.remove(&line.id).map(|draft| (line, draft))).collect();
    let shell = Shell::officer(app, me, Nav::Approve, me.reader.lang.t("Phiếu xin lỗi đã soạn, chờ ký"));
    let signs = me.identities.iter().any(leads);
    Ok(html(&Page { shell, reference: app.reference(), rows, signs, next }))
}

impl Page {
    fn saved(&self, draft: &Draft) -> Option<String> {
        draft.filled_in(&self.reference, &self.shell)
    }
}
