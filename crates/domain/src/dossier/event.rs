use super::{
    Answered, Decision, DossierCode, FeeMoment, Holder, Intake, Opinion, Proposed, ReceivedComponent, RequestItem,
    Status,
};
use crate::{deadline::TimeLimit, id::Id, interlink::Linked, people::Officer, time::Instant};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

mod chain;
mod glimpse;
mod slip;
mod words;

pub use chain::{OnBehalf, StoredEvent, chain_hash};
pub use glimpse::{End, Glimpse};
pub use slip::{Slip, SlipRef};

/// What happened to a dossier. Events are the history that proves the state; they hold no personal data, only digests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// Kept as a draft by the officer who takes it in.
    Drafted {
        /// What is taken in.
        intake: Intake,
        /// When it reached the Centre, when that is not now (INT-08).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        received_at: Option<Instant>,
        /// The officer's desk.
        holder: Holder,
    },
    /// Sent online or by post; has a code but no clock yet.
    Submitted {
        /// The code.
        code: DossierCode,
        /// What was sent.
        intake: Intake,
        /// The desk that must open it.
        holder: Holder,
        /// Handed in on the national portal, whose account delivered it (QNI 13.4a).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        through_portal: bool,
    },
    /// Taken in: the legal clock starts (CLK-03).
    Accepted {
        /// The code; a submitted dossier keeps the one it has.
        code: DossierCode,
        /// What was taken in; absent when it is already known from the draft or the submission.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        intake: Option<Box<Intake>>,
        /// The moment that counts: receipt at the Centre.
        received_at: Instant,
        /// The statutory limit that runs.
        limit: TimeLimit,
        /// The due date, computed once and kept, so that replay never changes after a new holiday.
        due_at: Option<Instant>,
        /// The version of the calendar by which it was computed.
        calendar_version: i64,
        /// The receipt (form 01), unless the profile does without one.
        receipt: Option<SlipRef>,
        /// Who has it next.
        holder: Holder,
    },
    /// Refused with reason (form 03).
    Refused {
        /// The reason in words.
        reason: String,
        /// Where to hand it in instead, when it belongs elsewhere (INT-05).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        directions: Option<String>,
        /// The refusal slip.
        slip: SlipRef,
        /// SHA-256 of the signed notice as it was scanned (CLK-10).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<String>,
        /// Who gives the papers and the slip back, where the regulation says who does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        holder: Option<Holder>,
    },
    /// Incomplete at intake: form 02 tells all that is missing at once (INT-04).
    GuidanceRequested {
        /// The code, given here to a draft so that the applicant finds it again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<DossierCode>,
        /// All that is missing or wrong.
        items: Vec<RequestItem>,
        /// Why, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// The slip.
        slip: SlipRef,
        /// When it lapses.
        until: Instant,
        /// The desk that waits for the applicant.
        holder: Holder,
    },
    /// What guidance asked for is here; the dossier is looked at again.
    GuidanceCompleted {
        /// What was brought.
        components: Vec<ReceivedComponent>,
        /// What was said to the lines that name no paper (INT-05).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        answers: Vec<Answered>,
        /// When it reached the Centre (INT-08).
        received_at: Instant,
        /// The desk that looks at it.
        holder: Holder,
    },
    /// Returned for a supplement during appraisal (form 02): the clock stands (CLK-04).
    SupplementRequested {
        /// All that is missing or wrong.
        items: Vec<RequestItem>,
        /// Why, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// The slip.
        slip: SlipRef,
        /// When it lapses.
        until: Instant,
        /// SHA-256 of the signed request as it was scanned (DN 16.1e).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<String>,
        /// Who will go on.
        holder: Holder,
    },
    /// The supplement is complete: the limit runs again from zero (CLK-04).
    SupplementCompleted {
        /// What was brought.
        components: Vec<ReceivedComponent>,
        /// What was said to the lines that name no paper (INT-05).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        answers: Vec<Answered>,
        /// When it was complete at the Centre: from there the limit counts.
        received_at: Instant,
        /// The new due date.
        due_at: Option<Instant>,
        /// The version of the calendar by which it was computed.
        calendar_version: i64,
        /// Who goes on.
        holder: Holder,
    },
    /// A fee is due; when it is due now, the dossier waits for it.
    FeeRequired {
        /// In đồng.
        amount: i64,
        /// What it is for.
        reason: String,
        /// When it must be paid.
        when: FeeMoment,
        /// When the applicant and the Centre are reminded.
        until: Instant,
    },
    /// The fee is paid; a dossier that waited for it goes on (FEE-03).
    FeePaid {
        /// In đồng.
        amount: i64,
        /// The time of the success notice.
        paid_at: Instant,
        /// Number of the receipt or of the transfer.
        proof: String,
        /// The due date, moved by the working time spent waiting.
        due_at: Option<Instant>,
        /// The version of the calendar by which it was computed.
        calendar_version: i64,
    },
    /// A fee that was asked by mistake is taken back; a dossier that waited for it goes on.
    FeeCancelled {
        /// In đồng.
        amount: i64,
        /// Why, in words.
        reason: String,
        /// The due date, moved by the working time spent waiting.
        due_at: Option<Instant>,
        /// The version of the calendar by which it was computed.
        calendar_version: i64,
    },
    /// Suspended with reason: the clock stands.
    Suspended {
        /// Why.
        reason: String,
        /// When it goes on at the latest.
        until: Instant,
        /// Who will go on.
        holder: Holder,
    },
    /// Goes on after a suspension.
    Resumed {
        /// The due date, moved by the working time spent suspended.
        due_at: Option<Instant>,
        /// The version of the calendar by which it was computed.
        calendar_version: i64,
        /// Who goes on.
        holder: Holder,
    },
    /// The agency explains in writing why it is late; the Centre will apologise (HUE 3.3b).
    Explained {
        /// Why.
        reason: String,
        /// The date that the agency can keep.
        new_due_at: Instant,
    },
    /// The Centre or a leader urged whoever has it (CLK-11).
    Urged {
        /// 1, 2, 3 … within the dossier.
        id: u32,
        /// What is asked.
        text: String,
        /// Until when the agency answers in writing.
        answer_by: Instant,
    },
    /// The agency said in writing why it is late and by when it will be done (CLK-11).
    UrgingAnswered {
        /// Which.
        id: u32,
        /// In words.
        text: String,
    },
    /// Apologised, with a new date (form 04; CLK-05).
    Apologised {
        /// Why the result is late.
        reason: String,
        /// The date that could not be kept.
        from: Instant,
        /// The new date.
        due_at: Instant,
        /// The slip.
        slip: SlipRef,
        /// SHA-256 of the signed letter as it was scanned (DN 16.1e).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<String>,
        /// Too late: a breach, confirmed by the Centre.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        late: bool,
        /// The date moves when the Centre adjusts it (VL 4.3e, QN 6.3), not yet.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        to_adjust: bool,
        /// Who has it again, when it was away for confirmation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        holder: Option<Holder>,
    },
    /// The Centre has adjusted the date by the agency's apology, and the applicant is told (CLK-05).
    DateAdjusted {
        /// The new date.
        due_at: Instant,
        /// The apology by which it was adjusted.
        slip: SlipRef,
        /// The notice of the new appointment to the applicant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        notice: Option<SlipRef>,
        /// Why the result is late, as the apology says.
        reason: String,
    },
    /// Why it is overdue (CLK-08).
    OverdueExplained {
        /// In words.
        cause: String,
        /// The law knows the reason.
        justified: bool,
    },
    /// Proposed to the Centre, whose deputy director must confirm (CLK-06).
    Proposed {
        /// What.
        what: Proposed,
        /// Who has it again afterwards.
        back: Holder,
        /// The deputy director.
        holder: Holder,
    },
    /// The deputy director said no; the agency goes on.
    ProposalDeclined {
        /// Why.
        reason: String,
        /// Who has it again.
        holder: Holder,
    },
    /// Stopped with a written notice; the clock ends (FLW-08).
    Stopped {
        /// Why.
        reason: String,
        /// The notice.
        slip: SlipRef,
        /// SHA-256 of the signed notice as it was scanned (CLK-10).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<String>,
    },
    /// Withdrawn by the applicant; the clock ends (FLW-08).
    Withdrawn {
        /// Why, as the applicant said.
        reason: String,
        /// The notice.
        slip: SlipRef,
    },
    /// Given to an officer, or taken.
    Assigned {
        /// Who has it next.
        holder: Holder,
    },
    /// The appraisal's opinion.
    Appraised {
        /// Proposes to grant or to decline.
        opinion: Decision,
        /// In words.
        text: String,
    },
    /// Submitted for approval.
    SubmittedForApproval {
        /// Who has it next.
        holder: Holder,
    },
    /// Passed on to the next unit, agency or level of work.
    PassedOn {
        /// Who has it next.
        holder: Holder,
    },
    /// A head before the last agreed or not, and passed it on; only the last approval decides.
    Endorsed {
        /// Would grant or decline.
        decision: Decision,
        /// The reason, always given when against.
        reason: Option<String>,
        /// The next level.
        holder: Holder,
    },
    /// Decided by the leader; the legal clock ends.
    Decided {
        /// Granted or declined.
        decision: Decision,
        /// The reason, always given when declined.
        reason: Option<String>,
        /// Who issues the result.
        holder: Holder,
    },
    /// Sent back to an earlier step with a reason.
    ReturnedToStep {
        /// Why.
        reason: String,
        /// Who has it again.
        holder: Holder,
        /// The opinion was written before that step and still stands.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        opinion_stands: bool,
    },
    /// Whoever did the last act took it back before anything left the agency (FLW-07); the dossier stands as before it.
    Undone {
        /// The place in the history of what was taken back.
        of: u32,
        /// Who has it again, since the same moment as before.
        holder: Holder,
        /// Where it stands again.
        status: Status,
        /// The opinion that stands again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        opinion: Option<Box<Opinion>>,
        /// Who had done each step.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        done_by: BTreeMap<String, Id<Officer>>,
    },
    /// The result is entered and waits at the return desk (RES-01).
    ResultRecorded {
        /// Its number.
        number: String,
        /// Its date.
        date: Date,
        /// Who signed it.
        signer: String,
        /// SHA-256 of its files.
        files: Vec<String>,
        /// The return desk.
        holder: Holder,
    },
    /// A second officer confirmed that it was taken in on paper as it says (INT-13).
    LateEntryConfirmed,
    /// The working calendar changed, and the due date with it (CLK-01).
    Redated {
        /// The version of the calendar by which the date was counted again.
        calendar_version: i64,
        /// The date it led to, kept so that a replay never changes.
        due_at: Option<Instant>,
        /// The receipt with the new date, when there is one to print again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receipt: Option<SlipRef>,
        /// The clock stands: the date holds for nobody yet, and the applicant is told with the resumption.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        silent: bool,
    },
    /// Something about what other agencies do for it; it never moves its holder.
    Linked(Linked),
    /// Handed over to the applicant.
    HandedOver {
        /// The way it went.
        how: super::ResultBy,
        /// The post's tracking number.
        tracking: Option<String>,
        /// The originals were compared first (RES-04).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        originals_compared: bool,
        /// SHA-256 of the signature drawn on the screen; absent where the slip was signed on paper.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        signature: Option<String>,
        /// Why the receipt was not shown (QN 8.1).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        without_slip: Option<String>,
        /// The handover slip, which names the receiver.
        slip: SlipRef,
    },
}
