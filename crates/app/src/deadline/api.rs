use crate::{
    app::App,
    error::{AppError, FieldError},
    http::{ApiError, ApiJson, Problem},
    messages::Lang,
};
use axum::{Json, extract::State};
use domain::{
    deadline::{Line, Reckoning, TimeLimit},
    time::Instant,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// From when, how long, and by whose hours.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DueQuestion {
    /// RFC 3339, such as `2025-10-06T09:12:00+07:00`.
    start: String,
    /// `{"kind":"working_days","n":5}`; kinds: `working_hours working_days calendar_days months same_day none`.
    #[schema(value_type = Object)]
    limit: serde_json::Value,
    /// Code of a centre with hours of its own; absent for the province's hours.
    centre: Option<String>,
}

/// The date, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct DueAnswer {
    /// Absent for a procedure without an appointed day.
    #[schema(value_type = Option<String>)]
    pub due_at: Option<Instant>,
    pub lines: Vec<DueLine>,
}

/// One line of "why this date".
#[derive(Debug, Serialize, ToSchema)]
pub struct DueLine {
    /// What it says: `kind`, `at`, `due_at`, `skipped`, `article`, and the facts of that kind.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub line: Line,
    /// The line in words.
    pub text: String,
    pub text_en: String,
}

impl DueLine {
    pub fn of(line: Line) -> Self {
        Self { text: line.text_vi(), text_en: line.text_en(), line }
    }
    /// The line in the reader's language.
    pub fn words(&self, lang: &Lang) -> &str {
        lang.pick((&self.text, &self.text_en))
    }
}

impl DueAnswer {
    pub fn of(reckoning: Reckoning) -> Self {
        Self { due_at: reckoning.due_at, lines: reckoning.lines.into_iter().map(DueLine::of).collect() }
    }
}

/// When a limit ends, with the reasons: nothing is kept, so the same question may be asked as often as one likes. Open to
/// everybody, as the calendar is.
#[utoipa::path(
    post, path = "/api/v1/calendar/due", tag = "deadline", request_body = DueQuestion,
    responses((status = 200, body = DueAnswer), (status = 422, body = Problem, content_type = "application/problem+json"))
)]
pub async fn compute_due(
    State(app): State<App>,
    ApiJson { value: asked, .. }: ApiJson<DueQuestion>,
) -> Result<Json<DueAnswer>, ApiError> {
    let reference = app.reference();
    let mut wrong = Vec::new();
    let start = asked.start.parse::<Instant>().map_err(|_| wrong.push(bad_start())).ok();
    let limit = limit(asked.limit).map_err(|e| wrong.push(e)).ok();
    let centre = match asked.centre.as_deref().filter(|c| !c.is_empty()) {
        Some(code) => match reference.centre_by_code(code) {
            Some(centre) => Some(centre.id),
            None => {
                wrong.push(bad_centre(code));
                None
            }
        },
        None => None,
    };
    let (Some(start), Some(limit), true) = (start, limit, wrong.is_empty()) else {
        return Err(ApiError(AppError::Fields(wrong)));
    };
    let reckoning = super::due(&reference, start, limit, centre).map_err(|_| AppError::Fields(vec![outside()]))?;
    Ok(Json(DueAnswer::of(reckoning)))
}

/// As JSON, or as the command line writes it: `5wd`.
fn limit(value: serde_json::Value) -> Result<TimeLimit, FieldError> {
    let read = match &value {
        serde_json::Value::String(text) => text.parse().ok(),
        _ => serde_json::from_value(value).ok(),
    };
    let zero = |l: &TimeLimit| {
        use TimeLimit::{CalendarDays, Months, WorkingDays, WorkingHours};
        matches!(l, WorkingHours(0) | WorkingDays(0) | CalendarDays(0) | Months(0))
    };
    read.filter(|l| !zero(l)).ok_or_else(|| {
        FieldError::new(
            "limit",
            "limit.invalid",
            "Thời hạn không đúng, ví dụ {\"kind\":\"working_days\",\"n\":5}.",
            "Not a time limit such as {\"kind\":\"working_days\",\"n\":5}.",
        )
    })
}

fn bad_start() -> FieldError {
    FieldError::new(
        "start",
        "time.invalid",
        "Thời điểm không đúng, ví dụ 2025-10-06T09:12:00+07:00.",
        "Not a time such as 2025-10-06T09:12:00+07:00.",
    )
}

fn bad_centre(code: &str) -> FieldError {
    FieldError::new(
        "centre",
        "centre.unknown",
        format!("Không có trung tâm nào có mã \"{code}\"."),
        format!("No centre has the code \"{code}\"."),
    )
}

/// The calendar spans certain years and does not guess beyond them.
pub fn outside() -> FieldError {
    let (first, last) = (super::store::YEARS.start(), super::store::YEARS.end());
    FieldError::new(
        "start",
        "calendar.outside",
        format!("Lịch làm việc chỉ tính được từ năm {first} đến năm {last}."),
        format!("The calendar covers the years {first} to {last} only."),
    )
}
