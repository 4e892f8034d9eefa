//! How events are named: by a key, in words, and who has the dossier after them.

use super::{Event, OnBehalf};
use crate::dossier::{Decision, Holder};

impl Event {
    /// The key stored beside the body, and shown by the API.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Drafted { .. } => "drafted",
            Self::Submitted { .. } => "submitted",
            Self::Accepted { .. } => "accepted",
            Self::Refused { .. } => "refused",
            Self::GuidanceRequested { .. } => "guidance_requested",
            Self::GuidanceCompleted { .. } => "guidance_completed",
            Self::SupplementRequested { .. } => "supplement_requested",
            Self::SupplementCompleted { .. } => "supplement_completed",
            Self::FeeRequired { .. } => "fee_required",
            Self::FeePaid { .. } => "fee_paid",
            Self::FeeCancelled { .. } => "fee_cancelled",
            Self::Urged { .. } => "urged",
            Self::UrgingAnswered { .. } => "urging_answered",
            Self::Suspended { .. } => "suspended",
            Self::Resumed { .. } => "resumed",
            Self::Explained { .. } => "explained",
            Self::Apologised { .. } => "apologised",
            Self::DateAdjusted { .. } => "date_adjusted",
            Self::OverdueExplained { .. } => "overdue_explained",
            Self::Proposed { .. } => "proposed",
            Self::ProposalDeclined { .. } => "proposal_declined",
            Self::Stopped { .. } => "stopped",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Assigned { .. } => "assigned",
            Self::Appraised { .. } => "appraised",
            Self::SubmittedForApproval { .. } => "submitted_for_approval",
            Self::PassedOn { .. } => "passed_on",
            Self::Endorsed { .. } => "endorsed",
            Self::Decided { .. } => "decided",
            Self::ReturnedToStep { .. } => "returned_to_step",
            Self::Undone { .. } => "undone",
            Self::ResultRecorded { .. } => "result_recorded",
            Self::LateEntryConfirmed => "late_entry_confirmed",
            Self::Linked(what) => what.key(),
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
            Self::GuidanceRequested { .. } => ("Hướng dẫn hoàn thiện hồ sơ", "Guidance given"),
            Self::GuidanceCompleted { .. } => ("Nộp hồ sơ đã hoàn thiện", "Completed after guidance"),
            Self::SupplementRequested { .. } => ("Yêu cầu bổ sung hồ sơ", "Supplement requested"),
            Self::SupplementCompleted { .. } => {
                ("Bổ sung đủ hồ sơ, tính lại thời hạn", "Supplement complete, limit runs anew")
            }
            Self::FeeRequired { .. } => ("Thông báo nộp phí, lệ phí", "Fee required"),
            Self::FeePaid { .. } => ("Đã nộp phí, lệ phí", "Fee paid"),
            Self::FeeCancelled { .. } => ("Rút thông báo phí, lệ phí", "Fee taken back"),
            Self::Urged { .. } => ("Đôn đốc giải quyết", "Urged"),
            Self::UrgingAnswered { .. } => ("Cơ quan trả lời đôn đốc", "Urging answered"),
            Self::Suspended { .. } => ("Tạm dừng giải quyết", "Suspended"),
            Self::Resumed { .. } => ("Tiếp tục giải quyết", "Resumed"),
            Self::Explained { .. } => ("Giải trình chậm hạn", "Lateness explained"),
            Self::Apologised { late: false, .. } => ("Xin lỗi và hẹn lại ngày trả", "Apology and new date"),
            Self::Apologised { late: true, .. } => ("Xin lỗi và hẹn lại khi đã muộn", "Late apology and new date"),
            Self::DateAdjusted { .. } => ("Trung tâm điều chỉnh ngày hẹn trả", "Date adjusted by the Centre"),
            Self::OverdueExplained { .. } => ("Ghi nguyên nhân quá hạn", "Cause of lateness recorded"),
            Self::Proposed { holder: Holder { centre: None, .. }, .. } => {
                ("Trình lãnh đạo cơ quan xác nhận", "Put before the agency's leader")
            }
            Self::Proposed { .. } => ("Trình Trung tâm xác nhận", "Proposed to the Centre"),
            Self::ProposalDeclined { .. } => ("Không đồng ý đề xuất", "Proposal declined"),
            Self::Stopped { .. } => ("Dừng giải quyết hồ sơ", "Stopped"),
            Self::Withdrawn { .. } => ("Rút hồ sơ", "Withdrawn"),
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
            Self::Undone { .. } => ("Hoàn tác bước vừa làm", "Last act taken back"),
            Self::ResultRecorded { .. } => ("Có kết quả, chuyển quầy trả", "Result recorded"),
            Self::LateEntryConfirmed => ("Xác nhận hồ sơ nhập muộn", "Late entry confirmed"),
            Self::Linked(what) => what.words(),
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
            | Self::Undone { holder, .. }
            | Self::ResultRecorded { holder, .. }
            | Self::GuidanceRequested { holder, .. }
            | Self::GuidanceCompleted { holder, .. }
            | Self::SupplementRequested { holder, .. }
            | Self::SupplementCompleted { holder, .. }
            | Self::Suspended { holder, .. }
            | Self::Resumed { holder, .. }
            | Self::Proposed { holder, .. }
            | Self::ProposalDeclined { holder, .. } => Some(holder),
            Self::Apologised { holder, .. } | Self::Refused { holder, .. } => holder.as_ref(),
            Self::Appraised { .. }
            | Self::Redated { .. }
            | Self::LateEntryConfirmed
            | Self::Linked(_)
            | Self::FeeRequired { .. }
            | Self::FeePaid { .. }
            | Self::FeeCancelled { .. }
            | Self::Urged { .. }
            | Self::UrgingAnswered { .. }
            | Self::Explained { .. }
            | Self::DateAdjusted { .. }
            | Self::OverdueExplained { .. }
            | Self::Stopped { .. }
            | Self::Withdrawn { .. }
            | Self::HandedOver { .. } => None,
        }
    }
}

impl Event {
    /// The text that is hashed and kept; `for_whom` is the officer for whom a backup or a delegate acts (FLW-07).
    pub fn text(&self, for_whom: Option<&OnBehalf>) -> Result<String, serde_json::Error> {
        let Some(behalf) = for_whom else { return serde_json::to_string(self) };
        let mut body = serde_json::to_value(self)?;
        body["on_behalf_of"] = serde_json::to_value(behalf.officer)?;
        if let Some(decision) = &behalf.decision {
            body["by_decision"] = serde_json::to_value(decision)?;
        }
        serde_json::to_string(&body)
    }
}
