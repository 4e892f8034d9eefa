//! Reading the configuration: file, then environment, then command line; later wins.

use super::{Config, DatabaseUrl};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

const PREFIX: &str = "MOTCUA_";

/// Keys outside sections that the environment may set as `MOTCUA_LISTEN` and so on.
const TOP_KEYS: [&str; 6] = ["listen", "admin_listen", "data", "database_url", "profile", "public_url"];

/// What the command line said; it wins over file and environment.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `--listen`.
    pub listen: Option<SocketAddr>,
    /// `--admin-listen`.
    pub admin_listen: Option<SocketAddr>,
    /// `--data`.
    pub data: Option<PathBuf>,
    /// `--database-url`.
    pub database_url: Option<String>,
    /// `--profile`.
    pub profile: Option<String>,
}

/// Why the process does not start (exit code 2). The text names the place to mend and never quotes a whole line, which may hold a password.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file named by `--config` or `MOTCUA_CONFIG` cannot be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A wrong line in the file.
    #[error("{path}:{line}: {message}")]
    Line {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// What is wrong and what is known instead.
        message: String,
    },
    /// A wrong variable in the environment.
    #[error("{name} (environment): {message}")]
    Variable {
        /// The variable.
        name: String,
        /// What is wrong.
        message: String,
    },
    /// Each value is well-formed, yet they cannot be used.
    #[error("configuration: {0}")]
    Unusable(String),
}

/// Loads the configuration from `file` (if any), the variables of the process (pass `std::env::vars()`) and the command line.
///
/// A key of a section is `MOTCUA_UPLOADS__MAX_BYTES` in the environment: two underscores stand for the dot.
pub fn load(
    file: Option<&Path>,
    environment: impl IntoIterator<Item = (String, String)>,
    overrides: Overrides,
) -> Result<Config, ConfigError> {
    let mut table = file.map(read_file).transpose()?.unwrap_or_default();
    let mut variables: Vec<_> = environment.into_iter().filter_map(|(k, v)| Some((path_of(&k)?, k, v))).collect();
    variables.sort();
    for (path, name, value) in variables {
        // One at a time, so that an error names its variable.
        put(&mut table, &path, &value).map_err(|message| ConfigError::Variable { name, message })?;
    }
    let mut config: Config = table.try_into().map_err(|e: toml::de::Error| ConfigError::Unusable(plain(&e)))?;
    overrides.apply(&mut config);
    config.check().map_err(ConfigError::Unusable)?;
    Ok(config)
}

impl Overrides {
    fn apply(self, config: &mut Config) {
        config.listen = self.listen.unwrap_or(config.listen);
        config.admin_listen = self.admin_listen.unwrap_or(config.admin_listen);
        if let Some(data) = self.data {
            config.data = data;
        }
        config.database_url = self.database_url.map(DatabaseUrl::new).or(config.database_url.take());
        config.profile = self.profile.or(config.profile.take());
    }
}

/// Checked against [`Config`] at once, while the lines are still known.
fn read_file(path: &Path) -> Result<Table, ConfigError> {
    let text =
        std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
    let at_line = |e: &toml::de::Error| ConfigError::Line {
        path: path.to_owned(),
        line: e.span().map_or(1, |span| line_of(&text, span.start)),
        message: plain(e),
    };
    toml::from_str::<Config>(&text).map_err(|e| at_line(&e))?;
    toml::from_str(&text).map_err(|e| at_line(&e))
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}

/// The message alone: toml's own text quotes the line, and with it perhaps a password.
fn plain(error: &toml::de::Error) -> String {
    error.message().trim().to_owned()
}

/// The key that a variable sets; `None` for variables that are not ours or set no key (`MOTCUA_CONFIG`).
fn path_of(name: &str) -> Option<Vec<String>> {
    let rest = name.strip_prefix(PREFIX)?.to_lowercase();
    let path: Vec<String> = rest.split("__").map(str::to_owned).collect();
    (path.len() > 1 || TOP_KEYS.contains(&rest.as_str())).then_some(path)
}

fn put(table: &mut Table, path: &[String], text: &str) -> Result<(), String> {
    let [sections @ .., key] = path else {
        return Ok(());
    };
    let mut place = &mut *table;
    for section in sections {
        let entry = place.entry(section).or_insert_with(|| Value::Table(Table::new()));
        place = entry.as_table_mut().ok_or_else(|| format!("{section} is not a section"))?;
    }
    place.insert(key.clone(), value_of(text, sections.is_empty()));
    Config::deserialize_table(table)
}

/// Keys outside sections are all texts; inside, `true` and `12` are what TOML says they are.
fn value_of(text: &str, is_text: bool) -> Value {
    if is_text {
        return Value::String(text.to_owned());
    }
    toml::from_str::<Table>(&format!("v = {text}"))
        .ok()
        .filter(|table| table.len() == 1)
        .and_then(|mut table| table.remove("v"))
        .unwrap_or_else(|| Value::String(text.to_owned()))
}

impl Config {
    fn deserialize_table(table: &Table) -> Result<(), String> {
        table.clone().try_into::<Self>().map(drop).map_err(|e| plain(&e))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("motcua.toml");
        std::fs::write(&path, text).unwrap();
        (folder, path)
    }
    fn variables(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn without_anything_the_defaults_hold() {
        let config = load(None, [], Overrides::default()).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.data, Path::new("./data"));
    }

    #[test]
    fn the_command_line_wins_over_the_environment_and_that_over_the_file() {
        let (_folder, path) = file("data = 'a'\nprofile = 'a'\nlisten = '127.0.0.1:1'\n[uploads]\nmax_bytes = 1\n");
        let environment = variables(&[
            ("MOTCUA_DATA", "b"),
            ("MOTCUA_PROFILE", "b"),
            ("MOTCUA_UPLOADS__MAX_BYTES", "2"),
            ("MOTCUA_CONFIG", "ignored"),
            ("PATH", "/bin"),
        ]);
        let overrides = Overrides { profile: Some("c".into()), ..Overrides::default() };
        let config = load(Some(&path), environment, overrides).unwrap();
        assert_eq!(config.listen.port(), 1);
        assert_eq!(config.data, Path::new("b"));
        assert_eq!(config.profile.as_deref(), Some("c"));
        assert_eq!(config.uploads.max_bytes, 2);
    }

    #[test]
    fn an_unknown_key_is_refused_with_file_line_and_the_keys_that_exist() {
        let (_folder, path) = file("data = 'a'\n\n[uploads]\nmax_byte = 1\n");
        let error = load(Some(&path), [], Overrides::default()).unwrap_err().to_string();
        assert!(error.contains("motcua.toml:4:"), "{error}");
        assert!(error.contains("max_byte") && error.contains("max_bytes"), "{error}");
    }

    #[test]
    fn a_wrong_value_names_its_line_and_does_not_print_the_neighbouring_password() {
        let (_folder, path) = file("database_url = 'postgres://a:s3cret@b/c'\nlisten = 'nowhere'\n");
        let error = load(Some(&path), [], Overrides::default()).unwrap_err().to_string();
        assert!(error.contains("motcua.toml:2:") && !error.contains("s3cret"), "{error}");
    }

    #[test]
    fn broken_toml_names_its_line() {
        let (_folder, path) = file("data = 'a'\nlisten = \n");
        let error = load(Some(&path), [], Overrides::default()).unwrap_err().to_string();
        assert!(error.contains("motcua.toml:2:"), "{error}");
    }

    #[test]
    fn a_wrong_or_unknown_variable_is_named() {
        let wrong = variables(&[("MOTCUA_UPLOADS__MAX_BYTES", "many")]);
        let error = load(None, wrong, Overrides::default()).unwrap_err().to_string();
        assert!(error.starts_with("MOTCUA_UPLOADS__MAX_BYTES"), "{error}");
        let unknown = variables(&[("MOTCUA_UPLOAD__MAX_BYTES", "1")]);
        let error = load(None, unknown, Overrides::default()).unwrap_err().to_string();
        assert!(error.starts_with("MOTCUA_UPLOAD__MAX_BYTES"), "{error}");
    }

    #[test]
    fn a_missing_file_is_an_error_and_not_the_defaults() {
        let error = load(Some(Path::new("/nowhere/motcua.toml")), [], Overrides::default()).unwrap_err();
        assert!(matches!(error, ConfigError::Unreadable { .. }));
    }

    #[test]
    fn a_text_that_looks_like_a_number_stays_a_text_outside_sections() {
        let config = load(None, variables(&[("MOTCUA_DATA", "2025")]), Overrides::default()).unwrap();
        assert_eq!(config.data, Path::new("2025"));
    }
}
