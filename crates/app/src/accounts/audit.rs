//! The trace of administration: who changed which account, agency or list (ADM-01, SEC-01).

use super::store::{self, AuditRow};
use crate::{app::App, error::AppError};
use domain::accounts::Who;
use platform::db::Unit;

/// Writes one line, in the unit that makes the change. `by` is absent for the command line.
pub fn audit(
    unit: &mut Unit,
    app: &App,
    by: Option<&Who>,
    act: &str,
    subject: &str,
    detail: &str,
) -> Result<(), AppError> {
    let row = AuditRow {
        id: app.ids.next()?,
        at: app.machine.now(),
        officer: by.map(|w| w.officer),
        act: act.to_owned(),
        subject: subject.to_owned(),
        detail: detail.to_owned(),
    };
    Ok(store::insert_audit(unit, &row)?)
}
