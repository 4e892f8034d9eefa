//! Everything that can go wrong on the way through, in one type that pages and the API turn into an answer.

use domain::{dossier::Refusal, profile::Profile};
use platform::db::{Answer, DbError, Outcome};

/// One field that cannot be taken as typed, with the message that stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the form or the JSON path in the request.
    pub field: String,
    /// For machines.
    pub code: &'static str,
    pub vi: String,
    pub en: String,
}

impl FieldError {
    pub fn new(field: impl Into<String>, code: &'static str, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { field: field.into(), code, vi: vi.into(), en: en.into() }
    }
    /// The message in the reader's language.
    pub fn words(&self, lang: &crate::messages::Lang) -> &str {
        if *lang == crate::messages::Lang::En { &self.en } else { &self.vi }
    }
    /// A text of `letters` where at most `most` are taken: it is given back whole, never cut.
    pub fn too_long(field: impl Into<String>, letters: usize, most: usize) -> Self {
        let vi = format!("Nội dung dài {letters} chữ cái, nhiều nhất là {most}. Xin rút gọn.");
        let en = format!("The text has {letters} letters; at most {most} are taken. Shorten it.");
        Self::new(field, "too_long", vi, en)
    }
    /// A field that must not be empty.
    pub fn missing(field: impl Into<String>, vi: &str, en: &str) -> Self {
        Self::new(field, "missing", vi, en)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Not there, or out of the reader's scope: the two look the same.
    #[error("not found")]
    NotFound,
    /// Refused by a rule (409) or for want of a right (403), with the article that it cites once that was looked up.
    #[error("refused: {}", .0.code())]
    Refused(Refusal, Option<String>),
    /// Fields that cannot be taken as typed (422).
    #[error("{} fields refused", .0.len())]
    Fields(Vec<FieldError>),
    /// Somebody else was faster (412).
    #[error("stale version, now {current}")]
    Stale {
        /// The version in force.
        current: u32,
        /// What happened since: when, who, what in Vietnamese, what in English.
        changed: Vec<Change>,
    },
    /// A required header is missing (428).
    #[error("the header {0} is missing")]
    HeaderMissing(&'static str),
    /// The same key with another body (422).
    #[error("idempotency key used for another request")]
    KeyMismatch,
    /// A page's form was carried out at its first press, and its second cannot be understood any more: the reader is led to
    /// the page that answered the first one.
    #[error("carried out before")]
    DoneBefore(String),
    /// Not signed in, or the key is unknown (401).
    #[error("not signed in")]
    SignedOut,
    /// Signed in, but the account or the key lacks this right (403).
    #[error("right missing: {0}")]
    RightMissing(&'static str),
    /// A page of staff, asked for under a host that is not theirs (404).
    #[error("a page of staff under another host")]
    StaffPage,
    /// Refused before any handler could speak: an unknown address, a method, a body too large, another site, a panic.
    #[error("answered {0} without words")]
    Unanswered(axum::http::StatusCode),
    /// Too many tries (429).
    #[error("slowed down")]
    TooMany {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// Busy, or out of space (503).
    #[error("busy: {0}")]
    Busy(String),
    /// A fault of ours (500); the text goes to the log, never to the reader.
    #[error("{0}")]
    Internal(String),
}

/// One line of "what changed since": shown to the loser of a race.
#[derive(Clone, Debug)]
pub struct Change {
    pub at: domain::time::Instant,
    pub officer: String,
    pub vi: &'static str,
    pub en: &'static str,
}

impl Change {
    /// What happened, in the reader's language.
    pub fn words(&self, lang: &crate::messages::Lang) -> &'static str {
        if *lang == crate::messages::Lang::En { self.en } else { self.vi }
    }
}

impl From<Refusal> for AppError {
    fn from(r: Refusal) -> Self {
        Self::Refused(r, None)
    }
}

impl From<FieldError> for AppError {
    fn from(e: FieldError) -> Self {
        Self::Fields(vec![e])
    }
}

impl AppError {
    pub fn internal(e: impl std::fmt::Display) -> Self {
        Self::Internal(e.to_string())
    }
    /// The same; a refusal with the article of the province's regulation (guard rails: "the article").
    #[must_use]
    pub fn cited(self, profile: &Profile) -> Self {
        match self {
            Self::Refused(refusal, None) => {
                let article = profile.article_of(refusal.rule(), refusal.code());
                Self::Refused(refusal, article)
            }
            other => other,
        }
    }
    pub fn field(field: &str, code: &'static str, vi: &str, en: &str) -> Self {
        Self::Fields(vec![FieldError::new(field, code, vi, en)])
    }
}

impl From<DbError> for AppError {
    fn from(e: DbError) -> Self {
        if e.is_retry_later() { Self::Busy(e.to_string()) } else { Self::Internal(e.to_string()) }
    }
}

/// What a command with a key answered, now or the first time.
pub fn answered(outcome: Outcome) -> Result<Answer, AppError> {
    match outcome {
        Outcome::Fresh(answer) | Outcome::Replay(answer) => Ok(answer),
        Outcome::Mismatch => Err(AppError::KeyMismatch),
    }
}
