use crate::time::{Instant, day_text};

/// Why something cannot be done with a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkRefusal {
    /// Nobody was asked, or no part was named.
    Nobody,
    /// The same agency or unit twice.
    Twice,
    /// The agency asks itself: within it, a unit must be named.
    Itself,
    /// Content, work or findings are missing.
    NothingSaid,
    /// The date has passed, or lies after the dossier's own.
    Date {
        /// The dossier's own date.
        due: Option<Instant>,
    },
    /// There is no branch of this number.
    Unknown {
        /// The number.
        id: u32,
    },
    /// It was answered or finished already.
    Done,
    /// The date for an answer has not passed yet.
    NotOverdue {
        /// That date.
        due: Instant,
    },
    /// The Centre knows already.
    Told,
    /// An opinion is overdue, and the lead has not told the Centre as the regulation says (DN 13.2b, QN 6.4d).
    NotTold {
        /// The number of the consultation.
        id: u32,
    },
    /// What a part needs is not there yet.
    Waits,
    /// A part needs one that does not come before it.
    Order,
    /// On paper the dates must follow the order of the agencies.
    DatesOutOfOrder,
    /// Parts of other agencies are not finished, so the dossier cannot be submitted (ILK-01).
    PartsOpen {
        /// How many.
        count: usize,
    },
    /// The province lets dossiers of this kind go another way only.
    WayClosed,
    /// The lead agency sends local parts on its own duty (DN 12.2đ).
    LeadSendsLocal,
    /// A visit lies ahead, or lacks time, place, people or content.
    Visit,
    /// An appointment lacks place, people or content.
    Appointment,
    /// A visit is appointed for a time that has passed, or after the day promised to the applicant.
    VisitTime {
        /// That day.
        due: Option<Instant>,
    },
    /// An appointed visit has no minutes and was not called off.
    VisitOpen {
        /// When it was to begin.
        at: Instant,
    },
    /// The officer cannot do the part.
    Unfit,
}

impl LinkRefusal {
    /// The rule or requirement that refuses.
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::Visit | Self::Appointment | Self::VisitTime { .. } | Self::VisitOpen { .. } => "FLW-03",
            Self::Order | Self::DatesOutOfOrder | Self::PartsOpen { .. } | Self::Waits => "ILK-01",
            Self::WayClosed => "ILK-02",
            Self::LeadSendsLocal => "ILK-04",
            Self::Unfit => "FLW-07",
            _ => "ILK-05",
        }
    }
    /// The code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Nobody => "branch.nobody",
            Self::Twice => "branch.twice",
            Self::Itself => "branch.itself",
            Self::NothingSaid => "branch.nothing_said",
            Self::Date { .. } => "branch.date",
            Self::Unknown { .. } => "branch.unknown",
            Self::Done => "branch.done",
            Self::NotOverdue { .. } => "consultation.not_overdue",
            Self::Told => "consultation.told",
            Self::NotTold { .. } => "consultation.not_told",
            Self::Waits => "part.waits",
            Self::Order => "part.order",
            Self::DatesOutOfOrder => "part.dates",
            Self::PartsOpen { .. } => "part.open",
            Self::WayClosed => "part.way_closed",
            Self::LeadSendsLocal => "part.lead_sends_local",
            Self::Visit => "verification.visit",
            Self::Appointment => "visit.incomplete",
            Self::VisitTime { .. } => "visit.time",
            Self::VisitOpen { .. } => "visit.open",
            Self::Unfit => "part.unfit",
        }
    }
    /// The field beside which a form shows it.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::Nobody | Self::Twice | Self::Itself | Self::LeadSendsLocal => Some("agencies"),
            Self::NothingSaid => Some("content"),
            Self::Date { .. } | Self::DatesOutOfOrder => Some("due_at"),
            Self::Order => Some("needs"),
            Self::WayClosed => Some("travel"),
            Self::Visit | Self::Appointment => Some("visit"),
            Self::VisitTime { .. } => Some("visit.at"),
            Self::Unfit => Some("officer"),
            _ => None,
        }
    }
    /// What is wrong and what to do, in Vietnamese.
    pub fn vi(&self) -> String {
        match self {
            Self::Nobody => "Chưa chọn cơ quan nào. Xin chọn ít nhất một cơ quan hoặc phòng.".into(),
            Self::Twice => "Một cơ quan được chọn hai lần. Xin bỏ bớt một lần.".into(),
            Self::Itself => {
                "Cơ quan không thể chuyển cho chính mình. Xin chọn cơ quan khác, hoặc chọn một phòng trong cơ quan."
                    .into()
            }
            Self::NothingSaid => "Xin ghi rõ nội dung công việc.".into(),
            Self::Date { due: Some(due) } => {
                format!("Thời hạn phải sau lúc này và không muộn hơn ngày hẹn trả của hồ sơ ({}).", day_text(due.day()))
            }
            Self::Date { due: None } => "Thời hạn phải sau lúc này.".into(),
            Self::Unknown { id } => format!("Hồ sơ không có mục số {id}. Xin tải lại trang."),
            Self::Done => "Mục này đã có kết quả. Xin tải lại trang để xem.".into(),
            Self::NotOverdue { due } => {
                format!("Chưa hết thời hạn trả lời ({}). Xin chờ đến hạn rồi báo Trung tâm.", day_text(due.day()))
            }
            Self::Told => "Đã báo Trung tâm về việc này.".into(),
            Self::NotTold { id } => format!(
                "Ý kiến số {id} đã quá hạn mà chưa báo Trung tâm. Xin bấm “Báo Trung tâm” ở phần phối hợp rồi trình; không phải chờ thêm ý kiến."
            ),
            Self::Waits => "Phần việc này còn chờ kết quả của cơ quan trước.".into(),
            Self::Order => "Phần việc chỉ được chờ kết quả của phần việc đứng trước nó.".into(),
            Self::DatesOutOfOrder => {
                "Hồ sơ giấy đi lần lượt, nên thời hạn của cơ quan sau không được sớm hơn cơ quan trước.".into()
            }
            Self::PartsOpen { count } => {
                format!("Còn {count} cơ quan phối hợp chưa trả kết quả. Xin đợi đủ kết quả rồi trình.")
            }
            Self::WayClosed => "Tỉnh không chuyển hồ sơ liên thông theo cách này. Xin chọn cách còn lại.".into(),
            Self::LeadSendsLocal => {
                "Phần việc của xã, phường do cơ quan chủ trì chuyển. Xin để cơ quan chủ trì thực hiện.".into()
            }
            Self::Visit => {
                "Kiểm tra thực địa phải ghi đủ thời gian (đã diễn ra), địa điểm, người tham gia và nội dung.".into()
            }
            Self::Appointment => {
                "Lịch kiểm tra thực địa phải ghi đủ thời gian, địa điểm, thành phần và nội dung.".into()
            }
            Self::VisitTime { due: Some(due) } => format!(
                "Giờ kiểm tra phải sau lúc này và không muộn hơn ngày hẹn trả của hồ sơ ({}).",
                day_text(due.day())
            ),
            Self::VisitTime { due: None } => "Giờ kiểm tra phải sau lúc này.".into(),
            Self::VisitOpen { at } => format!(
                "Lịch kiểm tra thực địa ngày {} chưa có biên bản. Xin ghi biên bản, hoặc hủy lịch và báo người nộp, rồi trình.",
                day_text(at.day())
            ),
            Self::Unfit => "Người được chọn không thuộc cơ quan, phòng nhận phần việc này. Xin chọn người khác.".into(),
        }
    }
    /// The same in English.
    pub fn en(&self) -> String {
        match self {
            Self::Nobody => "No agency was chosen. Choose at least one agency or unit.".into(),
            Self::Twice => "An agency was chosen twice. Take one away.".into(),
            Self::Itself => "An agency cannot pass to itself. Choose another one, or a unit inside it.".into(),
            Self::NothingSaid => "Say what is to be done.".into(),
            Self::Date { due: Some(due) } => {
                format!("The date must lie ahead and not after the dossier's own ({}).", day_text(due.day()))
            }
            Self::Date { due: None } => "The date must lie ahead.".into(),
            Self::Unknown { id } => format!("The dossier has no item {id}. Reload the page."),
            Self::Done => "This item has its answer already. Reload the page to see it.".into(),
            Self::NotOverdue { due } => format!(
                "The date for an answer ({}) has not passed yet. Wait for it, then tell the Centre.",
                day_text(due.day())
            ),
            Self::Told => "The Centre has been told already.".into(),
            Self::NotTold { id } => format!(
                "Opinion {id} is overdue and the Centre has not been told. Tell it under the branches, then submit; you need not wait longer."
            ),
            Self::Waits => "This part still waits for the result of an earlier agency.".into(),
            Self::Order => "A part may only need one that stands before it.".into(),
            Self::DatesOutOfOrder => {
                "Paper goes from one to the next, so a later agency's date cannot be earlier.".into()
            }
            Self::PartsOpen { count } => {
                format!("{count} participating agencies have not given their results. Wait for all, then submit.")
            }
            Self::WayClosed => {
                "The province does not pass interlinked dossiers in this way. Choose the other one.".into()
            }
            Self::LeadSendsLocal => "The lead agency sends the parts of communes. Let it do so.".into(),
            Self::Visit => "A site visit needs its time (in the past), place, participants and content.".into(),
            Self::Appointment => "A site visit is appointed with its time, place, participants and content.".into(),
            Self::VisitTime { due: Some(due) } => {
                format!("The visit must lie ahead and not after the dossier's due date ({}).", day_text(due.day()))
            }
            Self::VisitTime { due: None } => "The visit must lie ahead.".into(),
            Self::VisitOpen { at } => format!(
                "The site visit of {} has no minutes. Record them, or call it off and tell the applicant, then submit.",
                day_text(at.day())
            ),
            Self::Unfit => "The officer does not belong to the agency or unit of this part. Choose another.".into(),
        }
    }
}
