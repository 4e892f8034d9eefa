//! The side that does the work.

use super::{Answer, LONGEST_REQUEST, Request};
use crate::shutdown::StopSignal;
use serde_json::Value;
use std::fs::Permissions;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;

/// A caller that connects and says nothing is dropped after this time.
const PATIENCE: Duration = Duration::from_secs(10);

/// Lines that wait for a slow caller; then the work waits, too.
const LINES_AHEAD: usize = 64;

/// The socket cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Another server of this installation answers there.
    #[error("another process already serves {0}; on SQLite exactly one may write")]
    Taken(PathBuf),
    /// The operating system refuses.
    #[error("{path}: {source}")]
    Io {
        /// The socket.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}

/// The listening socket. Dropping it removes the file.
#[derive(Debug)]
pub struct Control {
    listener: UnixListener,
    path: PathBuf,
    owner: u32,
}

/// Where a command writes its lines.
#[derive(Clone, Debug)]
pub struct Lines(mpsc::Sender<Answer>);

impl Lines {
    /// Sends one line; false when the caller has gone, so that long work may stop at its next safe place.
    pub async fn send(&self, line: Value) -> bool {
        self.0.send(Answer::Line(line)).await.is_ok()
    }
    /// The same from a blocking thread. It must not be called on an async one.
    pub fn send_blocking(&self, line: Value) -> bool {
        self.0.blocking_send(Answer::Line(line)).is_ok()
    }
}

impl Control {
    /// Takes the socket at `path`, mode 0600. What a crashed server left there is cleared away; a living one is left alone.
    /// Must be called inside a tokio runtime.
    pub fn bind(path: &Path) -> Result<Self, BindError> {
        let io = |source| BindError::Io { path: path.to_owned(), source };
        match std::os::unix::net::UnixStream::connect(path) {
            Ok(_) => return Err(BindError::Taken(path.to_owned())),
            Err(e) if e.kind() == io::ErrorKind::ConnectionRefused => {
                std::fs::remove_file(path).map_err(io)?;
            }
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(io(e)),
        }
        let listener = UnixListener::bind(path).map_err(io)?;
        std::fs::set_permissions(path, Permissions::from_mode(0o600)).map_err(io)?;
        // The file that we have just made belongs to whom we run as.
        let owner = std::fs::metadata(path).map_err(io)?.uid();
        Ok(Self { listener, path: path.to_owned(), owner })
    }

    /// Hands every request to `handler`, each in a task of its own, until asked to stop. The handler returns the exit code;
    /// one that panics gives 1.
    pub async fn serve<H, F>(self, handler: H, mut stop: StopSignal)
    where
        H: Fn(Request, Lines) -> F + Send + Sync + 'static,
        F: Future<Output = u8> + Send + 'static,
    {
        let handler = Arc::new(handler);
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                () = stop.requested() => return,
            };
            match accepted {
                Ok((stream, _)) if self.is_ours(&stream) => {
                    tokio::spawn(converse(stream, Arc::clone(&handler)));
                }
                Ok(_) => tracing::warn!("control socket: a caller of another user was turned away"),
                Err(error) => {
                    // Out of file descriptors, most likely: let others close theirs.
                    tracing::warn!(%error, "control socket: cannot accept");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }

    fn is_ours(&self, stream: &UnixStream) -> bool {
        stream.peer_cred().is_ok_and(|caller| caller.uid() == self.owner)
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        // Left behind, it would merely be cleared away by the next start.
        let _ = std::fs::remove_file(&self.path);
    }
}

async fn converse<H, F>(stream: UnixStream, handler: Arc<H>)
where
    H: Fn(Request, Lines) -> F + Send + Sync + 'static,
    F: Future<Output = u8> + Send + 'static,
{
    let (read, write) = stream.into_split();
    let Some(request) = read_request(read).await else {
        tracing::warn!("control socket: a request could not be read");
        return;
    };
    let (sender, answers) = mpsc::channel(LINES_AHEAD);
    // Writing goes on in a task of its own, so that the work is never cut off in the middle by a caller who left.
    let writing = tokio::spawn(write_answers(write, answers));
    let work = handler(request, Lines(sender.clone()));
    let code = tokio::spawn(work).await.unwrap_or(1);
    let _ = sender.send(Answer::Exit(code)).await;
    drop(sender);
    let _ = writing.await;
}

async fn read_request(read: OwnedReadHalf) -> Option<Request> {
    let mut line = String::new();
    let mut reader = BufReader::new(read.take(LONGEST_REQUEST));
    tokio::time::timeout(PATIENCE, reader.read_line(&mut line)).await.ok()?.ok()?;
    serde_json::from_str(&line).ok()
}

/// Ends when all is said or the caller has gone; dropping `answers` then tells the work.
async fn write_answers(mut write: OwnedWriteHalf, mut answers: mpsc::Receiver<Answer>) {
    while let Some(answer) = answers.recv().await {
        let Ok(mut line) = serde_json::to_vec(&answer) else {
            continue;
        };
        line.push(b'\n');
        if write.write_all(&line).await.is_err() {
            return;
        }
    }
}
