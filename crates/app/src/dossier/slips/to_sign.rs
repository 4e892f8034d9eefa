//! A letter as it is put before the one who signs it: without a number, which it gets when it is issued (DN 16.1e).

use super::Writer;
use crate::{accounts::SignedIn, app::App, dossier::Subject};
use documents::{Extension, Form};
use domain::{
    deadline::{TimeLimit, due_at},
    dossier::{RequestItem, SlipRef},
    id::Id,
    time::Instant,
};

/// What the letter says, as far as it has been typed.
pub enum Letter {
    Refusal { reason: String, directions: Option<String> },
    Stop { reason: String },
    Supplement { items: Vec<RequestItem>, reason: Option<String> },
    Apology { reason: String, new_due_at: Option<Instant> },
}

/// The letter to be signed; `None` once the people on the dossier were erased, or where it has no date to apologise for.
pub fn to_sign(app: &App, me: &SignedIn, subject: &Subject, letter: &Letter) -> Option<Form> {
    let reference = app.reference();
    let writer = Writer {
        app,
        reference: &reference,
        who: &me.who,
        now: app.now(),
        id: subject.id,
        dossier: &subject.state,
        governing: &subject.governing,
        people: subject.people.as_ref(),
        before: Some(&subject.state),
        // No letter that is signed names the book.
        entry: None,
    };
    let people = writer.people?;
    let blank = SlipRef { id: Id::new(0), number: String::new() };
    Some(match letter {
        Letter::Refusal { reason, directions } => {
            let slip = writer.refusal(&blank, people, reason, directions.as_deref());
            Form::Refusal(Box::new(documents::Refusal { number: None, ..slip }))
        }
        Letter::Stop { reason } => {
            Form::Stop(Box::new(documents::Stop { number: None, ..writer.stop(&blank, people, reason, false) }))
        }
        Letter::Supplement { items, reason } => {
            let limit = TimeLimit::CalendarDays(app.profile.supplement.expires_after_days);
            let until = due_at(writer.now, limit, reference.calendar_of(subject.state.intake.centre), &reference.clock);
            let until = until.ok().flatten().unwrap_or(writer.now);
            let slip = writer.supplement_request(&blank, people, items, reason.as_deref(), until);
            Form::SupplementRequest(Box::new(documents::SupplementRequest { number: None, ..slip }))
        }
        Letter::Apology { reason, new_due_at } => {
            let from = subject.state.due_at?;
            let slip = writer.apology(&blank, people, reason, from, new_due_at.unwrap_or(from));
            let extension = Extension { ordinal: slip.extension.ordinal + 1, ..slip.extension };
            Form::Apology(Box::new(documents::Apology { number: None, extension, ..slip }))
        }
    })
}
