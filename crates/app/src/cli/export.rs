//! `export`: lists for a spreadsheet.

use super::{Failure, Report, args::ExportWhat, args::Global, open, store};
use crate::{catalogue::store as catalogue_store, error::AppError, reference::Reference};
use domain::{
    accounts::Scope,
    catalogue::Channel,
    dossier::Status,
    time::{Instant, day_text, time_text},
};
use platform::db::{Db, Mode};
use serde_json::json;
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    sync::Arc,
};

/// Dossiers read in one snapshot.
const CHUNK: i64 = 500;

pub fn run(global: &Global, what: ExportWhat, file: &Path) -> Result<Report, Failure> {
    let extension = file.extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
    if extension != "csv" {
        return Err(Failure::Usage(format!("{}: only .csv is written; Excel opens it", file.display())));
    }
    let config = open::config(global, None, None)?;
    let db = open::database(&config, Mode::ReadOnly)?;
    let profile = open::profile(&config, &db)?.profile;
    let reference = db.read_blocking(move |q| Reference::load(q, &profile, open::today()))?;
    let mut table = Table::create(file)?;
    match what {
        ExportWhat::Procedures => procedures(&db, &reference, &mut table)?,
        ExportWhat::Register => register(&db, &Arc::new(reference), &mut table)?,
    }
    let rows = table.finish()?;
    Ok(Report::good(format!("{rows} rows written to {}", file.display()), json!({ "rows": rows, "file": file })))
}

fn procedures(db: &Db, reference: &Reference, table: &mut Table) -> Result<(), Failure> {
    table.row(&[
        "Mã thủ tục",
        "Tên thủ tục",
        "Lĩnh vực",
        "Thời hạn tại quầy",
        "Cơ quan thực hiện",
        "Quyết định công bố",
    ])?;
    for listed in &reference.procedures {
        let id = listed.version;
        let found = db.read_blocking(|q| catalogue_store::version(q, id).map_err(AppError::from))?;
        let Some((version, _)) = found else { continue };
        let executing: Vec<_> = version.executing.iter().map(|d| d.name.as_str()).collect();
        let limit = version.limit_for(Channel::Counter, "").text_vi();
        table.row(&[
            version.code.as_str(),
            &version.name,
            &version.field.name,
            &limit,
            &executing.join("; "),
            &version.publication.number,
        ])?;
    }
    Ok(())
}

fn register(db: &Db, reference: &Arc<Reference>, table: &mut Table) -> Result<(), Failure> {
    table.row(&[
        "Mã hồ sơ",
        "Tên thủ tục",
        "Người nộp",
        "Nơi tiếp nhận",
        "Cơ quan giải quyết",
        "Ngày tiếp nhận",
        "Ngày hẹn trả",
        "Trạng thái",
        "Ngày trả kết quả",
    ])?;
    let mut after = 0;
    loop {
        let rows = db.read_blocking(|q| store::register(q, &Scope::Province, after, CHUNK).map_err(AppError::from))?;
        let Some(last) = rows.last() else { return Ok(()) };
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

/// A CSV file as Excel reads it: UTF-8 with its mark, every cell quoted.
struct Table {
    out: BufWriter<File>,
    file: String,
    rows: usize,
}

impl Table {
    fn create(path: &Path) -> Result<Self, Failure> {
        let file = path.display().to_string();
        let made = File::create(path).map_err(|e| Failure::Usage(format!("{file}: {e}")))?;
        let mut table = Self { out: BufWriter::new(made), file, rows: 0 };
        table.write("\u{feff}")?;
        Ok(table)
    }
    fn row(&mut self, cells: &[&str]) -> Result<(), Failure> {
        let line: Vec<_> = cells.iter().map(|c| cell(c)).collect();
        self.rows += 1;
        self.write(&(line.join(",") + "\r\n"))
    }
    /// Gives the number of rows below the head.
    fn finish(mut self) -> Result<usize, Failure> {
        self.out.flush().map_err(|e| Failure::Failed(format!("{}: {e}", self.file)))?;
        Ok(self.rows.saturating_sub(1))
    }
    fn write(&mut self, text: &str) -> Result<(), Failure> {
        self.out.write_all(text.as_bytes()).map_err(|e| Failure::Failed(format!("{}: {e}", self.file)))
    }
}

/// Quoted; a text that a spreadsheet would take for a formula gets an apostrophe, so that a name cannot run anything.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_keeps_its_quotes_and_never_becomes_a_formula() {
        assert_eq!(cell("Sở \"Xây dựng\", Hạ Long"), "\"Sở \"\"Xây dựng\"\", Hạ Long\"");
        assert_eq!(cell("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
    }
}
