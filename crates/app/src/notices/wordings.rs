//! The wordings in force: what the product carries, and what administrators changed.

use domain::notices::{About, Channel, Template, Values, fill};
use serde::Deserialize;
use std::{collections::HashMap, sync::LazyLock};

const CARRIED: &str = include_str!("../../data/notices.toml");

/// What the product says about one subject.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Carried {
    subject: String,
    short: String,
    long: String,
}

static FIRST: LazyLock<HashMap<String, Carried>> = LazyLock::new(|| toml::from_str(CARRIED).unwrap_or_default());

/// What the product carries for a subject and channel.
pub fn carried(about: About, channel: Channel) -> Template {
    let words = FIRST.get(about.key()).cloned().unwrap_or_default();
    let body = if channel.is_short() { words.short } else { words.long };
    let subject = if channel.is_short() { String::new() } else { words.subject };
    Template { subject, body: body.trim().to_owned() }
}

/// Words of the house itself, which no page changes.
pub struct Words {
    pub subject: String,
    pub short: String,
    pub long: String,
}

/// What the product says of something that is no event of a dossier.
pub fn carried_words(key: &str, values: &Values) -> Words {
    let words = FIRST.get(key).cloned().unwrap_or_default();
    Words {
        subject: fill(&words.subject, values),
        short: fill(&words.short, values),
        long: fill(words.long.trim(), values),
    }
}

/// The letter to a head about dossiers that nobody touched (FLW-13).
pub fn untouched(values: &Values) -> Template {
    let words = carried_words("untouched", values);
    Template { subject: words.subject, body: words.long }
}

/// The wordings that were changed here, over those that the product carries.
#[derive(Clone, Debug, Default)]
pub struct Wordings(HashMap<(About, Channel), Template>);

impl Wordings {
    pub fn new(changed: Vec<super::store::Wording>) -> Self {
        Self(changed.into_iter().collect())
    }
    /// The wording in force.
    pub fn of(&self, about: About, channel: Channel) -> Template {
        self.0.get(&(about, channel)).cloned().unwrap_or_else(|| carried(about, channel))
    }
    /// Whether an administrator changed it.
    pub fn is_changed(&self, about: About, channel: Channel) -> bool {
        self.0.contains_key(&(about, channel))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::notices::{Fault, faults};

    /// NTF-01: every event that the regulations name has its words, and none of them would be refused on the page.
    #[test]
    fn ntf_01_the_carried_wordings_are_whole_and_good() {
        for &about in About::ALL {
            for channel in Channel::ALL {
                let words = carried(about, channel);
                let found: Vec<Fault> = faults(&words.body, about, channel);
                assert_eq!(found, [], "{} {}", about.key(), channel.key());
                assert_eq!(words.subject.is_empty(), channel.is_short(), "{} {}", about.key(), channel.key());
            }
        }
    }
}
