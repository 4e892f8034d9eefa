use super::{
    Change, Decision, Kind,
    table::{Column, Record, may, must},
};
use crate::{app::App, people::store::Area};
use std::collections::HashMap;

/// Provinces (two digits) and communes (five digits, with their province).
pub struct Areas(HashMap<String, Area>);

impl Areas {
    pub fn new(known: Vec<Area>) -> Self {
        Self(known.into_iter().map(|a| (a.code.clone(), a)).collect())
    }
}

const COLUMNS: &[Column] = &[
    must("code", &["ma", "ma dvhc", "ma don vi hanh chinh"]),
    must("name", &["ten", "ten don vi hanh chinh"]),
    may("province_code", &["parent", "ma tinh", "tinh"]),
    may("identifier", &["ma dinh danh"]),
];

impl Kind for Areas {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }
    fn decide(&mut self, record: &mut Record, _: &App) -> Decision {
        record.need("code")?;
        // Spreadsheets drop the zeros in front.
        let is_commune = record.get("province_code").is_some();
        let width = if is_commune { 5 } else { 2 };
        let code = record.mended("code", |c| format!("{c:0>width$}")).unwrap_or_default();
        if code.len() != width || !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(format!("mã gồm {width} chữ số: {code}"));
        }
        let parent = record.mended("province_code", |c| format!("{c:0>2}"));
        if let Some(parent) = parent.as_ref().filter(|p| !self.0.contains_key(*p)) {
            return Err(format!("không có tỉnh mã {parent}"));
        }
        let identifier = record.mended("identifier", str::to_uppercase);
        let known = self.0.get(&code);
        let identifier = identifier.or_else(|| known.and_then(|k| k.identifier.clone()));
        let area = Area { code: code.clone(), name: record.need("name")?, parent, identifier };
        if known == Some(&area) {
            return Ok(None);
        }
        self.0.insert(code, area.clone());
        Ok(Some(Change::Area(area)))
    }
}
