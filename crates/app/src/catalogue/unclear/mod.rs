//! Unclear points of a procedure: the counter asks the agency before anything is taken in, and what is agreed is kept with the
//! procedure as guidance (INT-12; VL 7.1, 7.2).

pub mod api;
mod ask {
    pub mod page;
}
mod list {
    pub mod page;
}
mod store;
mod thread {
    pub mod page;
}

use super::guidance::{self, store::Note};
use crate::{
    accounts::audit,
    app::App,
    error::{AppError, FieldError, answered},
};
use axum::{
    Router,
    routing::{get, post},
};
use domain::{
    accounts::{Role, Who},
    catalogue::unclear::{UnclearAct, UnclearRefusal, ask_unclear, decide_unclear, reads_unclear},
    id::Id,
    people::Agency,
};
use platform::db::{Answer, Once, Unit};
use store::{Kept, Said};

/// The routes of this part.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/can-bo/vuong-mac", get(list::page::show))
        .route("/can-bo/vuong-mac/moi", get(ask::page::show).post(ask::page::send))
        .route("/can-bo/vuong-mac/{id}", get(thread::page::show).post(thread::page::send))
        .route("/api/v1/unclear_cases", get(api::list_unclear).post(api::ask))
        .route("/api/v1/unclear_cases/{id}", get(api::read_unclear))
        .route("/api/v1/unclear_cases/{id}/lines", post(api::say))
}

/// The threads that an officer reads, newest first, before this one.
async fn newest(app: &App, who: &Who, before: i64, most: i64) -> Result<Vec<Kept>, AppError> {
    let who = who.clone();
    let mut found = app
        .db
        .read(move |q| {
            if who.any(Role::reads_province) {
                return Ok(store::all(q, before, most)?);
            }
            let mut found = Vec::new();
            if let Some(centre) = who.centre.filter(|_| who.any(Role::takes_in)) {
                found.extend(store::of_centre(q, centre, before, most)?);
            }
            if who.any(Role::works_in_agency) {
                found.extend(store::of_agency(q, who.agency, before, most)?);
            }
            Ok::<_, AppError>(found)
        })
        .await?;
    found.sort_by_key(|k| std::cmp::Reverse(k.id));
    found.dedup_by_key(|k| k.id);
    Ok(found)
}

/// A question about a procedure, to agencies.
#[derive(Clone, Debug)]
struct Question {
    code: String,
    text: String,
    asked: Vec<Id<Agency>>,
}

/// Opens a case; the number under which it is found.
async fn open(app: &App, who: &Who, once: Once, question: Question) -> Result<String, AppError> {
    let (app_, who) = (app.clone(), who.clone());
    write(app, once, move |unit| {
        let case = ask_unclear(&who, &question.text, &question.asked).map_err(refused)?;
        let id = app_.id()?;
        let kept = Kept {
            id,
            code: question.code.clone(),
            question: question.text.trim().to_owned(),
            answer: None,
            answered_by: None,
            asked_by: who.officer,
            asked_at: app_.now(),
            version: 1,
            case,
        };
        store::insert(unit, &kept)?;
        audit(unit, &app_, Some(&who), "unclear.ask", &kept.code, &kept.question)?;
        Ok(id.to_string())
    })
    .await
}

/// One thread with its lines, for whoever takes part in it.
async fn load(app: &App, who: &Who, id: Id<Kept>) -> Result<(Kept, Vec<Said>), AppError> {
    let who = who.clone();
    app.db
        .read(move |q| {
            let kept = store::find(q, id)?.filter(|k| reads_unclear(&who, &k.case)).ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((kept, store::lines(q, id)?))
        })
        .await
}

/// Carries one step of a thread on; the same click again does nothing twice.
async fn carry_on(
    app: &App,
    who: &Who,
    once: Once,
    id: Id<Kept>,
    version: i64,
    act: UnclearAct,
) -> Result<(), AppError> {
    let (app_, who) = (app.clone(), who.clone());
    let agreed = matches!(act, UnclearAct::Agree);
    write(app, once, move |unit| {
        let mut kept = store::find(unit, id)?.filter(|k| reads_unclear(&who, &k.case)).ok_or(AppError::NotFound)?;
        if kept.version != version {
            return Err(AppError::Stale { current: u32::try_from(kept.version).unwrap_or(0), changed: Vec::new() });
        }
        kept.case.stage = decide_unclear(&who, &kept.case, &act, app_.now()).map_err(refused)?;
        take(unit, &app_, &who, &mut kept, &act)?;
        store::update(unit, &kept)?;
        store::say(unit, app_.ids.next()?, id, &Said::of(&act, &who, app_.now()))?;
        audit(unit, &app_, Some(&who), &format!("unclear.{}", act.line().key()), &kept.code, act.text())?;
        Ok(String::new())
    })
    .await?;
    // What was agreed stands at every counter at once.
    if agreed { app.refresh().await } else { Ok(()) }
}

/// What an act leaves behind beside its line.
fn take(unit: &mut Unit, app: &App, who: &Who, kept: &mut Kept, act: &UnclearAct) -> Result<(), AppError> {
    match act {
        UnclearAct::Answer(text) => {
            kept.answer = Some(text.trim().to_owned());
            kept.answered_by = Some(who.agency);
        }
        UnclearAct::Meet(_, conclusion) => {
            kept.answer = Some(conclusion.trim().to_owned());
            kept.answered_by = None;
        }
        UnclearAct::Invite(agency) => store::invite(unit, kept.id, *agency)?,
        UnclearAct::Agree => {
            let note = Note {
                id: app.id()?,
                code: kept.code.clone(),
                question: kept.question.clone(),
                answer: kept.answer.clone().unwrap_or_default(),
                agency: kept.answered_by,
                agreed_on: app.now().day(),
                officer: who.officer,
                at: app.now(),
                version: 1,
            };
            guidance::keep(unit, app, who, &note)?;
        }
        UnclearAct::Say(_) | UnclearAct::Drop(_) => {}
    }
    Ok(())
}

/// One change in one unit, once.
async fn write(
    app: &App,
    once: Once,
    change: impl Fn(&mut Unit) -> Result<String, AppError> + Send + 'static,
) -> Result<String, AppError> {
    let written = app.db.unit_once::<AppError>(once, move |unit| Ok(Answer { status: 303, body: change(unit)? }));
    let answer = answered(written.await?)?;
    Ok(answer.body)
}

/// A refusal beside the field that it speaks of.
fn refused(why: UnclearRefusal) -> AppError {
    if why.is_forbidden() {
        return AppError::RightMissing("trao đổi vướng mắc của thủ tục này");
    }
    let (vi, en) = why.words();
    let field = match why {
        UnclearRefusal::Nobody | UnclearRefusal::AskedAlready => "agency",
        UnclearRefusal::MeetingIncomplete | UnclearRefusal::OneAgencyOnly => "meeting_at",
        _ => "text",
    };
    AppError::Fields(vec![FieldError::new(field, why.code(), vi, en)])
}
