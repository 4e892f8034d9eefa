//! The province's register of enterprises and household businesses, built from what dossiers say of them (STO-03; seed 004, II.2.1
//! and III.3.1b). Nothing is typed into it: each line names the dossier from which it came, and the latest dossier is believed.

mod told;

pub use told::{EnterpriseKind, Told, told_by, words};

use crate::accounts::Who;

impl Who {
    /// Reads the register: whoever takes dossiers in, handles them, or oversees the province.
    pub fn reads_enterprises(&self) -> bool {
        self.any(|r| r.takes_in() || r.works_in_agency() || r.reads_province())
    }
}
