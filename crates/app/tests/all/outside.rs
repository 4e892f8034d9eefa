//! The outside world on loopback: a mail server that speaks SMTP, and an HTTP server that takes whatever is posted. Both answer as
//! they are told, so that failures can be had at will.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What a gateway got.
#[derive(Clone, Debug)]
pub struct Posted {
    pub path: String,
    pub headers: HeaderMap,
    pub body: String,
}

/// An answer that a gateway is told to give.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub retry_after: Option<&'static str>,
    pub body: &'static str,
}

impl Reply {
    pub const OK: Self = Self { status: 200, retry_after: None, body: "{\"error\":0}" };
    pub const fn status(status: u16) -> Self {
        Self { status, ..Self::OK }
    }
    pub const fn body(body: &'static str) -> Self {
        Self { body, ..Self::OK }
    }
}

/// A server that takes what is posted; it gives the replies it was told, then goes on saying yes.
#[derive(Clone, Default)]
pub struct Gateway(Arc<Mutex<(Vec<Posted>, Vec<Reply>)>>);

impl Gateway {
    /// Starts it; the address without a path.
    pub async fn start() -> (Self, String) {
        let gateway = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(take).with_state(gateway.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (gateway, url)
    }
    /// The next replies, in order.
    pub fn reply(&self, replies: &[Reply]) {
        self.0.lock().unwrap().1.extend_from_slice(replies);
    }
    /// What came, in order.
    pub fn posted(&self) -> Vec<Posted> {
        self.0.lock().unwrap().0.clone()
    }
}

async fn take(State(gateway): State<Gateway>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let mut held = gateway.0.lock().unwrap();
    held.0.push(Posted { path: uri.path().to_owned(), headers, body: String::from_utf8(body.to_vec()).unwrap() });
    let reply = if held.1.is_empty() { Reply::OK } else { held.1.remove(0) };
    let mut response = (StatusCode::from_u16(reply.status).unwrap(), reply.body).into_response();
    if let Some(seconds) = reply.retry_after {
        response.headers_mut().insert("retry-after", seconds.parse().unwrap());
    }
    response
}

/// A mail server: it keeps each letter whole, with the address to which it was sent.
#[derive(Clone, Default)]
pub struct MailServer(Arc<Mutex<Vec<(String, String)>>>);

impl MailServer {
    /// Starts it; its port. A recipient that begins with `khong-co` has no mailbox there.
    pub async fn start() -> (Self, u16) {
        let server = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let own = server.clone();
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                tokio::spawn(talk(own.clone(), line));
            }
        });
        (server, port)
    }
    /// Recipient and letter, in order.
    pub fn letters(&self) -> Vec<(String, String)> {
        self.0.lock().unwrap().clone()
    }
}

/// One conversation by RFC 5321, as far as a client that sends needs it.
async fn talk(server: MailServer, stream: TcpStream) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 thu.vidu.vn\r\n").await.unwrap();
    let mut to = String::new();
    while let Ok(Some(line)) = lines.next_line().await {
        let word = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let answer: &str = match word.as_str() {
            "EHLO" => "250-thu.vidu.vn\r\n250 8BITMIME\r\n",
            "RCPT" if line.contains("<khong-co") => "550 no such mailbox\r\n",
            "RCPT" => {
                line.split(['<', '>']).nth(1).unwrap_or_default().clone_into(&mut to);
                "250 ok\r\n"
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await.unwrap();
                let mut letter = String::new();
                while let Ok(Some(line)) = lines.next_line().await {
                    if line == "." {
                        break;
                    }
                    letter.push_str(&line);
                    letter.push('\n');
                }
                server.0.lock().unwrap().push((to.clone(), letter));
                "250 taken\r\n"
            }
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await.ok();
                return;
            }
            _ => "250 ok\r\n",
        };
        if write.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}
