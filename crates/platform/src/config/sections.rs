//! The sections of the configuration file.

use crate::password::{HashingCost, PasswordPolicy};
use crate::sessions::SessionLimits;
use serde::{Deserialize, Serialize};

/// `[test]`: doors that only a test installation opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Test {
    /// Permits `--test-clock` and the administration port's `/test/…`.
    pub clock: bool,
}

/// `[sign_in]`: how officers prove who they are, and for how long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SignIn {
    /// The rule for choosing a password.
    pub password: PasswordPolicy,
    /// What hashing one costs.
    pub hashing: HashingCost,
    /// How long a session lives.
    pub session: SessionLimits,
}

impl SignIn {
    /// Hashes at the least cost that Argon2 permits.
    pub fn for_tests() -> Self {
        let hashing = HashingCost { memory_kib: 8, passes: 1, lanes: 1 };
        Self { hashing, ..Self::default() }
    }
}

/// `[uploads]`: files that people send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Uploads {
    /// The largest file, in bytes.
    pub max_bytes: u64,
}

impl Default for Uploads {
    /// 50 MiB: a scanned map in colour passes.
    fn default() -> Self {
        Self { max_bytes: 50 * 1024 * 1024 }
    }
}

/// `[log]`: the log on stderr.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// Lines for people or for machines.
    pub format: LogFormat,
    /// What is written, in the syntax of `tracing` (`info`, `info,platform=debug`).
    pub filter: String,
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Text, filter: "info".into() }
    }
}

/// How a log line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for collectors.
    Json,
}

/// `[privacy]`: what is written down about those who look at personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Privacy {
    /// Days for which it is kept that somebody looked (SEC-01). TCVN 14423:2026, 5.8.2.1 asks for three months at least.
    pub keep_reads_days: u32,
}

impl Privacy {
    /// The least number of days.
    pub const LEAST_DAYS: u32 = 92;
}

impl Default for Privacy {
    /// A year.
    fn default() -> Self {
        Self { keep_reads_days: 365 }
    }
}

/// `[public]`: how fast one address may ask without signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Public {
    /// Requests a second that one address may keep up.
    pub requests_per_second: u32,
    /// Requests at once above that; a page fetches its style, script and fonts together.
    pub burst: u32,
    /// Look-ups of dossiers by code a minute; TRK-01 serves kiosks that many people share.
    pub lookups_per_minute: u32,
}

impl Default for Public {
    fn default() -> Self {
        Self { requests_per_second: 50, burst: 200, lookups_per_minute: 60 }
    }
}
