use super::{AgainstRegulation, UndoRefusal};
use crate::{interlink::LinkRefusal, time::Instant};

mod words;

/// Why a command was refused. Every reason has its rule, a code for machines and words that say what to do instead.
/// A new one also asks: does it belong beside a field (`field`), is it a missing right (`is_forbidden`)?
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// GR-6: the officer does not hold the step.
    NotTheHolder,
    /// INT-09: dossiers are taken in only by the Centre's intake roles.
    OnlyTheCentreTakesIn,
    /// The command does not fit the state.
    NotNow {
        /// The state, in Vietnamese and English.
        status: (&'static str, &'static str),
    },
    /// GR-3: a component that the published list of this variant does not have.
    ComponentNotPublished {
        /// Its id.
        id: String,
    },
    /// INT-02: the procedure has several cases, each with its own papers, and none of them was named.
    VariantNeeded,
    /// INT-02: required papers are missing.
    Incomplete {
        /// The ids and names of all that is missing, at once.
        missing: Vec<(String, String)>,
    },
    /// The assignee cannot do the step.
    AssigneeUnfit,
    /// ADM-02: the counter, or its officer, is bound to other fields.
    FieldNotTakenIn {
        /// The field of the procedure.
        field: String,
    },
    /// ADM-02: the assignee is bound to other fields.
    FieldOfOthers {
        /// The field of the procedure.
        field: String,
    },
    /// The appraisal has not been recorded.
    NotAppraised,
    /// INT-13: a late entry needs the true time of receipt, in the past.
    TrueTimeNeeded,
    /// INT-13: whoever entered it cannot confirm it.
    SecondOfficerNeeded,
    /// INT-13: a late entry is not decided before a second officer has confirmed it.
    LateNotConfirmed,
    /// FLW-04: decided on the spot, so approved at the Centre only (DN 16.1c).
    OnlyAtTheCentre,
    /// GR-4, QN 6.2: no receipt (form 01), so no approval.
    WithoutReceipt,
    /// The step named is not an earlier step of this dossier.
    NoSuchStep {
        /// What was asked for.
        step: String,
    },
    /// Declining needs a reason in writing.
    ReasonNeeded,
    /// GR-5: the receiver is not on the dossier and showed no authorisation (DN 11.4).
    ReceiverNotAuthorised,
    /// GR-5: the profile demands an identity paper.
    IdentityNeeded,
    /// GR-5: a parcel without its tracking number cannot be followed.
    TrackingNeeded,
    /// INT-15: the applicant chose another way.
    OtherWayChosen {
        /// The way chosen, Vietnamese and English.
        chosen: (&'static str, &'static str),
    },
    /// INT-08: the time of receipt lies ahead, or is not the counter's to set.
    ReceivedLater {
        /// What was said.
        at: Instant,
    },
    /// CLK-01: the calendar does not reach as far as the due date.
    CalendarEnds {
        /// The last day it knows.
        last: jiff::civil::Date,
    },
    /// CAT-04: the process has no step after this one.
    ProcessEnds,
    /// INT-01: the province has not opened this channel.
    ChannelClosed,
    /// GR-1: a request without the list of what is missing.
    ListNeeded,
    /// GR-1: the list leaves out a required paper that is not here.
    ListIncomplete {
        /// The ids and names of required papers that are neither here nor on the list.
        missing: Vec<(String, String)>,
    },
    /// GR-1: guidance at intake was given as often as the profile allows.
    GuidanceAlreadyGiven {
        /// How often so far.
        times: u32,
    },
    /// GR-1: a supplement was asked as often as the profile allows.
    SupplementAlreadyAsked {
        /// How often so far.
        times: u32,
    },
    /// GR-1: the window for returning an incomplete dossier has passed (CLK-04).
    SupplementWindowPassed {
        /// When the window ended.
        end: Instant,
    },
    /// CLK-04: what was asked for is not all here, so the limit does not start.
    SupplementIncomplete {
        /// The ids and names of what was asked for and is still not here.
        missing: Vec<(String, String)>,
    },
    /// CLK-05: there is no due date that could be moved.
    NoDueDate,
    /// GR-2: re-appointed as often as the profile allows.
    AlreadyReappointed {
        /// How often so far.
        times: u32,
    },
    /// CLK-05: the new date lies on a day off, or at an hour at which the centre is closed.
    DateAtRest {
        /// The next closing on a working day.
        next: Instant,
    },
    /// GR-2: later than D−1; only a late apology is left.
    ApologyTooLate {
        /// The due date.
        due: Instant,
    },
    /// GR-2: the new date must lie after the old one and ahead.
    DateNotLater {
        /// The date in force.
        due: Instant,
    },
    /// CLK-05: where the Centre apologises, it does so once the dossier is overdue (HUE 3.3b).
    NotOverdueYet {
        /// The due date.
        due: Instant,
    },
    /// CLK-05: in this province the Centre writes the apology (HUE 3.3b).
    TheCentreApologises,
    /// FLW-08: a suspension needs an end that lies ahead.
    UntilNotAhead {
        /// What was said.
        until: Instant,
    },
    /// FEE-02: the amount is not what is owed.
    AmountWrong {
        /// What is owed, in đồng, when it is known.
        owed: Option<i64>,
    },
    /// FEE-03: work goes on only on proof of payment.
    ProofNeeded,
    /// A fee that the published schedule does not have for this case, channel and day (FEE-01).
    FeeNotPublished {
        /// The line as it was chosen.
        fee: String,
    },
    /// GR-5: a fee is unpaid.
    FeesUnpaid {
        /// What is owed, in đồng.
        amount: i64,
    },
    /// GR-5: the profile demands the receipt, and nothing stands in for it.
    SlipNeeded,
    /// Something about what other agencies do for it.
    Link(LinkRefusal),
    /// Something that this province's regulation forbids.
    Regulation(AgainstRegulation),
    /// The last act stays as it is.
    Undo(UndoRefusal),
    /// The procedure is handled elsewhere (INT-05).
    NotHandledHere {
        /// Where.
        place: String,
    },
    /// CAT-02: a publishing decision has ended the procedure.
    ProcedureEnded {
        /// The first day on which it is no longer taken in, where the decision states it.
        since: Option<jiff::civil::Date>,
        /// The decision that ended it.
        decision: String,
        /// Code and name of what took its place.
        replaced_by: Option<String>,
    },
    /// CAT-02: the procedure is published but its day has not come.
    ProcedureAhead {
        /// The first day on which it is taken in.
        from: jiff::civil::Date,
    },
}

impl Refusal {
    /// The rule or requirement that refuses.
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::NotTheHolder => "GR-6",
            Self::OnlyTheCentreTakesIn => "INT-09",
            Self::NotNow { .. } => "FLW-01",
            Self::ComponentNotPublished { .. } => "GR-3",
            Self::VariantNeeded | Self::Incomplete { .. } => "INT-02",
            Self::AssigneeUnfit | Self::NoSuchStep { .. } | Self::Undo(_) => "FLW-07",
            Self::TrueTimeNeeded | Self::SecondOfficerNeeded | Self::LateNotConfirmed => "INT-13",
            Self::OnlyAtTheCentre => "FLW-04",
            Self::NotAppraised | Self::WithoutReceipt => "GR-4",
            Self::FieldNotTakenIn { .. } | Self::FieldOfOthers { .. } => "ADM-02",
            Self::ReasonNeeded => "CLK-10",
            Self::ReceiverNotAuthorised
            | Self::IdentityNeeded
            | Self::TrackingNeeded
            | Self::FeesUnpaid { .. }
            | Self::SlipNeeded => "GR-5",
            Self::OtherWayChosen { .. } => "INT-15",
            Self::ReceivedLater { .. } => "INT-08",
            Self::CalendarEnds { .. } => "CLK-01",
            Self::ProcessEnds => "CAT-04",
            Self::ChannelClosed => "INT-01",
            Self::ListNeeded
            | Self::ListIncomplete { .. }
            | Self::GuidanceAlreadyGiven { .. }
            | Self::SupplementAlreadyAsked { .. }
            | Self::SupplementWindowPassed { .. } => "GR-1",
            Self::SupplementIncomplete { .. } => "CLK-04",
            Self::NoDueDate | Self::NotOverdueYet { .. } | Self::TheCentreApologises | Self::DateAtRest { .. } => {
                "CLK-05"
            }
            Self::AlreadyReappointed { .. } | Self::ApologyTooLate { .. } | Self::DateNotLater { .. } => "GR-2",
            Self::UntilNotAhead { .. } => "FLW-08",
            Self::AmountWrong { .. } => "FEE-02",
            Self::ProofNeeded => "FEE-03",
            Self::FeeNotPublished { .. } => "FEE-01",
            Self::Link(why) => why.rule(),
            Self::Regulation(why) => why.rule(),
            Self::NotHandledHere { .. } => "INT-05",
            Self::ProcedureEnded { .. } | Self::ProcedureAhead { .. } => "CAT-02",
        }
    }
    /// The code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotTheHolder => "dossier.not_the_holder",
            Self::OnlyTheCentreTakesIn => "intake.only_the_centre",
            Self::NotNow { .. } => "dossier.not_now",
            Self::ComponentNotPublished { .. } => "component.not_published",
            Self::VariantNeeded => "variant.needed",
            Self::Incomplete { .. } => "intake.incomplete",
            Self::AssigneeUnfit => "assignment.unfit",
            Self::FieldNotTakenIn { .. } => "intake.other_field",
            Self::FieldOfOthers { .. } => "assignment.other_field",
            Self::NotAppraised => "approval.not_appraised",
            Self::TrueTimeNeeded => "late.time_needed",
            Self::SecondOfficerNeeded => "late.second_officer",
            Self::LateNotConfirmed => "late.not_confirmed",
            Self::OnlyAtTheCentre => "approval.only_at_the_centre",
            Self::WithoutReceipt => "approval.without_receipt",
            Self::NoSuchStep { .. } => "step.unknown",
            Self::ReasonNeeded => "reason.needed",
            Self::ReceiverNotAuthorised => "return.not_authorised",
            Self::IdentityNeeded => "return.identity_needed",
            Self::TrackingNeeded => "return.tracking_needed",
            Self::OtherWayChosen { .. } => "return.other_way",
            Self::ReceivedLater { .. } => "intake.received_later",
            Self::CalendarEnds { .. } => "calendar.ends",
            Self::ProcessEnds => "process.ends",
            Self::ChannelClosed => "intake.channel_closed",
            Self::ListNeeded => "supplement.list_needed",
            Self::ListIncomplete { .. } => "supplement.list_incomplete",
            Self::GuidanceAlreadyGiven { .. } => "guidance.already_asked",
            Self::SupplementAlreadyAsked { .. } => "supplement.already_asked",
            Self::SupplementWindowPassed { .. } => "supplement.window_passed",
            Self::SupplementIncomplete { .. } => "supplement.incomplete",
            Self::NoDueDate => "apology.no_due_date",
            Self::AlreadyReappointed { .. } => "apology.already_reappointed",
            Self::ApologyTooLate { .. } => "apology.too_late",
            Self::DateNotLater { .. } => "apology.date_not_later",
            Self::DateAtRest { .. } => "apology.date_at_rest",
            Self::NotOverdueYet { .. } => "apology.not_overdue",
            Self::TheCentreApologises => "apology.by_the_centre",
            Self::UntilNotAhead { .. } => "suspension.until_not_ahead",
            Self::AmountWrong { .. } => "fee.amount_wrong",
            Self::ProofNeeded => "fee.proof_needed",
            Self::FeeNotPublished { .. } => "fee.not_published",
            Self::FeesUnpaid { .. } => "return.fees_unpaid",
            Self::SlipNeeded => "return.slip_needed",
            Self::Link(why) => why.code(),
            Self::Regulation(why) => why.code(),
            Self::Undo(why) => why.code(),
            Self::NotHandledHere { .. } => "intake.not_handled_here",
            Self::ProcedureEnded { .. } => "procedure.ended",
            Self::ProcedureAhead { .. } => "procedure.ahead",
        }
    }
    /// Whether it is a matter of right (403) and not of law (409).
    pub const fn is_forbidden(&self) -> bool {
        matches!(
            self,
            Self::NotTheHolder
                | Self::OnlyTheCentreTakesIn
                | Self::FieldNotTakenIn { .. }
                | Self::TheCentreApologises
                | Self::Undo(UndoRefusal::NotYours)
                | Self::Regulation(AgainstRegulation::CentralDeskOnly | AgainstRegulation::TheCentreAdjusts)
        )
    }
    /// The field beside which a form shows it, when one is to blame.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::Incomplete { .. } | Self::ComponentNotPublished { .. } | Self::SupplementIncomplete { .. } => {
                Some("components")
            }
            Self::VariantNeeded => Some("variant"),
            Self::AssigneeUnfit | Self::FieldOfOthers { .. } => Some("officer"),
            Self::NoSuchStep { .. } => Some("step"),
            Self::ReasonNeeded => Some("reason"),
            Self::ReceiverNotAuthorised => Some("authorisation"),
            Self::IdentityNeeded => Some("identity"),
            Self::TrackingNeeded => Some("tracking"),
            Self::OtherWayChosen { .. } => Some("how"),
            Self::ReceivedLater { .. } | Self::TrueTimeNeeded => Some("received_at"),
            Self::ChannelClosed => Some("channel"),
            Self::ListNeeded | Self::ListIncomplete { .. } => Some("items"),
            Self::ApologyTooLate { .. } => Some("late"),
            Self::DateNotLater { .. } | Self::DateAtRest { .. } => Some("new_due_at"),
            Self::UntilNotAhead { .. } => Some("until"),
            Self::AmountWrong { .. } => Some("amount"),
            Self::ProofNeeded => Some("proof"),
            Self::FeeNotPublished { .. } => Some("fees"),
            Self::SlipNeeded => Some("without_slip"),
            Self::Link(why) => why.field(),
            Self::Regulation(why) => why.field(),
            _ => None,
        }
    }
}

impl From<AgainstRegulation> for Refusal {
    fn from(why: AgainstRegulation) -> Self {
        Self::Regulation(why)
    }
}
