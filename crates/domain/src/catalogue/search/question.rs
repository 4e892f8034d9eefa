//! A question taken apart: what each of its words, or a few of them together, may mean.

use super::spelling::has_marks;
use super::synonym::{Synonyms, Word, words};
use super::vocabulary::{Candidate, Vocabulary};

/// Words of a question beyond these say nothing that the first did not.
const MOST_WORDS: usize = 40;
/// What a word is worth that everybody says.
const COMMON: f32 = 0.15;
/// Beyond this a rare word is no more worth: nobody knows how rare the others are.
const MOST_WORTH: f32 = 14.0;

/// Words with which people ask, whatever they ask for.
pub(crate) const POLITE: &str = "tôi mình em anh chị con cháu bác ông bà muốn xin cần làm thì là gì ở đâu như thế nào bao nhiêu lâu \
    hỏi cho được không phải những các một để với và của khi đi thủ tục hồ sơ giấy tờ bị ra sao có tại về theo trong từ đối \
    việc biết hướng dẫn xem nộp ai vậy ạ ơi này nhờ giúp mẫu đơn hay đến tới nay mới vừa người";

/// A phrase of the list as it was typed: a part of it is less than that part of what was meant.
const WHOLE: f32 = 0.99;
/// Two words stand apart in many names and mean the same there; of more than these the phrase is meant.
const PAIR: usize = 2;

/// With these people ask *about* a procedure: how long, which papers, by which text. They name none, though many names hold
/// their words.
const FRAMES: &[&str] = &[
    "kể từ khi nhận được hồ sơ đầy đủ và hợp lệ",
    "kể từ khi nhận đủ hồ sơ hợp lệ",
    "được quy định tại văn bản quy phạm pháp luật nào",
    "quy định tại văn bản quy phạm pháp luật nào",
    "được quy định tại văn bản nào",
    "quy định tại văn bản nào",
    "được giải quyết trong bao nhiêu ngày",
    "thời hạn giải quyết hồ sơ",
    "thời hạn giải quyết việc",
    "thời hạn giải quyết",
    "trình tự thực hiện thủ tục",
    "thành phần số lượng hồ sơ",
    "thành phần hồ sơ gồm",
    "thành phần hồ sơ",
    "là bao nhiêu ngày",
    "là bao nhiêu lâu",
    "là bao lâu",
    "trong những trường hợp nào",
    "trong trường hợp nào",
    "gồm những loại giấy tờ gì",
    "gồm những giấy tờ gì",
    "gồm những gì",
    "như thế nào",
];

/// What one or several words of the question may mean.
#[derive(Debug)]
pub(super) struct Concept {
    /// The first is what was typed, where that is known.
    pub readings: Vec<Reading>,
    /// What finding it is worth.
    pub worth: f32,
}

/// One meaning.
#[derive(Debug)]
pub(super) struct Reading {
    pub tokens: Vec<Token>,
    /// Letters that begin words standing side by side: `gpxd`.
    pub initials: Option<String>,
    /// How much a find by this reading counts, from 0 to 1.
    pub trust: f32,
}

/// A word looked for.
#[derive(Debug)]
pub(super) struct Token {
    pub word: Word,
    pub candidates: Vec<Candidate>,
    pub worth: f32,
}

/// A question, taken apart.
#[derive(Debug)]
pub(super) struct Question {
    pub concepts: Vec<Concept>,
    /// What the words were worth that nothing is known of.
    pub unknown: f32,
    pub marks_matter: bool,
}

impl Question {
    /// Which part of the question is understood at all, from 0 to 1.
    pub fn understood(&self) -> f32 {
        let known: f32 = self.concepts.iter().map(|c| c.worth).sum();
        if known > 0.0 { known / (known + self.unknown) } else { 0.0 }
    }
}

/// What taking a question apart needs.
pub(super) struct Reader<'a> {
    pub vocabulary: &'a Vocabulary,
    pub synonyms: &'a Synonyms,
    /// How many procedures there are.
    pub entries: usize,
    /// Also take words for what they nearly are, though they are words themselves.
    pub generous: bool,
    /// The last word may be the beginning of one.
    pub unfinished: bool,
}

impl Reader<'_> {
    /// Takes a question apart; words that nothing is known of are left out.
    pub fn read(&self, text: &str) -> Question {
        let mut all = without_frames(words(text));
        all.truncate(MOST_WORDS);
        let marks_matter = has_marks(text);
        let mut concepts = Vec::new();
        let (mut at, mut unknown) = (0, 0.0);
        while at < all.len() {
            let (taken, concept) = self.concept(&all[at..], marks_matter);
            let concept = concept.filter(|c| !c.readings.is_empty());
            if concept.is_none() && !is_polite(&all[at], marks_matter) {
                // As rare as a word can be.
                unknown += (1.0 + count(self.entries)).ln();
            }
            at += taken;
            concepts.extend(concept);
        }
        Question { concepts, unknown, marks_matter }
    }

    /// The concept at the start of `rest`, and how many words it takes.
    fn concept(&self, rest: &[Word], marks_matter: bool) -> (usize, Option<Concept>) {
        let Some((taken, meanings)) = self.synonyms.at_start(rest) else {
            return (1, self.single(&rest[0], self.unfinished && rest.len() == 1, marks_matter));
        };
        // A phrase of the list is whole: nobody is still typing it.
        let trust = if taken > PAIR { WHOLE } else { 1.0 };
        let typed = self.reading(&rest[..taken], false, trust, marks_matter);
        let means = meanings.filter_map(|m| self.reading(m, false, 0.92, true));
        let readings: Vec<_> = typed.into_iter().chain(means).collect();
        (taken, Some(Concept { worth: worth(&readings), readings }))
    }

    /// One word that is no known phrase.
    fn single(&self, word: &Word, is_last: bool, marks_matter: bool) -> Option<Concept> {
        let mut readings = Vec::new();
        let typed = self.reading(std::slice::from_ref(word), is_last, 1.0, marks_matter);
        let is_known = self.vocabulary.id(&word.plain).is_some();
        if !is_known {
            let parts = self.vocabulary.split(&word.plain);
            let parts: Option<Vec<_>> =
                parts.map(|p| p.into_iter().map(|p| Word { marked: p.clone(), plain: p }).collect());
            readings.extend(parts.and_then(|p| self.reading(&p, false, 0.95, false)));
            readings.extend(initials(&word.plain));
        }
        if typed.is_none() || self.generous {
            readings.extend(self.nearly(word, marks_matter));
        }
        if let Some(typed) = typed {
            readings.insert(0, typed);
        }
        (!readings.is_empty()).then(|| Concept { worth: worth(&readings), readings })
    }

    /// The word as another that sounds or looks nearly like it.
    fn nearly(&self, word: &Word, marks_matter: bool) -> Option<Reading> {
        if is_polite(word, marks_matter) {
            return None;
        }
        let candidates = self.vocabulary.perhaps(&word.plain);
        let token = Token { worth: self.worth(word, &candidates, marks_matter), word: word.clone(), candidates };
        (!token.candidates.is_empty()).then(|| Reading { tokens: vec![token], initials: None, trust: 1.0 })
    }

    /// Words that are all meant together. Those that nothing is known of are left out; `None` when none is left.
    fn reading(&self, words: &[Word], is_last: bool, trust: f32, marks_matter: bool) -> Option<Reading> {
        let mut tokens = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let candidates = self.vocabulary.meant(&word.plain, is_last && at + 1 == words.len());
            if !candidates.is_empty() {
                tokens.push(Token {
                    worth: self.worth(word, &candidates, marks_matter),
                    word: word.clone(),
                    candidates,
                });
            }
        }
        (!tokens.is_empty()).then_some(Reading { tokens, initials: None, trust })
    }

    /// Rare words are worth more: the logarithm of how few procedures have one.
    fn worth(&self, word: &Word, candidates: &[Candidate], marks_matter: bool) -> f32 {
        let holders: u32 = candidates.iter().map(|c| self.vocabulary.entries_with(c.word)).sum();
        let rarity = (1.0 + count(self.entries) / count(holders.max(1) as usize)).ln();
        if is_polite(word, marks_matter) { rarity * COMMON } else { rarity }
    }
}

#[expect(clippy::cast_precision_loss, reason = "some thousands of procedures; only the size matters")]
fn count(n: usize) -> f32 {
    n as f32
}

fn worth(readings: &[Reading]) -> f32 {
    let sum = |r: &Reading| if r.initials.is_some() { 8.0 } else { r.tokens.iter().map(|t| t.worth).sum::<f32>() };
    readings.iter().map(sum).fold(0.0, f32::max).min(MOST_WORTH)
}

/// Two letters begin too many pairs of words; nobody abbreviates more than eight.
fn initials(plain: &str) -> Option<Reading> {
    let fits = (3..=8).contains(&plain.len()) && plain.bytes().all(|b| b.is_ascii_lowercase());
    let trust = if plain.len() > 3 { 0.9 } else { 0.75 };
    fits.then(|| Reading { tokens: Vec::new(), initials: Some(plain.to_owned()), trust })
}

/// The question without the frames in which it is put, unless nothing else is left.
fn without_frames(all: Vec<Word>) -> Vec<Word> {
    use std::sync::LazyLock;
    static PLAIN: LazyLock<Vec<Vec<String>>> =
        LazyLock::new(|| FRAMES.iter().map(|f| words(f).into_iter().map(|w| w.plain).collect()).collect());
    let (mut kept, mut at) = (Vec::with_capacity(all.len()), 0);
    while at < all.len() {
        let stands = |f: &&Vec<String>| {
            let here = all[at..].iter().map(|w| w.plain.as_str());
            all.len() - at >= f.len() && here.zip(f.iter()).all(|(word, of_frame)| word == of_frame)
        };
        match PLAIN.iter().find(stands) {
            Some(frame) => at += frame.len(),
            None => {
                kept.push(all[at].clone());
                at += 1;
            }
        }
    }
    if kept.is_empty() { all } else { kept }
}

fn is_polite(word: &Word, marks_matter: bool) -> bool {
    use std::collections::HashSet;
    use std::sync::LazyLock;
    static PLAIN: LazyLock<HashSet<String>> = LazyLock::new(|| words(POLITE).into_iter().map(|w| w.plain).collect());
    static MARKED: LazyLock<HashSet<String>> = LazyLock::new(|| words(POLITE).into_iter().map(|w| w.marked).collect());
    if marks_matter { MARKED.contains(&word.marked) } else { PLAIN.contains(&word.plain) }
}
