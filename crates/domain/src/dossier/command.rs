use super::{
    Decision, FeeMoment, Intake, IntakeFees, ItemAnswer, People, ReceivedComponent, RequestItem, ResultBy, Signature,
};
use crate::{
    id::Id,
    interlink::Link,
    people::{Officer, Unit},
    time::Instant,
};
use jiff::civil::Date;

/// What an officer asks to be done with a dossier. Parsed and typed at the door; [`super::decide`] says yes or no.
#[derive(Clone, Debug)]
pub enum Command {
    /// Keep as a draft.
    Draft {
        /// What is taken in.
        intake: Intake,
        /// When it was received by post, when that is earlier than now (INT-08).
        received_at: Option<Instant>,
    },
    /// Submitted online, to be opened by an officer.
    Submit(Intake),
    /// Take in at once: the counter, the post, a post employee.
    TakeIn {
        /// What is taken in.
        intake: Intake,
        /// When it was received, when that is earlier than now (INT-08).
        received_at: Option<Instant>,
        /// The fees that the counter asks for with it.
        fees: Option<IntakeFees>,
    },
    /// Refuse at the counter, before it is taken in.
    TurnAway {
        /// What was handed in.
        intake: Intake,
        /// Why, in words the applicant understands.
        reason: String,
        /// The competent agency and how to reach it, when it belongs elsewhere (INT-05).
        directions: Option<String>,
    },
    /// Take in a draft or a submitted dossier.
    Accept {
        /// The fees that are asked for with it.
        fees: Option<IntakeFees>,
    },
    /// Refuse a draft, a submitted or an accepted dossier.
    Refuse {
        /// Why.
        reason: String,
        /// The competent agency and how to reach it, when it belongs elsewhere (INT-05).
        directions: Option<String>,
        /// SHA-256 of the signed notice as it was scanned (CLK-10).
        files: Vec<String>,
    },
    /// Give guidance: form 02 before acceptance (INT-04).
    Guide {
        /// All that is missing or wrong, at once.
        items: Vec<RequestItem>,
        /// Why, in words.
        reason: Option<String>,
    },
    /// Return for a supplement: form 02 during appraisal (INT-04, CLK-04).
    RequestSupplement {
        /// All that is missing or wrong, at once.
        items: Vec<RequestItem>,
        /// Why, in words.
        reason: Option<String>,
        /// SHA-256 of the signed request as it was scanned (DN 16.1e).
        files: Vec<String>,
    },
    /// Take what was asked for: after guidance, or during appraisal.
    Supplement {
        /// What was brought.
        components: Vec<ReceivedComponent>,
        /// What was said to the lines that name no paper (INT-05).
        answers: Vec<ItemAnswer>,
        /// When it reached the Centre, when that is earlier than now (INT-08).
        received_at: Option<Instant>,
    },
    /// The term of guidance or of a supplement has run out; the system says so.
    Lapse,
    /// Ask for a fee.
    RequireFee {
        /// In đồng.
        amount: i64,
        /// What it is for.
        reason: String,
        /// When it must be paid.
        when: FeeMoment,
    },
    /// Record the proof of payment.
    RecordPayment {
        /// In đồng.
        amount: i64,
        /// The time of the success notice, when that is earlier than now.
        paid_at: Option<Instant>,
        /// Number of the receipt or of the transfer.
        proof: String,
    },
    /// Take a fee back that was asked by mistake; the right one is asked anew.
    CancelFee {
        /// Why.
        reason: String,
    },
    /// Urge whoever has it, for the Centre or a leader (CLK-11).
    Urge {
        /// What is asked.
        text: String,
        /// Until when the agency answers in writing.
        answer_by: Instant,
    },
    /// Answer an urging for the agency that has it (CLK-11).
    AnswerUrging {
        /// Which.
        id: u32,
        /// Why it is late, and by when it will be done.
        text: String,
    },
    /// Suspend.
    Suspend {
        /// Why.
        reason: String,
        /// When it goes on at the latest.
        until: Instant,
    },
    /// Go on after a suspension.
    Resume,
    /// Explain lateness in writing to the Centre (HUE 3.3b).
    Explain {
        /// Why.
        reason: String,
        /// The date that the agency can keep.
        new_due_at: Instant,
    },
    /// Apologise and appoint a new date (form 04; CLK-05).
    Apologise {
        /// Why the result is late; the agency's explanation stands in when there is one.
        reason: String,
        /// The new date; the explanation's stands in when there is one.
        new_due_at: Option<Instant>,
        /// SHA-256 of the signed letter as it was scanned (DN 16.1e).
        files: Vec<String>,
        /// It is known to come too late, and goes to the Centre as a breach.
        late: bool,
    },
    /// Adjust the date by the agency's apology, for the Centre (VL 4.3e, QN 6.3).
    AdjustDate,
    /// Record why the dossier is overdue (CLK-08).
    ExplainOverdue {
        /// In words.
        cause: String,
        /// The law knows the reason.
        justified: bool,
    },
    /// Stop with a written notice (FLW-08).
    Stop {
        /// Why.
        reason: String,
        /// SHA-256 of the signed notice as it was scanned (CLK-10).
        files: Vec<String>,
    },
    /// The applicant withdraws (FLW-08).
    Withdraw {
        /// Why, as the applicant said.
        reason: String,
    },
    /// Give to an officer, or take it oneself.
    Assign {
        /// The unit; the officer's own when not said.
        unit: Option<Id<Unit>>,
        /// The officer.
        officer: Id<Officer>,
    },
    /// Record the appraisal's opinion.
    Appraise {
        /// Proposes to grant or to decline.
        opinion: Decision,
        /// In words.
        text: String,
    },
    /// Submit for approval.
    SubmitForApproval,
    /// Approve or decline.
    Approve {
        /// Granted or declined.
        decision: Decision,
        /// Why; needed to decline.
        reason: Option<String>,
    },
    /// Send back to an earlier step.
    ReturnToStep {
        /// The step's key; the step before when not said.
        step: Option<String>,
        /// Why.
        reason: String,
    },
    /// Take back the last act while nothing has left the agency (FLW-07).
    Undo,
    /// Confirm that a dossier entered after the event was taken in as it says (INT-13).
    ConfirmLate,
    /// Count the due date again by the calendar of today, and print the receipt anew.
    Redate,
    /// Something about what other agencies do for it.
    Link(Link),
    /// Enter the result.
    RecordResult(ResultRecord),
    /// Hand the result over.
    HandOver(Handover),
}

/// The result as it is entered (RES-01).
#[derive(Clone, Debug)]
pub struct ResultRecord {
    /// Its number, for example `123/GPXD`.
    pub number: String,
    /// Its date.
    pub date: Date,
    /// Who signed it.
    pub signer: String,
    /// SHA-256 of its files.
    pub files: Vec<String>,
}

/// How the result leaves the Centre (RES-02).
#[derive(Clone, Debug)]
pub struct Handover {
    /// Who receives it; `applicant`, `owner` or `proxy` stand for the person on the dossier.
    pub to: String,
    /// The identity number that was shown.
    pub identity: Option<String>,
    /// The authorisation shown by somebody who is not on the dossier.
    pub authorisation: Option<String>,
    /// The way it goes.
    pub how: ResultBy,
    /// The post's tracking number.
    pub tracking: Option<String>,
    /// The receipt cannot be shown; the identity paper and this reason stand in.
    pub without_slip: Option<String>,
    /// The originals of a partly online dossier were compared (RES-04).
    pub originals_compared: bool,
    /// Drawn on the screen by the receiver; without it the slip is signed on paper.
    pub signature: Option<Signature>,
}

impl Handover {
    /// The name of the receiver as the slip prints it.
    pub fn receiver<'a>(&'a self, people: &'a People) -> &'a str {
        match self.to.trim() {
            "applicant" => &people.applicant.name,
            "owner" => &people.owner.as_ref().unwrap_or(&people.applicant).name,
            "proxy" => people.proxy.as_ref().map_or(self.to.as_str(), |p| &p.person.name),
            name => name,
        }
    }
    /// Whether the receiver is somebody on the dossier, by the number shown or by name. A namesake who shows another number
    /// of the same kind is somebody else, and whoever is named as the applicant shows the applicant's number, not the owner's.
    pub fn is_on(&self, people: &People) -> bool {
        let name = crate::text::fold_marks(self.receiver(people));
        let shown = self.identity.as_deref().map(str::trim).filter(|n| !n.is_empty());
        let (applicant, owner) = (Some(&people.applicant), people.owner.as_ref());
        let proxy = people.proxy.as_ref().map(|p| &p.person);
        let persons = match self.to.trim() {
            "applicant" => [applicant, None, None],
            "owner" => [owner.or(applicant), None, None],
            "proxy" => [proxy, None, None],
            _ => [applicant, owner, proxy],
        };
        persons.into_iter().flatten().any(|p| match (shown, p.identity.as_deref()) {
            (Some(shown), Some(known)) if shown.len() == known.len() => shown == known,
            _ => crate::text::fold_marks(&p.name) == name,
        })
    }
}
