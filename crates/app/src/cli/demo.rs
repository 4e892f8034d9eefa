//! `demo`: the made-up province, with the procedures that the product carries.

use super::{Failure, Report, args::DemoArgs, task::Progress};
use crate::{app::App, catalogue, demo, import::Job};
use serde_json::json;
use tokio::runtime::Handle;

pub fn perform(app: &App, args: &DemoArgs, progress: &mut Progress<'_>) -> Result<Report, Failure> {
    if app.reference().procedures.is_empty() {
        let mut on_line = |line: crate::import::Line, total: usize| progress("procedures", line.row, total);
        let name = "procedures.jsonl.gz";
        let job = Job { name, bytes: catalogue::embedded(), dry_run: false, on_line: &mut on_line };
        catalogue::import_procedures(app, job)?;
        Handle::current().block_on(app.refresh())?;
    }
    let made = demo::fill(app, args.dossiers, args.seed, progress)?;
    Handle::current().block_on(app.refresh())?;
    let rate = (made.commands as u64 * 1_000).checked_div(made.milliseconds).unwrap_or_default();
    let text = format!(
        "{} officers, {} dossiers by {} commands in {} ms ({rate} a second)\nthe password of every officer: {}",
        made.officers, made.dossiers, made.commands, made.milliseconds, made.password
    );
    Ok(Report::good(text, json!(made)))
}
