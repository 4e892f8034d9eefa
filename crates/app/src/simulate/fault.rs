use domain::{catalogue::NotAProcedureCode, deadline::CalendarError};

/// Why a simulation ended before its years did.
#[derive(Debug, thiserror::Error)]
pub enum SimError {
    /// An invariant does not hold: the rules have a fault.
    #[error(transparent)]
    Broken(#[from] Box<Broken>),
    /// The calendar of the made-up province cannot be built.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// A made-up procedure has no code.
    #[error(transparent)]
    Code(#[from] NotAProcedureCode),
}

/// The invariant that broke, and all that led there.
#[derive(Debug, thiserror::Error)]
#[error("{rule}: {what}\n{history}")]
pub struct Broken {
    /// Which invariant.
    pub rule: &'static str,
    /// What was found.
    pub what: String,
    /// The dossier's events, one a line.
    pub history: String,
}

impl Broken {
    #[expect(clippy::unnecessary_box_returns, reason = "an error stays small in every answer")]
    pub(super) fn new(rule: &'static str, what: String, history: String) -> Box<Self> {
        Box::new(Self { rule, what, history })
    }
}

/// Checks one invariant.
pub(super) type Holds = Result<(), Box<Broken>>;
