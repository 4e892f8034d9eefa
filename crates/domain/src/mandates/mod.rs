//! Who may act for whom online (ADM-03, INT-10): the representative of an organisation, whom the representative names beside
//! themselves, and whom a person names as a proxy; from when until when. Whoever acts is a person who has proved who they are, and
//! stays visible beside the one for whom they act.

mod mandate;
mod refusal;

pub use mandate::{Mandate, MandateKind, MandateState, Principal, Standing, Term};
pub use refusal::NotAMandate;

use crate::accounts::{Role, Who};

impl Who {
    /// Confirms at a counter, with the papers in hand, that somebody represents an organisation.
    pub fn confirms_mandates(&self) -> bool {
        self.any(|r| r.takes_in() || matches!(r, Role::Supervisor | Role::CentreDirector | Role::CentreDeputy))
    }
}
