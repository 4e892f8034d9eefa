//! Paper on its way between the Centre and the agencies (FLW-09): where it lies, where the dossier's state wants it, and what both
//! sides of a handing-over have to keep to. Data travels at once; paper takes the next run (VL 4.2b, 4.3b).

mod belongs;
mod fault;
mod place;
mod run;

pub use belongs::{Belongs, belongs, papers};
pub use fault::CourierFault;
pub use place::{Load, Place, place_of};
pub use run::{CourierRun, next_run, receives};
