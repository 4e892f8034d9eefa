//! `[identity]`: the provider through which citizens prove who they are (ADM-03), by OpenID Connect.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// An OpenID provider. VNeID is one; a province's own sign-on is another. Without an issuer there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Identity {
    /// Its address; what it can do is read from `/.well-known/openid-configuration` below it.
    pub issuer: Option<String>,
    /// The name under which this installation is registered there.
    pub client_id: String,
    /// The file that holds the secret; none for a public client, which PKCE alone protects.
    pub client_secret_file: Option<PathBuf>,
    /// What the button calls it.
    pub label: String,
    /// What is asked for beside `openid`.
    pub scopes: Vec<String>,
    /// In which claims the provider says what.
    pub claims: Claims,
}

impl Default for Identity {
    fn default() -> Self {
        Self {
            issuer: None,
            client_id: String::new(),
            client_secret_file: None,
            label: "VNeID".into(),
            scopes: vec!["profile".into()],
            claims: Claims::default(),
        }
    }
}

/// `[identity.claims]`: providers name them as they like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Claims {
    /// The twelve digits of the personal identification number.
    pub number: String,
    /// The full name.
    pub name: String,
    /// A mobile telephone, where the provider tells one.
    pub phone: String,
    /// An e-mail address, where the provider tells one.
    pub email: String,
}

impl Default for Claims {
    fn default() -> Self {
        let text = str::to_owned;
        Self { number: text("citizen_id"), name: text("name"), phone: text("phone_number"), email: text("email") }
    }
}

impl Identity {
    /// What types alone cannot rule out.
    pub(super) fn check(&self) -> Result<(), String> {
        let Some(issuer) = &self.issuer else { return Ok(()) };
        let near = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
        if !issuer.starts_with("https://") && !near.iter().any(|n| issuer.starts_with(n)) {
            return Err(format!("identity.issuer must be https, or on this machine, not {issuer:?}"));
        }
        if self.client_id.is_empty() {
            return Err("identity.client_id is missing".into());
        }
        match &self.client_secret_file {
            Some(file) if !file.is_file() => {
                Err(format!("identity.client_secret_file: {} is not there", file.display()))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_reached_over_https_or_on_this_machine_and_needs_a_name_of_ours() {
        let with = |issuer: &str, client: &str| Identity {
            issuer: Some(issuer.into()),
            client_id: client.into(),
            ..Identity::default()
        };
        assert!(Identity::default().check().is_ok());
        assert!(with("https://id.example.vn", "motcua").check().is_ok());
        assert!(with("http://127.0.0.1:4000", "motcua").check().is_ok());
        assert!(with("http://id.example.vn", "motcua").check().is_err());
        assert!(with("http://127.0.0.1.example.vn", "motcua").check().is_err());
        assert!(with("https://id.example.vn", "").check().is_err());
        let lost = Identity { client_secret_file: Some("/nowhere".into()), ..with("https://id.example.vn", "motcua") };
        assert!(lost.check().is_err());
    }
}
