//! `/metrics` in the text format of Prometheus: requests as they come, the rest read when asked for.

use super::{figures::Figures, ready};
use crate::{app::App, cli::Failure, http::ApiError};
use axum::{
    extract::{MatchedPath, Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use platform::clock::Stopwatch;
use std::sync::OnceLock;

static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();

/// Seconds; the budgets of the benchmark lie between.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// Starts to count; once in a process.
pub fn install() -> Result<(), Failure> {
    if RECORDER.get().is_some() {
        return Ok(());
    }
    let failed = |e: metrics_exporter_prometheus::BuildError| Failure::Failed(format!("metrics: {e}"));
    let name = Matcher::Full("http_request_seconds".into());
    let builder = PrometheusBuilder::new().set_buckets_for_metric(name, &BUCKETS).map_err(failed)?;
    let handle = builder.install_recorder().map_err(failed)?;
    // A second caller has installed the same.
    let _ = RECORDER.set(handle);
    Ok(())
}

/// Counts a request by route, method and status; the route's pattern, never the address, which may name a dossier.
pub async fn measure(State(app): State<App>, path: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let (watch, _waiting) = (Stopwatch::start(), app.activity.begin());
    let method = request.method().as_str().to_owned();
    let route = path.map_or_else(|| "none".to_owned(), |p| p.as_str().to_owned());
    let response = next.run(request).await;
    let labels = [("method", method), ("route", route), ("status", response.status().as_str().to_owned())];
    metrics::histogram!("http_request_seconds", &labels).record(watch.elapsed().as_secs_f64());
    response
}

/// `GET /metrics`.
pub async fn page(State(app): State<App>) -> Result<Response, ApiError> {
    let figures = Figures::read(&app).await?;
    let mut text = figures.text(ready::free_bytes(&app));
    if let Some(recorder) = RECORDER.get() {
        recorder.run_upkeep();
        text.push_str(&recorder.render());
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
}
