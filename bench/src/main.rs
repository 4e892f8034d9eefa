//! A measure, never a test: the product beside a bare limit server that runs the same statements on a copy of the same
//! data, in one run, turn by turn. `./dev bench` builds both and starts this.
//!
//! The limit has no sign-in, no rules, no history hashes and no templates; what it reaches is what axum, SQLite and the disc allow.
#![forbid(unsafe_code)]

mod client;
mod fixture;
mod limit;
mod load;
mod long;
mod postgres;
mod process;
mod rounds;
mod search;
mod steady;
mod table;
mod wizard;

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// What goes wrong here ends the run with a sentence.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

#[derive(Parser)]
#[command(name = "bench")]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Measure the product against the limit and print the table.
    Run(rounds::Plan),
    /// Measure taking in on PostgreSQL against pgbench with the same statements.
    Postgres(postgres::Plan),
    /// Measure an import, a calendar change and all deadlines at once.
    Long(long::Plan),
    /// Measure the search and the page of a procedure over thousands of them.
    Search(long::Plan),
    /// Measure the steps of the wizard in which citizens hand in.
    Wizard(wizard::Plan),
    /// Serve the limit over a copy of the data base; `run` starts it.
    Limit {
        /// The copy.
        #[arg(long)]
        database: PathBuf,
        /// The bytes of the tracking page as the product sends them.
        #[arg(long)]
        page: PathBuf,
        /// The bytes of the inbox as the product sends them.
        #[arg(long)]
        inbox: PathBuf,
    },
}

/// The product's allocator too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Fault> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match Arguments::parse().what {
        What::Run(plan) => runtime.block_on(rounds::run(&plan)),
        What::Postgres(plan) => runtime.block_on(postgres::run(&plan)),
        What::Long(plan) => runtime.block_on(long::run(&plan)),
        What::Search(plan) => runtime.block_on(search::run(&plan)),
        What::Wizard(plan) => runtime.block_on(wizard::run(&plan)),
        What::Limit { database, page, inbox } => runtime.block_on(limit::serve(&database, &page, &inbox)),
    }
}
