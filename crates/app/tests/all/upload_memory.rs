//! "50 MB upload in 1 MB chunks keeps memory flat; 1,000 simultaneous uploads ≤ 256 MiB": measured on this process, in which the
//! server, its clients and the world all live, so that the true figures are lower.

use crate::online::home;
use bytes::Bytes;
use platform::db::{Query, params, sql};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Barrier,
};

const PIECE: usize = 1024 * 1024;
const MIB: u64 = 1024 * 1024;

/// The most memory that this process ever held, in bytes; the count begins anew with `forget`.
fn most() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

fn forget() {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
}

fn hash(bytes: &[u8]) -> String {
    domain::hex(&Sha256::digest(bytes))
}

/// Uploads of this citizen that have been announced; their numbers.
async fn announced(w: &crate::world::World, count: i64, size: i64) -> Vec<i64> {
    let first = 1_000_000;
    let write = move |unit: &mut platform::db::Unit| {
        let contact: String =
            unit.one(sql!("SELECT contact FROM citizen_sessions LIMIT 1"), params![], |r| r.get(0))?;
        for n in 0..count {
            let st = sql!(
                "INSERT INTO online_uploads (id, contact, draft_id, place, name, size, mark, received, changed_at)
                 VALUES ($1, $2, $1, 'p', 'to.pdf', $3, $4, 0, 0)"
            );
            unit.execute(st, params![first + n, &contact, size, format!("{n:064}")])?;
        }
        Ok::<_, motcua::error::AppError>((first..first + count).collect())
    };
    w.app.db.unit(write).await.unwrap()
}

/// Bytes written at once.
static BLOCK: [u8; 64 * 1024] = [b'x'; 64 * 1024];

/// One piece over a line of its own, half of it before the others have come as far; the first line of the answer.
async fn by_hand(mut line: TcpStream, head: &str, half: &Barrier) -> String {
    let begun = write(&mut line, head.as_bytes()).await;
    // Who was turned away comes here too, or the others would wait for ever.
    half.wait().await;
    if begun {
        write(&mut line, &[]).await;
    }
    let mut answer = Vec::new();
    let ended = line.read_to_end(&mut answer).await;
    let said = String::from_utf8_lossy(&answer).into_owned();
    said.lines().next().map_or_else(|| format!("no answer: {ended:?}"), str::to_owned)
}

/// The head and half of a piece; false when the server hung up.
async fn write(line: &mut TcpStream, head: &[u8]) -> bool {
    if line.write_all(head).await.is_err() {
        return false;
    }
    for _ in 0..PIECE / BLOCK.len() / 2 {
        if line.write_all(&BLOCK).await.is_err() {
            return false;
        }
    }
    true
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_fifty_mebibytes_in_pieces_keeps_memory_flat() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let pieces = 50;
    let id = announced(&h.w, 1, i64::try_from(pieces * PIECE).unwrap()).await[0];
    let served = h.w.serve().await;
    let client = reqwest::Client::new();
    let mut peak = Vec::new();
    for n in 0..pieces {
        let piece = Bytes::from(vec![u8::try_from(n).unwrap(); PIECE]);
        let said = hash(&piece);
        forget();
        let call = client.put(format!("{}/tai-len/{id}?tu={}", served.url, n * PIECE)).header("cookie", &session);
        let answer = call.header("piece-sha256", said).body(piece).send().await.unwrap();
        // The last one closes the file, which is put together and looked into; such bytes are no paper.
        assert_eq!(answer.status().as_u16(), if n + 1 == pieces { 422 } else { 200 }, "piece {n}");
        peak.push(most());
    }
    served.stop().await;
    let growth = peak.iter().max().unwrap().saturating_sub(peak[0]);
    assert!(growth < 24 * MIB, "it grew by {} MiB over {pieces} pieces", growth / MIB);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_uploads_at_once_take_less_than_256_mebibytes() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let count = 1_000;
    let ids = announced(&h.w, count, 2 * i64::try_from(PIECE).unwrap()).await;
    let served = h.w.serve().await;
    let said = hash(&vec![b'x'; PIECE]);
    // All are half sent before any goes on.
    let half = Arc::new(Barrier::new(ids.len()));
    forget();
    let before = most();
    let at = served.url.trim_start_matches("http://").to_owned();
    let mut answers = Vec::new();
    for id in ids {
        // One after the other: a thousand calls in one instant are more than a listener lets wait.
        let line = TcpStream::connect(&at).await.unwrap();
        let head = format!(
            "PUT /tai-len/{id}?tu=0 HTTP/1.1\r\nhost: {at}\r\ncookie: {session}\r\npiece-sha256: {said}\r\n\
             content-length: {PIECE}\r\nconnection: close\r\n\r\n"
        );
        let half = Arc::clone(&half);
        answers.push(tokio::spawn(async move { by_hand(line, &head, &half).await }));
    }
    for one in answers {
        assert_eq!(one.await.unwrap(), "HTTP/1.1 200 OK");
    }
    let growth = most().saturating_sub(before);
    served.stop().await;
    assert!(growth < 256 * MIB, "it grew by {} MiB", growth / MIB);
}
