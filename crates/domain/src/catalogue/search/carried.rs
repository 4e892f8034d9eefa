//! The names of the national catalogue and the list of synonyms that the product carries, for tests.

use super::{SearchIndex, Searchable, Synonym};
use crate::catalogue::ProcedureCode;
use flate2::read::GzDecoder;
use std::io::Read;
use std::sync::LazyLock;

pub struct Row {
    pub code: ProcedureCode,
    pub name: String,
    pub field: String,
}

pub static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let mut text = String::new();
    GzDecoder::new(&include_bytes!("testdata/names.csv.gz")[..]).read_to_string(&mut text).unwrap();
    let row = |line: &str| {
        let [code, name, field] = cells(line).try_into().unwrap();
        Row { code: code.parse().unwrap(), name, field }
    };
    text.lines().skip(1).map(row).collect()
});

/// Over all of them.
pub fn whole() -> SearchIndex {
    index(&ROWS)
}

pub fn index(rows: &[Row]) -> SearchIndex {
    let all = rows.iter().map(|r| Searchable { code: &r.code, name: &r.name, field: &r.field });
    SearchIndex::build(all, &synonyms())
}

/// The list that the product carries.
fn synonyms() -> Vec<Synonym> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/data/synonyms.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let line = |line: &str| {
        let (phrase, means) = line.split_once(',').unwrap();
        Synonym::new(phrase, means)
    };
    text.lines().skip(1).map(line).collect()
}

/// Cells of a line of CSV; quotes only around a whole cell.
pub fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}
