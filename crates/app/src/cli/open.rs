//! From arguments to a configuration, an open data base and an application.

use super::{Failure, MIGRATIONS, args::Global, profiles};
use crate::app::{App, Opening};
use platform::{
    clock::{LegalClock, MachineClock},
    config::{self, Config, Overrides},
    db::{DatabaseUrl, Db, DbError, Mode, Options},
    random::Random,
    telemetry,
};
use std::net::SocketAddr;

/// File, then environment, then arguments; later wins.
pub fn config(
    global: &Global,
    listen: Option<SocketAddr>,
    admin_listen: Option<SocketAddr>,
) -> Result<Config, Failure> {
    let overrides = Overrides {
        listen,
        admin_listen,
        data: global.data.clone(),
        database_url: global.database_url.clone(),
        profile: global.profile.clone(),
    };
    let config = config::load(global.config.as_deref(), std::env::vars(), overrides);
    let config = config.map_err(|e| Failure::Usage(e.to_string()))?;
    telemetry::init(&config.log).map_err(|e| Failure::Usage(e.to_string()))?;
    Ok(config)
}

/// The moment at which the command runs.
pub fn today() -> domain::time::Instant {
    domain::time::Instant::from_millis(MachineClock::real().now())
}

/// Where the data base is.
pub fn url(config: &Config) -> Result<DatabaseUrl, Failure> {
    config.database_url().expose().parse().map_err(|e: DbError| Failure::Usage(e.to_string()))
}

/// Opens a data base that `migrate` has made and brought up to date.
pub fn database(config: &Config, mode: Mode) -> Result<Db, Failure> {
    let url = url(config)?;
    if let DatabaseUrl::Sqlite(path) = &url
        && !path.exists()
    {
        let path = path.display();
        return Err(Failure::Usage(format!("there is no data base at {path}; run `motcua migrate --profile …` first")));
    }
    let db = Db::open(&url, Options::new(mode))?;
    let pending = db.pending(MIGRATIONS)?;
    if pending.is_empty() {
        return Ok(db);
    }
    Err(Failure::Usage(format!("the data base lacks {}; run `motcua migrate` first", pending.join(", "))))
}

/// The profile that the data base remembers; one named beside it must be the same.
pub fn profile(config: &Config, db: &Db) -> Result<profiles::Chosen, Failure> {
    let kept = db.read_blocking(profiles::remembered)?;
    let kept = kept.ok_or_else(|| Failure::Usage("the data base has no profile; run `motcua migrate` first".into()))?;
    if let Some(asked) = &config.profile {
        kept.refuse_unless_same(&profiles::named(asked)?)?;
    }
    Ok(kept)
}

/// The application over a migrated data base.
pub fn app(config: Config, mode: Mode, legal: LegalClock) -> Result<App, Failure> {
    let db = database(&config, mode)?;
    app_over(db, config, legal)
}

/// The same over a data base that is open already.
pub fn app_over(db: Db, config: Config, legal: LegalClock) -> Result<App, Failure> {
    let profile = profile(&config, &db)?.profile;
    let random = Random::from_os().map_err(|e| Failure::Failed(e.to_string()))?;
    Ok(App::open(Opening { config, profile, db, legal, machine: MachineClock::real(), random })?)
}
