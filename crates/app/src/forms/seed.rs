//! The forms that the product carries, given to a new data base once: what the Centre changes later stays changed.

use super::store::{self, Status, Version};
use crate::{error::AppError, settings};
use domain::{forms::Form, id::Id};
use platform::{db::Unit, ids::IdMaker};

const CARRIED: [&str; 5] = [
    include_str!("../../data/forms/1.001193.TK.json"),
    include_str!("../../data/forms/1.010041.CT01.json"),
    include_str!("../../data/forms/1.001612.HKD.json"),
    include_str!("../../data/forms/1.013225.M01.json"),
    include_str!("../../data/forms/2.000635.TK.json"),
];

/// The carried forms.
pub fn carried() -> Result<Vec<Form>, AppError> {
    let read = |text: &&str| serde_json::from_str(text).map_err(|e| AppError::Internal(format!("a carried form: {e}")));
    CARRIED.iter().map(read).collect()
}

/// Gives them, in force at once: each was tried by its cases when the product was built.
pub fn seed(unit: &mut Unit, ids: &IdMaker, now: i64) -> Result<(), AppError> {
    const MARK: &str = "forms_given";
    if settings::get(unit, MARK)?.is_some() {
        return Ok(());
    }
    for form in carried()? {
        let id = Id::new(ids.next()?);
        let row = Version {
            id,
            number: 1,
            form,
            status: Status::Published,
            published_at: Some(now),
            changed_at: now,
            changed_by: None,
            version: 1,
        };
        store::insert(unit, &row)?;
    }
    Ok(settings::set(unit, MARK, "1")?)
}
