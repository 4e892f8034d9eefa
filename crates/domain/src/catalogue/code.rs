//! The code of a procedure.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The national code of a procedure, `1.000080`; local ones may carry more parts, `1.004616.000.00.00.H56`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProcedureCode(String);

impl ProcedureCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// Whether it has the national form: one digit, a point, six digits. Catalogues hold some with seven (CAT-10 lists them).
    pub fn is_regular(&self) -> bool {
        self.0.split('.').nth(1).is_some_and(|digits| digits.len() == 6)
    }
}

/// The text is not a code such as `1.000080`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a procedure code such as 1.000080: {0:?}")]
pub struct NotAProcedureCode(String);

impl FromStr for ProcedureCode {
    type Err = NotAProcedureCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split('.');
        let digits = |part: Option<&str>, least: usize, most: usize| {
            part.is_some_and(|p| (least..=most).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
        };
        let head = digits(parts.next(), 1, 1) && digits(parts.next(), 6, 7);
        let tail_is_plain =
            parts.all(|p| !p.is_empty() && p.len() <= 4 && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        if head && tail_is_plain { Ok(Self(text.to_owned())) } else { Err(NotAProcedureCode(text.to_owned())) }
    }
}
impl TryFrom<String> for ProcedureCode {
    type Error = NotAProcedureCode;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}
impl From<ProcedureCode> for String {
    fn from(code: ProcedureCode) -> Self {
        code.0
    }
}
impl fmt::Display for ProcedureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
