//! Lists in and out as files that spreadsheets open: Excel or CSV.

use super::keeper::Keeper;
use crate::{
    app::App,
    error::AppError,
    import::{Fate, Job, Line, Summary},
    people::{self, What},
};
use axum::{
    extract::Multipart,
    http::header,
    response::{IntoResponse, Response},
};
use documents::spreadsheet::{Format, Spreadsheet, SpreadsheetError};
use serde::Deserialize;
use std::io::Cursor;

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
    Err(AppError::field("file", "missing", "Xin chọn tệp Excel hoặc CSV.", "Choose an Excel or CSV file."))
}

fn broken() -> AppError {
    AppError::field(
        "file",
        "file.unreadable",
        "Tệp gửi lên bị đứt quãng. Xin gửi lại.",
        "The upload broke off. Please send it again.",
    )
}

/// Takes a file of agencies or areas in, as the command `import` does, in the name of whoever sent it.
pub async fn take(app: &App, me: &Keeper, what: What, parts: Multipart) -> Result<Report, AppError> {
    let sent = sent(parts).await?;
    let (app_, by) = (app.clone(), me.who.clone());
    let work = move || {
        let mut report = Report::default();
        let mut on_line = |line: Line, _: usize| report.note(line.row, &line.key, line.fate);
        let job = Job { name: &sent.name, bytes: &sent.bytes, dry_run: false, on_line: &mut on_line };
        people::import_by(&app_, Some(&by), what, job)?;
        Ok::<_, AppError>(report)
    };
    let report = tokio::task::spawn_blocking(work).await.map_err(AppError::internal)??;
    app.refresh().await?;
    Ok(report)
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
        self.lines.push(Line { row, sheet: String::new(), key: key.to_owned(), fate });
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

/// `?dang=xlsx|csv`; CSV when nothing is said.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    dang: String,
}

/// A table as a file of the kind that is wanted.
pub fn file(
    wanted: &Wanted,
    name: &str,
    head: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> Result<Response, AppError> {
    let format = Format::from_extension(&wanted.dang).unwrap_or(Format::Csv);
    let bytes = match format {
        Format::Csv => csv(head, rows)?,
        Format::Xlsx => excel(head, rows).map_err(AppError::internal)?,
    };
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{}\"", format.extension())),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// The mark in front tells spreadsheets that it is UTF-8.
fn csv(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, AppError> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(head).map_err(AppError::internal)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| plain(cell))).map_err(AppError::internal)?;
    }
    writer.into_inner().map_err(AppError::internal)
}

/// Every cell is text, so none becomes a formula and no code loses its zeros.
fn excel(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, SpreadsheetError> {
    let mut bytes = Cursor::new(Vec::new());
    let mut file = Spreadsheet::new(Format::Xlsx, &mut bytes)?;
    file.sheet("Danh mục", head)?;
    for row in rows {
        file.row(&row.iter().map(String::as_str).collect::<Vec<_>>())?;
    }
    file.finish()?;
    Ok(bytes.into_inner())
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
