use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};
use std::{net::SocketAddr, path::PathBuf};

/// Một Cửa: the information system of a province's one-stop public service centres.
#[derive(Parser)]
#[command(name = "motcua", version)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command understands.
#[derive(Args, Clone)]
pub struct Global {
    /// Configuration file (TOML).
    #[arg(long, global = true, env = "MOTCUA_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder of the data base, files and the secret key [default: ./data].
    #[arg(long, global = true, env = "MOTCUA_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// `sqlite:PATH` or `postgres://…?schema=x` [default: sqlite:DATA/motcua.db].
    #[arg(long, global = true, env = "MOTCUA_DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// Province profile: dong-nai, vinh-long, quang-nam, quang-ninh, thua-thien-hue, or a file.
    #[arg(long, global = true, env = "MOTCUA_PROFILE", value_name = "NAME|FILE")]
    pub profile: Option<String>,
    /// Print a summary as JSON on stdout.
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Subcommand)]
pub enum Command {
    /// Serve pages, the API and the administration port.
    Serve(ServeArgs),
    /// Create or upgrade the data base; safe to run again.
    Migrate,
    /// Take in lists from files.
    Import(ImportArgs),
    /// Write a list to an Excel or CSV file, by the extension.
    Export {
        what: ExportWhat,
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Officers and keys, also when nobody can sign in.
    Admin {
        #[command(subcommand)]
        what: AdminCommand,
    },
    /// Fill the data base with a made-up province's people and dossiers.
    Demo(DemoArgs),
    /// Print the configuration in force, secrets masked.
    Check,
    /// Compare events with state, hashes, slips and files, and all of it with the signed check-points.
    Verify(VerifyArgs),
    /// When is it due, and why.
    Due(DueArgs),
    /// Live through years at random, in memory, and check every invariant of the rules at every step.
    Simulate(SimulateArgs),
}

#[derive(Args)]
pub struct VerifyArgs {
    /// A check-point that an earlier `verify` printed and somebody kept elsewhere.
    #[arg(long, value_name = "NUMBER:SIGNATURE")]
    pub checkpoint: Option<crate::checkpoints::Remembered>,
}

#[derive(Args)]
pub struct ServeArgs {
    /// Address of pages and the API; port 0 takes a free one [default: 127.0.0.1:8080].
    #[arg(long)]
    pub listen: Option<SocketAddr>,
    /// Address of health, metrics and test doors [default: 127.0.0.1:9090].
    #[arg(long)]
    pub admin_listen: Option<SocketAddr>,
    /// Freeze the legal clock; only with `[test] clock = true`.
    #[arg(long, value_name = "TIME")]
    pub test_clock: Option<String>,
}

#[derive(Args)]
pub struct ImportArgs {
    pub what: ImportWhat,
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Say what would happen, change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Procedures: put what differs from what is held into force at once, from today on, instead of asking on a page.
    #[arg(long)]
    pub accept: bool,
    /// Write what became of every row, one JSON line each.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportWhat {
    /// Provinces and communes.
    Areas,
    Agencies,
    /// Offices inside agencies.
    Units,
    Centres,
    Officers,
    Holidays,
    Procedures,
    /// What people say instead of what the law says, for the search.
    Synonyms,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportWhat {
    Procedures,
    /// The book of dossiers taken in.
    Register,
}

#[derive(Subcommand)]
pub enum AdminCommand {
    /// Accounts of officers.
    Officer {
        #[command(subcommand)]
        what: OfficerCommand,
    },
    /// Keys of the API.
    Key {
        #[command(subcommand)]
        what: KeyCommand,
    },
}

#[derive(Subcommand)]
pub enum OfficerCommand {
    /// Add an officer.
    Add(OfficerArgs),
    /// Set a new password, end all sessions and take the second factor away: for when nobody can sign in.
    Password {
        login: String,
        /// Read the password from standard input.
        #[arg(long, required = true)]
        password_stdin: bool,
    },
}

#[derive(Args)]
pub struct OfficerArgs {
    pub login: String,
    /// Full name [default: the login].
    #[arg(long)]
    pub name: Option<String>,
    /// Identifier of the home agency, such as H49.24.
    #[arg(long)]
    pub agency: String,
    /// Code of the unit in that agency.
    #[arg(long, default_value = "main")]
    pub unit: String,
    /// Role; may be given several times.
    #[arg(long = "role", required = true)]
    pub roles: Vec<String>,
    /// Code of the centre where the officer is posted; for roles at a centre the agency's own, else the province's.
    #[arg(long)]
    pub centre: Option<String>,
    /// Read the password from standard input.
    #[arg(long)]
    pub password_stdin: bool,
}

#[derive(Subcommand)]
pub enum KeyCommand {
    /// Make a key that acts as an officer; it is printed once.
    Create {
        #[arg(long)]
        officer: String,
        /// dossier:read dossier:write catalogue:write report:read admin; may be given several times.
        #[arg(long = "scope", required = true)]
        scopes: Vec<String>,
    },
    /// The keys that act as an officer, newest first; never the keys themselves.
    List {
        #[arg(long)]
        officer: String,
    },
    /// Take a key away; the very next request with it is refused.
    Revoke {
        #[arg(long)]
        officer: String,
        /// The number that `list` shows.
        id: i64,
    },
}

#[derive(Args, Clone, Debug, Serialize, Deserialize)]
pub struct DemoArgs {
    /// How many dossiers.
    #[arg(long, default_value_t = 200)]
    pub dossiers: u32,
    /// The same seed makes the same province.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

#[derive(Args)]
pub struct SimulateArgs {
    /// How many dossiers come in; each takes about ten steps.
    #[arg(long, default_value_t = 100_000)]
    pub dossiers: u32,
    /// Over how many years.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=50))]
    pub years: u16,
    /// The same seed lives the same years.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

#[derive(Args)]
pub struct DueArgs {
    /// When it was received, such as 2025-10-06T08:00:00+07:00.
    #[arg(long)]
    pub start: String,
    /// 5wd, 8wh, 10d, 2m, same-day or none.
    #[arg(long)]
    pub limit: String,
    /// Code of the centre whose hours count.
    #[arg(long)]
    pub centre: Option<String>,
}
