use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// For what the clock stands: the law behind it is another each time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseCause {
    /// The applicant was asked for a supplement (CLK-04).
    Supplement,
    /// A fee must be paid before the work goes on (FEE-03).
    Fee,
    /// The agency suspended it with a reason (FLW-08).
    #[default]
    Suspension,
}

impl PauseCause {
    /// What everybody may read, in place of an officer's own words, which may name people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Supplement => "chờ bổ sung hồ sơ",
            Self::Fee => "chờ nộp phí, lệ phí",
            Self::Suspension => "cơ quan giải quyết tạm dừng, lý do đã báo người nộp",
        }
    }
}

/// A stop of the clock, as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Pause {
    /// When.
    pub at: Instant,
    /// For what.
    pub cause: PauseCause,
    /// Why, in Vietnamese.
    pub reason: String,
}

/// How ledgers wrote it before they named the cause: only the words told it.
#[derive(Deserialize)]
struct Written {
    at: Instant,
    #[serde(default)]
    cause: Option<PauseCause>,
    reason: String,
}

impl From<Written> for Pause {
    fn from(w: Written) -> Self {
        let cause = w.cause.unwrap_or_else(|| match w.reason.as_str() {
            r if r.starts_with("chờ bổ sung hồ sơ theo phiếu số ") => PauseCause::Supplement,
            r if r.starts_with("chờ nộp phí, lệ phí (") => PauseCause::Fee,
            _ => PauseCause::Suspension,
        });
        Self { at: w.at, cause, reason: w.reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_from_before_the_causes_were_named_tells_them_by_its_words() {
        let read = |reason: &str| {
            let json = serde_json::json!({ "at": "2025-10-06T08:00:00+07:00", "reason": reason });
            serde_json::from_value::<Pause>(json).unwrap().cause
        };
        assert_eq!(read("chờ bổ sung hồ sơ theo phiếu số 12/2025"), PauseCause::Supplement);
        assert_eq!(read("chờ nộp phí, lệ phí (lệ phí cấp phép)"), PauseCause::Fee);
        assert_eq!(read("Chờ kết quả đo đạc."), PauseCause::Suspension);
    }
}
