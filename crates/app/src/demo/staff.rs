use super::{PASSWORD, dice::Dice, names::Names, shape::Size};
use crate::{
    accounts::{NewOfficer, audit, passwords, place, role_list},
    app::App,
    catalogue::Listed,
    error::AppError,
    people::store::{OfficerRow, insert_officer},
    reference::Reference,
    settings,
};
use domain::{accounts::Role, catalogue::competence::competent};
use platform::db::Query;
use std::collections::BTreeMap;

/// The people of the provincial centre.
const CENTRE: [(&str, Role, usize); 11] = [
    ("tiepnhan", Role::IntakeOfficer, 4),
    ("buudien", Role::PostEmployee, 1),
    ("traketqua", Role::ReturnDesk, 2),
    ("thuphi", Role::Cashier, 1),
    ("giamdoc", Role::CentreDirector, 1),
    ("phogiamdoc", Role::CentreDeputy, 1),
    ("giamsat", Role::Supervisor, 1),
    ("kiemsoat", Role::ProcedureControl, 1),
    ("quantri", Role::TopAdmin, 1),
    ("tongdai", Role::HotlineOperator, 1),
    ("letan", Role::Receptionist, 1),
];

/// The people of an agency that handles dossiers.
const AGENCY: [(&str, Role, usize); 5] = [
    ("truongphong", Role::UnitHead, 1),
    ("chuyenvien", Role::Specialist, 2),
    ("lanhdao", Role::AgencyLeader, 1),
    ("vanthu", Role::Clerk, 1),
    ("quantri", Role::AgencyAdmin, 1),
];

/// Makes the officers that are not there yet; gives how many there are.
pub fn hire(app: &App, size: Size) -> Result<usize, AppError> {
    let reference = app.reference();
    let dice = Dice(app.random.clone());
    let names = Names::read();
    let wanted = wanted(app, &reference, size)?;
    let known: Vec<String> = reference.officers().map(|o| o.login.clone()).collect();
    let hash = tokio::runtime::Handle::current().block_on(passwords::hash(app, PASSWORD.into()))?;
    let mut rows = Vec::new();
    for mut new in wanted {
        // Drawn for those who are there, too: the names of the others stay the same.
        new.name = names.person(&dice).full;
        if known.contains(&new.login) {
            continue;
        }
        rows.push(OfficerRow {
            id: app.id()?,
            login: new.login.clone(),
            place: place(&reference, &new).map_err(AppError::Fields)?,
            password_hash: Some(hash.clone()),
            one_time_password: false,
            active: true,
            created_at: app.machine.now(),
            version: 1,
        });
    }
    let (app2, hired) = (app.clone(), rows.len() + known.len());
    app.db.unit_blocking(move |unit| {
        for row in &rows {
            insert_officer(unit, row)?;
            audit(unit, &app2, None, "officer.add", &row.login, &role_list(&row.place.roles))?;
        }
        settings::bump_reference(unit).map_err(AppError::from)
    })?;
    Ok(hired)
}

fn wanted(app: &App, reference: &Reference, size: Size) -> Result<Vec<NewOfficer>, AppError> {
    let mut all = Vec::new();
    if let Some(centre) = reference.main_centre() {
        let agency = reference.agency(centre.agency).map(|a| a.identifier.clone()).unwrap_or_default();
        for (login, role, many) in CENTRE {
            all.extend((1..=many).map(|n| officer(&format!("{login}{n}"), &agency, role, Some(&centre.code))));
        }
        let leader = reference.agencies.iter().find(|a| a.kind == "committee").map(|a| a.identifier.clone());
        all.extend(leader.map(|agency| officer("lanhdaotinh1", &agency, Role::ProvinceLeader, None)));
        all.push(officer("luanchuyen1", &agency, Role::Courier, Some(&centre.code)));
        all.push(officer("tinhnguyen1", &agency, Role::Volunteer, Some(&centre.code)));
    }
    for identifier in busiest(app, reference, size)? {
        let suffix = identifier.rsplit('.').next().unwrap_or_default().to_owned();
        for (login, role, many) in AGENCY {
            let many = if role == Role::Specialist { size.specialists } else { many };
            all.extend((1..=many).map(|n| officer(&format!("{login}{n}.{suffix}"), &identifier, role, None)));
        }
        let id = reference.agency_by_identifier(&identifier).map(|a| a.id);
        let own = reference.centres.iter().find(|c| c.level == "commune" && Some(c.agency) == id);
        if let Some(centre) = own {
            all.extend((1..=size.counters).map(|n| {
                officer(&format!("tiepnhan{n}.{suffix}"), &identifier, Role::IntakeOfficer, Some(&centre.code))
            }));
            all.push(officer(&format!("traketqua1.{suffix}"), &identifier, Role::ReturnDesk, Some(&centre.code)));
        }
    }
    Ok(all)
}

fn officer(login: &str, agency: &str, role: Role, centre: Option<&str>) -> NewOfficer {
    NewOfficer {
        login: login.to_owned(),
        agency: agency.to_owned(),
        unit: "main".into(),
        centre: centre.map(str::to_owned),
        roles: vec![role],
        ..NewOfficer::default()
    }
}

/// The identifiers of the agencies that are competent for most procedures, departments first: these get people of their own,
/// and dossiers go to these alone.
pub fn busiest(app: &App, reference: &Reference, size: Size) -> Result<Vec<String>, AppError> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for listed in &reference.procedures {
        for identifier in agencies_of(app, listed)? {
            *count.entry(identifier).or_default() += 1;
        }
    }
    let of_level = |level: &str, most: usize| {
        let is =
            |id: &String| reference.agency_by_identifier(id).is_some_and(|a| a.level == level && a.kind != "committee");
        let mut found: Vec<(usize, String)> =
            count.iter().filter(|(id, _)| is(id)).map(|(id, n)| (*n, id.clone())).collect();
        found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        found.into_iter().take(most).map(|(_, id)| id).collect::<Vec<_>>()
    };
    Ok([of_level("province", size.departments), of_level("commune", size.communes)].concat())
}

/// The identifiers of the agencies competent for a procedure.
pub fn agencies_of(app: &App, listed: &Listed) -> Result<Vec<String>, AppError> {
    let (id, shared) = (listed.version, app.clone());
    let governing = app.db.read_blocking(move |q| read(&shared, q, id))?;
    Ok(competent(&governing.procedure, &app.reference().directory).identifiers())
}

fn read(
    app: &App,
    q: &mut impl Query,
    id: domain::id::Id<domain::catalogue::ProcedureVersion>,
) -> Result<std::sync::Arc<crate::catalogue::Governing>, AppError> {
    app.versions.get(q, id)
}
