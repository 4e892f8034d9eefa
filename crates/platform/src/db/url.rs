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
    let (ours, theirs): (Vec<_>, Vec<_>) =
        query.split('&').filter(|p| !p.is_empty()).partition(|p| p.starts_with("schema="));
    let schema = ours.last().map_or("public", |p| &p["schema=".len()..]).to_owned();
    if !is_plain_name(&schema) {
        return Err(DbError::Setup(format!(
            "schema {schema:?}: only lower-case letters, digits and _, at most 63, not starting with a digit or pg_"
        )));
    }
    let url = if theirs.is_empty() { base.to_owned() } else { format!("{base}?{}", theirs.join("&")) };
    Ok(DatabaseUrl::Postgres { url, schema })
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
            DatabaseUrl::Postgres { url: "postgres://u@h/db?sslmode=disable".into(), schema: "dong_nai".into() };
        assert_eq!(url, expected);
        assert_eq!("sqlite:data/m.db".parse::<DatabaseUrl>().unwrap(), DatabaseUrl::Sqlite("data/m.db".into()));
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
