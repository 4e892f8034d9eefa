use super::*;
use crate::shutdown::Shutdown;
use std::convert::Infallible;
use std::sync::Mutex;

/// A job and when it is due; `None` once it is done or dead.
struct Row {
    job: Job,
    due: Option<Millis>,
    end: &'static str,
}

#[derive(Default)]
struct Rows(Mutex<Vec<Row>>);

impl Rows {
    fn with(kinds: &[&str]) -> Self {
        let rows = Self::default();
        for kind in kinds {
            rows.add(kind);
        }
        rows
    }
    fn add(&self, kind: &str) {
        let mut rows = self.0.lock().unwrap();
        let id = i64::try_from(rows.len()).unwrap();
        let job = Job { id, key: format!("{kind}-{id}"), kind: kind.into(), payload: "{}".into(), attempts: 0 };
        rows.push(Row { job, due: Some(0), end: "" });
    }
    fn change(&self, id: i64, change: impl FnOnce(&mut Row)) {
        change(&mut self.0.lock().unwrap()[usize::try_from(id).unwrap()]);
    }
    fn ends(&self) -> Vec<&'static str> {
        self.0.lock().unwrap().iter().map(|r| r.end).collect()
    }
    fn due(&self, id: usize) -> Option<Millis> {
        self.0.lock().unwrap()[id].due
    }
}

impl JobStore for &Rows {
    type Error = Infallible;
    async fn claim(&self, now: Millis, lease_until: Millis, limit: usize) -> Result<Vec<Job>, Infallible> {
        let mut rows = self.0.lock().unwrap();
        let due = rows.iter_mut().filter(|r| r.due.is_some_and(|at| at <= now)).take(limit);
        Ok(due
            .map(|row| {
                row.due = Some(lease_until);
                row.job.clone()
            })
            .collect())
    }
    async fn done(&self, id: i64, _now: Millis) -> Result<(), Infallible> {
        self.change(id, |r| (r.due, r.end) = (None, "done"));
        Ok(())
    }
    async fn retry_at(&self, id: i64, at: Millis, attempts: u32, _reason: &str) -> Result<(), Infallible> {
        self.change(id, |r| (r.due, r.job.attempts) = (Some(at), attempts));
        Ok(())
    }
    async fn give_back(&self, ids: Vec<i64>, now: Millis) -> Result<(), Infallible> {
        for id in ids {
            self.change(id, |r| r.due = Some(now));
        }
        Ok(())
    }
    async fn dead(&self, id: i64, _now: Millis, _reason: &str) -> Result<(), Infallible> {
        self.change(id, |r| (r.due, r.end) = (None, "dead"));
        Ok(())
    }
}

/// Does what the job's kind says.
struct Obedient<'a>(&'a Rows);

impl JobHandler for Obedient<'_> {
    async fn handle(&self, job: &Job) -> Result<(), Failure> {
        match job.kind.as_str() {
            "busy" => Err(Failure::Again("HTTP 503".into())),
            "third_time" if job.attempts < 2 => Err(Failure::Again("HTTP 503".into())),
            "night" => Err(Failure::NotBefore(0, "night".into())),
            "wrong_number" => Err(Failure::Never("no such number".into())),
            "panic" => panic!("on purpose"),
            "parent" => {
                self.0.add("child");
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn worker(rows: &Rows) -> Worker<&Rows, Obedient<'_>> {
    Worker::new(rows, Obedient(rows), Shutdown::new().signal())
}

/// NTF-02
#[tokio::test]
async fn a_failure_or_a_panic_of_one_job_stops_no_other() {
    let rows = Rows::with(&["sms", "panic", "wrong_number", "busy", "sms"]);
    let counts = worker(&rows).run_once(0).await.unwrap();
    assert_eq!(counts, Counts { done: 2, again: 2, dead: 1 });
    assert_eq!(rows.ends(), ["done", "", "dead", "", "done"]);
}

#[tokio::test]
async fn settling_runs_what_jobs_bring_and_leaves_what_is_due_later() {
    let rows = Rows::with(&["parent", "busy", "night"]);
    let counts = worker(&rows).settle(0).await.unwrap();
    assert_eq!(counts, Counts { done: 2, again: 2, dead: 0 });
    assert_eq!(rows.ends(), ["done", "", "", "done"]);
    assert_eq!(worker(&rows).settle(0).await.unwrap(), Counts::default());
}

#[tokio::test]
async fn a_job_is_tried_by_the_schedule_until_it_succeeds() {
    let rows = Rows::with(&["third_time"]);
    let worker = worker(&rows);
    assert_eq!(worker.settle(0).await.unwrap().again, 1);
    assert_eq!(rows.due(0), Some(5_000));
    assert_eq!(worker.settle(4_999).await.unwrap().total(), 0);
    assert_eq!(worker.settle(5_000).await.unwrap().again, 1);
    assert_eq!(rows.due(0), Some(15_000));
    assert_eq!(worker.settle(15_000).await.unwrap().done, 1);
}

#[tokio::test]
async fn a_job_that_never_succeeds_becomes_a_dead_letter() {
    let rows = Rows::with(&["busy"]);
    let worker = worker(&rows);
    let mut now = 0;
    while let Some(due) = rows.due(0) {
        now = due;
        worker.settle(now).await.unwrap();
    }
    assert_eq!(rows.ends(), ["dead"]);
    assert!(now > 24 * 3_600_000);
}

#[tokio::test]
async fn waiting_for_the_morning_is_no_failure() {
    let rows = Rows::with(&["night"]);
    worker(&rows).run_once(7).await.unwrap();
    assert_eq!(rows.due(0), Some(8));
    assert_eq!(rows.0.lock().unwrap()[0].job.attempts, 0);
}

#[tokio::test]
async fn a_claimed_job_is_held_until_its_lease_ends() {
    let rows = Rows::with(&["sms"]);
    let store = &rows;
    assert_eq!(store.claim(0, 300_000, 10).await.unwrap().len(), 1);
    assert_eq!(worker(&rows).run_once(299_999).await.unwrap().total(), 0);
    assert_eq!(worker(&rows).run_once(300_000).await.unwrap().done, 1);
}

/// Asks the process to stop while it does its first job.
struct Leaving<'a>(&'a Shutdown);

impl JobHandler for Leaving<'_> {
    async fn handle(&self, _: &Job) -> Result<(), Failure> {
        self.0.request();
        Ok(())
    }
}

#[tokio::test]
async fn a_process_that_stops_finishes_the_job_in_hand_and_gives_the_others_back() {
    let (rows, shutdown) = (Rows::with(&["sms", "sms", "sms"]), Shutdown::new());
    let worker = Worker { at_once: 1, ..Worker::new(&rows, Leaving(&shutdown), shutdown.signal()) };
    assert_eq!(worker.settle(7).await.unwrap(), Counts { done: 1, ..Counts::default() });
    assert_eq!(rows.ends(), ["done", "", ""]);
    assert_eq!((rows.due(1), rows.due(2)), (Some(7), Some(7)), "nobody waits for a lease to end");
}
