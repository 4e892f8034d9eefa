//! A process killed in the middle of its work has saved everything it acknowledged.

use crate::world::{MARKS, NOW, add_mark, names, postgres_url, with_schema};
use platform::db::{DatabaseUrl, Db, DbError, Mode, Options, PLATFORM_MIGRATION};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

const CHILD: &str = "MOTCUA_TEST_CHILD_WRITES_TO";

/// Starts the child, kills it after `acknowledged` answers and gives those it printed until its end.
fn killed_after(url: &str, first: i64, acknowledged: usize, while_alive: impl FnOnce(u32)) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::the_child_writes_until_it_is_killed", "--ignored", "--nocapture"])
        .env(CHILD, format!("{first} {url}"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut journal = Vec::new();
    let keep = |line: String| line.strip_prefix("saved ").map(str::to_owned);
    while journal.len() < acknowledged {
        journal.extend(keep(lines.next().unwrap()));
    }
    while_alive(child.id());
    child.kill().unwrap(); // SIGKILL
    child.wait().unwrap();
    journal.extend(lines.filter_map(keep)); // what was on its way
    journal
}

/// Twenty times: every acknowledged name is there, each once.
fn survives_twenty_kills(text: &str) {
    let url: DatabaseUrl = text.parse().unwrap();
    let open = || Db::open(&url, Options::new(Mode::Tool)).unwrap();
    open().migrate(&[PLATFORM_MIGRATION, MARKS], NOW).unwrap();
    let mut journal = Vec::new();
    for round in 0..20 {
        let acknowledged = 5 + usize::try_from(round).unwrap() * 3;
        journal.extend(killed_after(text, round * 1_000_000, acknowledged, |pid| refused_while(&url, pid)));
        let saved = names(&open());
        let lost: Vec<_> = journal.iter().filter(|name| !saved.contains(name)).collect();
        assert!(lost.is_empty(), "round {round}: acknowledged and lost: {lost:?}");
    }
    assert!(journal.len() > 500);
}

/// A living writer keeps others out of its SQLite file, and is named.
fn refused_while(url: &DatabaseUrl, pid: u32) {
    if let DatabaseUrl::Sqlite(_) = url {
        let refused = Db::open(url, Options::new(Mode::Tool)).map(drop);
        assert!(
            matches!(&refused, Err(DbError::Locked { holder: Some(h), .. }) if *h == pid.to_string()),
            "{refused:?}"
        );
    }
}

#[test]
fn nothing_acknowledged_is_lost_in_twenty_kills_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    survives_twenty_kills(&format!("sqlite:{}", folder.path().join("motcua.db").display()));
}

#[test]
fn nothing_acknowledged_is_lost_in_twenty_kills_on_postgres() {
    let schema = format!("killed_{}", std::process::id());
    survives_twenty_kills(&with_schema(&postgres_url(), &schema));
    let mut client = postgres::Client::connect(&postgres_url(), postgres::NoTls).unwrap();
    client.batch_execute(&format!("SET client_min_messages TO error; DROP SCHEMA {schema} CASCADE")).unwrap();
}

#[test]
#[ignore = "the child process of the tests above"]
fn the_child_writes_until_it_is_killed() {
    let Ok(task) = std::env::var(CHILD) else { return };
    let (first, url) = task.split_once(' ').unwrap();
    let first: i64 = first.parse().unwrap();
    let db = Db::open(&url.parse().unwrap(), Options::new(Mode::Tool)).unwrap();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let db = &db;
            scope.spawn(move || {
                for id in (first + writer..).step_by(4).take(100_000) {
                    db.unit_blocking(move |unit| add_mark(unit, id, &id.to_string())).unwrap();
                    println!("saved {id}");
                }
            });
        }
    });
}
