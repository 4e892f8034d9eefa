//! `/can-bo/duyet`: cards to choose from, then one confirmation for all that were chosen.

use super::card::{Card, cards};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        apology_drafts,
        bulk::picks,
        inbox::{
            self,
            store::{Shown, Source},
        },
        store::Work,
    },
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::{Role, Who},
    catalogue::{Place, StepKind},
    dossier::{LEADER_POOL, holds, waits_for},
    id::Id,
    people::Officer,
};
use platform::db::Reader;
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Template)]
#[template(path = "dossier/approvals/page.html")]
struct Page {
    shell: Shell,
    cards: Vec<Card>,
    next: Option<String>,
    /// The chosen ones are shown once more, to be confirmed together.
    confirms: bool,
    /// How many of the chosen ones the reader does not reach any more.
    gone: usize,
    /// Forms 04 that the system has drafted for the reader's signature.
    letters: i64,
    once: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    sau: String,
}

const MOST: usize = 20;

/// Nobody holds more than some hundreds in person; a page of them at a time, and an end in any case.
const PAGE: i64 = 200;
const MOST_PAGES: usize = 10;

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    list(&app, &me, &asked).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// Whose page it is at any rate; others see it when a step gives their role something to approve.
pub fn leads(role: Role) -> bool {
    role == Role::AgencyLeader
}

/// A leader, or one in whose place or by whose role a step of some process is approved.
pub fn approves(app: &App, identities: &[Who]) -> bool {
    identities.iter().any(|who| who.any(leads)) || !sources(identities, &app.reference().pools).is_empty()
}

async fn list(app: &App, me: &SignedIn, asked: &Asked) -> Result<Response, AppError> {
    may_look(app, me)?;
    let mut rows = waiting(app, me, inbox::after(&asked.sau)).await?;
    let next = (rows.len() > MOST).then(|| rows[MOST - 1].after).map(|(due, id)| format!("?sau={due}-{id}"));
    rows.truncate(MOST);
    let title = me.reader.lang.t("Chờ phê duyệt");
    let letters = apology_drafts::waiting(app, me).await?;
    Ok(page(app, me, title, cards(app, me, rows).await?, next, Ok(letters)))
}

/// `POST /can-bo/duyet`: what was ticked, once more, before it is signed.
pub async fn confirm(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    chosen(&app, &me, &form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn chosen(app: &App, me: &SignedIn, form: &Form) -> Result<Response, AppError> {
    may_look(app, me)?;
    let picked = picks(form);
    if picked.is_empty() {
        return Ok(Redirect::to("/can-bo/duyet").into_response());
    }
    let (scope, ids) = (me.who.scope(), picked.iter().map(|p| p.id.raw()).collect::<Vec<_>>());
    let mut rows = app.db.read(move |q| Ok::<_, AppError>(inbox::store::by_ids(q, &scope, ids)?)).await?;
    rows.sort_by_key(|w| w.after);
    let mut cards = cards(app, me, rows).await?;
    // What is confirmed is what was seen: a dossier that moved meanwhile is refused by its version.
    for card in &mut cards {
        if let Some(pick) = picked.iter().find(|p| p.id.raw() == card.line.id) {
            card.line.version = pick.version;
        }
    }
    let title = me.reader.lang.f1("Phê duyệt {} hồ sơ?", cards.len());
    let gone = picked.len() - cards.len();
    Ok(page(app, me, &title, cards, None, Err(gone)))
}

fn may_look(app: &App, me: &SignedIn) -> Result<(), AppError> {
    // A delegate or the backup of an absent leader approves as well (FLW-07).
    if approves(app, &me.identities) { Ok(()) } else { Err(AppError::RightMissing("agency_leader")) }
}

async fn waiting(app: &App, me: &SignedIn, after: (i64, i64)) -> Result<Vec<Work>, AppError> {
    let by = inbox::store::Narrowed::default();
    let sources = sources(&me.identities, &app.reference().pools);
    // What came back from a later approval is held in person.
    let held = me.identities.iter().map(|who| who.officer).collect::<BTreeSet<_>>();
    let (app_, who) = (app.clone(), me.who.clone());
    let most = i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1;
    app.db
        .read(move |q| {
            let mut keys = Vec::new();
            for source in sources {
                keys.extend(inbox::store::keys(q, &source, &by, after, most)?);
            }
            keys.sort_unstable();
            keys.truncate(MOST + 1);
            let mut rows = inbox::store::works(q, &app_.states, &keys, Shown::WithNames)?;
            for officer in held {
                rows.extend(held_to_approve(q, &app_, officer, after, most)?);
            }
            rows.sort_by_key(|w| w.after);
            rows.dedup_by_key(|w| w.id);
            own(q, &app_, &who, rows)
        })
        .await
}

/// Those on which the officer may act: at the Centre the approvals of all agencies lie side by side, and a delegation may name
/// some procedures only.
fn own(q: &mut Reader, app: &App, who: &Who, rows: Vec<Work>) -> Result<Vec<Work>, AppError> {
    let (mut own, reference) = (Vec::with_capacity(rows.len()), app.reference());
    let acting = reference.acting(who, app.now());
    for row in rows {
        let governing = app.versions.of(q, &row.state.intake)?;
        let acting = acting.on(&row.state.intake.procedure_code);
        if acting.iter().any(|who| holds(who, &row.state, &governing.process)) {
            own.push(row);
        }
    }
    Ok(own)
}

/// Of what an officer holds in person, what stands at a step of approval: page by page, because most of it may not.
fn held_to_approve(
    q: &mut Reader,
    app: &App,
    officer: Id<Officer>,
    mut after: (i64, i64),
    most: i64,
) -> Result<Vec<Work>, AppError> {
    let (source, by, mut found) = (Source::Held(officer), inbox::store::Narrowed::default(), Vec::new());
    for _ in 0..MOST_PAGES {
        let keys = inbox::store::keys(q, &source, &by, after, PAGE)?;
        let is_last = i64::try_from(keys.len()).unwrap_or(0) < PAGE;
        after = keys.last().copied().unwrap_or(after);
        let rows = inbox::store::works(q, &app.states, &keys, Shown::WithNames)?;
        for row in rows {
            let step = row.state.holder.as_ref().map(|h| h.step.clone()).unwrap_or_default();
            let governing = app.versions.of(q, &row.state.intake)?;
            if governing.process.step(&step).is_some_and(|s| s.kind == StepKind::Approve) {
                found.push(row);
            }
        }
        if is_last || i64::try_from(found.len()).unwrap_or(most) >= most {
            break;
        }
    }
    Ok(found)
}

/// Where approvals lie for all as whom the officer may act at this moment, each place once.
fn sources(identities: &[Who], pools: &[String]) -> Vec<Source> {
    let mut found = Vec::new();
    for who in identities {
        let waits = pools.iter().filter_map(|pool| match (waits_for(pool, who)?, who.centre) {
            ((Place::Agency, StepKind::Approve), _) => Some(Source::AgencyPool(who.agency, pool.clone())),
            ((Place::Centre, StepKind::Approve), Some(centre)) => Some(Source::CentrePool(centre, pool.clone())),
            _ => None,
        });
        // CLK-05: what the agency writes under the leader's name.
        let signed = who.is(Role::AgencyLeader).then(|| Source::AgencyPool(who.agency, LEADER_POOL.to_owned()));
        for source in waits.chain(signed) {
            if !found.contains(&source) {
                found.push(source);
            }
        }
    }
    found
}

/// `about`: how many drafted letters wait beside the list, or, of those chosen to be confirmed, how many are gone.
fn page(
    app: &App,
    me: &SignedIn,
    title: &str,
    cards: Vec<Card>,
    next: Option<String>,
    about: Result<i64, usize>,
) -> Response {
    let shell = Shell::officer(app, me, Nav::Approve, title);
    let (letters, gone) = (about.unwrap_or(0), about.err().unwrap_or(0));
    html(&Page { shell, cards, next, confirms: about.is_err(), gone, letters, once: hidden_key(app) })
}
