//! Handing a file out: a name that is safe on every machine, and headers that keep it from acting in the browser.

use crate::file_kind::FileKind;
use crate::percent;

/// Bytes of a name; Windows and Linux stop at 255, and a copy gets " (1)" added.
const LONGEST_STEM: usize = 150;

/// A name for saving: the sender's, without folders, control characters, marks that turn the reading direction and characters
/// that Windows forbids, and with the ending of what the file really is. Vietnamese stays as it is.
pub fn safe_name(name: &str, kind: FileKind) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String =
        last.chars().filter(|c| !is_hidden(*c)).map(|c| if "<>:\"|?*".contains(c) { '_' } else { c }).collect();
    let stem = without_ending(clean.trim());
    let stem = cut(stem.trim_matches(['.', ' ']), LONGEST_STEM).trim_end_matches(['.', ' ']);
    let stem = match stem {
        "" => "tep".to_owned(),
        stem if is_device(stem) => format!("_{stem}"),
        stem => stem.to_owned(),
    };
    format!("{stem}.{}", kind.extension())
}

/// Control characters, zero-width ones, and those that change the direction of reading (`gpj.exe` shown as `exe.jpg`).
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}')
}

/// Takes off what looks like an ending: `đơn.pdf.exe` loses one, `TT 01.2018` keeps its dot.
fn without_ending(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, ending))
            if (1..=5).contains(&ending.len())
                && ending.bytes().all(|b| b.is_ascii_alphanumeric())
                && ending.bytes().any(|b| b.is_ascii_alphabetic()) =>
        {
            stem
        }
        _ => name,
    }
}

/// Names that mean a device on Windows, whatever their ending.
fn is_device(stem: &str) -> bool {
    let base = stem.split('.').next().unwrap_or(stem).trim_end().to_ascii_uppercase();
    let numbered = base.strip_prefix("COM").or_else(|| base.strip_prefix("LPT"));
    matches!(base.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || numbered.is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
}

/// At most that many bytes, at the border of a character.
fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

/// How the file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// Save it.
    Attachment,
    /// Show it, if it is a kind that may be shown; otherwise save it.
    Inline,
}

/// The headers of an answer that carries a file of a user, as pairs of name and value.
///
/// Whatever it is, the browser must not guess (`nosniff`), and what is shown runs nothing and reaches nothing (`sandbox`).
/// `no-store`: a public computer in the hall must not keep it.
pub fn headers(name: &str, kind: FileKind, wish: Disposition) -> Vec<(&'static str, String)> {
    let inline = wish == Disposition::Inline && kind.may_be_shown_inline();
    let disposition = if inline { "inline" } else { "attachment" };
    vec![
        ("content-type", kind.media_type().to_owned()),
        ("content-disposition", content_disposition(disposition, &safe_name(name, kind))),
        ("content-security-policy", "sandbox; default-src 'none'".to_owned()),
        ("x-content-type-options", "nosniff".to_owned()),
        ("cache-control", "private, no-store".to_owned()),
    ]
}

/// RFC 6266: an ASCII name for old programs, and the real one in UTF-8 (RFC 8187).
fn content_disposition(disposition: &str, name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-._ ()".contains(c) { c } else { '_' }).collect();
    format!("{disposition}; filename=\"{plain}\"; filename*=UTF-8''{}", percent::encode(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> String {
        safe_name(text, FileKind::Pdf)
    }

    #[test]
    fn a_vietnamese_name_stays_and_its_ending_tells_what_the_file_is() {
        assert_eq!(name("Đơn đề nghị cấp lại.pdf"), "Đơn đề nghị cấp lại.pdf");
        assert_eq!(name("Tờ khai.docx"), "Tờ khai.pdf");
        assert_eq!(name("Mẫu TT 01.2018"), "Mẫu TT 01.2018.pdf");
    }

    #[test]
    fn folders_hidden_marks_and_forbidden_characters_are_gone() {
        assert_eq!(name("../../etc/passwd"), "passwd.pdf");
        assert_eq!(name("C:\\Users\\lan\\giấy.pdf"), "giấy.pdf");
        assert_eq!(name("ảnh\u{202e}fdp.exe"), "ảnhfdp.pdf");
        assert_eq!(name("a\r\nSet-Cookie: x=1\0.pdf"), "aSet-Cookie_ x=1.pdf");
        assert_eq!(name("\u{feff}\u{200b}"), "tep.pdf");
    }

    #[test]
    fn names_that_windows_cannot_keep_are_mended() {
        assert_eq!(name("CON.pdf"), "_CON.pdf");
        assert_eq!(name("com1"), "_com1.pdf");
        assert_eq!(name("COMA.pdf"), "COMA.pdf");
        assert_eq!(name("giấy. . .pdf"), "giấy.pdf");
        assert_eq!(name(".htaccess"), ".htaccess".trim_start_matches('.').to_owned() + ".pdf");
    }

    #[test]
    fn a_long_name_is_cut_between_characters() {
        let long = name(&"ệ".repeat(500));
        assert_eq!(long, format!("{}.pdf", "ệ".repeat(50)));
    }

    #[test]
    fn a_pdf_may_be_shown_in_a_sandbox_and_a_word_file_is_always_saved() {
        let of = |kind, wish| headers("Đơn.x", kind, wish);
        let shown = of(FileKind::Pdf, Disposition::Inline);
        assert_eq!(shown[1].1, "inline; filename=\"__n.pdf\"; filename*=UTF-8''%C4%90%C6%A1n.pdf");
        assert!(shown.contains(&("content-security-policy", "sandbox; default-src 'none'".to_owned())));
        assert!(shown.contains(&("x-content-type-options", "nosniff".to_owned())));
        assert!(of(FileKind::Pdf, Disposition::Attachment)[1].1.starts_with("attachment; "));
        assert!(of(FileKind::Docx, Disposition::Inline)[1].1.starts_with("attachment; "));
    }
}
