//! The words of a question in a name, for the eye.

use super::spelling::plain;
use std::collections::HashSet;

/// A name in pieces, each with whether it is of the question. Joined they are the name again.
pub fn highlight(name: &str, question: &str) -> Vec<(bool, String)> {
    let asked: HashSet<String> = split(question).into_iter().filter(|p| is_word(p)).map(plain).collect();
    let pieces = split(name);
    let of_question = |at: usize| pieces.get(at).is_some_and(|p| is_word(p) && asked.contains(&plain(p)));
    let mut out: Vec<(bool, String)> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        // A blank between two words of the question belongs to them.
        let between = *piece == " " && at > 0 && of_question(at - 1) && of_question(at + 1);
        let hit = of_question(at) || between;
        match out.last_mut() {
            Some(last) if last.0 == hit => last.1.push_str(piece),
            _ => out.push((hit, (*piece).to_owned())),
        }
    }
    out
}

/// Words and what lies between them, in turn.
fn split(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_of_word(c) != is_of_word(first)).unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(end);
        pieces.push(piece);
        rest = tail;
    }
    pieces
}

fn is_word(piece: &str) -> bool {
    piece.chars().next().is_some_and(is_of_word)
}

/// Letters, digits, and marks that stand by themselves.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}
