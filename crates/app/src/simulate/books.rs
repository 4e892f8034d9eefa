//! The books beside the dossiers: numbers given out, what came in and went out, money, and the summary.

use super::{
    fault::{Broken, Holds},
    life::{Life, slip_series},
};
use domain::{
    accounts::Who,
    dossier::{Command, Dossier, DossierCode, Event, Intake, Law, Numbers, Refusal, SlipRef, Status},
    id::Id,
};
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

#[derive(Default)]
pub struct Books {
    steps: u64,
    refusals: BTreeMap<&'static str, u64>,
    events: BTreeMap<&'static str, u64>,
    opened: u64,
    ends: BTreeMap<&'static str, u64>,
    pace: [u64; 3],
    /// Last number used of each series; a refusal gives a number back.
    series: BTreeMap<String, u32>,
    codes: HashSet<String>,
    received: u64,
    resolved: u64,
    owed: i64,
    paid: i64,
    /// Still owed by dossiers that have ended.
    written_off: i64,
    pub redated: u64,
    pub calendar_changes: u64,
}

/// What was lived through.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// Commands tried, lawful and unlawful.
    pub steps: u64,
    pub dossiers: u64,
    pub events: BTreeMap<&'static str, u64>,
    /// By rule.
    pub refusals: BTreeMap<&'static str, u64>,
    /// Last status of the dossiers.
    pub ends: BTreeMap<&'static str, u64>,
    /// Decided on an earlier day, in time, late.
    pub early: u64,
    pub on_time: u64,
    pub late: u64,
    pub calendar_changes: u64,
    pub redated: u64,
    pub owed: i64,
    pub paid: i64,
}

impl Books {
    /// The numbers that this command would use; they count only once it has succeeded.
    pub fn numbers(
        &self,
        who: &Who,
        before: Option<&Dossier>,
        command: &Command,
        intake: &Intake,
        law: &Law,
    ) -> Numbers {
        let mut numbers = Numbers::default();
        let opens = matches!(
            command,
            Command::Submit(_) | Command::TakeIn { .. } | Command::Accept { .. } | Command::Guide { .. }
        );
        if opens && before.is_none_or(|d| d.code.is_none()) {
            let agency = format!("H49.{}", intake.agency);
            let next = self.series.get(&code_series(&agency, law)).copied().unwrap_or_default() + 1;
            numbers.code = Some(DossierCode::new(&agency, law.now.day(), next));
        }
        if let Some(form) = slip_series(who, before, command, law, intake) {
            let series = format!("{form}/{}", law.now.day().year());
            let next = self.series.get(&series).copied().unwrap_or_default() + 1;
            numbers.slip = Some(SlipRef { id: Id::new(i64::from(next)), number: format!("{next}/{series}") });
        }
        numbers
    }

    /// A command succeeded: every number that it was given stands in its events, and no other dossier has it.
    pub fn used(&mut self, numbers: &Numbers, life: &Life, events: usize) -> Holds {
        let lines = life.last(events);
        if let Some(code) = &numbers.code {
            if life.state.code.as_ref() != Some(code) {
                return Err(life.broken("codes have no gaps", format!("{code} was given and not used")));
            }
            let text = code.to_string();
            let (series, number) = text.rsplit_once('-').unwrap_or_default();
            self.series.insert(series.to_owned(), number.parse().unwrap_or_default());
            if !self.codes.insert(text.clone()) {
                return Err(life.broken("a code is given once", text));
            }
        }
        if let Some(slip) = &numbers.slip {
            let written = format!("\"{}\"", slip.number);
            if !lines.iter().any(|l| l.body.contains(&written)) {
                return Err(life.broken("slips have no gaps", format!("{} was given and not used", slip.number)));
            }
            let (number, series) = slip.number.split_once('/').unwrap_or_default();
            self.series.insert(series.to_owned(), number.parse().unwrap_or_default());
        }
        Ok(())
    }

    pub fn step(&mut self, refusal: Option<&Refusal>) {
        self.steps += 1;
        if let Some(refusal) = refusal {
            *self.refusals.entry(refusal.rule()).or_default() += 1;
        }
    }

    pub fn event(&mut self, what: &Event) {
        *self.events.entry(what.key()).or_default() += 1;
        match what {
            Event::FeeRequired { amount, .. } => self.owed += amount,
            Event::FeePaid { amount, .. } => self.paid += amount,
            // Asked by mistake: nobody ever owed it.
            Event::FeeCancelled { amount, .. } => self.owed -= amount,
            _ => {}
        }
    }

    pub fn opened(&mut self, life: &Life) {
        self.opened += 1;
        self.received += u64::from(life.state.accepted_at.is_some());
    }

    pub fn moved(&mut self, before: &Dossier, life: &Life) {
        self.received += u64::from(before.accepted_at.is_none() && life.state.accepted_at.is_some());
        let resolves = is_pending(before) || (before.accepted_at.is_none() && life.state.accepted_at.is_some());
        if resolves && !is_pending(&life.state) {
            self.resolved += 1;
        }
        if let (Status::Decided { at, .. }, false) =
            (&life.state.status, matches!(before.status, Status::Decided { .. }))
        {
            let place = match life.state.due_at {
                Some(due) if *at > due => 2,
                Some(due) if at.day() < due.day() => 0,
                _ => 1,
            };
            self.pace[place] += 1;
        }
    }

    pub fn ended(&mut self, life: &Life) {
        *self.ends.entry(life.state.status.key()).or_default() += 1;
        self.written_off += outstanding(&life.state);
    }

    /// Received + carried over = resolved + pending; owed = paid + outstanding.
    pub fn balance(&self, lives: &BTreeMap<u32, Life>) -> Holds {
        let pending = lives.values().filter(|l| is_pending(&l.state)).count() as u64;
        if self.received != self.resolved + pending {
            let what = format!("{} received, {} resolved, {pending} pending", self.received, self.resolved);
            return Err(Broken::new("received + carried over = resolved + pending", what, String::new()));
        }
        let open: i64 = lives.values().map(|l| outstanding(&l.state)).sum();
        if self.owed != self.paid + open + self.written_off {
            let what = format!("{} owed, {} paid, {open} open, {} written off", self.owed, self.paid, self.written_off);
            return Err(Broken::new("obligations = payments + outstanding", what, String::new()));
        }
        Ok(())
    }

    /// Nothing is open any more.
    pub fn close(&self, lives: &BTreeMap<u32, Life>) -> Holds {
        self.balance(lives)?;
        match lives.values().next() {
            Some(life) => Err(life.broken("no dossier hangs", "it was never ended".into())),
            None => Ok(()),
        }
    }

    pub fn summary(self) -> Summary {
        let [early, on_time, late] = self.pace;
        Summary {
            steps: self.steps,
            dossiers: self.opened,
            events: self.events,
            refusals: self.refusals,
            ends: self.ends,
            early,
            on_time,
            late,
            calendar_changes: self.calendar_changes,
            redated: self.redated,
            owed: self.owed,
            paid: self.paid,
        }
    }
}

fn code_series(agency: &str, law: &Law) -> String {
    let code = DossierCode::new(agency, law.now.day(), 1).to_string();
    code.rsplit_once('-').map(|(series, _)| series.to_owned()).unwrap_or_default()
}

/// Accepted and not yet decided or ended.
fn is_pending(d: &Dossier) -> bool {
    d.accepted_at.is_some() && d.status.is_alive() && !matches!(d.status, Status::Decided { .. })
}

fn outstanding(d: &Dossier) -> i64 {
    d.fees.iter().filter(|f| f.is_open()).map(|f| f.amount).sum()
}
