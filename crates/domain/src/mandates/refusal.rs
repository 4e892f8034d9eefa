//! Why a mandate cannot be given.

/// Why a mandate cannot be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words().0)]
pub enum NotAMandate {
    /// The last day lies before the first.
    EndsBefore,
    /// The last day is over.
    HasPassed,
    /// Longer than a year.
    TooLong,
    /// To oneself.
    Oneself,
    /// There is one already that waits or holds.
    Known,
    /// Who acts may not name others.
    NoRight,
}

impl NotAMandate {
    /// For machines.
    pub const fn code(self) -> &'static str {
        match self {
            Self::EndsBefore => "mandate.ends_before",
            Self::HasPassed => "mandate.has_passed",
            Self::TooLong => "mandate.too_long",
            Self::Oneself => "mandate.oneself",
            Self::Known => "mandate.known",
            Self::NoRight => "mandate.no_right",
        }
    }
    /// The field beside which it is told.
    pub const fn field(self) -> &'static str {
        match self {
            Self::EndsBefore | Self::HasPassed | Self::TooLong => "den_ngay",
            Self::Oneself | Self::Known => "so",
            Self::NoRight => "form",
        }
    }
    /// Vietnamese, English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::EndsBefore => (
                "Ngày kết thúc phải sau ngày bắt đầu. Xin xem lại hai ngày.",
                "The last day must come after the first.",
            ),
            Self::HasPassed => (
                "Ngày kết thúc đã qua. Xin chọn một ngày từ hôm nay trở đi.",
                "The last day is over. Choose one from today on.",
            ),
            Self::TooLong => (
                "Mỗi lần ủy quyền dài nhất một năm. Xin chọn ngày sớm hơn; hết hạn có thể ủy quyền lại.",
                "A mandate lasts a year at most. Choose an earlier day; it can be given again.",
            ),
            Self::Oneself => (
                "Đây là số định danh của chính ông/bà. Xin ghi số của người được làm thay.",
                "This is your own number. Enter the number of who acts for you.",
            ),
            Self::Known => (
                "Người này đã có ủy quyền còn hiệu lực hoặc đang chờ. Muốn đổi thời hạn, xin chấm dứt ủy quyền cũ trước.",
                "This person has a mandate that holds or waits. To change its term end the old one first.",
            ),
            Self::NoRight => (
                "Chỉ người đại diện theo pháp luật được giao người khác làm thay cho tổ chức.",
                "Only the legal representative names others to act for the organisation.",
            ),
        }
    }
}
