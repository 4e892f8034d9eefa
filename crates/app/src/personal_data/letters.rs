//! Letters about requests: to those who answer when the clock calls, to who asked when there is something to read. They name the
//! number of the request and where it is read, and nothing that somebody asked or was told.

use super::{
    act::told_of,
    store::{self, Request},
};
use crate::{app::App, error::AppError, notices, people};
use domain::{
    id::Id,
    notices::{Channel, Values},
    people::Officer,
    personal_data::{DataRequest, Moment},
    time::{Instant, day_text, time_text},
};
use platform::outbox::{Failure, Job};

/// The kind of job that tells who asked.
pub const ANSWERED: &str = "data_request_told";
/// The kind of job that calls an officer.
pub const DUE: &str = "data_request_due";

/// By which way who asked is reached: a letter costs nothing, so it goes first.
pub fn way(app: &App, request: &Request) -> Option<(Channel, String)> {
    let (email, phone) = (&request.asked.email, &request.asked.phone);
    let ways = [(Channel::Email, email), (Channel::Sms, phone)];
    let open = |(channel, to): &(Channel, &String)| !to.is_empty() && notices::is_open(app, *channel);
    ways.into_iter().find(open).map(|(channel, to)| (channel, to.clone()))
}

async fn find(app: &App, id: &str) -> Result<Option<Request>, Failure> {
    let id: Id<DataRequest> = id.parse().map_err(|_| unnamed())?;
    let read = app.db.read(move |q| Ok::<_, AppError>(store::find(q, id)?)).await;
    read.map_err(|e| Failure::Again(e.to_string()))
}

fn unnamed() -> Failure {
    Failure::Never("the payload names no request".into())
}

fn when(at: Instant) -> String {
    let local = at.local();
    format!("{} ngày {}", time_text(local.time()), day_text(local.date()))
}

/// Tells who asked that there is something to read.
pub async fn send_answered(app: &App, job: &Job) -> Result<(), Failure> {
    let (id, state) = job.payload.split_once('/').ok_or_else(unnamed)?;
    told_of(state).ok_or_else(unnamed)?;
    // Swept meanwhile: nothing is left to read.
    let Some(request) = find(app, id).await? else { return Ok(()) };
    let Some((channel, to)) = way(app, &request) else { return Ok(()) };
    let mut values = Values::new();
    values.insert("so", request.id.to_string());
    values.insert("trang", format!("{}/cong-dan/du-lieu", app.public_url()));
    let words = notices::carried_words(if state == "answered" { "data_answered" } else { "data_taken_on" }, &values);
    match channel {
        Channel::Email => notices::mail(app, &to, &words.subject, &words.long, &job.key).await,
        _ => notices::text(app, &to, &words.short, &job.key).await,
    }
}

/// Calls an officer who answers; nothing where it is over by now, or the officer has no address.
pub async fn send_due(app: &App, job: &Job) -> Result<(), Failure> {
    let mut parts = job.payload.split('/');
    let (Some(id), Some(moment), Some(officer)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(unnamed());
    };
    let moment = Moment::from_key(moment).ok_or_else(unnamed)?;
    let officer: Id<Officer> = officer.parse().map_err(|_| unnamed())?;
    let Some(request) = find(app, id).await?.filter(|r| r.state.is_open()) else { return Ok(()) };
    let is_reader = app.reference().officer(officer).is_some_and(|o| o.active && o.who.answers_data_requests());
    let read = move |q: &mut platform::db::Reader| Ok::<_, AppError>(people::store::officer_card(q, officer)?);
    let card = app.db.read(read).await.map_err(|e| Failure::Again(e.to_string()))?;
    let to = card.filter(|_| is_reader).and_then(|c| c.place.email).filter(|e| !e.trim().is_empty());
    let Some(to) = to else { return Ok(()) };
    let mut values = Values::new();
    values.insert("so", request.id.to_string());
    values.insert("viec", moment.words().0.to_owned());
    values.insert("yeu_cau", request.asked.kind.words().0.to_owned());
    values.insert("han", when(request.terms.answer_by));
    values.insert("trang", format!("{}/can-bo/du-lieu-ca-nhan/{}", app.staff_url(), request.id));
    let words = notices::carried_words("data_due", &values);
    notices::mail(app, &to, &words.subject, &words.long, &job.key).await
}
