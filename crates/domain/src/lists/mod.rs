//! Shared lists (CAT-07): which there are, and how agencies change over time.

mod agency_change;
mod heirs;

pub use agency_change::{AgencyChange, AgencyChangeKind, ChangeFault, TypedChange, check};
pub use heirs::{Heirs, Merger, heirs};

/// A plain list: codes with names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlainList {
    /// Dân tộc: the 54 of the national list.
    EthnicGroups,
    /// Countries by ISO 3166.
    Countries,
    /// Kinds of papers that people bring or get.
    PaperTypes,
    /// National statuses of a dossier, 1 to 10; set by the national portal, not by the Centre.
    Statuses,
}

impl PlainList {
    /// Every list, as the index shows them.
    pub const ALL: [Self; 4] = [Self::EthnicGroups, Self::Countries, Self::PaperTypes, Self::Statuses];

    /// The word of the data base and of the API.
    pub const fn key(self) -> &'static str {
        match self {
            Self::EthnicGroups => "ethnic_groups",
            Self::Countries => "countries",
            Self::PaperTypes => "paper_types",
            Self::Statuses => "statuses",
        }
    }
    /// The end of its page's address.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::EthnicGroups => "dan-toc",
            Self::Countries => "quoc-gia",
            Self::PaperTypes => "loai-giay-to",
            Self::Statuses => "trang-thai",
        }
    }
    /// Its name, Vietnamese then English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::EthnicGroups => ("Dân tộc", "Ethnic groups"),
            Self::Countries => ("Quốc gia, vùng lãnh thổ", "Countries and territories"),
            Self::PaperTypes => ("Loại giấy tờ", "Kinds of papers"),
            Self::Statuses => ("Trạng thái hồ sơ (mã quốc gia)", "Dossier statuses (national codes)"),
        }
    }
    /// Whether the Centre may change it.
    pub const fn is_kept_here(self) -> bool {
        !matches!(self, Self::Statuses)
    }
    /// The list of this key or slug.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.key() == word || l.slug() == word)
    }
}

/// The ten national statuses: code, Vietnamese, English.
pub const NATIONAL_STATUSES: [(u8, &str, &str); 10] = [
    (1, "Mới đăng ký", "Newly submitted"),
    (2, "Được tiếp nhận", "Accepted"),
    (3, "Không được tiếp nhận", "Not accepted"),
    (4, "Đang xử lý", "In progress"),
    (5, "Yêu cầu bổ sung giấy tờ", "Supplement requested"),
    (6, "Yêu cầu thực hiện nghĩa vụ tài chính", "Payment requested"),
    (7, "Công dân yêu cầu rút hồ sơ", "Withdrawn by the applicant"),
    (8, "Dừng xử lý", "Stopped"),
    (9, "Đã xử lý xong", "Decided"),
    (10, "Đã trả kết quả", "Result returned"),
];
