use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        clock::{Chip, Face, Term},
        store::Work,
        subject::path_of,
    },
    error::AppError,
    reads,
    reference::Reference,
};
use domain::{
    accounts::Reading,
    dossier::{Holder, step_term},
    interlink::own_term,
};

/// A row of a list of dossiers: the clock first, then what, who and at which step.
pub struct Line {
    pub id: i64,
    /// What the reader saw: an act on many rows carries it for each.
    pub version: u32,
    pub clock: Chip,
    pub step: String,
    /// When the step itself is due, and what is left of its time (CLK-07).
    pub step_due: Option<Term>,
    /// The same of what the reader's agency was asked, or has to do for another's dossier.
    pub own_due: Option<Term>,
    pub href: String,
    pub request: String,
    pub code: String,
    pub applicant: String,
    /// Who has it: an officer, or where it waits.
    pub holder: String,
    pub is_mine: bool,
    /// Entered after an outage.
    pub is_late_entry: bool,
}

/// Rows as they are shown; the versions of their procedures are read once. Each shows a name, so who looks is written
/// down (SEC-01).
pub async fn lines(app: &App, me: &SignedIn, rows: Vec<Work>) -> Result<Vec<Line>, AppError> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    reads::note(app, &me.who, Reading::List, &ids).await;
    let (app_, me_) = (app.clone(), me.clone());
    app.db
        .read(move |q| {
            let (reference, now, lang) = (app_.reference(), app_.now(), me_.reader.lang);
            let (mut lines, mut versions) = (Vec::with_capacity(rows.len()), app_.versions.of_list());
            for row in rows {
                let governing = versions.of(q, &row.state.intake)?;
                let holder = row.state.holder.as_ref();
                let step = holder.and_then(|h| governing.process.step(&h.step));
                let calendar = reference.calendar_of(row.state.intake.centre);
                let face = Face::of(&row.state, &app_, &reference, now, lang);
                let term = step_term(&row.state, &governing.process, calendar);
                lines.push(Line {
                    step_due: term.map(|(start, due)| face.term(start, due)),
                    own_due: own_term(&me_.who, &row.state).map(|t| face.term(t.start, t.due_at)),
                    id: row.id.raw(),
                    version: row.state.version,
                    clock: Chip::of(&row.state, &app_, &reference, now, lang),
                    step: step.map_or_else(
                        || lang.pick(row.state.status.words()).to_owned(),
                        |s| lang.pick((&s.name_vi, &s.name_en)).to_owned(),
                    ),
                    href: path_of(row.id, &row.state),
                    request: governing.procedure.name.clone(),
                    code: row.state.code.as_ref().map_or_else(|| row.id.to_string(), ToString::to_string),
                    applicant: row.applicant,
                    is_late_entry: row.state.late.is_some(),
                    holder: holder.map(|h| who_has(h, &reference)).unwrap_or_default(),
                    is_mine: holder.is_some_and(|h| h.officer == Some(me_.who.officer)),
                });
            }
            Ok(lines)
        })
        .await
}

/// Who has a dossier: an officer, or where it waits.
pub fn who_has(holder: &Holder, reference: &Reference) -> String {
    match (holder.officer, holder.centre) {
        (Some(officer), _) => reference.officer_name(officer).to_owned(),
        (None, Some(centre)) => reference.centre(centre).map(|c| c.name.clone()).unwrap_or_default(),
        (None, None) => reference.agency_name(holder.agency).to_owned(),
    }
}
