use super::store::Agency;
use crate::{app::App, error::AppError, lists::store::ChangeRow};
use domain::{id::Id, lists::AgencyChangeKind, people::Officer};

/// A change of name without a decision's number: the page that keeps agencies through time asks for one. Nobody's for the
/// command line.
pub fn renamed(app: &App, by: Option<Id<Officer>>, agency: &Agency, before: &str) -> Result<ChangeRow, AppError> {
    Ok(ChangeRow {
        id: app.ids.next()?,
        agency: agency.id,
        kind: AgencyChangeKind::Rename,
        day: app.now().day().to_string(),
        decision: String::new(),
        old_name: before.to_owned(),
        new_name: agency.name.clone(),
        other: None,
        officer: by,
        at: app.now().millis(),
    })
}
