//! The command line (`motcua …`): what each command says, how it ends, and which of them the running server does for us.

mod admin;
mod args;
mod check;
mod control;
mod demo;
mod due;
mod ending;
mod export;
mod import;
mod migrate;
mod open;
mod profiles;
mod serve;
mod simulate;
mod store;
mod task;
mod verify;

pub use ending::{Failure, Report};
pub use migrate::{MIGRATIONS, prepare};
pub use profiles::{Chosen, embedded};

use args::{Cli, Command, Global};
use clap::Parser;
use std::process::ExitCode;
use task::Task;

/// Runs the program: parses, does, prints, and says by the exit code how it went (0 good, 1 failed or something wrong was
/// found, 2 usage or configuration).
pub fn main() -> ExitCode {
    // Huge pages are filled with zeros and kept whole for a few small pieces in each: half of all memory, and slower (measured).
    if let Err(error) = rustix::thread::disable_transparent_huge_pages(true) {
        tracing::debug!(%error, "the system keeps its huge pages");
    }
    let cli = Cli::parse();
    let wants_json = cli.global.json;
    match run(cli.global, cli.command) {
        Ok(report) => report.print(wants_json),
        Err(failure) => failure.print(),
    }
}

fn run(global: Global, command: Command) -> Result<Report, Failure> {
    match command {
        Command::Serve(args) => serve::run(&global, &args),
        Command::Migrate => migrate::run(&global),
        Command::Check => check::run(&global),
        Command::Verify(args) => verify::run(&global, args),
        Command::Due(args) => due::run(&global, &args),
        Command::Simulate(args) => simulate::run(&global, &args),
        Command::Export { what, file } => export::run(&global, what, &file),
        Command::Import(args) => task::run(&global, Task::Import(args.resolved()?)),
        Command::Admin { what } => task::run(&global, Task::Admin(admin::resolved(what)?)),
        Command::Demo(args) => task::run(&global, Task::Demo(args)),
    }
}
