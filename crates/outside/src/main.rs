//! The outside world for a demo: `outside portal --motcua http://127.0.0.1:8080 --key-file .run/portal.key`.
#![forbid(unsafe_code)]

use clap::{Parser, Subcommand};
use outside::portal::{Portal, Settings};
use std::{io::Write, net::SocketAddr, path::PathBuf};

#[derive(Parser)]
#[command(about = "Stand-ins for the outside world, for trying Một Cửa out")]
struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The national public service portal: citizens hand in there; it takes dossiers and their progress.
    Portal {
        /// Where its pages are served.
        #[arg(long, default_value = "127.0.0.1:8090")]
        listen: SocketAddr,
        /// Address of Một Cửa.
        #[arg(long)]
        motcua: String,
        /// A file whose first line is a key with the scope `portal:submit`.
        #[arg(long)]
        key_file: PathBuf,
        /// The identifier under which Một Cửa must send.
        #[arg(long, default_value = "H49")]
        sender: String,
        /// The token that Một Cửa must show.
        #[arg(long)]
        token: Option<String>,
    },
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let What::Portal { listen, motcua, key_file, sender, token } = Args::parse().what;
    let key = std::fs::read_to_string(&key_file).map_err(|e| format!("{}: {e}", key_file.display()))?;
    let key = key.lines().next().unwrap_or_default().trim().to_owned();
    let portal = Portal::new(Settings { sender, token });
    portal.serves(&motcua, &key);
    let listener = tokio::net::TcpListener::bind(listen).await?;
    let mut out = std::io::stdout();
    writeln!(out, "{}", serde_json::json!({ "ready": true, "url": format!("http://{}", listener.local_addr()?) }))?;
    out.flush()?;
    let stop = async {
        // Without a way to hear the wish to stop it ends with its terminal.
        tokio::signal::ctrl_c().await.ok();
    };
    axum::serve(listener, portal.routes()).with_graceful_shutdown(stop).await?;
    Ok(())
}
