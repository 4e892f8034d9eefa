//! The virus scanner `clamd`, over the stream protocol that it has spoken for twenty years (`INSTREAM`, see clamd(8)).
//!
//! Where a scanner is configured nothing comes in unscanned: when it does not answer, the file waits and not the scan.

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use std::io;
use std::pin::pin;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};

/// How long a file may take: a scan of 50 MB takes some seconds, signatures are read anew in about twenty.
const PATIENCE: Duration = Duration::from_mins(1);
/// The longest answer: `stream: NAME FOUND`.
const LONGEST_ANSWER: u64 = 4096;

/// What the scanner said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found.
    Clean,
    /// Found, under this name.
    Infected(String),
    /// Longer than the scanner's own limit (`StreamMaxLength`), so nobody knows.
    TooLong,
}

/// No verdict could be had.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The scanner cannot be reached, or broke off.
    #[error("virus scanner: {0}")]
    Io(#[from] io::Error),
    /// It took too long.
    #[error("virus scanner: no answer in time")]
    Late,
    /// The bytes to be scanned could not be read.
    #[error("virus scanner: the file cannot be read: {0}")]
    Source(Box<dyn std::error::Error + Send + Sync>),
    /// It said something else.
    #[error("virus scanner: {0:?}")]
    Unknown(String),
}

/// Sends the pieces to the scanner at `address` (`host:port`, or the path of a socket) and hears what it says.
pub async fn scan<S, E>(address: &str, pieces: S) -> Result<Verdict, ScanError>
where
    S: Stream<Item = Result<Bytes, E>> + Send,
    E: std::error::Error + Send + Sync + 'static,
{
    let talk = async {
        if address.starts_with('/') {
            converse(UnixStream::connect(address).await?, pieces).await
        } else {
            converse(TcpStream::connect(address).await?, pieces).await
        }
    };
    tokio::time::timeout(PATIENCE, talk).await.map_err(|_| ScanError::Late)?
}

async fn converse<S, E>(mut line: impl AsyncRead + AsyncWrite + Unpin, pieces: S) -> Result<Verdict, ScanError>
where
    S: Stream<Item = Result<Bytes, E>> + Send,
    E: std::error::Error + Send + Sync + 'static,
{
    let mut pieces = pin!(pieces);
    line.write_all(b"zINSTREAM\0").await?;
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|e| ScanError::Source(Box::new(e)))?;
        if piece.is_empty() {
            // A length of zero would end the stream.
            continue;
        }
        let length = u32::try_from(piece.len()).map_err(io::Error::other)?;
        let sent = async {
            line.write_all(&length.to_be_bytes()).await?;
            line.write_all(&piece).await
        };
        if sent.await.is_err() {
            // It speaks before it hangs up: the answer says why.
            break;
        }
    }
    let _ = line.write_all(&[0; 4]).await;
    let mut answer = Vec::new();
    (&mut line).take(LONGEST_ANSWER).read_to_end(&mut answer).await?;
    read(&answer)
}

fn read(answer: &[u8]) -> Result<Verdict, ScanError> {
    let text = String::from_utf8_lossy(answer);
    let text = text.trim_end_matches(['\0', '\n']).trim();
    let said = text.strip_prefix("stream: ").unwrap_or(text);
    match said {
        "OK" => Ok(Verdict::Clean),
        _ if said.ends_with(" FOUND") => Ok(Verdict::Infected(said.trim_end_matches(" FOUND").to_owned())),
        _ if said.starts_with("INSTREAM size limit exceeded") => Ok(Verdict::TooLong),
        _ => Err(ScanError::Unknown(said.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_clean_infected_too_long_or_no_verdict_at_all() {
        assert_eq!(read(b"stream: OK\0").unwrap(), Verdict::Clean);
        assert_eq!(read(b"stream: Eicar-Signature FOUND\0").unwrap(), Verdict::Infected("Eicar-Signature".into()));
        assert_eq!(read(b"INSTREAM size limit exceeded. ERROR\0").unwrap(), Verdict::TooLong);
        assert!(matches!(read(b""), Err(ScanError::Unknown(_))));
        assert!(matches!(read(b"stream: OK but"), Err(ScanError::Unknown(_))));
    }
}
