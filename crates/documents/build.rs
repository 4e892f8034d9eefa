//! Finds the fonts of the slips among the web packages and generates the table that embeds them.
//! Fonts are third-party works, so they come from the package registry and never from this repository.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, process::ExitCode};

/// Where the package keeps the faces that the slips use; none is both bold and italic.
const FACES: [&str; 3] =
    ["400Regular/Tinos_400Regular.ttf", "400Regular_Italic/Tinos_400Regular_Italic.ttf", "700Bold/Tinos_700Bold.ttf"];

fn main() -> ExitCode {
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("cargo::error={message}");
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), String> {
    let here = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let package = here.join("../../web/node_modules/@expo-google-fonts/tinos");
    let mut table = format!("static FACES: [&[u8]; {}] = [\n", FACES.len());
    for face in FACES {
        let path = found(&package.join(face))?;
        println!("cargo::rerun-if-changed={}", path.display());
        writeln!(table, "    include_bytes!({:?}),", path.display().to_string()).map_err(|e| e.to_string())?;
    }
    table.push_str("];\n");
    println!("cargo::rerun-if-changed=build.rs");
    let out = Path::new(&variable("OUT_DIR")?).join("faces.rs");
    fs::write(&out, table).map_err(|e| format!("cannot write {}: {e}", out.display()))
}

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("cargo did not set {name}"))
}

fn found(path: &Path) -> Result<PathBuf, String> {
    path.canonicalize().map_err(|_| {
        // Watching the absent file makes the next build look again.
        println!("cargo::rerun-if-changed={}", path.display());
        format!("the font {} is absent: run `npm ci` in web/ first (./dev setup does it)", path.display())
    })
}
