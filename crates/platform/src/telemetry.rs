//! The log on stderr, the id that ties its lines together, and what may stand in it.
//!
//! **No personal data in the log**: no names, identity numbers, telephone numbers, addresses, form values or file names
//! of applicants; a dossier's code and ids of rows are enough to find them. Who read which dossier is kept in the
//! access register of the data base (SEC-01), not here. Text from outside (an error message of a partner's system)
//! goes through [`redact`] first.

use crate::config::{Log, LogFormat};
use crate::random::Random;
use std::fmt;
use tracing_subscriber::EnvFilter;

/// The log cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// `[log] filter` cannot be read.
    #[error("[log] filter: {0}")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    /// A log was set up before in this process.
    #[error("the log is set up already: {0}")]
    Twice(String),
}

/// Starts the log; once in a process, first thing in `main`.
pub fn init(log: &Log) -> Result<(), TelemetryError> {
    let filter = EnvFilter::try_new(&log.filter)?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match log.format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    started.map_err(|e| TelemetryError::Twice(e.to_string()))
}

/// Names one request in every log line and on the error page, so that an officer can read it out on the telephone.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// Sixteen hexadecimal digits.
    pub fn new(random: &Random) -> Self {
        Self(random.hex(16))
    }
    /// The one that a proxy gave (`X-Request-Id`), when it is short and plain enough to stand in a log line; otherwise a new one.
    pub fn from_header(header: Option<&str>, random: &Random) -> Self {
        let plain = |text: &&str| {
            (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        };
        header.filter(plain).map_or_else(|| Self::new(random), |text| Self(text.to_owned()))
    }
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Masks what is nearly always personal in a text from outside: e-mail addresses and runs of nine or more digits
/// (identity cards, telephones, tax codes, bank accounts). Control characters become blanks, so that no text forges a log line.
pub fn redact(text: &str) -> String {
    let calm: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    calm.split(' ').map(redact_word).collect::<Vec<_>>().join(" ")
}

fn redact_word(word: &str) -> String {
    if word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.')) {
        return "<email>".to_owned();
    }
    let mut out = String::with_capacity(word.len());
    let mut run = String::new();
    for c in word.chars() {
        if c.is_numeric() {
            run.push(c);
            continue;
        }
        flush(&mut out, &mut run);
        out.push(c);
    }
    flush(&mut out, &mut run);
    out
}

fn flush(out: &mut String, run: &mut String) {
    if run.chars().count() >= 9 {
        out.push_str("<number>");
    } else {
        out.push_str(run);
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_telephones_and_addresses_for_mail_are_masked() {
        assert_eq!(
            redact("CCCD 001099012345, gọi 0912345678 hoặc lan@example.vn ngay"),
            "CCCD <number>, gọi <number> hoặc <email> ngay"
        );
    }

    #[test]
    fn dossier_codes_statuses_and_times_stay_readable() {
        let text = "H49.24-251006-0001 bị từ chối: HTTP 503 sau 1200 ms";
        assert_eq!(redact(text), text);
    }

    #[test]
    fn a_text_from_outside_cannot_begin_a_line_of_its_own() {
        assert_eq!(redact("lỗi\n2025 INFO forged\x1b[31m"), "lỗi 2025 INFO forged [31m");
    }

    #[test]
    fn a_request_id_of_a_proxy_is_kept_only_when_it_is_plain() {
        let random = Random::seeded(1);
        assert_eq!(RequestId::from_header(Some("ab-12"), &random).as_str(), "ab-12");
        for odd in ["", "a b", "x\ny", &"a".repeat(65)] {
            assert_eq!(RequestId::from_header(Some(odd), &random).as_str().len(), 16);
        }
        assert_eq!(RequestId::from_header(None, &random).to_string().len(), 16);
    }

    #[test]
    fn a_filter_that_cannot_be_read_is_named_with_its_section() {
        let log = Log { filter: "info,=loud=".into(), ..Log::default() };
        assert!(init(&log).unwrap_err().to_string().starts_with("[log] filter"));
    }
}
