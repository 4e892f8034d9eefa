//! Agreeing to what an import would change, or not.

use super::{
    batch,
    store::{self, Change, Waiting},
};
use crate::{
    accounts::audit,
    app::App,
    catalogue::store::{self as catalogue_store, Origin},
    error::AppError,
    settings,
};
use domain::{accounts::Who, catalogue::verdict::first_day};
use platform::db::Unit;

/// What a decision came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    pub accepted: usize,
    pub rejected: usize,
    /// Somebody else decided before, or a newer version came between: the file must be imported again.
    pub overtaken: usize,
}

/// Proposals decided on in one unit of work.
const CHUNK: i64 = 8;

/// Decides on one proposal of a batch.
pub async fn decide_one(app: &App, who: &Who, batch: i64, id: i64, accept: bool) -> Result<Decided, AppError> {
    let (app_, who_) = (app.clone(), who.clone());
    let decided = app
        .db
        .unit(move |unit| {
            let change = store::change(unit, id)?.filter(|c| c.batch == batch).ok_or(AppError::NotFound)?;
            let mut decided = Decided::default();
            one(unit, &app_, &who_, change, accept, &mut decided)?;
            settings::bump_reference(unit)?;
            Ok::<_, AppError>(decided)
        })
        .await?;
    app.refresh().await?;
    Ok(decided)
}

/// Takes a "no" back: the proposal waits again. When a newer version came meanwhile it can no longer be agreed to, and is said
/// so then.
pub async fn reconsider(app: &App, who: &Who, batch: i64, id: i64) -> Result<(), AppError> {
    let (app_, who_) = (app.clone(), who.clone());
    app.db
        .unit(move |unit| {
            let change = store::change(unit, id)?.filter(|c| c.batch == batch).ok_or(AppError::NotFound)?;
            if store::reconsider(unit, id)? {
                let (code, name) = (change.proposed.code.as_str(), &change.proposed.name);
                audit(unit, &app_, Some(&who_), "procedure.change.reconsider", code, name)?;
            }
            Ok(())
        })
        .await
}

/// Decides on all that wait in a batch, a few at a time behind interactive work.
pub async fn decide_all(app: &App, who: &Who, batch: i64, accept: bool) -> Result<Decided, AppError> {
    let mut sum = Decided::default();
    let mut after = 0;
    loop {
        let (app_, who_) = (app.clone(), who.clone());
        let step = app
            .db
            .bulk_unit(move |unit| {
                let changes = store::pending(unit, batch, after, CHUNK)?;
                let last = changes.last().map(|c| c.id);
                let mut decided = Decided::default();
                for change in changes {
                    one(unit, &app_, &who_, change, accept, &mut decided)?;
                }
                if last.is_some() {
                    settings::bump_reference(unit)?;
                }
                Ok::<_, AppError>((last, decided))
            })
            .await?;
        let (Some(last), decided) = step else { break };
        after = last;
        sum.accepted += decided.accepted;
        sum.rejected += decided.rejected;
        sum.overtaken += decided.overtaken;
    }
    app.refresh().await?;
    Ok(sum)
}

fn one(
    unit: &mut Unit,
    app: &App,
    who: &Who,
    change: Change,
    accept: bool,
    decided: &mut Decided,
) -> Result<(), AppError> {
    let code = change.proposed.code.as_str();
    let day = first_day(&change.proposed, app.now().day());
    let base = catalogue_store::held_on(unit, code, day)?.filter(|held| held.id == change.base);
    if change.state != Waiting::Pending || (accept && base.is_none()) {
        decided.overtaken += 1;
        return Ok(());
    }
    if !store::decided(unit, change.id, accept, who.officer, app.machine.now())? {
        decided.overtaken += 1;
        return Ok(());
    }
    let act = if accept { "procedure.change.accept" } else { "procedure.change.reject" };
    audit(unit, app, Some(who), act, code, &change.proposed.name)?;
    let Some(base) = base.filter(|_| accept) else {
        decided.rejected += 1;
        return Ok(());
    };
    let origin = Origin {
        source: if change.source.is_poorer_than(base.source) { base.source } else { change.source },
        digest: change.digest.clone(),
        batch: Some(change.batch),
        officer: Some(who.officer),
    };
    batch::insert(unit, app, &change.proposed, Some((&base.version, base.process)), origin)?;
    decided.accepted += 1;
    Ok(())
}
