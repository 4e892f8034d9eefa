//! What an administrator does with a change; every act leaves its trace.

use super::{Change, Recount, Stage, State, preview::preview, store};
use crate::{
    accounts::audit,
    app::App,
    deadline::{change as days, store as calendar_store},
    error::{AppError, FieldError, answered},
};
use domain::{
    accounts::Who,
    deadline::{CalendarRow, DayChange},
    id::Id,
};
use platform::db::{Answer, Once, Query, Unit};

/// What became of a change that was entered.
pub enum Prepared {
    /// No open dossier is touched, so it is in force already.
    InForce,
    /// It waits for somebody to look at what it touches.
    Waits(Id<Change>),
}

/// Prepares a change. When no open dossier gets another date it is applied at once: there is nothing to look at.
pub async fn prepare(
    app: &App,
    who: &Who,
    once: Once,
    days: Vec<DayChange>,
    reason: String,
) -> Result<Prepared, AppError> {
    let (app_, who_) = (app.clone(), who.clone());
    let outcome = app
        .db
        .unit_once::<AppError>(once, move |unit| {
            let change = draft(&app_, unit, Some(&who_), days.clone(), reason.clone(), None)?;
            store::insert(unit, &change)?;
            Ok(Answer { status: 303, body: change.id.to_string() })
        })
        .await?;
    let answer = answered(outcome)?;
    let id: Id<Change> = answer.body.parse().map_err(AppError::internal)?;
    let change = found(app, id).await?;
    if change.state == State::Applied {
        return Ok(Prepared::InForce);
    }
    if change.state == State::Draft && preview(app, &change).await?.count == 0 {
        apply(app, who, id).await?;
        return Ok(Prepared::InForce);
    }
    Ok(Prepared::Waits(id))
}

fn draft(
    app: &App,
    q: &mut impl Query,
    who: Option<&Who>,
    days: Vec<DayChange>,
    reason: String,
    undoes: Option<Id<Change>>,
) -> Result<Change, AppError> {
    let table = calendar_store::days(q)?;
    Ok(Change {
        id: app.id()?,
        state: State::Draft,
        days: days.into_iter().map(|day| day.from_table(&table)).collect(),
        reason,
        made_by: who.map(|w| w.officer),
        made_at: app.now(),
        applied_by: None,
        applied_at: None,
        version: None,
        undoes,
        undone_by: None,
        recount: Recount { stage: Stage::None, after: (i64::MIN, 0), seen: 0, moved: 0 },
    })
}

/// One change, or 404.
pub async fn found(app: &App, id: Id<Change>) -> Result<Change, AppError> {
    app.db.read(move |q| store::find(q, id)?.ok_or(AppError::NotFound)).await
}

/// Puts a draft into force, or begins the recount of a change that came by the command line; a second click does nothing
/// more.
pub async fn apply(app: &App, who: &Who, id: Id<Change>) -> Result<(), AppError> {
    let (app_, who) = (app.clone(), who.clone());
    app.db
        .unit(move |unit| {
            let mut change = store::find(unit, id)?.ok_or(AppError::NotFound)?;
            match (change.state, change.recount.stage) {
                (State::Draft, _) => write(unit, &app_, Some(&who), &mut change)?,
                (State::Applied, Stage::None) => change.applied_by = Some(who.officer),
                _ => return Ok(()),
            }
            change.recount = Recount { stage: Stage::Running, after: change.first_key(), seen: 0, moved: 0 };
            Ok::<_, AppError>(store::update(unit, &change)?)
        })
        .await?;
    app.refresh().await
}

/// Writes the days and the new version; the table must still be as it was when the change was prepared.
fn write(unit: &mut Unit, app: &App, who: Option<&Who>, change: &mut Change) -> Result<(), AppError> {
    let table = calendar_store::days(unit)?;
    for day in &change.days {
        if day.clone().from_table(&table) != *day {
            return Err(AppError::Fields(vec![overtaken(day.day)]));
        }
    }
    for day in change.days.iter().filter(|d| !d.is_idle()) {
        match &day.after {
            Some(exception) => {
                days::put(unit, app, &CalendarRow { day: day.day, exception: exception.clone() }, who)?;
            }
            None => drop(days::remove(unit, app, day.day, who)?),
        }
    }
    change.version = Some(days::bump(unit)?);
    change.state = State::Applied;
    change.applied_by = who.map(|w| w.officer);
    change.applied_at = Some(app.now());
    Ok(())
}

/// A change by the command line: in force at once; its dossiers wait until somebody has looked at them.
pub fn applied_at_once(unit: &mut Unit, app: &App, days: Vec<DayChange>, reason: String) -> Result<(), AppError> {
    let mut change = draft(app, unit, None, days, reason, None)?;
    write(unit, app, None, &mut change)?;
    Ok(store::insert(unit, &change)?)
}

/// Gives a draft up.
pub async fn drop_draft(app: &App, who: &Who, id: Id<Change>) -> Result<(), AppError> {
    let (app_, who) = (app.clone(), who.clone());
    app.db
        .unit(move |unit| {
            let mut change = store::find(unit, id)?.ok_or(AppError::NotFound)?;
            if change.state == State::Draft {
                change.state = State::Dropped;
                store::update(unit, &change)?;
                audit(unit, &app_, Some(&who), "calendar.drop", &id.to_string(), "")?;
            }
            Ok::<_, AppError>(())
        })
        .await
}

/// Prepares the change that takes this one back: the days as they were before, and every open dossier's date with them.
pub async fn undo(app: &App, who: &Who, id: Id<Change>, once: Once) -> Result<Id<Change>, AppError> {
    let (app_, who) = (app.clone(), who.clone());
    let outcome = app
        .db
        .unit_once::<AppError>(once, move |unit| {
            let change = store::find(unit, id)?.ok_or(AppError::NotFound)?;
            if change.state != State::Applied || change.undone_by.is_some() {
                return Err(AppError::NotFound);
            }
            let back = change.days.iter().cloned().map(DayChange::undone).collect::<Vec<_>>();
            let reason = format!("Hoàn tác: {}", change.reason);
            let draft = draft(&app_, unit, Some(&who), back.clone(), reason, Some(id))?;
            // A day that was changed again since cannot simply go back.
            if let Some(day) = draft.days.iter().zip(&back).find(|(now, then)| now.before != then.before) {
                return Err(AppError::Fields(vec![overtaken(day.0.day)]));
            }
            store::insert(unit, &draft)?;
            audit(unit, &app_, Some(&who), "calendar.undo", &id.to_string(), "")?;
            Ok(Answer { status: 303, body: draft.id.to_string() })
        })
        .await?;
    let answer = answered(outcome)?;
    answer.body.parse().map_err(AppError::internal)
}

fn overtaken(day: jiff::civil::Date) -> FieldError {
    let day = domain::time::day_text(day);
    FieldError::new(
        "form",
        "calendar.overtaken",
        format!("Ngày {day} đã được sửa sau khi thay đổi này được lập. Xin xem lại lịch rồi nhập lại."),
        format!("{day} was changed after this change was prepared. Look at the calendar, then enter it again."),
    )
}
