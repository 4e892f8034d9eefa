//! API keys: a secret shown once, of which only the digest is kept.

use super::{KeyScope, audit, store};
use crate::{app::App, error::AppError};
use platform::sessions::SessionToken;

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
