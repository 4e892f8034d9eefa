//! `DATA/control.sock`: how `import`, `admin` and `demo` hand their work to the one process that writes.
//!
//! On SQLite a second writer starves, so it is refused; the commands speak to the running server instead.
//! One connection carries one request: a line of JSON goes in, lines of JSON come out while the work runs,
//! and the last one carries the exit code. Only the user who runs the server is heard.

mod client;
mod server;

pub use client::{CallError, call};
pub use server::{BindError, Control, Lines};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A request may carry a small file's path and options, never the file.
const LONGEST_REQUEST: u64 = 1 << 20;

/// The socket's place in the folder `data`.
pub fn socket_path(data: &Path) -> PathBuf {
    data.join("control.sock")
}

/// A command line, as the server understands it. It may hold a password read from stdin: never log `args`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Which command, such as `import`.
    pub command: String,
    /// Its arguments; the command knows their shape.
    #[serde(default)]
    pub args: Value,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request").field("command", &self.command).finish_non_exhaustive()
    }
}

/// One line of the answer.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    /// How far the work has come, or what it says; passed on as it is.
    Line(Value),
    /// The work is done; the process that asked ends with this code.
    Exit(u8),
}

#[cfg(test)]
mod tests;
