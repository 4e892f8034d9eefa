use super::Form;
use crate::{app::App, error::AppError};
use platform::db::{Answer, Checked, Once, idempotency};
use sha2::{Digest, Sha256};

/// The hidden key of a form: made when the form is shown, so that a double click, the back button and a retry after a
/// broken line all do one thing.
pub fn hidden_key(app: &App) -> String {
    app.random.hex(32)
}

/// The idempotency of a posted form or API call. `command` is the parsed command as text, so that the same key cannot
/// answer for another one.
pub fn once(app: &App, principal: impl Into<String>, key: impl Into<String>, command: &str) -> Once {
    Once {
        principal: principal.into(),
        key: key.into(),
        command_hash: domain::hex(&Sha256::digest(command)),
        now_ms: app.machine.now(),
    }
}

/// The first answer of a request that cannot be understood any more: what it names (a procedure, an officer, an agency) may
/// have gone since it was carried out. Whoever never heard that answer must not take the fault for it, or they send all again
/// under another key. Without a first answer the fault is the answer.
pub async fn replayed(app: &App, once: Once, fault: AppError) -> Result<Answer, AppError> {
    let known = app.db.read(move |q| Ok::<_, AppError>(idempotency::known(q, &once)?)).await?;
    match known {
        Checked::Replay(answer) => Ok(answer),
        Checked::Mismatch => Err(AppError::KeyMismatch),
        Checked::Fresh => Err(fault),
    }
}

/// The same for a page. What it asks for may be out of the officer's reach since the first press (the dossier went on, the
/// procedure ended): the key alone tells that it was carried out, whatever the form says now.
pub async fn led_on(app: &App, principal: String, form: &Form, fault: AppError) -> AppError {
    let Some(key) = form.text("once").map(str::to_owned) else { return fault };
    let first = app.db.read(move |q| Ok::<_, AppError>(idempotency::answer_to(q, &principal, &key)?)).await;
    match first {
        Ok(Some(answer)) if answer.status == 303 => AppError::DoneBefore(answer.body),
        _ => fault,
    }
}

impl Form {
    /// The hidden key that came with the form; a form sent without one gets its own.
    pub fn key(&self, app: &App) -> String {
        self.text("once").map_or_else(|| hidden_key(app), |k| k.chars().take(64).collect())
    }
}
