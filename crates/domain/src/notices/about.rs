//! Of what citizens are told.

use crate::{dossier::Event, interlink::Linked};

macro_rules! abouts {
    ($($variant:ident $key:literal $vi:literal $en:literal $doc:literal;)+) => {
        /// What a notice is about (NTF-01).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum About { $(#[doc = $doc] $variant),+ }
        impl About {
            /// Every subject, in the order of a dossier's life.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The key in the data base and in addresses.
            pub const fn key(self) -> &'static str { match self { $(Self::$variant => $key),+ } }
            /// Vietnamese, English.
            pub const fn words(self) -> (&'static str, &'static str) { match self { $(Self::$variant => ($vi, $en)),+ } }
        }
    };
}

abouts! {
    Received "received" "Đã nhận hồ sơ nộp trực tuyến" "Online dossier received" "Sent online, not yet opened (QNI 13.2b).";
    Accepted "accepted" "Đã tiếp nhận, có ngày hẹn" "Accepted, with due date" "Taken in, with the due date (QNI 13.2b, DN 13.3a).";
    Guidance "guidance" "Hướng dẫn hoàn thiện hồ sơ" "Guidance to complete" "Incomplete at intake (QNI 13.2c).";
    Supplement "supplement" "Yêu cầu bổ sung hồ sơ" "Supplement requested" "Returned for a supplement (DN 16.1e).";
    Supplemented "supplemented" "Đã nhận giấy tờ bổ sung" "Supplement received" "The supplement is complete; the limit runs anew (CLK-04).";
    FeeOwed "fee_owed" "Thông báo nộp phí, lệ phí" "Fee due" "A fee must be paid (QNI 13.2c).";
    FeePaid "fee_paid" "Đã nhận phí, lệ phí" "Fee received" "The proof of payment is here (FEE-03).";
    FeeTakenBack "fee_taken_back" "Không phải nộp khoản đã thông báo" "Fee taken back" "A fee that was asked by mistake is taken back.";
    Suspended "suspended" "Tạm dừng giải quyết" "Suspended" "Suspended with reason (CLK-06).";
    Resumed "resumed" "Giải quyết tiếp" "Resumed" "Goes on, with the date counted anew.";
    Apology "apology" "Xin lỗi và hẹn lại ngày trả" "Apology and new date" "Late, with an apology and a new date (CLK-05).";
    Redated "redated" "Ngày hẹn tính lại theo lịch" "Date counted again" "The calendar moved the date (CLK-01).";
    VisitAppointed "visit_appointed" "Hẹn kiểm tra thực địa" "Site visit appointed" "Officers come to see; time, place and who must be there (QN 6.4b).";
    VisitMoved "visit_moved" "Dời lịch kiểm tra thực địa" "Site visit moved" "The visit begins at another time (QN 6.4b).";
    VisitCalledOff "visit_called_off" "Hủy lịch kiểm tra thực địa" "Site visit called off" "Nobody comes, and nobody need wait (QN 6.4b).";
    Refused "refused" "Từ chối tiếp nhận, giải quyết" "Refused" "Refused with reason (INT-05).";
    Stopped "stopped" "Dừng giải quyết" "Stopped" "Stopped with a written notice (FLW-08).";
    Withdrawn "withdrawn" "Đã rút hồ sơ" "Withdrawn" "Withdrawn by the applicant (FLW-08).";
    Ready "ready" "Đã có kết quả" "Result ready" "The result waits to be fetched (CLK-09).";
    Unclaimed "unclaimed" "Nhắc nhận kết quả" "Result still waits" "The result still waits to be fetched (RES-03).";
    Returned "returned" "Đã trả kết quả" "Result returned" "The result was handed over (NTF-01).";
}

impl About {
    /// Of what an event speaks to the applicant; most events are the office's own affair.
    pub const fn of(event: &Event) -> Option<Self> {
        Some(match event {
            Event::Submitted { .. } => Self::Received,
            Event::Accepted { .. } => Self::Accepted,
            Event::GuidanceRequested { .. } => Self::Guidance,
            Event::SupplementRequested { .. } => Self::Supplement,
            Event::GuidanceCompleted { .. } | Event::SupplementCompleted { .. } => Self::Supplemented,
            Event::FeeRequired { .. } => Self::FeeOwed,
            Event::FeePaid { .. } => Self::FeePaid,
            Event::FeeCancelled { .. } => Self::FeeTakenBack,
            Event::Suspended { .. } => Self::Suspended,
            Event::Resumed { .. } => Self::Resumed,
            // VL 4.3e, QN 6.3: the Centre adjusts the date and tells the applicant; the agency's slip alone promises nothing.
            Event::Apologised { to_adjust: true, .. } => return None,
            Event::Apologised { .. } | Event::DateAdjusted { .. } => Self::Apology,
            Event::Redated { silent: false, .. } => Self::Redated,
            Event::Linked(Linked::VisitAppointed { .. }) => Self::VisitAppointed,
            Event::Linked(Linked::VisitMoved { .. }) => Self::VisitMoved,
            Event::Linked(Linked::VisitCalledOff { .. }) => Self::VisitCalledOff,
            Event::Refused { .. } => Self::Refused,
            Event::Stopped { .. } => Self::Stopped,
            Event::Withdrawn { .. } => Self::Withdrawn,
            Event::ResultRecorded { .. } => Self::Ready,
            Event::HandedOver { .. } => Self::Returned,
            _ => return None,
        })
    }
    /// Reads a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|a| a.key() == key)
    }
}
