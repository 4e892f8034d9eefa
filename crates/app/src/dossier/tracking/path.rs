//! The way of a dossier: what is done, where it is, what lies ahead. Agencies are named, officers never. Pure.

use crate::{messages::Lang, reference::Reference};
use domain::{
    catalogue::{Place, Process, Step, StepKind},
    dossier::{Dossier, End, Glimpse, Status},
    id::Id,
    people::Agency,
    time::Instant,
};

/// An event as far as it moved the dossier, and where and when it happened.
#[derive(Clone, Debug)]
pub struct Passed {
    pub at: Instant,
    pub agency: Id<Agency>,
    pub moved: Glimpse,
}

/// One stop of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    pub name: String,
    /// The agency or centre.
    pub place: String,
    /// Done: when it was left. Now: since when.
    pub at: Option<Instant>,
    pub state: StopState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopState {
    Done,
    Now,
    Ahead,
}

impl Stop {
    pub const fn class(&self) -> &'static str {
        match self.state {
            StopState::Done => "path-done",
            StopState::Now => "path-now",
            StopState::Ahead => "path-ahead",
        }
    }
    /// For those who do not see the drawing.
    pub const fn word(&self) -> &'static str {
        match self.state {
            StopState::Done => "Đã xong:",
            StopState::Now => "Đang ở bước:",
            StopState::Ahead => "Sắp tới:",
        }
    }
    pub fn is_now(&self) -> bool {
        self.state == StopState::Now
    }
}

/// The stops of the process, with the moments that the events give.
pub fn stops(dossier: &Dossier, process: &Process, way: &[Passed], names: &Reference, lang: Lang) -> Vec<Stop> {
    let at = |step: &str| process.steps.iter().position(|s| s.key == step);
    // While the Centre looks at a proposal the dossier is, for the citizen, where it was (CLK-06).
    let holder = dossier.proposal.as_ref().map(|p| &p.back).or(dossier.holder.as_ref());
    let current = match (holder, &dossier.status) {
        (_, Status::Refused { .. }) => return ended(dossier, process, way, names, lang),
        (Some(holder), _) => at(&holder.step).unwrap_or(0),
        (None, Status::Stopped { .. } | Status::Withdrawn { .. }) => {
            return ended(dossier, process, way, names, lang);
        }
        // Nobody has it any more: every step is done.
        (None, _) => process.steps.len(),
    };
    let stop = |(i, step): (usize, &Step)| {
        let state = match i.cmp(&current) {
            std::cmp::Ordering::Less => StopState::Done,
            std::cmp::Ordering::Equal => StopState::Now,
            std::cmp::Ordering::Greater => StopState::Ahead,
        };
        let at = match state {
            StopState::Done => left(step, way),
            StopState::Now => holder.map(|h| h.since),
            StopState::Ahead => None,
        };
        Stop {
            name: lang.pick((&step.name_vi, &step.name_en)).to_owned(),
            place: place(dossier, step, names),
            at,
            state,
        }
    };
    process.steps.iter().enumerate().map(stop).collect()
}

/// A dossier that was refused, stopped or withdrawn went as far as it went, and ended.
fn ended(dossier: &Dossier, process: &Process, way: &[Passed], names: &Reference, lang: Lang) -> Vec<Stop> {
    let been = |key: &str| way.iter().any(|p| p.moved.step.as_deref() == Some(key));
    let mut stops: Vec<_> = process
        .steps
        .iter()
        .filter(|s| s.kind == StepKind::Intake || been(&s.key))
        .map(|s| Stop {
            name: lang.pick((&s.name_vi, &s.name_en)).to_owned(),
            place: place(dossier, s, names),
            at: left(s, way),
            state: StopState::Done,
        })
        .collect();
    let early = |p: &&Passed| p.moved.end.is_some_and(|end| end != End::HandedOver);
    if let Some(last) = way.iter().rev().find(early) {
        stops.push(Stop {
            name: last.moved.end.map_or("", |end| lang.pick(end.words())).to_owned(),
            place: names.agency_name(last.agency).to_owned(),
            at: Some(last.at),
            state: StopState::Done,
        });
    }
    stops
}

/// When a step was last left: the first move to another one after the dossier last came there. Intake is left with the first move.
fn left(step: &Step, way: &[Passed]) -> Option<Instant> {
    let mut here = step.kind == StepKind::Intake;
    let mut left = None;
    for passed in way {
        let next = match (passed.moved.end, passed.moved.step.as_deref()) {
            (Some(_), _) => None,
            (None, Some(step)) => Some(step),
            (None, None) => continue,
        };
        let there = next == Some(step.key.as_str());
        if here && !there {
            left = Some(passed.at);
        }
        here = there;
    }
    left
}

fn place(dossier: &Dossier, step: &Step, names: &Reference) -> String {
    let here = dossier.holder.as_ref().filter(|h| h.step == step.key);
    if here.is_some_and(|h| h.centre.is_none()) {
        return names.agency_name(dossier.intake.agency).to_owned();
    }
    match step.actor.place {
        Place::Centre => names.centre(dossier.intake.centre).map(|c| c.name.clone()).unwrap_or_default(),
        Place::Agency => names.agency_name(dossier.intake.agency).to_owned(),
    }
}
