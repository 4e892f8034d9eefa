//! Who draws, sends and publishes processes, and who keeps the guidance of a procedure.

use crate::{
    accounts::{Role, Who},
    id::Id,
    people::Agency,
};

impl Who {
    /// Reaches the pages of processes at all.
    pub fn draws_processes(&self) -> bool {
        self.any(|r| matches!(r, Role::TopAdmin | Role::ProcedureControl | Role::AgencyAdmin))
    }
    /// Whether a process of `agency` may be drawn and sent: the agency's own for its administrator (seed 003, Điều 11.2),
    /// every one for those who keep the catalogue. `None` is a process for all competent agencies.
    pub fn draws_process_of(&self, agency: Option<Id<Agency>>) -> bool {
        self.publishes_processes() || (self.is(Role::AgencyAdmin) && agency == Some(self.agency))
    }
    /// The Centre publishes: it brings the system up to date with the decision (seed 003, Điều 11.2).
    pub fn publishes_processes(&self) -> bool {
        self.any(|r| matches!(r, Role::TopAdmin | Role::ProcedureControl))
    }
    /// Keeps what officers agreed on unclear points of a procedure (INT-12): procedure control and those who answer for
    /// the intake at a centre.
    pub fn keeps_guidance(&self) -> bool {
        self.any(|r| matches!(r, Role::TopAdmin | Role::ProcedureControl | Role::CentreDirector | Role::CentreDeputy))
    }
}
