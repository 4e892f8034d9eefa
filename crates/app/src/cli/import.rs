//! `import`: lists from files, with what became of every row.

use super::{
    Failure, Report,
    args::{ImportArgs, ImportWhat},
    task::Progress,
};
use crate::{
    app::App,
    catalogue, deadline,
    error::AppError,
    import::{Fate, Job, Line, Summary},
    lists, people,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};
use tokio::runtime::Handle;

/// Refusals that the summary quotes; the report has them all.
const MOST_QUOTED: usize = 20;

#[derive(Clone, Serialize, Deserialize)]
pub struct ImportTask {
    what: ImportWhat,
    files: Vec<PathBuf>,
    dry_run: bool,
    #[serde(default)]
    accept: bool,
    report: Option<PathBuf>,
}

impl ImportArgs {
    /// With absolute paths, since the server that may do the work stands in another folder.
    pub fn resolved(self) -> Result<ImportTask, Failure> {
        let absolute =
            |path: &PathBuf| path.canonicalize().map_err(|e| Failure::Usage(format!("{}: {e}", path.display())));
        let files = self.files.iter().map(absolute).collect::<Result<_, _>>()?;
        let report = self.report.map(std::path::absolute).transpose();
        let report = report.map_err(|e| Failure::Usage(format!("--report: {e}")))?;
        Ok(ImportTask { what: self.what, files, dry_run: self.dry_run, accept: self.accept, report })
    }
}

/// What a whole import came to.
#[derive(Default)]
struct Sum {
    rows: Summary,
    quoted: Vec<String>,
}

pub fn perform(app: &App, task: &ImportTask, progress: &mut Progress<'_>) -> Result<Report, Failure> {
    let mut sum = Sum::default();
    let mut report = task.report.as_deref().map(create).transpose()?;
    for file in &task.files {
        one(app, task, file, report.as_mut(), progress, &mut sum)?;
        Handle::current().block_on(app.refresh())?;
    }
    if let Some(mut report) = report {
        report.flush().map_err(|e| Failure::Failed(format!("--report: {e}")))?;
    }
    Ok(sum.report(task.dry_run))
}

fn create(path: &Path) -> Result<BufWriter<File>, Failure> {
    let made = File::create(path).map_err(|e| Failure::Usage(format!("{}: {e}", path.display())))?;
    Ok(BufWriter::new(made))
}

fn one(
    app: &App,
    task: &ImportTask,
    file: &Path,
    mut report: Option<&mut BufWriter<File>>,
    progress: &mut Progress<'_>,
    sum: &mut Sum,
) -> Result<(), Failure> {
    let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
    let bytes = std::fs::read(file).map_err(|e| Failure::Usage(format!("{}: {e}", file.display())))?;
    let (mut unwritten, mut done) = (None, 0);
    let mut on_line = |line: Line, total: usize| {
        done += 1;
        progress(&name, done, total);
        sum.hear(&name, &line);
        if let Some(report) = report.as_deref_mut()
            && let Err(e) = writeln!(report, "{}", told(&name, &line))
        {
            unwritten = Some(e);
        }
    };
    let job = Job { name: &name, bytes: &bytes, dry_run: task.dry_run, on_line: &mut on_line };
    take(app, task.what, task.accept, job)?;
    unwritten.map_or(Ok(()), |e| Err(Failure::Failed(format!("--report: {e}"))))
}

/// A line of the report: `{"file","row","key","fate","what"|"why"}`.
fn told(file: &str, line: &Line) -> serde_json::Value {
    let mut value = json!(line);
    value["file"] = json!(file);
    value
}

fn take(app: &App, what: ImportWhat, accept: bool, job: Job<'_>) -> Result<Summary, AppError> {
    match what {
        ImportWhat::Areas => people::import(app, people::What::Areas, job),
        ImportWhat::Agencies => people::import(app, people::What::Agencies, job),
        ImportWhat::Units => people::import(app, people::What::Units, job),
        ImportWhat::Centres => people::import(app, people::What::Centres, job),
        ImportWhat::Officers => people::import(app, people::What::Officers, job),
        ImportWhat::Holidays => deadline::import_holidays(app, job),
        ImportWhat::Procedures => catalogue::import_with(app, job, accept),
        ImportWhat::Synonyms => lists::import_synonyms(app, job),
    }
}

impl Sum {
    fn hear(&mut self, file: &str, line: &Line) {
        self.rows.count(&line.fate);
        if let Fate::Refused { why } = &line.fate
            && self.quoted.len() < MOST_QUOTED
        {
            self.quoted.push(format!("{file}:{} {}: {why}", line.row, line.key));
        }
    }

    /// A row refused is said, not a failure: real lists are never quite clean. Nothing but refusals is one.
    fn report(self, dry_run: bool) -> Report {
        let r = self.rows;
        let mut text = format!(
            "{}taken {}, mended {}, refused {}, unchanged {}, changed {}",
            if dry_run { "dry run: " } else { "" },
            r.taken,
            r.mended,
            r.refused,
            r.unchanged,
            r.changed
        );
        for line in &self.quoted {
            text.push_str("\n  ");
            text.push_str(line);
        }
        let is_good = r.refused == 0 || r.taken + r.mended + r.unchanged + r.changed > 0;
        let json = json!({
            "taken": r.taken, "mended": r.mended, "refused": r.refused, "unchanged": r.unchanged,
            "changed": r.changed,
            "dry_run": dry_run, "refusals": self.quoted,
        });
        Report { text, json, is_good }
    }
}
