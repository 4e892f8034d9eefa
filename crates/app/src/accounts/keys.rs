//! API keys: a secret shown once, of which only the digest is kept.

use super::{KeyHolder, KeyScope, audit, store};
use crate::{app::App, error::AppError, settings};
use domain::{accounts::Who, id::Id, people::Officer};
use platform::sessions::SessionToken;
use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

/// Holders of keys that were used, each under the version of the reference data at which it was read: whatever changes an
/// officer or takes a key away moves that version, and the key is looked up again.
///
/// Only where no other process can take a key away meanwhile: this one hears of its own changes before it answers, of those
/// of others only within a second.
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

/// A key as it was made: `id` names it from now on, `secret` is shown once and never known again.
pub struct NewKey {
    pub id: i64,
    pub secret: String,
}

/// Makes a key that acts as the officer.
pub async fn create_key(app: &App, login: &str, scopes: &[KeyScope]) -> Result<NewKey, AppError> {
    let (login, officer) = account(app, login).await?;
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
    Ok(NewKey { id, secret: token.expose().to_owned() })
}

/// The keys that act as this officer, those taken away too, newest first.
pub async fn keys_of(app: &App, login: &str) -> Result<Vec<store::KeyRow>, AppError> {
    let (_, officer) = account(app, login).await?;
    app.db.read(move |q| Ok(store::keys_of(q, officer)?)).await
}

/// Takes a key of an officer away: the very next request with it is refused. `false` when it was taken away before.
pub async fn revoke_key(app: &App, by: Option<&Who>, login: &str, id: i64) -> Result<bool, AppError> {
    let (login, officer) = account(app, login).await?;
    let (app2, by, at) = (app.clone(), by.cloned(), app.machine.now());
    let taken = app
        .db
        .unit(move |unit| {
            let taken = store::revoke_key(unit, id, officer, at)?;
            if taken {
                audit(unit, &app2, by.as_ref(), "key.revoke", &login, &id.to_string())?;
                settings::bump_reference(unit)?;
            } else if !store::keys_of(unit, officer)?.iter().any(|k| k.id == id) {
                return Err(AppError::NotFound);
            }
            Ok(taken)
        })
        .await?;
    app.refresh().await?;
    Ok(taken)
}

async fn account(app: &App, login: &str) -> Result<(String, Id<Officer>), AppError> {
    let login = login.trim().to_lowercase();
    let asked = login.clone();
    let found = app.db.read(move |q| Ok::<_, AppError>(store::officer_by_login(q, &asked)?)).await?;
    Ok((login, found.ok_or(AppError::NotFound)?))
}
