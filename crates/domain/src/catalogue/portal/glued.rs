//! Taking apart what the parsing of pages glued together.

use serde_json::{Value, json};

/// More copies of one paper than this are digits of its name.
const MOST_COPIES: u32 = 10;

/// "…ngày 01/01/" with 20261 originals is "…ngày 01/01/2026" with 1.
pub(super) fn name_and_count(name: String, count: u32) -> (String, u32) {
    if count <= MOST_COPIES {
        return (name, count);
    }
    let blank = if name.ends_with(['/', '.', '-']) { "" } else { " " };
    (format!("{name}{blank}{}", count / 10), count % 10)
}

/// "Đơn đăng ký hoạt độngMẫu TP-01.doc" → the paper and the file of its form.
pub(super) fn paper_and_file(name: &str) -> (String, Option<String>) {
    const ENDS: [&str; 8] = [".doc", ".docx", ".pdf", ".xls", ".xlsx", ".rar", ".zip", ".odt"];
    let lower = name.to_lowercase();
    if !ENDS.iter().any(|e| lower.ends_with(e)) {
        return (name.to_owned(), None);
    }
    let mut before = None;
    let mut seam = None;
    for (at, c) in name.char_indices() {
        let glued = before.is_some_and(|b: char| b.is_lowercase() || matches!(b, ')' | ';' | ':' | '”' | '"'));
        if glued && c.is_uppercase() {
            seam = Some(at);
        }
        before = Some(c);
    }
    match seam {
        Some(at) => (name[..at].trim_end().to_owned(), Some(name[at..].trim().to_owned())),
        None => (name.to_owned(), None),
    }
}

/// "Cục cảnh sát quản lý hành chính về trật tự, xã hội, Công an tỉnh": a comma parts agencies only before a capital letter.
pub(super) fn agencies(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for piece in text.split(", ") {
        match all.last_mut() {
            Some(last) if !piece.starts_with(char::is_uppercase) => {
                last.push_str(", ");
                last.push_str(piece);
            }
            _ => all.push(piece.to_owned()),
        }
    }
    all.retain(|a| !a.trim().is_empty());
    all
}

/// "Tổ chức (không bao gồm doanh nghiệp" and "HTX)" are one kind of applicant, as are "Cán bộ", "công chức", "viên chức".
pub(super) fn rejoined(pieces: Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for piece in pieces {
        let open = |text: &str| text.matches('(').count() > text.matches(')').count();
        match all.last_mut() {
            Some(last) if open(last) || !piece.starts_with(char::is_uppercase) => {
                last.push_str(", ");
                last.push_str(&piece);
            }
            _ => all.push(piece),
        }
    }
    all
}

/// "16/2024/TT-BCATh" → "16/2024/TT-BCA"; dates are no numbers of documents.
pub(super) fn legal_number(raw: &str) -> Option<String> {
    let mut parts = raw.split('/');
    let (number, year, kind) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if !digits(number) || !digits(year) {
        return None;
    }
    let kind = abbreviation(kind)?;
    Some(format!("{number}/{year}/{kind}"))
}

/// The capitals at the head, without the first letter of a word that was glued on. `TTg` is the one with a small letter.
fn abbreviation(text: &str) -> Option<String> {
    if let Some((head, _)) = text.split_once("TTg") {
        return Some(format!("{head}TTg"));
    }
    let end = text.find(|c: char| !(c.is_uppercase() || c == '-' || c.is_ascii_digit())).unwrap_or(text.len());
    let (mut head, rest) = text.split_at(end);
    let next: Vec<char> = rest.chars().take(1).collect();
    if let (Some(last), Some(first)) = (head.chars().last(), next.first())
        && begins_a_word(last, *first)
    {
        head = &head[..head.len() - last.len_utf8()];
    }
    let head = head.trim_end_matches(|c: char| c == '-' || c.is_ascii_digit());
    (head.chars().filter(|c| c.is_uppercase()).count() >= 2).then(|| head.to_owned())
}

/// Whether a capital and the small letter after it begin a Vietnamese word: Th, Ng, Lu, Qu …
fn begins_a_word(capital: char, small: char) -> bool {
    let vowel = !crate::text::fold(&small.to_string()).trim().is_empty()
        && "aeiouy".contains(&crate::text::fold(&small.to_string()));
    vowel || matches!((capital, small), ('T' | 'N' | 'P' | 'C' | 'K' | 'G', 'h') | ('N', 'g') | ('T', 'r'))
}

/// The fees at the head of a note, in the portal's shape, and the rest: "Miễn phí(…)…", "300,000 VNĐ(…)…".
pub(super) fn fees(note: &str) -> (Vec<Value>, &str) {
    if let Some(rest) = note.strip_prefix("Miễn phí") {
        let (inside, rest) = in_brackets(rest);
        // A free service with a remark: the remark often names another sum, so the text decides, not the 0.
        let fee = json!({ "type": "FEE", "value": 0, "currencyName": "Việt Nam Đồng", "description": inside });
        return (vec![fee], rest);
    }
    let Some((sum, rest)) = sum(note) else { return (Vec::new(), note) };
    let (inside, rest) = in_brackets(rest);
    let kind = if crate::text::fold(inside).contains("le phi") { "SERVICE_FEE" } else { "FEE" };
    (vec![json!({ "type": kind, "value": sum, "currencyName": "Việt Nam Đồng", "description": inside })], rest)
}

/// "300,000 VNĐ" or "2,700,000 Việt Nam Đồng" at the head.
fn sum(note: &str) -> Option<(i64, &str)> {
    let end = note.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'))?;
    let (digits, rest) = note.split_at(end);
    let rest = rest.trim_start();
    let rest = ["Việt Nam Đồng", "VNĐ", "đồng"].iter().find_map(|unit| rest.strip_prefix(unit))?;
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    Some((digits.parse().ok()?, rest))
}

/// What stands in the brackets that open here, and what follows them.
fn in_brackets(text: &str) -> (&str, &str) {
    let Some(inner) = text.strip_prefix('(') else { return ("", text) };
    let mut depth = 1_u32;
    for (at, c) in inner.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (&inner[..at], &inner[at + 1..]);
        }
    }
    (inner, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_a_year_that_became_copies_go_back_into_the_name() {
        assert_eq!(name_and_count("ngày 01/01/".into(), 20_261), ("ngày 01/01/2026".into(), 1));
        assert_eq!(name_and_count("theo Mẫu số".into(), 181), ("theo Mẫu số 18".into(), 1));
        assert_eq!(name_and_count("Đơn".into(), 3), ("Đơn".into(), 3));
    }

    #[test]
    fn the_file_of_a_form_is_taken_off_the_name_of_its_paper() {
        let cut = |t: &str| paper_and_file(t);
        assert_eq!(cut("Đơn đăng ký hoạt độngMẫu 01.doc"), ("Đơn đăng ký hoạt động".into(), Some("Mẫu 01.doc".into())));
        assert_eq!(cut("Thông tin;Mauso01.docx"), ("Thông tin;".into(), Some("Mauso01.docx".into())));
        assert_eq!(cut("Đơn xin"), ("Đơn xin".into(), None));
    }

    #[test]
    fn numbers_of_documents_lose_the_word_that_was_glued_to_them() {
        let read = |t: &str| legal_number(t);
        assert_eq!(read("16/2024/TT-BCATh").as_deref(), Some("16/2024/TT-BCA"));
        assert_eq!(read("70/2024/NĐ-CPNgh").as_deref(), Some("70/2024/NĐ-CP"));
        assert_eq!(read("03/2024/TT-BTPt").as_deref(), Some("03/2024/TT-BTP"));
        assert_eq!(read("09/2023/QĐ-TTg09/2023").as_deref(), Some("09/2023/QĐ-TTg"));
        assert_eq!(read("49/2019/QH1449/2019").as_deref(), Some("49/2019/QH"));
        assert_eq!(read("01/7/2025"), None);
    }

    #[test]
    fn agencies_and_applicants_are_parted_where_they_end_and_nowhere_else() {
        assert_eq!(agencies("Cục Cảnh sát về trật tự, xã hội, Công an tỉnh").len(), 2);
        let kinds = ["Cán bộ", "công chức", "Tổ chức (không bao gồm doanh nghiệp", "HTX)"].map(str::to_owned);
        assert_eq!(rejoined(kinds.to_vec()), ["Cán bộ, công chức", "Tổ chức (không bao gồm doanh nghiệp, HTX)"]);
    }

    #[test]
    fn a_sum_at_the_head_of_a_note_is_a_fee() {
        let (read, rest) = fees("300,000 VNĐ(Phí (thẩm định))Kể từ khi nhận đủ");
        assert_eq!((read[0]["value"].as_i64(), rest), (Some(300_000), "Kể từ khi nhận đủ"));
        assert_eq!(read[0]["description"], "Phí (thẩm định)");
        assert_eq!(fees("Không thu").0.len(), 0);
    }
}
