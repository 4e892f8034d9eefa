//! One kept-alive HTTP/1.1 connection that costs the machine as little as possible.

use crate::Fault;
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

/// A request that is sent as it stands.
#[derive(Clone, Debug)]
pub struct Ask(pub String);

/// What came back.
#[derive(Debug)]
pub struct Said {
    pub status: u16,
    /// The lines before the body.
    head: String,
    pub body: String,
}

impl Said {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|l| l.split_once(':'))
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.trim())
    }
}

impl Ask {
    /// A page or an answer.
    pub fn get(path: &str, key: &str) -> Self {
        Self(format!("GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\n\r\n"))
    }
    /// A command under a key of its own, on the version last seen.
    pub fn post(path: &str, key: &str, once: &str, version: Option<u64>, body: &str) -> Self {
        let seen = version.map(|v| format!("If-Match: \"{v}\"\r\n")).unwrap_or_default();
        Self(format!(
            "POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\nIdempotency-Key: {once}\r\n{seen}\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ))
    }
}

pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    pub async fn connect(address: &str) -> Result<Self, Fault> {
        Self::connect_from(0, address).await
    }

    /// The same from an address of its own: whoever looks up too much from one address is slowed down.
    pub async fn connect_from(place: usize, address: &str) -> Result<Self, Fault> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from(([127, 0, 0, u8::try_from(place % 200)? + 1], 0)))?;
        let stream = socket.connect(address.parse()?).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    pub async fn ask(&mut self, ask: &Ask) -> Result<Said, Fault> {
        self.stream.write_all(ask.0.as_bytes()).await?;
        self.buffer.clear();
        let head = loop {
            if let Some(end) = self.buffer.windows(4).position(|w| w == b"\r\n\r\n") {
                break end + 4;
            }
            self.more().await?;
        };
        let lines = String::from_utf8_lossy(&self.buffer[..head]).into_owned();
        let text = lines.to_ascii_lowercase();
        let status = text.split_whitespace().nth(1).and_then(|s| s.parse().ok()).ok_or("not HTTP")?;
        let length = text.lines().find_map(|l| l.strip_prefix("content-length:")).map(str::trim);
        // 204 has no body and says no length.
        let length = if status == 204 { Some("0") } else { length };
        let length: usize = length.ok_or_else(|| format!("{status} without a length"))?.parse()?;
        while self.buffer.len() < head + length {
            self.more().await?;
        }
        Ok(Said { status, head: lines, body: String::from_utf8_lossy(&self.buffer[head..head + length]).into_owned() })
    }

    async fn more(&mut self) -> Result<(), Fault> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            return Err("the server hung up".into());
        }
        Ok(())
    }
}
