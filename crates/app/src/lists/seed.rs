//! What a new data base starts with. A list is given once: what the Centre takes off later does not come back.

use super::{
    events::LifeEvent,
    store::{self, Item, SynonymRow},
};
use crate::{error::AppError, settings};
use domain::{catalogue::search::Synonym, id::Id, lists::PlainList};
use platform::{db::Unit, ids::IdMaker};

const SYNONYMS: &str = include_str!("../../data/synonyms.csv");
const ITEMS: &str = include_str!("../../data/lists.csv");
const EVENTS: &str = include_str!("../../data/life_events.csv");

/// Adds the carried lists that this data base was never given.
pub fn seed(unit: &mut Unit, ids: &IdMaker) -> Result<(), AppError> {
    once(unit, "synonyms_given", |unit| synonyms(unit, ids))?;
    once(unit, "life_events_given", |unit| events(unit, ids))?;
    once(unit, "lists_given", items)
}

fn once(unit: &mut Unit, mark: &str, give: impl FnOnce(&mut Unit) -> Result<(), AppError>) -> Result<(), AppError> {
    if settings::get(unit, mark)?.is_some() {
        return Ok(());
    }
    give(unit)?;
    Ok(settings::set(unit, mark, "1")?)
}

fn synonyms(unit: &mut Unit, ids: &IdMaker) -> Result<(), AppError> {
    for row in rows(SYNONYMS)? {
        let [phrase, means] = row.as_slice() else { return Err(damaged(&row)) };
        let id = Id::new(ids.next()?);
        store::put_synonym(unit, &SynonymRow { id, synonym: Synonym::new(phrase, means) })?;
    }
    Ok(())
}

fn events(unit: &mut Unit, ids: &IdMaker) -> Result<(), AppError> {
    for (place, row) in (1..).zip(rows(EVENTS)?) {
        let [key, name, name_en, icon, procedures] = row.as_slice() else { return Err(damaged(&row)) };
        let event = LifeEvent {
            id: Id::new(ids.next()?),
            key: key.clone(),
            name: name.clone(),
            name_en: name_en.clone(),
            icon: icon.clone(),
            place,
            procedures: procedures.split('|').map(str::to_owned).collect(),
            active: true,
        };
        store::put_life_event(unit, &event)?;
    }
    Ok(())
}

fn items(unit: &mut Unit) -> Result<(), AppError> {
    for row in rows(ITEMS)? {
        let [list, code, name, name_en] = row.as_slice() else { return Err(damaged(&row)) };
        let list = PlainList::named(list).ok_or_else(|| damaged(&row))?;
        let item = Item { code: code.clone(), name: name.clone(), name_en: name_en.clone(), active: true };
        store::put_item(unit, list, &item)?;
    }
    Ok(())
}

/// The rows of a carried table below its head.
fn rows(text: &str) -> Result<Vec<Vec<String>>, AppError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let row = |r: Result<csv::StringRecord, csv::Error>| {
        r.map(|r| r.iter().map(str::to_owned).collect()).map_err(AppError::internal)
    };
    reader.records().map(row).collect()
}

fn damaged(row: &[String]) -> AppError {
    AppError::Internal(format!("a carried list is damaged: {row:?}"))
}
