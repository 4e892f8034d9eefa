//! Synonyms from a file, sent to the page or named on the command line.

use crate::{
    app::App,
    error::AppError,
    import::{Fate, Job, Summary},
    lists::{
        change,
        sheet::Report,
        store::{self, SynonymRow},
    },
    people::table::{Column, Table, must},
};
use domain::{accounts::Who, catalogue::search::Synonym, text::fold};
use platform::db::Unit;
use std::collections::HashMap;
use tokio::runtime::Handle;

pub const LIST: &str = "synonyms";
/// A phrase longer than this is a question.
const LONGEST: usize = 80;
const COLUMNS: &[Column] = &[must("phrase", &["tu", "cum tu", "tu dong nghia"]), must("means", &["nghia", "nghia la"])];

/// Small letters, single blanks; a phrase of a reasonable length.
pub fn read(phrase: &str, means: &str) -> Option<Synonym> {
    let clean = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let synonym = Synonym::new(clean(&phrase.to_lowercase()), clean(means));
    let fits = !fold(&synonym.phrase).is_empty() && synonym.phrase.chars().count() <= LONGEST;
    (fits && synonym.meanings().next().is_some()).then_some(synonym)
}

/// What becomes of each row of a file, and the rows to be saved.
pub fn from_file(app: &App, name: &str, bytes: &[u8]) -> Result<(Report, Vec<SynonymRow>), AppError> {
    let table = Table::read(name, bytes, COLUMNS)?;
    let known: HashMap<String, String> =
        app.reference().synonyms.iter().map(|s| (s.phrase.clone(), s.means.clone())).collect();
    let (mut report, mut rows) = (Report::default(), Vec::new());
    for record in &table.records {
        let get = |name: &str| record.get(name).unwrap_or_default();
        let fate = match (record.damage(), read(&get("phrase"), &get("means"))) {
            (Some(why), _) => Fate::Refused { why },
            (None, None) => Fate::Refused { why: "thiếu từ hoặc nghĩa".into() },
            (None, Some(s)) if known.get(&s.phrase) == Some(&s.means) => Fate::Unchanged,
            (None, Some(synonym)) => {
                rows.push(SynonymRow { id: app.id()?, synonym });
                Fate::Taken
            }
        };
        report.note(record.row, &record.key(), fate);
    }
    Ok((report, rows))
}

/// Saves the rows of a file with one line in the trace.
pub async fn save(app: &App, by: Option<&Who>, file: &str, rows: Vec<SynonymRow>) -> Result<(), AppError> {
    if rows.is_empty() {
        return Ok(());
    }
    let detail = format!("{file}: {}", rows.len());
    let work =
        move |unit: &mut Unit| rows.iter().try_for_each(|row| store::put_synonym(unit, row)).map_err(AppError::from);
    change::save_by(app, by, LIST, "list.import", detail, work).await
}

/// `import synonyms`. Blocks; call it off the async threads, with a runtime at hand.
pub fn import(app: &App, job: Job<'_>) -> Result<Summary, AppError> {
    let (report, rows) = from_file(app, job.name, job.bytes)?;
    let total = report.lines.len();
    for line in report.lines {
        (job.on_line)(line, total);
    }
    if !job.dry_run {
        Handle::current().block_on(save(app, None, job.name, rows))?;
    }
    Ok(report.summary)
}
