//! Connections that break: before the commit the unit runs again, at the commit the idempotency row decides.

use crate::world::{NOW, World, add_mark, names, postgres_url, until};
use platform::db::{Answer, DatabaseUrl, Db, DbError, Mode, Once, Options, Outcome, Query, params, sql};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering::SeqCst};

const CALM: u8 = 0;
/// The next COMMIT does not reach the server.
const LOSE_COMMIT: u8 = 1;
/// The next COMMIT reaches the server, its answer does not come back.
const LOSE_ANSWER: u8 = 2;

/// A wire to the server that can be cut at the next commit.
struct Wire {
    mood: Arc<AtomicU8>,
    port: u16,
}

impl Wire {
    fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let wire = Self { mood: Arc::new(AtomicU8::new(CALM)), port: listener.local_addr().unwrap().port() };
        let mood = Arc::clone(&wire.mood);
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(server) = TcpStream::connect(&server) else { return };
                let mood = Arc::clone(&mood);
                std::thread::spawn(move || carry(&client, &server, &mood));
            }
        });
        wire
    }
}

fn carry(client: &TcpStream, server: &TcpStream, mood: &AtomicU8) {
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let (mut from, mut to, mut buffer) = (client, server, [0; 8_192]);
            while let Ok(size @ 1..) = from.read(&mut buffer) {
                let commits = buffer[..size].windows(7).any(|w| w == b"COMMIT\0");
                let cut = if commits { mood.swap(CALM, SeqCst) } else { CALM };
                if cut == LOSE_ANSWER {
                    client.shutdown(Shutdown::Write).ok();
                }
                if cut == LOSE_COMMIT || to.write_all(&buffer[..size]).is_err() {
                    break;
                }
            }
            server.shutdown(Shutdown::Both).ok();
            client.shutdown(Shutdown::Both).ok();
        });
        let (mut from, mut to, mut buffer) = (server, client, [0; 8_192]);
        while let Ok(size @ 1..) = from.read(&mut buffer) {
            if to.write_all(&buffer[..size]).is_err() {
                break;
            }
        }
        client.shutdown(Shutdown::Both).ok();
    });
}

/// A data base behind a wire, with one connection so that the cut meets the right one.
fn wired() -> (World, Db, Wire) {
    let world = World::postgres();
    let DatabaseUrl::Postgres { url, schema, tls } = world.url.clone() else { unreachable!("it was asked for") };
    let config: postgres::Config = url.parse().unwrap();
    let [postgres::config::Host::Tcp(host)] = config.get_hosts() else { panic!("the tests need a TCP address") };
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let wire = Wire::to(format!("{host}:{port}"));
    let url = url.replacen(&format!("{host}:{port}"), &format!("127.0.0.1:{}", wire.port), 1);
    let options = Options { connections: 1, ..Options::new(Mode::Serve) };
    let db = Db::open(&DatabaseUrl::Postgres { url, schema, tls }, options).unwrap();
    (world, db, wire)
}

fn add_once(db: &Db) -> Result<Outcome, DbError> {
    let once = Once { principal: "p".into(), key: "k".into(), command_hash: "h".into(), now_ms: NOW };
    let work = |unit: &mut _| add_mark(unit, 1, "one").map(|()| Answer { status: 303, body: "/".into() });
    tokio::runtime::Runtime::new().unwrap().block_on(db.unit_once(once, work))
}

#[test]
fn a_commit_whose_answer_was_lost_is_found_by_its_key_and_not_done_twice() {
    let (world, db, wire) = wired();
    wire.mood.store(LOSE_ANSWER, SeqCst);
    assert!(matches!(add_once(&db), Ok(Outcome::Replay(_))));
    assert_eq!(names(&world.db), ["one"]);
}

#[test]
fn a_commit_that_never_arrived_is_done_again_behind_its_key() {
    let (world, db, wire) = wired();
    wire.mood.store(LOSE_COMMIT, SeqCst);
    assert!(matches!(add_once(&db), Ok(Outcome::Fresh(_))));
    assert_eq!(names(&world.db), ["one"]);
}

#[test]
fn without_a_key_a_lost_commit_is_told_and_never_run_again() {
    let (world, db, wire) = wired();
    for (id, mood) in [(1, LOSE_ANSWER), (2, LOSE_COMMIT)] {
        wire.mood.store(mood, SeqCst);
        let lost = db.unit_blocking(move |unit| add_mark(unit, id, &format!("mark {id}")));
        assert!(matches!(&lost, Err(error @ DbError::Lost(_)) if !error.is_retry_later()), "{lost:?}");
    }
    // The server hears of the commit after the caller has heard of the loss: it takes its moment.
    until("the first mark is saved", || !names(&world.db).is_empty());
    assert_eq!(names(&world.db), ["mark 1"]);
    assert_eq!(db.health().reruns, 0);
}

/// The server's number for the connection that asks.
fn backend(q: &mut impl Query) -> Result<i64, DbError> {
    q.one(sql!("SELECT CAST(pg_backend_pid() AS BIGINT)"), params![], |row| row.get(0))
}

/// Has the server close a connection.
fn close(pid: i64) {
    let mut client = postgres::Client::connect(&postgres_url(), postgres::NoTls).unwrap();
    client.batch_execute(&format!("SELECT pg_terminate_backend({pid}, 5000)")).unwrap();
}

#[test]
fn a_connection_lost_before_the_commit_is_replaced_and_the_unit_runs_again() {
    let world = World::postgres();
    let mut first_time = true;
    world
        .db
        .unit_blocking(move |unit| {
            add_mark(unit, 1, "one")?;
            if std::mem::take(&mut first_time) {
                close(backend(unit)?);
            }
            add_mark(unit, 2, "two")
        })
        .unwrap();
    assert_eq!(names(&world.db), ["one", "two"]);
    assert_eq!(world.db.health().reruns, 1);
}

#[test]
fn a_connection_the_server_closed_while_it_lay_idle_is_replaced() {
    let world = World::postgres();
    let closed = world.db.read_blocking(backend);
    close(closed.unwrap());
    world.db.unit_blocking(|unit| add_mark(unit, 1, "one")).unwrap();
    assert_eq!(names(&world.db), ["one"]);
}
