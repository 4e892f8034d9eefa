//! How long a receipt takes, first and later ones: `cargo run --release -p documents --example pace`.
#![expect(clippy::disallowed_methods, reason = "it measures the machine's clock")]

use documents::{Form, FormKind, Paper, render};
use std::error::Error;
use std::time::Instant;

const ROUNDS: u32 = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let Form::Receipt(mut receipt) = Form::sample(FormKind::Receipt)? else { return Err("not a receipt".into()) };
    let begun = Instant::now();
    render(&Form::Receipt(receipt.clone()), Paper::A4)?;
    println!("first slip {:?}", begun.elapsed());
    let begun = Instant::now();
    for round in 0..ROUNDS {
        receipt.owner.name = format!("Nguyễn Văn {round}");
        receipt.codes.dossier_code = format!("H19.16-261103-{round:04}");
        render(&Form::Receipt(receipt.clone()), Paper::A4)?;
    }
    println!("each later slip {:?}", begun.elapsed() / ROUNDS);
    Ok(())
}
