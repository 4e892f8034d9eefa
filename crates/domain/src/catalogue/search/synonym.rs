//! What people say instead of what the law says: "sổ đỏ", "lấy vợ", "gpxd". The Centre keeps the list.

use super::spelling::{has_marks, marked, plain};
use crate::text::fold_marks;

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonym {
    /// What people type: a few words, or an abbreviation. Written with its marks; it is also found without.
    pub phrase: String,
    /// What the catalogue calls it; several, with `|` between, when it may be any of them.
    pub means: String,
}

impl Synonym {
    /// From a phrase and its meanings.
    pub fn new(phrase: impl Into<String>, means: impl Into<String>) -> Self {
        Self { phrase: phrase.into(), means: means.into() }
    }

    /// The meanings, each by itself.
    pub fn meanings(&self) -> impl Iterator<Item = &str> {
        self.means.split('|').map(str::trim).filter(|m| !m.is_empty())
    }
}

/// A word of a question or of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Without marks.
    pub plain: String,
    /// With its marks, in one canonical form.
    pub marked: String,
}

/// The words of a text, split at everything that is no letter or digit.
pub(crate) fn words(text: &str) -> Vec<Word> {
    fold_marks(text).split_whitespace().map(|w| Word { plain: plain(w), marked: marked(w) }).collect()
}

impl Word {
    /// Whether a word of a question says this one: a question typed without marks means any of them.
    pub fn is_said_by(&self, asked: &Self) -> bool {
        self.plain == asked.plain && (!has_marks(&asked.marked) || self.marked == asked.marked)
    }
}

/// The list, ready to be found in questions.
#[derive(Debug, Default)]
pub(super) struct Synonyms(Vec<Known>);

#[derive(Debug)]
struct Known {
    phrase: Vec<Word>,
    meanings: Vec<Vec<Word>>,
}

impl Synonyms {
    pub fn new<'a>(list: impl IntoIterator<Item = &'a Synonym>) -> Self {
        let known =
            list.into_iter().map(|s| Known { phrase: words(&s.phrase), meanings: s.meanings().map(words).collect() });
        let mut known: Vec<_> = known.filter(|k| !k.phrase.is_empty() && !k.meanings.is_empty()).collect();
        // The longest phrase wins: "đăng ký xe máy" before "xe máy".
        known.sort_by_key(|k| std::cmp::Reverse(k.phrase.len()));
        Self(known)
    }

    /// The longest phrase that stands at the start of `question`: how many words it has, and what they may mean.
    /// Where the question carries marks they must agree: "sở đỏ" is no "sổ đỏ" – but "so do" is.
    pub fn at_start<'a>(&'a self, question: &[Word]) -> Option<(usize, impl Iterator<Item = &'a [Word]>)> {
        let fits = |k: &&Known| {
            k.phrase.len() <= question.len() && k.phrase.iter().zip(question).all(|(p, q)| p.is_said_by(q))
        };
        let known = self.0.iter().find(fits)?;
        Some((known.phrase.len(), known.meanings.iter().map(Vec::as_slice)))
    }
}
