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
    /// To be sent by the post.
    Post,
}

impl Shelf {
    pub const ALL: [Self; 4] = [Self::Ready, Self::Unclaimed, Self::Reminded, Self::Post];
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ready => "",
            Self::Unclaimed => "lau",
            Self::Reminded => "da-nhac",
            Self::Post => "buu-chinh",
        }
    }
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ready => "Chờ trả",
            Self::Unclaimed => "Lâu chưa đến nhận",
            Self::Reminded => "Đã liên hệ",
            Self::Post => "Gửi bưu chính",
        }
    }
    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|s| s.key() == key).unwrap_or_default()
    }
}
