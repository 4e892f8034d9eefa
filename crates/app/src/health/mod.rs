//! The administration port: health, metrics, and on test installations the doors that move the legal clock.

mod figures;
mod metrics;
mod ready;
mod store;
mod test_doors;

pub use metrics::{install, measure};

use crate::app::App;
use axum::{
    Router,
    routing::{get, post, put},
};

/// What the administration port serves; it never faces the public.
pub fn routes(app: &App) -> Router {
    let mut all = Router::new()
        .route("/health/started", get(ready::started))
        .route("/health/live", get(ready::live))
        .route("/health/ready", get(ready::ready))
        .route("/metrics", get(metrics::page));
    if app.config.test.clock {
        all = all.route("/test/clock", put(test_doors::set_clock)).route("/test/settle", post(test_doors::settle));
    }
    all.with_state(app.clone())
}
