use crate::time::{Instant, day_text};

/// Why a command was refused. Every reason has its rule, a code for machines and words that say what to do instead.
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
    /// The appraisal has not been recorded.
    NotAppraised,
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
            Self::AssigneeUnfit | Self::NoSuchStep { .. } => "FLW-07",
            Self::NotAppraised | Self::WithoutReceipt => "GR-4",
            Self::ReasonNeeded => "CLK-10",
            Self::ReceiverNotAuthorised | Self::IdentityNeeded | Self::TrackingNeeded => "GR-5",
            Self::OtherWayChosen { .. } => "INT-15",
            Self::ReceivedLater { .. } => "INT-08",
            Self::CalendarEnds { .. } => "CLK-01",
            Self::ProcessEnds => "CAT-04",
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
            Self::NotAppraised => "approval.not_appraised",
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
            Self::NotHandledHere { .. } => "intake.not_handled_here",
            Self::ProcedureEnded { .. } => "procedure.ended",
            Self::ProcedureAhead { .. } => "procedure.ahead",
        }
    }
    /// Whether it is a matter of right (403) and not of law (409).
    pub const fn is_forbidden(&self) -> bool {
        matches!(self, Self::NotTheHolder | Self::OnlyTheCentreTakesIn)
    }
    /// The field beside which a form shows it, when one is to blame.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::Incomplete { .. } | Self::ComponentNotPublished { .. } => Some("components"),
            Self::VariantNeeded => Some("variant"),
            Self::AssigneeUnfit => Some("officer"),
            Self::NoSuchStep { .. } => Some("step"),
            Self::ReasonNeeded => Some("reason"),
            Self::ReceiverNotAuthorised => Some("authorisation"),
            Self::IdentityNeeded => Some("identity"),
            Self::TrackingNeeded => Some("tracking"),
            Self::OtherWayChosen { .. } => Some("how"),
            Self::ReceivedLater { .. } => Some("received_at"),
            _ => None,
        }
    }
    /// What is wrong and what to do, in Vietnamese.
    pub fn vi(&self) -> String {
        match self {
            Self::NotTheHolder => "Hồ sơ đang do người khác giữ. Chỉ người đang giữ bước này mới xử lý được; xin liên hệ người giữ hoặc trưởng phòng để được phân công.".into(),
            Self::OnlyTheCentreTakesIn => "Hồ sơ chỉ được tiếp nhận tại quầy của Trung tâm. Xin dùng tài khoản cán bộ tiếp nhận của Trung tâm này.".into(),
            Self::NotNow { status } => format!("Không thực hiện được lúc này vì hồ sơ đang ở trạng thái “{}”. Xin tải lại trang để xem các bước được phép.", status.0),
            Self::ComponentNotPublished { id } => format!("Giấy tờ “{id}” không có trong danh mục đã công bố của thủ tục này nên không được yêu cầu. Xin bỏ giấy tờ đó."),
            Self::VariantNeeded => "Thủ tục này có nhiều trường hợp, mỗi trường hợp có thành phần hồ sơ riêng. Xin chọn một trường hợp.".into(),
            Self::Incomplete { missing } => format!("Còn thiếu: {}. Xin nhận đủ giấy tờ, hoặc lập phiếu từ chối và ghi rõ lý do.", names(missing)),
            Self::AssigneeUnfit => "Người được chọn không có vai trò xử lý bước này trong cơ quan. Xin chọn chuyên viên của cơ quan.".into(),
            Self::NotAppraised => "Chưa có ý kiến thẩm định. Xin ghi ý kiến trước khi trình.".into(),
            Self::WithoutReceipt => "Hồ sơ không có Giấy tiếp nhận và hẹn trả kết quả (mẫu 01) nên không được phê duyệt.".into(),
            Self::NoSuchStep { step } => format!("Không trả lại được về bước “{step}”: bước này không đứng trước bước hiện tại."),
            Self::ReasonNeeded => "Xin ghi lý do bằng văn bản để người nộp biết.".into(),
            Self::ReceiverNotAuthorised => "Người nhận không có tên trong hồ sơ. Xin ghi giấy ủy quyền (số, ngày) mà người nhận xuất trình.".into(),
            Self::IdentityNeeded => "Xin kiểm tra và ghi số giấy tờ tùy thân của người nhận.".into(),
            Self::TrackingNeeded => "Xin ghi số hiệu bưu gửi để theo dõi được.".into(),
            Self::OtherWayChosen { chosen } => format!("Người nộp đã chọn “{}”. Cán bộ không được đổi cách nhận.", chosen.0),
            Self::ReceivedLater { at } => format!("Thời điểm nhận {} không hợp lệ: chỉ ghi cho hồ sơ qua bưu chính và không sau hiện tại.", day_text(at.day())),
            Self::CalendarEnds { last } => format!("Lịch làm việc mới có đến ngày {}. Xin báo quản trị bổ sung lịch.", day_text(*last)),
            Self::ProcessEnds => "Quy trình của thủ tục này không có bước tiếp theo. Xin báo quản trị quy trình kiểm tra lại.".into(),
            Self::NotHandledHere { place } => format!("Thủ tục này không tiếp nhận tại đây. Xin hướng dẫn người dân đến: {place}."),
            Self::ProcedureEnded { since, decision, replaced_by } => {
                let since = since.map(|d| format!(" từ ngày {}", day_text(d))).unwrap_or_default();
                let decision = if decision.is_empty() { String::new() } else { format!(" theo Quyết định {decision}") };
                let next = match replaced_by {
                    Some(other) => format!(" Xin dùng thủ tục thay thế: {other}."),
                    None => " Xin tìm thủ tục khác theo tên.".to_owned(),
                };
                format!("Thủ tục này đã bị bãi bỏ{since}{decision}.{next}")
            }
            Self::ProcedureAhead { from } => {
                format!("Thủ tục này có hiệu lực từ ngày {}. Xin tiếp nhận từ ngày đó.", day_text(*from))
            }
        }
    }
    /// The same in English.
    pub fn en(&self) -> String {
        match self {
            Self::NotTheHolder => "Somebody else holds this dossier. Only the holder of the step may act; ask the holder, or the unit head to assign it to you.".into(),
            Self::OnlyTheCentreTakesIn => "Dossiers are taken in only at a counter of the Centre. Use an intake account of this centre.".into(),
            Self::NotNow { status } => format!("This cannot be done now, because the dossier is “{}”. Reload the page to see what may be done.", status.1),
            Self::ComponentNotPublished { id } => format!("“{id}” is not in the published list of this procedure and must not be demanded. Remove it."),
            Self::VariantNeeded => "This procedure has several cases, each with its own papers. Choose one of them.".into(),
            Self::Incomplete { missing } => format!("Missing: {}. Take in all papers, or refuse with the reason.", names(missing)),
            Self::AssigneeUnfit => "The officer chosen has no role for this step in the agency. Choose a specialist of the agency.".into(),
            Self::NotAppraised => "There is no opinion yet. Record the appraisal before submitting.".into(),
            Self::WithoutReceipt => "The dossier carries no receipt (form 01) and may not be approved.".into(),
            Self::NoSuchStep { step } => format!("It cannot go back to “{step}”: that is not an earlier step."),
            Self::ReasonNeeded => "Give the reason in writing, so that the applicant knows.".into(),
            Self::ReceiverNotAuthorised => "The receiver is not on the dossier. Record the authorisation (number, date) that was shown.".into(),
            Self::IdentityNeeded => "Check and record the receiver's identity paper.".into(),
            Self::TrackingNeeded => "Record the tracking number, so that the parcel can be followed.".into(),
            Self::OtherWayChosen { chosen } => format!("The applicant chose “{}”. Officers cannot override it.", chosen.1),
            Self::ReceivedLater { at } => format!("The time of receipt {at} is not valid: only for the post, and not in the future."),
            Self::CalendarEnds { last } => format!("The working calendar ends on {}. Ask an administrator to extend it.", day_text(*last)),
            Self::ProcessEnds => "The process of this procedure has no step after this one. Ask its administrator to check it.".into(),
            Self::NotHandledHere { place } => format!("This procedure is not handled here. Direct the applicant to: {place}."),
            Self::ProcedureEnded { since, decision, replaced_by } => {
                let since = since.map(|d| format!(" since {}", day_text(d))).unwrap_or_default();
                let decision = if decision.is_empty() { String::new() } else { format!(" by decision {decision}") };
                let next = match replaced_by {
                    Some(other) => format!(" Use the one that took its place: {other}."),
                    None => " Search for another one by its name.".to_owned(),
                };
                format!("This procedure has been abolished{since}{decision}.{next}")
            }
            Self::ProcedureAhead { from } => {
                format!("This procedure takes effect on {}. It can be taken in from that day on.", day_text(*from))
            }
        }
    }
}

fn names(missing: &[(String, String)]) -> String {
    missing.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("; ")
}
