//! One dossier in memory: its state, its chain of events, and a second state made only from what was written down.

use super::{
    acts::branches,
    books::Books,
    fault::{Broken, Holds},
    province::{Offer, Province},
};
use domain::{
    accounts::Who,
    dossier::{
        Command, Dossier, Event, Facts, Intake, Numbers, People, Refusal, StoredEvent, chain_hash, decide, evolve,
        new_date, replay, slip_of,
    },
    interlink::{Branch, Link, Travel},
    time::Instant,
};

pub struct Life {
    pub offer: usize,
    pub state: Dossier,
    pub people: People,
    /// How often somebody turned to it.
    pub acts: u32,
    /// The applicant never answers any more.
    pub gone: bool,
    history: Vec<StoredEvent>,
    /// Made from the text of the events alone; it must always equal `state`.
    replica: Dossier,
}

/// How a dossier comes in.
pub struct Opening {
    pub offer: usize,
    pub who: Who,
    pub command: Command,
    pub intake: Intake,
    pub people: People,
    pub gone: bool,
}

/// Asks for a new dossier: refused by the rules, or opened; the inner error is a broken invariant.
pub fn open(
    opening: &Opening,
    province: &Province,
    books: &mut Books,
    now: Instant,
) -> Result<Result<Life, Box<Broken>>, Refusal> {
    let offer = &province.offers[opening.offer];
    let law = province.law(offer, opening.intake.agency, now);
    let numbers = books.numbers(&opening.who, None, &opening.command, &opening.intake, &law);
    let facts =
        Facts { who: &opening.who, law, assignee: None, people: Some(&opening.people), numbers: &numbers, last: None };
    let events = decide(None, &opening.command, &facts)?;
    Ok(Life::begun(opening, events, &numbers, books, now))
}

impl Life {
    fn begun(
        opening: &Opening,
        events: Vec<Event>,
        numbers: &Numbers,
        books: &mut Books,
        now: Instant,
    ) -> Result<Self, Box<Broken>> {
        let (mut state, mut replica, mut history) = (None, None, Vec::new());
        for what in &events {
            let line = next_line(&history, what, &opening.who, now);
            state = Some(grown(state, &line, what, &history)?);
            replica = Some(grown(replica, &line, &reread(&line, &history)?, &history)?);
            history.push(line);
            books.event(what);
        }
        let (Some(state), Some(replica)) = (state, replica) else {
            return Err(Broken::new("every command leaves an event", format!("{:?}", opening.command), String::new()));
        };
        let life = Self {
            offer: opening.offer,
            state,
            people: opening.people.clone(),
            acts: 0,
            gone: opening.gone,
            history,
            replica,
        };
        books.used(numbers, &life, events.len())?;
        Ok(life)
    }

    /// What the rules answer; nothing changes yet.
    pub fn ask(
        &self,
        who: &Who,
        command: &Command,
        province: &Province,
        books: &Books,
        now: Instant,
    ) -> Result<(Vec<Event>, Numbers), Refusal> {
        let offer = &province.offers[self.offer];
        let law = province.law(offer, self.state.intake.agency, now);
        let numbers = books.numbers(who, Some(&self.state), command, &self.state.intake, &law);
        let assignee = match command {
            Command::Assign { officer, .. } => province.staff.iter().find(|w| w.officer == *officer),
            other => branches::assignee(province, other),
        };
        let facts = Facts { who, law, assignee, people: Some(&self.people), numbers: &numbers, last: None };
        decide(Some(&self.state), command, &facts).map(|events| (events, numbers.clone()))
    }

    /// Writes the events down and lets them make the state.
    pub fn take(
        &mut self,
        (events, numbers): (Vec<Event>, Numbers),
        who: &Who,
        books: &mut Books,
        now: Instant,
    ) -> Holds {
        for what in &events {
            self.append(what, who, now)?;
            books.event(what);
        }
        books.used(&numbers, self, events.len())
    }

    fn append(&mut self, what: &Event, who: &Who, now: Instant) -> Holds {
        let line = next_line(&self.history, what, who, now);
        self.state = grown(Some(self.state.clone()), &line, what, &self.history)?;
        let read = reread(&line, &self.history)?;
        self.replica = grown(Some(self.replica.clone()), &line, &read, &self.history)?;
        self.history.push(line);
        Ok(())
    }

    /// The calendar has changed: the date that it gives now, written down (CLK-01). Whether it moved.
    pub fn redate(&mut self, province: &Province, books: &mut Books, now: Instant) -> Result<bool, Box<Broken>> {
        let date = new_date(&self.state, &province.calendar, province.clock());
        let Some(due_at) = date.map_err(|e| self.broken("a ledger can always be counted again", e.to_string()))? else {
            return Ok(false);
        };
        let what = Event::Redated {
            calendar_version: province.calendar.version(),
            due_at: Some(due_at),
            receipt: None,
            silent: false,
        };
        self.append(&what, &Province::system(), now)?;
        books.event(&what);
        Ok(true)
    }

    /// The state as the written events alone make it.
    pub const fn replica(&self) -> &Dossier {
        &self.replica
    }

    /// The last events as they were written.
    pub fn last(&self, many: usize) -> &[StoredEvent] {
        &self.history[self.history.len().saturating_sub(many)..]
    }

    /// Replays the whole history with its hashes (SEC-01).
    pub fn replayed(&self) -> Holds {
        match replay(&self.history) {
            Ok((state, _)) if state == self.state => Ok(()),
            Ok(_) => Err(self.broken("replay gives the stored state", "the replay gives another state".into())),
            Err(e) => Err(self.broken("the chain of events is whole", e.to_string())),
        }
    }

    #[expect(clippy::unnecessary_box_returns, reason = "an error stays small in every answer")]
    pub fn broken(&self, rule: &'static str, what: String) -> Box<Broken> {
        Broken::new(rule, format!("{what}\nstate: {:?}", self.state), listing(&self.history))
    }

    /// The offer under which it was taken in.
    pub fn of<'a>(&self, province: &'a Province) -> &'a Offer {
        &province.offers[self.offer]
    }
}

fn next_line(history: &[StoredEvent], what: &Event, who: &Who, now: Instant) -> StoredEvent {
    let seq = u32::try_from(history.len() + 1).unwrap_or(u32::MAX);
    let body = serde_json::to_string(what).unwrap_or_default();
    let previous = history.last().map_or("", |l| l.hash.as_str());
    let hash = chain_hash(previous, seq, now, who, &body);
    StoredEvent { seq, at: now, officer: who.officer, agency: who.agency, body, hash }
}

fn grown(
    state: Option<Dossier>,
    line: &StoredEvent,
    what: &Event,
    history: &[StoredEvent],
) -> Result<Dossier, Box<Broken>> {
    evolve(state, line, what).map_err(|e| Broken::new("every event can follow", e.to_string(), listing(history)))
}

fn reread(line: &StoredEvent, history: &[StoredEvent]) -> Result<Event, Box<Broken>> {
    let unread = |e: serde_json::Error| Broken::new("every event can be read back", e.to_string(), listing(history));
    serde_json::from_str(&line.body).map_err(unread)
}

fn listing(history: &[StoredEvent]) -> String {
    let line = |l: &StoredEvent| format!("  {} {} officer {} {}", l.seq, l.at, l.officer, l.body);
    history.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Which slip a command takes a number for.
pub fn slip_series(
    who: &Who,
    before: Option<&Dossier>,
    command: &Command,
    law: &domain::dossier::Law,
    intake: &Intake,
) -> Option<&'static str> {
    let limit = law.procedure.limit_for(intake.channel, intake.variant.as_deref().unwrap_or_default());
    let prints = |form: &&str| *form != "receipt" || domain::dossier::needs_receipt(law.profile, limit);
    let on_paper = before.is_some_and(|d| d.links.travel == Some(Travel::Paper));
    match command {
        Command::Link(
            Link::Consult { .. }
            | Link::Recall { what: Branch::Consultation, .. }
            | Link::Redate { what: Branch::Consultation, .. },
        ) => Some("consultation"),
        Command::Link(Link::Verify { .. }) => Some("verification"),
        Command::Link(Link::Recall { .. } | Link::Redate { .. } | Link::Open { .. }) => Some("transfer"),
        // Paper goes on with a slip; data needs none.
        Command::Link(Link::Finish { .. }) if on_paper => Some("transfer"),
        other => slip_of(before, other, law, std::slice::from_ref(who)).filter(prints),
    }
}
