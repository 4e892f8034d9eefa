//! The asking side; blocking, for a command line that has nothing else to do.

use super::{Answer, Request};
use serde_json::Value;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;

/// The work could not be handed over, or its end is unknown.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// No server listens there; the command may open the data base itself.
    #[error("no server is running")]
    NobodyThere,
    /// The connection broke before the last line: the work may or may not have been done. Look before trying again.
    #[error("the server went away before it had finished")]
    CutOff,
    /// The server answered something that is not this protocol.
    #[error("the server's answer cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// The operating system refuses.
    #[error("control socket: {0}")]
    Io(io::Error),
}

/// Has `request` done by the server at `socket`; `on_line` sees each line as it comes. Returns the exit code.
pub fn call(socket: &Path, request: &Request, mut on_line: impl FnMut(&Value)) -> Result<u8, CallError> {
    let mut stream = UnixStream::connect(socket).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => CallError::NobodyThere,
        _ => CallError::Io(e),
    })?;
    let mut line = serde_json::to_vec(request)?;
    line.push(b'\n');
    stream.write_all(&line).map_err(lost)?;
    for line in BufReader::new(stream).lines() {
        match serde_json::from_str(&line.map_err(lost)?)? {
            Answer::Line(value) => on_line(&value),
            Answer::Exit(code) => return Ok(code),
        }
    }
    Err(CallError::CutOff)
}

/// A server that hangs up on us, and one that dies, look alike.
fn lost(error: io::Error) -> CallError {
    match error.kind() {
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => CallError::CutOff,
        _ => CallError::Io(error),
    }
}
