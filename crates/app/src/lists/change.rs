//! A change of a shared list: the rows, the trace, and the version that tells every process.

use super::keeper::Keeper;
use crate::{accounts::audit, app::App, error::AppError, settings};
use domain::accounts::Who;
use platform::db::Unit;

/// Under which subject the trace of a list is kept.
pub fn subject(list: &str) -> String {
    format!("list/{list}")
}

/// Does `work` in one unit, with a line in the trace; every process hears of it.
pub async fn save(
    app: &App,
    me: &Keeper,
    list: &str,
    act: &'static str,
    detail: String,
    work: impl Fn(&mut Unit) -> Result<(), AppError> + Send + 'static,
) -> Result<(), AppError> {
    save_by(app, Some(&me.who), list, act, detail, work).await
}

/// The same on the word of whoever it is; nobody for the command line.
pub async fn save_by(
    app: &App,
    by: Option<&Who>,
    list: &str,
    act: &'static str,
    detail: String,
    work: impl Fn(&mut Unit) -> Result<(), AppError> + Send + 'static,
) -> Result<(), AppError> {
    let (app_, by, subject) = (app.clone(), by.cloned(), subject(list));
    app.db
        .unit(move |unit| {
            work(unit)?;
            audit(unit, &app_, by.as_ref(), act, &subject, &detail)?;
            settings::bump_reference(unit).map_err(AppError::from)
        })
        .await?;
    app.refresh().await
}
