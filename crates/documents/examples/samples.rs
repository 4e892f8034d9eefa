//! Prints every sample on A4 and A5 into a folder: `cargo run -p documents --example samples -- FOLDER`.

use documents::{Form, FormKind, Paper, render};
use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("say into which folder")?);
    fs::create_dir_all(&folder)?;
    for kind in FormKind::ALL {
        for paper in [Paper::A4, Paper::A5] {
            let file = folder.join(format!("{kind:?}-{paper:?}.pdf"));
            fs::write(&file, render(&Form::sample(kind)?, paper)?)?;
            println!("{}", file.display());
        }
    }
    Ok(())
}
