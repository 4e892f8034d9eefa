//! `export`: lists for a spreadsheet, Excel or CSV by the extension.

use super::{Failure, Report, args::ExportWhat, args::Global, open, store};
use crate::{catalogue::excel, error::AppError, reference::Reference};
use documents::spreadsheet::{Format, Spreadsheet, SpreadsheetError};
use domain::{
    accounts::Scope,
    dossier::Status,
    time::{Instant, day_text, time_text},
};
use platform::db::{Db, Mode};
use serde_json::json;
use std::{fs::File, path::Path, sync::Arc};

/// Dossiers read in one snapshot.
const CHUNK: i64 = 500;

pub fn run(global: &Global, what: ExportWhat, file: &Path) -> Result<Report, Failure> {
    let extension = file.extension().and_then(|e| e.to_str()).unwrap_or_default();
    let format = Format::from_extension(extension)
        .ok_or_else(|| Failure::Usage(format!("{}: .xlsx and .csv are written", file.display())))?;
    let config = open::config(global, None, None)?;
    let db = open::database(&config, Mode::ReadOnly)?;
    let profile = open::profile(&config, &db)?.profile;
    let reference = db.read_blocking(move |q| Reference::load(q, &profile, open::today()))?;
    let to = File::create(file).map_err(|e| Failure::Usage(format!("{}: {e}", file.display())))?;
    let rows = match what {
        ExportWhat::Procedures => procedures(&db, &reference, format, to)?,
        ExportWhat::Register => register(&db, &Arc::new(reference), format, to)?,
    };
    Ok(Report::good(format!("{rows} rows written to {}", file.display()), json!({ "rows": rows, "file": file })))
}

impl From<SpreadsheetError> for Failure {
    fn from(e: SpreadsheetError) -> Self {
        Self::Failed(e.to_string())
    }
}

/// The procedures in force, in the template that `import procedures` reads.
fn procedures(db: &Db, reference: &Reference, format: Format, to: File) -> Result<usize, Failure> {
    let ids: Vec<_> = reference.procedures.iter().map(|p| p.version).collect();
    let versions = db.read_blocking(|q| excel::read(q, &ids).map_err(AppError::from))?;
    Ok(excel::write(format, to, &versions)?)
}

fn register(db: &Db, reference: &Arc<Reference>, format: Format, to: File) -> Result<usize, Failure> {
    let mut table = Spreadsheet::new(format, to)?;
    let head = [
        "Mã hồ sơ",
        "Tên thủ tục",
        "Người nộp",
        "Nơi tiếp nhận",
        "Cơ quan giải quyết",
        "Ngày tiếp nhận",
        "Ngày hẹn trả",
        "Trạng thái",
        "Ngày trả kết quả",
    ];
    table.sheet("Sổ theo dõi hồ sơ", &head)?;
    let mut after = 0;
    loop {
        let rows = db.read_blocking(|q| store::register(q, &Scope::Province, after, CHUNK).map_err(AppError::from))?;
        let Some(last) = rows.last() else { return Ok(table.finish()?) };
        after = last.id;
        for r in &rows {
            let d = &r.state;
            let returned = if let Status::Returned { at, .. } = d.status { Some(at) } else { None };
            table.row(&[
                d.code.as_ref().map_or("", |c| c.as_str()),
                &r.procedure,
                &r.applicant,
                reference.centre(d.intake.centre).map_or("", |c| c.name.as_str()),
                reference.agency_name(d.intake.agency),
                &when(d.accepted_at),
                &when(d.due_at),
                d.status.words().0,
                &when(returned),
            ])?;
        }
    }
}

fn when(at: Option<Instant>) -> String {
    at.map(|t| format!("{} {}", day_text(t.day()), time_text(t.local().time()))).unwrap_or_default()
}
