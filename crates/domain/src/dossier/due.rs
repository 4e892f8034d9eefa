//! The deadlines that the clock owns: which moments of a dossier call for something, and whom they call (CLK-07, CLK-09).

use crate::time::Instant;

mod calls;
mod moments;

pub use calls::Called;
pub use moments::{apology_drafted_at, due_moments};

macro_rules! kinds {
    ($($variant:ident $key:literal $vi:literal $en:literal $doc:literal;)+) => {
        /// What falls due.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum DueKind { $(#[doc = $doc] $variant),+ }
        impl DueKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The key used by the data base.
            pub const fn key(self) -> &'static str { match self { $(Self::$variant => $key),+ } }
            /// What is told to whom it calls: Vietnamese, English.
            pub const fn words(self) -> (&'static str, &'static str) { match self { $(Self::$variant => ($vi, $en)),+ } }
        }
    };
}

kinds! {
    IntakeCheck "intake_check" "Quá hạn kiểm tra hồ sơ mới nộp: xin mở và tiếp nhận ngay" "Intake check overdue: open it and take it in now" "What was handed in must be looked at (INT-06).";
    LateEntry "late_entry" "Hồ sơ nhập muộn chờ cán bộ thứ hai đối chiếu, xác nhận" "A late entry waits for a second officer to confirm it" "Entered after an outage and not confirmed yet (INT-13).";
    GuidanceExpiry "guidance_expiry" "Hết hạn hoàn thiện hồ sơ" "Guidance expired" "Guidance that nobody answered lapses.";
    SupplementWindow "supplement_window" "Hết thời hạn được yêu cầu bổ sung" "The window for a supplement request has ended" "No supplement may be asked any more (CLK-04).";
    StepDue "step_due" "Quá thời gian của bước: xin xử lý hoặc giải trình với lãnh đạo" "The step's time is over: act or explain to the head" "The step's own time is over (CLK-07).";
    StepNear "step_near" "Sắp hết thời gian của bước: xin xử lý" "The step's time is nearly over: please act" "Little of the step's own time is left (CLK-07).";
    ConsultationDue "consultation_due" "Cơ quan được lấy ý kiến chưa trả lời đúng hạn: xin đôn đốc, báo Trung tâm" "An opinion is overdue: urge the agency, tell the Centre" "An agency has not answered in time (ILK-05).";
    ConsultationNear "consultation_near" "Sắp hết hạn trả lời ý kiến: xin trả lời" "An opinion is nearly due: please answer" "Little time is left for an answer (CLK-07).";
    ConsultationReported "consultation_reported" "Cơ quan chủ trì báo: ý kiến quá hạn chưa có trả lời, xin đôn đốc cơ quan được hỏi" "The lead reports an overdue opinion: urge the agency that was asked" "The lead has told the Centre that nobody answered (ILK-05).";
    AgencyDue "agency_due" "Quá hạn cơ quan phải chuyển kết quả về Trung tâm: xin chuyển ngay để trả đúng hẹn" "The agency's own date is over: send the result to the Centre so that it is returned in time" "The agency's share of the limit is over (CLK-07).";
    AgencyNear "agency_near" "Sắp đến hạn cơ quan phải chuyển kết quả về Trung tâm: xin hoàn thành" "The agency's own date is near: finish the work for the Centre" "Little of the agency's share of the limit is left (CLK-07).";
    PartDue "part_due" "Cơ quan phối hợp quá hạn phần việc: xin đôn đốc" "A participating agency is late: urge it" "The part of another agency is overdue (CLK-07).";
    PartNear "part_near" "Sắp đến hạn phần việc phối hợp: xin hoàn thành" "A part is nearly due: please finish it" "Little time is left for a part (CLK-07).";
    VisitMinutes "visit_minutes" "Đã qua giờ hẹn kiểm tra thực địa: xin ghi biên bản, hoặc dời, hủy lịch và báo người nộp" "The appointed site visit has passed: record its minutes, or move or call it off" "An appointed visit has no minutes (FLW-03).";
    NearDue "near_due" "Sắp đến hạn: xin ưu tiên xử lý" "Near due: please give it priority" "Little time is left (CLK-07).";
    ApologyDraft "apology_draft" "Có nguy cơ trễ hạn: nếu không kịp, xin lập phiếu xin lỗi và hẹn lại trước ngày hẹn ít nhất một ngày" "May be late: if so, apologise at least one day before the due date" "Time to write the apology so that D−1 can be kept (CLK-05).";
    Due "due" "Đã quá hạn: xin giải quyết ngay và ghi nguyên nhân" "Overdue: resolve it now and record the cause" "The due date has passed (CLK-08).";
    Urged "urged" "Trung tâm hoặc lãnh đạo đôn đốc: xin giải quyết và trả lời bằng văn bản" "Urged by the Centre or a leader: act, and answer in writing" "An urging calls at once (CLK-11).";
    UrgingUnanswered "urging_unanswered" "Cơ quan chưa trả lời đôn đốc: xin nhắc lại hoặc báo cáo cấp trên" "An urging is unanswered: remind the agency or report it" "The agency has not answered an urging in time (CLK-11).";
    OverdueReport "overdue_report" "Báo cáo hồ sơ quá hạn: xin xem nguyên nhân và chỉ đạo" "Overdue dossier reported: see the cause and direct" "Overdue without reason is reported (CLK-08).";
    IssueDue "issue_due" "Đã đến ngày hẹn mà kết quả chưa vào số, phát hành: xin phát hành ngay" "The promised day has passed and the signed result is not issued: issue it now" "Decided, but the result has not left the agency (RES-01).";
    SupplementExpiry "supplement_expiry" "Hết hạn bổ sung hồ sơ" "Supplement expired" "A supplement that never came lapses.";
    SupplementSlip "supplement_slip" "Cơ quan đã chuyển phiếu yêu cầu bổ sung: xin trả phiếu cho người nộp" "The agency has sent a supplement request through the Centre: give it to the applicant" "Form 02 goes back through the Centre (VL 4.3d).";
    DateToAdjust "date_to_adjust" "Cơ quan đã xin lỗi và hẹn lại: xin điều chỉnh ngày hẹn và báo người nộp" "The agency has apologised: adjust the date and tell the applicant" "The Centre adjusts the date by the apology (VL 4.3e, QN 6.3).";
    Explained "explained" "Cơ quan đã giải trình chậm hạn: xin viết thư xin lỗi người nộp" "The agency has explained its lateness: write the apology" "The Centre apologises on the agency's explanation (HUE 3.3b).";
    PaymentWait "payment_wait" "Chưa nộp phí, lệ phí: xin liên hệ người nộp" "The fee is still unpaid: contact the applicant" "An unpaid fee is reminded.";
    SuspensionEnd "suspension_end" "Hết thời gian tạm dừng" "The suspension ends" "A suspended dossier goes on.";
    EarlyResult "early_result" "Có kết quả trước hạn: xin liên hệ mời người nộp đến nhận sớm" "Done early: invite the applicant to collect it early" "Done before the due date (CLK-09).";
    Unclaimed "unclaimed" "Kết quả chưa có người nhận: xin nhắc người nộp" "The result is unclaimed: remind the applicant" "A result waits for its owner (RES-03).";
}

impl DueKind {
    /// The system itself acts: something lapses or goes on.
    pub const fn acts(self) -> bool {
        matches!(self, Self::GuidanceExpiry | Self::SupplementExpiry | Self::SuspensionEnd)
    }
    /// Reads a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|k| k.key() == key)
    }
}

/// One moment at which something falls due; its key is its own for ever, so that it fires once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueMoment {
    /// What.
    pub kind: DueKind,
    /// From what it follows: the same again is another one only after that has moved.
    pub from: Instant,
    /// Tells several of a kind apart.
    pub nth: u32,
    /// When.
    pub at: Instant,
}

impl DueMoment {
    /// Unique within the dossier.
    pub fn key(&self) -> String {
        format!("{}/{}/{}", self.kind.key(), self.from.millis(), self.nth)
    }
    /// Which of several of its kind a key speaks of: the number of the consultation, of the part, of the reminder.
    pub fn nth_of(key: &str) -> u32 {
        key.rsplit('/').next().and_then(|n| n.parse().ok()).unwrap_or(0)
    }
}
