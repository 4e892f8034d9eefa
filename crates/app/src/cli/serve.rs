//! `serve`: the public port, the administration port, the scheduled work and the control socket of one process.

use super::{Failure, Report, args::Global, args::ServeArgs, control, open};
use crate::{app::App, checkpoints, health, http::listen, reads, routes::routes, schedule};
use axum::Router;
use domain::time::Instant;
use platform::{
    clock::LegalClock,
    config::Config,
    control::{Control, socket_path},
    db::{Engine, Mode},
    shutdown::StopSignal,
};
use serde_json::json;
use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};
use tokio::{runtime::Runtime, task::JoinSet};

/// How long requests and jobs in hand may take after the wish to stop.
const PATIENCE: Duration = Duration::from_secs(20);

pub fn run(global: &Global, args: &ServeArgs) -> Result<Report, Failure> {
    let mut config = open::config(global, args.listen, args.admin_listen)?;
    let legal = clock(args.test_clock.as_deref(), &config)?;
    let db = open::database(&config, Mode::Serve)?;
    let (public, at) = bind(config.listen)?;
    let (admin, admin_at) = bind(config.admin_listen)?;
    (config.listen, config.admin_listen) = (at, admin_at);
    let runtime = runtime()?;
    let _inside = runtime.enter();
    let app = open::app_over(db, config, legal)?;
    health::install()?;
    runtime.block_on(serve(app, public, admin))?;
    Ok(Report::good("", json!({ "stopped": true })))
}

pub fn runtime() -> Result<Runtime, Failure> {
    let built = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    built.map_err(|e| Failure::Failed(e.to_string()))
}

/// The real clock, or the frozen one of a test installation.
fn clock(frozen: Option<&str>, config: &Config) -> Result<LegalClock, Failure> {
    let Some(text) = frozen else { return Ok(LegalClock::real()) };
    if !config.test.clock {
        return Err(Failure::Usage("--test-clock needs `[test] clock = true` in the configuration".into()));
    }
    let at: Instant = text.parse().map_err(|e| Failure::Usage(format!("--test-clock: {e}")))?;
    Ok(LegalClock::frozen(at.millis()))
}

fn bind(at: SocketAddr) -> Result<(TcpListener, SocketAddr), Failure> {
    let taken = |e: std::io::Error| Failure::Failed(format!("{at}: {e}"));
    let listener = listen::bind(at).map_err(taken)?;
    let at = listener.local_addr().map_err(taken)?;
    Ok((listener, at))
}

async fn serve(app: App, public: TcpListener, admin: TcpListener) -> Result<(), Failure> {
    let failed = |e: std::io::Error| Failure::Failed(e.to_string());
    let shutdown = Arc::clone(&app.shutdown);
    let mut tasks = JoinSet::new();
    if app.db.engine() == Engine::Sqlite {
        let socket = Control::bind(&socket_path(&app.config.data)).map_err(|e| Failure::Failed(e.to_string()))?;
        let (hand, stop) = (app.clone(), shutdown.signal());
        tasks.spawn(async move { socket.serve(move |r, lines| control::answer(hand.clone(), r, lines), stop).await });
    }
    schedule::start(&app, &mut tasks);
    let (pulse, mut stop) = (app.pulse.clone(), shutdown.signal());
    tasks.spawn(async move {
        stop.requested().await;
        pulse.end();
    });
    let pages = routes(&app).layer(axum::middleware::from_fn_with_state(app.clone(), health::measure));
    tasks.spawn(answer_on(public, pages, shutdown.signal()));
    tasks.spawn(answer_on(admin, health::routes(&app), shutdown.signal()));
    let asked_to_stop = shutdown.heed_signals().map_err(failed)?;
    announce(&app).map_err(failed)?;
    asked_to_stop.await;
    tracing::info!("stopping: what has begun is finished first");
    let all_done = async { while tasks.join_next().await.is_some() {} };
    let drained = tokio::time::timeout(PATIENCE, all_done).await.is_ok();
    if !drained {
        tracing::warn!("some requests took too long and were cut off");
    }
    if let Err(why) = reads::flush(&app).await {
        tracing::error!(%why, "the last looks at personal data were not written down");
    }
    let signed = if drained { checkpoints::make_last(&app).await } else { checkpoints::make(&app).await };
    if let Err(why) = signed {
        tracing::error!(%why, "the last check-point was not made");
    }
    Ok(())
}

async fn answer_on(listener: TcpListener, router: Router, mut stop: StopSignal) {
    match tokio::net::TcpListener::from_std(listener) {
        Ok(listener) => listen::answer_on(listener, router, async move { stop.requested().await }).await,
        Err(why) => tracing::error!(%why, "a port is not served"),
    }
}

/// The one line on stdout by which scripts know where to knock.
fn announce(app: &App) -> std::io::Result<()> {
    use std::io::Write;
    let (url, admin_url) = (format!("http://{}", app.config.listen), format!("http://{}", app.config.admin_listen));
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", json!({ "ready": true, "url": url, "admin_url": admin_url }))?;
    out.flush()
}
