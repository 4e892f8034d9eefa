use domain::{lists::PlainList, text::fold};
use platform::db::{DbError, Query, Select, Unit, params, sql};

/// A line of a plain list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub code: String,
    pub name: String,
    /// Empty where the Vietnamese name is used in English too.
    pub name_en: String,
    pub active: bool,
}

/// Lines of a list whose code or name holds `text`, by code.
pub fn items(q: &mut impl Query, list: PlainList, text: &str) -> Result<Vec<Item>, DbError> {
    let base = "SELECT code, name, name_en, active FROM list_items WHERE list = ?";
    let like = format!("%{}%", fold(text));
    let mut select = Select::with(base, [list.key().into()]);
    if !text.trim().is_empty() {
        select = select.and("folded LIKE ?", like);
    }
    q.rows_of(&select.order("code").build(), |r| {
        Ok(Item { code: r.get(0)?, name: r.get(1)?, name_en: r.get(2)?, active: r.get(3)? })
    })
}

/// How many lines in use each list has.
pub fn item_counts(q: &mut impl Query) -> Result<Vec<(String, i64)>, DbError> {
    let st = sql!("SELECT list, COUNT(*) FROM list_items WHERE active GROUP BY list");
    q.rows(st, params![], |r| Ok((r.get(0)?, r.get(1)?)))
}

/// Adds a line, or changes the one of this code.
pub fn put_item(unit: &mut Unit, list: PlainList, item: &Item) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO list_items (list, code, name, name_en, folded, active) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (list, code) DO UPDATE SET name = $3, name_en = $4, folded = $5, active = $6"
    );
    let folded = fold(&format!("{} {} {}", item.code, item.name, item.name_en));
    unit.execute(st, params![list.key(), &item.code, &item.name, &item.name_en, folded, item.active]).map(drop)
}
