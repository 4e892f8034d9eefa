//! Work that writes: done here, or on SQLite by the server that holds the data base open.

use super::{Failure, Report, admin, args::DemoArgs, args::Global, control, demo, import, open, serve};
use crate::app::App;
use platform::{clock::LegalClock, db::DatabaseUrl, db::Mode};
use serde::{Deserialize, Serialize};

/// What can be handed to a running server. Paths are absolute: the server stands in another folder.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum Task {
    Import(import::ImportTask),
    Admin(admin::AdminTask),
    Demo(DemoArgs),
}

/// Hears how far long work has come: what, how many, of how many.
pub type Progress<'a> = dyn FnMut(&str, usize, usize) + 'a;

impl Task {
    /// The command's name, for the log.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Import(_) => "import",
            Self::Admin(_) => "admin",
            Self::Demo(_) => "demo",
        }
    }
    /// How it opens the data base when no server runs.
    const fn mode(&self) -> Mode {
        match self {
            Self::Import(_) | Self::Admin(_) => Mode::Tool,
            Self::Demo(_) => Mode::Fill,
        }
    }
    /// Does it. Blocks; a runtime must be at hand for hashing passwords.
    pub fn perform(self, app: &App, progress: &mut Progress<'_>) -> Result<Report, Failure> {
        match self {
            Self::Import(task) => import::perform(app, &task, progress),
            Self::Admin(task) => admin::perform(app, task),
            Self::Demo(args) => demo::perform(app, &args, progress),
        }
    }
}

/// Runs a task from the command line.
pub fn run(global: &Global, task: Task) -> Result<Report, Failure> {
    let config = open::config(global, None, None)?;
    let mut bar = Bar::default();
    if matches!(open::url(&config)?, DatabaseUrl::Sqlite(_))
        && let Some(report) = control::hand_over(&config.data, &task, &mut |what, at, of| bar.show(what, at, of))?
    {
        return Ok(report);
    }
    let runtime = serve::runtime()?;
    let _inside = runtime.enter();
    let app = open::app(config, task.mode(), LegalClock::real())?;
    task.perform(&app, &mut |what, at, of| bar.show(what, at, of))
}

/// A bar on stderr, drawn only for people.
#[derive(Default)]
struct Bar(Option<(String, indicatif::ProgressBar)>);

impl Bar {
    fn show(&mut self, what: &str, at: usize, of: usize) {
        if self.0.as_ref().is_none_or(|(name, _)| name != what) {
            self.0 = Some((what.to_owned(), indicatif::ProgressBar::new(of as u64).with_message(what.to_owned())));
        }
        if let Some((_, bar)) = &self.0 {
            bar.set_position(at as u64);
        }
    }
}
