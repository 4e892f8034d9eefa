use super::AgainstRegulation;
use crate::{
    interlink::LinkRefusal,
    time::{Instant, day_text},
};

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
    /// INT-13: a late entry needs the true time of receipt, in the past.
    TrueTimeNeeded,
    /// INT-13: whoever entered it cannot confirm it.
    SecondOfficerNeeded,
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
            Self::TrueTimeNeeded | Self::SecondOfficerNeeded => "INT-13",
            Self::OnlyAtTheCentre => "FLW-04",
            Self::NotAppraised | Self::WithoutReceipt => "GR-4",
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
            Self::NoDueDate | Self::NotOverdueYet { .. } | Self::TheCentreApologises => "CLK-05",
            Self::AlreadyReappointed { .. } | Self::ApologyTooLate { .. } | Self::DateNotLater { .. } => "GR-2",
            Self::UntilNotAhead { .. } => "FLW-08",
            Self::AmountWrong { .. } => "FEE-02",
            Self::ProofNeeded => "FEE-03",
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
            Self::NotAppraised => "approval.not_appraised",
            Self::TrueTimeNeeded => "late.time_needed",
            Self::SecondOfficerNeeded => "late.second_officer",
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
            Self::NotOverdueYet { .. } => "apology.not_overdue",
            Self::TheCentreApologises => "apology.by_the_centre",
            Self::UntilNotAhead { .. } => "suspension.until_not_ahead",
            Self::AmountWrong { .. } => "fee.amount_wrong",
            Self::ProofNeeded => "fee.proof_needed",
            Self::FeesUnpaid { .. } => "return.fees_unpaid",
            Self::SlipNeeded => "return.slip_needed",
            Self::Link(why) => why.code(),
            Self::Regulation(why) => why.code(),
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
                | Self::TheCentreApologises
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
            Self::AssigneeUnfit => Some("officer"),
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
            Self::DateNotLater { .. } => Some("new_due_at"),
            Self::UntilNotAhead { .. } => Some("until"),
            Self::AmountWrong { .. } => Some("amount"),
            Self::ProofNeeded => Some("proof"),
            Self::SlipNeeded => Some("without_slip"),
            Self::Link(why) => why.field(),
            Self::Regulation(why) => why.field(),
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
            Self::TrueTimeNeeded => "Hồ sơ nhập muộn phải ghi đúng thời điểm đã nhận trên giấy, trước lúc này. Xin ghi ngày và giờ nhận.".into(),
            Self::SecondOfficerNeeded => "Người nhập muộn không tự xác nhận được. Xin để một cán bộ khác của Trung tâm đối chiếu giấy tờ và xác nhận.".into(),
            Self::OnlyAtTheCentre => "Thủ tục này giải quyết tại chỗ nên chỉ được phê duyệt tại Trung tâm. Xin để lãnh đạo hoặc người được ủy quyền làm việc tại Trung tâm phê duyệt.".into(),
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
            Self::ChannelClosed => "Tỉnh chưa mở kênh nộp này. Xin chọn kênh khác.".into(),
            Self::ListNeeded => "Xin liệt kê đầy đủ, một lần, từng giấy tờ còn thiếu hoặc chưa đúng và cách hoàn thiện.".into(),
            Self::ListIncomplete { missing } => format!("Danh sách yêu cầu còn bỏ sót giấy tờ bắt buộc chưa có: {}. Chỉ được yêu cầu một lần nên xin ghi đủ.", names(missing)),
            Self::GuidanceAlreadyGiven { times } => format!("Đã hướng dẫn hoàn thiện hồ sơ {times} lần, không được yêu cầu thêm. Xin tiếp nhận nếu đủ, hoặc từ chối và ghi rõ lý do."),
            Self::SupplementAlreadyAsked { times } => format!("Đã yêu cầu bổ sung {times} lần, không được yêu cầu thêm. Xin giải quyết theo hồ sơ hiện có, hoặc từ chối và ghi rõ lý do."),
            Self::SupplementWindowPassed { end } => format!("Thời hạn yêu cầu bổ sung đã hết ngày {}. Xin giải quyết theo hồ sơ hiện có.", day_text(end.day())),
            Self::SupplementIncomplete { missing } => format!("Hồ sơ bổ sung còn thiếu: {}. Xin nhận khi đủ; thời hạn tính lại từ lúc đủ.", names(missing)),
            Self::NoDueDate => "Hồ sơ không có ngày hẹn trả nên không cần xin lỗi, hẹn lại.".into(),
            Self::AlreadyReappointed { times } => format!("Đã hẹn lại {times} lần, không được hẹn lại thêm. Xin giải quyết ngay; lãnh đạo cơ quan giải trình với Trung tâm."),
            Self::ApologyTooLate { due } => format!("Đã quá thời điểm được xin lỗi, hẹn lại (trước ngày hẹn {} ít nhất một ngày). Chỉ còn cách gửi Trung tâm xác nhận là xin lỗi muộn, ghi nhận vi phạm.", day_text(due.day())),
            Self::DateNotLater { due } => format!("Ngày hẹn mới phải sau ngày hẹn hiện tại {} và sau hôm nay.", day_text(due.day())),
            Self::NotOverdueYet { due } => format!("Hồ sơ chưa quá hạn (hẹn trả {}). Trung tâm chỉ viết thư xin lỗi khi đã quá hạn.", day_text(due.day())),
            Self::TheCentreApologises => "Thư xin lỗi do Trung tâm viết. Cơ quan gửi giải trình bằng văn bản nêu lý do và ngày trả cho Trung tâm.".into(),
            Self::UntilNotAhead { until } => format!("Ngày kết thúc tạm dừng {} phải ở phía trước.", day_text(until.day())),
            Self::AmountWrong { owed } => match owed { Some(n) => format!("Số tiền chưa khớp: phải nộp {n} đồng."), None => "Số tiền phải lớn hơn 0 đồng.".into() },
            Self::ProofNeeded => "Xin ghi số biên lai hoặc mã giao dịch làm chứng từ nộp tiền.".into(),
            Self::FeesUnpaid { amount } => format!("Còn {amount} đồng phí, lệ phí chưa nộp. Xin thu và ghi nhận trước khi trả kết quả."),
            Self::SlipNeeded => "Người nhận phải xuất trình Giấy tiếp nhận hồ sơ và hẹn trả kết quả. Nếu bị mất, xin ghi lý do và kiểm tra giấy tờ tùy thân.".into(),
            Self::Link(why) => why.vi(),
            Self::Regulation(why) => why.vi(),
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
            Self::TrueTimeNeeded => "A late entry needs the true time of receipt on paper, before now. Give day and time.".into(),
            Self::SecondOfficerNeeded => "Whoever entered it cannot confirm it. Let another officer of the Centre compare the papers and confirm.".into(),
            Self::OnlyAtTheCentre => "This procedure is decided on the spot, so it is approved at the Centre only. Let the leader or delegate who works at the Centre approve it.".into(),
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
            Self::ChannelClosed => "The province has not opened this channel. Choose another one.".into(),
            Self::ListNeeded => "List at once every paper that is missing or wrong, and how to mend it.".into(),
            Self::ListIncomplete { missing } => format!("The list leaves out required papers that are not here: {}. It may be asked only once, so list all.", names(missing)),
            Self::GuidanceAlreadyGiven { times } => format!("Guidance was given {times} time(s) already and may not be repeated. Accept if complete, or refuse with the reason."),
            Self::SupplementAlreadyAsked { times } => format!("A supplement was asked {times} time(s) already and may not be asked again. Decide on what is there, or refuse with the reason."),
            Self::SupplementWindowPassed { end } => format!("The window for a supplement request ended on {}. Decide on what is there.", day_text(end.day())),
            Self::SupplementIncomplete { missing } => format!("Still missing: {}. Take it when complete; the limit counts from then.", names(missing)),
            Self::NoDueDate => "The dossier has no due date, so there is nothing to re-appoint.".into(),
            Self::AlreadyReappointed { times } => format!("Re-appointed {times} time(s) already; no further date may be set. Resolve it now; the agency answers to the Centre."),
            Self::ApologyTooLate { due } => format!("It is too late to re-appoint (at least one day before {}). What is left is a late apology, recorded as a breach, that the Centre must confirm.", day_text(due.day())),
            Self::DateNotLater { due } => format!("The new date must be later than the one in force, {}, and lie ahead.", day_text(due.day())),
            Self::NotOverdueYet { due } => format!("It is not overdue yet (due {}). The Centre apologises once it is.", day_text(due.day())),
            Self::TheCentreApologises => "The Centre writes the apology. The agency explains reason and new date to the Centre in writing.".into(),
            Self::UntilNotAhead { until } => format!("The end of the suspension, {}, must lie ahead.", day_text(until.day())),
            Self::AmountWrong { owed } => match owed { Some(n) => format!("The amount does not match: {n} đồng are owed."), None => "The amount must be more than 0 đồng.".into() },
            Self::ProofNeeded => "Give the number of the receipt or of the transfer as proof.".into(),
            Self::FeesUnpaid { amount } => format!("{amount} đồng of fees are unpaid. Collect and record them before handing the result over."),
            Self::SlipNeeded => "The receiver must show the receipt. If it is lost, record why and check the identity paper.".into(),
            Self::Link(why) => why.en(),
            Self::Regulation(why) => why.en(),
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

impl From<AgainstRegulation> for Refusal {
    fn from(why: AgainstRegulation) -> Self {
        Self::Regulation(why)
    }
}

fn names(missing: &[(String, String)]) -> String {
    missing.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("; ")
}
