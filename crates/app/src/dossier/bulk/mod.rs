//! One step for many dossiers: each in a unit of its own, each with its own outcome (FLW-05, FLW-07).

mod ask;
mod page;
mod run;
mod store;

pub use page::{Kind, report, send, show};
pub use run::{Pick, Told, picks, run};

use crate::{accounts::SignedIn, app::App};
use domain::{
    accounts::{Role, Who},
    id::Id,
    people::Officer,
};

/// Somebody to whom work may be given.
pub struct Colleague {
    pub id: String,
    pub name: String,
}

/// Those who appraise in the own agency: a head gives to all of them, a specialist takes for oneself only; whoever stands in
/// for one of them does the same (FLW-07).
pub fn colleagues(app: &App, me: &SignedIn) -> Vec<Colleague> {
    let (reference, now) = (app.reference(), app.now());
    let fit =
        reference.officers().filter(|o| o.active && o.who.is(Role::Specialist) && may_receive(&o.who, &me.identities));
    let mut list: Vec<_> = fit.map(|o| (o.who.unit != me.who.unit, o.name.clone(), o.id)).collect();
    // The own unit first, then by name.
    list.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let shown = |(_, name, id): (bool, String, Id<Officer>)| {
        let away = reference.is_away(id, now).then(|| me.reader.lang.f1("{} (đang vắng mặt)", &name));
        Colleague { id: id.to_string(), name: away.unwrap_or(name) }
    };
    list.into_iter().map(shown).collect()
}

/// One of those as whom the giver acts may give work to this officer.
pub fn may_receive(officer: &Who, identities: &[Who]) -> bool {
    identities.iter().filter(|who| who.agency == officer.agency).any(|who| {
        let is_head = who.any(|r| matches!(r, Role::UnitHead | Role::AgencyLeader));
        is_head || who.officer == officer.officer
    })
}
