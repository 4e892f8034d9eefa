//! One step for many dossiers: each in a unit of its own, each with its own outcome (FLW-05, FLW-07).

mod page;
mod run;

pub use page::{report, send};
pub use run::{Pick, picks, run};

use crate::app::App;
use domain::accounts::{Role, Who};

/// Somebody to whom work may be given.
pub struct Colleague {
    pub id: String,
    pub name: String,
}

/// Those who appraise in the own agency: a head gives to all of them, a specialist takes for oneself only.
pub fn colleagues(app: &App, who: &Who) -> Vec<Colleague> {
    let reference = app.reference();
    let gives = who.any(|r| matches!(r, Role::UnitHead | Role::AgencyLeader));
    let takes = who.is(Role::Specialist);
    let fit = reference.officers().filter(|o| {
        let own = o.id == who.officer;
        o.active && o.who.agency == who.agency && o.who.is(Role::Specialist) && (gives || (takes && own))
    });
    let mut list: Vec<_> = fit.map(|o| (o.who.unit != who.unit, o.name.clone(), o.id)).collect();
    // The own unit first, then by name.
    list.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    list.into_iter().map(|(_, name, id)| Colleague { id: id.to_string(), name }).collect()
}
