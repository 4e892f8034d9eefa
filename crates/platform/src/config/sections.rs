//! The sections of the configuration file.

use super::network::Network;
use crate::password::{HashingCost, PasswordPolicy};
use crate::sessions::SessionLimits;
use crate::throttle::Limits;
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Uploads {
    /// The largest file, in bytes.
    pub max_bytes: u64,
    /// Where the virus scanner `clamd` listens: `host:port`, or the path of its socket. Without it nothing is scanned.
    pub clamd: Option<String>,
}

impl Default for Uploads {
    /// 50 MiB: a scanned map in colour passes.
    fn default() -> Self {
        Self { max_bytes: 50 * 1024 * 1024, clamd: None }
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
    /// Days for which a request about personal data is kept once it has ended.
    pub keep_requests_days: u32,
}

impl Privacy {
    /// The least number of days.
    pub const LEAST_DAYS: u32 = 92;
}

impl Default for Privacy {
    /// A year, and three.
    fn default() -> Self {
        Self { keep_reads_days: 365, keep_requests_days: 1_095 }
    }
}

/// `[public]`: how the public reaches this server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Public {
    /// Reverse proxies in front of it, as addresses or networks (`["10.0.0.0/8"]`). What they say about where a request came
    /// from is believed, and nobody else: without them all people behind a proxy would be slowed down as one.
    pub trusted_proxies: Vec<Network>,
    /// In which header they say it. A proxy overwrites or extends this one header only; another would come from the stranger.
    pub proxy_header: ProxyHeader,
    /// Another host than that of `public_url` under which staff work, `https://noi-bo.example.vn`. Then their pages and their
    /// sign-in answer there alone, and what citizens read under `public_url` alone (ADM-04). Proxies hand `Host` on as it came.
    pub staff_url: Option<String>,
}

/// A header in which a proxy says from where a request came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProxyHeader {
    /// `X-Forwarded-For: 203.0.113.7, 10.0.0.3`
    #[default]
    XForwardedFor,
    /// RFC 7239: `Forwarded: for=203.0.113.7, for="[2001:db8::1]:4711"`
    Forwarded,
}

/// `[guessing]`: how patient the server is with those who guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Guessing {
    /// Wrong passwords and one-time codes of one login (ADM-03).
    pub login: Limits,
    /// Wrong passwords from one address; a whole Centre may sit behind it.
    pub address: Limits,
    /// One-time codes asked for from one address and not used: each costs a message.
    pub code_request: Limits,
    /// Codes of dossiers that do not exist, from one address; nothing personal hangs on them (TRK-01).
    pub lookup: Limits,
    /// Text messages of one sender: each is answered by one that costs money, and may try a code (TRK-01).
    pub texts: Limits,
    /// Questions that an outside model put into words, for one address: each may cost money (LNK-05).
    pub assistant: Limits,
    /// Wrong digits on one dossier: they open personal data (TRK-01).
    pub dossier_digits: Limits,
    /// Wrong digits from one address, whichever the dossier: codes can be counted up (TRK-01).
    pub digits: Limits,
}

impl Default for Guessing {
    fn default() -> Self {
        let of = |free_tries, forgive_seconds, longest_wait_seconds| Limits {
            free_tries,
            forgive_seconds,
            first_wait_seconds: 5,
            longest_wait_seconds,
        };
        Self {
            login: of(5, 3_600, 900),
            address: of(100, 30, 900),
            code_request: of(50, 60, 900),
            lookup: of(50, 6, 60),
            texts: of(10, 60, 900),
            assistant: of(20, 30, 900),
            dossier_digits: of(10, 7_200, 900),
            digits: of(60, 300, 300),
        }
    }
}

impl Guessing {
    /// Names the table that makes no sense.
    pub(super) fn check(&self) -> Result<(), String> {
        let all = [
            ("login", self.login),
            ("address", self.address),
            ("code_request", self.code_request),
            ("lookup", self.lookup),
            ("texts", self.texts),
            ("assistant", self.assistant),
            ("dossier_digits", self.dossier_digits),
            ("digits", self.digits),
        ];
        all.iter().try_for_each(|(name, limits)| limits.check().map_err(|why| format!("guessing.{name}: {why}")))
    }
}
