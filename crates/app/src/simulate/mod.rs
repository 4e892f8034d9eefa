//! A province at random: citizens, officers and agencies act within the rules and against them on a clock of its own, and
//! after every step all invariants must hold. Nothing is stored; the rules alone are on trial. The same seed gives the same
//! years.

mod acts;
mod books;
mod fault;
mod invariants;
mod life;
mod province;

pub use books::Summary;
pub use fault::{Broken, SimError};

use crate::demo::Dice;
use acts::Wish;
use books::Books;
use domain::{profile::Profile, time::Instant};
use jiff::civil::date;
use life::Life;
use province::Province;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

/// What to live through.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many dossiers come in.
    pub dossiers: u32,
    /// Over how many years.
    pub years: u16,
}

/// The years of waiting after the last dossier has come in; no limit, term and pause together is as long.
const AFTERWARDS: i16 = 9;
const FIRST_YEAR: i16 = 2026;
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// No dossier is so unlucky; one that is hangs (no "hồ sơ treo").
const MOST_ACTS: u32 = 3_000;

/// Lives through the plan. The first invariant that does not hold ends it.
pub fn run(profile: &Profile, plan: Plan, dice: Dice) -> Result<Summary, SimError> {
    let last = FIRST_YEAR + i16::try_from(plan.years).unwrap_or(i16::MAX) + AFTERWARDS;
    let mut world = World {
        province: Province::new(profile, FIRST_YEAR..=last)?,
        books: Books::default(),
        lives: BTreeMap::new(),
        waiting: BinaryHeap::new(),
        dice,
        month: (FIRST_YEAR, 1),
    };
    let start = Instant::from_local(date(FIRST_YEAR, 1, 2).at(7, 30, 0, 0));
    let minutes = usize::from(plan.years.max(1)) * 365 * 24 * 60;
    for number in 0..plan.dossiers {
        let at = start.plus_millis(whole(world.dice.below(minutes)) * MINUTE);
        world.waiting.push(Reverse((at, number)));
    }
    while let Some(Reverse((now, number))) = world.waiting.pop() {
        world.turn_the_page(now)?;
        world.wake(number, now)?;
    }
    world.books.close(&world.lives)?;
    Ok(world.books.summary())
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

struct World<'a> {
    province: Province<'a>,
    books: Books,
    /// The open dossiers.
    lives: BTreeMap<u32, Life>,
    waiting: BinaryHeap<Reverse<(Instant, u32)>>,
    dice: Dice,
    /// The month being lived.
    month: (i16, i8),
}

impl World<'_> {
    /// Somebody does something about this dossier, or the clock does.
    fn wake(&mut self, number: u32, now: Instant) -> Result<(), SimError> {
        let Some(mut life) = self.lives.remove(&number) else { return self.open(number, now) };
        if life.acts > MOST_ACTS {
            return Err(life.broken("no dossier hangs", format!("{MOST_ACTS} acts and still open")).into());
        }
        life.acts += 1;
        let wish = acts::wish(&life, &self.province, now, &self.dice);
        if let Some(wish) = wish {
            self.attempt(&mut life, wish, now)?;
        }
        invariants::hold(&life, &self.province, now)?;
        if life.state.status.is_open() {
            let next = acts::next_wake(&life, now, &self.dice);
            self.waiting.push(Reverse((next, number)));
            self.lives.insert(number, life);
            return Ok(());
        }
        life.replayed()?;
        self.books.ended(&life);
        Ok(())
    }

    fn open(&mut self, number: u32, now: Instant) -> Result<(), SimError> {
        let opening = acts::opening(&self.province, now, &self.dice);
        let asked = life::open(&opening, &self.province, &mut self.books, now);
        self.books.step(asked.as_ref().err());
        match asked {
            Ok(life) => {
                let life = life?;
                invariants::hold(&life, &self.province, now)?;
                self.books.opened(&life);
                let next = acts::next_wake(&life, now, &self.dice);
                if life.state.status.is_open() {
                    self.waiting.push(Reverse((next, number)));
                    self.lives.insert(number, life);
                } else {
                    self.books.ended(&life);
                }
            }
            // The applicant comes again another day.
            Err(_) => self.waiting.push(Reverse((now.plus_millis(DAY), number))),
        }
        Ok(())
    }

    fn attempt(&mut self, life: &mut Life, wish: Wish, now: Instant) -> Result<(), SimError> {
        let before = life.state.clone();
        let lawful = wish.is_lawful(life, &self.province, now);
        let asked = life.ask(&wish.who, &wish.command, &self.province, &self.books, now);
        self.books.step(asked.as_ref().err());
        match asked {
            Ok(events) if lawful => {
                life.take(events, &wish.who, &mut self.books, now)?;
                invariants::step(&before, life, &wish.who, &self.province, now)?;
                self.books.moved(&before, life);
            }
            Ok(_) => {
                let what = format!("{:?} was not offered to {:?} and still done", wish.command, wish.who.roles);
                return Err(life.broken("GR-6: only lawful steps succeed", what).into());
            }
            Err(refusal) if lawful && wish.well_formed && refusal.is_forbidden() => {
                let what = format!("{:?} was offered to {:?} and refused: {refusal:?}", wish.command, wish.who.roles);
                return Err(life.broken("GR-6: every button that is shown works", what).into());
            }
            Err(_) => {}
        }
        Ok(())
    }

    /// At each turn of a month the books are balanced; twice a year the calendar changes under way (CLK-01).
    fn turn_the_page(&mut self, now: Instant) -> Result<(), SimError> {
        let day = now.day();
        if (day.year(), day.month()) == self.month {
            return Ok(());
        }
        self.month = (day.year(), day.month());
        self.books.balance(&self.lives)?;
        if matches!(day.month(), 3 | 8) {
            let closed = day.saturating_add(jiff::Span::new().days(9));
            self.province.close(closed)?;
            for life in self.lives.values_mut() {
                let moved = life.redate(&self.province, &mut self.books, now)?;
                self.books.redated += u64::from(moved);
                invariants::hold(life, &self.province, now)?;
            }
            self.books.calendar_changes += 1;
        }
        Ok(())
    }
}
