use clap::{Args, Parser, Subcommand};
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
    /// Print the configuration in force, secrets masked.
    Check,
    /// When is it due, and why.
    Due(DueArgs),
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
