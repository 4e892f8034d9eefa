//! How long a receipt takes, first and later ones, and what memory it leaves: `cargo run --release -p documents --example pace`.
#![expect(clippy::disallowed_methods, reason = "it measures the machine's clock")]

use documents::{Form, FormKind, Paper, render};
use std::error::Error;
use std::time::Instant;

const ROUNDS: u32 = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let Form::Receipt(mut receipt) = Form::sample(FormKind::Receipt)? else { return Err("not a receipt".into()) };
    let begun = Instant::now();
    render(&Form::Receipt(receipt.clone()), Paper::A4)?;
    println!("first slip {:?}, {} MiB of private memory", begun.elapsed(), private_mib()?);
    let begun = Instant::now();
    for round in 0..ROUNDS {
        receipt.owner.name = format!("Nguyễn Văn {round}");
        receipt.codes.dossier_code = format!("H19.16-261103-{round:04}");
        render(&Form::Receipt(receipt.clone()), Paper::A4)?;
    }
    println!("each later slip {:?}, {} MiB of private memory", begun.elapsed() / ROUNDS, private_mib()?);
    Ok(())
}

/// What the process keeps for itself (`RssAnon`).
fn private_mib() -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).ok_or("no RssAnon")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? / 1024)
}
