//! The profile in force: one of the embedded five or a file, chosen once by `migrate` and kept in the data base with its
//! text, so that every process that opens it follows the same rules.

use super::Failure;
use crate::settings;
use domain::profile::Profile;
use platform::db::{Query, Unit};
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::Arc;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../profiles"]
struct Files;

/// A profile with the text it was read from.
#[derive(Clone)]
pub struct Chosen {
    pub profile: Arc<Profile>,
    kept: Kept,
}

/// What `migrate` stores.
#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    /// The province's key, `quang-ninh`.
    name: String,
    sha256: String,
    text: String,
}

/// The embedded profile of that name.
pub fn embedded(name: &str) -> Result<Chosen, Failure> {
    let file = format!("{name}.toml");
    let Some(found) = Files::get(&file) else {
        let known: Vec<_> = Files::iter().map(|f| f.trim_end_matches(".toml").to_owned()).collect();
        return Err(Failure::Usage(format!("no profile {name:?}: a file, or one of {}", known.join(" "))));
    };
    parse(String::from_utf8_lossy(&found.data).into_owned(), &file)
}

/// A name means an embedded profile; anything with a slash, a dot or a file behind it means that file.
pub fn named(name_or_file: &str) -> Result<Chosen, Failure> {
    let path = std::path::Path::new(name_or_file);
    if !path.is_file() {
        return embedded(name_or_file);
    }
    let text = std::fs::read_to_string(path).map_err(|e| Failure::Usage(format!("{name_or_file}: {e}")))?;
    parse(text, name_or_file)
}

/// The profile that the data base remembers; `None` before the first `migrate`.
pub fn remembered(q: &mut impl Query) -> Result<Option<Chosen>, Failure> {
    let Some(text) = settings::get(q, settings::PROFILE)? else { return Ok(None) };
    let kept: Kept = serde_json::from_str(&text)?;
    parse(kept.text, "profile in the data base").map(Some)
}

fn parse(text: String, file: &str) -> Result<Chosen, Failure> {
    let profile = Profile::parse(&text, file).map_err(|e| Failure::Usage(e.to_string()))?;
    let kept = Kept { name: profile.province.key.clone(), sha256: domain::hex(&Sha256::digest(&text)), text };
    Ok(Chosen { profile: Arc::new(profile), kept })
}

impl Chosen {
    pub fn name(&self) -> &str {
        &self.kept.name
    }
    /// Its settings as they were written.
    pub fn text(&self) -> &str {
        &self.kept.text
    }
    /// Another province's profile never fits; a new text of the same one is taken over by `migrate` alone.
    pub fn refuse_unless_same(&self, asked: &Self) -> Result<(), Failure> {
        self.refuse_other_province(asked)?;
        if self.kept.sha256 == asked.kept.sha256 {
            return Ok(());
        }
        Err(Failure::Usage(format!(
            "the profile {} has changed since the data base took it; run `motcua migrate --profile …` to take it over",
            asked.name()
        )))
    }
    /// The data base belongs to one province for good.
    pub fn refuse_other_province(&self, asked: &Self) -> Result<(), Failure> {
        if self.name() == asked.name() {
            return Ok(());
        }
        Err(Failure::Usage(format!(
            "the data base was made with the profile {}, not {}; use another --data or --database-url",
            self.name(),
            asked.name()
        )))
    }
    /// Remembers it in the data base.
    pub fn keep(&self, unit: &mut Unit) -> Result<(), platform::db::DbError> {
        let text = serde_json::to_string(&self.kept).map_err(|e| platform::db::DbError::Other(e.to_string()))?;
        settings::set(unit, settings::PROFILE, &text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_five_provinces_are_embedded_under_their_names() {
        for name in ["dong-nai", "vinh-long", "quang-nam", "quang-ninh", "thua-thien-hue"] {
            assert_eq!(embedded(name).map_err(|e| e.message().to_owned()).unwrap().name(), name);
        }
    }

    #[test]
    fn an_unknown_name_is_told_the_known_ones() {
        let failure = named("ha-noi").map(drop).unwrap_err();
        assert_eq!(failure.code(), 2);
        assert!(failure.message().contains("quang-ninh"));
    }

    #[test]
    fn another_province_never_fits_a_data_base() {
        let (mine, other) = (embedded("quang-ninh").unwrap(), embedded("dong-nai").unwrap());
        assert!(mine.refuse_unless_same(&other).unwrap_err().message().contains("quang-ninh"));
        assert!(mine.refuse_unless_same(&mine).is_ok());
    }
}
