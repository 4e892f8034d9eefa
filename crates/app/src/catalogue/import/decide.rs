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
        verdict::{Held, Verdict, first_day, judge},
    },
    id::Id,
};
use jiff::civil::Date;
use platform::db::Query;
use std::collections::HashMap;

/// Codes that this file has given already, with where the first stands.
#[derive(Default)]
pub struct Walk(HashMap<String, (usize, String)>);

impl Walk {
    /// For each of these rows where the earlier row with the same code stands, if there is one.
    pub fn pass(&mut self, rows: &[Read]) -> Vec<Option<String>> {
        let mut twice = |row: &Read| {
            let code = row.code()?;
            let (first, stands) = self.0.entry(code.to_owned()).or_insert_with(|| (row.at, row.stands()));
            (*first != row.at).then(|| stands.clone())
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
    /// Somebody must agree, unless somebody `said` something to this very difference already.
    /// What is agreed to holds `until` another version takes over that waits for its day.
    Ask {
        base: Before,
        proposed: Box<ProcedureVersion>,
        what: Vec<Difference>,
        until: Option<Date>,
        said: Option<Waiting>,
    },
}

/// The version that is held, as far as its successor needs it.
pub struct Before {
    pub id: Id<ProcedureVersion>,
    pub process: Id<Process>,
    pub version: ProcedureVersion,
}

impl Decision {
    /// The line of the report. What was once refused counts as unchanged, unless this import agrees to everything.
    pub fn line(&self, row: &Read, accept_all: bool) -> Line {
        let fate = match self {
            Self::Leave(fate) | Self::Insert { fate, .. } => fate.clone(),
            Self::Ask { said: Some(Waiting::Rejected), .. } if !accept_all => Fate::Unchanged,
            Self::Ask { what, until, .. } => {
                let until = until.map(|day| {
                    let day = domain::time::day_text(day);
                    format!("Lưu ý: chỉ có hiệu lực đến ngày {day}, khi phiên bản đang chờ thay nội dung này")
                });
                Fate::Changed { what: what.iter().map(told).chain(until).collect() }
            }
        };
        Line { row: row.row, sheet: row.sheet.clone(), key: row.key.clone(), fate }
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
pub fn row(q: &mut impl Query, row: &Read, twice: Option<&str>, today: Date) -> Result<Decision, AppError> {
    let refused = |why: String| Ok(Decision::Leave(Fate::Refused { why }));
    let good = match &row.content {
        Ok(good) => good,
        Err(why) => return refused(why.clone()),
    };
    if let Some(first) = twice {
        return refused(format!("trùng mã với {first}; giữ dòng đầu"));
    }
    let code = good.version.code.as_str();
    // What is waiting for its day is not what this row would change.
    let held = catalogue_store::held_on(q, code, first_day(&good.version, today))?;
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
        // The source says what it said last; what came since was the Centre's own doing.
        _ if catalogue_store::last_imported(q, code)?.is_some_and(|last| last == good.digest) => {
            Ok(Decision::Leave(Fate::Unchanged))
        }
        (Verdict::Completes, before) => Ok(Decision::Insert { before, fate }),
        (Verdict::Differs { proposed, what }, Some(base)) => {
            // What was said of another version than today's newest is asked anew: the difference is another one.
            let said = store::waiting(q, code, &good.digest)?.filter(|(_, of)| *of == base.id).map(|(said, _)| said);
            let until = catalogue_store::next_after(q, code, first_day(&proposed, today))?;
            Ok(Decision::Ask { base, proposed, what, until, said })
        }
        (Verdict::Differs { .. }, None) => Ok(Decision::Insert { before: None, fate }),
    }
}

fn taken(good: &Good) -> Fate {
    if good.mended.is_empty() { Fate::Taken } else { Fate::Mended { what: good.mended.clone() } }
}
