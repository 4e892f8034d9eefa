//! Where a version came from, and how much each source may say against another.

use serde::{Deserialize, Serialize};

/// Where a version came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A row of the national list: code, name, field, departments. The poorest.
    Listing,
    /// Read from the text of a page: limits, fees and papers, but parsed, not stated.
    ParsedText,
    /// An answer of the national portal.
    Portal,
    /// The Centre's own spreadsheet.
    Sheet,
    /// Written here by an officer, under a publishing decision.
    Office,
}

impl Source {
    /// Every source, poorest first.
    pub const ALL: [Self; 5] = [Self::Listing, Self::ParsedText, Self::Portal, Self::Sheet, Self::Office];

    /// The word that the data base keeps.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Listing => "listing",
            Self::ParsedText => "parsed_text",
            Self::Portal => "portal",
            Self::Sheet => "sheet",
            Self::Office => "office",
        }
    }
    /// The source of that word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == key)
    }
    /// What screens call it, Vietnamese and English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Listing => ("danh mục quốc gia (dòng rút gọn)", "the national list (short rows)"),
            Self::ParsedText => ("đọc từ trang văn bản", "read from text pages"),
            Self::Portal => ("Cổng Dịch vụ công quốc gia", "the national public service portal"),
            Self::Sheet => ("bảng tính của Trung tâm", "the Centre’s spreadsheet"),
            Self::Office => ("cán bộ biên tập tại đây", "edited here"),
        }
    }
    /// Whether this source knows more than `other` of the same procedure, so that it may complete it without being asked.
    /// What the Centre itself wrote is completed by nobody.
    pub const fn completes(self, other: Self) -> bool {
        other.is_national() && self.depth() > other.depth()
    }
    /// Whether this source knows less than `other`: what it does not state it cannot take away.
    pub const fn is_poorer_than(self, other: Self) -> bool {
        self.depth() < other.depth()
    }
    const fn is_national(self) -> bool {
        matches!(self, Self::Listing | Self::ParsedText | Self::Portal)
    }
    const fn depth(self) -> u8 {
        match self {
            Self::Listing => 0,
            Self::ParsedText => 1,
            Self::Portal | Self::Sheet | Self::Office => 2,
        }
    }
}
