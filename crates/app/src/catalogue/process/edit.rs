//! One change of a design: within the drawer's reach, on the version that was seen, once, with its trace.

use super::store::{self, Design};
use crate::{
    accounts::{SignedIn, audit},
    app::App,
    error::AppError,
    http::{Form, once},
};
use domain::{accounts::Role, id::Id};
use platform::db::{Answer, DbError, Outcome, Query, Unit};

/// Only those who draw processes come in at all.
pub fn admitted(me: &SignedIn) -> Result<(), AppError> {
    if me.who.draws_processes() { Ok(()) } else { Err(AppError::RightMissing(Role::ProcedureControl.as_str())) }
}

/// The design, when it is within reach; out of reach is not there.
pub fn reached(q: &mut impl Query, me: &domain::accounts::Who, id: Id<Design>) -> Result<Design, AppError> {
    let found = store::find(q, id)?.filter(|d| me.draws_process_of(d.scope.agency));
    found.ok_or(AppError::NotFound)
}

/// Reads a design for a page.
pub async fn load(app: &App, me: &SignedIn, id: &str) -> Result<Design, AppError> {
    admitted(me)?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let who = me.who.clone();
    app.db.read(move |q| reached(q, &who, id)).await
}

/// Somebody else was faster.
pub fn stale(e: DbError) -> AppError {
    match e {
        DbError::Stale => AppError::Stale { current: 0, changed: Vec::new() },
        other => other.into(),
    }
}

/// Changes a design under its form's once key. `what` names the act in the trace, `change` does it and says the detail.
pub async fn change(
    app: &App,
    me: &SignedIn,
    form: &Form,
    id: Id<Design>,
    what: &'static str,
    change: impl Fn(&mut Design, &mut Unit) -> Result<String, AppError> + Send + 'static,
) -> Result<(), AppError> {
    let version: i64 = form.value("version").parse().unwrap_or(0);
    let principal = format!("officer/{}", me.who.officer);
    let once = once(app, principal, form.key(app), &format!("{what} {id} {version} {form:?}"));
    let (app_, who) = (app.clone(), me.who.clone());
    let done = app.db.unit_once::<AppError>(once, move |unit| {
        let mut design = reached(unit, &who, id)?;
        if design.version != version {
            return Err(stale(DbError::Stale));
        }
        let (approved, scope) = (design.process.clone(), design.scope.clone());
        let mut detail = change(&mut design, unit)?;
        if design.lapse((&approved, &scope)) {
            detail.push_str("; quyết định phê duyệt phải ghi lại");
        }
        design.changed_at = app_.now();
        design.changed_by = who.officer;
        store::update_design(unit, &design).map_err(stale)?;
        audit(unit, &app_, Some(&who), what, &design.subject(), &detail)?;
        Ok(Answer { status: 303, body: String::new() })
    });
    match done.await? {
        Outcome::Fresh(_) | Outcome::Replay(_) => Ok(()),
        Outcome::Mismatch => Err(AppError::KeyMismatch),
    }
}

/// What was published is never changed: dossiers follow it.
pub fn draft_only(design: &Design) -> Result<(), AppError> {
    if design.is_draft() {
        return Ok(());
    }
    Err(AppError::field(
        "form",
        "process.published",
        "Quy trình này đã công bố nên không sửa được. Xin lập bản mới từ quy trình này.",
        "This process is published and cannot be changed. Make a new version from it.",
    ))
}
