//! The built program as a script sees it: its commands, its ready line, its ports.

use crate::world::Schema;
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Output, Stdio},
};
use tempfile::TempDir;

/// A folder of its own; the data base is in it, or in a schema of its own on the server in `MOTCUA_TEST_POSTGRES`.
pub struct Program {
    data: TempDir,
    schema: Option<Schema>,
}

/// A running `serve`.
pub struct Server {
    child: Child,
    pub url: String,
    pub admin_url: String,
}

impl Program {
    /// Nothing in it yet.
    pub fn empty() -> Self {
        Self { data: tempfile::tempdir().unwrap(), schema: None }
    }
    /// With the profile of Quảng Ninh.
    pub fn migrated() -> Self {
        let program = Self::empty();
        program.good(&["--profile", "quang-ninh", "migrate"]);
        program
    }
    /// The same on PostgreSQL; without a server the test fails.
    pub fn on_postgres() -> Self {
        let program = Self { schema: Some(Schema::new("program")), ..Self::empty() };
        program.good(&["--profile", "quang-ninh", "migrate"]);
        program
    }
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
        command.arg("--data").arg(self.data.path()).args(args);
        if let Some(schema) = &self.schema {
            command.env("MOTCUA_DATABASE_URL", schema.url());
        }
        command.env("MOTCUA_TEST__CLOCK", "true").env("MOTCUA_LOG__FILTER", "error");
        command.env("MOTCUA_SIGN_IN__HASHING__MEMORY_KIB", "8").env("MOTCUA_SIGN_IN__HASHING__PASSES", "1");
        command
    }
    pub fn run(&self, args: &[&str], input: &str) -> Output {
        let mut command = self.command(args);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A command that reads nothing may have ended already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }
    /// Runs it with `--json` and gives what it printed; fails the test when the exit code is not 0.
    pub fn good(&self, args: &[&str]) -> Value {
        self.good_with(args, "")
    }
    pub fn good_with(&self, args: &[&str], input: &str) -> Value {
        let all = [&["--json"], args].concat();
        let out = self.run(&all, input);
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        serde_json::from_slice(&out.stdout).unwrap()
    }
    /// Adds an officer and gives a key that acts as them.
    pub fn key(&self, login: &str, agency: &str, role: &str) -> String {
        let add = ["admin", "officer", "add", login, "--agency", agency, "--role", role, "--password-stdin"];
        self.good_with(&add, "bốn con ngựa trắng\n");
        let made = self.good(&["admin", "key", "create", "--officer", login, "--scope", "dossier:write"]);
        made["key"].as_str().unwrap().to_owned()
    }
    /// Starts the server on free ports, its legal clock frozen.
    pub fn serve(&self, clock: &str) -> Server {
        self.serve_with(clock, "error", Stdio::inherit())
    }
    /// The same with a filter of the log, and where it goes.
    pub fn serve_with(&self, clock: &str, filter: &str, log: Stdio) -> Server {
        let args = ["serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--test-clock", clock];
        let mut command = self.command(&args);
        command.env("MOTCUA_LOG__FILTER", filter).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {line:?}"));
        assert_eq!(ready["ready"], true);
        let text = |key: &str| ready[key].as_str().unwrap().to_owned();
        Server { url: text("url"), admin_url: text("admin_url"), child }
    }
    /// Where its data lie, for a look behind its back.
    pub fn database(&self) -> String {
        let file = || format!("sqlite:{}", self.data.path().join("motcua.db").display());
        self.schema.as_ref().map_or_else(file, Schema::url)
    }
    pub fn path(&self) -> &Path {
        self.data.path()
    }
}

/// A test that failed leaves nobody behind.
impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended already cannot be killed, and need not be.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// `kill -9`: no goodbye, no flush.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
    /// Asks it to stop and gives its exit code.
    pub fn stop(mut self) -> Option<i32> {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(asked.success());
        self.child.wait().unwrap().code()
    }
}
