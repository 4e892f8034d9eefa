//! `import areas|agencies|units|centres|officers`: every row is taken, mended, refused with the reason, or unchanged.

mod agencies;
mod areas;
mod centres;
mod officers;
mod save;
pub mod table;
mod units;

use crate::{
    accounts::audit,
    app::App,
    error::AppError,
    import::{Fate, Job, Line, Summary},
    lists,
    people::store,
    reference::Reference,
    settings,
};
pub use agencies::is_identifier;
use domain::accounts::Who;
use save::Change;
use std::collections::HashMap;
use table::{Record, Table};
pub use units::code as unit_code;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Provinces and communes.
    Areas,
    Agencies,
    /// Offices inside agencies.
    Units,
    Centres,
    Officers,
}

/// What a row comes to: what to save, if anything, or why not.
type Decision = Result<Option<Change>, String>;

/// A kind of row.
trait Kind {
    /// Columns with their synonyms; the first is the key of a row.
    fn columns(&self) -> &'static [table::Column];
    fn decide(&mut self, record: &mut Record, app: &App) -> Decision;
}

/// Changes that share one unit of work.
const CHUNK: usize = 64;

/// Imports a file for the command line. Blocks; the caller's application hears of the changes at its next refresh.
pub fn import(app: &App, what: What, job: Job<'_>) -> Result<Summary, AppError> {
    import_by(app, None, what, job)
}

#[expect(clippy::needless_pass_by_value, reason = "a job is done once")]
/// The same in somebody's name.
pub fn import_by(app: &App, by: Option<&Who>, what: What, job: Job<'_>) -> Result<Summary, AppError> {
    let mut kind = kind(app, what)?;
    let table = Table::read(job.name, job.bytes, kind.columns())?;
    let total = table.records.len();
    let (mut summary, mut waiting, mut seen) = (Summary::default(), Vec::new(), HashMap::new());
    // A row is told of when it is kept, not before: a report that breaks off says what is in the data base.
    let mut untold = Vec::new();
    for mut record in table.records {
        let (fate, change) = fate(&mut record, kind.as_mut(), &mut seen, app);
        summary.count(&fate);
        waiting.extend(change);
        untold.push(Line { row: record.row, sheet: String::new(), key: record.key(), fate });
        if waiting.len() >= CHUNK && !job.dry_run {
            save::all(app, by, std::mem::take(&mut waiting))?;
        }
        if waiting.is_empty() || job.dry_run {
            untold.drain(..).for_each(|line| (job.on_line)(line, total));
        }
    }
    if !job.dry_run {
        save::all(app, by, waiting)?;
        finish(app, by, what, job.name, summary)?;
    }
    untold.drain(..).for_each(|line| (job.on_line)(line, total));
    Ok(summary)
}

fn kind(app: &App, what: What) -> Result<Box<dyn Kind>, AppError> {
    let (profile, now) = (std::sync::Arc::clone(&app.profile), app.now());
    Ok(app.db.read_blocking(move |q| {
        Ok::<Box<dyn Kind + Send>, AppError>(match what {
            What::Areas => Box::new(areas::Areas::new(store::areas(q)?)),
            What::Agencies => Box::new(agencies::Agencies::new(store::agencies(q)?, store::areas(q)?)),
            What::Units => Box::new(units::Units::new(Reference::load(q, &profile, now)?)),
            What::Centres => Box::new(centres::Centres::new(Reference::load(q, &profile, now)?)),
            What::Officers => {
                Box::new(officers::Officers::new(Reference::load(q, &profile, now)?, store::officer_cards(q)?))
            }
        })
    })?)
}

fn fate(
    record: &mut Record,
    kind: &mut dyn Kind,
    seen: &mut HashMap<String, usize>,
    app: &App,
) -> (Fate, Option<Change>) {
    if let Some(why) = record.damage() {
        return (Fate::Refused { why }, None);
    }
    match kind.decide(record, app) {
        Err(why) => (Fate::Refused { why }, None),
        Ok(change) => {
            if let Some(first) = seen.insert(record.key(), record.row) {
                seen.insert(record.key(), first);
                return (Fate::Refused { why: format!("trùng với dòng {first}") }, None);
            }
            match (change, record.take_mended()) {
                (None, _) => (Fate::Unchanged, None),
                (change, mended) if mended.is_empty() => (Fate::Taken, change),
                (change, what) => (Fate::Mended { what }, change),
            }
        }
    }
}

fn finish(app: &App, by: Option<&Who>, what: What, file: &str, s: Summary) -> Result<(), AppError> {
    let (app2, by) = (app.clone(), by.cloned());
    let detail =
        format!("{file}: taken {} mended {} refused {} unchanged {}", s.taken, s.mended, s.refused, s.unchanged);
    // What is a shared list stands in the history of that list (CAT-07).
    let (act, subject) = match what {
        What::Areas => ("list.import", lists::subject("areas")),
        What::Agencies => ("list.import", lists::subject("agencies")),
        What::Units | What::Centres | What::Officers => ("import", format!("{what:?}").to_lowercase()),
    };
    app.db.unit_blocking(move |unit| {
        audit(unit, &app2, by.as_ref(), act, &subject, &detail)?;
        settings::bump_reference(unit).map_err(AppError::from)
    })
}
