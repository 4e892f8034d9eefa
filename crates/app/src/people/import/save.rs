use crate::{
    accounts::store as accounts_store,
    app::App,
    error::AppError,
    people::{
        MAIN_UNIT,
        changed::record_changes,
        store::{self, Agency, Area, Centre, Counter, OfficerCard, OfficerRow, Unit},
    },
};
use domain::{accounts::Who, id::Id, people::Officer};
use platform::db::Unit as Work;

/// One row to be written.
#[derive(Clone)]
pub enum Change {
    Area(Area),
    Agency(Agency),
    /// As it is now, and as it was.
    AgencyAgain(Box<Agency>, Box<Agency>),
    Unit(Unit),
    UnitAgain(Unit),
    Centre(Centre, Vec<Counter>),
    CentreAgain(Centre, Vec<Counter>),
    Officer(Box<OfficerRow>),
    OfficerAgain(Box<OfficerCard>),
}

/// Writes the changes in one unit of work.
pub fn all(app: &App, by: Option<&Who>, changes: Vec<Change>) -> Result<(), AppError> {
    if changes.is_empty() {
        return Ok(());
    }
    let (app2, by) = (app.clone(), by.map(|w| w.officer));
    app.db.unit_blocking(move |unit| changes.iter().try_for_each(|change| one(unit, &app2, by, change)))
}

fn one(unit: &mut Work, app: &App, by: Option<Id<Officer>>, change: &Change) -> Result<(), AppError> {
    match change {
        Change::Area(area) => store::put_area(unit, area)?,
        Change::Agency(agency) => {
            store::insert_agency(unit, agency)?;
            let main =
                Unit { id: app.id()?, agency: agency.id, code: "main".into(), name: MAIN_UNIT.into(), active: true };
            store::insert_unit(unit, &main)?;
        }
        Change::AgencyAgain(agency, before) => {
            store::update_agency(unit, agency)?;
            record_changes(unit, app, by, before, agency)?;
        }
        Change::Unit(row) => store::insert_unit(unit, row)?,
        Change::UnitAgain(row) => store::update_unit(unit, row)?,
        Change::Centre(centre, counters) => {
            store::insert_centre(unit, centre)?;
            counters.iter().try_for_each(|k| store::insert_counter(unit, k))?;
        }
        Change::CentreAgain(centre, counters) => {
            store::update_centre(unit, centre)?;
            counters.iter().try_for_each(|k| store::put_counter(unit, k))?;
        }
        Change::Officer(row) => store::insert_officer(unit, row)?,
        Change::OfficerAgain(card) => {
            store::update_officer(unit, card)?;
            accounts_store::delete_sessions(unit, card.id, None)?;
        }
    }
    Ok(())
}
