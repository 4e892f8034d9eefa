//! A port and those who call on it: what one connection may take of memory and of time is bounded here, below all pages.

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{io, net::SocketAddr, pin::pin, time::Duration};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// Bytes that a connection keeps of what came and nobody has read yet; a head that is longer is refused. A thousand uploads at
/// once are 64 MiB of it, where the usual bound of 400 KiB would let them be 400.
const KEPT: usize = 64 * 1024;

/// How long a caller may take for the head of a request.
const HEAD_WITHIN: Duration = Duration::from_secs(30);

/// Callers that wait until they are let in; the morning's first minute brings a province at once, and a full queue drops them
/// without a word.
const WAITING: i32 = 1024;

/// Before the next try when the process has no file or memory left for another caller.
const PAUSE: Duration = Duration::from_millis(100);

/// Opens the port.
pub fn bind(at: SocketAddr) -> io::Result<std::net::TcpListener> {
    let listener = std::net::TcpListener::bind(at)?;
    // Once more with a longer queue than the standard library asks for.
    rustix::net::listen(&listener, WAITING)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Answers until it is asked to stop; what has begun is finished first.
pub async fn answer_on(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN).max_buf_size(KEPT);
    let open = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, from) = tokio::select! {
            caller = next(&listener) => caller,
            () = &mut stop => break,
        };
        let calls = router.clone().map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(from));
            request.map(Body::new)
        });
        let connection = open.watch(server.serve_connection(TokioIo::new(stream), TowerToHyperService::new(calls)));
        tokio::spawn(async move {
            // Who hangs up in the middle of a word is nobody's fault.
            if let Err(why) = connection.await {
                tracing::trace!(%why, "a connection ended early");
            }
        });
    }
    drop(listener);
    open.shutdown().await;
}

async fn next(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(caller) => return caller,
            Err(e) if is_the_callers(&e) => {}
            Err(why) => {
                tracing::error!(%why, "nobody can be let in");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// The caller has gone already.
fn is_the_callers(e: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(e.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
