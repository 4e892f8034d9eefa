//! What is done to a request: the rule says whether, one unit writes it with its trace, its clock and the letter to who asked.

use super::{
    letters,
    store::{self, Request, Said},
};
use crate::{
    accounts::audit,
    app::App,
    error::{AppError, FieldError, answered},
    notices::store::{Lane, insert},
};
use domain::{
    accounts::Who,
    id::Id,
    personal_data::{Act, DataRequest, Moment, Outcome, Over, State, moments},
};
use platform::db::{Answer, Once, Unit};

/// What is done, with its words.
#[derive(Clone, Debug)]
pub struct Deed {
    pub act: Act,
    pub text: String,
    pub outcome: Option<Outcome>,
}

/// Does it, once for one key.
pub async fn act(app: &App, who: &Who, once: Once, id: Id<DataRequest>, deed: Deed) -> Result<(), AppError> {
    let (app_, who) = (app.clone(), who.clone());
    let work = move |unit: &mut Unit| {
        let request = store::find(unit, id)?.ok_or(AppError::NotFound)?;
        one(unit, &app_, &who, &request, &deed)?;
        Ok(Answer { status: 303, body: String::new() })
    };
    answered(app.db.unit_once::<AppError>(once, work).await?).map(drop)
}

fn one(unit: &mut Unit, app: &App, who: &Who, request: &Request, deed: &Deed) -> Result<(), AppError> {
    let to = request.state.after(deed.act).map_err(over)?;
    let said = Said { by: who.officer, at: app.now(), text: deed.text.clone() };
    let first = match deed.act {
        Act::TakeOn => store::take_on(unit, request.id, &said)?,
        Act::Answer | Act::Withdraw => store::end(unit, request.id, request.state, to, deed.outcome, &said)?,
    };
    if !first {
        // Between our look and our line somebody else wrote theirs.
        let now = store::find(unit, request.id)?.map_or(to, |r| r.state);
        return Err(over(Over(now)));
    }
    let still = moments(to, &request.terms);
    for gone in Moment::ALL.into_iter().filter(|m| still.iter().all(|(s, _)| s != m)) {
        store::drop_moment(unit, request.id, gone)?;
    }
    if deed.act == Act::Withdraw {
        return Ok(());
    }
    let detail = deed.outcome.map_or(to.key(), Outcome::key);
    audit(unit, app, Some(who), &format!("data_request.{}", to.key()), &subject(request.id), detail)?;
    if letters::way(app, request).is_some() {
        let payload = format!("{}/{}", request.id, to.key());
        let (row, key) = (app.ids.next()?, format!("data-request/{payload}"));
        insert(unit, Lane::Notices, row, &key, letters::ANSWERED, &payload, app.machine.now())?;
    }
    Ok(())
}

/// Under which the trace of administration is found.
fn subject(id: Id<DataRequest>) -> String {
    format!("data_request/{id}")
}

fn over(over: Over) -> AppError {
    let (vi, en) = over.words();
    AppError::Fields(vec![FieldError::new("form", Over::CODE, vi, en)])
}

impl Deed {
    /// Who asked takes it back.
    pub const fn withdrawal() -> Self {
        Self { act: Act::Withdraw, text: String::new(), outcome: None }
    }
    /// Of a form: the first answer or the answer.
    pub const fn of(outcome: Option<Outcome>, text: String) -> Self {
        let act = if outcome.is_some() { Act::Answer } else { Act::TakeOn };
        Self { act, text, outcome }
    }
}

/// Whether a state is one of which the person is told.
pub fn told_of(key: &str) -> Option<State> {
    State::from_key(key).filter(|s| matches!(s, State::TakenOn | State::Answered))
}
