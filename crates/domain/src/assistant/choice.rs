//! Which procedure a question means, and whether that is sure enough to answer for it.

use super::Question;
use crate::catalogue::{
    ProcedureCode,
    search::{Hit, SearchIndex},
};

/// Less of a question than this may be answered by chance.
const ENOUGH: f32 = 0.78;
/// With less than this nothing is worth offering, even where much of a name was said.
const NEAR: f32 = 0.55;
/// So much of a name is enough to offer it.
const HALF_NAMED: f32 = 0.4;
/// A name of which this much was asked for is meant, though longer names hold the same words.
const NAMED: f32 = 0.5;
/// Two that answer as much as this apart are not alike.
const APART: f32 = 0.05;
/// With less of a name than this nothing is sure, however far ahead: a few common words meet by chance.
const LEAST_NAMED: f32 = 0.25;
/// How far the best must lie before the next one, as a part of it.
const AHEAD: f32 = 0.15;
/// As many are offered to choose from.
const OFFERED: usize = 5;

/// What a question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// One procedure; others that might be meant after all, the nearest first.
    Sure {
        /// The one that is answered for.
        code: ProcedureCode,
        /// Offered beside the answer.
        others: Vec<ProcedureCode>,
    },
    /// Several, none of which is sure: whoever asked chooses.
    Near(Vec<ProcedureCode>),
    /// Nothing in the catalogue.
    Nothing,
}

/// Finds the procedure that a question means. `kept` is the one that was spoken of before: a question that names nothing
/// goes on with it.
pub fn choose(index: &SearchIndex, question: &Question, kept: Option<&ProcedureCode>) -> Choice {
    if let Some(code) = &question.code
        && index.hits(code.as_str(), OFFERED).iter().any(|h| h.code == code)
    {
        return Choice::Sure { code: code.clone(), others: Vec::new() };
    }
    if question.names_nothing() {
        return kept.map_or(Choice::Nothing, |code| Choice::Sure { code: code.clone(), others: Vec::new() });
    }
    let hits = best(index, question);
    let near: Vec<Hit<'_>> = hits.iter().copied().filter(is_near).collect();
    match near.as_slice() {
        [] => Choice::Nothing,
        [first, rest @ ..] if is_sure(&near) => Choice::Sure { code: first.code.clone(), others: codes(rest) },
        all => Choice::Near(codes(all)),
    }
}

/// The topic alone, or the whole question where its asking words belong to the name.
fn best<'a>(index: &'a SearchIndex, question: &Question) -> Vec<Hit<'a>> {
    let of_topic = index.hits(&question.topic, OFFERED + 1);
    let of_whole = index.hits(&question.whole, OFFERED + 1);
    let first = |hits: &[Hit<'_>]| hits.first().map_or(0.0, weight);
    if first(&of_whole) > first(&of_topic) { of_whole } else { of_topic }
}

fn weight(hit: &Hit<'_>) -> f32 {
    hit.answered * (1.0 + hit.asked_for)
}

fn is_near(hit: &Hit<'_>) -> bool {
    hit.answered >= ENOUGH || (hit.answered >= NEAR && hit.asked_for >= HALF_NAMED)
}

/// Enough of the question is answered, and either most of the name was said or no other name comes near.
fn is_sure(hits: &[Hit<'_>]) -> bool {
    let Some(first) = hits.first().filter(|h| h.answered >= ENOUGH) else { return false };
    let Some(second) = hits.get(1) else { return true };
    // Two procedures of one name are told apart by nobody but the one who asks.
    let alike = first.answered - second.answered < APART && (first.asked_for - second.asked_for).abs() < 0.01;
    let ahead = (weight(first) - weight(second)) / weight(first);
    !alike && (first.asked_for >= NAMED || (first.asked_for >= LEAST_NAMED && ahead >= AHEAD))
}

fn codes(hits: &[Hit<'_>]) -> Vec<ProcedureCode> {
    hits.iter().take(OFFERED).map(|h| h.code.clone()).collect()
}
