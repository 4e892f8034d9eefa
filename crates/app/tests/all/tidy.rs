//! The rules of the house (ARCHITECTURE.md), checked on the sources.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Files below a folder with this extension: path from the root, text.
pub fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no .{extension} in {folder}");
    found
}

/// The lines of code, without comments and without what follows `#[cfg(test)]`.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let shown = text.split("#[cfg(test)]\nmod").next().unwrap_or_default();
    let lines = shown.lines().enumerate().map(|(i, line)| (i + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn refuse(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// Lines of code in these files that hold one of these words.
fn lines_with(files: &[(String, String)], words: &[&str]) -> Vec<String> {
    let holds = |line: &str| words.iter().any(|w| line.contains(w));
    let of_file = |(name, text): &(String, String)| {
        code(text).filter(|(_, l)| holds(l)).map(|(n, l)| format!("{name}:{n}: {}", l.trim())).collect::<Vec<_>>()
    };
    files.iter().flat_map(of_file).collect()
}

#[test]
fn domain_and_platform_know_no_crate_of_ours() {
    let domain = files("crates/domain/src", "rs");
    refuse(&lines_with(&domain, &["platform::", "documents::", "motcua::", "tokio::", "axum::", "rusqlite"]));
    refuse(&lines_with(&files("crates/platform/src", "rs"), &["domain::", "documents::", "motcua::"]));
    refuse(&lines_with(&files("crates/documents/src", "rs"), &["domain::", "platform::", "motcua::"]));
}

#[test]
fn sql_stands_in_stores_only() {
    let mut pages = files("crates/app/src", "rs");
    pages.retain(|(name, _)| !name.ends_with("store.rs") && !name.contains("/store/"));
    refuse(&lines_with(&pages, &["sql!(", "Select::new(", "Select::with("]));
}

#[test]
fn only_platform_db_names_the_engines() {
    let mut all = files("crates/app/src", "rs");
    all.extend(files("crates/domain/src", "rs"));
    all.extend(files("crates/platform/src", "rs"));
    all.retain(|(name, _)| !name.starts_with("crates/platform/src/db/"));
    refuse(&lines_with(&all, &["rusqlite", "postgres::"]));
}

/// A slice reaches another through what its `mod.rs` offers: a public module there may be named, a private one may not.
/// The compiler sees to that; here it is seen that screens stay private.
#[test]
fn the_screens_of_a_slice_are_its_own() {
    let mods = files("crates/app/src", "rs").into_iter().filter(|(name, _)| name.ends_with("/mod.rs"));
    let mut faults = Vec::new();
    for (name, text) in mods {
        let folder = root().join(&name).parent().unwrap().to_owned();
        for (line, code) in code(&text) {
            let module = code.strip_prefix("pub mod ").and_then(|m| m.strip_suffix(';'));
            if module.is_some_and(|m| folder.join(m).join("page.html").exists()) {
                faults.push(format!("{name}:{line}: a screen is public: {code}"));
            }
        }
    }
    refuse(&faults);
}

#[test]
fn every_page_has_its_handler_beside_it() {
    let mut faults = Vec::new();
    for (name, _) in files("crates/app/src", "html") {
        if name.ends_with("/page.html") && !root().join(&name).with_extension("rs").exists() {
            faults.push(format!("{name}: no page.rs beside it"));
        }
    }
    refuse(&faults);
}

/// The strict CSP forbids all of these; a browser would drop them silently.
#[test]
fn templates_hold_no_script_no_style_and_no_expressions() {
    let mut faults = Vec::new();
    for (name, text) in files("crates/app/src", "html") {
        for (n, line) in text.lines().enumerate() {
            let small = line.to_lowercase();
            let inline_script = small.contains("<script") && !small.contains("src=");
            let words = [
                "hx-on",
                "hx-trigger",
                "javascript:",
                "js:",
                " style=",
                "<style",
                " onclick=",
                " onchange=",
                " onsubmit=",
            ];
            if inline_script || words.iter().any(|w| small.contains(w)) {
                faults.push(format!("{name}:{}: {}", n + 1, line.trim()));
            }
        }
    }
    refuse(&faults);
}

#[test]
fn every_crate_forbids_unsafe_code() {
    let mut faults = Vec::new();
    for entry in
        fs::read_dir(root().join("crates")).unwrap().chain(fs::read_dir(root().join("bench")).into_iter().flatten())
    {
        for file in ["src/lib.rs", "src/main.rs"] {
            let path = entry.as_ref().unwrap().path().join(file);
            if fs::read_to_string(&path).is_ok_and(|text| !text.contains("#![forbid(unsafe_code)]")) {
                faults.push(path.display().to_string());
            }
        }
    }
    refuse(&faults);
}

#[test]
fn migrations_are_numbered_once_and_named_by_capability() {
    let mut numbers = BTreeMap::new();
    for (name, _) in files("crates/app/migrations", "sql") {
        let stem = Path::new(&name).file_stem().unwrap().to_str().unwrap().to_owned();
        let (number, rest) = stem.split_once('_').unwrap_or((&stem, ""));
        assert!(number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()) && !rest.is_empty(), "{name}");
        let before = numbers.insert(number.to_owned(), name.clone());
        assert!(before.is_none(), "{name} and {before:?}");
    }
    assert!(!numbers.contains_key("0001"), "0001 is the platform's");
}

/// Small files: none over 400 lines of Rust; tests may be longer than that never either.
#[test]
fn no_file_is_long() {
    let mut all = files("crates", "rs");
    all.retain(|(name, text)| !name.contains("/target") && text.lines().count() > 420);
    let long: Vec<_> = all.into_iter().map(|(name, text)| format!("{name}: {} lines", text.lines().count())).collect();
    refuse(&long);
}

// ---- languages --------------------------------------------------------------------------------------------------------

/// The texts inside `lang.t("…")`, `f1("…`, `f2("…`.
fn texts_in(source: &str, into: &mut BTreeSet<String>) {
    for call in [".t(", ".f1(", ".f2("] {
        for part in source.split(call).skip(1) {
            if let Some(text) = literal(part.trim_start()) {
                into.insert(text);
            }
        }
    }
}

/// The string literal at the start, its escapes undone.
fn literal(source: &str) -> Option<String> {
    let mut letters = source.strip_prefix('"')?.chars();
    let mut out = String::new();
    while let Some(c) = letters.next() {
        match c {
            '"' => return Some(out),
            '\\' => match letters.next()? {
                'n' => out.push('\n'),
                // A line that goes on: the blanks at its start do not count.
                '\n' => {
                    let rest = letters.as_str().trim_start();
                    letters = rest.chars();
                }
                other => out.push(other),
            },
            other => out.push(other),
        }
    }
    None
}

fn english() -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for (name, text) in files("crates/app/messages/en", "toml") {
        let table: BTreeMap<String, String> = toml::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        for (vi, en) in table {
            assert!(!en.trim().is_empty(), "{name}: {vi:?} has an empty English");
            let before = all.insert(vi.clone(), en.clone());
            assert!(before.is_none_or(|b| b == en), "{name}: {vi:?} has two different English texts");
        }
    }
    all
}

#[test]
fn every_vietnamese_text_has_its_english() {
    let mut texts = BTreeSet::new();
    for (_, source) in files("crates/app/src", "rs").into_iter().chain(files("crates/app/src", "html")) {
        texts_in(&source, &mut texts);
    }
    let english = english();
    let missing: Vec<_> =
        texts.iter().filter(|t| !english.contains_key(*t)).map(|t| format!("no English: {t}")).collect();
    refuse(&missing);
}

/// The other way: an English whose Vietnamese stands nowhere in the sources.
#[test]
fn every_english_text_is_used() {
    let sources: String = files("crates/app/src", "rs")
        .into_iter()
        .chain(files("crates/app/src", "html"))
        .map(|(_, text)| text)
        .collect();
    let sources = sources.replace("\\\"", "\"");
    let unused: Vec<_> =
        english().into_keys().filter(|vi| !sources.contains(vi.as_str())).map(|vi| format!("not used: {vi}")).collect();
    refuse(&unused);
}

/// A newcomer opens what ARCHITECTURE.md names: it is there. `{a,b}` stands for two files.
#[test]
fn the_map_names_files_that_are_there() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let folders = ["crates/", "web/", "docs/", "tools/", "tests/", "profiles/", "bench/"];
    let named: Vec<&str> =
        map.split('`').skip(1).step_by(2).filter(|n| folders.iter().any(|f| n.starts_with(f))).collect();
    assert!(named.len() > 20, "the map names files in another way now: {named:?}");
    let mut faults = Vec::new();
    for name in named {
        let Some((before, (choices, after))) = name.split_once('{').and_then(|(b, r)| Some((b, r.split_once('}')?)))
        else {
            faults.extend((!root().join(name).exists()).then(|| name.to_owned()));
            continue;
        };
        let each = choices.split(',').map(|choice| format!("{before}{choice}{after}"));
        faults.extend(each.filter(|path| !root().join(path).exists()));
    }
    refuse(&faults);
}

// ---- dependencies -----------------------------------------------------------------------------------------------------

fn metadata() -> serde_json::Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let out = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap()
}

/// Licences that Apache-2.0 software may link with; each alternative of an expression counts.
const LICENCES: [&str; 17] = [
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "CC0-1.0",
    "0BSD",
    "MIT-0",
    "BSL-1.0",
    "MPL-2.0",
    "Unlicense",
    "Apache-2.0 WITH LLVM-exception",
    "NCSA",
    "CDLA-Permissive-2.0",
];

#[test]
fn every_dependency_has_a_licence_that_fits() {
    let metadata = metadata();
    let mut faults = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let licence = package["license"].as_str().unwrap_or_default();
        let fits = licence.replace('/', " OR ").split(" AND ").all(|part| {
            let part = part.trim_matches(|c| c == '(' || c == ')' || c == ' ');
            part.split(" OR ").any(|l| LICENCES.contains(&l.trim_matches(|c| c == '(' || c == ')' || c == ' ')))
        });
        if !fits {
            faults.push(format!("{} {}: {licence:?}", package["name"], package["version"]));
        }
    }
    refuse(&faults);
}

/// What the pages are made of and what the tests drive comes from another registry; fonts have licences of their own.
#[test]
fn every_npm_package_has_a_licence_that_fits() {
    const BESIDES: [&str; 4] = ["OFL-1.1", "MPL-2.0", "BSD-0-Clause", "MIT AND OFL-1.1"];
    let mut faults = Vec::new();
    for lock in ["web/package-lock.json", "tests/identity/package-lock.json"] {
        let text = fs::read_to_string(root().join(lock)).unwrap();
        let lock: serde_json::Value = serde_json::from_str(&text).unwrap();
        let packages = lock["packages"].as_object().unwrap();
        assert!(packages.len() > 1, "{packages:?}");
        for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
            let licence = package["license"].as_str().unwrap_or_default();
            if ![&LICENCES[..], &BESIDES].concat().contains(&licence) {
                faults.push(format!("{name}: {licence:?}"));
            }
        }
    }
    refuse(&faults);
}

#[test]
fn every_dependency_is_used() {
    let metadata = metadata();
    let ours = root().display().to_string();
    let mut faults = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let manifest = package["manifest_path"].as_str().unwrap();
        let Some(folder) = manifest.strip_suffix("/Cargo.toml").filter(|m| m.starts_with(&ours)) else { continue };
        let folder = folder.strip_prefix(&ours).unwrap().trim_start_matches('/');
        let sources: String = files(folder, "rs").into_iter().map(|(_, text)| text).collect();
        for dependency in package["dependencies"].as_array().unwrap() {
            let name = dependency["rename"].as_str().or(dependency["name"].as_str()).unwrap().replace('-', "_");
            if ![format!("{name}::"), format!("use {name}"), format!("{name}!")]
                .iter()
                .any(|w| sources.contains(w.as_str()))
            {
                faults.push(format!("{folder}: {name} is not used"));
            }
        }
    }
    refuse(&faults);
}
