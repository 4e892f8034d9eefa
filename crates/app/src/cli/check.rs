//! `check`: the configuration in force with the profile's settings, and whether the data base is there and fits both.

use super::{Failure, MIGRATIONS, Report, args::Global, open, profiles};
use platform::{
    config::Config,
    db::{DatabaseUrl, Db, Mode, Options},
};
use serde_json::{Value, json};

pub fn run(global: &Global) -> Result<Report, Failure> {
    let config = open::config(global, None, None)?;
    let (database, kept) = look(&config)?;
    let asked = config.profile.as_deref().map(profiles::named).transpose()?;
    if let (Some(kept), Some(asked)) = (&kept, &asked) {
        kept.refuse_unless_same(asked)?;
    }
    let profile = kept.or(asked);
    let configuration = config.effective();
    let of_profile = profile.as_ref().map_or_else(
        || "no profile yet: `motcua migrate --profile …` chooses one\n".to_owned(),
        |profile| format!("profile {}:\n{}", profile.name(), profile.text()),
    );
    let text = format!("{configuration}\n# data base: {}\n# {of_profile}", database.words());
    let json = json!({
        "configuration": configuration,
        "profile": profile.as_ref().map(profiles::Chosen::name),
        "profile_settings": profile.as_ref().map(profiles::Chosen::text),
        "database": database.json(),
    });
    Ok(Report { text, json, is_good: !matches!(database, Found::Behind(_)) })
}

/// What stands where the configuration says that the data base is.
enum Found {
    /// Nothing yet; `migrate` makes it.
    Nothing,
    /// An older version of the program left it: these changes are missing.
    Behind(Vec<&'static str>),
    Ready,
}

impl Found {
    fn words(&self) -> String {
        match self {
            Self::Nothing => "not there yet; run `motcua migrate --profile …`".into(),
            Self::Behind(lacks) => format!("lacks {}; run `motcua migrate`", lacks.join(", ")),
            Self::Ready => "there and up to date".into(),
        }
    }
    fn json(&self) -> Value {
        match self {
            Self::Nothing => json!({ "state": "missing" }),
            Self::Behind(lacks) => json!({ "state": "behind", "lacks": lacks }),
            Self::Ready => json!({ "state": "ready" }),
        }
    }
}

fn look(config: &Config) -> Result<(Found, Option<profiles::Chosen>), Failure> {
    let url = open::url(config)?;
    if let DatabaseUrl::Sqlite(path) = &url
        && !path.exists()
    {
        return Ok((Found::Nothing, None));
    }
    let db = Db::open(&url, Options::new(Mode::ReadOnly))?;
    let lacks = db.pending(MIGRATIONS)?;
    if lacks.len() == MIGRATIONS.len() {
        return Ok((Found::Nothing, None));
    }
    let kept = db.read_blocking(profiles::remembered)?;
    Ok((if lacks.is_empty() { Found::Ready } else { Found::Behind(lacks) }, kept))
}
