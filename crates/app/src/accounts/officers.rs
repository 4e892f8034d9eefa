//! New accounts (ADM-01).

use super::{Login, audit, passwords};
use crate::{
    app::App,
    error::{AppError, FieldError},
    people::store::{self as people_store, OfficerRow},
    reference::Reference,
    settings,
};
use domain::{
    accounts::{Fields, Role, Who},
    id::Id,
    people::{Agency, Centre, Counter, Officer, Phone, Unit},
};

/// An account to be made; agencies, units and centres by the codes that people use.
#[derive(Clone, Debug, Default)]
pub struct NewOfficer {
    pub login: String,
    pub name: String,
    /// Identifier of the home agency, `H49.24`.
    pub agency: String,
    /// Code of a unit of that agency, `main`.
    pub unit: String,
    /// Code of the centre of the post. A role that works at a centre gets the main one when none is named.
    pub centre: Option<String>,
    /// Number of a counter of that centre.
    pub counter: Option<u16>,
    pub roles: Vec<Role>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// Fields of procedures to which the officer is bound, as the catalogue names them; none for all (ADM-02).
    pub fields: Vec<String>,
    /// Without one nobody can sign in until an administrator gives one.
    pub password: Option<String>,
    /// The password was chosen by somebody else: the first sign-in asks for an own one.
    pub one_time: bool,
}

/// What of an account can be changed, checked against agencies, units and centres as they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub name: String,
    pub agency: Id<Agency>,
    pub unit: Id<Unit>,
    pub centre: Option<Id<Centre>>,
    pub counter: Option<Id<Counter>>,
    pub roles: Vec<Role>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub fields: Fields,
}

/// Makes an account. `by` is absent for the command line and the demo; otherwise delegation decides (ADM-01).
pub async fn add_officer(app: &App, new: NewOfficer, by: Option<&Who>) -> Result<Id<Officer>, AppError> {
    app.refresh().await?;
    let (login, place) = checked(app, &new, by)?;
    let password_hash = match new.password.clone() {
        Some(password) => {
            passwords::check(app, "password", login.as_str(), &password)?;
            Some(passwords::hash(app, password).await?)
        }
        None => None,
    };
    let id = app.id()?;
    let row = OfficerRow {
        id,
        login: login.to_string(),
        place,
        password_hash,
        one_time_password: new.one_time,
        active: true,
        created_at: app.machine.now(),
        version: 1,
    };
    let (app2, by) = (app.clone(), by.cloned());
    app.db
        .unit(move |unit| {
            people_store::insert_officer(unit, &row).map_err(login_taken)?;
            audit(unit, &app2, by.as_ref(), "officer.add", &row.login, &role_list(&row.place.roles))?;
            settings::bump_reference(unit).map_err(AppError::from)
        })
        .await?;
    app.refresh().await?;
    Ok(id)
}

fn login_taken(e: platform::db::DbError) -> AppError {
    if e.unique_on() == Some("officers(login)") {
        return AppError::field("login", "taken", "Tên đăng nhập này đã có người dùng.", "This login is taken.");
    }
    e.into()
}

/// Roles as the data base and the trace keep them.
pub fn role_list(roles: &[Role]) -> String {
    roles.iter().map(|r| r.as_str()).collect::<Vec<_>>().join(" ")
}

fn checked(app: &App, new: &NewOfficer, by: Option<&Who>) -> Result<(Login, Place), AppError> {
    let login = Login::parse(&new.login);
    let place = place(&app.reference(), new);
    match (login, place) {
        (Ok(login), Ok(place)) => {
            if by.is_some_and(|w| !w.administers(place.agency)) {
                return Err(AppError::NotFound);
            }
            if by.is_some_and(|w| !w.may_grant_all(&place.roles)) {
                return Err(AppError::RightMissing("top_admin"));
            }
            Ok((login, place))
        }
        (login, place) => {
            let mut wrong: Vec<FieldError> = login.err().into_iter().collect();
            wrong.extend(place.err().into_iter().flatten());
            Err(AppError::Fields(wrong))
        }
    }
}

/// Looks up what the form or the command line names; everything that is wrong at once.
pub fn place(reference: &Reference, new: &NewOfficer) -> Result<Place, Vec<FieldError>> {
    let mut wrong = Vec::new();
    let name = new.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        wrong.push(FieldError::missing("name", "Xin nhập họ và tên.", "Enter the full name."));
    }
    if new.roles.is_empty() {
        wrong.push(FieldError::missing("roles", "Xin chọn ít nhất một vai trò.", "Choose at least one role."));
    }
    let agency = reference.agency_by_identifier(new.agency.trim()).filter(|a| a.active);
    if agency.is_none() {
        wrong.push(FieldError::new("agency", "unknown", "Không có cơ quan này.", "There is no such agency."));
    }
    let unit = agency.and_then(|a| reference.units_of(a.id).find(|u| u.active && u.code == new.unit.trim()));
    if agency.is_some() && unit.is_none() {
        wrong.push(FieldError::new(
            "unit",
            "unknown",
            "Cơ quan không có phòng, bộ phận này.",
            "The agency has no such unit.",
        ));
    }
    let (centre, counter) = post(reference, new, agency.map(|a| a.id), &mut wrong);
    let phone = new.phone.as_deref().map(str::trim).filter(|p| !p.is_empty()).and_then(|p| match Phone::parse(p) {
        Ok(phone) => Some(phone.as_str().to_owned()),
        Err(e) => {
            let en = "A telephone number has 10 digits, for example 0912 345 678.";
            wrong.push(FieldError::new("phone", "invalid", e.to_string(), en));
            None
        }
    });
    let fields = reference.named_fields(&new.fields).unwrap_or_else(|e| {
        wrong.push(e);
        Fields::all()
    });
    let email = new.email.as_deref().map(str::trim).filter(|e| !e.is_empty()).map(str::to_owned);
    if email.as_deref().is_some_and(|e| !looks_like_email(e)) {
        wrong.push(FieldError::new(
            "email",
            "invalid",
            "Thư điện tử có dạng ten@coquan.gov.vn.",
            "An e-mail address looks like name@agency.gov.vn.",
        ));
    }
    match (agency, unit) {
        (Some(agency), Some(unit)) if wrong.is_empty() => {
            let mut roles = new.roles.clone();
            roles.sort_unstable();
            roles.dedup();
            Ok(Place { name, agency: agency.id, unit: unit.id, centre, counter, roles, phone, email, fields })
        }
        _ => Err(wrong),
    }
}

/// The centre and counter of the post: the named ones; for a role that works at a centre the agency's own, else the province's.
fn post(
    reference: &Reference,
    new: &NewOfficer,
    agency: Option<Id<Agency>>,
    wrong: &mut Vec<FieldError>,
) -> (Option<Id<Centre>>, Option<Id<Counter>>) {
    let named = new.centre.as_deref().map(str::trim).filter(|c| !c.is_empty());
    let centre = match named {
        Some(code) => {
            let found = reference.centre_by_code(code).filter(|c| c.active);
            if found.is_none() {
                wrong.push(FieldError::new("centre", "unknown", "Không có trung tâm này.", "There is no such centre."));
            }
            found
        }
        None if new.roles.iter().any(|r| r.works_at_centre()) => agency.and_then(|a| reference.centre_for(a)),
        None => None,
    };
    let Some(number) = new.counter else { return (centre.map(|c| c.id), None) };
    let counter = centre.and_then(|c| reference.counters.iter().find(|k| k.centre == c.id && k.number == number));
    if counter.is_none() {
        wrong.push(FieldError::new(
            "counter",
            "unknown",
            "Trung tâm không có quầy này.",
            "The centre has no such counter.",
        ));
    }
    (centre.map(|c| c.id), counter.map(|k| k.id))
}

fn looks_like_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && !text.contains(char::is_whitespace)
    })
}
