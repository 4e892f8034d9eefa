//! A server as a child process, and what the kernel says it cost.

use crate::Fault;
use std::{ffi::OsStr, process::Stdio, time::Duration};
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
}

impl Server {
    /// Starts and waits for the ready line.
    pub async fn start(program: &OsStr, arguments: &[&OsStr]) -> Result<Self, Fault> {
        let mut child = Command::new(program).args(arguments).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let out = child.stdout.take().ok_or("no stdout")?;
        let line = BufReader::new(out).lines().next_line().await?.ok_or("ended before it was ready")?;
        let ready: serde_json::Value = serde_json::from_str(&line)?;
        let url = ready["url"].as_str().ok_or("no url in the ready line")?;
        Ok(Self { child, address: url.trim_start_matches("http://").to_owned() })
    }

    /// User and system milliseconds since the start.
    pub fn cpu_ms(&self) -> Result<f64, Fault> {
        let pid = self.child.id().ok_or("the server has ended")?;
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
        let after_name = stat.rsplit_once(')').ok_or("stat")?.1;
        let fields: Vec<&str> = after_name.split_whitespace().collect();
        let ticks: u32 = fields[11].parse::<u32>()? + fields[12].parse::<u32>()?;
        Ok(f64::from(ticks) * 1000.0 / f64::from(TICKS_A_SECOND))
    }

    /// Waits until the work that commands left behind (archived slips) is done, so that it is not counted twice.
    pub async fn rest(&self) -> Result<(), Fault> {
        for _ in 0..120 {
            let before = self.cpu_ms()?;
            tokio::time::sleep(Duration::from_secs(1)).await;
            if self.cpu_ms()? - before < 30.0 {
                break;
            }
        }
        Ok(())
    }
}
