//! API keys: a secret shown once, of which only the digest is kept.

use super::{KeyHolder, KeyScope, audit, store};
use crate::{app::App, error::AppError};
use platform::sessions::SessionToken;
use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

/// Holders of keys that were used, each under the version of the reference data at which it was read: whatever changes an
/// officer or takes a key away moves that version, and the key is looked up again.
#[derive(Default)]
pub struct Keys(RwLock<HashMap<String, (i64, KeyHolder)>>);

const MOST_KEPT: usize = 1024;

impl Keys {
    pub fn get(&self, digest: &str, version: i64) -> Option<KeyHolder> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.get(digest).filter(|(at, _)| *at == version).map(|(_, holder)| holder.clone())
    }
    pub fn keep(&self, digest: String, version: i64, holder: KeyHolder) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(digest, (version, holder));
    }
}

/// Makes a key that acts as the officer. What is given back is printed once and never known again.
pub async fn create_key(app: &App, login: &str, scopes: &[KeyScope]) -> Result<String, AppError> {
    let login = login.trim().to_lowercase();
    let asked = login.clone();
    let found = app.db.read(move |q| Ok::<_, AppError>(store::account_by_login(q, &asked)?)).await?;
    let officer = found.ok_or(AppError::NotFound)?.who.officer;
    let token = SessionToken::new(&app.random);
    let (id, digest, at) = (app.ids.next()?, token.digest(), app.machine.now());
    let scopes = scopes.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(" ");
    let app2 = app.clone();
    app.db
        .unit(move |unit| {
            store::insert_key(unit, id, &digest, officer, &scopes, at)?;
            audit(unit, &app2, None, "key.create", &login, &scopes)
        })
        .await?;
    Ok(token.expose().to_owned())
}
