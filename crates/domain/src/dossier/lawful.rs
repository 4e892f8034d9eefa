use super::{Dossier, Status, course, holding};
use crate::{
    accounts::{Role, Who},
    catalogue::{Process, StepKind},
    interlink,
};

macro_rules! commands {
    ($($variant:ident $key:literal $vi:literal $en:literal $doc:literal;)+) => {
        /// A command as pages and the API name it: the last part of `POST /api/v1/dossiers/{code}/{what}`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum CommandName { $(#[doc = $doc] $variant),+ }
        impl CommandName {
            /// Every command.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The name in the API.
            pub const fn key(self) -> &'static str { match self { $(Self::$variant => $key),+ } }
            /// The words on the button: Vietnamese, English.
            pub const fn words(self) -> (&'static str, &'static str) { match self { $(Self::$variant => ($vi, $en)),+ } }
        }
    };
}

commands! {
    Acceptances "acceptances" "Tiếp nhận" "Accept" "Take a draft or a submitted dossier in.";
    Refusals "refusals" "Từ chối" "Refuse" "Refuse with reason, form 03.";
    GuidanceRequests "guidance_requests" "Hướng dẫn hoàn thiện" "Give guidance" "Guidance at intake, form 02.";
    SupplementRequests "supplement_requests" "Yêu cầu bổ sung" "Request supplement" "Supplement in appraisal, form 02.";
    Supplements "supplements" "Nhận bổ sung" "Take supplement" "Take what was asked for.";
    FeeRequests "fee_requests" "Thông báo nộp phí" "Require fee" "Ask for a fee.";
    Payments "payments" "Ghi nhận đã nộp" "Record payment" "Record the proof of payment.";
    FeeCancellations "fee_cancellations" "Rút thông báo phí" "Take the fee back" "Take back a fee that was asked by mistake.";
    Suspensions "suspensions" "Tạm dừng" "Suspend" "Suspend with reason and end date.";
    Resumptions "resumptions" "Tiếp tục giải quyết" "Resume" "Go on after a suspension.";
    Explanations "explanations" "Giải trình chậm hạn" "Explain lateness" "Explain lateness to the Centre.";
    Apologies "apologies" "Xin lỗi và hẹn lại" "Apologise" "Apology and new date, form 04.";
    DateAdjustments "date_adjustments" "Điều chỉnh ngày hẹn" "Adjust the date" "Adjust the date by the agency's apology, for the Centre.";
    OverdueCauses "overdue_causes" "Ghi nguyên nhân quá hạn" "Record cause of lateness" "Why the dossier is overdue.";
    Urgings "urgings" "Đôn đốc" "Urge" "Urge whoever has it, for the Centre or a leader (CLK-11).";
    UrgingAnswers "urging_answers" "Trả lời đôn đốc" "Answer the urging" "Say in writing why it is late (CLK-11).";
    Stops "stops" "Dừng giải quyết" "Stop" "Stop with a written notice.";
    Withdrawals "withdrawals" "Rút hồ sơ" "Withdraw" "The applicant withdraws.";
    Assignments "assignments" "Phân công" "Assign" "Give to an officer, or take.";
    Appraisals "appraisals" "Ghi ý kiến thẩm định" "Record opinion" "Record the appraisal.";
    Submissions "submissions" "Trình phê duyệt" "Submit for approval" "Submit for approval.";
    Approvals "approvals" "Phê duyệt" "Approve" "Approve or decline.";
    LateConfirmations "late_confirmations" "Xác nhận nhập muộn" "Confirm late entry" "A second officer confirms a late entry (INT-13).";
    Consultations "consultations" "Lấy ý kiến" "Ask for opinions" "Ask other agencies or units (ILK-05).";
    Replies "replies" "Trả lời ý kiến" "Give opinion" "Answer a consultation for the own agency (ILK-05).";
    ConsultationReports "consultation_reports" "Báo Trung tâm" "Tell the Centre" "Tell the Centre of an overdue opinion (ILK-05).";
    BranchChanges "branch_changes" "Thu hồi, đổi hạn phối hợp" "Recall or re-date" "Take back what others were asked, or give it another date (ILK-01, ILK-05).";
    Verifications "verifications" "Xác minh" "Verify" "Record a verification or a site visit (FLW-03).";
    Visits "visits" "Hẹn kiểm tra thực địa" "Appoint a visit" "Appoint a site visit and tell the applicant (FLW-03).";
    VisitChanges "visit_changes" "Dời, hủy lịch kiểm tra" "Move or call off a visit" "Move an appointed visit or call it off (FLW-03).";
    Children "children" "Chuyển phối hợp" "Involve agencies" "Give other agencies their parts (ILK-01).";
    Parts "parts" "Phần việc phối hợp" "Own part" "Take, give or finish the own agency's part (ILK-02).";
    ReturnsToStep "returns_to_step" "Trả lại bước trước" "Send back" "Send back with a reason.";
    Results "results" "Nhập kết quả" "Enter result" "Enter the result.";
    Handovers "handovers" "Trả kết quả" "Hand over" "Hand the result over.";
}

impl CommandName {
    /// About what other agencies do for the dossier: it never moves the dossier itself.
    pub const fn is_of_branches(self) -> bool {
        matches!(
            self,
            Self::Consultations
                | Self::Replies
                | Self::ConsultationReports
                | Self::BranchChanges
                | Self::Verifications
                | Self::Visits
                | Self::VisitChanges
                | Self::Children
                | Self::Parts
        )
    }
}

/// What may lawfully come next for this officer: only these buttons are shown, only these commands succeed.
pub fn lawful(who: &Who, dossier: &Dossier, process: &Process) -> Vec<CommandName> {
    use CommandName as C;
    let Some(kind) = course::kind_of(dossier, process) else { return Vec::new() };
    let holds = holding::holds(who, dossier, process);
    let mut next = Vec::new();
    match dossier.status {
        Status::Draft | Status::Submitted { .. } if holds => next.extend([C::Acceptances, C::Refusals]),
        Status::Accepted | Status::InProgress => {
            if holds && kind.is_work() {
                next.push(C::Appraisals);
                if course::has_opinion_here(dossier) {
                    next.push(C::Submissions);
                }
            }
            // On the spot it may come to the head before anybody has worked on it in the agency.
            let confirmed = !late_entry_waits(dossier);
            if holds && kind == StepKind::Approve && dossier.status == Status::InProgress && confirmed {
                next.push(C::Approvals);
            }
            if may_assign(who, dossier, process) {
                next.push(C::Assignments);
            }
            if holds && goes_back(dossier, process, kind) {
                next.push(C::ReturnsToStep);
            }
            if holds {
                next.push(C::Refusals);
            }
        }
        Status::Decided { .. } if holds && enters_result(kind, dossier) => next.push(C::Results),
        Status::Decided { .. } | Status::Refused { to_give_back: true, .. } if holds && hands_over(kind, dossier) => {
            next.push(C::Handovers);
        }
        _ => {}
    }
    next.extend(interlink::lawful(who, dossier, process));
    next
}

/// INT-13: a late entry that no second officer has confirmed: nothing is decided on it.
pub(super) fn late_entry_waits(d: &Dossier) -> bool {
    d.late.as_ref().is_some_and(|late| late.confirmed_by.is_none())
}

fn goes_back(d: &Dossier, process: &Process, kind: StepKind) -> bool {
    let here = d.holder.as_ref().map(|h| h.step.as_str()).unwrap_or_default();
    d.status == Status::InProgress
        && (kind.is_work() || kind == StepKind::Approve)
        && process.back(here, &course::situation(d)).is_some()
}

/// The result is entered where it is issued; on the spot, where no step of its own issues it, at the return desk (QN 5.4c).
pub(super) const fn enters_result(kind: StepKind, d: &Dossier) -> bool {
    matches!(kind, StepKind::Issue) || (matches!(kind, StepKind::Return) && d.result.is_none())
}

/// Only a result that was entered can be handed over (RES-01); or the papers of a refused dossier (CLK-10).
pub(super) const fn hands_over(kind: StepKind, d: &Dossier) -> bool {
    matches!(kind, StepKind::Return) && (d.result.is_some() || matches!(d.status, Status::Refused { .. }))
}

/// A unit head assigns and re-assigns within the agency (FLW-07); a specialist takes what nobody has yet.
pub fn may_assign(who: &Who, dossier: &Dossier, process: &Process) -> bool {
    let Some(holder) = &dossier.holder else { return false };
    let Some(step) = course::assigned_step(dossier, process).filter(|_| who.agency == holder.agency) else {
        return false;
    };
    if who.is(Role::UnitHead) || who.is(Role::AgencyLeader) {
        return true;
    }
    holder.officer.is_none() && holding::has_a_role_of(who, step) && step.actor.unit.is_none_or(|unit| who.unit == unit)
}

/// The commands that a reader might look for but may not give now, each with the reason in words: "the page says why if
/// asked". Vietnamese, English.
pub fn missing(who: &Who, dossier: &Dossier, process: &Process) -> Option<(&'static str, &'static str)> {
    if !dossier.status.is_open() {
        return Some((
            "Hồ sơ đã kết thúc nên không còn bước nào phải làm.",
            "The dossier is closed; nothing remains to be done.",
        ));
    }
    if !lawful(who, dossier, process).is_empty() {
        return None;
    }
    Some((
        "Hồ sơ đang do người khác giữ. Ông/bà xem được nhưng chỉ người đang giữ bước này mới xử lý được (GR-6).",
        "Somebody else holds this dossier. You may read it, but only the holder of the step may act (GR-6).",
    ))
}
