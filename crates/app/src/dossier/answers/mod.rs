//! What the applicant said to the points of form 02 that name no paper, shown beside each point (INT-05).

mod store;

use super::{
    apply::Done,
    store::{self as dossiers, FileRow},
};
use crate::error::AppError;
use domain::{
    dossier::{Answered, AnsweredItem, Command, Dossier, Event, ItemAnswer, RequestItem},
    id::Id,
    time::Instant,
};
use platform::db::{DbError, Query, Unit};

/// A point with its answer, as pages and the API show it.
pub struct Answer {
    pub asked: RequestItem,
    pub at: Instant,
    /// Absent when it was answered by file alone, or once it was erased.
    pub text: Option<String>,
    pub files: Vec<FileRow>,
}

/// The place of an answer's files among those of the dossier.
fn place(number: u32) -> String {
    format!("answer/{number}")
}

/// The place of files that lie for a point before the supplement is sent, by the point's place in the request.
pub fn draft_place(item: u32) -> String {
    format!("item-{item}")
}

fn answered(events: &[Event]) -> impl Iterator<Item = &Answered> {
    events.iter().flat_map(|event| match event {
        Event::GuidanceCompleted { answers, .. } | Event::SupplementCompleted { answers, .. } => answers.as_slice(),
        _ => &[],
    })
}

/// The files that answers brought, each with its place.
pub fn files(done: &Done) -> Vec<(String, String)> {
    answered(&done.events).flat_map(|a| a.files.iter().map(|f| (place(a.number), f.clone()))).collect()
}

/// Keeps the words of what this command answered.
pub fn keep(unit: &mut Unit, done: &Done, command: &Command) -> Result<(), AppError> {
    let Command::Supplement { answers, .. } = command else { return Ok(()) };
    // The history has them in the order of the command, without those that say nothing.
    let said = answers.iter().filter(|a| ItemAnswer::says_something(a));
    for (kept, answer) in answered(&done.events).zip(said) {
        let text = answer.text.trim();
        if !text.is_empty() {
            store::insert(unit, done.id, kept.number, text)?;
        }
    }
    Ok(())
}

/// The answers of a dossier in order; a dossier that has none costs no look.
pub fn of(q: &mut impl Query, id: Id<Dossier>, answered: &[AnsweredItem]) -> Result<Vec<Answer>, DbError> {
    if answered.is_empty() {
        return Ok(Vec::new());
    }
    let (words, files) = (store::of(q, id)?, dossiers::files(q, id)?);
    let one = |a: &AnsweredItem| {
        let place = place(a.number);
        Answer {
            asked: a.asked.clone(),
            at: a.at,
            text: words.iter().find(|(number, _)| *number == a.number).map(|(_, text)| text.clone()),
            files: files.iter().filter(|(at, _)| *at == place).map(|(_, file)| file.clone()).collect(),
        }
    };
    Ok(answered.iter().map(one).collect())
}
