//! What becomes of processes when an agency is merged, split or closed (CAT-04, CAT-07). The page of the change lists them
//! before it is carried out; afterwards each waits on a page of its own until it was carried over to the heir or left.

mod act;
pub mod page;
pub mod store;

use super::{list, store::Design, words};
use crate::{
    app::App,
    error::AppError,
    lists::{self, store::ChangeRow},
    messages::Lang,
    people,
    reference::Reference,
};
use domain::{
    catalogue::{
        Process,
        process::{Fate, Involvement},
    },
    id::Id,
    lists::{AgencyChangeKind, Heirs, Merger, heirs},
    people::Agency,
};
use platform::db::{Query, Unit};
use std::collections::HashSet;
use store::Key;

/// A process in which the changed agency does something, and what becomes of it.
pub struct Touched {
    pub design: Design,
    pub fate: Fate,
}

/// The processes that a change of `agency` touches: drafts and those in force.
pub fn touched(q: &mut impl Query, kind: AgencyChangeKind, agency: Id<Agency>) -> Result<Vec<Touched>, AppError> {
    if matches!(kind, AgencyChangeKind::Rename | AgencyChangeKind::Reopen) {
        return Ok(Vec::new());
    }
    let hands = Hands::read(q)?.before(agency);
    let fated = |design: Design| fate(&design, kind, agency, &hands).map(|fate| Touched { design, fate });
    Ok(store::in_use(q)?.into_iter().filter_map(fated).collect())
}

/// In whose hands processes came by mergers.
struct Hands {
    mergers: Vec<Merger>,
    at_work: HashSet<Id<Agency>>,
}

impl Hands {
    fn read(q: &mut impl Query) -> Result<Self, AppError> {
        let at_work = people::store::agencies(q)?.into_iter().filter(|a| a.active).map(|a| a.id).collect();
        Ok(Self { mergers: lists::store::mergers(q)?, at_work })
    }
    /// As they were while this agency still worked: what it had taken over from others was its own doing then.
    fn before(&self, agency: Id<Agency>) -> Heirs {
        heirs(&self.mergers, |a| a == agency || self.at_work.contains(&a))
    }
}

/// The process as those do it who took over from the agencies that it names.
fn in_hands(process: &Process, hands: &Heirs) -> Process {
    process.with_heirs(|a| hands.get(&a).copied()).unwrap_or_else(|| process.clone())
}

fn fate(design: &Design, kind: AgencyChangeKind, agency: Id<Agency>, hands: &Heirs) -> Option<Fate> {
    Fate::of(kind, Involvement::of(&in_hands(&design.process, hands), &design.scope, agency)?)
}

/// Enlists what somebody must decide about, in the unit that writes the change: nothing ends unheard.
pub fn enlist(unit: &mut Unit, change: &ChangeRow) -> Result<(), AppError> {
    for Touched { design, fate } in touched(unit, change.kind, change.agency)? {
        // A draft is corrected before it is published; what is in force and falls to the heir by itself needs nobody.
        if fate.waits_for_somebody() || design.is_draft() {
            store::wait(unit, Key { change: change.id, design: design.id })?;
        }
    }
    Ok(())
}

/// By which the page of a change knows that somebody has seen this very list.
pub fn seen(touched: &[Touched]) -> String {
    let of = |t: &Touched| format!("{}.{}", t.design.id, t.design.version);
    touched.iter().map(of).collect::<Vec<_>>().join(" ")
}

/// A touched process as lists show it.
pub struct Line {
    pub href: String,
    pub code: String,
    pub number: i64,
    pub procedure: String,
    pub name: String,
    pub scope: String,
    /// Chip: colour, icon, words.
    pub state: (&'static str, &'static str, &'static str),
    pub fate: String,
}

impl Line {
    /// `fate` is absent for a draft that no longer names the agency.
    pub fn of(reference: &Reference, lang: Lang, design: &Design, fate: Option<Fate>) -> Self {
        let told = match fate {
            None => lang.t("Bản nháp không còn nhắc đến cơ quan này."),
            Some(_) if design.is_draft() => {
                lang.t("Bản nháp, chưa áp dụng cho hồ sơ nào. Có thể chuyển sang cơ quan kế thừa, sửa hoặc bỏ.")
            }
            Some(fate) => lang.pick(fate.words()),
        };
        Self {
            href: format!("/can-bo/quan-tri/quy-trinh/{}", design.id),
            code: design.code.clone(),
            number: design.number,
            procedure: reference.procedure(&design.code).map(|p| p.name.clone()).unwrap_or_default(),
            name: design.name.clone(),
            scope: words::scope(&design.scope, None, reference, lang),
            state: list::page::state(design),
            fate: told.to_owned(),
        }
    }
}

/// How many wait for somebody who keeps the processes of all agencies.
pub async fn waiting(app: &App) -> Result<i64, AppError> {
    app.db.read(|q| Ok::<_, AppError>(store::count(q)?)).await
}
