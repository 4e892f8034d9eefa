//! A dossier as the API answers it; pages show the same facts.

use super::Done;
use crate::reference::Reference;
use domain::{
    accounts::Who,
    catalogue::Process,
    dossier::{Dossier, lawful},
    id::Id,
    time::Instant,
};
use serde::Serialize;
use utoipa::ToSchema;

/// The one shape of every answer about a dossier.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DossierView {
    pub id: String,
    /// Absent for a draft.
    pub code: Option<String>,
    /// Send it back as `If-Match: "VERSION"`.
    pub version: u32,
    pub status: &'static str,
    /// 1 to 10; absent for a draft.
    pub national_status: Option<u8>,
    #[schema(value_type = Option<String>)]
    pub accepted_at: Option<Instant>,
    #[schema(value_type = Option<String>)]
    pub due_at: Option<Instant>,
    pub holder: Option<HolderView>,
    pub receipt: Option<ReceiptView>,
    /// The commands that this officer may lawfully give now.
    pub next: Vec<&'static str>,
}

/// Who has it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HolderView {
    pub step: String,
    /// Identifier of the agency.
    pub agency: Option<String>,
    /// Code of the unit.
    pub unit: Option<String>,
    /// Login of the officer, once one has it in person.
    pub officer: Option<String>,
}

/// The receipt, form 01.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReceiptView {
    pub number: String,
    pub url: String,
}

impl DossierView {
    pub fn of(id: Id<Dossier>, d: &Dossier, process: &Process, who: &Who, reference: &Reference) -> Self {
        let holder = d.holder.as_ref().map(|h| HolderView {
            step: h.step.clone(),
            agency: reference.agency(h.agency).map(|a| a.identifier.clone()),
            unit: h
                .unit
                .and_then(|u| reference.unit(u))
                .or_else(|| reference.units_of(h.agency).next())
                .map(|u| u.code.clone()),
            officer: h.officer.and_then(|o| reference.officer(o)).map(|o| o.login.clone()),
        });
        Self {
            id: id.to_string(),
            code: d.code.as_ref().map(ToString::to_string),
            version: d.version,
            status: d.status.key(),
            national_status: d.status.national(),
            accepted_at: d.accepted_at,
            due_at: d.due_at,
            holder,
            receipt: d
                .receipt
                .as_ref()
                .map(|r| ReceiptView { number: r.number.clone(), url: format!("/api/v1/slips/{}.pdf", r.id) }),
            next: lawful(who, d, process).into_iter().map(domain::dossier::CommandName::key).collect(),
        }
    }
    pub fn of_done(done: &Done, who: &Who, reference: &Reference) -> Self {
        Self::of(done.id, &done.state, &done.governing.process, who, reference)
    }
}
