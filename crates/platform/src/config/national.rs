//! `[national_portal]`: the national public service portal, to which dossiers and their progress are sent.

use super::Secret;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Dossiers are sent exactly when the section is there.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NationalPortal {
    /// Where messages are posted.
    pub url: String,
    /// `MaDinhDanhDV`: the identifier under which the portal knows this system, such as `H49`.
    pub sender: String,
    /// Sent as `Authorization: Bearer …`.
    #[serde(default)]
    pub token: Option<Secret>,
    /// A file whose first line is the token, read each time, so that a new one is used at once.
    #[serde(default)]
    pub token_file: Option<PathBuf>,
    /// Where citizens hand in, as pages of ours lead there.
    #[serde(default = "for_citizens")]
    pub citizens_url: String,
    /// A data base of made-up people tells nobody outside, unless this says that the portal is a test one.
    #[serde(default)]
    pub in_demo: bool,
}

/// The portal's address for citizens.
pub const FOR_CITIZENS: &str = "https://dichvucong.gov.vn";

fn for_citizens() -> String {
    FOR_CITIZENS.into()
}

impl NationalPortal {
    /// The token in force; `None` where the portal asks for none. `Err` when its file cannot be read or is empty.
    pub fn token(&self) -> Result<Option<Secret>, String> {
        let Some(file) = &self.token_file else { return Ok(self.token.clone()) };
        let text = std::fs::read_to_string(file).map_err(|e| format!("national_portal.token_file: {e}"))?;
        let token = text.lines().next().unwrap_or_default().trim();
        if token.is_empty() {
            return Err("national_portal.token_file is empty".into());
        }
        Ok(Some(Secret::new(token.to_owned())))
    }
    /// What types alone cannot rule out.
    pub(super) fn check(&self) -> Result<(), String> {
        for (name, url) in [("url", &self.url), ("citizens_url", &self.citizens_url)] {
            if !(url.starts_with("https://") || url.starts_with("http://")) {
                return Err(format!("national_portal.{name} must begin with https:// or http://"));
            }
        }
        if self.sender.trim().is_empty() {
            return Err("national_portal.sender must name this system, such as H49".into());
        }
        if self.token.is_some() && self.token_file.is_some() {
            return Err("national_portal: give token or token_file, not both".into());
        }
        self.token().map(drop)
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn read(text: &str) -> Config {
        toml::from_str(&format!("[national_portal]\n{text}")).unwrap()
    }
    fn check(text: &str) -> Result<(), String> {
        read(text).national_portal.unwrap().check()
    }

    #[test]
    fn sec_01_the_token_is_masked_when_the_configuration_is_shown() {
        let shown = read("url='https://truc.vn/dong-bo'\nsender='H49'\ntoken='mat1'").effective();
        assert!(
            !shown.contains("mat1") && shown.contains("***") && shown.contains("https://truc.vn/dong-bo"),
            "{shown}"
        );
        toml::from_str::<Config>(&shown).unwrap();
    }

    #[test]
    fn the_token_is_read_from_its_file_each_time() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("khoa");
        let text = format!("url='https://truc.vn'\nsender='H49'\ntoken_file='{}'", file.display());
        assert!(check(&text).is_err(), "a file that is not there is said before anything starts");
        for token in ["mot", "hai"] {
            std::fs::write(&file, format!("{token}\n")).unwrap();
            let portal = read(&text).national_portal.unwrap();
            assert_eq!(portal.token().unwrap().unwrap().expose(), token);
        }
        assert!(check(&text).is_ok());
        std::fs::write(&file, "\n").unwrap();
        assert!(check(&text).is_err());
    }

    #[test]
    fn an_unusable_portal_is_refused_before_anything_starts() {
        assert!(check("url='https://truc.vn'\nsender='H49'").is_ok());
        assert!(check("url='truc.vn'\nsender='H49'").is_err());
        assert!(check("url='https://truc.vn'\nsender=' '").is_err());
        assert!(check("url='https://truc.vn'\nsender='H49'\ntoken='a'\ntoken_file='/x'").is_err());
        assert!(check("url='https://truc.vn'\nsender='H49'\ncitizens_url='cong'").is_err());
    }
}
