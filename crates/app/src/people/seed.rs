//! What a new data base starts with: the agencies, units, centres and counters of the profile, and the country's areas.

use super::store::{self, Agency, Centre, Counter, Unit};
use crate::{error::AppError, settings};
use domain::{
    accounts::Fields,
    id::Id,
    people,
    profile::{self, Profile},
};
use flate2::read::GzDecoder;
use platform::{db::Unit as Work, ids::IdMaker};
use std::{
    collections::{HashMap, HashSet},
    io::Read,
};

/// The name of the unit that every agency has, until it lists its own.
pub const MAIN_UNIT: &str = "Văn phòng";

const PROVINCES: &str = include_str!("../../data/provinces.csv");
const COMMUNES: &[u8] = include_bytes!("../../data/communes.csv.gz");

/// Adds what the profile names and the data base does not have yet; what is there stays as it is.
pub fn seed(unit: &mut Work, ids: &IdMaker, profile: &Profile) -> Result<(), AppError> {
    let agencies = seed_agencies(unit, ids, profile)?;
    seed_units(unit, ids, profile, &agencies)?;
    let known: HashSet<String> = store::centres(unit)?.into_iter().map(|c| c.code).collect();
    for centre in profile.centres.iter().filter(|c| !known.contains(&c.code)) {
        let owner = agencies.get(&centre.agency).copied().ok_or_else(|| unknown(&centre.agency))?;
        seed_centre(unit, ids, centre, owner)?;
    }
    settings::bump_reference(unit)?;
    Ok(())
}

type ByIdentifier = HashMap<String, Id<people::Agency>>;

fn seed_agencies(unit: &mut Work, ids: &IdMaker, profile: &Profile) -> Result<ByIdentifier, AppError> {
    let mut known: ByIdentifier = store::agencies(unit)?.into_iter().map(|a| (a.identifier, a.id)).collect();
    for a in &profile.agencies {
        if known.contains_key(&a.identifier) {
            continue;
        }
        let row = agency(Id::new(ids.next()?), a);
        store::insert_agency(unit, &row)?;
        known.insert(row.identifier, row.id);
    }
    Ok(known)
}

fn agency(id: Id<people::Agency>, a: &profile::Agency) -> Agency {
    Agency {
        id,
        identifier: a.identifier.clone(),
        name: a.name.clone(),
        short: a.short.clone(),
        kind: a.kind.as_str().to_owned(),
        level: a.level.as_str().to_owned(),
        police: a.police,
        aliases: a.aliases.clone(),
        area: a.area.clone(),
        active: true,
        version: 1,
    }
}

/// Each agency has a unit `main`; the agency of the provincial centre also the centre's units.
fn seed_units(unit: &mut Work, ids: &IdMaker, profile: &Profile, agencies: &ByIdentifier) -> Result<(), AppError> {
    let known: HashSet<_> = store::units(unit)?.into_iter().map(|u| (u.agency, u.code)).collect();
    let mut wanted: Vec<_> = profile
        .agencies
        .iter()
        .filter_map(|a| agencies.get(&a.identifier).map(|id| (*id, "main", MAIN_UNIT)))
        .collect();
    let of_centre = profile.main_centre().and_then(|c| agencies.get(&c.agency).copied());
    wanted.extend(
        of_centre
            .into_iter()
            .flat_map(|id| profile.centre_units.iter().map(move |u| (id, u.code.as_str(), u.name.as_str()))),
    );
    for (agency, code, name) in wanted {
        if !known.contains(&(agency, code.to_owned())) {
            let id = Id::new(ids.next()?);
            store::insert_unit(unit, &Unit { id, agency, code: code.to_owned(), name: name.to_owned(), active: true })?;
        }
    }
    Ok(())
}

fn seed_centre(
    unit: &mut Work,
    ids: &IdMaker,
    c: &profile::Centre,
    agency: Id<people::Agency>,
) -> Result<(), AppError> {
    let id = Id::new(ids.next()?);
    let row = Centre {
        id,
        code: c.code.clone(),
        name: c.name.clone(),
        level: c.level.as_str().to_owned(),
        agency,
        area: c.area.clone(),
        address: c.address.clone(),
        phone: c.phone.clone(),
        sessions: c.sessions.clone(),
        active: true,
    };
    store::insert_centre(unit, &row)?;
    for k in &c.counters {
        let row = Counter {
            id: Id::new(ids.next()?),
            centre: id,
            number: k.number,
            name: k.name.clone(),
            fields: Fields::all(),
        };
        store::insert_counter(unit, &row)?;
    }
    Ok(())
}

fn unknown(identifier: &str) -> AppError {
    AppError::Internal(format!("the profile names no agency {identifier}"))
}

/// Adds the provinces and communes of the list that the product carries and the data base does not have yet.
pub fn seed_areas(unit: &mut Work) -> Result<(), AppError> {
    let known: HashSet<String> = store::areas(unit)?.into_iter().map(|a| a.code).collect();
    for area in carried_areas()?.into_iter().filter(|a| !known.contains(&a.code)) {
        store::put_area(unit, &area)?;
    }
    Ok(())
}

fn carried_areas() -> Result<Vec<store::Area>, AppError> {
    let mut communes = String::new();
    GzDecoder::new(COMMUNES).read_to_string(&mut communes).map_err(AppError::internal)?;
    let mut areas = Vec::new();
    for line in PROVINCES.lines().skip(1) {
        let [code, name, identifier] = columns(line)?;
        areas.push(store::Area { code, name, parent: None, identifier: Some(identifier) });
    }
    for line in communes.lines().skip(1) {
        let [code, name, province] = columns(line)?;
        areas.push(store::Area { code, name, parent: Some(province), identifier: None });
    }
    Ok(areas)
}

/// The carried lists have no quotes: names of areas hold no commas.
fn columns(line: &str) -> Result<[String; 3], AppError> {
    let parts: Vec<String> = line.split(',').map(|c| c.trim().to_owned()).collect();
    parts.try_into().map_err(|_| AppError::Internal(format!("a carried area is damaged: {line}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_carried_list_has_thirty_four_provinces_and_their_communes() {
        let areas = carried_areas().unwrap();
        assert_eq!(areas.iter().filter(|a| a.parent.is_none()).count(), 34);
        let communes: Vec<_> = areas.iter().filter(|a| a.parent.is_some()).collect();
        assert!(communes.len() > 3_300 && communes.iter().all(|c| c.code.len() == 5));
        assert_eq!(communes.iter().filter(|c| c.parent.as_deref() == Some("22")).count(), 54);
    }
}
