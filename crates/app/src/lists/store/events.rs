use crate::lists::events::LifeEvent;
use domain::id::Id;
use platform::db::{DbError, Query, Unit, params, sql};

/// All occasions of life, in their order.
pub fn life_events(q: &mut impl Query) -> Result<Vec<LifeEvent>, DbError> {
    let st = sql!(
        "SELECT id, key, name, name_en, icon, place, procedures, active FROM life_events ORDER BY place, key {bytes}"
    );
    q.rows(st, params![], |r| {
        let lines: String = r.get(6)?;
        Ok(LifeEvent {
            id: Id::new(r.get(0)?),
            key: r.get(1)?,
            name: r.get(2)?,
            name_en: r.get(3)?,
            icon: r.get(4)?,
            place: r.get(5)?,
            procedures: lines.lines().map(str::to_owned).collect(),
            active: r.get(7)?,
        })
    })
}

/// Adds one, or changes the one with this key.
pub fn put_life_event(unit: &mut Unit, e: &LifeEvent) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO life_events (id, key, name, name_en, icon, place, procedures, active)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (key) DO UPDATE
         SET name = $3, name_en = $4, icon = $5, place = $6, procedures = $7, active = $8"
    );
    unit.execute(
        st,
        params![e.id.raw(), &e.key, &e.name, &e.name_en, &e.icon, e.place, e.procedures.join("\n"), e.active],
    )
    .map(drop)
}
