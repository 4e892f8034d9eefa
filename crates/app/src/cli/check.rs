//! `check`: the configuration in force, and whether the data base and profile fit it.

use super::{Failure, Report, args::Global, open, profiles};
use serde_json::json;

pub fn run(global: &Global) -> Result<Report, Failure> {
    let config = open::config(global, None, None)?;
    open::url(&config)?;
    let profile = match &config.profile {
        Some(asked) => Some(profiles::named(asked)?.name().to_owned()),
        None => None,
    };
    let text = config.effective();
    let json = json!({ "configuration": text, "profile": profile });
    Ok(Report::good(text, json))
}
