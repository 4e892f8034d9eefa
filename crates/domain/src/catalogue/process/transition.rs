//! Where a dossier goes after a step: the next in order, or another one when a condition holds.

use super::{Process, Step};
use crate::{catalogue::Channel, dossier::Decision};
use serde::{Deserialize, Serialize};

/// A way out of a step other than the next one in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transition {
    /// Key of a later step.
    pub to: String,
    /// When it is taken.
    pub when: Condition,
    /// Why, in the words of the approving decision; shown beside the arrow.
    pub reason: String,
}

/// When a transition is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", content = "of", rename_all = "snake_case")]
pub enum Condition {
    /// In every case.
    Always,
    /// When the opinion or decision of the step is this.
    Opinion(Decision),
    /// When the dossier came in on this channel.
    Channel(Channel),
    /// When it is this case (variant id) of the procedure.
    Variant(String),
}

/// What conditions look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation<'a> {
    /// What the step proposes or decided; nothing before the first opinion.
    pub opinion: Option<Decision>,
    /// How the dossier came in.
    pub channel: Channel,
    /// Its case; empty where the procedure has one only.
    pub variant: &'a str,
}

impl Condition {
    /// Whether it holds.
    pub fn holds(&self, s: &Situation<'_>) -> bool {
        match self {
            Self::Always => true,
            Self::Opinion(opinion) => s.opinion == Some(*opinion),
            Self::Channel(channel) => s.channel == *channel,
            Self::Variant(variant) => s.variant == variant,
        }
    }
}

impl Process {
    /// The step after this one: by its first transition whose condition holds, else the next in order. A transition to a step
    /// that is not there or not later is no way at all; [`Process::lint`] names it before anybody can publish it.
    pub fn next(&self, key: &str, s: &Situation<'_>) -> Option<&Step> {
        let here = self.place_of(key)?;
        let chosen = self.steps[here].transitions.iter().find(|t| t.when.holds(s));
        let at = match chosen {
            Some(transition) => self.place_of(&transition.to).filter(|to| *to > here)?,
            None => here + 1,
        };
        self.steps.get(at)
    }
    /// The steps that a dossier in this situation passes, first to last.
    pub fn path<'p>(&'p self, s: &Situation<'_>) -> Vec<&'p Step> {
        std::iter::successors(self.steps.first(), |step| self.next(&step.key, s)).collect()
    }
    /// Steps to which the one with this key may send a dossier back, the nearest first.
    pub fn earlier(&self, key: &str) -> Vec<&Step> {
        let before = self.steps.iter().take_while(|s| s.key != key).filter(|s| s.kind.takes_back());
        let mut steps: Vec<_> = before.collect();
        steps.reverse();
        steps
    }
    /// Where a dossier in this situation came from: the nearest earlier step that it passed.
    pub fn back<'p>(&'p self, key: &str, s: &Situation<'_>) -> Option<&'p Step> {
        let path = self.path(s);
        let passed = path.iter().position(|step| step.key == key)?;
        path[..passed].iter().rev().find(|step| step.kind.takes_back()).copied()
    }
    /// Where a step stands in the order, from 0.
    pub fn place_of(&self, key: &str) -> Option<usize> {
        self.steps.iter().position(|s| s.key == key)
    }
}
