//! The code of a row, with the dirt that codes carry.

use super::{Notes, Refused, text};
use crate::catalogue::ProcedureCode;
use crate::text::fold;
use serde_json::Value;

pub(super) fn code(row: &Value, notes: &mut Notes) -> Result<ProcedureCode, Refused> {
    let raw = match row.get("code") {
        Some(Value::String(text)) => text.clone(),
        // A spreadsheet that took the code for a number dropped its last zeros: 1.00008.
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let (code, mended) = read_code(&raw)?;
    for what in mended {
        notes.mend("code", what);
    }
    Ok(code)
}

/// Reads a code as people and spreadsheets write it, with what had to be mended.
pub fn read_code(raw: &str) -> Result<(ProcedureCode, Vec<String>), Refused> {
    let mut mended = Vec::new();
    let trimmed = text::clean(raw);
    let plain = plain(&trimmed);
    if let Some((_, suffix)) = plain.split_once('-')
        && fold(suffix).starts_with("xoa")
    {
        return Err(Refused::Deleted(trimmed));
    }
    if plain != raw {
        mended.push(format!("viết lại mã \"{raw}\" thành \"{plain}\""));
    }
    let whole = with_zeros(&plain);
    if whole != plain {
        mended.push(format!("mã \"{plain}\" mất số 0 ở cuối (ô dạng số), viết lại \"{whole}\""));
    }
    let code: ProcedureCode = whole.parse().map_err(|_| Refused::Code(trimmed))?;
    if !code.is_regular() {
        mended.push(format!("mã {code} không đúng 6 chữ số sau dấu chấm, giữ nguyên"));
    }
    Ok((code, mended))
}

/// Without blanks; any kind of dash as `-`; a decimal comma as a point; letters large. Codes that differ only in these are one.
fn plain(code: &str) -> String {
    let letters = code.chars().filter(|c| !c.is_whitespace()).map(|c| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        ',' | '\u{FF0E}' | '\u{3002}' => '.',
        other => other,
    });
    letters.flat_map(char::to_uppercase).collect()
}

/// `1.00008` → `1.000080`: what a cell of numbers makes of a code.
fn with_zeros(code: &str) -> String {
    match code.split_once('.') {
        Some((head, tail))
            if head.len() == 1
                && (1..6).contains(&tail.len())
                && code.bytes().all(|b| b.is_ascii_digit() || b == b'.') =>
        {
            format!("{head}.{tail:0<6}")
        }
        _ => code.to_owned(),
    }
}
