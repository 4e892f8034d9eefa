//! Publishing a version under a decision (CAT-02): the one way in which an officer or a system changes the catalogue.

use super::{
    import::{batch, good},
    store::{self, Origin, VersionRow},
};
use crate::{
    accounts::audit,
    app::App,
    error::{AppError, FieldError},
    settings,
};
use domain::{
    accounts::{Role, Who},
    catalogue::{
        ProcedureVersion, PublicationKind, Source,
        competence::{Competence, competent},
        life::{self, Decision, LifeFault},
    },
    id::Id,
    time::day_text,
};
use platform::db::Unit;

/// Whether this officer may change this procedure: those who keep the catalogue may change all, an agency's administrator
/// what only that agency handles.
pub fn may_edit(app: &App, who: &Who, version: &ProcedureVersion) -> bool {
    if keeps_catalogue(who) {
        return true;
    }
    let reference = app.reference();
    let own = reference.agency(who.agency).map(|a| a.identifier.as_str());
    let alone = match competent(version, &reference.directory) {
        Competence::One(agency) => Some(agency.identifier.as_str()),
        _ => None,
    };
    who.is(Role::AgencyAdmin) && own.is_some() && own == alone
}

/// Whether this officer keeps the whole catalogue (DN 9.5).
pub fn keeps_catalogue(who: &Who) -> bool {
    who.any(|r| matches!(r, Role::TopAdmin | Role::ProcedureControl))
}

/// Publishes inside a unit. `content` is the version as it shall be; for an abolition what is in force is taken instead.
pub fn publish(
    unit: &mut Unit,
    app: &App,
    who: &Who,
    content: &ProcedureVersion,
    decision: &Decision,
) -> Result<Id<ProcedureVersion>, AppError> {
    let code = content.code.as_str();
    let known = store::versions_of(unit, code)?;
    let published: Vec<_> = known.iter().map(VersionRow::published).collect();
    let before = life::governing(&published, decision.effective_from).and_then(|at| known.get(at));
    let content = match (decision.kind, before) {
        (PublicationKind::Abolished, Some(before)) => &before.version,
        _ => content,
    };
    let allowed = may_edit(app, who, content) && before.is_none_or(|b| may_edit(app, who, &b.version));
    if !allowed {
        return Err(AppError::RightMissing(Role::ProcedureControl.as_str()));
    }
    let governing = before.filter(|_| decision.kind != PublicationKind::New).map(|b| &b.version);
    let version = life::publish(content, decision, &published, governing, app.now().day())
        .map_err(|faults| AppError::Fields(faults.iter().map(field_error).collect()))?;
    if store::has_digest(unit, code, &good::digest(&version)?)? {
        return Err(AppError::Fields(vec![field_error(&LifeFault::NothingChanged)]));
    }
    let origin =
        Origin { source: Source::Office, digest: good::digest(&version)?, batch: None, officer: Some(who.officer) };
    let id = batch::insert(unit, app, &version, before.map(|b| (&b.version, b.process)), origin)?;
    let detail =
        format!("{} {}, {}", decision.kind.words().0, version.publication.number, day_text(decision.effective_from));
    audit(unit, app, Some(who), "procedure.publish", code, &detail)?;
    settings::bump_reference(unit)?;
    Ok(id)
}

fn field_error(fault: &LifeFault) -> FieldError {
    FieldError::new(fault.field(), fault.code(), fault.vi(), fault.en())
}

/// Deletes a version under which nothing was taken in.
pub async fn delete(app: &App, who: &Who, code: &str, id: Id<ProcedureVersion>, reason: &str) -> Result<(), AppError> {
    let (app_, who, code, reason) = (app.clone(), who.clone(), code.to_owned(), reason.to_owned());
    app.db
        .unit(move |unit| {
            let known = store::versions_of(unit, &code)?;
            let row = known.iter().find(|v| v.id == id).ok_or(AppError::NotFound)?;
            if !may_edit(&app_, &who, &row.version) {
                return Err(AppError::RightMissing(Role::ProcedureControl.as_str()));
            }
            if !store::delete_version(unit, id)? {
                return Err(AppError::field(
                    "delete",
                    "version.in_use",
                    "Đã có hồ sơ tiếp nhận theo phiên bản này nên không xóa được. Xin công bố phiên bản mới thay thế.",
                    "Dossiers were taken in under this version, so it cannot be deleted. Publish another one instead.",
                ));
            }
            let number = &row.version.publication.number;
            audit(unit, &app_, Some(&who), "procedure.version.delete", &code, &format!("{number}: {reason}"))?;
            settings::bump_reference(unit).map_err(AppError::from)
        })
        .await?;
    app.versions.forget();
    app.refresh().await
}
