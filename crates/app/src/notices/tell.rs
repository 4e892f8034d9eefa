//! From an event to messages: by which channels, in which words. Done by the worker, so that no officer waits for it.

use super::{
    compose,
    store::{self, Lane, Notice},
    wordings::Wordings,
};
use crate::{
    app::App,
    dossier::{reminded_by_message, store as dossiers},
    error::AppError,
    interlink,
};
use domain::{
    accounts::Scope,
    dossier::{Dossier, Event, People},
    id::Id,
    notices::{About, Channel, fill, in_order, may_remind},
    time::Instant,
};
use platform::{db::Query, outbox::Failure};
use std::sync::Arc;

/// Of what people are told.
enum Of {
    /// An event of the dossier.
    Event(u32),
    /// For the n-th time, that their result lies ready (RES-03).
    Reminder(u32),
}

/// Between an event's number and the n-th reminder of it, under which the reminder's messages are kept.
const REMINDED: u32 = 1_000_000;

/// `{dossier}/{seq}`: the event of which people are to be told.
pub fn payload(dossier: Id<Dossier>, seq: u32) -> String {
    format!("{dossier}/{seq}")
}

/// `{dossier}/reminder/{nth}`: their result is still there.
pub fn reminder(dossier: Id<Dossier>, nth: u32) -> String {
    format!("{dossier}/reminder/{nth}")
}

fn read_payload(text: &str) -> Option<(Id<Dossier>, Of)> {
    let (dossier, of) = text.split_once('/')?;
    let of = match of.split_once('/') {
        None => Of::Event(of.parse().ok()?),
        Some(("reminder", nth)) => Of::Reminder(nth.parse().ok()?),
        Some(_) => return None,
    };
    Some((dossier.parse().ok()?, of))
}

/// Writes the messages of one event or reminder and puts those that leave the house into the outbox. Done twice it writes them
/// once.
pub async fn tell(app: &App, payload: &str) -> Result<(), Failure> {
    let (id, of) = read_payload(payload).ok_or_else(|| Failure::Never("the payload names no event".into()))?;
    let app_ = app.clone();
    let notices = app.db.read(move |q| write(q, &app_, id, &of)).await.map_err(|e| again(&e))?;
    let app_ = app.clone();
    app.db.bulk_unit(move |unit| keep(unit, &app_, &notices)).await.map_err(|e| again(&e))
}

fn again(e: &AppError) -> Failure {
    Failure::Again(e.to_string())
}

/// What happened, what is said of it, the number under which that is kept, and when.
type Said = (Event, About, u32, Instant);

fn write(q: &mut impl Query, app: &App, id: Id<Dossier>, of: &Of) -> Result<Vec<Notice>, AppError> {
    let kept = dossiers::find(q, &Scope::Province, &dossiers::Key::Id(id))?;
    // Without a code nobody finds it again: it was turned away at the counter, with a slip in hand.
    let Some(kept) = kept.filter(|k| k.state.code.is_some()) else { return Ok(Vec::new()) };
    let said = match of {
        Of::Event(seq) => event(q, id, *seq)?,
        Of::Reminder(nth) => ready(q, app, id, &kept.state, *nth)?,
    };
    let Some((event, about, seq, at)) = said else { return Ok(Vec::new()) };
    let governing = app.versions.of(q, &kept.state.intake)?;
    let people = dossiers::people(q, id)?;
    let channels = channels(app, people.as_ref(), store::choice(q, id)?.as_deref());
    let reference = app.reference();
    let visits = if kept.state.links.visits.is_empty() { Vec::new() } else { interlink::store::visits(q, id)? };
    let values = compose::values(app, &reference, &kept.state, &governing, &event, &visits);
    let wordings: &Arc<Wordings> = &reference.wordings;
    let mut notices = Vec::with_capacity(channels.len());
    for channel in channels {
        let words = wordings.of(about, channel);
        notices.push(Notice {
            id: app.ids.next()?,
            dossier: id,
            seq,
            about,
            channel,
            subject: fill(&words.subject, &values),
            body: fill(&words.body, &values),
            at,
            sent_at: (channel == Channel::Page).then(|| Instant::from_millis(app.machine.now())),
        });
    }
    Ok(notices)
}

fn event(q: &mut impl Query, id: Id<Dossier>, seq: u32) -> Result<Option<Said>, AppError> {
    let line = dossiers::events(q, id, seq.saturating_sub(1))?.into_iter().next().filter(|l| l.seq == seq);
    let Some(line) = line else { return Ok(None) };
    let event: Event = serde_json::from_str(&line.body).map_err(AppError::internal)?;
    Ok(About::of(&event).map(|about| (event, about, line.seq, line.at)))
}

/// The result that still waits for somebody who collects in person; nothing once it was given out.
fn ready(q: &mut impl Query, app: &App, id: Id<Dossier>, d: &Dossier, nth: u32) -> Result<Option<Said>, AppError> {
    if !may_remind(d) {
        return Ok(None);
    }
    for line in dossiers::events(q, id, 0)?.into_iter().rev() {
        let event: Event = serde_json::from_str(&line.body).map_err(AppError::internal)?;
        if matches!(event, Event::ResultRecorded { .. }) {
            let seq = line.seq.saturating_add(nth.saturating_mul(REMINDED));
            return Ok(Some((event, About::Unclaimed, seq, app.now())));
        }
    }
    Ok(None)
}

/// The page always; of the others those that the province opened, the applicant chose, and for which there is an address.
fn channels(app: &App, people: Option<&People>, chosen: Option<&[Channel]>) -> Vec<Channel> {
    let wanted = |c: &Channel| chosen.is_none_or(|chosen| chosen.contains(c));
    let reached = |c: &Channel| is_open(app, *c) && people.is_some_and(|p| address(p, *c).is_some());
    let opened = in_order(&app.profile.contact.notices).into_iter();
    opened.filter(|c| *c == Channel::Page || (wanted(c) && reached(c))).collect()
}

/// The ways among which the applicant may choose, and whether each is chosen (INT-15).
pub fn ways(app: &App, people: &People, chosen: Option<&[Channel]>) -> Vec<(Channel, bool)> {
    let all = channels(app, Some(people), None).into_iter().filter(|c| *c != Channel::Page);
    all.map(|c| (c, chosen.is_none_or(|chosen| chosen.contains(&c)))).collect()
}

/// Whether messages can go out this way: it is configured, and the people are real.
pub fn is_open(app: &App, channel: Channel) -> bool {
    let config = &app.config.notices;
    if app.is_demo() && !config.in_demo {
        return channel == Channel::Page;
    }
    match channel {
        Channel::Page => true,
        Channel::Email => config.email.is_some(),
        Channel::Sms => config.sms.is_some(),
        Channel::Zalo => config.zalo.is_some(),
    }
}

/// Where somebody on the dossier is reached: the applicant first, then who handed in, then the owner.
pub fn address(people: &People, channel: Channel) -> Option<&str> {
    let proxy = people.proxy.as_ref().map(|p| &p.person);
    let persons = [Some(&people.applicant), proxy, people.owner.as_ref()];
    persons.into_iter().flatten().find_map(|p| match channel {
        Channel::Page => None,
        Channel::Email => p.email.as_deref(),
        // Telephones with a wire take no messages.
        Channel::Sms | Channel::Zalo => p.phone.as_deref().filter(|n| !n.starts_with("02")),
    })
}

fn keep(unit: &mut platform::db::Unit, app: &App, notices: &[Notice]) -> Result<(), AppError> {
    let now = app.machine.now();
    let mut reminded = None;
    for notice in notices {
        if !store::insert_notice(unit, notice)? {
            continue;
        }
        if notice.channel == Channel::Page {
            store::count(unit, &month(now), Channel::Page, 0)?;
            continue;
        }
        let key = format!("send/{}/{}/{}", notice.dossier, notice.seq, notice.channel.key());
        store::insert(unit, Lane::Notices, app.ids.next()?, &key, "send_notice", &notice.id.to_string(), now)?;
        reminded = reminded.or(Some(notice).filter(|n| n.about == About::Unclaimed));
    }
    // The desk sees that they were asked to come, as if it had rung them up (RES-03).
    if let Some(n) = reminded {
        reminded_by_message(unit, app.ids.next()?, n.dossier, n.at.millis(), n.channel.key())?;
    }
    Ok(())
}

/// `2025-10`, by the wall clock in Việt Nam.
pub fn month(now_ms: i64) -> String {
    let day = Instant::from_millis(now_ms).day();
    format!("{:04}-{:02}", day.year(), day.month())
}
