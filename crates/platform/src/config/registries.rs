//! `[registries]`: the national registers that are asked about a person or an enterprise (LNK-02).

use super::Secret;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Each register is asked exactly when its section is there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Registries {
    /// The national population register.
    pub population: Option<Register>,
    /// The national register of enterprises.
    pub enterprise: Option<Register>,
}

/// One register.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Where questions are posted.
    pub url: String,
    /// A file whose first line is sent as `Authorization: Bearer …`, read each time, so that a new one is used at once.
    #[serde(default)]
    pub token_file: Option<PathBuf>,
}

impl Register {
    /// The token in force; `None` where the register asks for none.
    pub fn token(&self) -> Result<Option<Secret>, String> {
        let Some(file) = &self.token_file else { return Ok(None) };
        let text = std::fs::read_to_string(file).map_err(|e| format!("registries: {}: {e}", file.display()))?;
        let token = text.lines().next().unwrap_or_default().trim();
        if token.is_empty() {
            return Err(format!("registries: {} is empty", file.display()));
        }
        Ok(Some(Secret::new(token.to_owned())))
    }
}

impl Registries {
    /// What types alone cannot rule out. People's numbers travel: over https, or on this machine.
    pub(super) fn check(&self) -> Result<(), String> {
        let near = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
        for register in [&self.population, &self.enterprise].into_iter().flatten() {
            if !register.url.starts_with("https://") && !near.iter().any(|n| register.url.starts_with(n)) {
                return Err(format!("registries: url must be https, or on this machine, not {:?}", register.url));
            }
            register.token()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<(), String> {
        toml::from_str::<Registries>(text).map_err(|e| e.to_string())?.check()
    }

    #[test]
    fn lnk_02_a_register_is_reached_over_https_or_on_this_machine_and_its_token_is_there() {
        assert!(check("").is_ok());
        assert!(check("population = {url = 'https://csdl.example.vn/cong-dan'}").is_ok());
        assert!(check("enterprise = {url = 'http://127.0.0.1:4000/x'}").is_ok());
        assert!(check("population = {url = 'http://csdl.example.vn'}").is_err());
        assert!(check("population = {url = 'https://csdl.example.vn', token_file = '/nowhere'}").is_err());
        assert!(check("populations = {url = 'https://csdl.example.vn'}").is_err());
    }
}
