use crate::{
    dossier::{clock::Term, subject::Subject},
    http::Shell,
    messages::Lang,
    reference::Reference,
};
use domain::{
    dossier::{CONFIRM, Event, Holder, StoredEvent},
    interlink::Linked,
};

/// The dossier's way: what was done by whom and when, where it is, what is still to come.
pub struct Way {
    pub done: Vec<Done>,
    pub now: Option<Now>,
    pub ahead: Vec<Ahead>,
}

pub struct Done {
    pub what: &'static str,
    pub who: String,
    pub when: String,
    /// The reason or the opinion, in the officer's words.
    pub note: Option<String>,
}

pub struct Now {
    pub step: String,
    pub who: String,
    pub since: String,
    /// When the step itself is due, and what is left of its time (CLK-07).
    pub due: Option<Term>,
    /// When the agency must have the result at the Centre.
    pub agency_due: Option<Term>,
}

pub struct Ahead {
    pub step: String,
    pub place: String,
    pub time: Option<String>,
}

impl Way {
    pub fn of(subject: &Subject, lines: &[StoredEvent], reference: &Reference, shell: &Shell) -> Self {
        let holder = subject.state.holder.as_ref();
        Self {
            done: lines.iter().filter_map(|l| done(l, lines, reference, shell)).collect(),
            now: holder.map(|h| now(subject, h, reference, shell)),
            // A proposal comes in between: afterwards the way goes on from where it was.
            ahead: subject
                .state
                .proposal
                .as_ref()
                .map(|p| &p.back)
                .or(holder)
                .map(|h| ahead(subject, h, shell))
                .unwrap_or_default(),
        }
    }
}

fn done(line: &StoredEvent, lines: &[StoredEvent], reference: &Reference, shell: &Shell) -> Option<Done> {
    let event: Event = serde_json::from_str(&line.body).ok()?;
    let officer = reference.officer(line.officer);
    let counter = officer.and_then(|o| o.counter).filter(|_| matches!(event, Event::Accepted { .. }));
    let counter = counter.and_then(|c| reference.counters.iter().find(|k| k.id == c));
    let name = officer.map(|o| o.name.clone()).unwrap_or_default();
    let name = match line.on_behalf_of() {
        Some(other) => shell.lang.f2("{} (thay {})", name, reference.officer_name(other)),
        None => name,
    };
    let name = match line.by_decision() {
        Some(decision) => format!("{name}, {}", shell.lang.f1("theo {}", decision)),
        None => name,
    };
    Some(Done {
        what: shell.lang.pick(event.words()),
        who: match counter {
            Some(counter) => format!("{name}, {}", shell.lang.f1("quầy {}", counter.number)),
            None => name,
        },
        when: shell.when(line.at),
        note: match &event {
            Event::Undone { of, .. } => taken_back(*of, lines, shell),
            _ => note(&event, reference),
        },
    })
}

/// What was taken back: the act itself stays in its place above.
fn taken_back(of: u32, lines: &[StoredEvent], shell: &Shell) -> Option<String> {
    let line = lines.iter().find(|l| l.seq == of)?;
    let event: Event = serde_json::from_str(&line.body).ok()?;
    Some(format!("{}, {}", shell.lang.pick(event.words()), shell.when(line.at)))
}

fn note(event: &Event, reference: &Reference) -> Option<String> {
    match event {
        Event::SupplementRequested { reason, .. }
        | Event::GuidanceRequested { reason, .. }
        | Event::Decided { reason, .. } => reason.clone(),
        Event::Suspended { reason, .. }
        | Event::Stopped { reason, .. }
        | Event::Withdrawn { reason, .. }
        | Event::ProposalDeclined { reason, .. }
        | Event::Apologised { reason, .. }
        | Event::DateAdjusted { reason, .. }
        | Event::Explained { reason, .. }
        | Event::ReturnedToStep { reason, .. }
        | Event::Linked(
            Linked::Recalled { reason, .. }
            | Linked::Redated { reason, .. }
            | Linked::VisitMoved { reason, .. }
            | Linked::VisitCalledOff { reason, .. },
        )
        | Event::Refused { reason, directions: None, .. } => Some(reason.clone()),
        Event::Refused { reason, directions: Some(place), .. } => Some(format!("{reason} → {place}")),
        Event::OverdueExplained { cause, .. } => Some(cause.clone()),
        Event::FeeRequired { amount, reason, .. } => {
            Some(format!("{reason}: {}", documents::money(amount.unsigned_abs())))
        }
        Event::FeeCancelled { amount, reason, .. } => {
            Some(format!("{}, {reason}", documents::money(amount.unsigned_abs())))
        }
        Event::FeePaid { amount, proof, .. } => Some(format!("{}, {proof}", documents::money(amount.unsigned_abs()))),
        Event::Proposed { what, .. } => Some(what.words().0.to_owned()),
        Event::Assigned { holder } => holder.officer.map(|o| format!("→ {}", reference.officer_name(o))),
        Event::Appraised { text, .. } | Event::Urged { text, .. } | Event::UrgingAnswered { text, .. } => {
            Some(text.clone())
        }
        _ => None,
    }
}

fn now(subject: &Subject, h: &Holder, reference: &Reference, shell: &Shell) -> Now {
    let step = subject.governing.process.step(&h.step);
    let who = match (h.officer, h.centre) {
        (Some(officer), _) => reference.officer_name(officer).to_owned(),
        (None, Some(centre)) => reference.centre(centre).map(|c| c.name.clone()).unwrap_or_default(),
        (None, None) => reference.agency_name(h.agency).to_owned(),
    };
    let between = match (h.step == CONFIRM, h.centre) {
        (true, Some(_)) => shell.lang.t("Chờ Trung tâm xác nhận"),
        (true, None) => shell.lang.t("Chờ lãnh đạo cơ quan xác nhận"),
        (false, _) => &h.step,
    };
    Now {
        step: step.map_or_else(|| between.to_owned(), |s| shell.lang.pick((&s.name_vi, &s.name_en)).to_owned()),
        who,
        since: shell.when(h.since),
        due: subject.step_due.clone(),
        agency_due: subject.agency_due.clone(),
    }
}

fn ahead(subject: &Subject, h: &Holder, shell: &Shell) -> Vec<Ahead> {
    use domain::catalogue::Place;
    let steps = subject.governing.process.steps.iter().skip_while(|s| s.key != h.step).skip(1);
    steps
        .map(|s| Ahead {
            step: shell.lang.pick((&s.name_vi, &s.name_en)).to_owned(),
            place: if s.actor.place == Place::Centre { subject.centre.clone() } else { subject.agency.clone() },
            time: s.minutes.map(|m| working_time(m, shell.lang)),
        })
        .collect()
}

/// `3 giờ làm việc`, `30 phút làm việc`: the time allotted to a step, days of eight hours.
fn working_time(minutes: u32, lang: Lang) -> String {
    match minutes {
        m if m >= 480 && m % 480 < 60 => lang.f1("{} ngày làm việc", m / 480),
        m if m >= 480 => lang.f2("{} ngày {} giờ làm việc", m / 480, m % 480 / 60),
        m if m >= 60 => lang.f1("{} giờ làm việc", m / 60),
        m => lang.f1("{} phút làm việc", m),
    }
}
