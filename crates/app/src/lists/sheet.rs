//! Lists in and out as CSV files that spreadsheets open.

use super::keeper::Keeper;
use crate::{
    error::AppError,
    import::{Fate, Line, Summary},
};
use axum::{
    extract::Multipart,
    http::header,
    response::{IntoResponse, Response},
};

/// A file that somebody chose in a form.
pub struct Sent {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The first file of the form.
pub async fn sent(mut parts: Multipart) -> Result<Sent, AppError> {
    while let Some(part) = parts.next_field().await.map_err(|_| broken())? {
        let Some(name) = part.file_name().map(str::to_owned).filter(|n| !n.is_empty()) else { continue };
        let bytes = part.bytes().await.map_err(|_| broken())?.to_vec();
        return Ok(Sent { name, bytes });
    }
    Err(AppError::field("file", "missing", "Xin chọn tệp CSV.", "Choose a CSV file."))
}

fn broken() -> AppError {
    AppError::field(
        "file",
        "file.unreadable",
        "Tệp gửi lên bị đứt quãng. Xin gửi lại.",
        "The upload broke off. Please send it again.",
    )
}

/// What became of the rows of a file.
#[derive(Debug, Default)]
pub struct Report {
    pub summary: Summary,
    pub lines: Vec<Line>,
}

impl Report {
    pub fn note(&mut self, row: usize, key: &str, fate: Fate) {
        self.summary.count(&fate);
        self.lines.push(Line { row, key: key.to_owned(), fate });
    }
    /// In words, for the message above the list: the sums, then the first refusals.
    pub fn words(&self, me: &Keeper) -> Vec<String> {
        let lang = me.reader.lang;
        let s = &self.summary;
        let taken = lang.f2("Nhận {} dòng, không đổi {} dòng.", s.taken + s.mended, s.unchanged);
        let refused = self.lines.iter().filter_map(|line| match &line.fate {
            Fate::Refused { why } => Some(format!("{} {} {}: {why}", lang.t("Dòng"), line.row, line.key)),
            _ => None,
        });
        std::iter::once(taken).chain(refused.take(20)).collect()
    }
}

/// A table as a CSV file; the mark in front tells spreadsheets that it is UTF-8.
pub fn csv(name: &str, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Result<Response, AppError> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(head).map_err(AppError::internal)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| plain(cell))).map_err(AppError::internal)?;
    }
    let bytes = writer.into_inner().map_err(AppError::internal)?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// A cell that a spreadsheet would run as a formula is made text.
fn plain(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn sec_a_cell_never_becomes_a_formula() {
        assert_eq!((plain("=1+1").as_str(), plain("Kinh").as_str()), ("'=1+1", "Kinh"));
    }
}
