//! Every dossier's acts in the order of the legal clock within a crowd of some thousand, many acts in one unit of work. Whoever
//! is done leaves the crowd and the next one joins it, so that a million dossiers need no more memory than some thousand.

use super::{births::Births, calendar::Pace, dice::Dice, life::Life, roster::Roster};
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

/// Acts that share a unit: a few hundredths of a second of the writer's time, so that what waits for the disc is not most of it.
const BATCH: usize = 512;
/// Units on their way: while one is written, the acts of the next are thought of.
const RUNNING: usize = 2;
/// Lives that go side by side.
const CROWD: usize = 2048;
/// So few dossiers live one unit after another, so that the order of all numbers is that of the clock; of more it is that of
/// dossier codes and receipts.
const FEW: usize = 512;

/// How long a unit of few dossiers lasts: no two acts of one dossier fall into it.
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
    let are_few = many as usize <= FEW;
    let (window_ms, at_once) = if are_few { (HALF_AN_HOUR_MS, 1) } else { (i64::MAX, RUNNING) };
    let town = Town { app, reference, roster, pace, dice: Dice(app.random.clone()), until, window_ms };
    let mut crowd = Crowd::default();
    let mut commands = 0;
    loop {
        while crowd.alive() < CROWD
            && let Some(life) = births.next()?
        {
            crowd.join(life);
        }
        while crowd.running.len() < at_once && crowd.go_on(&town) {}
        progress("demo", crowd.lived, many as usize);
        match crowd.running.pop_front() {
            Some(first) => commands += crowd.settle(&town, first)?,
            None if crowd.alive() == 0 => return Ok((crowd.lived, commands)),
            None => {}
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
#[derive(Default)]
struct Crowd {
    lives: Vec<Option<Life>>,
    /// Places of those that left.
    free: Vec<usize>,
    /// When whose next act is.
    waiting: BinaryHeap<Reverse<(Instant, usize)>>,
    running: VecDeque<Running>,
    /// How many left.
    lived: usize,
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
    fn alive(&self) -> usize {
        self.lives.len() - self.free.len()
    }

    fn join(&mut self, life: Life) {
        let begins = life.begins;
        let place = self.free.pop().unwrap_or(self.lives.len());
        match self.lives.get_mut(place) {
            Some(empty) => *empty = Some(life),
            None => self.lives.push(Some(life)),
        }
        self.waiting.push(Reverse((begins, place)));
    }

    fn leave(&mut self, place: usize) {
        self.lives[place] = None;
        self.free.push(place);
        self.lived += 1;
    }

    /// Waits for a unit and takes over what came of it; gives how many commands it did.
    fn settle(&mut self, town: &Town<'_>, Running { batch, done }: Running) -> Result<usize, AppError> {
        let done = match Handle::current().block_on(done).map_err(AppError::internal)? {
            Ok(all) => all.into_iter().map(Some).collect(),
            Err(AppError::Refused(..)) => one_by_one(town.app, &batch)?,
            Err(e) => return Err(e),
        };
        let mut commands = 0;
        for (act, done) in batch.iter().zip(done) {
            match (self.lives[act.life].as_mut(), done) {
                (Some(life), Some(done)) => {
                    life.took(done);
                    self.waiting.push(Reverse((town.pace.after(act.at, life.pause(&town.dice)), act.life)));
                    commands += 1;
                }
                _ => self.leave(act.life),
            }
        }
        Ok(commands)
    }

    /// Sends the next acts on their way; false when there are none now.
    fn go_on(&mut self, town: &Town<'_>) -> bool {
        let batch = self.batch(town);
        if batch.is_empty() {
            return false;
        }
        let batch = Arc::new(batch);
        let (app, acts) = (town.app.clone(), Arc::clone(&batch));
        let done = Handle::current().spawn(async move { perform(&app, acts, 0..usize::MAX).await });
        self.running.push_back(Running { batch, done });
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
            match self.lives[place].as_ref().and_then(|life| act(town, life, place, at)) {
                Some(act) => batch.push(act),
                None => self.leave(place),
            }
        }
        batch
    }
}

/// What a life does next; nothing when it is over.
fn act(town: &Town<'_>, life: &Life, place: usize, at: Instant) -> Option<Act> {
    if at > town.until {
        return None;
    }
    let law = law(town.app, &town.reference, &life.governing, &life.intake)?;
    let (who, order) = life.next(&town.roster, &Law { now: at, ..law })?;
    Some(Act { life: place, at, who, order, upload: life.upload.clone() })
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
