//! The moments of the clock: each fires once, calls those who answer by e-mail and on the list of what calls for somebody.

use super::{
    letters,
    store::{self, Request},
};
use crate::{
    app::App,
    error::AppError,
    notices::{
        self,
        store::{Lane, insert},
    },
    worker::{CHUNK, in_chunks},
};
use domain::{
    accounts::Who,
    id::Id,
    notices::Channel,
    people::Officer,
    personal_data::{Moment, moments},
};
use platform::db::Query;

/// Moments of one unit of work.
const AT_ONCE: i64 = 50;
/// More than these nobody reads in one list; the list of requests has them all.
const MOST: i64 = 50;
const DAY_MS: i64 = 86_400_000;

/// Fires what has come; how many. Any number of processes may do so at once.
pub async fn fire(app: &App) -> Result<u64, AppError> {
    let (now, mut fired) = (app.now(), 0);
    let readers = readers(app);
    while app.db.read(move |q| Ok::<_, AppError>(store::any_due(q, now)?)).await? {
        let (app_, readers) = (app.clone(), readers.clone());
        fired += app
            .db
            .bulk_unit(move |unit| {
                let taken = store::take_due(unit, now, AT_ONCE)?;
                for (request, moment) in &taken {
                    for officer in &readers {
                        let payload = format!("{request}/{}/{officer}", moment.key());
                        let (id, key) = (app_.ids.next()?, format!("data-request/{payload}"));
                        insert(unit, Lane::Notices, id, &key, letters::DUE, &payload, app_.machine.now())?;
                    }
                }
                Ok::<_, AppError>(taken.len() as u64)
            })
            .await?;
    }
    Ok(fired)
}

/// Who is written to: those who answer, where e-mail goes out.
fn readers(app: &App) -> Vec<Id<Officer>> {
    if !notices::is_open(app, Channel::Email) {
        return Vec::new();
    }
    let reference = app.reference();
    reference.officers().filter(|o| o.active && o.who.answers_data_requests()).map(|o| o.id).collect()
}

/// A request that calls for somebody, and why.
pub struct Called {
    pub request: Request,
    pub moment: Moment,
}

/// What this officer is called for.
pub fn called(q: &mut impl Query, who: &Who) -> Result<Vec<Called>, AppError> {
    if !who.answers_data_requests() {
        return Ok(Vec::new());
    }
    let open = store::open(q, (i64::MIN, i64::MIN), MOST)?;
    let fired = store::fired(q, open.iter().map(|r| r.id.raw()).collect())?;
    let of = |request: Request| {
        let still = moments(request.state, &request.terms);
        let counts = |m: &Moment| still.iter().any(|(s, _)| s == m);
        let moment = fired.iter().filter(|(id, m)| *id == request.id && counts(m)).map(|(_, m)| *m).max()?;
        Some(Called { request, moment })
    };
    Ok(open.into_iter().filter_map(of).collect())
}

/// Forgets requests that ended longer ago than the configuration keeps them.
pub async fn sweep(app: &App) -> Result<u64, AppError> {
    let kept = i64::from(app.config.privacy.keep_requests_days);
    let before = app.now().plus_millis(-kept * DAY_MS);
    in_chunks(app, move |unit| Ok(store::sweep(unit, before, CHUNK)?)).await
}
