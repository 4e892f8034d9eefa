use super::{
    answers, approvals,
    attach::attach_files,
    law::law,
    passage,
    register::{self, Entry},
    return_desk, slips,
    store::{self, Kept, Key},
    view::DossierView,
};
use crate::{
    app::App,
    attention,
    catalogue::{self, Governing},
    courier, enterprises,
    error::{AppError, Change},
    forms, interlink, notices,
    reference::Reference,
    vault,
};
use domain::{
    accounts::Who,
    dossier::{
        Command, Dossier, DossierCode, Event, Facts, Intake, LastAct, Numbers, OnBehalf, People, Refusal, SlipRef,
        StoredEvent, chain_hash, decide, evolve, pool_name,
    },
    id::Id,
    interlink::Link,
    time::Instant,
};
use platform::db::{Answer, Once, Outcome, Unit};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// A command on its way to a dossier.
#[derive(Clone, Debug)]
pub struct Order {
    pub target: Target,
    pub command: Command,
}

/// Which dossier.
#[derive(Clone, Debug)]
pub enum Target {
    /// One that this command opens, with the people on it.
    New(Box<People>),
    /// One that is there, as the sender last saw it.
    Known { key: Key, version: u32 },
    /// One that this very unit has read already: bulk work does not look twice.
    Held(Box<Kept>),
}

/// What a unit of work did to a dossier.
#[derive(Clone, Debug)]
pub struct Done {
    pub id: Id<Dossier>,
    pub state: Dossier,
    pub events: Vec<Event>,
    pub governing: Arc<Governing>,
}

impl std::fmt::Debug for Governing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Governing({})", self.procedure.code.as_str())
    }
}

impl Done {
    /// As the API answers it.
    pub fn view(&self, app: &App, who: &Who) -> Option<DossierView> {
        let reference = app.reference();
        let law = law(app, &reference, &self.governing, &self.state.intake)?;
        Some(DossierView::of(self.id, &self.state, &law, who, &reference))
    }
}

/// The only way a page or the API changes a dossier: one unit of work, one effect for one key, the answer after the commit.
pub async fn execute(
    app: &App,
    who: &Who,
    once: Once,
    order: Order,
    answer: impl Fn(&Done) -> Answer + Send + 'static,
) -> Result<Answer, AppError> {
    let (app_, who) = (app.clone(), who.clone());
    let outcome = app
        .db
        .unit_once::<AppError>(once, move |unit| {
            let done = apply(unit, &app_, &who, &order)?;
            Ok(answer(&done))
        })
        .await?;
    match outcome {
        Outcome::Fresh(answer) => {
            app.pulse.beat();
            Ok(answer)
        }
        Outcome::Replay(answer) => Ok(answer),
        Outcome::Mismatch => Err(AppError::KeyMismatch),
    }
}

/// The same inside a unit that changes more than one thing; slices compose through it.
pub fn apply(unit: &mut Unit, app: &App, who: &Who, order: &Order) -> Result<Done, AppError> {
    let reference = app.reference();
    let before = existing(unit, who, &order.target, &reference)?;
    let intake = before.as_ref().map(|k| &k.state.intake).or_else(|| opened_intake(&order.command));
    let intake = intake.ok_or(AppError::NotFound)?.clone();
    let governing = app.versions.of(unit, &intake)?;
    let law = law(app, &reference, &governing, &intake).ok_or(AppError::NotFound)?;
    let acting = reference.identities_on(who, law.now, &intake.procedure_code);
    let form = slips::form_of(before.as_ref().map(|k| &k.state), &order.command, &intake, &law, &acting);
    let people = match &order.target {
        Target::New(people) => Some(people.as_ref().clone()),
        // Slips name people, and the handover asks who may receive.
        Target::Known { .. } | Target::Held(_) if form.is_some() => known_people(unit, before.as_ref())?,
        Target::Known { .. } | Target::Held(_) => None,
    };
    let numbers = allocate(unit, app, &reference, who, order, before.as_ref(), &intake, form)?;
    let salted = Salted::new(app, &order.target);
    let command = with_digest(&order.command, salted.as_ref());
    let assignee = match &command {
        Command::Assign { officer, .. } | Command::Link(Link::Give { officer, .. }) => {
            reference.officer(*officer).filter(|o| o.active).map(|o| &o.who)
        }
        _ => None,
    };
    let last = passage::last_act(unit, before.as_ref(), &command)?;
    let facts = Facts { who, law, assignee, people: people.as_ref(), numbers: &numbers, last: last.as_ref() };
    let of = (&*reference, intake.procedure_code.as_str());
    let decided = decided(before.as_ref().map(|k| &k.state), &command, &facts, &acting, of);
    let (events, for_whom) = decided.map_err(|e| e.cited(&app.profile))?;
    let now = law.now;
    let was = before.as_ref().map(|k| k.state.clone());
    let done = save(unit, app, who, for_whom.as_ref(), now, before, events, &governing, salted, last.as_ref())?;
    attach_files(unit, app, who, &done, &command, &form_files(&reference, &order.target, &done))?;
    answers::keep(unit, &done, &command)?;
    catalogue::pace::note(unit, &reference, &done.state, &done.events)?;
    vault::keep(unit, app, &reference, who, &done)?;
    enterprises::keep(unit, &done, people.as_ref())?;
    let entry = entered(unit, was.as_ref(), &done, now)?;
    issue_slip(unit, app, &reference, who, now, &done, people.as_ref(), was.as_ref(), &command, entry)?;
    return_desk::note_parcel(unit, who, &done, now)?;
    approvals::note(unit, who, was.as_ref(), (&command, &governing), now)?;
    interlink::follow(unit, app, &reference, who, &done, &command)?;
    let deadlines = if was.is_some() { attention::keep } else { attention::begin };
    deadlines(unit, done.id, &done.state, &law)?;
    courier::keep(unit, app, &done, was.as_ref(), &law)?;
    notices::enqueue(unit, app, done.id, done.state.version, &done.events)?;
    Ok(done)
}

/// The decision for the officer, or for somebody for whom the officer stands in at this moment (FLW-07): the first that is
/// lawful, else what the officer is told. An absent officer's rights are with the backup.
fn decided(
    before: Option<&Dossier>,
    command: &Command,
    facts: &Facts,
    acting: &[Who],
    (reference, procedure): (&Reference, &str),
) -> Result<(Vec<Event>, Option<OnBehalf>), AppError> {
    let mut told = None;
    for acting in acting {
        match decide(before, command, &Facts { who: acting, ..*facts }) {
            Ok(events) => {
                let other = Some(acting.officer).filter(|o| *o != facts.who.officer);
                return Ok((events, other.map(|o| reference.on_behalf(facts.who.officer, o, procedure, facts.now))));
            }
            // A refusal by the law says more than one for want of the right.
            Err(refusal) if told.as_ref().is_none_or(Refusal::is_forbidden) => told = Some(refusal),
            Err(_) => {}
        }
    }
    Err(told.map_or(AppError::RightMissing("xử lý hồ sơ trong thời gian vắng mặt"), AppError::from))
}

fn existing(unit: &mut Unit, who: &Who, target: &Target, reference: &Reference) -> Result<Option<Kept>, AppError> {
    let (key, version) = match target {
        Target::New(_) => return Ok(None),
        Target::Held(kept) => return Ok(Some(kept.as_ref().clone())),
        Target::Known { key, version } => (key, version),
    };
    let kept = store::find(unit, &who.scope(), key)?.ok_or(AppError::NotFound)?;
    if kept.state.version == *version {
        return Ok(Some(kept));
    }
    // GR-8: the loser sees what changed.
    let changed = store::events(unit, kept.id, *version)?
        .iter()
        .filter_map(|line| {
            let (vi, en) = serde_json::from_str::<Event>(&line.body).ok()?.words();
            Some(Change { at: line.at, officer: reference.officer_name(line.officer).to_owned(), vi, en })
        })
        .collect();
    Err(AppError::Stale { current: kept.state.version, changed })
}

pub(super) fn opened_intake(command: &Command) -> Option<&Intake> {
    match command {
        Command::Draft { intake: i, .. }
        | Command::Submit(i)
        | Command::TakeIn { intake: i, .. }
        | Command::TurnAway { intake: i, .. } => Some(i),
        _ => None,
    }
}

fn known_people(unit: &mut Unit, before: Option<&Kept>) -> Result<Option<People>, AppError> {
    Ok(match before {
        Some(kept) => store::people(unit, kept.id)?,
        None => None,
    })
}

/// The people's text, its salt and its digest.
struct Salted {
    people: People,
    salt: String,
    body: String,
    digest: String,
}

impl Salted {
    fn new(app: &App, target: &Target) -> Option<Self> {
        let Target::New(people) = target else { return None };
        let body = serde_json::to_string(people).unwrap_or_default();
        let salt = app.random.hex(32);
        let digest = people_digest(&salt, &body);
        Some(Self { people: people.as_ref().clone(), salt, body, digest })
    }
}

/// The salted digest by which events refer to the erasable people.
pub fn people_digest(salt: &str, body: &str) -> String {
    domain::hex(&Sha256::digest(format!("{salt}\n{body}")))
}

fn with_digest(command: &Command, salted: Option<&Salted>) -> Command {
    let mut command = command.clone();
    if let (
        Some(salted),
        Command::Draft { intake: i, .. }
        | Command::Submit(i)
        | Command::TakeIn { intake: i, .. }
        | Command::TurnAway { intake: i, .. },
    ) = (salted, &mut command)
    {
        i.people.clone_from(&salted.digest);
    }
    command
}

#[expect(clippy::too_many_arguments, reason = "numbers depend on everything that the decision will see")]
fn allocate(
    unit: &mut Unit,
    app: &App,
    reference: &Reference,
    who: &Who,
    order: &Order,
    before: Option<&Kept>,
    intake: &Intake,
    form: Option<&'static str>,
) -> Result<Numbers, AppError> {
    let day = app.now().day();
    let opens = matches!(
        order.command,
        Command::Submit(_) | Command::TakeIn { .. } | Command::Accept { .. } | Command::Guide { .. }
    );
    let mut numbers = Numbers::default();
    if let Command::Link(link) = &order.command {
        numbers.slip = interlink::number(unit, app, reference, who, link, before.map(|k| &k.state))?;
        return Ok(numbers);
    }
    if let (Command::Redate, Some(receipt)) = (&order.command, before.and_then(|k| k.state.receipt.as_ref())) {
        numbers.slip = Some(SlipRef { id: app.id()?, number: slips::reprint(&receipt.number) });
        return Ok(numbers);
    }
    let competent = reference.agency(intake.agency).ok_or(AppError::NotFound)?;
    if opens && before.is_none_or(|k| k.state.code.is_none()) {
        let series = format!("dossier/{}/{day}", competent.identifier);
        numbers.code = Some(DossierCode::new(&competent.identifier, day, store::next_number(unit, &series)?));
    }
    if let Some(form) = form {
        let centre = reference.centre(intake.centre).ok_or(AppError::NotFound)?;
        let by_agency = slips::is_the_agencys(before.map(|k| &k.state), &order.command, &app.profile);
        let issuer = if by_agency { &competent.identifier } else { &centre.code };
        let number = store::next_number(unit, &format!("{form}/{issuer}/{}", day.year()))?;
        numbers.slip = Some(SlipRef { id: app.id()?, number: slips::number(form, number, day.year(), issuer) });
    }
    Ok(numbers)
}

#[expect(clippy::too_many_arguments, reason = "one place writes all that a command changes")]
fn save(
    unit: &mut Unit,
    app: &App,
    who: &Who,
    for_whom: Option<&OnBehalf>,
    now: Instant,
    before: Option<Kept>,
    events: Vec<Event>,
    governing: &Arc<Governing>,
    salted: Option<Salted>,
    last: Option<&LastAct>,
) -> Result<Done, AppError> {
    let id = match &before {
        Some(kept) => kept.id,
        None => app.id()?,
    };
    let was = before.as_ref().map(|k| store::Was::of(&k.state));
    let (mut state, mut head) = before.map_or((None, String::new()), |k| (Some(k.state), k.head));
    let mut seq = was.as_ref().map_or(0, store::Was::version);
    for what in &events {
        seq += 1;
        let body = what.text(for_whom).map_err(AppError::internal)?;
        let hash = chain_hash(&head, seq, now, who, &body);
        let line = StoredEvent { seq, at: now, officer: who.officer, agency: who.agency, body, hash };
        state = Some(evolve(state, &line, what).map_err(AppError::internal)?);
        store::insert_event(unit, id, &line)?;
        head = line.hash;
    }
    let state = state.ok_or_else(|| AppError::Internal("a command without an event".into()))?;
    let row = Kept { id, state, head };
    let pool = pool_name(&row.state, &governing.process);
    let passage = passage::of(who, now, pool, &events, last);
    match &was {
        Some(was) => store::update(unit, &row, was, &passage)?,
        None => {
            // From now on nobody deletes the version that governs this dossier (CAT-02).
            catalogue::store::note_use(unit, row.state.intake.procedure)?;
            store::insert(unit, &row, &passage)?;
        }
    }
    // A step of another agency lets that agency's officers read the dossier, then and later.
    if let Some(other) = row.state.holder.as_ref().filter(|h| h.centre.is_none() && h.agency != row.state.intake.agency)
    {
        store::add_agency(unit, id, other.agency)?;
    }
    if let Some(s) = salted {
        store::insert_people(unit, id, &s.salt, &s.people, &s.body)?;
    }
    Ok(Done { id, state: row.state, events, governing: Arc::clone(governing) })
}

/// Files that the e-form of a new dossier names.
fn form_files(reference: &Reference, target: &Target, done: &Done) -> Vec<(String, String)> {
    let Target::New(people) = target else { return Vec::new() };
    let published = reference.forms.of(&done.state.intake.procedure_code);
    published.map(|p| forms::Filled::files(&people.form, &p.form)).unwrap_or_default()
}

/// What is accepted is entered in the register at once, so that the book and the receipt bear the same number; a dossier
/// that stands there keeps its own.
fn entered(unit: &mut Unit, was: Option<&Dossier>, done: &Done, now: Instant) -> Result<Option<Entry>, AppError> {
    let accepts = done.events.iter().any(|event| matches!(event, Event::Accepted { .. }));
    if !accepts {
        return Ok(None);
    }
    // One that this very command opens stands nowhere yet.
    let known = if was.is_some() { register::store::entry(unit, done.id)? } else { None };
    match known {
        Some(known) => Ok(Some(known)),
        None => Ok(Some(register::store::enter(unit, done.id, done.state.intake.centre, now)?)),
    }
}

#[expect(clippy::too_many_arguments, reason = "a slip freezes everything it prints")]
fn issue_slip(
    unit: &mut Unit,
    app: &App,
    reference: &Reference,
    who: &Who,
    now: Instant,
    done: &Done,
    people: Option<&People>,
    before: Option<&Dossier>,
    command: &Command,
    entry: Option<Entry>,
) -> Result<(), AppError> {
    let issued = done.events.iter().find_map(|event| slips::issued_by(event).map(|(slip, form)| (event, slip, form)));
    let Some((event, slip, form)) = issued else { return Ok(()) };
    let row = |data: &documents::Form| {
        Ok::<_, AppError>(store::IssuedSlip {
            id: slip.id,
            dossier: done.id,
            form: form.to_owned(),
            number: slip.number.clone(),
            data: serde_json::to_string(data).map_err(AppError::internal)?,
            issued_at: now,
            archived: None,
        })
    };
    if matches!(command, Command::Redate) {
        let last = before.and_then(|d| d.receipt.as_ref()).map(|receipt| store::slip(unit, receipt.id)).transpose()?;
        let data = slips::redated(last.flatten().as_ref(), &done.state)?;
        return Ok(store::insert_slip(unit, &row(&data)?)?);
    }
    let writer = slips::Writer {
        app,
        reference,
        who,
        now,
        id: done.id,
        dossier: &done.state,
        governing: &done.governing,
        people,
        before,
        entry,
    };
    let data = writer.freeze(event, slip, command)?;
    Ok(store::insert_slip(unit, &row(&data)?)?)
}
