//! Every dossier's acts in the order of the legal clock, some in one unit of work.

use super::{
    beside::Aside,
    calendar::Pace,
    dice::Dice,
    life::{Fate, Life, fate},
    papers,
    people::Applicants,
    staff,
};
use crate::{
    app::App,
    catalogue::{Governing, Listed},
    dossier::{Order, apply, law, store},
    error::AppError,
    reference::Reference,
};
use bytes::Bytes;
use domain::{
    accounts::{Role, Who},
    catalogue::{Channel, StepKind, process::working_minutes},
    dossier::{Intake, Law, ReceivedComponent, ResultBy, step_of},
    time::Instant,
};
use std::{cmp::Reverse, collections::BinaryHeap, sync::Arc};

/// Acts that share a unit: a hundredth of a second of the writer's time, so that what waits for the disc is not most of it.
const BATCH: usize = 128;
/// The demo's past, in working days.
const PAST_DAYS: usize = 30;
/// Limits longer than this many working minutes (15 days) would leave everything unfinished.
const SHORT: u32 = 15 * 480;

/// Where a procedure can be handed in, and by whom it is taken in.
struct Offer {
    listed: Listed,
    governing: Arc<Governing>,
    agency: domain::id::Id<domain::people::Agency>,
    counters: Vec<Who>,
}

/// Lives through all dossiers up to `until`; gives how many there are and how many commands it took.
pub fn live(
    app: &App,
    many: u32,
    until: Instant,
    progress: &mut dyn FnMut(&str, usize, usize),
) -> Result<(usize, usize), AppError> {
    let reference = app.reference();
    let dice = Dice(app.random.clone());
    let pace = Pace { calendar: Arc::clone(&reference.calendar), sessions: app.profile.calendar.sessions.clone() };
    let offers = offers(app, &reference)?;
    if offers.is_empty() {
        let en = "No procedure has a competent agency; import procedures first.";
        return Err(AppError::field("demo", "no_procedures", "Chưa có thủ tục nào để tạo hồ sơ mẫu.", en));
    }
    let applicants = Applicants::new(app, &reference);
    let mut lives = Vec::with_capacity(many as usize);
    for number in 0..many as usize {
        lives.push(birth(app, number, &offers, &applicants, &pace, &dice, until)?);
    }
    let mut waiting: BinaryHeap<_> = lives.iter().map(|l| Reverse((l.begins, l.number))).collect();
    let (mut commands, guess) = (0, lives.len() * 7);
    while let Some(batch) = next_batch(app, &mut waiting, &lives, &reference, until)? {
        let numbers: Vec<usize> = batch.iter().map(|act| act.life).collect();
        let done = perform(app, batch)?;
        for (number, done) in numbers.into_iter().zip(done) {
            let governing = Arc::clone(&done.governing);
            let life = &mut lives[number];
            life.took(done);
            let at = pace.after(app.now().max(life.begins), pause(life, &governing, &dice));
            waiting.push(Reverse((at, number)));
            commands += 1;
        }
        progress("demo", commands.min(guess), guess);
    }
    Ok((lives.len(), commands))
}

/// One act to come.
#[derive(Clone)]
struct Act {
    life: usize,
    at: Instant,
    who: Who,
    order: Order,
}

/// The next acts in time, each of another dossier; `None` when nothing more happens before `until`.
fn next_batch(
    app: &App,
    waiting: &mut BinaryHeap<Reverse<(Instant, usize)>>,
    lives: &[Life],
    reference: &Reference,
    until: Instant,
) -> Result<Option<Vec<Act>>, AppError> {
    let mut batch: Vec<Act> = Vec::new();
    while batch.len() < BATCH {
        // Half an hour holds no two acts of one dossier, so that the order of numbers is that of the clock.
        let is_late = |at: Instant| batch.first().is_some_and(|first| at.since(first.at) >= 1_800_000);
        if waiting.peek().is_none_or(|next| is_late(next.0.0)) {
            break;
        }
        let Some(Reverse((at, number))) = waiting.pop() else { break };
        if at > until {
            continue;
        }
        let life = &lives[number];
        let (intake, shared) = (life.intake.clone(), app.clone());
        let governing = app.db.read_blocking(move |q| shared.versions.of(q, &intake))?;
        let Some(law) = law(app, reference, &governing, &life.intake) else { continue };
        if let Some((who, order)) = life.next(&governing.process, reference, &Law { now: at, ..law }) {
            batch.push(Act { life: number, at, who, order });
        }
    }
    Ok((!batch.is_empty()).then_some(batch))
}

/// Does a batch in one unit, each act at its own legal moment.
fn perform(app: &App, batch: Vec<Act>) -> Result<Vec<crate::dossier::Done>, AppError> {
    let shared = app.clone();
    let unit = app.db.bulk_unit(move |unit| {
        let act = |act: &Act| {
            shared.legal.set(act.at.millis());
            apply(unit, &shared, &act.who, &act.order)
        };
        batch.iter().map(act).collect::<Result<Vec<_>, AppError>>()
    });
    tokio::runtime::Handle::current().block_on(unit)
}

/// Working minutes until the next act: some part of what the process allots to the step.
fn pause(life: &Life, governing: &Governing, dice: &Dice) -> i64 {
    let step = life.now.as_ref().and_then(|(_, d)| step_of(d, &governing.process));
    let allotted = step.and_then(|s| s.minutes).unwrap_or(480).max(60);
    let share = 15 + u32::try_from(dice.below(75)).unwrap_or_default();
    let minutes = if step.is_some_and(|s| s.kind == StepKind::Return) { 60 + allotted } else { allotted };
    i64::from((minutes / 100 * share + minutes % 100 * share / 100).max(31))
}

/// Short procedures of agencies that have people, with the counters where they are taken in.
fn offers(app: &App, reference: &Reference) -> Result<Vec<Offer>, AppError> {
    let staffed = staff::busiest(app, reference)?;
    let mut all = Vec::new();
    for listed in &reference.procedures {
        let (id, shared) = (listed.version, app.clone());
        let governing = app.db.read_blocking(move |q| shared.versions.get(q, id))?;
        let minutes = working_minutes(governing.procedure.limit_for(Channel::Counter, ""));
        let is_short = minutes.is_some_and(|m| m <= SHORT);
        if !is_short || governing.procedure.flags.handled_elsewhere.is_some() {
            continue;
        }
        for identifier in staff::agencies_of(app, listed)?.into_iter().filter(|id| staffed.contains(id)) {
            let Some(agency) = reference.agency_by_identifier(&identifier) else { continue };
            let own = reference.centres.iter().find(|c| c.agency == agency.id);
            let Some(centre) = own.or_else(|| reference.main_centre()).map(|c| c.id) else { continue };
            let takes_in =
                |o: &&crate::people::store::OfficerName| o.who.centre == Some(centre) && o.who.is(Role::IntakeOfficer);
            let mut counters: Vec<_> = reference.officers().filter(takes_in).collect();
            counters.sort_by(|a, b| a.login.cmp(&b.login));
            let counters: Vec<Who> = counters.into_iter().map(|o| o.who.clone()).collect();
            if !counters.is_empty() {
                let (listed, governing) = (listed.clone(), Arc::clone(&governing));
                all.push(Offer { listed, governing, agency: agency.id, counters });
            }
        }
    }
    Ok(all)
}

fn birth(
    app: &App,
    number: usize,
    offers: &[Offer],
    applicants: &Applicants,
    pace: &Pace,
    dice: &Dice,
    until: Instant,
) -> Result<Life, AppError> {
    let fate = fate(number, dice);
    let offer = dice.pick(offers).ok_or(AppError::NotFound)?;
    let officer = dice.pick(&offer.counters).ok_or(AppError::NotFound)?.clone();
    let days_ago = match fate {
        Fate::Draft | Fate::Submitted => 1,
        // Terms and pauses of those that wait have not run out when the demo ends.
        Fate::Beside(aside) if aside.waits() => 3 + dice.below(6),
        Fate::Stuck(_) => PAST_DAYS - dice.below(5),
        Fate::Ordinary if number > 0 => dice.below(PAST_DAYS),
        _ => 1 + PAST_DAYS / 2 + dice.below(PAST_DAYS / 2),
    };
    let minute = i64::try_from(dice.below(420)).unwrap_or_default();
    let begins = pace.after(pace.days_before(until, days_ago), minute);
    let mut intake = intake(offer, &officer, fate, dice);
    if dice.percent(10) {
        attach(app, &mut intake, &officer, dice)?;
    }
    Ok(Life::new(number, fate, begins, intake, applicants.people(dice), officer))
}

fn intake(offer: &Offer, officer: &Who, fate: Fate, dice: &Dice) -> Intake {
    let variant = dice.pick(&offer.governing.procedure.variants);
    let brought = |c: &domain::catalogue::Component| ReceivedComponent {
        id: c.id.clone(),
        originals: c.originals.max(u32::from(c.copies == 0)),
        copies: c.copies,
        files: Vec::new(),
    };
    let result_by = if dice.percent(15) { ResultBy::Post } else { ResultBy::Counter };
    Intake {
        procedure: offer.listed.version,
        procedure_code: offer.listed.code.as_str().to_owned(),
        variant: variant.map(|v| v.id.clone()),
        process: offer.listed.process,
        agency: offer.agency,
        centre: officer.centre.unwrap_or(domain::id::Id::new(0)),
        channel: if matches!(fate, Fate::Submitted | Fate::Beside(Aside::Guided)) {
            Channel::Online
        } else {
            Channel::Counter
        },
        result_by,
        components: variant
            .map(|v| v.components.iter().filter(|c| c.required).map(brought).collect())
            .unwrap_or_default(),
        sets: offer.governing.procedure.sets.max(1),
        late: None,
        people: String::new(),
    }
}

/// A scan for the first paper, uploaded by the officer who takes the dossier in.
fn attach(app: &App, intake: &mut Intake, officer: &Who, dice: &Dice) -> Result<(), AppError> {
    let Some(first) = intake.components.first_mut() else { return Ok(()) };
    let paper = papers::paper(dice);
    let blob = tokio::runtime::Handle::current().block_on(app.blobs.put(Bytes::from(paper.bytes)));
    let blob = blob.map_err(AppError::internal)?;
    let row = store::FileRow {
        sha256: blob.sha256.to_string(),
        name: paper.name.into(),
        kind: paper.kind.into(),
        size: i64::try_from(blob.size).unwrap_or_default(),
        pages: paper.pages,
    };
    first.files.push(row.sha256.clone());
    let (id, who, at) = (app.ids.next()?, officer.clone(), app.machine.now());
    app.db.unit_blocking(move |unit| store::insert_upload(unit, id, &row, &who, at).map_err(AppError::from))
}
