//! `/can-bo/viec-can-chu-y`: what the clock asks of this officer, the unit's head, the Centre, the province.

use crate::{
    accounts::SignedIn,
    app::App,
    attention::store::{self, Attention},
    catalogue::process::{sending, store::Design},
    error::AppError,
    http::{Nav, PageError, Shell, html},
    personal_data::{self, Called as DataRequest},
    reference::Reference,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{
    accounts::{Role, Who},
    dossier::{Called, DueKind},
};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "attention/list/page.html")]
struct Page {
    shell: Shell,
    reference: Arc<Reference>,
    calls: Vec<Attention>,
    /// Details of approved processes that are overdue at the Centre.
    details: Vec<Design>,
    /// Requests about personal data whose clock calls.
    requests: Vec<DataRequest>,
    older: Option<i64>,
    published: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    truoc: String,
}

const MOST: usize = 50;

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &me, &asked).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// As whom this officer is called; each reads only what the own work reaches.
fn targets(who: &Who) -> Vec<(Called, i64)> {
    let mut all = vec![(Called::Holder, who.officer.raw())];
    if who.is(Role::UnitHead) || who.is(Role::AgencyLeader) {
        all.push((Called::Agency, who.agency.raw()));
    }
    let at_centre = |r: Role| r.takes_in() || r.reads_province() || r == Role::ReturnDesk;
    if let Some(centre) = who.centre.filter(|_| who.any(at_centre)) {
        all.push((Called::Centre, centre.raw()));
    }
    // VL 8.6: those who watch over procedures in the Office report on them.
    if who.is(Role::ProcedureControl) {
        all.push((Called::Office, 0));
    }
    if who.is(Role::ProvinceLeader) {
        all.push((Called::Province, 0));
    }
    all
}

async fn page(app: &App, me: &SignedIn, asked: &Asked) -> Result<Response, AppError> {
    let before = asked.truoc.parse().unwrap_or(i64::MAX);
    let (targets, who) = (targets(&me.who), me.who.clone());
    let most = i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1;
    let read = move |q: &mut platform::db::Reader| {
        let mut calls = Vec::new();
        for (called, target) in targets {
            calls.extend(store::open_calls(q, called, target, before, most)?);
        }
        Ok::<_, AppError>((calls, sending::called(q, &who)?, personal_data::called(q, &who)?))
    };
    let (mut calls, details, requests) = app.db.read(read).await?;
    calls.sort_by_key(|c| std::cmp::Reverse(c.id));
    let older = (calls.len() > MOST).then(|| calls[MOST - 1].id);
    calls.truncate(MOST);
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Việc cần chú ý"));
    let published = app.profile.overdue.published;
    Ok(html(&Page { shell, reference: app.reference(), calls, details, requests, older, published }))
}

impl Page {
    fn words(&self, call: &Attention) -> &'static str {
        call.kind.map_or("", |kind| self.shell.lang.pick(kind.words()))
    }
    /// By when the detail had to be at the Centre.
    fn due(&self, design: &Design) -> String {
        design.decision.as_ref().map(|d| self.shell.when(d.send_due)).unwrap_or_default()
    }
    /// Whose process it is.
    fn keeper(&self, design: &Design) -> String {
        let all = || self.shell.lang.t("Mọi cơ quan giải quyết").to_owned();
        design.scope.agency.map_or_else(all, |agency| self.reference.agency_name(agency).to_owned())
    }
    fn href(&self, call: &Attention) -> String {
        format!("/can-bo/ho-so/{}", self.code(call))
    }
    #[expect(clippy::unused_self, reason = "templates call it on the page")]
    fn code(&self, call: &Attention) -> String {
        call.state.code.as_ref().map_or_else(|| call.dossier.to_string(), ToString::to_string)
    }
    fn agency(&self, call: &Attention) -> &str {
        self.reference.agency_name(call.state.intake.agency)
    }
    /// The colour that repeats the words.
    #[expect(clippy::unused_self, reason = "templates call it on the page")]
    fn tone(&self, call: &Attention) -> &'static str {
        match call.kind {
            Some(
                DueKind::Due
                | DueKind::IntakeCheck
                | DueKind::StepDue
                | DueKind::AgencyDue
                | DueKind::PartDue
                | DueKind::ConsultationDue
                | DueKind::VisitMinutes
                | DueKind::ConsultationReported
                | DueKind::IssueDue
                | DueKind::OverdueReport
                | DueKind::Urged
                | DueKind::UrgingUnanswered,
            ) => "overdue",
            Some(
                DueKind::NearDue
                | DueKind::StepNear
                | DueKind::AgencyNear
                | DueKind::PartNear
                | DueKind::ConsultationNear
                | DueKind::ApologyDraft,
            ) => "near",
            _ => "running",
        }
    }
    fn icon(&self, call: &Attention) -> &'static str {
        match self.tone(call) {
            "overdue" => "overdue",
            "near" => "near",
            _ => "running",
        }
    }
}
