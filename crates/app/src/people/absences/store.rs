use domain::{
    accounts::{Reserve, StandIn, StandInKind},
    id::Id,
    people::Officer,
    time::Instant,
};
use platform::db::{DbError, Query, Unit, params, sql};

/// The newest stand-ins; those long over concern nobody any more.
pub fn recent(q: &mut impl Query) -> Result<Vec<StandIn>, DbError> {
    let st = sql!(
        "SELECT id, kind, officer_id, backup_id, from_at, to_at, reason, sudden, decision, decided_on, ended_at,
                procedures
         FROM stand_ins ORDER BY to_at DESC, id DESC LIMIT 2000"
    );
    q.rows(st, params![], |r| {
        let (kind, decision, decided_on): (String, Option<String>, Option<String>) = (r.get(1)?, r.get(8)?, r.get(9)?);
        let day = decided_on.map(|d| d.parse().map_err(|e| r.impossible(9, e))).transpose()?;
        Ok(StandIn {
            id: Id::new(r.get(0)?),
            kind: StandInKind::from_key(&kind).ok_or_else(|| r.impossible(1, &kind))?,
            officer: Id::new(r.get(2)?),
            backup: Id::new(r.get(3)?),
            from: Instant::from_millis(r.get(4)?),
            to: Instant::from_millis(r.get(5)?),
            reason: r.get(6)?,
            sudden: r.get(7)?,
            decision: decision.zip(day),
            ended_at: r.get::<Option<i64>>(10)?.map(Instant::from_millis),
            procedures: serde_json::from_str(&r.get::<String>(11)?).map_err(|e| r.impossible(11, e))?,
        })
    })
}

pub fn insert(unit: &mut Unit, s: &StandIn, by: Id<Officer>, at: Instant) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO stand_ins (id, kind, officer_id, backup_id, from_at, to_at, reason, sudden, decision, decided_on,
                                made_by, made_at, procedures)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    );
    let (decision, day) = s.decision.clone().unzip();
    unit.execute(
        st,
        params![
            s.id.raw(),
            s.kind.key(),
            s.officer.raw(),
            s.backup.raw(),
            s.from.millis(),
            s.to.millis(),
            &s.reason,
            s.sudden,
            decision,
            day.map(|d| d.to_string()),
            by.raw(),
            at.millis(),
            serde_json::Value::from(s.procedures.clone()).to_string()
        ],
    )
    .map(drop)
}

/// Ends it now; false when it was over already.
pub fn end(unit: &mut Unit, id: Id<StandIn>, at: Instant) -> Result<bool, DbError> {
    let st = sql!("UPDATE stand_ins SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL AND to_at > $2");
    Ok(unit.execute(st, params![id.raw(), at.millis()])? > 0)
}

/// The list of backups as it stands.
pub fn reserves(q: &mut impl Query) -> Result<Vec<Reserve>, DbError> {
    let st = sql!(
        "SELECT id, officer_id, backup_id, from_day, to_day FROM reserves WHERE ended_at IS NULL ORDER BY id LIMIT 10000"
    );
    q.rows(st, params![], |r| {
        let (from, to): (String, Option<String>) = (r.get(3)?, r.get(4)?);
        Ok(Reserve {
            id: Id::new(r.get(0)?),
            officer: Id::new(r.get(1)?),
            backup: Id::new(r.get(2)?),
            from: from.parse().map_err(|e| r.impossible(3, e))?,
            to: to.map(|d| d.parse().map_err(|e| r.impossible(4, e))).transpose()?,
        })
    })
}

pub fn insert_reserve(unit: &mut Unit, new: &Reserve, by: Id<Officer>, at: Instant) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO reserves (id, officer_id, backup_id, from_day, to_day, made_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    );
    let days = (new.from.to_string(), new.to.map(|d| d.to_string()));
    let who = (new.officer.raw(), new.backup.raw());
    unit.execute(st, params![new.id.raw(), who.0, who.1, days.0, days.1, by.raw(), at.millis()]).map(drop)
}

/// Takes a backup off the list; false when that was done already.
pub fn end_reserve(unit: &mut Unit, id: Id<Reserve>, at: Instant) -> Result<bool, DbError> {
    let st = sql!("UPDATE reserves SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL");
    Ok(unit.execute(st, params![id.raw(), at.millis()])? > 0)
}
