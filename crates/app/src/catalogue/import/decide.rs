//! What becomes of one row, asked of the data base; nothing is written here.

use super::{
    good::{Good, Read},
    store::{self, Waiting},
};
use crate::{
    catalogue::store as catalogue_store,
    error::AppError,
    import::{Fate, Line},
};
use domain::{
    catalogue::{
        ProcedureVersion, Process,
        difference::Difference,
        verdict::{Held, Verdict, judge},
    },
    id::Id,
};
use jiff::civil::Date;
use platform::db::Query;
use std::collections::HashMap;

/// Codes that this file has given already, with the row of the first.
#[derive(Default)]
pub struct Walk(HashMap<String, usize>);

impl Walk {
    /// For each of these rows the earlier row with the same code, if there is one.
    pub fn pass(&mut self, rows: &[Read]) -> Vec<Option<usize>> {
        let mut twice = |row: &Read| {
            let code = row.code()?;
            let first = *self.0.entry(code.to_owned()).or_insert(row.row);
            (first != row.row).then_some(first)
        };
        rows.iter().map(&mut twice).collect()
    }
}

/// What is to be done with a row.
pub enum Decision {
    /// Nothing, for this reason.
    Leave(Fate),
    /// A version, after this one if there is one.
    Insert { before: Option<Before>, fate: Fate },
    /// Somebody must agree; an earlier import may have `asked` already.
    Ask { base: Before, proposed: Box<ProcedureVersion>, what: Vec<Difference>, asked: bool },
}

/// The version that is held, as far as its successor needs it.
pub struct Before {
    pub id: Id<ProcedureVersion>,
    pub process: Id<Process>,
    pub version: ProcedureVersion,
}

impl Decision {
    /// The line of the report.
    pub fn line(&self, row: &Read) -> Line {
        let fate = match self {
            Self::Leave(fate) | Self::Insert { fate, .. } => fate.clone(),
            Self::Ask { what, .. } => Fate::Changed { what: what.iter().map(told).collect() },
        };
        Line { row: row.row, key: row.key.clone(), fate }
    }
}

/// "Cách nộp: Trực tiếp: 5 ngày làm việc → Trực tiếp: 3 ngày làm việc".
fn told(d: &Difference) -> String {
    let short = |text: &Option<String>| {
        let text = text.as_deref().unwrap_or("(không có)");
        let head: String = text.chars().take(120).collect();
        if head.len() < text.len() { format!("{head}…") } else { head }
    };
    format!("{}: {} → {}", d.part.words().0, short(&d.before), short(&d.after))
}

/// Decides on a row; `twice` is an earlier row of the file with the same code.
pub fn row(q: &mut impl Query, row: &Read, twice: Option<usize>, today: Date) -> Result<Decision, AppError> {
    let refused = |why: String| Ok(Decision::Leave(Fate::Refused { why }));
    let good = match &row.content {
        Ok(good) => good,
        Err(why) => return refused(why.clone()),
    };
    if let Some(first) = twice {
        return refused(format!("trùng mã với dòng {first}; giữ dòng đầu"));
    }
    let code = good.version.code.as_str();
    let held = catalogue_store::newest(q, code)?;
    if held.as_ref().is_some_and(|h| h.source_digest == good.digest) {
        return Ok(Decision::Leave(Fate::Unchanged));
    }
    let verdict =
        judge(&good.version, good.source, held.as_ref().map(|h| Held { version: &h.version, source: h.source }), today);
    let before = held.map(|h| Before { id: h.id, process: h.process, version: h.version });
    let fate = taken(good);
    match (verdict, before) {
        (Verdict::Unchanged, _) => Ok(Decision::Leave(Fate::Unchanged)),
        (Verdict::New, before) => Ok(Decision::Insert { before, fate }),
        _ if catalogue_store::has_digest(q, code, &good.digest)? => {
            refused("nội dung này là của một phiên bản cũ hơn; phiên bản mới hơn đang có hiệu lực".to_owned())
        }
        (Verdict::Completes, before) => Ok(Decision::Insert { before, fate }),
        (Verdict::Differs { proposed, what }, Some(base)) => {
            let waiting = store::waiting(q, code, &good.digest)?;
            if waiting == Some(Waiting::Rejected) {
                return Ok(Decision::Leave(Fate::Unchanged));
            }
            Ok(Decision::Ask { base, proposed, what, asked: waiting == Some(Waiting::Pending) })
        }
        (Verdict::Differs { .. }, None) => Ok(Decision::Insert { before: None, fate }),
    }
}

fn taken(good: &Good) -> Fate {
    if good.mended.is_empty() { Fate::Taken } else { Fate::Mended { what: good.mended.clone() } }
}
