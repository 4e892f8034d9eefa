//! `due`: the due date and the lines of "why this date", with the calendar of the data base.

use super::{Failure, Report, args::DueArgs, args::Global, open};
use crate::reference::Reference;
use domain::{
    deadline::{TimeLimit, due},
    time::{Instant, day_text, time_text},
};
use platform::db::Mode;
use serde_json::json;
use std::fmt::Write;

pub fn run(global: &Global, args: &DueArgs) -> Result<Report, Failure> {
    let start: Instant = args.start.parse().map_err(|e| Failure::Usage(format!("--start: {e}")))?;
    let limit: TimeLimit = args.limit.parse().map_err(|e| Failure::Usage(format!("--limit: {e}")))?;
    let config = open::config(global, None, None)?;
    let db = open::database(&config, Mode::ReadOnly)?;
    let profile = open::profile(&config, &db)?.profile;
    let reference = db.read_blocking(move |q| Reference::load(q, &profile, open::today()))?;
    let calendar = match &args.centre {
        None => &reference.calendar,
        Some(code) => {
            let centre = reference.centre_by_code(code);
            reference.calendar_of(centre.ok_or_else(|| Failure::Usage(format!("no centre {code:?}")))?.id)
        }
    };
    let reckoned = due(start, limit, calendar, &reference.clock).map_err(|e| Failure::Failed(e.to_string()))?;
    let lines = reference.cites.put(reckoned.lines);
    let mut text = match reckoned.due_at {
        Some(at) => format!("{} {}\n", time_text(at.local().time()), day_text(at.day())),
        None => format!("{}\n", TimeLimit::None.text_vi()),
    };
    for line in &lines {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "  {} ({})", line.text_vi(), line.article);
    }
    Ok(Report::good(text, json!({ "due_at": reckoned.due_at, "lines": lines })))
}
