//! Every dossier's acts in the order of the legal clock within a crowd of a few hundred that came in together, many acts in
//! one unit of work. Crowds follow one another, so that a million dossiers need no more memory than a thousand.

use super::{
    births::{self, Births},
    calendar::Pace,
    dice::Dice,
    life::Life,
    roster::Roster,
};
use crate::{
    app::App,
    dossier::{Done, Order, apply, law, store, store::FileRow},
    error::AppError,
    reference::Reference,
};
use domain::{accounts::Who, dossier::Law, time::Instant};
use std::{
    cmp::Reverse,
    collections::{BinaryHeap, VecDeque},
    ops::Range,
    sync::Arc,
};
use tokio::{runtime::Handle, task::JoinHandle};

/// Acts that share a unit: a hundredth of a second of the writer's time, so that what waits for the disc is not most of it.
const BATCH: usize = 128;
/// Crowds that take turns: while one waits for its unit, the next acts of the other are thought of.
const TURNS: usize = 2;

/// No two acts of one dossier fall into it. Where there is one crowd only, its units hold no longer time, so that the order of
/// all numbers is that of the clock; else it is that of dossier codes and receipts.
const HALF_AN_HOUR_MS: i64 = 1_800_000;

/// Lives through all dossiers up to `until`; gives how many there are and how many commands it took.
pub fn live(
    app: &App,
    many: u32,
    until: Instant,
    progress: &mut dyn FnMut(&str, usize, usize),
) -> Result<(usize, usize), AppError> {
    let reference = app.reference();
    let roster = Roster::new(&reference);
    let pace =
        Arc::new(Pace { calendar: Arc::clone(&reference.calendar), sessions: app.profile.calendar.sessions.clone() });
    let mut births = Births::new(app, &reference, &roster, &pace, many as usize, until)?;
    let window_ms = if many as usize > births::CROWD { i64::MAX } else { HALF_AN_HOUR_MS };
    let town = Town { app, reference, roster, pace, dice: Dice(app.random.clone()), until, window_ms };
    let mut turns = VecDeque::new();
    let (mut lived, mut commands) = (0, 0);
    loop {
        while turns.len() < TURNS {
            match births.crowd()? {
                nobody if nobody.is_empty() => break,
                born => turns.push_back(Crowd::new(born)),
            }
        }
        let Some(mut crowd) = turns.pop_front() else { return Ok((lived, commands)) };
        commands += crowd.settle(&town)?;
        if crowd.go_on(&town) {
            turns.push_back(crowd);
        } else {
            lived += crowd.lives.len();
            progress("demo", lived, many as usize);
        }
    }
}

/// Where they live.
struct Town<'a> {
    app: &'a App,
    reference: Arc<Reference>,
    roster: Roster,
    pace: Arc<Pace>,
    dice: Dice,
    until: Instant,
    /// How far apart the acts of one unit may lie.
    window_ms: i64,
}

/// Lives that go side by side.
struct Crowd {
    lives: Vec<Life>,
    /// When whose next act is.
    waiting: BinaryHeap<Reverse<(Instant, usize)>>,
    running: Option<Running>,
}

/// A unit on its way, and what will come of it.
struct Running {
    batch: Arc<Vec<Act>>,
    done: JoinHandle<Result<Vec<Done>, AppError>>,
}

/// One act to come.
struct Act {
    life: usize,
    at: Instant,
    who: Who,
    order: Order,
    upload: Option<FileRow>,
}

impl Crowd {
    fn new(lives: Vec<Life>) -> Self {
        let waiting = lives.iter().enumerate().map(|(at, l)| Reverse((l.begins, at))).collect();
        Self { lives, waiting, running: None }
    }

    /// Waits for the unit that runs and takes over what came of it; gives how many commands it did.
    fn settle(&mut self, town: &Town<'_>) -> Result<usize, AppError> {
        let Some(Running { batch, done }) = self.running.take() else { return Ok(0) };
        let done = match Handle::current().block_on(done).map_err(AppError::internal)? {
            Ok(all) => all.into_iter().map(Some).collect(),
            Err(AppError::Refused(..)) => one_by_one(town.app, &batch)?,
            Err(e) => return Err(e),
        };
        let mut commands = 0;
        for (act, done) in batch.iter().zip(done) {
            let Some(done) = done else { continue };
            let life = &mut self.lives[act.life];
            life.took(done);
            self.waiting.push(Reverse((town.pace.after(act.at, life.pause(&town.dice)), act.life)));
            commands += 1;
        }
        Ok(commands)
    }

    /// Sends the next acts on their way; false when nothing more happens.
    fn go_on(&mut self, town: &Town<'_>) -> bool {
        let batch = self.batch(town);
        if batch.is_empty() {
            return false;
        }
        let batch = Arc::new(batch);
        let (app, acts) = (town.app.clone(), Arc::clone(&batch));
        let done = Handle::current().spawn(async move { perform(&app, acts, 0..usize::MAX).await });
        self.running = Some(Running { batch, done });
        true
    }

    /// The next acts in time, each of another dossier.
    fn batch(&mut self, town: &Town<'_>) -> Vec<Act> {
        let mut batch: Vec<Act> = Vec::new();
        while batch.len() < BATCH {
            let is_late = |at: Instant| batch.first().is_some_and(|first| at.since(first.at) >= town.window_ms);
            if self.waiting.peek().is_none_or(|next| is_late(next.0.0)) {
                break;
            }
            let Some(Reverse((at, place))) = self.waiting.pop() else { break };
            if at > town.until {
                continue;
            }
            let life = &self.lives[place];
            let Some(law) = law(town.app, &town.reference, &life.governing, &life.intake) else { continue };
            if let Some((who, order)) = life.next(&town.roster, &Law { now: at, ..law }) {
                batch.push(Act { life: place, at, who, order, upload: life.upload.clone() });
            }
        }
        batch
    }
}

/// Does those acts of a batch in one unit, each at its own legal moment.
async fn perform(app: &App, batch: Arc<Vec<Act>>, which: Range<usize>) -> Result<Vec<Done>, AppError> {
    let shared = app.clone();
    let done = app.db.bulk_unit(move |unit| {
        let act = |act: &Act| {
            shared.legal.set(act.at.millis());
            if let Some(row) = &act.upload {
                store::insert_upload(unit, shared.ids.next()?, row, &act.who, shared.machine.now())?;
            }
            apply(unit, &shared, &act.who, &act.order)
        };
        batch.iter().take(which.end).skip(which.start).map(act).collect::<Result<Vec<_>, AppError>>()
    });
    done.await
}

/// The same, each act in a unit of its own: what the rules refuse does not happen, and that life ends there.
fn one_by_one(app: &App, batch: &Arc<Vec<Act>>) -> Result<Vec<Option<Done>>, AppError> {
    let alone = |at: usize| {
        let done = Handle::current().block_on(perform(app, Arc::clone(batch), at..at + 1));
        match done {
            Ok(mut done) => Ok(done.pop()),
            Err(AppError::Refused(..)) => Ok(None),
            Err(e) => Err(e),
        }
    };
    (0..batch.len()).map(alone).collect()
}
