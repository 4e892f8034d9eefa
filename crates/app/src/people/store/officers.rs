//! Officers' accounts as administrators keep them.

use super::{Work, field_list, fields, who};
use domain::{accounts::Role, id::Id, people};
use platform::db::{DbError, Query, Row, Select, params, sql};

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
                               password_hash, one_time_password, active, created_at, version, folded, fields)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
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
            domain::text::fold(&p.name),
            field_list(&p.fields)
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
                           password_hash IS NOT NULL, totp_secret IS NOT NULL, version, fields
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
            fields: fields(r, 14)?,
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
                             phone = $9, email = $10, active = $11, folded = $12, fields = $13, version = version + 1
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
            domain::text::fold(&p.name),
            field_list(&p.fields)
        ],
    )
}
