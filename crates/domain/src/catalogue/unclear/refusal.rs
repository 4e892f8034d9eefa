/// Why something cannot be done with an unclear case (INT-12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnclearRefusal {
    /// Neither the Centre's nor an asked agency's officer, or the other side's to do.
    NotYours,
    /// It is closed.
    Closed,
    /// Nothing was said.
    NothingSaid,
    /// Nobody is asked.
    Nobody,
    /// The agency is asked already.
    AskedAlready,
    /// A meeting needs several agencies.
    OneAgencyOnly,
    /// The meeting lies ahead, or lacks place or people.
    MeetingIncomplete,
    /// There is no answer to agree to.
    NoAnswerYet,
}

impl UnclearRefusal {
    /// Whether it is a matter of right (403).
    pub const fn is_forbidden(self) -> bool {
        matches!(self, Self::NotYours)
    }
    /// The code for machines.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotYours => "unclear.not_yours",
            Self::Closed => "unclear.closed",
            Self::NothingSaid => "unclear.nothing_said",
            Self::Nobody => "unclear.nobody",
            Self::AskedAlready => "unclear.asked_already",
            Self::OneAgencyOnly => "unclear.one_agency",
            Self::MeetingIncomplete => "unclear.meeting",
            Self::NoAnswerYet => "unclear.no_answer",
        }
    }
    /// Vietnamese, English: what is wrong and what to do.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NotYours => (
                "Chỉ cán bộ của Trung tâm và của cơ quan được hỏi mới tham gia trao đổi này.",
                "Only officers of the Centre and of the agencies asked take part in this thread.",
            ),
            Self::Closed => (
                "Trao đổi này đã đóng. Nếu còn điểm chưa rõ, xin mở trao đổi mới.",
                "This thread is closed. Open a new one if something is still unclear.",
            ),
            Self::NothingSaid => ("Xin ghi rõ nội dung.", "Say what it is about."),
            Self::Nobody => ("Xin chọn ít nhất một cơ quan để hỏi.", "Choose at least one agency to ask."),
            Self::AskedAlready => ("Cơ quan này đã được hỏi.", "This agency is asked already."),
            Self::OneAgencyOnly => (
                "Biên bản họp dành cho việc có nhiều cơ quan. Xin mời thêm cơ quan trước.",
                "A meeting is for several agencies. Invite another one first.",
            ),
            Self::MeetingIncomplete => (
                "Biên bản họp phải ghi thời gian (đã diễn ra), địa điểm và ít nhất hai người dự.",
                "The record needs its time (in the past), place and at least two who took part.",
            ),
            Self::NoAnswerYet => (
                "Chưa có trả lời của cơ quan nên chưa thống nhất được. Xin chờ trả lời hoặc ghi biên bản họp.",
                "There is no answer to agree to yet. Wait for one, or record a meeting.",
            ),
        }
    }
}
