use super::store::Agency;
use crate::{
    app::App,
    error::AppError,
    lists::{record_agency_change, store::ChangeRow},
};
use domain::{id::Id, lists::AgencyChangeKind, people::Officer};
use platform::db::Unit;

/// Keeps what a page or a file changed about an agency without a decision's number; the page that keeps agencies through time
/// asks for one. Nobody's for the command line.
pub fn record_changes(
    unit: &mut Unit,
    app: &App,
    by: Option<Id<Officer>>,
    before: &Agency,
    after: &Agency,
) -> Result<(), AppError> {
    let is_renamed = before.name != after.name;
    let turned = match (before.active, after.active) {
        (true, false) => Some(AgencyChangeKind::Close),
        (false, true) => Some(AgencyChangeKind::Reopen),
        _ => None,
    };
    for kind in is_renamed.then_some(AgencyChangeKind::Rename).into_iter().chain(turned) {
        record_agency_change(unit, &row(app, by, kind, before, after)?)?;
    }
    Ok(())
}

fn row(
    app: &App,
    by: Option<Id<Officer>>,
    kind: AgencyChangeKind,
    before: &Agency,
    after: &Agency,
) -> Result<ChangeRow, AppError> {
    let new_name = if kind == AgencyChangeKind::Rename { after.name.clone() } else { String::new() };
    Ok(ChangeRow {
        id: app.ids.next()?,
        agency: after.id,
        kind,
        day: app.now().day().to_string(),
        decision: String::new(),
        old_name: before.name.clone(),
        new_name,
        other: None,
        officer: by,
        at: app.now().millis(),
    })
}
