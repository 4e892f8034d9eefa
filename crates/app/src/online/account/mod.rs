//! The citizen's account: who they are, how they are told, on which devices they are signed in (ADM-03).

pub mod page;
pub mod store;

use super::Citizen;
use crate::{app::App, error::AppError};
use store::Account;

/// What somebody chose; nothing yet is every channel.
pub async fn of(app: &App, me: &Citizen) -> Result<Account, AppError> {
    by_key(app, me.key.clone()).await
}

/// Of the citizen themselves, whoever they act for.
pub async fn own(app: &App, me: &Citizen) -> Result<Account, AppError> {
    by_key(app, me.own_key.clone()).await
}

async fn by_key(app: &App, contact: String) -> Result<Account, AppError> {
    let found = app.db.read(move |q| Ok::<_, AppError>(store::account(q, &contact)?)).await?;
    Ok(found.unwrap_or_else(|| Account { channels: "sms email zalo".into(), ..Account::default() }))
}
