//! What a leader should know before signing one dossier, on its card and on its own page: the first of its kind, and what
//! happened since it was sent back (FLW-05).

use super::store;
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{inbox, subject::Subject},
    error::{AppError, Change},
    reference::Reference,
};
use domain::{
    accounts::Who,
    catalogue::StepKind,
    dossier::{Command, Dossier, Event, StoredEvent, step_of},
    id::Id,
    people::Officer,
    time::Instant,
};
use platform::db::{Query, Unit};
use std::collections::HashSet;

/// What is shown besides the dossier's own risks.
#[derive(Default)]
pub struct Seen {
    /// This leader decided on none of this procedure yet.
    pub is_first: bool,
    /// What happened since this leader sent it back.
    pub changed: Vec<Change>,
}

impl Seen {
    /// The same for the page of one dossier.
    pub async fn of(app: &App, me: &SignedIn, subject: &Subject) -> Result<Self, AppError> {
        let (id, officer) = (subject.id.raw(), me.who.officer);
        let code = subject.state.intake.procedure_code.clone();
        let (events, known) = app
            .db
            .read(move |q| {
                let known = kinds(q, officer, vec![code])?;
                Ok::<_, AppError>((inbox::store::events_of_all(q, vec![id])?, known))
            })
            .await?;
        let history: Vec<&StoredEvent> = events.iter().map(|(_, event)| event).collect();
        let is_first = !known.contains(&subject.state.intake.procedure_code);
        Ok(Self { is_first, changed: since_sent_back(&history, me, &app.reference()) })
    }
}

/// Of which of these procedures the officer decided on one: kept since the list of kinds is, else among the last acts.
pub fn kinds(q: &mut impl Query, officer: Id<Officer>, codes: Vec<String>) -> Result<HashSet<String>, AppError> {
    let mut known: HashSet<String> = inbox::store::recent_procedures(q, officer)?.into_iter().collect();
    known.extend(store::known(q, officer, codes)?);
    Ok(known)
}

/// Whoever decides at a step of approval, or sends back from it, knows the procedure from now on.
pub fn note(
    unit: &mut Unit,
    who: &Who,
    before: Option<&Dossier>,
    (command, governing): (&Command, &crate::catalogue::Governing),
    now: Instant,
) -> Result<(), AppError> {
    if !matches!(command, Command::Approve { .. } | Command::ReturnToStep { .. }) {
        return Ok(());
    }
    let Some(before) = before else { return Ok(()) };
    let is_approval = step_of(before, &governing.process).is_some_and(|s| s.kind == StepKind::Approve);
    if is_approval {
        store::note(unit, who.officer, &before.intake.procedure_code, now.millis())?;
    }
    Ok(())
}

/// The acts after this leader's last sending back, so that only they need be read again.
pub fn since_sent_back(history: &[&StoredEvent], me: &SignedIn, reference: &Reference) -> Vec<Change> {
    let event = |line: &StoredEvent| serde_json::from_str::<Event>(&line.body).ok();
    let undone = |seq: u32| history.iter().any(|l| matches!(event(l), Some(Event::Undone { of, .. }) if of == seq));
    let mine = |line: &&StoredEvent| {
        let by = line.on_behalf_of().unwrap_or(line.officer);
        let is_mine = line.officer == me.who.officer || me.identities.iter().any(|who| who.officer == by);
        is_mine && matches!(event(line), Some(Event::ReturnedToStep { .. })) && !undone(line.seq)
    };
    let Some(at) = history.iter().rposition(mine) else { return Vec::new() };
    let change = |line: &&StoredEvent| {
        let (vi, en) = event(line)?.words();
        Some(Change { at: line.at, officer: reference.officer_name(line.officer).to_owned(), vi, en })
    };
    history[at + 1..].iter().filter_map(change).collect()
}
