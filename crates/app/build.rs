//! Lists the migrations, and says clearly when the web assets have not been built; they are embedded in the binary and
//! never committed.

use std::{env, fmt::Write, fs, path::PathBuf};

fn main() {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default());
    let manifest = here.join("../../web/dist/manifest.json");
    println!("cargo::rerun-if-changed={}", manifest.display());
    if !manifest.exists() {
        println!("cargo::error=web/dist is missing: run `npm ci` in the folder web/ first (`./dev setup` does it)");
    }
    if let Err(why) = list_migrations(&here.join("migrations")) {
        println!("cargo::error=migrations: {why}");
    }
}

/// Writes the table of `migrations/*.sql` in order, so that adding a file is all that adding a migration takes.
fn list_migrations(folder: &PathBuf) -> Result<(), String> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|e| e.to_string())?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "sql"))
        .collect();
    files.sort();
    let mut table = String::from("&[\n    platform::db::PLATFORM_MIGRATION,\n");
    for file in files {
        let name = file.file_stem().and_then(|n| n.to_str()).ok_or("a file name is not text")?;
        let path = file.display().to_string();
        writeln!(table, "    platform::db::Migration {{ name: {name:?}, sql: include_str!({path:?}) }},")
            .map_err(|e| e.to_string())?;
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|e| e.to_string())?);
    fs::write(out.join("migrations.rs"), table).map_err(|e| e.to_string())
}
