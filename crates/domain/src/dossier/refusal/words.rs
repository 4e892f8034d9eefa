//! A refusal in words: what is wrong and what to do instead.

use super::Refusal;
use crate::time::day_text;

impl Refusal {
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
            Self::FieldNotTakenIn { field } => format!("Quầy này không tiếp nhận lĩnh vực “{field}”. Xin mời người dân sang quầy nhận lĩnh vực đó."),
            Self::FieldOfOthers { field } => format!("Người được chọn không phụ trách lĩnh vực “{field}”. Xin chọn người phụ trách lĩnh vực này."),
            Self::TrueTimeNeeded => "Hồ sơ nhập muộn phải ghi đúng thời điểm đã nhận trên giấy, trước lúc này. Xin ghi ngày và giờ nhận.".into(),
            Self::SecondOfficerNeeded => "Người nhập muộn không tự xác nhận được. Xin để một cán bộ khác của Trung tâm đối chiếu giấy tờ và xác nhận.".into(),
            Self::LateNotConfirmed => "Hồ sơ nhập muộn chưa được cán bộ thứ hai của Trung tâm đối chiếu, xác nhận nên chưa quyết định được. Xin đề nghị Trung tâm xác nhận trước.".into(),
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
            Self::DateAtRest { next } => format!("Ngày hẹn mới rơi vào ngày nghỉ hoặc ngoài giờ làm việc nên người nộp đến sẽ không gặp ai. Xin chọn trong giờ làm việc, ví dụ {} ngày {}.", next.local().strftime("%H:%M"), day_text(next.day())),
            Self::DateNotLater { due } => format!("Ngày hẹn mới phải sau ngày hẹn hiện tại {} và sau hôm nay.", day_text(due.day())),
            Self::NotOverdueYet { due } => format!("Hồ sơ chưa quá hạn (hẹn trả {}). Trung tâm chỉ viết thư xin lỗi khi đã quá hạn.", day_text(due.day())),
            Self::TheCentreApologises => "Thư xin lỗi do Trung tâm viết. Cơ quan gửi giải trình bằng văn bản nêu lý do và ngày trả cho Trung tâm.".into(),
            Self::UntilNotAhead { until } => format!("Ngày kết thúc tạm dừng {} phải ở phía trước.", day_text(until.day())),
            Self::AmountWrong { owed } => match owed { Some(n) => format!("Số tiền chưa khớp: phải nộp {}.", dong(*n)), None => "Số tiền phải lớn hơn 0 đồng.".into() },
            Self::FeeNotPublished { fee } => format!("“{fee}” không có trong biểu phí đã công bố cho trường hợp và cách nộp này. Xin xem lại phí rồi chọn lại."),
            Self::ProofNeeded => "Xin ghi số biên lai hoặc mã giao dịch làm chứng từ nộp tiền.".into(),
            Self::FeesUnpaid { amount } => format!("Còn {} phí, lệ phí chưa nộp. Xin thu và ghi nhận trước khi trả kết quả.", dong(*amount)),
            Self::SlipNeeded => "Người nhận phải xuất trình Giấy tiếp nhận hồ sơ và hẹn trả kết quả. Nếu bị mất, xin ghi lý do và kiểm tra giấy tờ tùy thân.".into(),
            Self::Link(why) => why.vi(),
            Self::Regulation(why) => why.vi(),
            Self::Undo(why) => why.vi(),
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
            Self::FieldNotTakenIn { field } => format!("This counter does not take in the field “{field}”. Lead the visitor to the counter that does."),
            Self::FieldOfOthers { field } => format!("The chosen officer is not in charge of the field “{field}”. Choose somebody who is."),
            Self::TrueTimeNeeded => "A late entry needs the true time of receipt on paper, before now. Give day and time.".into(),
            Self::SecondOfficerNeeded => "Whoever entered it cannot confirm it. Let another officer of the Centre compare the papers and confirm.".into(),
            Self::LateNotConfirmed => "A second officer of the Centre has not yet confirmed this late entry, so nothing is decided. Ask the Centre to confirm it first.".into(),
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
            Self::DateAtRest { next } => format!("The new date lies on a day off or outside working hours, when nobody is there. Choose a working hour, for example {} on {}.", next.local().strftime("%H:%M"), day_text(next.day())),
            Self::DateNotLater { due } => format!("The new date must be later than the one in force, {}, and lie ahead.", day_text(due.day())),
            Self::NotOverdueYet { due } => format!("It is not overdue yet (due {}). The Centre apologises once it is.", day_text(due.day())),
            Self::TheCentreApologises => "The Centre writes the apology. The agency explains reason and new date to the Centre in writing.".into(),
            Self::UntilNotAhead { until } => format!("The end of the suspension, {}, must lie ahead.", day_text(until.day())),
            Self::AmountWrong { owed } => match owed { Some(n) => format!("The amount does not match: {} are owed.", dong(*n)), None => "The amount must be more than 0 đồng.".into() },
            Self::FeeNotPublished { fee } => format!("“{fee}” is not in the published schedule for this case and channel. Look at the fees and choose again."),
            Self::ProofNeeded => "Give the number of the receipt or of the transfer as proof.".into(),
            Self::FeesUnpaid { amount } => format!("{} of fees are unpaid. Collect and record them before handing the result over.", dong(*amount)),
            Self::SlipNeeded => "The receiver must show the receipt. If it is lost, record why and check the identity paper.".into(),
            Self::Link(why) => why.en(),
            Self::Regulation(why) => why.en(),
            Self::Undo(why) => why.en(),
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

/// `150.000 đ`, as money stands on every screen and paper.
fn dong(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() * 2);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out + "\u{a0}đ"
}
