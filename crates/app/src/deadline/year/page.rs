use super::months::{Month, months};
use crate::{
    accounts::SignedIn,
    app::App,
    deadline::{
        DueAnswer,
        api::outside,
        changes::{Prepared, prepare},
        store, table,
    },
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html, once},
    reference::Reference,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::Role,
    deadline::{CalendarRow, DayChange, Exception, TimeLimit},
    time::Instant,
};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "deadline/year/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    year: i16,
    first: i16,
    last: i16,
    version: i64,
    months: Vec<Month>,
    /// Days of this year that were entered, and may be taken off again.
    entered: Vec<CalendarRow>,
    centres: Vec<(String, String)>,
    answer: Option<DueAnswer>,
}

/// What the address carries: the year, a saved mark, and the try-out's question.
type Asked = BTreeMap<String, String>;

pub fn admitted(app: &App, me: &SignedIn) -> Result<(), PageError> {
    if me.who.any(Role::keeps_the_calendar) {
        return Ok(());
    }
    Err(PageError::new(app, &me.reader, AppError::RightMissing("quản lý lịch làm việc")))
}

/// `GET /can-bo/quan-tri/lich`: the year at a glance, the days that were entered, and a due date to try out (CLK-01).
pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    admitted(&app, &me)?;
    let year = asked.get("nam").and_then(|y| y.parse().ok()).unwrap_or_else(|| app.now().day().year());
    let saved = asked.contains_key("da_luu").then(|| me.reader.lang.t("Đã lưu lịch làm việc.").to_owned());
    let mut form = Form::from_pairs(asked).with("once", hidden_key(&app));
    let answer = tried(&mut form, &app.reference());
    page(&app, &me, form, year, answer, saved).await
}

/// `POST …/ngay`: enters or replaces a day, and the day that is worked for it.
pub async fn enter(State(app): State<App>, me: SignedIn, Typed(mut form): Typed) -> Result<Response, PageError> {
    admitted(&app, &me)?;
    let Some(days) = read(&mut form) else { return again(&app, &me, form).await };
    let (key, reason) = (form.key(&app), form.value("so").trim().to_owned());
    change(&app, &me, key, days, reason).await
}

/// `POST …/xoa`: takes an entered day off again.
pub async fn remove(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    admitted(&app, &me)?;
    let day = table::day(form.value("ngay")).map_err(|_| PageError::new(&app, &me.reader, AppError::NotFound))?;
    change(&app, &me, form.key(&app), vec![DayChange::off(day)], String::new()).await
}

/// Prepares the change and leads to the year, when it is in force already, or to what it touches.
pub async fn change(
    app: &App,
    me: &SignedIn,
    key: String,
    days: Vec<DayChange>,
    reason: String,
) -> Result<Response, PageError> {
    let year = days.first().map_or_else(|| app.now().day().year(), |d| d.day.year());
    let once = once(app, format!("officer/{}", me.who.officer), key, &format!("calendar {days:?} {reason}"));
    let prepared = prepare(app, &me.who, once, days, reason).await;
    let to = match prepared.map_err(|e| PageError::new(app, &me.reader, e))? {
        Prepared::InForce => format!("/can-bo/quan-tri/lich?nam={year}&da_luu=1"),
        Prepared::Waits(id) => format!("/can-bo/quan-tri/lich/thay-doi/{id}"),
    };
    Ok(Redirect::to(&to).into_response())
}

async fn again(app: &App, me: &SignedIn, form: Form) -> Result<Response, PageError> {
    let year = table::day(form.value("ngay")).map_or_else(|_| app.now().day().year(), jiff::civil::Date::year);
    let page = page(app, me, form, year, None, None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn page(
    app: &App,
    me: &SignedIn,
    form: Form,
    year: i16,
    answer: Option<DueAnswer>,
    saved: Option<String>,
) -> Result<Response, PageError> {
    let reference = app.reference();
    let (first, last) = (*store::YEARS.start(), *store::YEARS.end());
    let year = year.clamp(first, last);
    let days = app.db.read(|q| Ok::<_, AppError>(store::days(q)?)).await;
    let days = days.map_err(|e| PageError::new(app, &me.reader, e))?;
    let title = me.reader.lang.f1("Lịch làm việc năm {}", year);
    Ok(html(&Page {
        shell: Shell::officer(app, me, Nav::Calendar, &title).with_flash(saved),
        form,
        year,
        first,
        last,
        version: reference.calendar.version(),
        months: months(&reference.calendar, year),
        entered: days.into_iter().filter(|d| d.day.year() == year).collect(),
        centres: reference.centres.iter().map(|c| (c.code.clone(), c.name.clone())).collect(),
        answer,
    }))
}

/// The day as typed and the day worked for it, or what is wrong beside each field.
fn read(form: &mut Form) -> Option<Vec<DayChange>> {
    let name =
        form.required("ten", "Xin ghi tên ngày, ví dụ Nghỉ bù Quốc khánh.", "Name the day, for example Day in lieu.");
    form.required("ngay", "Xin ghi ngày, ví dụ 31/08/2026.", "Give the day, for example 31/08/2026.");
    let day = form.parse("ngay", table::day, |_| {
        ("Ngày không đúng, ví dụ 31/08/2026.".into(), "Not a day such as 31/08/2026.".into())
    });
    let hours = form.parse("gio", table::hours, |_| {
        (
            "Giờ làm việc không đúng, ví dụ 07:30-11:30, 13:30-17:00.".into(),
            "Not working hours such as 07:30-11:30, 13:30-17:00.".into(),
        )
    });
    let works = form.is("loai", "working");
    if !works && !form.is("loai", "off") {
        form.wrong(FieldError::missing("loai", "Xin chọn nghỉ hay làm việc.", "Choose off or worked."));
    }
    let in_turn = form.parse("lam_bu", table::day, |_| {
        ("Ngày làm bù không đúng, ví dụ 22/08/2026.".into(), "Not a day such as 22/08/2026.".into())
    });
    if works && in_turn.is_some() {
        let (vi, en) = ("Ngày làm bù chỉ đi cùng một ngày nghỉ.", "A day worked in turn goes with a day off.");
        form.wrong(FieldError::new("lam_bu", "invalid", vi, en));
    }
    if !form.is_good() {
        return None;
    }
    let day = day?;
    let turn = in_turn.map(|turn| CalendarRow {
        day: turn,
        exception: Exception::working(format!("Làm bù cho ngày nghỉ {}", domain::time::day_text(day))),
    });
    let exception =
        if works { Exception::Working { name, sessions: hours.flatten() } } else { Exception::Off { name } };
    let rows = std::iter::once(CalendarRow { day, exception }).chain(turn);
    Some(rows.map(DayChange::to).collect())
}

/// The try-out: start and limit give a date with its lines. Nothing typed, nothing answered.
fn tried(form: &mut Form, reference: &Reference) -> Option<DueAnswer> {
    form.text("bat_dau")?;
    let start = form.parse("bat_dau", moment, |()| {
        ("Thời điểm không đúng, ví dụ 06/10/2025 09:12.".into(), "Not a time such as 06/10/2025 09:12.".into())
    });
    form.required("thoi_han", "Xin ghi thời hạn, ví dụ 5wd.", "Give the limit, for example 5wd.");
    let limit = form.parse("thoi_han", str::parse::<TimeLimit>, |_| {
        (
            "Thời hạn không đúng: 5wd là 5 ngày làm việc, 8wh giờ làm việc, 10d ngày, 2m tháng, same-day trong ngày."
                .into(),
            "Not a limit: 5wd is 5 working days, 8wh working hours, 10d days, 2m months, same-day.".into(),
        )
    });
    let centre = form.text("trung_tam").and_then(|code| reference.centre_by_code(code)).map(|c| c.id);
    let reckoned = crate::deadline::due(reference, start?, limit?, centre);
    match reckoned {
        Ok(reckoning) => Some(DueAnswer::of(reckoning)),
        Err(_) => {
            form.wrong(FieldError { field: "bat_dau".into(), ..outside() });
            None
        }
    }
}

/// `06/10/2025 09:12`, or what a browser's own field sends: `2025-10-06T09:12`.
fn moment(text: &str) -> Result<Instant, ()> {
    if let Ok(at) = text.parse() {
        return Ok(at);
    }
    let (day, time) = text.split_once([' ', ',']).ok_or(())?;
    let day = table::day(day).map_err(drop)?;
    let time: jiff::civil::Time = time.trim().parse().map_err(drop)?;
    Ok(Instant::from_local(day.to_datetime(time)))
}

impl Page {
    /// The heads of the columns: short, long.
    #[expect(clippy::unused_self, reason = "the template reaches it through the page")]
    fn weekdays(&self) -> [(&'static str, &'static str); 7] {
        [
            ("T2", "Thứ Hai"),
            ("T3", "Thứ Ba"),
            ("T4", "Thứ Tư"),
            ("T5", "Thứ Năm"),
            ("T6", "Thứ Sáu"),
            ("T7", "Thứ Bảy"),
            ("CN", "Chủ nhật"),
        ]
    }

    /// `Quốc khánh (nghỉ)`.
    fn about(&self, row: &CalendarRow) -> String {
        let (name, word) = match &row.exception {
            Exception::Off { name } => (name, "nghỉ"),
            Exception::Working { name, .. } => (name, "làm việc"),
        };
        format!("{name} ({})", self.shell.lang.t(word))
    }
}
