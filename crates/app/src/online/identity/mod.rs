//! Signing in at an OpenID provider (ADM-03 for citizens): discovery, code flow with PKCE, state and nonce.
//!
//! Nothing of an attempt is kept here: state, nonce and PKCE verifier are derived from a random token in the reader's browser
//! and our secret, so they are bound to that browser and survive a restart.

mod page;
mod provider;

pub use page::{back, leave};

use crate::app::App;

/// What the button calls the provider, where there is one.
pub fn label(app: &App) -> Option<&str> {
    app.config.identity.issuer.as_ref().map(|_| app.config.identity.label.as_str())
}
