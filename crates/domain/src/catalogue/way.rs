//! Ways to submit, with their limits and fees.

use crate::deadline::TimeLimit;
use serde::{Deserialize, Serialize};

/// A channel through which a dossier comes in (INT-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// At the counter.
    Counter,
    /// By public post.
    Post,
    /// Online.
    Online,
    /// Through a post employee at the Centre: the law treats it as the counter, statistics count it apart.
    PostEmployee,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 4] = [Self::Counter, Self::Post, Self::Online, Self::PostEmployee];

    /// The word that the API and the data base use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Post => "post",
            Self::Online => "online",
            Self::PostEmployee => "post_employee",
        }
    }
    /// The channel of that word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.as_str() == key)
    }
    /// The channel whose published way applies.
    #[must_use]
    pub const fn published_as(self) -> Self {
        match self {
            Self::PostEmployee => Self::Counter,
            other => other,
        }
    }
}

/// A published way to submit (cách thức thực hiện).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionWay {
    /// The channel: counter, post or online.
    pub channel: Channel,
    /// The statutory limit on this channel.
    pub limit: TimeLimit,
    /// The case for which it holds; absent when it holds for all.
    pub variant: Option<String>,
    /// What the catalogue says beside it.
    pub note: String,
    /// Fees on this channel.
    pub fees: Vec<FeeLine>,
}

/// One line of the fee schedule as the catalogue states it (FEE-01).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeLine {
    /// What it is in law.
    pub kind: FeeKind,
    /// Amount in đồng; absent where only the text says it (set by the People's Council, by area, in another currency).
    pub amount: Option<i64>,
    /// Text beside it.
    pub text: String,
    /// The document that sets it, "Nghị quyết 12/2025/NQ-HĐND"; empty where the source names none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// First day on which it is collected; absent means with the version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<jiff::civil::Date>,
}

/// A fee's text without the dash and the semicolon of the list from which it was copied.
pub fn fee_case(text: &str) -> &str {
    text.trim_start_matches(['-', '+', '–', ' ']).trim_end_matches([' ', ';', '.'])
}

/// Kinds of payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// Phí.
    Fee,
    /// Lệ phí.
    Charge,
    /// Giá dịch vụ.
    Price,
}

impl FeeKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Fee, Self::Charge, Self::Price];
    /// The key used by forms and the API.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Fee => "fee",
            Self::Charge => "charge",
            Self::Price => "price",
        }
    }
    /// Reads a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
    /// Its name in law: Vietnamese, English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Fee => ("Phí", "Fee"),
            Self::Charge => ("Lệ phí", "Charge"),
            Self::Price => ("Giá dịch vụ", "Service price"),
        }
    }
}
