//! A server as a child process, and what the kernel says it cost.

use crate::Fault;
use rustix::process::Signal;
use std::{ffi::OsStr, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// `getconf CLK_TCK`; 100 on every Linux that Debian builds.
const TICKS_A_SECOND: u32 = 100;

pub struct Server {
    child: Child,
    /// `127.0.0.1:PORT`.
    pub address: String,
    /// The same of the administration port; the limit has none.
    pub admin: String,
}

impl Server {
    /// Starts and waits for the ready line.
    pub async fn start(program: &OsStr, arguments: &[&OsStr]) -> Result<Self, Fault> {
        let mut child = Command::new(program).args(arguments).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let out = child.stdout.take().ok_or("no stdout")?;
        let line = BufReader::new(out).lines().next_line().await?.ok_or("ended before it was ready")?;
        let ready: serde_json::Value = serde_json::from_str(&line)?;
        let url = ready["url"].as_str().ok_or("no url in the ready line")?;
        let admin = ready["admin_url"].as_str().unwrap_or_default();
        let bare = |url: &str| url.trim_start_matches("http://").to_owned();
        Ok(Self { child, address: bare(url), admin: bare(admin) })
    }

    /// Milliseconds of the processor since the start, without the background thread: what it does, nobody waits for.
    pub fn cpu_ms(&self) -> Result<f64, Fault> {
        Ok(ticks(&format!("/proc/{}/stat", self.pid()?))? - self.background_ms()?)
    }

    /// Milliseconds of the background thread alone.
    pub fn background_ms(&self) -> Result<f64, Fault> {
        let mut sum = 0.0;
        for task in std::fs::read_dir(format!("/proc/{}/task", self.pid()?))? {
            let task = task?.path();
            let name = std::fs::read_to_string(task.join("comm")).unwrap_or_default();
            if name.trim() == platform::background::THREAD {
                sum += ticks(&task.join("stat").display().to_string())?;
            }
        }
        Ok(sum)
    }

    /// Memory of its own (`RssAnon`), in KiB.
    pub fn private_kib(&self) -> Result<u64, Fault> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid()?))?;
        let line = status.lines().find_map(|l| l.strip_prefix("RssAnon:")).ok_or("no RssAnon")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }

    /// Stands still while the other one is measured: its background work would take the processor that both share.
    pub fn hold(&self) -> Result<(), Fault> {
        self.send(Signal::STOP)
    }

    /// Goes on.
    pub fn go_on(&self) -> Result<(), Fault> {
        self.send(Signal::CONT)
    }

    /// Asks it to stop and waits until it has.
    pub async fn stop(mut self) -> Result<(), Fault> {
        self.send(Signal::TERM)?;
        if self.child.wait().await?.success() { Ok(()) } else { Err("the server did not stop in order".into()) }
    }

    fn send(&self, signal: Signal) -> Result<(), Fault> {
        let pid = rustix::process::Pid::from_raw(i32::try_from(self.pid()?)?).ok_or("no process")?;
        Ok(rustix::process::kill_process(pid, signal)?)
    }

    fn pid(&self) -> Result<u32, Fault> {
        Ok(self.child.id().ok_or("the server has ended")?)
    }
}

/// User and system time in a `stat` file of the kernel, in milliseconds.
fn ticks(stat: &str) -> Result<f64, Fault> {
    let stat = std::fs::read_to_string(stat)?;
    let after_name = stat.rsplit_once(')').ok_or("stat")?.1;
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks: u32 = fields[11].parse::<u32>()? + fields[12].parse::<u32>()?;
    Ok(f64::from(ticks) * 1000.0 / f64::from(TICKS_A_SECOND))
}
