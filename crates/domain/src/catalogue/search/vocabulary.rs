//! The words of all procedures: some thousands, each with the places where it stands.

use super::spelling::{from_telex, one_slip, plain, sound, toneless};
use super::synonym::Word;
use std::collections::{BTreeMap, HashMap};

/// A word of the vocabulary, by its number.
pub(super) type WordId = u32;
/// A procedure, by its number.
pub(super) type EntryId = u32;

/// Where a spelling stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub entry: EntryId,
    /// In the name; else in the field.
    pub in_name: bool,
}

/// The words in alphabetical order, so that a beginning is one range.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: Vec<Known>,
    by_plain: HashMap<String, WordId>,
    by_sound: HashMap<String, Vec<WordId>>,
}

#[derive(Debug)]
struct Known {
    plain: String,
    /// Its spellings with marks, each with its places in order.
    spellings: Vec<(String, Vec<Place>)>,
    /// In how many procedures' names or fields it stands.
    entries: u32,
}

/// A word that a word of the question may mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub word: WordId,
    /// From 0 to 1: how sure, before the marks are looked at.
    pub sure: f32,
}

/// Grows a vocabulary.
#[derive(Debug, Default)]
pub(super) struct Growing(BTreeMap<String, BTreeMap<String, Vec<Place>>>);

impl Growing {
    pub fn add(&mut self, word: &Word, place: Place) {
        let spellings = self.0.entry(word.plain.clone()).or_default();
        let places = spellings.entry(word.marked.clone()).or_default();
        match places.last_mut() {
            Some(last) if last.entry == place.entry => last.in_name |= place.in_name,
            _ => places.push(place),
        }
    }

    pub fn done(self) -> Vocabulary {
        let mut done = Vocabulary::default();
        for (id, (plain, spellings)) in (0..).zip(self.0) {
            let mut entries: Vec<_> = spellings.values().flatten().map(|p| p.entry).collect();
            entries.sort_unstable();
            entries.dedup();
            done.by_plain.insert(plain.clone(), id);
            done.by_sound.entry(sound(&plain)).or_default().push(id);
            let entries = u32::try_from(entries.len()).unwrap_or(u32::MAX);
            done.words.push(Known { plain, spellings: spellings.into_iter().collect(), entries });
        }
        done
    }
}

impl Vocabulary {
    /// How many words it has.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn id(&self, plain: &str) -> Option<WordId> {
        self.by_plain.get(plain).copied()
    }

    /// In how many procedures a word stands.
    pub fn entries_with(&self, word: WordId) -> u32 {
        self.words.get(word as usize).map_or(0, |w| w.entries)
    }

    /// Where a word stands, and how well its marks there agree with those of the question (from 0 to 1).
    pub fn places(&self, candidate: Candidate, asked: &Word, marks_matter: bool) -> impl Iterator<Item = (Place, f32)> {
        let known = self.words.get(candidate.word as usize);
        let spellings = known.into_iter().flat_map(|k| &k.spellings);
        spellings.flat_map(move |(marked, places)| {
            let agreement = if !marks_matter || *marked == asked.marked {
                1.0
            } else if toneless(marked) == toneless(&asked.marked) {
                0.8
            } else {
                0.65
            };
            places.iter().map(move |p| (*p, agreement))
        })
    }

    /// The words that a typed word means: itself; as the last word of the question also what begins with it.
    pub fn meant(&self, asked: &str, is_last: bool) -> Vec<Candidate> {
        let mut found: Vec<_> = self.id(asked).map(|word| Candidate { word, sure: 1.0 }).into_iter().collect();
        if is_last {
            found.extend(self.beginning_with(asked).filter(|w| self.words[*w as usize].plain != asked).map(|word| {
                let whole = self.words[word as usize].plain.len();
                Candidate { word, sure: if asked.len() * 2 > whole { 0.75 } else { 0.5 } }
            }));
        }
        if found.is_empty()
            && let Some(word) = from_telex(asked).and_then(|t| self.id(&t))
        {
            found.push(Candidate { word, sure: 0.9 });
        }
        found
    }

    /// Words that a typed word may have been meant to be: they sound alike, or are one slip away.
    pub fn perhaps(&self, asked: &str) -> Vec<Candidate> {
        let alike =
            self.by_sound.get(&sound(asked)).into_iter().flatten().filter(|w| self.words[**w as usize].plain != asked);
        let mut found: Vec<_> = alike.map(|&word| Candidate { word, sure: 0.6 }).collect();
        // A word of two letters is one slip away from half the language.
        if asked.len() > 2 && asked.len() < 12 {
            for (word, known) in (0..).zip(&self.words) {
                if one_slip(asked, &known.plain) && !found.iter().any(|c| c.word == word) {
                    found.push(Candidate { word, sure: 0.55 });
                }
            }
        }
        found
    }

    /// A word that is several written together: `khaisinh`. At most four parts, each a word.
    pub fn split(&self, asked: &str) -> Option<Vec<String>> {
        if asked.len() < 5 || asked.len() > 32 || !asked.is_ascii() {
            return None;
        }
        self.split_into(asked, 4)
    }

    fn split_into(&self, rest: &str, most: usize) -> Option<Vec<String>> {
        let whole = plain(rest);
        if self.id(&whole).is_some() {
            return Some(vec![whole]);
        }
        if most == 1 {
            return None;
        }
        for at in (2..rest.len().saturating_sub(1)).rev() {
            let (head, tail) = rest.split_at(at);
            let head = plain(head);
            if self.id(&head).is_some()
                && let Some(mut parts) = self.split_into(tail, most - 1)
            {
                parts.insert(0, head);
                return Some(parts);
            }
        }
        None
    }

    fn beginning_with<'a>(&'a self, head: &'a str) -> impl Iterator<Item = WordId> + 'a {
        let from = self.words.partition_point(|w| w.plain.as_str() < head);
        let range = self.words[from..].iter().take_while(move |w| w.plain.starts_with(head));
        (from..).zip(range).filter_map(|(at, _)| WordId::try_from(at).ok())
    }
}
