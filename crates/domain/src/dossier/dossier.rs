use super::{
    AnsweredItem, ApologyMade, Appointment, Decision, DossierCode, Explanation, FeeMoment, FeeOwed, Intake,
    OpenRequest, OverdueCause, Proposal, Status, Urging, event::SlipRef,
};
use crate::{
    deadline::{Calendar, ClockRules, LedgerEntry, TimeLimit, lawful_due},
    id::Id,
    interlink::Links,
    people::{Agency, Centre, Officer, Unit},
    time::Instant,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A dossier's state: what [`super::evolve`] makes of its events. It holds no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    /// Its code; a draft, or one turned away at the counter, has none.
    pub code: Option<DossierCode>,
    /// The number of events so far; a writer must have seen this one.
    pub version: u32,
    /// Where it stands.
    pub status: Status,
    /// What was taken in.
    pub intake: Intake,
    /// Who has it; nobody once it is closed.
    pub holder: Option<Holder>,
    /// When it was received, from which the clock runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_at: Option<Instant>,
    /// The statutory limit that runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<TimeLimit>,
    /// When the result is due; absent before acceptance and for procedures without an appointed day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Instant>,
    /// The clock's ledger, entry by entry as the events made it: the due date is a pure function of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ledger: Vec<LedgerEntry>,
    /// When a dossier that came by post reached the Centre: from there the clock will run (INT-08).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<Instant>,
    /// The receipt, form 01.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<SlipRef>,
    /// The refusal, form 03.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<SlipRef>,
    /// The notice that it was stopped or withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop: Option<SlipRef>,
    /// The handover slip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handover: Option<SlipRef>,
    /// The opinion of the appraisal; cleared when the dossier goes back before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<Opinion>,
    /// Entered after the event: by whom, and who confirmed it (INT-13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Late>,
    /// What other agencies do for it.
    #[serde(default, skip_serializing_if = "Links::is_empty")]
    pub links: Links,
    /// The decision by which whoever decided did so for a leader, as papers cite it (FLW-04).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegated: Option<String>,
    /// The result, once entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<ResultEntered>,
    /// Who did each step last, by the step's key: to them it goes back.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub done_by: BTreeMap<String, Id<Officer>>,
    /// How often guidance was given at intake.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub guidances: u32,
    /// How often a supplement was asked in appraisal.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub supplements: u32,
    /// What the applicant was asked for and has not brought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<OpenRequest>,
    /// Lines of form 02 that named no paper, with the applicant's answers, in order (INT-05).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<AnsweredItem>,
    /// What waits for the Centre's deputy director.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Proposal>,
    /// Fees owed and paid, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<FeeOwed>,
    /// Apologies with their new dates, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apologies: Vec<ApologyMade>,
    /// The new date of the last apology, while the Centre has not adjusted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<Appointment>,
    /// The competent agency took it in itself, as some regulations let it do online (QNI 13.2a).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub taken_in_by_agency: bool,
    /// The account of the national portal that delivered it; absent for what was handed in here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portal: Option<Id<Officer>>,
    /// The agency's explanation, while the Centre has not apologised yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
    /// Why it is overdue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue: Option<OverdueCause>,
    /// Urgings with their answers, in order (CLK-11).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urgings: Vec<Urging>,
}

impl Dossier {
    /// Why it is overdue now. A cause that was recorded before the date moved speaks of another lateness (CLK-08).
    pub fn overdue_cause(&self) -> Option<&OverdueCause> {
        self.overdue.as_ref().filter(|cause| self.due_at.is_none_or(|due| cause.at > due))
    }
    /// The appointed day that the Centre still has to put in the place of the due date. One that a pause or a supplement has
    /// overtaken meanwhile says nothing any more: adjusting a date never makes it earlier (GR-2; VL 4.3e, QN 6.3).
    pub fn to_adjust(&self) -> Option<&Appointment> {
        self.appointment.as_ref().filter(|appointed| self.due_at.is_none_or(|due| appointed.to > due))
    }
    /// The date that the law set, without the new ones that apologies appointed: those make nothing timely that was not.
    pub fn lawful_due(&self, calendar: &Calendar, rules: &ClockRules) -> Option<Instant> {
        if self.apologies.is_empty() {
            return self.due_at;
        }
        lawful_due(&self.ledger, calendar, rules).unwrap_or(self.due_at)
    }
    /// The fee for which the dossier waits, or the first that must be paid before the handover.
    pub fn unpaid(&self) -> Option<&FeeOwed> {
        self.payable().next()
    }
    /// The fees that can be paid now: while the dossier waits for one, that one (FEE-03); else all that are owed.
    pub fn payable(&self) -> impl Iterator<Item = &FeeOwed> {
        let waits = matches!(self.status, Status::AwaitingPayment { .. });
        self.fees.iter().filter(move |f| f.is_open() && (!waits || f.when == FeeMoment::Now))
    }
    /// What is owed in all, in đồng: told at once, so that nobody is asked to pay twice.
    pub fn owed(&self) -> i64 {
        self.fees.iter().filter(|f| f.is_open()).map(|f| f.amount).sum()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands the field over by reference")]
const fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// Who has a dossier: a step, held by one officer or by all of that role in the unit until one takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The step of the process.
    pub step: String,
    /// The agency that has it.
    pub agency: Id<Agency>,
    /// The centre, while it lies at one of its desks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub centre: Option<Id<Centre>>,
    /// The unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id<Unit>>,
    /// The officer, once one has it in person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Id<Officer>>,
    /// Since when.
    pub since: Instant,
}

/// A dossier that was taken in on paper during an outage and entered afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    /// Who entered it.
    pub by: Id<Officer>,
    /// The second officer, once confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_by: Option<Id<Officer>>,
}

/// The appraisal's opinion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// Proposes to grant or to decline.
    pub proposes: Decision,
    /// In words.
    pub text: String,
    /// Who wrote it.
    pub by: Id<Officer>,
    /// When.
    pub at: Instant,
    /// The step at which it was written: the next unit's step needs an opinion of its own.
    #[serde(default)]
    pub step: String,
}

/// The result as entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultEntered {
    /// Its number.
    pub number: String,
    /// Its date.
    pub date: Date,
    /// Who signed it.
    pub signer: String,
    /// SHA-256 of its files.
    pub files: Vec<String>,
}
