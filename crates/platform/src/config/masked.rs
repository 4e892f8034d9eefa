//! Values that must not be printed.

use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

const MASK: &str = "***";

/// A password or key from the configuration; printing and serialising give `***`.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    pub const fn new(text: String) -> Self {
        Self(text)
    }
    /// The secret itself, where it is used.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}
impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(MASK)
    }
}

/// The address of a data base; printing and serialising mask the password in it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// Wraps an address.
    pub const fn new(text: String) -> Self {
        Self(text)
    }
    /// The address with its password, for connecting.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let masked = mask_user_info(&self.0);
        f.write_str(&mask_parameter(&masked))
    }
}
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl Serialize for DatabaseUrl {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

/// `postgres://app:secret@db/x` → `postgres://app:***@db/x`. The last `@` of all ends it: a password may hold
/// an unescaped `@`, `/` or `?`, and masking too much is the lesser harm.
fn mask_user_info(url: &str) -> String {
    let masked = || {
        let (scheme, rest) = url.split_once("://")?;
        let (user_info, host) = rest.rsplit_once('@')?;
        let (user, _) = user_info.split_once(':')?;
        Some(format!("{scheme}://{user}:{MASK}@{host}"))
    };
    masked().unwrap_or_else(|| url.to_owned())
}

/// `…?password=secret&schema=x` → `…?password=***&schema=x`, and `password=secret` of the key-value form.
fn mask_parameter(text: &str) -> String {
    let Some((before, rest)) = text.split_once("password=") else {
        return text.to_owned();
    };
    let end = rest.find(['&', ' ']).unwrap_or(rest.len());
    format!("{before}password={MASK}{}", mask_parameter(&rest[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_prints_as_stars_in_every_way_but_is_at_hand_where_it_is_used() {
        let secret: Secret = serde_json::from_str("\"mật\"").unwrap();
        assert_eq!(format!("{secret:?}"), "***");
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"***\"");
        assert_eq!(secret.expose(), "mật");
    }

    #[test]
    fn the_password_in_an_address_is_masked_wherever_it_stands() {
        let shown = |url: &str| DatabaseUrl::new(url.to_owned()).to_string();
        assert_eq!(shown("postgres://app:p@ss@db:5432/x?schema=h49"), "postgres://app:***@db:5432/x?schema=h49");
        assert_eq!(
            shown("postgres://db/x?user=app&password=p&schema=h49"),
            "postgres://db/x?user=app&password=***&schema=h49"
        );
        assert_eq!(shown("host=db password=p user=app"), "host=db password=*** user=app");
        assert_eq!(shown("postgres://app:a?b@db/x"), "postgres://app:***@db/x");
        assert_eq!(shown("postgres://app@db/x"), "postgres://app@db/x");
        assert_eq!(shown("sqlite:./data/motcua.db"), "sqlite:./data/motcua.db");
    }
}
