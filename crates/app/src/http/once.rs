use super::Form;
use crate::app::App;
use platform::db::Once;
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

impl Form {
    /// The hidden key that came with the form; a form sent without one gets its own.
    pub fn key(&self, app: &App) -> String {
        self.text("once").map_or_else(|| hidden_key(app), |k| k.chars().take(64).collect())
    }
}
