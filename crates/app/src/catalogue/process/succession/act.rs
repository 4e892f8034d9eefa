//! A process is carried over to the heir, or left: once, with its trace.

use super::{
    Hands, in_hands,
    store::{self, Key, Waiting},
};
use crate::{
    accounts::{SignedIn, audit},
    app::App,
    catalogue::process::{
        edit::stale,
        store::{self as store_of, Design},
    },
    error::AppError,
    reference::Reference,
    settings,
};
use domain::{accounts::Who, id::Id, lists::AgencyChangeKind, people::Agency};
use platform::db::Unit;

/// Who took over: the agency that the change names, or whoever took over from that one since.
pub fn heir(reference: &Reference, line: &Waiting) -> Option<Id<Agency>> {
    let other = line.other?;
    let works = reference.agency(other).is_some_and(|a| a.active);
    if works { Some(other) } else { reference.heirs.get(&other).copied() }
}

/// Makes the process a draft for the heir and says which. A decision must approve it there, because the one that it has was
/// another agency's. Dossiers that run keep the old one. `None` when somebody decided before.
pub async fn carry_over(app: &App, me: &SignedIn, key: Key) -> Result<Option<Id<Design>>, AppError> {
    let (app_, who, id) = (app.clone(), me.who.clone(), app.id::<Design>()?);
    let done = app
        .db
        .unit(move |unit| {
            let Some((line, old)) = found(unit, key)? else { return Ok(None) };
            let reference = app_.reference();
            let to = heir(&reference, &line).ok_or(AppError::NotFound)?;
            let detail = format!("{} → {}", old.subject(), reference.agency_name(to));
            let hands = Hands::read(unit)?.before(line.agency);
            let for_heir = Design {
                process: in_hands(&old.process, &hands).carried_over(line.agency, to),
                scope: old.scope.carried_over(line.agency, to),
                ..old.clone()
            };
            let draft = if old.is_draft() && line.kind != AgencyChangeKind::Split {
                rewrite(unit, &app_, &who, &old, for_heir)?
            } else {
                let number = store_of::next_number(unit, &old.code)?;
                let draft = for_heir.drafted(id, number, app_.now(), who.officer);
                store_of::insert_design(unit, &draft)?;
                if ends(&line, &old) {
                    end(unit, &app_, &who, old, &draft.subject())?;
                }
                draft
            };
            store::decide(unit, key, Some(draft.id), who.officer, app_.now()).map_err(stale)?;
            audit(unit, &app_, Some(&who), "process.carry", &draft.subject(), &detail)?;
            settings::bump_reference(unit)?;
            Ok::<_, AppError>(Some(draft.id))
        })
        .await?;
    app.refresh().await?;
    Ok(done)
}

/// A draft of the ended agency becomes one of the heir's where it stands.
fn rewrite(unit: &mut Unit, app: &App, who: &Who, old: &Design, for_heir: Design) -> Result<Design, AppError> {
    let mut draft = Design { changed_at: app.now(), changed_by: who.officer, ..for_heir };
    draft.lapse((&old.process, &old.scope));
    store_of::update_design(unit, &draft).map_err(stale)?;
    Ok(draft)
}

/// Dossiers that come in from now on follow it no more.
fn end(unit: &mut Unit, app: &App, who: &Who, old: Design, why: &str) -> Result<(), AppError> {
    let ended = Design { ended_at: Some(app.now()), ..old };
    store_of::update_design(unit, &ended).map_err(stale)?;
    audit(unit, app, Some(who), "process.end", &ended.subject(), why)
}

/// Leaves a process: what nobody's dossiers follow any more ends, a draft for nobody is thrown away.
pub async fn leave(app: &App, me: &SignedIn, key: Key) -> Result<(), AppError> {
    let (app_, who) = (app.clone(), me.who.clone());
    app.db
        .unit(move |unit| {
            let Some((line, old)) = found(unit, key)? else { return Ok(()) };
            let subject = old.subject();
            if ends(&line, &old) {
                if old.is_draft() {
                    store_of::discard(unit, &old).map_err(stale)?;
                    audit(unit, &app_, Some(&who), "process.discard", &subject, &old.name)?;
                } else {
                    end(unit, &app_, &who, old, &line.old_name)?;
                }
            }
            store::decide(unit, key, None, who.officer, app_.now()).map_err(stale)?;
            audit(unit, &app_, Some(&who), "process.leave", &subject, &line.old_name)?;
            settings::bump_reference(unit).map_err(AppError::from)
        })
        .await?;
    app.refresh().await
}

fn found(unit: &mut Unit, key: Key) -> Result<Option<(Waiting, Design)>, AppError> {
    let Some(line) = store::one(unit, key)? else { return Ok(None) };
    Ok(store_of::find(unit, key.design)?.map(|design| (line, design)))
}

/// Whether no dossier can come under it any more: it was drawn for an agency that is gone.
pub fn ends(line: &Waiting, design: &Design) -> bool {
    line.kind != AgencyChangeKind::Split && design.scope.agency == Some(line.agency)
}
