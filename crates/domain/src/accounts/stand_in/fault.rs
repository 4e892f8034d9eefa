//! Why a stand-in or a reserve cannot be entered, in words.

use crate::time::day_text;
use jiff::civil::Date;

/// Why a stand-in cannot be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StandInFault {
    /// It ends before it begins, or has ended already.
    Backwards,
    /// Nobody stands in for oneself.
    Oneself,
    /// The backup works elsewhere, or could not see what the officer sees.
    OtherPlace,
    /// The backup is away at that time.
    BackupAway,
    /// The officer has a backup for that time already.
    Twice,
    /// It must be announced so many working days ahead (DN 4.4).
    TooLate {
        /// The first day it could begin.
        first: Date,
    },
    /// Only approval is delegated, by somebody who approves.
    NotALeader,
    /// A delegation needs its decision.
    NoDecision,
    /// The reason is missing.
    NoReason,
    /// The backup is not on the list that the agency gave the Centre (DN 4.4, VL 5.2).
    NotOnTheList,
    /// The absence from a post at the Centre is not announced in writing (VL 9.3c, QN 6.8b).
    NotInWriting,
    /// Only approval is delegated procedure by procedure, and only of procedures that there are.
    UnknownProcedure {
        /// What was asked for.
        code: String,
    },
}

impl StandInFault {
    /// The field to blame.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Backwards => "to",
            Self::TooLate { .. } | Self::Twice => "from",
            Self::Oneself | Self::OtherPlace | Self::BackupAway | Self::NotOnTheList => "backup",
            Self::NotALeader => "officer",
            Self::NoDecision | Self::NotInWriting => "decision",
            Self::NoReason => "reason",
            Self::UnknownProcedure { .. } => "procedures",
        }
    }
    /// What is wrong and what to do, Vietnamese then English.
    pub fn words(&self) -> (String, String) {
        let said = |vi: &str, en: &str| (vi.to_owned(), en.to_owned());
        match self {
            Self::Backwards => said(
                "Thời điểm kết thúc phải sau thời điểm bắt đầu và sau lúc này.",
                "It must end after it begins, and after now.",
            ),
            Self::Oneself => said("Người thay phải là người khác.", "The backup must be somebody else."),
            Self::OtherPlace => said(
                "Người thay phải cùng cơ quan, không giữ vị trí ở trung tâm khác và xem được các hồ sơ như người vắng mặt, người ủy quyền.",
                "The backup must be of the same agency, have no post at another centre and see the same dossiers.",
            ),
            Self::BackupAway => said(
                "Người được chọn cũng vắng mặt trong thời gian này. Xin chọn người khác.",
                "The chosen officer is away at that time, too. Choose another.",
            ),
            Self::Twice => said(
                "Thời gian này đã có người thay. Xin kết thúc lần trước rồi nhập lại.",
                "Somebody stands in for this time already. End that first.",
            ),
            Self::TooLate { first } => (
                format!(
                    "Vắng mặt phải báo trước; sớm nhất là ngày {}. Nếu đột xuất, xin đánh dấu đột xuất.",
                    day_text(*first)
                ),
                format!(
                    "An absence must be announced ahead; the first possible day is {}. If it is sudden, mark it so.",
                    day_text(*first)
                ),
            ),
            Self::NotALeader => {
                said("Chỉ lãnh đạo cơ quan mới ủy quyền phê duyệt được.", "Only an agency's leader delegates approval.")
            }
            Self::NoDecision => said(
                "Xin ghi số và ngày của quyết định ủy quyền.",
                "Give the number and date of the delegating decision.",
            ),
            Self::NoReason => said("Xin ghi lý do.", "Give the reason."),
            Self::NotOnTheList => said(
                "Người thay không có trong danh sách dự phòng mà cơ quan đã đăng ký cho vị trí này. Xin chọn người trong danh sách, hoặc bổ sung danh sách trước.",
                "The backup is not on the list that the agency gave for this post. Choose somebody of the list, or add to it first.",
            ),
            Self::NotInWriting => said(
                "Cán bộ làm việc tại Trung tâm vắng mặt phải có văn bản thông báo. Xin ghi số và ngày văn bản; nếu đột xuất, xin đánh dấu đột xuất.",
                "An absence from a post at the Centre is announced in writing. Give number and date of the notice; if it is sudden, mark it so.",
            ),
            Self::UnknownProcedure { code } => (
                format!("Không có thủ tục mã {code} đang có hiệu lực. Xin ghi đúng mã, ví dụ 1.000080."),
                format!("No procedure in force has the code {code}. Give a code such as 1.000080."),
            ),
        }
    }
}

/// Why a backup cannot be put on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReserveFault {
    /// The last day comes before the first.
    Backwards,
    /// The officer has no post at a desk of a centre.
    NoPost,
    /// Nobody is one's own backup.
    Oneself,
    /// The backup is of another agency, or has a post at another centre.
    OtherPlace,
    /// The list names this backup for that time already.
    Twice,
}

impl ReserveFault {
    /// The field to blame.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Backwards => "to",
            Self::NoPost => "officer",
            Self::Oneself | Self::OtherPlace | Self::Twice => "backup",
        }
    }
    /// What is wrong and what to do, Vietnamese then English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Backwards => ("Ngày cuối phải từ ngày đầu trở đi.", "The last day must not come before the first."),
            Self::NoPost => (
                "Cán bộ này không có vị trí tại quầy của Trung tâm. Xin chọn cán bộ được cử đến Trung tâm.",
                "This officer has no post at a desk of the Centre. Choose one whom the agency sent there.",
            ),
            Self::Oneself => ("Người dự phòng phải là người khác.", "The reserve must be somebody else."),
            Self::OtherPlace => (
                "Người dự phòng phải cùng cơ quan và không giữ vị trí ở trung tâm khác.",
                "The reserve must be of the same agency and have no post at another centre.",
            ),
            Self::Twice => (
                "Người này đã có trong danh sách dự phòng của vị trí trong thời gian đó.",
                "The list names this officer for the post and that time already.",
            ),
        }
    }
}
