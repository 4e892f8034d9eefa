use crate::error::AppError;
use platform::db::DbError;
use serde_json::Value;
use std::process::ExitCode;

/// What a command has to say when it is done.
pub struct Report {
    /// For people.
    pub text: String,
    /// For machines (`--json`).
    pub json: Value,
    /// False when something wrong was found.
    pub is_good: bool,
}

impl Report {
    pub fn good(text: impl Into<String>, json: Value) -> Self {
        Self { text: text.into(), json, is_good: true }
    }
    /// The sum on stdout; the code says whether all was well.
    pub fn print(&self, wants_json: bool) -> ExitCode {
        use std::io::Write;
        let text = if wants_json { self.json.to_string() } else { self.text.trim_end().to_owned() };
        if !text.is_empty() {
            // A reader that closed the pipe has heard enough.
            let _ = writeln!(std::io::stdout(), "{text}");
        }
        ExitCode::from(u8::from(!self.is_good))
    }
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// Wrong arguments or configuration: nothing was tried.
    Usage(String),
    /// It was tried and failed, or something wrong was found.
    Failed(String),
}

impl Failure {
    pub const fn code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Failed(_) => 1,
        }
    }
    pub fn message(&self) -> &str {
        match self {
            Self::Usage(m) | Self::Failed(m) => m,
        }
    }
    /// One line on stderr.
    pub fn print(&self) -> ExitCode {
        if !self.message().is_empty() {
            say(&format!("motcua: {}", self.message()));
        }
        ExitCode::from(self.code())
    }
}

/// A line for people on stderr, where the log goes too; stdout belongs to results.
pub fn say(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{line}");
}

impl From<AppError> for Failure {
    fn from(e: AppError) -> Self {
        match e {
            AppError::Fields(fields) => {
                let lines: Vec<_> = fields.iter().map(|f| format!("{}: {}", f.field, f.en)).collect();
                Self::Usage(lines.join("\n"))
            }
            AppError::Refused(refusal, _) => Self::Failed(refusal.en()),
            other => Self::Failed(other.to_string()),
        }
    }
}

impl From<DbError> for Failure {
    fn from(e: DbError) -> Self {
        match e {
            DbError::Setup(_) => Self::Usage(e.to_string()),
            other => Self::Failed(other.to_string()),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(e: serde_json::Error) -> Self {
        Self::Failed(e.to_string())
    }
}
