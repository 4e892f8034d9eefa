use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// What the competent agency decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The request is granted.
    Grant,
    /// The request is declined, with the reason in writing.
    Decline,
}

/// Where a dossier stands, with the facts of that state (`spec`: table of statuses).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Status {
    /// Kept by the officer who is still taking it in; the applicant has no code yet.
    Draft,
    /// Sent online or by post and not yet opened; the intake limit runs.
    Submitted {
        /// When it was sent.
        at: Instant,
    },
    /// Incomplete at intake: the applicant has form 02 and completes it (INT-04).
    GuidanceRequested {
        /// When the slip was issued.
        at: Instant,
        /// When it lapses.
        until: Instant,
    },
    /// Not taken in, or refused with reason after acceptance (form 03).
    Refused {
        /// When the slip was issued.
        at: Instant,
        /// The papers and the slip have not been given back to the applicant yet (CLK-10).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        to_give_back: bool,
    },
    /// Taken in; the legal clock runs; the agency has not begun.
    Accepted,
    /// The agency works on it.
    InProgress,
    /// Returned for a supplement during appraisal; the clock stands and starts again from zero (CLK-04).
    AwaitingSupplement {
        /// Since when.
        since: Instant,
        /// When it lapses.
        until: Instant,
    },
    /// A fee is due before the work goes on; the clock stands, or has not started.
    AwaitingPayment {
        /// Since when.
        since: Instant,
        /// When the applicant and the Centre are reminded.
        until: Instant,
        /// It was asked for with the intake: once it is paid the agency still has to begin.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        not_begun: bool,
    },
    /// Suspended with reason; the clock stands.
    Suspended {
        /// Since when.
        since: Instant,
        /// When it goes on at the latest.
        until: Instant,
    },
    /// Stopped with a written notice; the clock has ended.
    Stopped {
        /// When.
        at: Instant,
    },
    /// Withdrawn by the applicant; the clock has ended.
    Withdrawn {
        /// When.
        at: Instant,
    },
    /// The agency has decided; the clock has ended.
    Decided {
        /// When it was signed off.
        at: Instant,
        /// Granted or declined.
        decision: Decision,
    },
    /// The result is in the applicant's hands.
    Returned {
        /// When it was handed over.
        at: Instant,
        /// Granted or declined.
        decision: Decision,
    },
}

impl Status {
    /// The key used by the API, the data base and filters.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted { .. } => "submitted",
            Self::GuidanceRequested { .. } => "guidance_requested",
            Self::Refused { .. } => "refused",
            Self::Accepted => "accepted",
            Self::InProgress => "in_progress",
            Self::AwaitingSupplement { .. } => "awaiting_supplement",
            Self::AwaitingPayment { .. } => "awaiting_payment",
            Self::Suspended { .. } => "suspended",
            Self::Stopped { .. } => "stopped",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Decided { .. } => "decided",
            Self::Returned { .. } => "returned",
        }
    }
    /// Every key, in the order of a dossier's life.
    pub const KEYS: &'static [&'static str] = &[
        "draft",
        "submitted",
        "guidance_requested",
        "refused",
        "accepted",
        "in_progress",
        "awaiting_supplement",
        "awaiting_payment",
        "suspended",
        "stopped",
        "withdrawn",
        "decided",
        "returned",
    ];

    /// The national status code, 1 to 10; a draft has none.
    pub const fn national(&self) -> Option<u8> {
        match self {
            Self::Draft => None,
            Self::Submitted { .. } => Some(1),
            Self::Accepted => Some(2),
            Self::Refused { .. } => Some(3),
            Self::InProgress => Some(4),
            Self::GuidanceRequested { .. } | Self::AwaitingSupplement { .. } => Some(5),
            Self::AwaitingPayment { .. } => Some(6),
            Self::Withdrawn { .. } => Some(7),
            Self::Suspended { .. } | Self::Stopped { .. } => Some(8),
            Self::Decided { .. } => Some(9),
            Self::Returned { .. } => Some(10),
        }
    }
    /// The word on officers' screens, Vietnamese then English.
    pub const fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Draft => ("Bản nháp", "Draft"),
            Self::Submitted { .. } => ("Mới nộp, chờ tiếp nhận", "Submitted, awaiting intake"),
            Self::Refused { to_give_back: true, .. } => {
                ("Từ chối giải quyết, chờ trả lại hồ sơ gốc", "Refused, papers to be given back")
            }
            Self::Refused { .. } => ("Từ chối tiếp nhận, giải quyết", "Refused"),
            Self::GuidanceRequested { .. } => {
                ("Chờ hoàn thiện trước khi tiếp nhận", "Awaiting completion before intake")
            }
            Self::AwaitingSupplement { .. } => ("Chờ bổ sung hồ sơ", "Awaiting supplement"),
            Self::AwaitingPayment { .. } => ("Chờ nộp phí, lệ phí", "Awaiting payment"),
            Self::Suspended { .. } => ("Tạm dừng giải quyết", "Suspended"),
            Self::Stopped { .. } => ("Dừng giải quyết", "Stopped"),
            Self::Withdrawn { .. } => ("Đã rút hồ sơ", "Withdrawn"),
            Self::Accepted => ("Đã tiếp nhận", "Accepted"),
            Self::InProgress => ("Đang giải quyết", "In progress"),
            Self::Decided { decision: Decision::Grant, .. } => ("Đã có kết quả", "Result ready"),
            Self::Decided { decision: Decision::Decline, .. } => ("Không được chấp thuận", "Declined"),
            Self::Returned { .. } => ("Đã trả kết quả", "Result returned"),
        }
    }
    /// Still on somebody's desk: it must have a holder.
    pub const fn is_open(&self) -> bool {
        !matches!(
            self,
            Self::Refused { to_give_back: false, .. }
                | Self::Stopped { .. }
                | Self::Withdrawn { .. }
                | Self::Returned { .. }
        )
    }
    /// Nothing has ended it: an agency or the applicant may still act in the matter. A refused dossier whose papers wait to
    /// be given back is open, but over.
    pub const fn is_alive(&self) -> bool {
        self.is_open() && !matches!(self, Self::Refused { .. })
    }
    /// Waits for the applicant, a payment or a date: nobody in the office has to act.
    pub const fn waits(&self) -> bool {
        matches!(
            self,
            Self::GuidanceRequested { .. }
                | Self::AwaitingSupplement { .. }
                | Self::AwaitingPayment { .. }
                | Self::Suspended { .. }
        )
    }
    /// The legal clock is running.
    pub const fn clock_runs(&self) -> bool {
        matches!(self, Self::Accepted | Self::InProgress)
    }
}
