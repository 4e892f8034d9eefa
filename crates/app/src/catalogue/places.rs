//! Where a procedure may be handed in over a counter.

use crate::reference::Reference;
use domain::catalogue::{Channel, ProcedureLevel, ProcedureVersion};

/// A centre that takes it in.
pub struct Place {
    pub name: String,
    pub address: String,
    pub phone: String,
}

/// A procedure of communes is handed in at the commune's centre or at any other; the provincial centre takes all in.
pub fn of(reference: &Reference, p: &ProcedureVersion) -> Vec<Place> {
    let counter = p.ways.is_empty() || p.ways.iter().any(|w| w.channel != Channel::Online);
    let open = reference.centres.iter().filter(|c| c.active && counter && c.level == "province");
    open.map(|c| Place { name: c.name.clone(), address: c.address.clone(), phone: c.phone.clone() }).collect()
}

/// It may be handed in at a commune's one-stop unit.
pub fn at_communes(p: &ProcedureVersion) -> bool {
    p.levels.contains(&ProcedureLevel::Commune) || p.flags.anywhere
}
