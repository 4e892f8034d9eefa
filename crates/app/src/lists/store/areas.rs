use crate::people::store::Area;
use domain::text::fold;
use platform::db::{DbError, Query, Row, Select, params, sql};
use std::collections::HashMap;

fn area(r: &Row<'_>) -> Result<Area, DbError> {
    Ok(Area { code: r.get(0)?, name: r.get(1)?, parent: r.get(2)?, identifier: r.get(3)? })
}

/// How many provinces and communes there are.
pub fn count_areas(q: &mut impl Query) -> Result<i64, DbError> {
    Ok(q.optional(sql!("SELECT COUNT(*) FROM areas"), params![], |r| r.get(0))?.unwrap_or(0))
}

pub fn provinces(q: &mut impl Query) -> Result<Vec<Area>, DbError> {
    let st = sql!("SELECT code, name, parent, identifier FROM areas WHERE parent IS NULL ORDER BY folded");
    q.rows(st, params![], area)
}

/// Communes whose name holds `text`, of one province or of all, by code, after this one.
pub fn communes(q: &mut impl Query, text: &str, province: &str, after: &str, most: i64) -> Result<Vec<Area>, DbError> {
    let mut select = Select::new("SELECT code, name, parent, identifier FROM areas WHERE parent IS NOT NULL");
    if !text.trim().is_empty() {
        select = select.and("folded LIKE ?", format!("%{}%", fold(text)));
    }
    if !province.is_empty() {
        select = select.and("parent = ?", province);
    }
    if !after.is_empty() {
        select = select.and("code > ?", after);
    }
    q.rows_of(&select.order("code").limit(most).build(), area)
}

/// The communes of these codes.
pub fn communes_of(q: &mut impl Query, codes: &[String]) -> Result<Vec<Area>, DbError> {
    let select = Select::new("SELECT code, name, parent, identifier FROM areas WHERE parent IS NOT NULL");
    q.rows_of(&select.and_in("code", codes.iter().cloned()).build(), area)
}

/// "Phường Hồng Hà, Thành phố Hà Nội" for each of these codes.
pub fn area_names(q: &mut impl Query, codes: &[String]) -> Result<HashMap<String, String>, DbError> {
    let select = Select::new("SELECT a.code, a.name, p.name FROM areas a JOIN areas p ON p.code = a.parent WHERE 1=1");
    let select = select.and_in("a.code", codes.iter().cloned());
    let rows =
        q.rows_of(&select.build(), |r| Ok((r.get(0)?, format!("{}, {}", r.get::<String>(1)?, r.get::<String>(2)?))))?;
    Ok(rows.into_iter().collect())
}
