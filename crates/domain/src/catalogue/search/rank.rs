//! Which procedures answer a question, and which of them best.

use super::question::{Question, Reading, Token};
use super::synonym::Word;
use super::vocabulary::{EntryId, Vocabulary, WordId};
use crate::catalogue::ProcedureCode;

/// A question of which this much is answered needs no guessing.
pub(super) const GOOD: f32 = 0.8;
/// Whoever answers less than this part of what the best one answers is no hit.
const NEAR_BEST: f32 = 0.6;
/// So many are looked at a second time.
const LOOKED_AT: usize = 200;
/// A word found in the field only.
const IN_FIELD: f32 = 0.6;

/// A procedure as search sees it.
#[derive(Debug)]
pub(super) struct Entry {
    pub code: ProcedureCode,
    /// The name without marks and without "thủ tục" in front.
    pub name: String,
    pub marked_name: String,
    words: Vec<WordId>,
    /// How much each word of the name tells, and all of them together.
    tells: Vec<f32>,
    tells_all: f32,
    initials: String,
}

/// A name without and with its marks, "thủ tục" in front left out.
pub(super) fn names(words: &[Word]) -> (String, String) {
    let rest = without_head(words);
    let join = |part: fn(&Word) -> &str| rest.iter().map(part).collect::<Vec<_>>().join(" ");
    (join(|w| &w.plain), join(|w| &w.marked))
}

fn without_head(words: &[Word]) -> &[Word] {
    match words {
        [thu, tuc, rest @ ..] if thu.plain == "thu" && tuc.plain == "tuc" && !rest.is_empty() => rest,
        all => all,
    }
}

impl Entry {
    pub fn new(code: ProcedureCode, words: &[Word]) -> Self {
        let (name, marked_name) = names(words);
        let initials = name.split(' ').filter_map(|w| w.chars().next()).collect();
        Self { code, name, marked_name, words: Vec::new(), tells: Vec::new(), tells_all: 0.0, initials }
    }

    /// Takes the numbers of its words from the finished vocabulary.
    pub fn settle(&mut self, vocabulary: &Vocabulary) {
        self.words = self.name.split(' ').filter_map(|w| vocabulary.id(w)).collect();
        // A word that stands everywhere tells little.
        let tells = |w: &WordId| 1.0 / (2.0 + f64::from(vocabulary.entries_with(*w))).log10();
        #[expect(clippy::cast_possible_truncation, reason = "between 0 and 4")]
        let tells: Vec<f32> = self.words.iter().map(|w| tells(w) as f32).collect();
        self.tells_all = tells.iter().sum();
        self.tells = tells;
    }
}

/// The hits of one question.
#[derive(Default)]
pub(super) struct Ranking {
    /// Those looked at closely, best first.
    looked: Vec<Looked>,
    /// The others, best first.
    beyond: Vec<EntryId>,
    best: f32,
}

/// A procedure looked at closely.
#[derive(Clone, Copy)]
pub(super) struct Looked {
    pub id: EntryId,
    /// How much of the question it answers, from 0 to 1.
    pub cover: f32,
    /// How much of its name was asked for, from 0 to 1.
    pub asked_for: f32,
    score: f32,
}

impl Ranking {
    pub fn of(entries: &[Entry], vocabulary: &Vocabulary, question: &Question) -> Self {
        let covers = covers(entries, vocabulary, question);
        let best = covers.iter().copied().fold(0.0, f32::max);
        if best <= 0.05 {
            return Self::default();
        }
        let mut near: Vec<(EntryId, f32)> = (0..).zip(covers).filter(|(_, c)| *c >= best * NEAR_BEST).collect();
        near.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let beyond = near.split_off(near.len().min(LOOKED_AT)).into_iter().map(|(id, _)| id).collect();
        let lines = Line::all(question, vocabulary.len());
        let look = |(id, cover): (EntryId, f32)| {
            let found = lines.iter().map(|line| line.closeness(&entries[id as usize]));
            let (close, asked_for) = found.fold((0.0, 0.0), |best, this| if this.0 > best.0 { this } else { best });
            Looked { id, cover, asked_for, score: cover * (0.5 + 0.5 * close) + 0.02 * cover }
        };
        let mut looked: Vec<Looked> = near.into_iter().map(look).collect();
        let length = |l: &Looked| entries[l.id as usize].words.len();
        looked
            .sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(length(a).cmp(&length(b))).then(a.id.cmp(&b.id)));
        Self { looked, beyond, best }
    }

    /// How much of the question the best one answers, from 0 to 1.
    pub fn best_cover(&self) -> f32 {
        self.best
    }
    pub fn hits(self) -> Vec<EntryId> {
        self.looked.into_iter().map(|l| l.id).chain(self.beyond).collect()
    }
    /// Those looked at closely, best first.
    pub fn looked(self) -> Vec<Looked> {
        self.looked
    }
}

/// How much of the question each procedure answers, from 0 to 1.
fn covers(entries: &[Entry], vocabulary: &Vocabulary, question: &Question) -> Vec<f32> {
    let mut covers = vec![0.0_f32; entries.len()];
    let all: f32 = question.concepts.iter().map(|c| c.worth).sum();
    for concept in &question.concepts {
        let mut best = vec![0.0_f32; entries.len()];
        for reading in &concept.readings {
            let found = of_reading(entries, vocabulary, reading, question.marks_matter);
            for (best, found) in best.iter_mut().zip(found) {
                *best = best.max(found);
            }
        }
        for (cover, best) in covers.iter_mut().zip(best) {
            *cover += best * concept.worth / all;
        }
    }
    covers
}

fn of_reading(entries: &[Entry], vocabulary: &Vocabulary, reading: &Reading, marks_matter: bool) -> Vec<f32> {
    if let Some(letters) = &reading.initials {
        let has = |e: &Entry| if e.initials.contains(letters.as_str()) { reading.trust } else { 0.0 };
        return entries.iter().map(has).collect();
    }
    let mut sums = vec![0.0_f32; entries.len()];
    let mut best = vec![0.0_f32; entries.len()];
    let all: f32 = reading.tokens.iter().map(|t| t.worth).sum();
    for token in &reading.tokens {
        best.fill(0.0);
        best_finds(vocabulary, token, marks_matter, &mut best);
        for (sum, found) in sums.iter_mut().zip(&best) {
            *sum += found * token.worth / all;
        }
    }
    // Half of what a synonym means is not what it means.
    let counted = |s: f32| if reading.trust < 1.0 { s * s * reading.trust } else { s };
    sums.into_iter().map(counted).collect()
}

/// The best find of a word in each procedure that has it.
fn best_finds(vocabulary: &Vocabulary, token: &Token, marks_matter: bool, best: &mut [f32]) {
    for candidate in &token.candidates {
        // A slip or a sound is compared without marks: they were meant for another word.
        let marks_matter = marks_matter && candidate.sure > 0.7;
        for (place, agreement) in vocabulary.places(*candidate, &token.word, marks_matter) {
            let found = candidate.sure * agreement * if place.in_name { 1.0 } else { IN_FIELD };
            if let Some(slot) = best.get_mut(place.entry as usize) {
                *slot = slot.max(found);
            }
        }
    }
}

/// The question as one line of words, in one of its readings.
struct Line {
    /// Which places of the line each word of the vocabulary fills, one bit a place.
    fills: Vec<u64>,
    /// What each place is worth.
    worth: Vec<f32>,
    /// Abbreviations count as found together where they stand.
    initials: Vec<String>,
}

impl Line {
    /// The line as typed, and with each other reading in turn.
    fn all(question: &Question, words: usize) -> Vec<Self> {
        const MOST: usize = 12;
        let typed = vec![0_usize; question.concepts.len()];
        let mut choices = vec![typed.clone()];
        choices.push(question.concepts.iter().map(|c| usize::from(c.readings.len() > 1)).collect());
        for (at, concept) in question.concepts.iter().enumerate() {
            for reading in 1..concept.readings.len() {
                let mut choice = typed.clone();
                choice[at] = reading;
                choices.push(choice);
            }
        }
        choices.dedup();
        choices.truncate(MOST);
        choices.iter().map(|choice| Self::of(question, choice, words)).collect()
    }

    fn of(question: &Question, choice: &[usize], words: usize) -> Self {
        let mut line = Self { fills: vec![0; words], worth: Vec::new(), initials: Vec::new() };
        let readings = question.concepts.iter().zip(choice).filter_map(|(c, at)| c.readings.get(*at));
        for reading in readings {
            line.initials.extend(reading.initials.clone());
            for token in &reading.tokens {
                if line.worth.len() == 63 {
                    return line;
                }
                let bit = 1 << line.worth.len();
                for candidate in &token.candidates {
                    if let Some(fills) = line.fills.get_mut(candidate.word as usize) {
                        *fills |= bit;
                    }
                }
                line.worth.push(token.worth);
            }
        }
        line
    }

    /// How closely the name says what the line says, from 0 to 1: pairs that stand together, the whole line in one piece,
    /// and how much of the name was asked for. That last part is given beside it.
    fn closeness(&self, entry: &Entry) -> (f32, f32) {
        let (mut pairs, mut before, mut run) = (0_u64, 0_u64, 0_u64);
        let (mut told, mut whole, mut at_start) = (0.0, false, false);
        let last = 1_u64 << self.worth.len().saturating_sub(1);
        for (at, (word, tells)) in entry.words.iter().zip(&entry.tells).enumerate() {
            let fills = self.fills.get(*word as usize).copied().unwrap_or(0);
            pairs |= (before << 1) & fills;
            run = ((run << 1) | 1) & fills;
            if run & last != 0 && !self.worth.is_empty() {
                whole = true;
                at_start |= at + 1 == self.worth.len();
            }
            told += if fills == 0 { 0.0 } else { *tells };
            before = fills;
        }
        let abbreviated = self.initials.iter().any(|i| entry.initials.contains(i.as_str()));
        let asked_for = if entry.tells_all > 0.0 { told / entry.tells_all } else { 0.0 };
        let together = if abbreviated { 1.0 } else { self.together(pairs) };
        let in_place = if whole { 0.12 } else { 0.0 } + if at_start { 0.08 } else { 0.0 };
        (0.4 * together + 0.4 * asked_for.sqrt() + in_place, asked_for)
    }

    /// Which part of the line's neighbours stand together in the name too.
    fn together(&self, pairs: u64) -> f32 {
        if self.worth.len() < 2 {
            return 1.0;
        }
        let (mut all, mut found) = (0.0, 0.0);
        for (at, pair) in self.worth.windows(2).enumerate() {
            let worth = pair[0].min(pair[1]);
            all += worth;
            found += if pairs & (1 << (at + 1)) == 0 { 0.0 } else { worth };
        }
        if all > 0.0 { found / all } else { 0.0 }
    }
}
