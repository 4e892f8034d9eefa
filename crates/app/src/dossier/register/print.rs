//! The same book on paper (form 06, or 07 under Thông tư 03/2025) and as a table for a spreadsheet.

use super::entries::{Asked, Book, entries};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::slip,
    error::{AppError, FieldError},
    http::PageError,
};
use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use documents::{
    Form, FormSet, Letterhead, Paper, Register, RegisterRow,
    spreadsheet::{Format, Spreadsheet, SpreadsheetError},
};
use domain::time::{day_text, time_text};
use jiff::civil::DateTime;
use std::io::Cursor;

/// A print of more is no print: some 150 sheets.
const MOST_ON_PAPER: usize = 3_000;
const MOST_IN_A_TABLE: usize = 50_000;

/// `GET /can-bo/so-theo-doi.pdf`
pub async fn pdf(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let paper = async {
        let (book, rows) = whole(&app, &me, &asked, MOST_ON_PAPER).await?;
        let name = format!("so-theo-doi-{}-{}", book.code, book.first);
        slip::pdf(Form::Register(Box::new(register(&app, &me, &book, rows))), Paper::A4, &name).await
    };
    paper.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// `GET /can-bo/so-theo-doi.xlsx`
pub async fn table(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let file = async {
        let (book, rows) = whole(&app, &me, &asked, MOST_IN_A_TABLE).await?;
        let written = tokio::task::spawn_blocking(move || write(&rows)).await;
        let bytes = written.map_err(AppError::internal)?.map_err(AppError::internal)?;
        let name = format!("attachment; filename=\"so-theo-doi-{}-{}.xlsx\"", book.code, book.first);
        let headers = [
            (header::CONTENT_TYPE, Format::Xlsx.media_type().to_owned()),
            (header::CONTENT_DISPOSITION, name),
            (header::CACHE_CONTROL, "private, no-store".to_owned()),
        ];
        Ok::<_, AppError>((headers, bytes).into_response())
    };
    file.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// The whole of the days that were asked for, or the advice to ask for fewer.
async fn whole(app: &App, me: &SignedIn, asked: &Asked, most: usize) -> Result<(Book, Vec<RegisterRow>), AppError> {
    let book = Book::of(asked, me, app)?;
    let (rows, more) = entries(app, &me.who, &book, (i64::MIN, 0), most).await?;
    if more.is_some() {
        return Err(AppError::Fields(vec![FieldError::new(
            "den",
            "too_many",
            format!("Khoảng ngày này có hơn {most} hồ sơ. Xin chọn khoảng ngắn hơn."),
            format!("These days hold more than {most} dossiers. Choose fewer days."),
        )]));
    }
    Ok((book, rows))
}

fn register(app: &App, me: &SignedIn, book: &Book, rows: Vec<RegisterRow>) -> Register {
    let reference = app.reference();
    let parent = reference.centre(book.centre).map(|c| reference.agency_name(c.agency).to_owned());
    Register {
        form_set: match app.profile.forms.set {
            domain::profile::FormSet::Tt01Of2018 => FormSet::Tt01Of2018,
            domain::profile::FormSet::Tt03Of2025 => FormSet::Tt03Of2025,
        },
        letterhead: Letterhead {
            parent: parent.filter(|p| *p != book.name),
            unit: book.name.clone(),
            place: app.profile.province.place.clone(),
            day: app.now().day(),
        },
        book: book.years(),
        first_day: book.first,
        last_day: book.last,
        rows,
        officer: me.name.clone(),
    }
}

const HEAD: [&str; 14] = [
    "STT",
    "Mã hồ sơ",
    "Thủ tục",
    "Số bộ",
    "Chủ hồ sơ",
    "Địa chỉ",
    "Điện thoại",
    "Cơ quan giải quyết",
    "Nhận lúc",
    "Hẹn trả",
    "Trả lúc",
    "Cách nhận kết quả",
    "Người nhận",
    "Ghi chú",
];

fn write(rows: &[RegisterRow]) -> Result<Vec<u8>, SpreadsheetError> {
    let mut bytes = Cursor::new(Vec::new());
    let mut file = Spreadsheet::new(Format::Xlsx, &mut bytes)?;
    file.sheet("Sổ theo dõi hồ sơ", &HEAD)?;
    for r in rows {
        file.row(&[
            &r.ordinal.to_string(),
            &r.code,
            &r.request,
            &r.sets.to_string(),
            &r.owner,
            r.address.as_deref().unwrap_or_default(),
            r.phone.as_deref().unwrap_or_default(),
            &r.agency,
            &when(Some(r.received_at)),
            &when(r.due_at),
            &when(r.returned_at),
            &r.delivery,
            r.receiver.as_deref().unwrap_or_default(),
            r.note.as_deref().unwrap_or_default(),
        ])?;
    }
    file.finish()?;
    Ok(bytes.into_inner())
}

fn when(at: Option<DateTime>) -> String {
    at.map(|t| format!("{} {}", day_text(t.date()), time_text(t.time()))).unwrap_or_default()
}
