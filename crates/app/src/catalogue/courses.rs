//! Which steps a dossier of a procedure goes through here: the processes in force, or the default one (CAT-04).

use super::{Governing, process::words};
use crate::{app::App, error::AppError, messages::Lang};
use domain::{
    catalogue::{ProcedureVersion, Process, process::ProcessScope},
    id::Id,
};
use platform::db::Query;
use std::sync::Arc;

/// The steps of one process.
pub struct Course {
    /// For which dossiers; `None` where it holds for all.
    pub scope: Option<String>,
    pub governing: Arc<Governing>,
}

/// Each process that dossiers taken in today follow, those drawn for all of them or by default last.
pub fn courses(
    q: &mut impl Query,
    app: &App,
    version: Id<ProcedureVersion>,
    lang: Lang,
) -> Result<Vec<Course>, AppError> {
    let reference = app.reference();
    let default = app.versions.get(q, version)?;
    let procedure = &default.procedure;
    let (mut courses, mut general) = (Vec::new(), Arc::clone(&default));
    for p in reference.processes_of(procedure.code.as_str()) {
        if !p.keeps(p.scope.limit(procedure)) {
            continue;
        }
        let governing = app.versions.with(q, version, p.process)?;
        if p.scope == ProcessScope::default() {
            general = governing;
        } else {
            courses.push(Course { scope: Some(words::scope(&p.scope, Some(procedure), &reference, lang)), governing });
        }
    }
    let others = (!courses.is_empty()).then(|| lang.t("Các hồ sơ khác").to_owned());
    courses.push(Course { scope: others, governing: general });
    Ok(courses)
}

/// The process that holds where no narrower one does.
pub fn general(q: &mut impl Query, app: &App, version: Id<ProcedureVersion>) -> Result<Process, AppError> {
    let mut courses = courses(q, app, version, Lang::Vi)?;
    let last = courses.pop().ok_or_else(|| AppError::Internal("a procedure without a process".into()))?;
    Ok(last.governing.process.clone())
}
