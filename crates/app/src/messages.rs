//! The two languages. Vietnamese is the source and stands in the code and templates; English comes from
//! `messages/en/*.toml`, keyed by the Vietnamese text. `tests/tidy.rs` finds a text without its English and an English
//! without its text.

use std::{collections::HashMap, fmt::Display, sync::LazyLock};

/// The reader's language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    Vi,
    En,
}

/// One file a room, so that a text stands near its neighbours.
const FILES: &[&str] = &[
    include_str!("../messages/en/frame.toml"),
    include_str!("../messages/en/accounts.toml"),
    include_str!("../messages/en/people.toml"),
    include_str!("../messages/en/assistant.toml"),
    include_str!("../messages/en/catalogue.toml"),
    include_str!("../messages/en/courier.toml"),
    include_str!("../messages/en/procedures.toml"),
    include_str!("../messages/en/deadline.toml"),
    include_str!("../messages/en/interlink.toml"),
    include_str!("../messages/en/papers.toml"),
    include_str!("../messages/en/tracking.toml"),
    include_str!("../messages/en/unclear.toml"),
    include_str!("../messages/en/desk.toml"),
    include_str!("../messages/en/process.toml"),
    include_str!("../messages/en/lifecycle.toml"),
    include_str!("../messages/en/incident.toml"),
    include_str!("../messages/en/lists.toml"),
    include_str!("../messages/en/notices.toml"),
    include_str!("../messages/en/online.toml"),
    include_str!("../messages/en/national.toml"),
    include_str!("../messages/en/forms.toml"),
];

static ENGLISH: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    FILES.iter().flat_map(|file| toml::from_str::<HashMap<String, String>>(file).unwrap_or_default()).collect()
});

impl Lang {
    /// The value of the `lang` attribute and of the cookie.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }
    pub fn from_key(key: &str) -> Self {
        if key == "en" { Self::En } else { Self::Vi }
    }
    /// Its own name, for the switch.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "English",
        }
    }
    /// The text in the reader's language.
    pub fn t(self, vi: &str) -> &str {
        match self {
            Self::Vi => vi,
            Self::En => ENGLISH.get(vi).map_or(vi, String::as_str),
        }
    }
    /// The text with its first `{}` filled.
    pub fn f1(self, vi: &str, a: impl Display) -> String {
        self.t(vi).replacen("{}", &a.to_string(), 1)
    }
    /// The text with its first two `{}` filled, in order.
    pub fn f2(self, vi: &str, a: impl Display, b: impl Display) -> String {
        self.t(vi).split_once("{}").map_or_else(
            || self.t(vi).to_owned(),
            |(head, tail)| format!("{head}{a}{}", tail.replacen("{}", &b.to_string(), 1)),
        )
    }
    /// Picks from a pair that `domain` keeps in both languages.
    pub fn pick<'a>(self, words: (&'a str, &'a str)) -> &'a str {
        match self {
            Self::Vi => words.0,
            Self::En => words.1,
        }
    }
}
