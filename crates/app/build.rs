//! Says clearly when the web assets have not been built; they are embedded in the binary and never committed.

fn main() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/dist/manifest.json");
    println!("cargo::rerun-if-changed={manifest}");
    if !std::path::Path::new(manifest).exists() {
        println!("cargo::error=web/dist is missing: run `npm ci` in the folder web/ first (`./dev setup` does it)");
    }
}
