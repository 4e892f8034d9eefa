//! Whether words that a machine put together keep to what was given to it.

use std::collections::HashSet;

/// Every number of `text` stands in one of the passages: a sum, a term or a decree that stands in none was made up. Numbers
/// that only count the lines of a list are left aside.
pub fn keeps_to<'a>(text: &str, passages: impl IntoIterator<Item = &'a str>) -> bool {
    let known: HashSet<&str> = passages.into_iter().flat_map(numbers).collect();
    text.lines().flat_map(|line| numbers(without_mark(line))).all(|n| known.contains(n))
}

/// A line without the `1.` or `2)` in front of it.
fn without_mark(line: &str) -> &str {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")) {
        Some(told) if line.len() - rest.len() <= 2 => told,
        _ => line,
    }
}

fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty())
}
