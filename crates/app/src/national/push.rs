//! One dossier on its way to the portal: its present state, then the steps that the portal does not know. Sent again it changes
//! nothing; an older state never follows a newer one.

use super::{
    gather::{News, news},
    key, store,
    store::Known,
    wire,
};
use crate::{app::App, error::AppError};
use domain::{dossier::Dossier, id::Id};
use platform::{
    config::NationalPortal,
    outbox::{Failure, Job},
};

/// Longer than both messages may take; after it the line is free, whatever became of the process that had it.
const LINE_MS: i64 = 120_000;
/// Whoever comes while the line is taken asks again then.
const BUSY_MS: i64 = 5_000;

/// Sends the dossier whose id is the payload; what the portal knows already is left alone.
pub async fn push(app: &App, job: &Job) -> Result<(), Failure> {
    let id: Id<Dossier> = job.payload.parse().map_err(|_| Failure::Never("the payload names no dossier".into()))?;
    let closed = || Failure::Again("national_portal is not configured any more".into());
    let portal = app.config.national_portal.as_ref().ok_or_else(closed)?;
    let now = app.machine.now();
    let take = move |unit: &mut platform::db::Unit| Ok::<_, AppError>(store::take(unit, id, now, now + LINE_MS)?);
    if !app.db.bulk_unit(take).await.map_err(|e| again(&e))? {
        return Err(Failure::NotBefore(now + BUSY_MS, "another message of this dossier is on its way".into()));
    }
    let (reached, failure) = send(app, portal, id).await;
    let note = move |unit: &mut platform::db::Unit| {
        match reached {
            Some(known) => store::note(unit, id, known, now)?,
            None => store::release(unit, id)?,
        }
        if let (Some(known), None) = (reached, failure.as_ref()) {
            store::settle(unit, (1..=known.version).map(|version| key(id, version)).collect())?;
        }
        Ok::<_, AppError>(failure.clone())
    };
    let failure = app.db.bulk_unit(note).await.map_err(|e| again(&e))?;
    failure.map_or(Ok(()), Err)
}

/// What the portal knows now, where that is more than before, and what went wrong.
async fn send(app: &App, portal: &NationalPortal, id: Id<Dossier>) -> (Option<Known>, Option<Failure>) {
    let app_ = app.clone();
    let News { known, version, dossier, steps } = match app.db.read(move |q| news(q, &app_, id)).await {
        Ok(Some(news)) => news,
        Ok(None) => return (None, None),
        Err(e) => return (None, Some(again(&e))),
    };
    let now = app.machine.now();
    if let Err(why) = wire::dossier(portal, &dossier, known.version > 0, now).await {
        return (None, Some(why));
    }
    // The steps follow; when they do not arrive, what did is not forgotten.
    if let Err(why) = wire::steps(portal, &steps, now).await {
        return (Some(Known { version, step: known.step }), Some(why));
    }
    (Some(Known { version, step: version }), None)
}

fn again(e: &AppError) -> Failure {
    Failure::Again(e.to_string())
}
