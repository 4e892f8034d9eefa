use super::{changes, file::text_of, store, table};
use crate::{
    app::App,
    error::AppError,
    import::{Fate, Job, Line, Summary},
};
use domain::deadline::{CalendarRow, DayChange};

/// Takes a year's official table of holidays and swapped days in: Excel or text with the day, its name and, where it matters, whether
/// it is worked and in which hours. All of it in one unit: a calendar that is half changed would promise wrong dates. Blocks.
pub fn import_holidays(app: &App, job: Job<'_>) -> Result<Summary, AppError> {
    let text = text_of(job.name, job.bytes)?;
    let known = app.db.read_blocking(|q| Ok::<_, AppError>(store::days(q)?))?;
    let mut changed: Vec<CalendarRow> = Vec::new();
    let mut lines = Vec::new();
    for (row, key, read) in table::rows(&text) {
        let fate = match read {
            Err(why) => Fate::Refused { why },
            Ok(read) if known.contains(&read.row) || changed.contains(&read.row) => Fate::Unchanged,
            Ok(read) => {
                changed.push(read.row);
                if read.mended.is_empty() { Fate::Taken } else { Fate::Mended { what: read.mended } }
            }
        };
        lines.push(Line { row, sheet: String::new(), key, fate });
    }
    if !job.dry_run && !changed.is_empty() {
        let (app_, reason) = (app.clone(), job.name.to_owned());
        app.db.unit_blocking(move |unit| {
            let days = changed.iter().cloned().map(DayChange::to).collect();
            changes::applied_at_once(unit, &app_, days, reason.clone())
        })?;
    }
    let mut summary = Summary::default();
    let total = lines.len();
    for line in lines {
        summary.count(&line.fate);
        (job.on_line)(line, total);
    }
    Ok(summary)
}
