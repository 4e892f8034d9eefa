//! Where the data base is.

use super::DbError;
use std::path::PathBuf;
use std::str::FromStr;

/// `sqlite:PATH`, or `postgres://…?schema=x` (`public` when no schema is named).
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file of the embedded engine.
    Sqlite(PathBuf),
    /// A server, and the one schema in which everything lives.
    Postgres {
        /// The URL without our own `schema` parameter; it may hold a password.
        url: String,
        /// Lower-case letters, digits and `_`.
        schema: String,
        /// How the way to the server is protected.
        tls: Tls,
    },
}

/// How the way to a server is protected: `?sslmode=…&sslrootcert=FILE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Plain: the server stands on the same machine or in a network of its own (`disable`, or nothing said).
    Off,
    /// Encrypted, and the server proves by a certificate that it is the host in the URL (`require`, `verify-ca`,
    /// `verify-full` all mean this: encryption to whoever answers protects from nobody).
    On {
        /// PEM file with the certificates of the authorities that are trusted; without it the public ones are.
        roots: Option<PathBuf>,
    },
}

impl std::fmt::Debug for DatabaseUrl {
    /// Without the URL of the server: it may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres { schema, .. } => write!(f, "postgres:…?schema={schema}"),
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = DbError;

    fn from_str(text: &str) -> Result<Self, DbError> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return match path {
                "" => Err(DbError::Setup("sqlite: needs a path, such as sqlite:data/motcua.db".into())),
                path => Ok(Self::Sqlite(path.into())),
            };
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return postgres(text);
        }
        Err(DbError::Setup("a data base URL starts with sqlite: or postgres://".into()))
    }
}

fn postgres(text: &str) -> Result<DatabaseUrl, DbError> {
    let (base, query) = text.split_once('?').unwrap_or((text, ""));
    let is_ours = |p: &&str| OURS.iter().any(|name| p.strip_prefix(name).is_some_and(|rest| rest.starts_with('=')));
    let (ours, theirs): (Vec<_>, Vec<_>) = query.split('&').filter(|p| !p.is_empty()).partition(is_ours);
    let of = |name: &str| ours.iter().rev().find_map(|p| p.strip_prefix(name)?.strip_prefix('='));
    let schema = of("schema").unwrap_or("public").to_owned();
    let tls = tls(of("sslmode"), of("sslrootcert"))?;
    if !is_plain_name(&schema) {
        return Err(DbError::Setup(format!(
            "schema {schema:?}: only lower-case letters, digits and _, at most 63, not starting with a digit or pg_"
        )));
    }
    let url = if theirs.is_empty() { base.to_owned() } else { format!("{base}?{}", theirs.join("&")) };
    Ok(DatabaseUrl::Postgres { url, schema, tls })
}

/// Parameters that are not for the driver.
const OURS: [&str; 3] = ["schema", "sslmode", "sslrootcert"];

fn tls(mode: Option<&str>, roots: Option<&str>) -> Result<Tls, DbError> {
    let roots = roots.map(|path| PathBuf::from(crate::percent::decode(path)));
    match (mode, roots) {
        (None | Some("disable"), None) => Ok(Tls::Off),
        (None | Some("disable"), Some(_)) => {
            Err(DbError::Setup("sslrootcert is of no use without encryption; say sslmode=verify-full beside it".into()))
        }
        (Some("require" | "verify-ca" | "verify-full"), roots) => Ok(Tls::On { roots }),
        (Some(mode @ ("allow" | "prefer")), _) => Err(DbError::Setup(format!(
            "sslmode={mode} would go on in plain text where anybody can read it; say sslmode=verify-full, or disable"
        ))),
        (Some(other), _) => {
            Err(DbError::Setup(format!("sslmode={other:?} is not known; say sslmode=verify-full or disable")))
        }
    }
}

fn is_plain_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !name.is_empty()
        && name.len() <= 63
        && name.chars().all(plain)
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.starts_with("pg_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_schema_is_taken_out_of_the_url_and_the_rest_stays() {
        let url: DatabaseUrl = "postgres://u@h/db?sslmode=disable&schema=dong_nai".parse().unwrap();
        let expected =
            DatabaseUrl::Postgres { url: "postgres://u@h/db".into(), schema: "dong_nai".into(), tls: Tls::Off };
        assert_eq!(url, expected);
        assert_eq!("sqlite:data/m.db".parse::<DatabaseUrl>().unwrap(), DatabaseUrl::Sqlite("data/m.db".into()));
    }

    #[test]
    fn encryption_is_asked_for_in_the_words_of_postgresql_and_never_half() {
        let tls = |query: &str| match format!("postgres://h/d?{query}").parse() {
            Ok(DatabaseUrl::Postgres { tls, url, .. }) => {
                assert_eq!(url, "postgres://h/d?connect_timeout=3");
                Ok(tls)
            }
            Ok(other) => panic!("{other:?}"),
            Err(e) => Err(e.to_string()),
        };
        assert_eq!(tls("connect_timeout=3"), Ok(Tls::Off));
        for mode in ["require", "verify-ca", "verify-full"] {
            assert_eq!(tls(&format!("sslmode={mode}&connect_timeout=3")), Ok(Tls::On { roots: None }));
        }
        let with_file = Tls::On { roots: Some("/etc/m c/ca.pem".into()) };
        assert_eq!(tls("sslmode=require&connect_timeout=3&sslrootcert=/etc/m%20c/ca.pem"), Ok(with_file));
        for wrong in ["sslmode=prefer", "sslmode=allow", "sslmode=yes", "sslrootcert=ca.pem"] {
            let told = tls(wrong).unwrap_err();
            assert!(told.contains("sslmode=verify-full"), "{wrong}: {told}");
        }
    }

    #[test]
    fn a_schema_that_would_need_quoting_is_refused() {
        for bad in [
            "postgres://h/d?schema=a\"b",
            "postgres://h/d?schema=",
            "postgres://h/d?schema=pg_x",
            "mysql://h",
            "sqlite:",
        ] {
            assert!(bad.parse::<DatabaseUrl>().is_err(), "{bad}");
        }
    }
}
