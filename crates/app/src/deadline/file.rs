//! The days of the calendar as files: workbooks and text of any encoding come in, and what goes out comes in again unchanged.

use super::{store, year};
use crate::{
    accounts::SignedIn,
    app::App,
    error::AppError,
    http::PageError,
    import::{cell_text, is_workbook},
    lists::{Wanted, spreadsheet},
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use calamine::{Reader, open_workbook_auto_from_rs};
use domain::{
    deadline::{CalendarRow, Exception},
    encoding,
};
use std::io::Cursor;

/// The table of a file as separated text; of a workbook the first sheet that holds anything.
pub fn text_of(name: &str, bytes: &[u8]) -> Result<String, AppError> {
    if !is_workbook(name, bytes) {
        return Ok(encoding::read(bytes).0);
    }
    let broken = |_| {
        let (vi, en) = (
            "Bảng tính bị hỏng hoặc có mật khẩu. Xin lưu lại rồi gửi.",
            "The workbook is damaged or locked. Save it anew.",
        );
        AppError::field("file", "file.unreadable", vi, en)
    };
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    for title in book.sheet_names() {
        let range = book.worksheet_range(&title).map_err(broken)?;
        if range.is_empty() {
            continue;
        }
        for row in range.rows() {
            writer.write_record(row.iter().map(cell_text)).map_err(AppError::internal)?;
        }
        break;
    }
    String::from_utf8(writer.into_inner().map_err(AppError::internal)?).map_err(AppError::internal)
}

/// `GET /can-bo/quan-tri/lich/tai-ve?dang=xlsx|csv`: every day that was entered (CAT-07).
pub async fn export(State(app): State<App>, me: SignedIn, Query(wanted): Query<Wanted>) -> Result<Response, PageError> {
    year::page::admitted(&app, &me)?;
    let file = async {
        let days = app.db.read(|q| Ok::<_, AppError>(store::days(q)?)).await?;
        spreadsheet(&wanted, "ngay-nghi", &["ngay", "ten", "loai", "gio"], days.iter().map(cells))
    };
    file.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

fn cells(row: &CalendarRow) -> Vec<String> {
    let (name, kind, sessions) = match &row.exception {
        Exception::Off { name } => (name, "nghỉ", None),
        Exception::Working { name, sessions } => (name, "làm việc", sessions.as_ref()),
    };
    let hours = sessions.map(|s| s.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
    vec![domain::time::day_text(row.day), name.clone(), kind.to_owned(), hours.unwrap_or_default()]
}
