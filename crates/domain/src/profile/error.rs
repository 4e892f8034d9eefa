//! Why a profile was refused.

use std::ops::Range;

/// A profile that cannot be used, with the place to mend.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {key}: {message}")]
pub struct ProfileError {
    /// The file as the caller named it.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// The key in question, or the section that lacks one.
    pub key: String,
    /// What is wrong.
    pub message: String,
}

impl ProfileError {
    pub(super) fn from_toml(text: &str, file: &str, error: &toml::de::Error) -> Self {
        let span = error.span().unwrap_or(0..0);
        Self {
            file: file.to_owned(),
            line: line_of(text, span.start),
            key: key_at(text, &span),
            message: error.message().to_owned(),
        }
    }
}

/// A contradiction found after parsing; `needle` is the value by which its line is found.
pub(super) struct Contradiction {
    pub(super) key: &'static str,
    pub(super) needle: String,
    pub(super) message: String,
}

impl Contradiction {
    pub(super) fn at(self, text: &str, file: &str) -> ProfileError {
        ProfileError {
            file: file.to_owned(),
            line: text.find(&self.needle).map_or(1, |at| line_of(text, at)),
            key: self.key.to_owned(),
            message: self.message,
        }
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
}

/// The key left of `=` on the line, or the section header; the error's span may cover a value, a key or a whole table.
fn key_at(text: &str, span: &Range<usize>) -> String {
    let line = text.lines().nth(line_of(text, span.start) - 1).unwrap_or_default().trim();
    let key = line.split('=').next().unwrap_or(line);
    key.trim_matches(|c: char| c.is_whitespace() || c == '[' || c == ']' || c == '{').to_owned()
}
