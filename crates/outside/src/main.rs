//! The outside world for a demo: `outside portal --motcua http://127.0.0.1:8080 --key-file .run/portal.key`.
#![forbid(unsafe_code)]

use clap::{Parser, Subcommand};
use outside::{
    portal::{Portal, Settings},
    registers::Registers,
};
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
    /// The national population and enterprise registers, with made-up people.
    Registers {
        /// Where they are served: `/cong-dan` and `/doanh-nghiep`.
        #[arg(long, default_value = "127.0.0.1:8091")]
        listen: SocketAddr,
        /// The token that Một Cửa must show.
        #[arg(long)]
        token: Option<String>,
    },
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (listen, routes) = match Args::parse().what {
        What::Portal { listen, motcua, key_file, sender, token } => {
            let key = std::fs::read_to_string(&key_file).map_err(|e| format!("{}: {e}", key_file.display()))?;
            let key = key.lines().next().unwrap_or_default().trim().to_owned();
            let portal = Portal::new(Settings { sender, token });
            portal.serves(&motcua, &key);
            (listen, portal.routes())
        }
        What::Registers { listen, token } => (listen, made_up(token).routes()),
    };
    let listener = tokio::net::TcpListener::bind(listen).await?;
    let mut out = std::io::stdout();
    writeln!(out, "{}", serde_json::json!({ "ready": true, "url": format!("http://{}", listener.local_addr()?) }))?;
    out.flush()?;
    let stop = async {
        // Without a way to hear the wish to stop it ends with its terminal.
        tokio::signal::ctrl_c().await.ok();
    };
    axum::serve(listener, routes).with_graceful_shutdown(stop).await?;
    Ok(())
}

/// The people of the demo's identity provider, and an enterprise.
fn made_up(token: Option<String>) -> Registers {
    Registers::new(token)
        .with_person("022190000011", "Nguyễn Thị Lan", "Tổ 3, khu phố 2, phường Trấn Biên, tỉnh Đồng Nai")
        .with_person("022085000029", "Trần Văn Minh", "Ấp 4, xã Phú Hòa, tỉnh Đồng Nai")
        .with_enterprise("5700100256", "Công ty cổ phần Mẫu", "Số 1 đường Mẫu, phường Hồng Gai, tỉnh Quảng Ninh")
}
