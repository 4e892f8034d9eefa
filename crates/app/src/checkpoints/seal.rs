//! What a check-point says, and its signature.

use super::store::Row;
use platform::secret_key::{SecretKey, SubKey};
use serde::{Deserialize, Serialize};

/// What one check-point covers. Passes go over the dossiers that moved since the pass before; a long one takes several
/// check-points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// The pass looks at events since this legal moment, in milliseconds; 0 looks at every dossier.
    pub since: i64,
    /// Where the next pass begins.
    pub until: i64,
    /// The dossier up to which this pass has come; 0 when it is through.
    pub after: i64,
    /// Ends of dossiers' chains.
    pub heads: u64,
    pub heads_digest: String,
    /// The trace of administration.
    pub audit: Span,
    /// Looks at personal data.
    pub reads: Span,
}

/// Rows with ids after `from` up to `until`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    pub from: i64,
    pub until: i64,
    pub rows: u64,
    pub digest: String,
}

impl Body {
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
    /// Goes on with a pass that is not through, or begins the next one at this legal moment.
    #[must_use]
    pub fn next_pass(&self, now: i64) -> Self {
        let (since, until) = if self.after == 0 { (self.until, now.max(self.until)) } else { (self.since, self.until) };
        Self { since, until, after: self.after, ..Self::default() }
    }
}

fn key(secret: &SecretKey) -> SubKey {
    secret.derive("checkpoints")
}

/// Tells one installation's key from another's.
pub fn key_mark(secret: &SecretKey) -> String {
    domain::hex(&secret.derive("checkpoints-mark").mac(&[])[..4])
}

fn parts(row: &Row) -> [Vec<u8>; 4] {
    let numbers = [row.seq.to_be_bytes(), row.at.to_be_bytes()];
    [numbers[0].to_vec(), numbers[1].to_vec(), row.body.clone().into_bytes(), row.before.clone().into_bytes()]
}

pub fn sign(secret: &SecretKey, seq: i64, at: i64, body: &Body, before: String) -> Row {
    // Plain data always turns into JSON.
    let body = serde_json::to_string(body).unwrap_or_default();
    let mut row = Row { seq, at, body, before, key_mark: key_mark(secret), signature: String::new() };
    let parts = parts(&row);
    row.signature = domain::hex(&key(secret).mac(&parts.each_ref().map(Vec::as_slice)));
    row
}

/// Whether the row is as this installation signed it.
pub fn is_signed(secret: &SecretKey, row: &Row) -> bool {
    let Ok(signature) = hex::decode(&row.signature) else { return false };
    key(secret).verifies(&parts(row).each_ref().map(Vec::as_slice), &signature)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_that_is_not_through_goes_on_and_the_next_begins_where_it_ended() {
        let first = Body::default().next_pass(1_000);
        assert_eq!((first.since, first.until, first.after), (0, 1_000, 0));
        let half = Body { after: 7, ..first };
        let second = half.next_pass(2_000);
        assert_eq!((second.since, second.until, second.after), (0, 1_000, 7));
        let through = Body { after: 0, ..second }.next_pass(3_000);
        assert_eq!((through.since, through.until), (1_000, 3_000));
        assert_eq!(Body { after: 0, ..through }.next_pass(2_000).until, 3_000, "a clock set back covers nothing less");
    }
}
