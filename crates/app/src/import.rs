//! What every import says of every row: taken, mended (what), refused (why), unchanged.

use serde::Serialize;

/// What became of one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fate", rename_all = "snake_case")]
pub enum Fate {
    Taken,
    /// Taken after mending what is named.
    Mended {
        what: Vec<String>,
    },
    /// Not taken, and why.
    Refused {
        why: String,
    },
    /// The same as what is there; running an import again changes nothing.
    Unchanged,
    /// Differs from what is there in what is named; somebody must agree to it first.
    Changed {
        what: Vec<String>,
    },
}

/// One line of the report.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Row or line in the file, from 1.
    pub row: usize,
    /// What the row names: a code, a login, a day.
    pub key: String,
    #[serde(flatten)]
    pub fate: Fate,
}

/// The sum of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub taken: usize,
    pub mended: usize,
    pub refused: usize,
    pub unchanged: usize,
    pub changed: usize,
}

impl Summary {
    pub fn count(&mut self, fate: &Fate) {
        *match fate {
            Fate::Taken => &mut self.taken,
            Fate::Mended { .. } => &mut self.mended,
            Fate::Refused { .. } => &mut self.refused,
            Fate::Unchanged => &mut self.unchanged,
            Fate::Changed { .. } => &mut self.changed,
        } += 1;
    }
}

/// A file to import, with what the caller wants to hear.
pub struct Job<'a> {
    /// Its name: the extension tells CSV, Excel, JSON lines, plain or gzipped.
    pub name: &'a str,
    pub bytes: &'a [u8],
    /// Say what would happen, change nothing.
    pub dry_run: bool,
    /// Hears of every row, in order, with the number of rows in all.
    pub on_line: &'a mut dyn FnMut(Line, usize),
}
