use super::{Decision, DossierCode, Holder, Intake};
use crate::{
    accounts::Who,
    deadline::TimeLimit,
    id::Id,
    people::{Agency, Officer},
    time::Instant,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What happened to a dossier. Events are the history that proves the state; they hold no personal data, only digests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// Kept as a draft by the officer who takes it in.
    Drafted {
        /// What is taken in.
        intake: Intake,
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
        /// The refusal slip.
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
    /// The working calendar changed, and the due date with it (CLK-01).
    Redated {
        /// The version of the calendar by which the date was counted again.
        calendar_version: i64,
        /// The date it led to, kept so that a replay never changes.
        due_at: Option<Instant>,
        /// The receipt with the new date, when there is one to print again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receipt: Option<SlipRef>,
    },
    /// Handed over to the applicant.
    HandedOver {
        /// The way it went.
        how: super::ResultBy,
        /// The post's tracking number.
        tracking: Option<String>,
        /// The handover slip, which names the receiver.
        slip: SlipRef,
    },
}

/// A slip (phiếu): its frozen data is kept in a row of its own and printed when asked for.
#[derive(Debug)]
pub enum Slip {}

/// A numbered slip that an event issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipRef {
    /// The row that keeps its frozen data.
    pub id: Id<Slip>,
    /// The number printed on it.
    pub number: String,
}

impl Event {
    /// The key stored beside the body, and shown by the API.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Drafted { .. } => "drafted",
            Self::Submitted { .. } => "submitted",
            Self::Accepted { .. } => "accepted",
            Self::Refused { .. } => "refused",
            Self::Assigned { .. } => "assigned",
            Self::Appraised { .. } => "appraised",
            Self::SubmittedForApproval { .. } => "submitted_for_approval",
            Self::PassedOn { .. } => "passed_on",
            Self::Endorsed { .. } => "endorsed",
            Self::Decided { .. } => "decided",
            Self::ReturnedToStep { .. } => "returned_to_step",
            Self::ResultRecorded { .. } => "result_recorded",
            Self::Redated { .. } => "redated",
            Self::HandedOver { .. } => "handed_over",
        }
    }
    /// Vietnamese, English: the line of the time line.
    pub const fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Drafted { .. } => ("Lưu nháp", "Draft kept"),
            Self::Submitted { .. } => ("Nộp hồ sơ", "Submitted"),
            Self::Accepted { .. } => ("Tiếp nhận hồ sơ", "Accepted"),
            Self::Refused { .. } => ("Từ chối tiếp nhận, giải quyết", "Refused"),
            Self::Assigned { .. } => ("Phân công xử lý", "Assigned"),
            Self::Appraised { .. } => ("Thẩm định", "Appraised"),
            Self::SubmittedForApproval { .. } => ("Trình phê duyệt", "Submitted for approval"),
            Self::PassedOn { .. } => ("Chuyển bước", "Passed on"),
            Self::Endorsed { decision: Decision::Grant, .. } => ("Đồng ý, chuyển cấp phê duyệt", "Endorsed"),
            Self::Endorsed { decision: Decision::Decline, .. } => {
                ("Không đồng ý, chuyển cấp phê duyệt", "Not endorsed")
            }
            Self::Decided { decision: Decision::Grant, .. } => ("Phê duyệt", "Approved"),
            Self::Decided { decision: Decision::Decline, .. } => ("Không chấp thuận", "Declined"),
            Self::ReturnedToStep { .. } => ("Trả lại bước trước", "Sent back"),
            Self::ResultRecorded { .. } => ("Có kết quả, chuyển quầy trả", "Result recorded"),
            Self::Redated { .. } => ("Tính lại ngày hẹn trả theo lịch làm việc", "Redated by the working calendar"),
            Self::HandedOver { .. } => ("Trả kết quả", "Result handed over"),
        }
    }
    /// Who has the dossier after this event, when it moves.
    pub const fn holder(&self) -> Option<&Holder> {
        match self {
            Self::Drafted { holder, .. }
            | Self::Submitted { holder, .. }
            | Self::Accepted { holder, .. }
            | Self::Assigned { holder }
            | Self::SubmittedForApproval { holder }
            | Self::PassedOn { holder }
            | Self::Endorsed { holder, .. }
            | Self::Decided { holder, .. }
            | Self::ReturnedToStep { holder, .. }
            | Self::ResultRecorded { holder, .. } => Some(holder),
            Self::Refused { .. } | Self::Appraised { .. } | Self::Redated { .. } | Self::HandedOver { .. } => None,
        }
    }
}

/// An event as it is kept: its place in the dossier's chain, when, by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    /// 1, 2, 3 … within the dossier.
    pub seq: u32,
    /// The legal moment.
    pub at: Instant,
    /// Who acted.
    pub officer: Id<Officer>,
    /// For which agency.
    pub agency: Id<Agency>,
    /// What happened, as the exact text that was hashed.
    pub body: String,
    /// SHA-256 over the previous hash and this line, hex.
    pub hash: String,
}

/// The hash of one line of a dossier's chain: it covers the previous hash, the place, the moment, the actor and the exact
/// text of the event, so that no line can be changed, dropped, added or moved unseen (SEC-01).
pub fn chain_hash(previous: &str, seq: u32, at: Instant, who: &Who, body: &str) -> String {
    line_hash(previous, seq, at, who.officer, who.agency, body)
}

impl StoredEvent {
    /// Whether this line follows `previous` unchanged.
    pub fn follows(&self, previous: &str) -> bool {
        line_hash(previous, self.seq, self.at, self.officer, self.agency, &self.body) == self.hash
    }
}

fn line_hash(previous: &str, seq: u32, at: Instant, officer: Id<Officer>, agency: Id<Agency>, body: &str) -> String {
    let mut h = Sha256::new();
    h.update(format!("{previous}\n{seq}\n{}\n{officer}\n{agency}\n", at.millis()));
    h.update(body);
    crate::hex(&h.finalize())
}
