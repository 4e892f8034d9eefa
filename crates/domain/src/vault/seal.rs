//! What the owner of an uploaded paper vouches for (STO-01: files signed by who uploads them): this paper, these bytes, at this moment.
//! The system seals the statement with its own key, so that a later change of owner, name, file or moment shows.

use crate::time::Instant;

/// What is vouched for.
#[derive(Clone, Copy, Debug)]
pub struct Vouched<'a> {
    /// The number that the identity provider proved.
    pub owner: &'a str,
    /// The name of the paper.
    pub name: &'a str,
    /// SHA-256 of each file, in any order.
    pub files: &'a [String],
    /// When.
    pub at: Instant,
}

impl Vouched<'_> {
    /// The statement as it is sealed: each part with its length, so that no two statements read alike.
    pub fn statement(&self) -> Vec<u8> {
        let mut files: Vec<&str> = self.files.iter().map(String::as_str).collect();
        files.sort_unstable();
        files.dedup();
        let at = self.at.millis().to_string();
        let parts = [self.owner, self.name, at.as_str()].into_iter().chain(files);
        parts.flat_map(|part| format!("{}:{part};", part.len()).into_bytes()).collect()
    }
}

/// A seal as people compare it: `3F2A-…`, the first twenty digits in fours.
pub fn shown(seal: &str) -> String {
    let digits: Vec<char> = seal.chars().take(20).map(|c| c.to_ascii_uppercase()).collect();
    digits.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sto_01_a_statement_changes_with_owner_name_file_and_moment_and_not_with_the_order_of_files() {
        let files = ["b".to_owned(), "a".to_owned()];
        let turned = ["a".to_owned(), "b".to_owned()];
        let fewer = ["a".to_owned()];
        let first = Vouched { owner: "022", name: "Giấy", files: &files, at: Instant::from_millis(7) };
        let text = first.statement();
        assert_eq!(Vouched { files: &turned, ..first }.statement(), text);
        for other in [
            Vouched { owner: "023", ..first },
            Vouched { name: "Giấy2", ..first },
            Vouched { files: &fewer, ..first },
            Vouched { at: Instant::from_millis(8), ..first },
            // Where one part ends cannot be moved into the next.
            Vouched { owner: "022;4:Gi", ..first },
        ] {
            assert_ne!(other.statement(), text, "{other:?}");
        }
    }

    #[test]
    fn a_seal_is_shown_in_fours() {
        assert_eq!(shown("3f2a9bc0d1e2f3a4b5c6d7e8"), "3F2A-9BC0-D1E2-F3A4-B5C6");
    }
}
