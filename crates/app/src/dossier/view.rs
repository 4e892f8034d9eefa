//! A dossier as the API answers it; pages show the same facts.

use crate::{interlink::BranchesView, reference::Reference};
use domain::{
    accounts::Who,
    dossier::{
        ApologyMade, CommandName, Dossier, Explanation, FeeOwed, Law, OpenRequest, OverdueCause, RequestItem, SlipRef,
        Urging, agency_due, next_for,
    },
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
    /// When the competent agency must have the result at the Centre, by its process.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency_due_at: Option<Instant>,
    pub holder: Option<HolderView>,
    pub receipt: Option<ReceiptView>,
    /// What the applicant was asked for and has not brought (form 02).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestView>,
    /// What waits for somebody's word; its contents under `…/proposals`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<&'static str>,
    /// The new date of an apology that the Centre has not adjusted yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appointment: Option<AppointmentView>,
    /// Fees owed and paid.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<OwedFeeView>,
    /// Urgings by the Centre or a leader, each with the agency's answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub urgings: Vec<UrgingView>,
    /// Apologies with their new dates; `late` is a breach that the Centre confirmed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub apologies: Vec<ApologyView>,
    /// The agency's written explanation, on which the Centre apologises.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<ExplanationView>,
    /// Why it is overdue now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overdue_cause: Option<OverdueCauseView>,
    /// The commands that this officer may lawfully give now.
    pub next: Vec<&'static str>,
    /// Entered after an outage: whether a second officer has confirmed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late_confirmed: Option<bool>,
    /// What other agencies do for it.
    #[serde(flatten)]
    pub branches: BranchesView,
}

/// An urging (CLK-11).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UrgingView {
    pub id: String,
    pub text: String,
    #[schema(value_type = String)]
    pub at: Instant,
    #[schema(value_type = String)]
    pub answer_by: Instant,
    pub answer: Option<String>,
    #[schema(value_type = Option<String>)]
    pub answered_at: Option<Instant>,
}

/// An apology with its new date (form 04).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApologyView {
    #[schema(value_type = String)]
    pub at: Instant,
    #[schema(value_type = String)]
    pub from: Instant,
    #[schema(value_type = String)]
    pub to: Instant,
    pub late: bool,
    pub slip: ReceiptView,
}

/// The agency's explanation to the Centre.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExplanationView {
    pub reason: String,
    #[schema(value_type = String)]
    pub new_due_at: Instant,
    #[schema(value_type = String)]
    pub at: Instant,
}

/// Why it is overdue, and whether the law knows the reason.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OverdueCauseView {
    pub cause: String,
    pub justified: bool,
    #[schema(value_type = String)]
    pub at: Instant,
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

/// What was asked for, until when, by which slip.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RequestView {
    pub items: Vec<ItemView>,
    #[schema(value_type = String)]
    pub until: Instant,
    pub slip: ReceiptView,
}

/// A new date that waits for the Centre, and the slip that appoints it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AppointmentView {
    #[schema(value_type = String)]
    pub due_at: Instant,
    pub slip: ReceiptView,
}

/// One paper that is missing or wrong.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ItemView {
    /// Absent where the request itself must be mended: such a line is answered in words, by its place in the list.
    pub component: Option<String>,
    pub problem: &'static str,
    pub note: String,
}

/// A fee in đồng.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OwedFeeView {
    pub amount: i64,
    pub reason: String,
    #[schema(value_type = Option<String>)]
    pub paid_at: Option<Instant>,
    pub proof: Option<String>,
    /// When it was taken back as asked by mistake.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelled_at: Option<Instant>,
}

/// The receipt, form 01, or another slip.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReceiptView {
    pub number: String,
    pub url: String,
}

impl DossierView {
    pub fn of(id: Id<Dossier>, d: &Dossier, law: &Law, who: &Who, reference: &Reference) -> Self {
        let next = next_for(&reference.identities_on(who, law.now, &d.intake.procedure_code), d, law);
        Self { next: next.into_iter().map(CommandName::key).collect(), ..Self::to_anybody(id, d, law, reference) }
    }

    /// The same without what this officer may do next: it depends on neither the officer nor the moment.
    pub fn to_anybody(id: Id<Dossier>, d: &Dossier, law: &Law, reference: &Reference) -> Self {
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
            agency_due_at: agency_due(d, law.process, law.calendar),
            holder,
            receipt: d.receipt.as_ref().map(ReceiptView::of),
            request: d.request.as_ref().map(RequestView::of),
            proposal: d.proposal.as_ref().map(|p| p.what.key()),
            appointment: d
                .appointment
                .as_ref()
                .map(|a| AppointmentView { due_at: a.to, slip: ReceiptView::of(&a.slip) }),
            fees: d.fees.iter().map(OwedFeeView::of).collect(),
            urgings: d.urgings.iter().map(UrgingView::of).collect(),
            apologies: d.apologies.iter().map(ApologyView::of).collect(),
            explanation: d.explanation.as_ref().map(ExplanationView::of),
            overdue_cause: d.overdue_cause().map(OverdueCauseView::of),
            next: Vec::new(),
            late_confirmed: d.late.as_ref().map(|late| late.confirmed_by.is_some()),
            branches: BranchesView::of(d, reference),
        }
    }
}

impl ReceiptView {
    fn of(slip: &SlipRef) -> Self {
        Self { number: slip.number.clone(), url: format!("/api/v1/slips/{}.pdf", slip.id) }
    }
}

impl UrgingView {
    fn of(u: &Urging) -> Self {
        Self {
            id: u.id.to_string(),
            text: u.text.clone(),
            at: u.at,
            answer_by: u.answer_by,
            answer: u.answer.as_ref().map(|a| a.text.clone()),
            answered_at: u.answer.as_ref().map(|a| a.at),
        }
    }
}

impl ApologyView {
    fn of(a: &ApologyMade) -> Self {
        Self { at: a.at, from: a.from, to: a.to, late: a.late, slip: ReceiptView::of(&a.slip) }
    }
}

impl ExplanationView {
    fn of(e: &Explanation) -> Self {
        Self { reason: e.reason.clone(), new_due_at: e.new_due_at, at: e.at }
    }
}

impl OverdueCauseView {
    fn of(c: &OverdueCause) -> Self {
        Self { cause: c.cause.clone(), justified: c.justified, at: c.at }
    }
}

impl RequestView {
    fn of(r: &OpenRequest) -> Self {
        Self { items: r.items.iter().map(ItemView::of).collect(), until: r.until, slip: ReceiptView::of(&r.slip) }
    }
}

impl ItemView {
    pub fn of(i: &RequestItem) -> Self {
        Self { component: i.component.clone(), problem: i.problem.key(), note: i.note.clone() }
    }
}

impl OwedFeeView {
    fn of(f: &FeeOwed) -> Self {
        Self {
            amount: f.amount,
            reason: f.reason.clone(),
            paid_at: f.paid_at,
            proof: f.proof.clone(),
            cancelled_at: f.cancelled_at,
        }
    }
}
