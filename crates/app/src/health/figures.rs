use super::store;
use crate::{app::App, error::AppError};
use platform::db::WriterFigures;
use std::fmt::Write;

/// What a supervisor's screen and an alarm look at.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    pub open_dossiers: i64,
    pub overdue: i64,
    pub outbox_waiting: i64,
    pub outbox_dead: i64,
    pub writer: WriterFigures,
}

impl Figures {
    pub async fn read(app: &App) -> Result<Self, AppError> {
        let now = app.now();
        let writer = app.db.health();
        app.db
            .read(move |q| {
                let (open_dossiers, overdue) = store::open_and_overdue(q, now)?;
                let (outbox_waiting, outbox_dead) = store::outbox(q)?;
                Ok(Self { open_dossiers, overdue, outbox_waiting, outbox_dead, writer })
            })
            .await
    }

    /// In the text format of Prometheus.
    pub fn text(&self, free_bytes: Option<u64>) -> String {
        let w = &self.writer;
        let mut out = String::with_capacity(2048);
        let gauges: [(&str, &str, i64); 4] = [
            ("motcua_open_dossiers", "Dossiers on somebody's desk", self.open_dossiers),
            ("motcua_overdue_dossiers", "Dossiers past their due date and not decided", self.overdue),
            ("motcua_outbox_waiting", "Effects that wait to be done", self.outbox_waiting),
            ("motcua_outbox_dead", "Effects that were given up", self.outbox_dead),
        ];
        for (name, help, value) in gauges {
            line(&mut out, name, help, "gauge", value);
        }
        let counters: [(&str, &str, u64); 5] = [
            ("motcua_db_units_total", "Units of work committed", w.units),
            ("motcua_db_groups_total", "Commits; units through groups is the mean size of a group", w.groups),
            ("motcua_db_failed_groups_total", "Commits that failed", w.failed_groups),
            ("motcua_db_reruns_total", "Units that ran again", w.reruns),
            ("motcua_db_panics_total", "Units that panicked", w.panics),
        ];
        for (name, help, value) in counters {
            line(&mut out, name, help, "counter", value);
        }
        line(&mut out, "motcua_db_largest_group", "Units in the largest group", "gauge", w.largest_group);
        line(&mut out, "motcua_db_waiting", "Units that wait for the writer", "gauge", w.waiting);
        line(
            &mut out,
            "motcua_db_last_commit_milliseconds",
            "How long the last commit took",
            "gauge",
            w.last_commit_ms,
        );
        line(&mut out, "motcua_db_wal_pages", "Pages in the write-ahead log", "gauge", w.wal_pages);
        if let Some(bytes) = free_bytes {
            line(&mut out, "motcua_disk_free_bytes", "Room left on the disk of DATA", "gauge", bytes);
        }
        out
    }
}

fn line(out: &mut String, name: &str, help: &str, kind: &str, value: impl std::fmt::Display) {
    // Writing to a text cannot fail.
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}");
}
