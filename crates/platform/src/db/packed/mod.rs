//! Long texts lie shorter in SQLite.
//!
//! A dossier's state, events, slips, messages and answers are texts whose names and phrases repeat from row to row. They are
//! written by Zstandard against a dictionary of such phrases (`phrases.zdict`): a fifth to a third of the letters, in a few
//! microseconds, and so a third of the pages to log, check-sum and keep. A hash is written as the bytes that its digits name.
//! A store writes [`packed`] and reads a `String` as ever: what lies there plain, from before or because it is short, and what
//! an earlier release packed ([`block`], `words.txt`), reads the same. PostgreSQL, which packs long rows itself, gets plain text.

mod block;
mod phrases;

use super::Value;

/// What the first releases packed against. It never changes: what was packed with it needs every byte of it.
const WORDS: &[u8] = include_bytes!("words.txt");

/// The first byte of what was packed against [`WORDS`].
const BLOCK: u8 = 1;
/// The first byte of what was packed against the dictionary of [`phrases`].
const FRAME: u8 = 2;
/// The first byte of digits that lie as bytes.
const DIGITS: u8 = 3;
/// Number of the list and length of the text, before a block.
const HEAD: usize = 5;
/// Shorter than this nothing is gained.
const WORTH_IT: usize = 32;

/// A text that its column may keep packed: `params![id, packed(&json)]`. No statement may look into such a column.
pub fn packed(text: impl Into<String>) -> Value {
    Value::Packed(text.into())
}

/// The bytes that are kept, or `None` when the plain text is as short.
pub(super) fn pack(text: &str) -> Option<Vec<u8>> {
    if text.len() < WORTH_IT {
        return None;
    }
    if let Some(bytes) = digits(text) {
        return Some(bytes);
    }
    let mut out = vec![FRAME];
    phrases::compress(text, &mut out)?;
    (out.len() < text.len()).then_some(out)
}

/// The bytes that hexadecimal digits name. Capitals would come back small, so they are not taken for digits.
fn digits(text: &str) -> Option<Vec<u8>> {
    let small = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let mut out = vec![DIGITS; 1 + text.len() / 2];
    (small && hex::decode_to_slice(text, &mut out[1..]).is_ok()).then_some(out)
}

/// The text behind bytes that [`packed`] kept; in words what is wrong with them, never what they say.
#[doc(hidden)]
pub fn unpack(bytes: &[u8]) -> Result<String, String> {
    let (&first, rest) = bytes.split_first().ok_or("a packed text without its head")?;
    let plain = match first {
        FRAME => phrases::decompress(rest),
        DIGITS => return Ok(hex::encode(rest)),
        BLOCK => block_of(bytes),
        _ => return Err("bytes that are no packed text".into()),
    };
    String::from_utf8(plain.ok_or("a packed text that is broken")?).map_err(|_| "a packed text that is broken".into())
}

fn block_of(bytes: &[u8]) -> Option<Vec<u8>> {
    let (head, block) = bytes.split_at_checked(HEAD)?;
    let length = head[1..].iter().rev().fold(0_usize, |sum, byte| (sum << 8) | usize::from(*byte));
    block::decompress(WORDS, block, length)
}

#[cfg(test)]
mod tests;
