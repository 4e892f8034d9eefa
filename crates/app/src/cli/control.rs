//! Both ends of `DATA/control.sock`: commands hand their task to the running server, the server does it.

use super::{Failure, Report, task::Progress, task::Task};
use crate::app::App;
use platform::control::{CallError, Lines, Request, call, socket_path};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::Path;

/// One line of the answer.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Progress { what: String, at: usize, of: usize },
    Report { text: String, json: Value, is_good: bool },
    Failure { message: String, is_usage: bool },
}

/// Has the task done by the server; `None` when none is running.
pub fn hand_over(data: &Path, task: &Task, progress: &mut Progress<'_>) -> Result<Option<Report>, Failure> {
    let request = Request { command: task.name().to_owned(), args: serde_json::to_value(task)? };
    let mut ending = None;
    let done = call(&socket_path(data), &request, |value| match serde_json::from_value(value.clone()) {
        Ok(Line::Progress { what, at, of }) => progress(&what, at, of),
        Ok(Line::Report { text, json, is_good }) => ending = Some(Ok(Report { text, json, is_good })),
        Ok(Line::Failure { message, is_usage: true }) => ending = Some(Err(Failure::Usage(message))),
        Ok(Line::Failure { message, .. }) => ending = Some(Err(Failure::Failed(message))),
        Err(_) => {}
    });
    match done {
        Err(CallError::NobodyThere) => Ok(None),
        Err(other) => Err(Failure::Failed(other.to_string())),
        Ok(_) => ending.unwrap_or_else(|| Err(Failure::Failed("the server gave no answer".into()))).map(Some),
    }
}

/// The server's side of one request.
pub async fn answer(app: App, request: Request, lines: Lines) -> u8 {
    let task: Task = match serde_json::from_value(request.args) {
        Ok(task) => task,
        Err(e) => {
            tracing::warn!(command = request.command, why = %e, "control socket: unknown task");
            return 2;
        }
    };
    tracing::info!(command = task.name(), "control socket: task begun");
    let (worker_app, sender) = (app.clone(), lines.clone());
    let work = move || {
        let mut progress =
            |what: &str, at: usize, of: usize| send(&sender, &Line::Progress { what: what.into(), at, of });
        task.perform(&worker_app, &mut progress)
    };
    let outcome = tokio::task::spawn_blocking(work).await;
    let outcome = outcome.unwrap_or_else(|e| Err(Failure::Failed(e.to_string())));
    if let Err(e) = app.refresh().await {
        tracing::error!(why = %e, "reference data could not be read again");
    }
    let (line, code) = match outcome {
        Ok(r) => (Line::Report { text: r.text, json: r.json, is_good: r.is_good }, u8::from(!r.is_good)),
        Err(f) => (Line::Failure { message: f.message().into(), is_usage: f.code() == 2 }, f.code()),
    };
    lines.send(serde_json::to_value(&line).unwrap_or_default()).await;
    code
}

fn send(lines: &Lines, line: &Line) {
    lines.send_blocking(serde_json::to_value(line).unwrap_or_default());
}
