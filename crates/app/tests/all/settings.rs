//! A setting of a province's profile that no code reads is a promise that nobody keeps: each is read, or waits for a room that
//! is named here.

use std::{collections::BTreeMap, fs, path::Path};

/// Settings without a reader, and why: the requirement whose room is not built, or the rule that makes all choices alike.
const WAITING: &[(&str, &str)] = &[
    ("post_employees", "STF-03: post employees"),
    ("fees", "FEE-05, FEE-06: transfers, reconciliation, retained share, refunds"),
    ("low_frequency", "INT-11: agencies with few dossiers"),
    ("feedback", "FBK-01 … FBK-05: feedback and petitions"),
    ("evaluation", "EVA-02: staff evaluation"),
    ("officers", "STF-01, ADM-01: terms, account administrators"),
    ("reports", "RPT-01: reports"),
    ("contact", "NTF-01, TRK-01: notices and look-up channels"),
];

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if matches!(path.extension().and_then(|e| e.to_str()), Some("rs" | "html")) {
            let text = fs::read_to_string(&path).unwrap();
            let shown = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
            found.push((path.display().to_string(), shown));
        }
    }
}

/// The fields of every struct of the profile: name and type.
fn structs(profile: &[(String, String)]) -> BTreeMap<String, Vec<(String, String)>> {
    let mut all = BTreeMap::new();
    for (_, text) in profile {
        let mut open: Option<String> = None;
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("pub struct ").and_then(|rest| rest.strip_suffix(" {")) {
                open = Some(name.to_owned());
                all.insert(name.to_owned(), Vec::new());
            } else if line == "}" {
                open = None;
            } else if let Some(name) = &open
                && let Some((field, of)) =
                    line.strip_prefix("    pub ").and_then(|f| f.strip_suffix(',')?.split_once(": "))
                && let Some(fields) = all.get_mut(name)
            {
                fields.push((field.to_owned(), of.to_owned()));
            }
        }
    }
    all
}

/// `apology.max_reappointments`: every setting with its section; the province's own lists are data, not rules.
fn settings(profile: &[(String, String)]) -> Vec<(String, String)> {
    let structs = structs(profile);
    let data = ["agencies", "centres", "communes", "centre_units"];
    let sections = structs["Profile"].iter().filter(|(name, _)| !data.contains(&name.as_str()));
    let of_section = |(section, of): &(String, String)| {
        let fields = structs.get(of).unwrap_or_else(|| panic!("the section {section} is no struct of the profile"));
        fields.iter().map(|(field, _)| (section.clone(), field.clone())).collect::<Vec<_>>()
    };
    sections.flat_map(of_section).collect()
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let next = text[at + word.len()..].chars().next();
        !next.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

/// A file reads a setting when it speaks of the section and of the field.
fn is_read(section: &str, field: &str, code: &[(String, String)]) -> bool {
    let (section, field) = (format!(".{section}"), format!(".{field}"));
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    code.iter().any(|(path, text)| {
        let text = squeezed(text);
        // A section may also hand a setting on under a name of its own.
        let handed_on = path.contains("domain/src/profile/") && has_word(&text, &format!("self{field}"));
        handed_on || (has_word(&text, &section) && has_word(&text, &field))
    })
}

#[test]
fn every_setting_of_a_province_is_read_by_the_code_or_waits_for_a_named_room() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut profile = Vec::new();
    sources(&root.join("domain/src/profile"), &mut profile);
    let mut code = Vec::new();
    for part in ["domain/src", "app/src"] {
        sources(&root.join(part), &mut code);
    }
    // Tests and the check for contradictions are no use of a setting.
    code.retain(|(path, _)| {
        !path.contains("/tests") && !path.ends_with("tests.rs") && !path.ends_with("profile/check.rs")
    });
    let (mut wrong, mut needless) = (Vec::new(), WAITING.iter().map(|(waiting, _)| *waiting).collect::<Vec<_>>());
    for (section, field) in settings(&profile).into_iter().filter(|(s, f)| !is_read(s, f, &code)) {
        let name = format!("{section}.{field}");
        let before = needless.len();
        needless.retain(|waiting| *waiting != name && *waiting != section);
        if before == needless.len() && !WAITING.iter().any(|(waiting, _)| *waiting == name || *waiting == section) {
            wrong.push(name);
        }
    }
    assert_eq!(wrong, [""; 0], "read nowhere");
    assert_eq!(needless, [""; 0], "has a reader by now: take it off the list");
}

/// `sign_in.password`: the keys of every section of the configuration with the section's type, and the keys outside sections.
fn keys(config: &[(String, String)]) -> Vec<(String, String, String)> {
    let structs = structs(config);
    let of_section = |(section, of): &(String, String)| match structs.get(of) {
        Some(fields) => {
            fields.iter().map(|(field, _)| (section.clone(), of.clone(), field.clone())).collect::<Vec<_>>()
        }
        None => vec![("config".to_owned(), "Config".to_owned(), section.clone())],
    };
    structs["Config"].iter().flat_map(of_section).collect()
}

/// SEC-02: an administrator who sets something may rely on it: no key of the configuration is read by nobody.
#[test]
fn every_key_of_the_configuration_is_read_by_the_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let (mut config, mut code) = (Vec::new(), Vec::new());
    sources(&root.join("platform/src/config"), &mut config);
    sources(&root.join("platform/src"), &mut code);
    config.extend(code.iter().filter(|(path, _)| path.ends_with("platform/src/config.rs")).cloned());
    sources(&root.join("app/src"), &mut code);
    code.retain(|(path, _)| !path.contains("/config/") && !path.ends_with("/tests.rs"));
    let is_read = |(section, of, field): &(String, String, String)| {
        let field = format!(".{field}");
        // The configuration's own check for contradictions is no use of a setting.
        let elsewhere = code.iter().filter(|(path, _)| section == "config" || !path.ends_with("src/config.rs"));
        elsewhere.into_iter().any(|(_, text)| {
            let squeezed = text.split_whitespace().collect::<String>();
            // A section is handed on by name or as its own type.
            (has_word(&squeezed, &format!(".{section}")) || has_word(text, of)) && has_word(&squeezed, &field)
        })
    };
    let known = keys(&config);
    assert!(known.len() > 20, "{known:?}");
    let unread: Vec<_> = known.iter().filter(|k| !is_read(k)).map(|(s, _, f)| format!("{s}.{f}")).collect();
    assert_eq!(unread, [""; 0], "read nowhere");
}
