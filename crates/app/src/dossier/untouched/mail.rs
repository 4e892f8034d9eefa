//! Each working day the heads are told by e-mail which dossiers of the agency nobody has touched (FLW-13; seed 000,
//! Điều 12.2b). The letter names dossiers and officers, never applicants.

use super::page::heads;
use crate::{
    app::App,
    dossier::{clock::working_days_ago, inbox, store::Work, subject::path_of},
    error::AppError,
    notices::{
        self,
        store::{Lane, insert},
    },
    people, settings,
};
use domain::{
    id::Id,
    notices::{Channel, Values},
    people::Officer,
    time::{Instant, day_text},
};
use platform::{
    db::Query,
    outbox::{Failure, Job},
};

/// The day on which the letters were last put into the outbox.
const TOLD_ON: &str = "untouched_told_on";
/// Lines in a letter; the page has them all.
const MOST: usize = 20;
/// Beyond this the letter says only that there are many.
const MANY: i64 = 10_000;

/// Puts a letter for each head into the outbox, once a working day from the profile's time on. Any number of processes may
/// do so at once: one of them turns the day.
pub async fn enlist(app: &App) -> Result<u64, AppError> {
    let (now, reference) = (app.now(), app.reference());
    let is_time = now.local().time() >= app.profile.desk.untouched_told_at;
    let works = reference.calendar.is_working(now.day()) == Some(true);
    if !(is_time && works && notices::is_open(app, Channel::Email)) {
        return Ok(0);
    }
    let day = now.day().to_string();
    let told = app.db.read(|q| Ok::<_, AppError>(settings::get(q, TOLD_ON)?)).await?;
    if told.as_deref() == Some(&day) {
        return Ok(0);
    }
    let readers: Vec<Id<Officer>> =
        reference.officers().filter(|o| o.active && o.who.any(heads)).map(|o| o.id).collect();
    let app_ = app.clone();
    app.db
        .bulk_unit(move |unit| {
            if !settings::turn(unit, TOLD_ON, &day)? {
                return Ok(0);
            }
            for officer in &readers {
                let payload = format!("{officer}/{day}");
                let (id, key) = (app_.ids.next()?, format!("untouched/{payload}"));
                insert(unit, Lane::Notices, id, &key, "untouched", &payload, app_.machine.now())?;
            }
            Ok(readers.len() as u64)
        })
        .await
}

/// Sends one letter; nothing where nothing was left lying, or the reader has no address.
pub async fn send(app: &App, job: &Job) -> Result<(), Failure> {
    let wrong = || Failure::Never("the payload names no officer and day".into());
    let (officer, day) = job.payload.split_once('/').ok_or_else(wrong)?;
    let officer: Id<Officer> = officer.parse().map_err(|_| wrong())?;
    // A letter that could not leave on its day would speak of another day's list.
    if day != app.now().day().to_string() {
        return Ok(());
    }
    let app_ = app.clone();
    let written = app.db.read(move |q| write(q, &app_, officer)).await.map_err(|e| Failure::Again(e.to_string()))?;
    let Some(letter) = written else { return Ok(()) };
    notices::mail(app, &letter.to, &letter.subject, &letter.body, &job.key).await
}

struct Letter {
    to: String,
    subject: String,
    body: String,
}

fn write(q: &mut impl Query, app: &App, officer: Id<Officer>) -> Result<Option<Letter>, AppError> {
    let reference = app.reference();
    let Some(head) = reference.officer(officer).filter(|o| o.active && o.who.any(heads)) else { return Ok(None) };
    let card = people::store::officer_card(q, officer)?;
    let Some(to) = card.and_then(|c| c.place.email).filter(|e| !e.trim().is_empty()) else { return Ok(None) };
    let since = working_days_ago(app.now(), &reference.calendar, 1);
    let agency = head.who.agency;
    let count = inbox::store::count_untouched(q, agency, since.millis(), MANY)?;
    if count == 0 {
        return Ok(None);
    }
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let rows = inbox::store::untouched(q, agency, since.millis(), (i64::MIN, i64::MIN), most)?;
    let mut list = Vec::with_capacity(rows.len() + 1);
    for row in &rows {
        list.push(line(q, app, row)?);
    }
    if let Some(more) = usize::try_from(count).ok().and_then(|all| all.checked_sub(rows.len())).filter(|n| *n > 0) {
        list.push(format!("… và {more} hồ sơ khác"));
    }
    let mut values = Values::new();
    values.insert("so", count.to_string());
    values.insert("tu", day_text(since.day()));
    values.insert("co_quan", reference.agency_name(agency).to_owned());
    values.insert("danh_sach", list.join("\n"));
    values.insert("trang", format!("{}/can-bo/chua-xu-ly", app.staff_url()));
    let words = notices::untouched(&values);
    Ok(Some(Letter { to, subject: words.subject, body: words.body }))
}

/// Which dossier, since when, who has it, and where it is opened.
fn line(q: &mut impl Query, app: &App, row: &Work) -> Result<String, AppError> {
    let (reference, governing) = (app.reference(), app.versions.of(q, &row.state.intake)?);
    let code = row.state.code.as_ref().map_or_else(|| row.id.to_string(), ToString::to_string);
    let since = day_text(Instant::from_millis(row.after.0).day());
    let holder = row.state.holder.as_ref().and_then(|h| h.officer);
    let who = holder.map_or("chưa có người nhận", |o| reference.officer_name(o));
    let address = format!("{}{}", app.staff_url(), path_of(row.id, &row.state));
    Ok(format!("- {code}, {}: từ {since}, {who}\n  {address}", governing.procedure.name))
}
