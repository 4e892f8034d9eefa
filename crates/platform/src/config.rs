//! The configuration: one struct a concern, from a TOML file, then the environment, then the command line.
//!
//! Unknown keys are refused: a misspelt setting that silently does nothing is worse than a server that does not start.

mod addresses;
mod assistant;
mod identity;
mod load;
mod masked;
mod national;
mod network;
mod notices;
mod registries;
mod sections;

pub use addresses::StaffHost;
pub use assistant::Assistant;
pub use identity::{Claims, Identity};
pub use load::{ConfigError, Overrides, load};
pub use masked::{DatabaseUrl, Secret};
pub use national::{FOR_CITIZENS, NationalPortal};
pub use network::Network;
pub use notices::{BodyFormat, Email, Incoming, Notices, QuietHours, SmsGateway, SmtpSecurity, Zalo, ZaloIncoming};
pub use registries::{Register, Registries};
pub use sections::{Guessing, Log, LogFormat, Privacy, ProxyHeader, Public, SignIn, Test, Uploads};

use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Everything that is set from outside.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where pages and the API are served; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where health, metrics and the test doors are served; never facing the public.
    pub admin_listen: SocketAddr,
    /// DATA: the data base, blobs, the secret, reports, the control socket.
    pub data: PathBuf,
    /// `sqlite:PATH` or `postgres://…?schema=x`; without it `DATA/motcua.db`.
    pub database_url: Option<DatabaseUrl>,
    /// A profile's name or a file; without it the one that the data base remembers.
    pub profile: Option<String>,
    /// `https://…` as people type it, without a closing slash; it decides whether cookies are secure.
    pub public_url: Option<String>,
    /// Doors for tests.
    pub test: Test,
    /// Passwords and sessions.
    pub sign_in: SignIn,
    /// Files that people send.
    pub uploads: Uploads,
    /// The log on stderr.
    pub log: Log,
    /// How the public reaches this server.
    pub public: Public,
    /// How patient it is with those who guess.
    pub guessing: Guessing,
    /// Through what citizens are told.
    pub notices: Notices,
    /// The national portal; without it nothing is sent there.
    pub national_portal: Option<NationalPortal>,
    /// Who looked at personal data.
    pub privacy: Privacy,
    /// Through what citizens prove who they are.
    pub identity: Identity,
    /// What puts answers about procedures into words.
    pub assistant: Assistant,
    /// The national registers of people and enterprises.
    pub registries: Registries,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            admin_listen: SocketAddr::from(([127, 0, 0, 1], 9090)),
            data: PathBuf::from("./data"),
            database_url: None,
            profile: None,
            public_url: None,
            test: Test::default(),
            sign_in: SignIn::default(),
            uploads: Uploads::default(),
            log: Log::default(),
            public: Public::default(),
            guessing: Guessing::default(),
            notices: Notices::default(),
            national_portal: None,
            privacy: Privacy::default(),
            identity: Identity::default(),
            assistant: Assistant::default(),
            registries: Registries::default(),
        }
    }
}

impl Config {
    /// For tests: free ports, everything under `data`, the test doors open, cheap passwords.
    pub fn for_tests(data: &Path) -> Self {
        let free = SocketAddr::from(([127, 0, 0, 1], 0));
        Self {
            listen: free,
            admin_listen: free,
            data: data.to_owned(),
            test: Test { clock: true },
            sign_in: SignIn::for_tests(),
            ..Self::default()
        }
    }
    /// The data base to open.
    pub fn database_url(&self) -> DatabaseUrl {
        self.database_url
            .clone()
            .unwrap_or_else(|| DatabaseUrl::new(format!("sqlite:{}", self.data.join("motcua.db").display())))
    }
    /// Whether cookies may be `Secure` and carry `__Host-`.
    pub fn has_https(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
    /// What is in force, as TOML, with every secret masked; `check` prints it.
    pub fn effective(&self) -> String {
        let shown = Self { database_url: Some(self.database_url()), ..self.clone() };
        toml::to_string_pretty(&shown).unwrap_or_else(|e| format!("# cannot be shown: {e}\n"))
    }
    /// What types alone cannot rule out.
    fn check(&self) -> Result<(), String> {
        self.notices.check()?;
        self.national_portal.as_ref().map_or(Ok(()), NationalPortal::check)?;
        self.guessing.check()?;
        self.identity.check()?;
        self.assistant.check()?;
        self.registries.check()?;
        if self.privacy.keep_reads_days < Privacy::LEAST_DAYS {
            return Err(format!(
                "privacy.keep_reads_days must be {} or more, not {}",
                Privacy::LEAST_DAYS,
                self.privacy.keep_reads_days
            ));
        }
        addresses::check(self.public_url.as_deref(), self.public.staff_url.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_base_lies_under_data_unless_another_is_named() {
        let mut config = Config { data: "/srv/motcua".into(), ..Config::default() };
        assert_eq!(config.database_url().expose(), "sqlite:/srv/motcua/motcua.db");
        config.database_url = Some(DatabaseUrl::new("postgres://db/motcua?schema=h49".into()));
        assert_eq!(config.database_url().expose(), "postgres://db/motcua?schema=h49");
    }

    #[test]
    fn the_effective_configuration_shows_everything_but_secrets_and_can_be_read_back() {
        let config = Config {
            database_url: Some(DatabaseUrl::new("postgres://app:s3cret@db/motcua".into())),
            ..Config::default()
        };
        let text = config.effective();
        assert!(text.contains("postgres://app:***@db/motcua") && !text.contains("s3cret"));
        assert!(text.contains("[uploads]") && text.contains("[sign_in.hashing]"));
        toml::from_str::<Config>(&text).unwrap();
    }

    #[test]
    fn cookies_are_secure_exactly_when_people_come_over_https() {
        let with = |url: &str| Config { public_url: Some(url.into()), ..Config::default() };
        assert!(with("https://mc.example.vn").has_https());
        assert!(!with("http://127.0.0.1:8080").has_https());
        assert!(!Config::default().has_https());
    }

    #[test]
    fn who_looked_at_personal_data_is_kept_for_three_months_at_least() {
        let with =
            |days| Config { privacy: Privacy { keep_reads_days: days, ..Privacy::default() }, ..Config::default() };
        assert!(with(92).check().is_ok());
        assert!(with(91).check().is_err());
    }

    #[test]
    fn a_guard_that_would_let_nobody_in_is_refused_by_its_name() {
        let mut config = Config::default();
        config.guessing.lookup.forgive_seconds = 0;
        assert!(config.check().unwrap_err().starts_with("guessing.lookup: "));
    }
}
