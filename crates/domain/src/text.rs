//! Vietnamese text as people type it: folding for search, and a collation key for sorting.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without marks: `Đất đai` → `dat dai`. Neither data base folds đ, so both search columns are folded here.
pub fn fold(text: &str) -> String {
    collapse(text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(|c| match c {
        // The second is an Icelandic letter that looks the same in capitals, and is often in old files.
        'đ' | 'ð' => 'd',
        other => other,
    }))
}

/// Lower case with its marks in one canonical form: the column whose matches rank first.
pub fn fold_marks(text: &str) -> String {
    collapse(text.nfc().flat_map(char::to_lowercase))
}

/// Runs of anything but letters and digits become one blank.
fn collapse(chars: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    for c in chars {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_takes_marks_and_the_barred_d_away_in_either_normal_form() {
        assert_eq!(fold("Đất  đai – Hoà Bình"), "dat dai hoa binh");
        assert_eq!(fold("Đa\u{0302}\u{0301}t"), "dat");
        assert_eq!(fold_marks("ĐA\u{0302}\u{0301}T"), "đất");
    }
}
