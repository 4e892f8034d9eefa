//! One hash over many rows.

use sha2::{Digest, Sha256};

/// SHA-256 of rows in their order. Each field is preceded by its length, so that `ab`,`c` and `a`,`bc` differ.
#[derive(Default)]
pub struct Rows {
    hash: Sha256,
    pub count: u64,
}

impl Rows {
    pub fn add(&mut self, fields: &[&[u8]]) {
        self.count += 1;
        for field in fields {
            self.hash.update((field.len() as u64).to_be_bytes());
            self.hash.update(field);
        }
    }
    pub fn hex(self) -> String {
        domain::hex(&self.hash.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_rows_do_not_run_together() {
        let of = |rows: &[&[&[u8]]]| {
            let mut all = Rows::default();
            for row in rows {
                all.add(row);
            }
            all.hex()
        };
        assert_eq!(of(&[&[b"ab", b"c"]]), of(&[&[b"ab", b"c"]]));
        assert_ne!(of(&[&[b"ab", b"c"]]), of(&[&[b"a", b"bc"]]));
        assert_ne!(of(&[&[b"a"], &[b"b"]]), of(&[&[b"b"], &[b"a"]]));
        assert_ne!(of(&[]), of(&[&[b""]]));
    }
}
