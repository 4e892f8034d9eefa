//! What keeps a process from being published, in plain words (guard rail 7).

use super::working_time;
use crate::{id::Id, people::Agency};

/// One fault, and the step or the participant at which it stands; neither where it is the process as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Key of the step.
    pub step: Option<String>,
    /// The agency whose part it is.
    pub agency: Option<Id<Agency>>,
    /// What is wrong.
    pub what: ProcessFault,
}

/// Why a process cannot be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProcessFault {
    /// It has no step.
    Empty,
    /// It does not begin with an intake at the Centre (INT-09).
    NoIntakeFirst,
    /// An intake stands where the dossier was taken in already.
    IntakeAgain,
    /// The longest way takes longer than the law allows.
    ExceedsLimit {
        /// Working minutes of the longest way.
        total: u32,
        /// Working minutes of the statutory limit.
        allowed: u32,
    },
    /// Two steps have the same key, so a return to one of them would be ambiguous.
    DuplicateKey,
    /// A step without a name.
    NoName,
    /// A step without time although the procedure has a limit.
    NoTime,
    /// A step that names no role.
    NoRole,
    /// A step whose roles nobody has in the agency where it is done.
    NobodyHasRole {
        /// The first role's key.
        role: String,
        /// How many agencies lack it besides the one that the fault names.
        others: usize,
    },
    /// A way out to a step that does not exist.
    UnknownTarget {
        /// The key named.
        to: String,
    },
    /// A way out to an earlier step: going back is a command with a reason (FLW-07), not a way of the process.
    GoesBack {
        /// The earlier step's key.
        to: String,
    },
    /// A way out without its reason.
    NoReason,
    /// No dossier ever comes here.
    Unreachable,
    /// A way that ends here, and not at the return desk of the Centre.
    DeadEnd,
    /// The result is returned away from the Centre (INT-09).
    ReturnedElsewhere,
    /// Something follows the return of the result.
    AfterReturn,
    /// The order is turned round: handling after the result was issued.
    OutOfOrder,
    /// A result without an approval before it (guard rail 4).
    ResultWithoutApproval,
    /// An approval without an opinion before it (guard rail 4).
    ApprovalWithoutAppraisal,
    /// An assignment that no working step in the same place follows.
    NothingToAssign,
    /// A participating agency without time or work.
    ParticipantIncomplete,
    /// A participant waits for the result of this agency, which takes no part.
    WaitsForOutsider,
    /// An agency that takes part is no longer at work.
    ParticipantEnded,
    /// Participants that wait for each other.
    ParticipantsInCircle,
    /// The process is meant for a case that the procedure no longer has.
    CaseGone {
        /// Its id.
        case: String,
    },
    /// Approval at the agency although the procedure is settled on the spot (DN 16.1c).
    ApprovedElsewhere,
    /// The participants together take longer than the law allows.
    ParticipantsExceedLimit {
        /// Working minutes until the last is done.
        total: u32,
        /// Working minutes of the statutory limit.
        allowed: u32,
    },
}

impl ProcessFault {
    /// What is wrong and what to do, in Vietnamese.
    pub fn vi(&self) -> String {
        match self {
            Self::Empty => "Quy trình chưa có bước nào. Xin thêm bước tiếp nhận tại Trung tâm.".into(),
            Self::NoIntakeFirst => "Bước đầu phải là tiếp nhận tại Trung tâm. Xin đưa bước tiếp nhận lên đầu.".into(),
            Self::IntakeAgain => "Hồ sơ chỉ được tiếp nhận một lần, ở bước đầu. Xin bỏ bước tiếp nhận này.".into(),
            Self::ExceedsLimit { total, allowed } => format!(
                "Tổng thời gian các bước là {}, vượt thời hạn giải quyết {}. Xin giảm thời gian của các bước.",
                working_time(*total).0,
                working_time(*allowed).0
            ),
            Self::DuplicateKey => "Có hai bước cùng mã. Xin bỏ một bước.".into(),
            Self::NoName => "Bước này chưa có tên. Xin đặt tên.".into(),
            Self::NoTime => "Bước này chưa có thời gian thực hiện. Xin ghi số giờ làm việc.".into(),
            Self::NoRole => "Bước này chưa giao cho vai trò nào. Xin chọn người thực hiện.".into(),
            Self::NobodyHasRole { role, others } => {
                let also =
                    if *others > 0 { format!(" Còn {others} cơ quan khác cũng vậy.") } else { String::new() };
                format!(
                    "Không có cán bộ nào giữ vai trò “{}” ở nơi thực hiện bước này. Xin chọn vai trò khác hoặc thêm tài khoản.{also}",
                    role_words(role).0
                )
            }
            Self::UnknownTarget { to } => {
                format!("Hướng chuyển đến bước “{to}” không có trong quy trình. Xin chọn bước khác.")
            }
            Self::GoesBack { to } => format!(
                "Hướng chuyển quay lại bước trước “{to}”. Trả lại bước trước là thao tác có lý do, không vẽ trong quy trình."
            ),
            Self::NoReason => "Hướng chuyển chưa ghi lý do. Xin ghi căn cứ.".into(),
            Self::Unreachable => "Không hồ sơ nào đến được bước này. Xin bỏ bước hoặc sửa hướng chuyển.".into(),
            Self::DeadEnd => {
                "Hồ sơ dừng ở bước này mà không về Trung tâm để trả kết quả. Xin thêm bước trả kết quả.".into()
            }
            Self::ReturnedElsewhere => "Kết quả phải trả tại Trung tâm. Xin chọn nơi thực hiện là Trung tâm.".into(),
            Self::AfterReturn => "Sau bước trả kết quả không còn bước nào. Xin bỏ các bước phía sau.".into(),
            Self::OutOfOrder => "Bước này đứng sau khi kết quả đã phát hành. Xin đưa lên trước bước phát hành.".into(),
            Self::ResultWithoutApproval => {
                "Có đường đi đến phát hành, trả kết quả mà chưa qua phê duyệt. Xin thêm bước phê duyệt.".into()
            }
            Self::ApprovalWithoutAppraisal => {
                "Có đường đi đến phê duyệt mà chưa ai thẩm định. Xin thêm bước thẩm định trước đó.".into()
            }
            Self::NothingToAssign => {
                "Sau bước phân công phải là bước thẩm định, xác minh hoặc lấy ý kiến ở cùng cơ quan.".into()
            }
            Self::ParticipantIncomplete => {
                "Cơ quan phối hợp phải có nội dung công việc và thời gian. Xin ghi đủ.".into()
            }
            Self::WaitsForOutsider => {
                "Có phần việc chờ kết quả của cơ quan không tham gia này. Xin thêm cơ quan hoặc bỏ quan hệ chờ.".into()
            }
            Self::ParticipantEnded => {
                "Cơ quan phối hợp này không còn hoạt động. Xin thay bằng cơ quan tiếp nhận nhiệm vụ.".into()
            }
            Self::CaseGone { case } => format!(
                "Quy trình áp dụng cho trường hợp “{case}” mà thủ tục không còn. Xin chọn lại trường hợp áp dụng."
            ),
            Self::ApprovedElsewhere => {
                "Thủ tục giải quyết tại chỗ: phê duyệt phải ở Trung tâm. Xin chọn nơi thực hiện là Trung tâm.".into()
            }
            Self::ParticipantsInCircle => {
                "Các cơ quan phối hợp chờ kết quả của nhau. Xin bỏ bớt một quan hệ chờ.".into()
            }
            Self::ParticipantsExceedLimit { total, allowed } => format!(
                "Các cơ quan phối hợp cần {}, vượt thời hạn giải quyết {}. Xin giảm thời gian phối hợp.",
                working_time(*total).0,
                working_time(*allowed).0
            ),
        }
    }
    /// The same in English.
    pub fn en(&self) -> String {
        match self {
            Self::Empty => "The process has no step. Add the intake at the Centre.".into(),
            Self::NoIntakeFirst => {
                "The first step must be the intake at the Centre. Move the intake to the top.".into()
            }
            Self::IntakeAgain => "A dossier is taken in once, in the first step. Remove this intake.".into(),
            Self::ExceedsLimit { total, allowed } => format!(
                "The steps take {} in all, more than the statutory limit of {}. Shorten the steps.",
                working_time(*total).1,
                working_time(*allowed).1
            ),
            Self::DuplicateKey => "Two steps have the same key. Remove one of them.".into(),
            Self::NoName => "This step has no name. Give it one.".into(),
            Self::NoTime => "This step has no time. Enter its working hours.".into(),
            Self::NoRole => "This step is given to no role. Choose who does it.".into(),
            Self::NobodyHasRole { role, others } => {
                let also = if *others > 0 { format!(" So it is in {others} more agencies.") } else { String::new() };
                format!(
                    "Nobody has the role “{}” where this step is done. Choose another role or add an account.{also}",
                    role_words(role).1
                )
            }
            Self::UnknownTarget { to } => {
                format!("A way leads to the step “{to}”, which does not exist. Choose another step.")
            }
            Self::GoesBack { to } => {
                format!("A way leads back to “{to}”. Sending back is an act with a reason and is not drawn.")
            }
            Self::NoReason => "A way out has no reason. State its basis.".into(),
            Self::Unreachable => "No dossier ever comes to this step. Remove it or change the ways.".into(),
            Self::DeadEnd => {
                "A dossier ends here without coming back to the Centre. Add the return of the result.".into()
            }
            Self::ReturnedElsewhere => "Results are returned at the Centre. Choose the Centre as the place.".into(),
            Self::AfterReturn => "Nothing follows the return of the result. Remove the steps after it.".into(),
            Self::OutOfOrder => "This step comes after the result was issued. Move it before the issue.".into(),
            Self::ResultWithoutApproval => "A way leads to the result without an approval. Add an approval.".into(),
            Self::ApprovalWithoutAppraisal => {
                "A way leads to the approval although nobody has examined the dossier. Add an appraisal before it."
                    .into()
            }
            Self::NothingToAssign => {
                "An assignment must be followed by an appraisal, verification or consultation in the same agency."
                    .into()
            }
            Self::ParticipantIncomplete => "A participating agency needs its work and its time. Complete both.".into(),
            Self::WaitsForOutsider => {
                "A part waits for this agency's result, but the agency takes no part. Add it, or remove the wait."
                    .into()
            }
            Self::ParticipantEnded => {
                "This participating agency no longer works. Name the one that has taken over its duties.".into()
            }
            Self::CaseGone { case } => {
                format!("The process is meant for the case “{case}”, which the procedure no longer has. Choose again.")
            }
            Self::ApprovedElsewhere => {
                "The procedure is settled on the spot: approve at the Centre. Choose the Centre as the place.".into()
            }
            Self::ParticipantsInCircle => "Participating agencies wait for each other. Remove one of the waits.".into(),
            Self::ParticipantsExceedLimit { total, allowed } => format!(
                "The participating agencies need {}, more than the statutory limit of {}. Shorten their time.",
                working_time(*total).1,
                working_time(*allowed).1
            ),
        }
    }
}

fn role_words(key: &str) -> (String, String) {
    match key.parse::<crate::accounts::Role>() {
        Ok(role) => (role.vi().to_owned(), role.en().to_owned()),
        Err(_) => (key.to_owned(), key.to_owned()),
    }
}
