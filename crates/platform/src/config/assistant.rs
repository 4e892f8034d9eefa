//! `[assistant]`: a language model that puts answers about procedures into words. Without it they are told in the words of the
//! catalogue.

use super::Secret;
use serde::{Deserialize, Serialize};

/// It is asked exactly when `url` is there.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Assistant {
    /// Where a server speaks the chat completions of `OpenAI`, up to and with its version: `https://may-chu.vn/v1`.
    pub url: Option<String>,
    /// Sent as `Authorization: Bearer …`, where the server asks for one.
    pub key: Option<Secret>,
    /// The model's name there.
    pub model: String,
    /// After so many seconds without an answer the catalogue's own words are shown.
    pub patience_seconds: u32,
}

impl Default for Assistant {
    fn default() -> Self {
        Self { url: None, key: None, model: String::new(), patience_seconds: 6 }
    }
}

impl Assistant {
    /// What types alone cannot rule out.
    pub(super) fn check(&self) -> Result<(), String> {
        let Some(url) = &self.url else { return Ok(()) };
        if !(url.starts_with("https://") || url.starts_with("http://")) {
            return Err("assistant.url must begin with https:// or http://".into());
        }
        if self.model.is_empty() {
            return Err("assistant.model must name the model that answers at assistant.url".into());
        }
        if !(1..=20).contains(&self.patience_seconds) {
            return Err("assistant.patience_seconds must be 1 to 20".into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn sec_01_the_key_of_the_assistants_model_is_masked_when_the_configuration_is_shown() {
        let text = "[assistant]\nurl='https://may.vn/v1'\nkey='bi-mat'\nmodel='m'\n";
        let shown = toml::from_str::<Config>(text).unwrap().effective();
        assert!(!shown.contains("bi-mat") && shown.contains("https://may.vn/v1"), "{shown}");
        toml::from_str::<Config>(&shown).unwrap();
    }

    #[test]
    fn lnk_05_a_model_without_a_name_or_an_address_of_another_kind_is_refused() {
        let check = |text: &str| toml::from_str::<Assistant>(text).unwrap().check();
        assert_eq!(check(""), Ok(()));
        assert_eq!(check("url='https://may.vn/v1'\nmodel='m'"), Ok(()));
        for wrong in
            ["url='https://may.vn/v1'", "url='may.vn'\nmodel='m'", "url='https://m.vn'\nmodel='m'\npatience_seconds=0"]
        {
            assert!(check(wrong).unwrap_err().starts_with("assistant."), "{wrong}");
        }
    }
}
