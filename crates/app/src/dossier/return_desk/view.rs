/// Which results are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shelf {
    /// All that lie ready.
    #[default]
    Ready,
    /// Longer than the first reminder allows (RES-03).
    Unclaimed,
    /// Whose applicants were asked to come.
    Reminded,
    /// Done before the appointed day, and nobody asked the applicant to come yet (CLK-09).
    Early,
    /// To be sent by the post.
    Post,
}

impl Shelf {
    pub const ALL: [Self; 5] = [Self::Ready, Self::Early, Self::Unclaimed, Self::Reminded, Self::Post];
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ready => "",
            Self::Unclaimed => "lau",
            Self::Reminded => "da-nhac",
            Self::Early => "som",
            Self::Post => "buu-chinh",
        }
    }
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ready => "Chờ trả",
            Self::Unclaimed => "Lâu chưa đến nhận",
            Self::Reminded => "Đã liên hệ",
            Self::Early => "Xong sớm, chưa mời",
            Self::Post => "Gửi bưu chính",
        }
    }
    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|s| s.key() == key).unwrap_or_default()
    }
}
