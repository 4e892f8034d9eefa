use crate::time::{Instant, day_text};

/// What only some provinces' regulations forbid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgainstRegulation {
    /// GR-4: the dossier did not come in through the Centre (DN 16.1c, QN 6.2).
    NotThroughTheCentre,
    /// GR-5: one central desk returns all results (QN 6.5b).
    CentralDeskOnly,
    /// RES-04: the originals of a partly online dossier were not compared (QNI 13.3a).
    OriginalsNotCompared,
    /// CLK-05: the Centre adjusts the date by the agency's apology (VL 4.3e, QN 6.3).
    TheCentreAdjusts,
    /// CLK-05: no apology waits for its date to be adjusted.
    NothingToAdjust,
    /// CLK-05: the date that was appointed has passed already.
    AppointmentPassed {
        /// That date.
        to: Instant,
    },
    /// CLK-05: the agency has not explained its lateness in writing (HUE IV.3.3b).
    NotExplainedYet,
    /// CLK-08: only the Centre's word takes a dossier off the public list (DN 7.2, 13.3b).
    TheCentreExcuses,
    /// CLK-11: the day until which an answer is asked for lies behind.
    AnswerByNotAhead {
        /// That day.
        by: Instant,
    },
    /// CLK-11: no urging of this number waits for an answer.
    NothingToAnswer {
        /// The number.
        id: u32,
    },
    /// CLK-04: the signed supplement request was not scanned and attached (DN 16.1e).
    SupplementNotScanned,
    /// CLK-05: the signed letter of apology was not scanned and attached (DN 16.1e).
    ApologyNotScanned,
    /// CLK-10: the signed notice of refusal was not scanned and attached (DN 16.1e).
    RefusalNotScanned,
    /// CLK-10: a refusal is told within the limit (DN 16.1e, VL 4.3đ), and the limit has passed.
    RefusalTooLate {
        /// The due date.
        due: Instant,
    },
}

impl AgainstRegulation {
    /// The rule or requirement that refuses.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::NotThroughTheCentre => "GR-4",
            Self::CentralDeskOnly => "GR-5",
            Self::OriginalsNotCompared => "RES-04",
            Self::TheCentreAdjusts
            | Self::NothingToAdjust
            | Self::AppointmentPassed { .. }
            | Self::NotExplainedYet
            | Self::ApologyNotScanned => "CLK-05",
            Self::TheCentreExcuses => "CLK-08",
            Self::SupplementNotScanned => "CLK-04",
            Self::AnswerByNotAhead { .. } | Self::NothingToAnswer { .. } => "CLK-11",
            Self::RefusalNotScanned | Self::RefusalTooLate { .. } => "CLK-10",
        }
    }
    /// The code for machines.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotThroughTheCentre => "approval.not_through_the_centre",
            Self::CentralDeskOnly => "return.central_desk",
            Self::OriginalsNotCompared => "return.originals_not_compared",
            Self::TheCentreAdjusts => "apology.centre_adjusts",
            Self::NothingToAdjust => "apology.nothing_to_adjust",
            Self::AppointmentPassed { .. } => "apology.date_passed",
            Self::NotExplainedYet => "apology.not_explained",
            Self::TheCentreExcuses => "overdue.centre_excuses",
            Self::SupplementNotScanned => "supplement.scan_needed",
            Self::AnswerByNotAhead { .. } => "urging.answer_by",
            Self::NothingToAnswer { .. } => "urging.nothing_to_answer",
            Self::ApologyNotScanned => "apology.scan_needed",
            Self::RefusalNotScanned => "refusal.scan_needed",
            Self::RefusalTooLate { .. } => "refusal.too_late",
        }
    }
    /// The field beside which a form shows it.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::OriginalsNotCompared => Some("originals_compared"),
            Self::ApologyNotScanned | Self::RefusalNotScanned | Self::SupplementNotScanned => Some("files"),
            Self::TheCentreExcuses => Some("justified"),
            Self::AnswerByNotAhead { .. } => Some("answer_by"),
            _ => None,
        }
    }
    /// What is wrong and what to do, in Vietnamese.
    pub fn vi(self) -> String {
        match self {
            Self::NotThroughTheCentre => "Hồ sơ này không tiếp nhận qua Trung tâm nên không được phê duyệt. Xin chuyển hồ sơ về Trung tâm để tiếp nhận đúng quy định.".into(),
            Self::CentralDeskOnly => "Kết quả chỉ được trả tại Bộ phận trả kết quả tập trung của Trung tâm. Xin để cán bộ trả kết quả thực hiện.".into(),
            Self::OriginalsNotCompared => "Hồ sơ trực tuyến một phần phải đối chiếu bản chính trước khi trả kết quả. Xin đối chiếu và đánh dấu đã đối chiếu.".into(),
            Self::TheCentreAdjusts => "Ngày hẹn do Trung tâm điều chỉnh theo phiếu xin lỗi của cơ quan. Xin để cán bộ của Trung tâm thực hiện.".into(),
            Self::NothingToAdjust => "Không có phiếu xin lỗi nào đang chờ Trung tâm điều chỉnh ngày hẹn. Xin tải lại trang.".into(),
            Self::AppointmentPassed { to } => format!("Ngày hẹn mới {} trên phiếu xin lỗi đã qua. Xin đôn đốc cơ quan giải quyết ngay và ghi nguyên nhân quá hạn.", day_text(to.day())),
            Self::NotExplainedYet => "Cơ quan chưa giải trình bằng văn bản lý do chậm và ngày trả được. Xin đôn đốc cơ quan gửi giải trình, rồi viết thư xin lỗi theo giải trình đó.".into(),
            Self::TheCentreExcuses => "Việc quá hạn được công khai nên chỉ lãnh đạo hoặc bộ phận giám sát của Trung tâm xác nhận là có lý do. Xin ghi nguyên nhân, bỏ dấu chọn và để Trung tâm xem xét.".into(),
            Self::AnswerByNotAhead { by } => format!("Hạn trả lời {} phải ở phía trước. Xin chọn một ngày sau hôm nay.", day_text(by.day())),
            Self::NothingToAnswer { id } => format!("Lần đôn đốc số {id} không còn chờ trả lời. Xin tải lại trang."),
            Self::SupplementNotScanned => "Phiếu yêu cầu bổ sung đã ký phải được quét và đính kèm. Xin in bản trình ký, ký, quét rồi chọn tệp.".into(),
            Self::ApologyNotScanned => "Thư xin lỗi đã ký phải được quét và đính kèm. Xin in bản trình ký, ký, quét rồi chọn tệp.".into(),
            Self::RefusalNotScanned => "Văn bản từ chối đã ký phải được quét và đính kèm. Xin in bản trình ký, ký, quét rồi chọn tệp.".into(),
            Self::RefusalTooLate { due } => format!("Việc từ chối, dừng giải quyết phải được thông báo trong thời hạn giải quyết, đã hết ngày {}. Xin trình quyết định không chấp thuận; nếu còn được hẹn lại thì xin lỗi, hẹn lại trước.", day_text(due.day())),
        }
    }
    /// The same in English.
    pub fn en(self) -> String {
        match self {
            Self::NotThroughTheCentre => "This dossier did not come in through the Centre and may not be approved. Send it to the Centre to be taken in.".into(),
            Self::CentralDeskOnly => "Results are returned at the Centre's central return desk only. Let the return desk do it.".into(),
            Self::OriginalsNotCompared => "The originals of a partly online dossier are compared before the result is returned. Compare them and say so.".into(),
            Self::TheCentreAdjusts => "The Centre adjusts the date by the agency's apology. Let an officer of the Centre do it.".into(),
            Self::NothingToAdjust => "No apology waits for the Centre to adjust the date. Reload the page.".into(),
            Self::AppointmentPassed { to } => format!("The new date {} of the apology has passed. Urge the agency to resolve it now and record the cause.", day_text(to.day())),
            Self::NotExplainedYet => "The agency has not explained in writing why it is late and by when it will be ready. Urge it to explain, then write the apology on that explanation.".into(),
            Self::TheCentreExcuses => "Lateness is published, so only the Centre's management or supervision accepts a reason for it. Record the cause without the tick and let the Centre look at it.".into(),
            Self::AnswerByNotAhead { by } => format!("The day for an answer, {}, must lie ahead. Choose a later one.", day_text(by.day())),
            Self::NothingToAnswer { id } => format!("Urging {id} does not wait for an answer any more. Reload the page."),
            Self::SupplementNotScanned => "The signed supplement request must be scanned and attached. Print the draft, have it signed, scan it, then choose the file.".into(),
            Self::ApologyNotScanned => "The signed letter of apology must be scanned and attached. Print the draft, have it signed, scan it, then choose the file.".into(),
            Self::RefusalNotScanned => "The signed notice of refusal must be scanned and attached. Print the draft, have it signed, scan it, then choose the file.".into(),
            Self::RefusalTooLate { due } => format!("A refusal or a stop is told within the limit, which ended on {}. Submit a decision to decline; or, where a new date may still be appointed, apologise first.", day_text(due.day())),
        }
    }
}
