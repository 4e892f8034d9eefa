//! A form on paper: its questions in order, and the rows of a group as a table where they fit one.

use super::{Field, Form, Kind, Layout, Line, Part, Place, blank, shown, shown::whole};
use serde_json::{Map, Value};

/// What stands on paper, one below the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnPaper {
    /// A question, or the head of a row that is no table.
    Line(Line),
    /// The rows of a group; the first column counts them.
    Table {
        /// What it lists.
        label: String,
        /// Heads of the columns.
        columns: Vec<String>,
        /// Answers, row by row; empty cells are filled in by hand.
        rows: Vec<Vec<String>>,
    },
}

/// Widest table that can be read on a page.
const MOST_COLUMNS: usize = 6;
/// Rows of an empty table, for writing by hand.
const BLANK_ROWS: u32 = 4;

/// The parts of a form with what stands in them; without answers the form to be filled in by hand.
pub fn paper(form: &Form, answers: Option<&Map<String, Value>>) -> Vec<(Part, Vec<OnPaper>)> {
    let parts = match (answers, form.layout) {
        (None, _) => blank(form),
        (Some(a), Layout::Questions) => whole(form, a),
        (Some(a), _) => shown(form, a),
    };
    let one = |mut part: Part| {
        let mut lines = std::mem::take(&mut part.lines);
        lines.retain(|l| l.place != Place::Nowhere);
        let all = tabled(form, lines, answers.is_none());
        (part, all)
    };
    parts.into_iter().map(one).collect()
}

fn tabled(form: &Form, lines: Vec<Line>, is_blank: bool) -> Vec<OnPaper> {
    let mut out = Vec::new();
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        let key = line.path.split('.').next().unwrap_or_default().to_owned();
        let Some((group, most, fields)) = form.field(&key).and_then(table_of) else {
            out.push(OnPaper::Line(line));
            continue;
        };
        let mut rows = vec![vec![String::new(); fields.len()]];
        if line.heads {
            rows.clear();
            let mut head = Some(line);
            while let Some(row) = head.take() {
                let begins = format!("{}.", row.path);
                let mut cells = vec![String::new(); fields.len()];
                while let Some(cell) = lines.next_if(|l| l.path.starts_with(&begins)) {
                    let at = fields.iter().position(|f| cell.path[begins.len()..] == f.key);
                    if let Some(at) = at {
                        cells[at].clone_from(&cell.value);
                    }
                }
                rows.push(cells);
                head = lines.next_if(|l| l.heads && l.path.starts_with(&format!("{key}.")));
            }
        }
        if is_blank {
            rows.resize(most.min(BLANK_ROWS) as usize, vec![String::new(); fields.len()]);
        }
        let columns = fields.iter().map(|f| f.label.trim_end_matches('?').to_owned()).collect();
        out.push(OnPaper::Table { label: group.label.clone(), columns, rows });
    }
    out
}

/// The group's own question, its most rows and its columns, when they fit a table.
fn table_of(group: &Field) -> Option<(&Field, u32, &[Field])> {
    let Kind::Group { max, fields, .. } = &group.kind else { return None };
    let fits = |f: &Field| f.when.is_none() && !matches!(f.kind, Kind::File | Kind::Text { lines: true, .. });
    (fields.len() <= MOST_COLUMNS && fields.iter().all(fits)).then_some((group, *max, fields.as_slice()))
}
