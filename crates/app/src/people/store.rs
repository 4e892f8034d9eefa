mod officers;

pub use officers::*;

use domain::{
    accounts::{Bound, Fields, Role, Who},
    deadline::Session,
    id::Id,
    people,
    profile::{self, AgencyKind, Level},
};
use platform::db::{DbError, Query, Row, Unit as Work, params, sql};

/// An agency as it is kept.
#[derive(Clone, Debug)]
pub struct Agency {
    pub id: Id<people::Agency>,
    pub identifier: String,
    pub name: String,
    pub short: String,
    pub kind: String,
    pub level: String,
    pub police: bool,
    pub aliases: Vec<String>,
    pub area: Option<String>,
    pub active: bool,
    pub version: i64,
}

impl Agency {
    /// As the rules know it; `None` for a kind or level that they do not have.
    pub fn entry(&self) -> Option<profile::Agency> {
        Some(profile::Agency {
            identifier: self.identifier.clone(),
            name: self.name.clone(),
            short: self.short.clone(),
            kind: AgencyKind::from_key(&self.kind)?,
            level: Level::from_key(&self.level)?,
            police: self.police,
            aliases: self.aliases.clone(),
            seats: None,
            seat_with: None,
            area: self.area.clone(),
        })
    }
}

/// A unit inside an agency.
#[derive(Clone, Debug)]
pub struct Unit {
    pub id: Id<people::Unit>,
    pub agency: Id<people::Agency>,
    pub code: String,
    pub name: String,
    pub active: bool,
}

/// A centre and its own hours, if it has any.
#[derive(Clone, Debug)]
pub struct Centre {
    pub id: Id<people::Centre>,
    pub code: String,
    pub name: String,
    pub level: String,
    pub agency: Id<people::Agency>,
    pub area: Option<String>,
    pub address: String,
    pub phone: String,
    pub sessions: Option<Vec<Session>>,
    pub active: bool,
}

/// A counter of a centre.
#[derive(Clone, Debug)]
pub struct Counter {
    pub id: Id<people::Counter>,
    pub centre: Id<people::Centre>,
    pub number: u16,
    pub name: String,
    /// What it takes in.
    pub fields: Fields,
}

/// What pages say of an officer, and what assigning needs to know.
#[derive(Clone, Debug)]
pub struct OfficerName {
    pub id: Id<people::Officer>,
    pub login: String,
    pub name: String,
    pub active: bool,
    pub counter: Option<Id<people::Counter>>,
    pub who: Who,
}

pub fn agencies(q: &mut impl Query) -> Result<Vec<Agency>, DbError> {
    let st = sql!(
        "SELECT id, identifier, name, short, kind, level, police, aliases, area, active, version
         FROM agencies ORDER BY identifier"
    );
    q.rows(st, params![], |r| {
        Ok(Agency {
            id: Id::new(r.get(0)?),
            identifier: r.get(1)?,
            name: r.get(2)?,
            short: r.get(3)?,
            kind: r.get(4)?,
            level: r.get(5)?,
            police: r.get(6)?,
            aliases: json(r, 7)?,
            area: r.get(8)?,
            active: r.get(9)?,
            version: r.get(10)?,
        })
    })
}

pub fn units(q: &mut impl Query) -> Result<Vec<Unit>, DbError> {
    let st = sql!("SELECT id, agency_id, code, name, active FROM units ORDER BY agency_id, id");
    q.rows(st, params![], |r| {
        Ok(Unit {
            id: Id::new(r.get(0)?),
            agency: Id::new(r.get(1)?),
            code: r.get(2)?,
            name: r.get(3)?,
            active: r.get(4)?,
        })
    })
}

pub fn centres(q: &mut impl Query) -> Result<Vec<Centre>, DbError> {
    let st = sql!(
        "SELECT id, code, name, level, agency_id, area, address, phone, sessions, active FROM centres ORDER BY id"
    );
    q.rows(st, params![], |r| {
        Ok(Centre {
            id: Id::new(r.get(0)?),
            code: r.get(1)?,
            name: r.get(2)?,
            level: r.get(3)?,
            agency: Id::new(r.get(4)?),
            area: r.get(5)?,
            address: r.get(6)?,
            phone: r.get(7)?,
            sessions: match r.get::<Option<String>>(8)? {
                Some(text) => Some(serde_json::from_str(&text).map_err(|e| r.impossible(8, e))?),
                None => None,
            },
            active: r.get(9)?,
        })
    })
}

pub fn counters(q: &mut impl Query) -> Result<Vec<Counter>, DbError> {
    let st = sql!("SELECT id, centre_id, number, name, fields FROM counters ORDER BY centre_id, number");
    q.rows(st, params![], |r| {
        Ok(Counter {
            id: Id::new(r.get(0)?),
            centre: Id::new(r.get(1)?),
            number: r.get(2)?,
            name: r.get(3)?,
            fields: fields(r, 4)?,
        })
    })
}

pub fn officer_names(q: &mut impl Query) -> Result<Vec<OfficerName>, DbError> {
    let st = sql!(
        "SELECT o.id, o.login, o.name, o.active, o.counter_id, o.agency_id, o.unit_id, o.centre_id, o.roles, o.fields,
                COALESCE(k.fields, '[]')
         FROM officers o LEFT JOIN counters k ON k.id = o.counter_id ORDER BY o.login"
    );
    q.rows(st, params![], |r| {
        Ok(OfficerName {
            id: Id::new(r.get(0)?),
            login: r.get(1)?,
            name: r.get(2)?,
            active: r.get(3)?,
            counter: r.get::<Option<i64>>(4)?.map(Id::new),
            who: Who { bound: Bound { officer: fields(r, 9)?, counter: fields(r, 10)? }, ..who(r, [0, 5, 6, 7, 8])? },
        })
    })
}

/// Fields as a row keeps them.
fn fields(r: &Row<'_>, column: usize) -> Result<Fields, DbError> {
    Ok(Fields::named(json::<Vec<String>>(r, column)?))
}

/// Fields as a row keeps them: the names, or an empty list for all.
fn field_list(fields: &Fields) -> String {
    serde_json::to_string(fields.names()).unwrap_or_else(|_| "[]".to_owned())
}

/// Reads the acting part of an officer from the columns id, agency, unit, centre, roles. To which fields somebody is bound, the
/// reference knows: a post is more than its row.
pub fn who(r: &Row<'_>, at: [usize; 5]) -> Result<Who, DbError> {
    let roles: String = r.get(at[4])?;
    Ok(Who {
        officer: Id::new(r.get(at[0])?),
        agency: Id::new(r.get(at[1])?),
        unit: Id::new(r.get(at[2])?),
        centre: r.get::<Option<i64>>(at[3])?.map(Id::new),
        roles: roles
            .split_whitespace()
            .map(|role| role.parse::<Role>().map_err(|e| r.impossible(at[4], e)))
            .collect::<Result<_, _>>()?,
        bound: Bound::default(),
    })
}

pub fn insert_agency(unit: &mut Work, a: &Agency) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO agencies (id, identifier, name, short, kind, level, police, aliases, area, active, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let aliases = serde_json::to_string(&a.aliases).unwrap_or_default();
    unit.execute(
        st,
        params![
            a.id.raw(),
            &a.identifier,
            &a.name,
            &a.short,
            &a.kind,
            &a.level,
            a.police,
            aliases,
            a.area.clone(),
            a.active,
            a.version
        ],
    )
    .map(drop)
}

pub fn insert_unit(unit: &mut Work, u: &Unit) -> Result<(), DbError> {
    let st = sql!("INSERT INTO units (id, agency_id, code, name, active) VALUES ($1, $2, $3, $4, $5)");
    unit.execute(st, params![u.id.raw(), u.agency.raw(), &u.code, &u.name, u.active]).map(drop)
}

pub fn insert_centre(unit: &mut Work, c: &Centre) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO centres (id, code, name, level, agency_id, area, address, phone, sessions, active)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    let sessions = c.sessions.as_ref().and_then(|s| serde_json::to_string(s).ok());
    unit.execute(
        st,
        params![
            c.id.raw(),
            &c.code,
            &c.name,
            &c.level,
            c.agency.raw(),
            c.area.clone(),
            &c.address,
            &c.phone,
            sessions,
            c.active
        ],
    )
    .map(drop)
}

pub fn insert_counter(unit: &mut Work, c: &Counter) -> Result<(), DbError> {
    let st = sql!("INSERT INTO counters (id, centre_id, number, name, fields) VALUES ($1, $2, $3, $4, $5)");
    unit.execute(st, params![c.id.raw(), c.centre.raw(), c.number, &c.name, field_list(&c.fields)]).map(drop)
}

fn json<T: serde::de::DeserializeOwned>(r: &Row<'_>, column: usize) -> Result<T, DbError> {
    let text: String = r.get(column)?;
    serde_json::from_str(&text).map_err(|e| r.impossible(column, e))
}

/// A province or commune.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    pub code: String,
    pub name: String,
    /// The province of a commune.
    pub parent: Option<String>,
    /// `H49`, for provinces.
    pub identifier: Option<String>,
}

pub fn areas(q: &mut impl Query) -> Result<Vec<Area>, DbError> {
    let st = sql!("SELECT code, name, parent, identifier FROM areas ORDER BY code {bytes}");
    q.rows(st, params![], |r| Ok(Area { code: r.get(0)?, name: r.get(1)?, parent: r.get(2)?, identifier: r.get(3)? }))
}

/// Adds an area, or gives it its present name.
pub fn put_area(unit: &mut Work, a: &Area) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO areas (code, name, parent, identifier, folded) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (code) DO UPDATE SET name = $2, parent = $3, identifier = $4, folded = $5"
    );
    let folded = domain::text::fold(&a.name);
    unit.execute(st, params![&a.code, &a.name, a.parent.clone(), a.identifier.clone(), folded]).map(drop)
}

pub fn update_agency(unit: &mut Work, a: &Agency) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE agencies SET name = $3, short = $4, kind = $5, level = $6, police = $7, aliases = $8, area = $9,
                             active = $10, version = version + 1
         WHERE id = $1 AND version = $2"
    );
    let aliases = serde_json::to_string(&a.aliases).unwrap_or_default();
    unit.update_versioned(
        st,
        params![
            a.id.raw(),
            a.version,
            &a.name,
            &a.short,
            &a.kind,
            &a.level,
            a.police,
            aliases,
            a.area.clone(),
            a.active
        ],
    )
}

pub fn update_unit(unit: &mut Work, u: &Unit) -> Result<(), DbError> {
    let st = sql!("UPDATE units SET name = $2, active = $3 WHERE id = $1");
    unit.execute(st, params![u.id.raw(), &u.name, u.active]).map(drop)
}

pub fn update_centre(unit: &mut Work, c: &Centre) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE centres SET name = $2, level = $3, agency_id = $4, area = $5, address = $6, phone = $7, active = $8 WHERE id = $1"
    );
    unit.execute(
        st,
        params![c.id.raw(), &c.name, &c.level, c.agency.raw(), c.area.clone(), &c.address, &c.phone, c.active],
    )
    .map(drop)
}

/// Gives the counter of this number its name and fields, or adds it.
pub fn put_counter(unit: &mut Work, c: &Counter) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO counters (id, centre_id, number, name, fields) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (centre_id, number) DO UPDATE SET name = $4, fields = $5"
    );
    unit.execute(st, params![c.id.raw(), c.centre.raw(), c.number, &c.name, field_list(&c.fields)]).map(drop)
}
