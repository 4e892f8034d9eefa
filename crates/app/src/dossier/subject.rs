//! A dossier on an officer's screen: what every page under `/can-bo/ho-so` shows and decides by.

use super::{
    clock::{Chip, Face, Term},
    law::law,
    store::{self, Key},
};
use crate::{
    accounts::SignedIn,
    app::App,
    catalogue::Governing,
    error::AppError,
    http::Shell,
    interlink::{self, store::VisitRow},
    messages::Lang,
    reads,
};
use domain::{
    accounts::Reading,
    catalogue::{Place, StepKind},
    dossier::{
        CommandName, Decision, Dossier, Law, People, ReceivedComponent, Refusal, ResultBy, agency_term, decides, holds,
        next_for, next_step, step_of, step_term,
    },
    id::Id,
    time::Instant,
};
use std::sync::Arc;

/// The dossier with all that its head says.
#[derive(Clone)]
pub struct Subject {
    pub id: Id<Dossier>,
    pub state: Dossier,
    /// Absent once they were erased.
    pub people: Option<People>,
    pub governing: Arc<Governing>,
    pub agency: String,
    pub centre: String,
    /// Name of the officer whose opinion it carries.
    pub appraiser: String,
    pub clock: Chip,
    /// When the step at which it stands is due, and what is left of its time (CLK-07).
    pub step_due: Option<Term>,
    /// When the competent agency must have the result at the Centre, while it has the dossier.
    pub agency_due: Option<Term>,
    /// Where appointed visits take place, with whom and about what.
    pub visits: Vec<VisitRow>,
    /// What this officer may lawfully do next.
    pub next: Vec<CommandName>,
}

impl Subject {
    /// The dossier of this code or id within the officer's scope; out of scope is not there. Who looks is written down.
    pub async fn load(app: &App, me: &SignedIn, key: &str) -> Result<Self, AppError> {
        let key = Key::parse(key).ok_or(AppError::NotFound)?;
        let (scope, app_) = (me.who.scope(), app.clone());
        let (kept, people, governing, visits) = app
            .db
            .read(move |q| {
                let kept = store::find(q, &scope, &key)?.ok_or(AppError::NotFound)?;
                let people = store::people(q, kept.id)?;
                let governing = app_.versions.of(q, &kept.state.intake)?;
                let has_visits = !kept.state.links.visits.is_empty();
                let visits = if has_visits { interlink::store::visits(q, kept.id)? } else { Vec::new() };
                Ok::<_, AppError>((kept, people, governing, visits))
            })
            .await?;
        reads::note(app, &me.who, Reading::Page, &[kept.id]).await;
        let reference = app.reference();
        let clock = Chip::of(&kept.state, app, &reference, app.now(), me.reader.lang);
        let calendar = reference.calendar_of(kept.state.intake.centre);
        let face = Face::of(&kept.state, app, &reference, app.now(), me.reader.lang);
        let step_due = step_term(&kept.state, &governing.process, calendar).map(|(start, due)| face.term(start, due));
        let in_the_agency = step_of(&kept.state, &governing.process).is_some_and(|s| s.actor.place == Place::Agency);
        let agency_due = agency_term(&kept.state, &governing.process, calendar).filter(|_| in_the_agency);
        let agency_due = agency_due.map(|(start, due)| face.term(start, due));
        let law = law(app, &reference, &governing, &kept.state.intake).ok_or(AppError::NotFound)?;
        let acting = reference.identities_on(&me.who, law.now, &kept.state.intake.procedure_code);
        let next = next_for(&acting, &kept.state, &law);
        Ok(Self {
            next,
            visits,
            id: kept.id,
            agency: reference.agency_name(kept.state.intake.agency).to_owned(),
            centre: reference.centre(kept.state.intake.centre).map(|c| c.name.clone()).unwrap_or_default(),
            appraiser: kept.state.opinion.as_ref().map(|o| reference.officer_name(o.by).to_owned()).unwrap_or_default(),
            state: kept.state,
            people,
            governing,
            clock,
            step_due,
            agency_due,
        })
    }
    /// Asks the law that governs it a question; `None` when its centre is gone.
    pub fn by_law<T>(&self, app: &App, ask: impl FnOnce(&Dossier, &Law) -> T) -> Option<T> {
        let reference = app.reference();
        law(app, &reference, &self.governing, &self.state.intake).map(|law| ask(&self.state, &law))
    }
    /// The address of its page.
    pub fn path(&self) -> String {
        path_of(self.id, &self.state)
    }
    /// The code, or what stands in its place.
    pub fn code(&self) -> String {
        self.state.code.as_ref().map_or_else(|| self.id.to_string(), ToString::to_string)
    }
    /// What is asked for.
    pub fn request(&self) -> &str {
        &self.governing.procedure.name
    }
    /// The case of the procedure, when it has several.
    pub fn case(&self) -> Option<&str> {
        let id = self.state.intake.variant.as_deref()?;
        let name = self.governing.procedure.variant(id)?.name.trim();
        Some(name).filter(|n| !n.is_empty() && self.governing.procedure.variants.len() > 1)
    }
    /// Whose dossier it is.
    pub fn owner(&self) -> &str {
        self.people.as_ref().map_or("", |p| &p.owner.as_ref().unwrap_or(&p.applicant).name)
    }
    /// The applicant wants the result sent.
    pub fn goes_by_post(&self) -> bool {
        self.state.intake.result_by == ResultBy::Post
    }
    /// The opinion proposes to grant.
    pub fn proposes_grant(&self) -> bool {
        self.state.opinion.as_ref().is_some_and(|o| o.proposes == Decision::Grant)
    }
    /// The published papers of the case with what was received of each, and nothing that was neither asked nor brought.
    pub fn papers(&self) -> Vec<Paper> {
        let variant = self.governing.procedure.variant(self.state.intake.variant.as_deref().unwrap_or_default());
        let published = variant.map_or(&[][..], |v| v.components.as_slice());
        let received = &self.state.intake.components;
        let papers = published.iter().filter(|c| c.is_paper()).map(|c| {
            let got = received.iter().find(|r| r.id == c.id).cloned().unwrap_or_default();
            Paper { id: c.id.clone(), name: c.name.clone(), required: c.required, got }
        });
        papers.filter(|p| p.required || p.is_here()).collect()
    }
    /// The status in the reader's language.
    pub fn status(&self, shell: &Shell) -> &'static str {
        shell.lang.pick(self.state.status.words())
    }
    /// `17:00, 25/11/2026`.
    pub fn due(&self) -> Option<String> {
        self.state.due_at.map(moment)
    }
    /// What "submit" does here: to an approval, or on to the next unit's step.
    pub fn passes_on(&self) -> bool {
        next_step(&self.state, &self.governing.process).is_some_and(|s| s.kind != StepKind::Approve)
    }
    /// An approval here decides; a head before the last passes on with a view (FLW-05).
    pub fn decides(&self) -> bool {
        decides(&self.state, &self.governing.process, Decision::Grant)
    }
    /// Refuses a page for a step that is not this officer's, or not the dossier's next.
    pub fn permit(&self, me: &SignedIn, what: CommandName) -> Result<(), AppError> {
        if self.next.contains(&what) {
            return Ok(());
        }
        let strange = self.state.holder.is_some()
            && !me.identities.iter().any(|who| holds(who, &self.state, &self.governing.process));
        let refusal =
            if strange { Refusal::NotTheHolder } else { Refusal::NotNow { status: self.state.status.words() } };
        Err(refusal.into())
    }
    /// The ways the result may leave (INT-15): the one chosen, and the counter for whoever comes in person.
    pub fn ways(&self) -> Vec<ResultBy> {
        let chosen = self.state.intake.result_by;
        if chosen == ResultBy::Counter { vec![chosen] } else { vec![chosen, ResultBy::Counter] }
    }
}

/// A paper of the checklist as it was taken in.
#[derive(Clone, Debug)]
pub struct Paper {
    pub id: String,
    pub name: String,
    pub required: bool,
    got: ReceivedComponent,
}

impl Paper {
    pub fn is_here(&self) -> bool {
        self.got.is_here()
    }
    /// `1 bản chính, 1 bản chứng thực, 2 bản sao`.
    pub fn counts(&self, shell: &Shell) -> String {
        received(&self.got, shell.lang)
    }
}

/// What is here of a paper: how many on paper, that it is a file, or that nothing came.
pub fn received(c: &ReceivedComponent, lang: Lang) -> String {
    match (c.on_paper(), c.files.len()) {
        (0, 0) => lang.t("chưa có").to_owned(),
        (0, _) => lang.t("bản điện tử").to_owned(),
        _ => on_paper(c, lang),
    }
}

/// How many of each kind, in the order of form 01; a kind of which there is none is not named.
pub fn on_paper(c: &ReceivedComponent, lang: Lang) -> String {
    let originals = (c.originals > 0).then(|| lang.f1("{} bản chính", c.originals));
    let certified = (c.certified > 0).then(|| lang.f1("{} bản chứng thực", c.certified));
    let copies = (c.copies > 0).then(|| lang.f1("{} bản sao", c.copies));
    [originals, certified, copies].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The address of a dossier's page: by code, by id while it has none.
pub fn path_of(id: Id<Dossier>, state: &Dossier) -> String {
    match &state.code {
        Some(code) => format!("/can-bo/ho-so/{code}"),
        None => format!("/can-bo/ho-so/{id}"),
    }
}

/// `17:00, 25/11/2026`, as the screens write a due moment.
pub fn moment(at: Instant) -> String {
    let local = at.local();
    format!("{}, {}", domain::time::time_text(local.time()), domain::time::day_text(local.date()))
}
