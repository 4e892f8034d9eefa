//! Tables as groups of records, one group a procedure: where the heads stand, which part a sheet is, what is damaged.

use super::rows::not_readable;
use crate::error::AppError;
use domain::{
    catalogue::{
        portal::{Mended, read_code},
        sheet::{PART, Part, Record, column},
    },
    text::fold,
};
use std::collections::HashMap;

/// A title, a logo and a blank line stand above the heads of many sheets.
const HEADS_WITHIN: usize = 20;
/// A cell longer than this is a whole document pasted into it.
const LONGEST: usize = 200_000;

/// The records of one procedure.
pub struct Group {
    /// The row of the procedure itself, else of the first stray record.
    pub row: usize,
    /// Name of its sheet; empty where only one holds procedures.
    pub sheet: String,
    /// Its code as it stands there.
    pub key: String,
    pub records: Vec<Record>,
    pub mended: Vec<Mended>,
    /// Why nothing of it can be taken.
    pub damage: Option<String>,
}

/// A table as it was read.
pub struct Table {
    /// Name of the sheet; empty for a CSV file.
    pub title: String,
    /// Rows with their numbers in the file.
    pub rows: Vec<(usize, Vec<String>)>,
    /// Said of every procedure in it.
    pub mended: Vec<Mended>,
}

/// Other heads under which people write the columns, folded.
const ALSO: [(&str, &str); 22] = [
    ("ma tthc", column::CODE),
    ("ma thu tuc hanh chinh", column::CODE),
    ("ma so tthc", column::CODE),
    ("ma", column::CODE),
    ("code", column::CODE),
    ("ten tthc", column::NAME),
    ("ten thu tuc hanh chinh", column::NAME),
    ("name", column::NAME),
    ("linh vuc tthc", column::FIELD),
    ("field", column::FIELD),
    ("cap", column::LEVELS),
    ("cap giai quyet", column::LEVELS),
    ("co quan giai quyet", column::EXECUTING),
    ("co quan", column::EXECUTING),
    ("doi tuong thuc hien", column::APPLICANTS),
    ("so qd", column::DECISION),
    ("quyet dinh cong bo", column::DECISION),
    ("ngay hieu luc", column::EFFECTIVE_FROM),
    ("thoi han giai quyet", column::LIMIT),
    ("so luong ban chinh", column::ORIGINALS),
    ("so luong ban sao", column::COPIES),
    ("thanh phan ho so", column::PAPER),
];

/// Reads separated text: commas, semicolons or tabs.
pub fn separated(text: &str) -> Result<Vec<Group>, AppError> {
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(|s| first.bytes().filter(|b| b == s).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator.unwrap_or(b','))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|e| not_readable(&format!("bảng CSV bị lỗi: {e}"), &format!("broken CSV: {e}")))?;
        let line = record.position().map_or(at + 1, |p| usize::try_from(p.line()).unwrap_or(at + 1));
        rows.push((line, record.iter().map(unguarded).collect()));
    }
    groups(vec![Table { title: String::new(), rows, mended: Vec::new() }])
}

/// An export puts an apostrophe before what a spreadsheet would take for a formula.
fn unguarded(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t']) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

/// The procedures of all tables, in the order of their own rows.
pub fn groups(tables: Vec<Table>) -> Result<Vec<Group>, AppError> {
    let mut all = Groups::default();
    let mut tables: Vec<_> = tables.into_iter().filter_map(|t| Heads::find(&t).map(|heads| (heads, t))).collect();
    // Procedures first: the records of other sheets find them.
    tables.sort_by_key(|(heads, _)| heads.part);
    let known = !tables.is_empty();
    let several = tables.len() > 1;
    for (heads, table) in tables {
        let sheet = if several { table.title.as_str() } else { "" };
        for (number, cells) in table.rows.iter().skip(heads.at + 1) {
            if cells.iter().any(|c| !c.trim().is_empty()) {
                all.put(Stands { sheet, row: *number }, heads.record(cells), heads.damage(cells), &table.mended);
            }
        }
    }
    if !known {
        let (vi, en) = (
            "không thấy dòng tên cột; hãy dùng mẫu do lệnh xuất hoặc nút Tải mẫu tạo ra",
            "no row of heads; use the template that the export writes",
        );
        return Err(not_readable(vi, en));
    }
    Ok(all.groups)
}

/// Where the heads of a table stand, and which columns they name.
struct Heads {
    at: usize,
    part: Option<Part>,
    columns: Vec<Option<&'static str>>,
    part_column: Option<usize>,
}

impl Heads {
    fn find(table: &Table) -> Option<Self> {
        let titled = Part::from_title(&table.title);
        let candidates = table.rows.iter().take(HEADS_WITHIN).enumerate();
        let (at, columns) = candidates
            .map(|(at, (_, cells))| (at, cells.iter().map(|c| named(c)).collect::<Vec<_>>()))
            .max_by_key(|(at, columns)| (columns.iter().flatten().count(), usize::MAX - at))?;
        let has_code = columns.contains(&Some(column::CODE));
        if !has_code || columns.iter().flatten().count() < 2 {
            return None;
        }
        let part_column = table.rows[at].1.iter().position(|c| fold(c) == fold(PART));
        let part = titled.or_else(|| part_column.is_none().then(|| nearest(&columns)));
        Some(Self { at, part, columns, part_column })
    }

    fn record(&self, cells: &[String]) -> Option<Record> {
        let part = match (self.part, self.part_column) {
            (Some(part), _) => part,
            (None, Some(at)) => Part::from_title(cells.get(at)?)?,
            (None, None) => return None,
        };
        let mut record = Record { part, cells: HashMap::new() };
        for (name, cell) in self.columns.iter().zip(cells).filter_map(|(n, c)| n.map(|n| (n, c))) {
            if !cell.is_empty() && part.columns().contains(&name) {
                record.cells.entry(name).or_insert_with(|| cell.clone());
            }
        }
        Some(record)
    }

    fn damage(&self, cells: &[String]) -> Option<String> {
        let beyond = cells.iter().skip(self.columns.len()).any(|c| !c.trim().is_empty());
        if beyond {
            return Some(format!("dòng có {} ô, nhiều hơn {} cột", cells.len(), self.columns.len()));
        }
        if let Some(long) = cells.iter().find(|c| c.len() > LONGEST) {
            return Some(format!("ô dài {} ký tự: có lẽ dán nhầm cả văn bản", long.chars().count()));
        }
        let torn = cells.iter().any(|c| c.contains('\u{fffd}') || c.contains('\0'));
        torn.then(|| "có chữ không đọc được, xin lưu tệp lại bằng UTF-8".to_owned())
    }
}

fn named(head: &str) -> Option<&'static str> {
    let head = fold(head);
    let mut own = Part::ALL.iter().flat_map(|p| p.columns()).copied();
    let of_template = own.find(|c| fold(c) == head);
    of_template.or_else(|| ALSO.iter().find(|(also, _)| *also == head).map(|(_, column)| *column))
}

/// The part that has most of these columns.
fn nearest(columns: &[Option<&'static str>]) -> Part {
    let fits = |p: &Part| columns.iter().flatten().filter(|c| p.columns().contains(c)).count();
    let most = Part::ALL.iter().map(fits).max().unwrap_or(0);
    Part::ALL.into_iter().find(|p| fits(p) == most).unwrap_or(Part::Procedure)
}

/// Where a row stands.
#[derive(Clone, Copy)]
struct Stands<'a> {
    sheet: &'a str,
    row: usize,
}

#[derive(Default)]
struct Groups {
    groups: Vec<Group>,
    /// Where the first group of each code stands: a province's sheets have some two hundred thousand rows.
    first: HashMap<String, usize>,
}

impl Groups {
    fn begin(&mut self, stands: Stands<'_>, key: String, mended: Vec<Mended>) -> usize {
        let sheet = stands.sheet.to_owned();
        self.groups.push(Group { row: stands.row, sheet, key, records: Vec::new(), mended, damage: None });
        self.groups.len() - 1
    }

    fn put(&mut self, stands: Stands<'_>, record: Option<Record>, damage: Option<String>, mended: &[Mended]) {
        let Some(record) = record else {
            let at = self.begin(stands, String::new(), Vec::new());
            self.groups[at].damage = Some(format!("cột {PART} không ghi phần nào của mẫu"));
            return;
        };
        let key = record.cells.get(column::CODE).cloned().unwrap_or_default();
        let plain = plain(&key);
        // Each row of procedures begins a group, so that a code given twice is seen and said.
        let of_procedure = record.part == Part::Procedure;
        let at = self.first.get(&plain).copied().filter(|_| !of_procedure).unwrap_or_else(|| {
            let said = [mended, &code_notes(&key)].concat();
            let at = self.begin(stands, key, said);
            self.first.entry(plain).or_insert(at);
            at
        });
        if let Some(group) = self.groups.get_mut(at) {
            group.records.push(record);
            let place = if of_procedure { String::new() } else { format!("dòng {}: ", stands.row) };
            group.damage = group.damage.take().or_else(|| damage.map(|d| format!("{place}{d}")));
            for said in mended {
                if !group.mended.contains(said) {
                    group.mended.push(said.clone());
                }
            }
        }
    }
}

/// Codes that differ only in blanks, case and dashes are one.
fn plain(code: &str) -> String {
    read_code(code).map_or_else(|_| fold(code), |(code, _)| code.to_string())
}

fn code_notes(code: &str) -> Vec<Mended> {
    let notes = read_code(code).map(|(_, mended)| mended).unwrap_or_default();
    notes.into_iter().map(|what| Mended { part: "code", what }).collect()
}
