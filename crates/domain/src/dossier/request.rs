use super::SlipRef;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

macro_rules! problems {
    ($($variant:ident $key:literal $vi:literal $en:literal $doc:literal;)+) => {
        /// What is wrong with a paper: the phrases of the one-pass checklist (INT-04).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Problem { $(#[doc = $doc] $variant),+ }
        impl Problem {
            /// Every phrase, in the order of the checklist.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The key used by the API and forms.
            pub const fn key(self) -> &'static str { match self { $(Self::$variant => $key),+ } }
            /// Vietnamese, English.
            pub const fn words(self) -> (&'static str, &'static str) { match self { $(Self::$variant => ($vi, $en)),+ } }
        }
    };
}

problems! {
    Missing "missing" "Chưa có giấy tờ này" "Missing" "It was not handed in.";
    Wrong "wrong" "Nội dung chưa đúng" "Not correct" "It says something that does not fit.";
    Incomplete "incomplete" "Kê khai chưa đầy đủ" "Not filled in completely" "Parts of it are empty.";
    Expired "expired" "Đã hết giá trị sử dụng" "Expired" "It is no longer valid.";
    Uncertified "uncertified" "Bản sao chưa được chứng thực" "Copy not certified" "A certified copy is needed.";
    Unsigned "unsigned" "Thiếu chữ ký hoặc dấu" "Signature or seal missing" "It is not signed or sealed.";
    Illegible "illegible" "Không đọc được" "Cannot be read" "The scan or the paper cannot be read.";
    Other "other" "Lý do khác" "Another reason" "The note says what.";
}

impl Problem {
    /// The phrase itself tells the applicant what to bring or do; any other needs the note that says it (GR-1).
    pub const fn says_all(self) -> bool {
        matches!(self, Self::Missing | Self::Expired | Self::Uncertified | Self::Unsigned | Self::Illegible)
    }
    /// Reads a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|p| p.key() == key)
    }
}

/// One line of form 02: which paper, what is wrong with it, what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestItem {
    /// The component of the published list; absent where the request itself must be mended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<String>,
    /// What is wrong.
    pub problem: Problem,
    /// In words: what exactly, and how to mend it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What the applicant was asked for and has not brought yet (form 02).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenRequest {
    /// All that is missing or wrong, at once.
    pub items: Vec<RequestItem>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The slip that says so.
    pub slip: SlipRef,
    /// When it was asked.
    pub since: Instant,
    /// Until when the dossier waits; then it lapses.
    pub until: Instant,
}

/// What the applicant says to a line of form 02 that names no paper: in words, by file, or both (INT-05).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemAnswer {
    /// The line's place in the request, from 1.
    pub item: u32,
    /// In words.
    pub text: String,
    /// SHA-256 of attached files.
    pub files: Vec<String>,
}

/// An answer as the history keeps it: its words may name people, so they stand in a row that can be erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// 1, 2, 3 … within the dossier.
    pub number: u32,
    /// The line's place in the request, from 1.
    pub item: u32,
    /// SHA-256 of attached files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}

/// A line of form 02 that names no paper, beside the answer to it, once the request is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnsweredItem {
    /// 1, 2, 3 … within the dossier.
    pub number: u32,
    /// What was asked.
    pub asked: RequestItem,
    /// When the answer came.
    pub at: Instant,
    /// SHA-256 of attached files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}

impl ItemAnswer {
    /// Something was said or attached.
    pub fn says_something(&self) -> bool {
        !self.text.trim().is_empty() || !self.files.is_empty()
    }
}

impl OpenRequest {
    /// The lines that name no paper, each with its place from 1: nothing is handed in for them, so they are answered (INT-05).
    pub fn in_words(&self) -> impl Iterator<Item = (u32, &RequestItem)> {
        (1..).zip(&self.items).filter(|(_, item)| item.component.is_none())
    }
}
