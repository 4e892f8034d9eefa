use domain::{
    accounts::{Role, Who},
    deadline::Session,
    id::Id,
    people,
};
use platform::db::{DbError, Query, Row, Select, Unit as Work, params, sql};

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
    let st = sql!("SELECT id, centre_id, number, name FROM counters ORDER BY centre_id, number");
    q.rows(st, params![], |r| {
        Ok(Counter { id: Id::new(r.get(0)?), centre: Id::new(r.get(1)?), number: r.get(2)?, name: r.get(3)? })
    })
}

pub fn officer_names(q: &mut impl Query) -> Result<Vec<OfficerName>, DbError> {
    let st = sql!(
        "SELECT id, login, name, active, counter_id, agency_id, unit_id, centre_id, roles FROM officers ORDER BY login"
    );
    q.rows(st, params![], |r| {
        Ok(OfficerName {
            id: Id::new(r.get(0)?),
            login: r.get(1)?,
            name: r.get(2)?,
            active: r.get(3)?,
            counter: r.get::<Option<i64>>(4)?.map(Id::new),
            who: who(r, [0, 5, 6, 7, 8])?,
        })
    })
}

/// Reads the acting part of an officer from the columns id, agency, unit, centre, roles.
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
    let st = sql!("INSERT INTO counters (id, centre_id, number, name) VALUES ($1, $2, $3, $4)");
    unit.execute(st, params![c.id.raw(), c.centre.raw(), c.number, &c.name]).map(drop)
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

/// An account as it is made.
#[derive(Clone, Debug)]
pub struct OfficerRow {
    pub id: Id<people::Officer>,
    pub login: String,
    pub place: crate::accounts::Place,
    pub password_hash: Option<String>,
    pub one_time_password: bool,
    pub active: bool,
    pub created_at: i64,
    pub version: i64,
}

pub fn insert_officer(unit: &mut Work, o: &OfficerRow) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO officers (id, login, name, agency_id, unit_id, centre_id, counter_id, roles, phone, email,
                               password_hash, one_time_password, active, created_at, version, folded)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
    );
    let p = &o.place;
    unit.execute(
        st,
        params![
            o.id.raw(),
            &o.login,
            &p.name,
            p.agency.raw(),
            p.unit.raw(),
            p.centre.map(Id::raw),
            p.counter.map(Id::raw),
            crate::accounts::role_list(&p.roles),
            p.phone.clone(),
            p.email.clone(),
            o.password_hash.clone(),
            o.one_time_password,
            o.active,
            o.created_at,
            o.version,
            domain::text::fold(&p.name)
        ],
    )
    .map(drop)
}

/// An account as administrators see it.
#[derive(Clone, Debug)]
pub struct OfficerCard {
    pub id: Id<people::Officer>,
    pub login: String,
    pub place: crate::accounts::Place,
    pub active: bool,
    pub has_password: bool,
    pub has_second_factor: bool,
    pub version: i64,
}

const CARD: &str = "SELECT id, login, name, agency_id, unit_id, centre_id, counter_id, roles, phone, email, active,
                           password_hash IS NOT NULL, totp_secret IS NOT NULL, version
                    FROM officers WHERE 1=1";

fn card(r: &Row<'_>) -> Result<OfficerCard, DbError> {
    let acting = who(r, [0, 3, 4, 5, 7])?;
    Ok(OfficerCard {
        id: acting.officer,
        login: r.get(1)?,
        place: crate::accounts::Place {
            name: r.get(2)?,
            agency: acting.agency,
            unit: acting.unit,
            centre: acting.centre,
            counter: r.get::<Option<i64>>(6)?.map(Id::new),
            roles: acting.roles,
            phone: r.get(8)?,
            email: r.get(9)?,
        },
        active: r.get(10)?,
        has_password: r.get(11)?,
        has_second_factor: r.get(12)?,
        version: r.get(13)?,
    })
}

/// Every account, by login.
pub fn officer_cards(q: &mut impl Query) -> Result<Vec<OfficerCard>, DbError> {
    q.rows_of(&Select::new(CARD).order("login").build(), card)
}

/// One account.
pub fn officer_card(q: &mut impl Query, id: Id<people::Officer>) -> Result<Option<OfficerCard>, DbError> {
    Ok(q.rows_of(&Select::new(CARD).and("id = ?", id.raw()).build(), card)?.pop())
}

/// What a list of accounts shows.
#[derive(Clone, Debug, Default)]
pub struct OfficerFilter {
    pub agency: Option<Id<people::Agency>>,
    pub role: Option<Role>,
    /// Part of a name or login, in small letters.
    pub text: Option<String>,
    pub offset: i64,
}

/// A page of accounts, the working ones first; one more than `limit` tells that there is a next page.
pub fn officer_page(q: &mut impl Query, f: &OfficerFilter, limit: i64) -> Result<Vec<OfficerCard>, DbError> {
    let mut select = Select::new(CARD).and_some("agency_id = ?", f.agency.map(Id::raw));
    select = select.and_some("' ' || roles || ' ' LIKE ?", f.role.map(|r| format!("% {} %", r.as_str())));
    if let Some(text) = &f.text {
        let like = format!("%{}%", text.replace(['%', '_'], ""));
        select = select.and_all("login LIKE ? OR folded LIKE ?", [like.clone().into(), unmarked(text).into()]);
    }
    q.rows_of(&select.order("active DESC, login").limit(limit + 1).offset(f.offset).build(), card)
}

/// Names are searched without marks.
fn unmarked(text: &str) -> String {
    format!("%{}%", domain::text::fold(text))
}

/// Changes an account; `DbError::Stale` when somebody else changed it since that version.
pub fn update_officer(unit: &mut Work, o: &OfficerCard) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE officers SET name = $3, agency_id = $4, unit_id = $5, centre_id = $6, counter_id = $7, roles = $8,
                             phone = $9, email = $10, active = $11, folded = $12, version = version + 1
         WHERE id = $1 AND version = $2"
    );
    let p = &o.place;
    unit.update_versioned(
        st,
        params![
            o.id.raw(),
            o.version,
            &p.name,
            p.agency.raw(),
            p.unit.raw(),
            p.centre.map(Id::raw),
            p.counter.map(Id::raw),
            crate::accounts::role_list(&p.roles),
            p.phone.clone(),
            p.email.clone(),
            o.active,
            domain::text::fold(&p.name)
        ],
    )
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

/// Gives the counter of this number its name, or adds it.
pub fn put_counter(unit: &mut Work, c: &Counter) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO counters (id, centre_id, number, name) VALUES ($1, $2, $3, $4)
         ON CONFLICT (centre_id, number) DO UPDATE SET name = $4"
    );
    unit.execute(st, params![c.id.raw(), c.centre.raw(), c.number, &c.name]).map(drop)
}
