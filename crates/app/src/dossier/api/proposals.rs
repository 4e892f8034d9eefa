//! What is put before somebody and has not taken effect: proposals that wait for a word, and form 04 as the system drafted it.

use super::look::look;
use crate::{
    accounts::KeyHolder,
    app::App,
    dossier::{
        apology_drafts::{self, Draft},
        intake_fields,
        view::ItemView,
    },
    http::{ApiError, Problem},
    reference::Reference,
};
use axum::{
    Json,
    extract::{Path, State},
};
use domain::{
    dossier::{Dossier, Proposal, Proposed},
    id::Id,
    people::Officer,
    time::Instant,
};
use serde::Serialize;
use utoipa::ToSchema;

/// What is proposed, and by whom; it takes effect with the word of whoever confirms or signs it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalView {
    /// `supplement`, `suspension`, `refusal`, `stop` or `apology`.
    pub what: &'static str,
    /// `waiting` for a word, or `drafted` by the system for whoever fills it in and signs.
    pub state: &'static str,
    /// Who says the word: `centre` or `leader`; absent for a draft, which whoever has the dossier or the agency's leader signs.
    pub confirmed_by: Option<&'static str>,
    /// Login of who proposes, or filled the draft in last.
    pub by: Option<String>,
    #[schema(value_type = String)]
    pub at: Instant,
    pub reason: Option<String>,
    /// Where to hand it in instead, of a refusal.
    pub directions: Option<String>,
    /// The end of a suspension.
    #[schema(value_type = Option<String>)]
    pub until: Option<Instant>,
    /// The new date of an apology.
    #[schema(value_type = Option<String>)]
    pub new_due_at: Option<Instant>,
    /// An apology that comes too late, or a draft that was made late.
    pub late: bool,
    /// All that is missing or wrong, of a supplement request.
    pub items: Vec<ItemView>,
    /// SHA-256 of the signed papers as they were scanned.
    pub files: Vec<String>,
}

/// What waits on a dossier for somebody's word or signature; empty when nothing does.
#[utoipa::path(
    get, path = "/api/v1/dossiers/{code}/proposals", tag = "dossier",
    params(("code" = String, Path, description = "Dossier code, or id while it has no code")),
    responses((status = 200, body = Vec<ProposalView>), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn read_proposals(
    State(app): State<App>,
    key: KeyHolder,
    Path(code): Path<String>,
) -> Result<Json<Vec<ProposalView>>, ApiError> {
    let (row, drafted) = look(&app, &key, &code, |q, row| apology_drafts::store::open(q, row.id)).await?;
    let reference = app.reference();
    let waiting = row.state.proposal.as_ref().map(|p| ProposalView::waiting(p, &row.state, &reference));
    let drafted = drafted.map(|d| ProposalView::drafted(&app, d, &reference));
    Ok(Json(waiting.into_iter().chain(drafted).collect()))
}

fn login(officer: Id<Officer>, reference: &Reference) -> Option<String> {
    reference.officer(officer).map(|o| o.login.clone())
}

impl ProposalView {
    fn empty(what: &'static str, state: &'static str, at: Instant) -> Self {
        Self {
            what,
            state,
            confirmed_by: None,
            by: None,
            at,
            reason: None,
            directions: None,
            until: None,
            new_due_at: None,
            late: false,
            items: Vec::new(),
            files: Vec::new(),
        }
    }
    fn waiting(p: &Proposal, d: &Dossier, reference: &Reference) -> Self {
        let at_centre = d.holder.as_ref().is_some_and(|h| h.centre.is_some());
        let mut view = Self {
            by: login(p.by, reference),
            confirmed_by: Some(if at_centre { "centre" } else { "leader" }),
            ..Self::empty(p.what.key(), "waiting", p.at)
        };
        match &p.what {
            Proposed::Supplement { items, reason, files } => {
                view.reason.clone_from(reason);
                view.items = items.iter().map(ItemView::of).collect();
                view.files.clone_from(files);
            }
            Proposed::Suspension { reason, until } => {
                (view.reason, view.until) = (Some(reason.clone()), Some(*until));
            }
            Proposed::Refusal { reason, directions, files } => {
                view.reason = Some(reason.clone());
                view.directions.clone_from(directions);
                view.files.clone_from(files);
            }
            Proposed::Stop { reason, files } => {
                (view.reason, view.files) = (Some(reason.clone()), files.clone());
            }
            Proposed::Apology { reason, new_due_at, files, late } => {
                (view.reason, view.new_due_at, view.late) = (Some(reason.clone()), Some(*new_due_at), *late);
                view.files.clone_from(files);
            }
        }
        view
    }
    /// A day that cannot be read is none yet; what was typed stays in the draft.
    fn drafted(app: &App, d: Draft, reference: &Reference) -> Self {
        Self {
            by: d.saved.and_then(|(by, _)| login(by, reference)),
            new_due_at: intake_fields::day_or_moment(app, "new_due_at", &d.new_due, &mut Vec::new()),
            reason: Some(d.reason).filter(|reason| !reason.trim().is_empty()),
            late: d.late,
            ..Self::empty("apology", "drafted", d.drafted_at)
        }
    }
}
