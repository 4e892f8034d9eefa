//! The dossier (hồ sơ) and its life: commands, the pure decision about them, the events that result, the state they make.
//!
//! `decide` is the only place that says yes or no; `evolve` is the only maker of state.

mod clock;
mod code;
mod command;
mod course;
mod decide;
#[expect(clippy::module_inception, reason = "the glossary's word: the dossier itself")]
mod dossier;
mod event;
mod evolve;
mod holding;
mod intake;
mod lawful;
mod pace;
mod pool;
mod refusal;
mod status;
#[cfg(test)]
mod tests;

pub use clock::{follows_the_calendar, new_date};
pub use code::{DossierCode, NotADossierCode, barcode, read_barcode};
pub use command::{Command, Handover, ResultRecord};
pub use course::{assigned_step, decides, kind_of, next_step, situation, step_due, step_of};
pub use decide::{Desk, Facts, Numbers, decide, needs_receipt};
pub use dossier::{Dossier, Holder, Opinion, ResultEntered};
pub use event::{Event, Slip, SlipRef, StoredEvent, chain_hash};
pub use evolve::{Unexpected, evolve, replay};
pub use holding::{has_a_role_of, holds, may_act};
pub use intake::{Applicant, ApplicantKind, Intake, People, Proxy, ReceivedComponent, ResultBy};
pub use lawful::{CommandName, lawful, may_assign, missing};
pub use pace::{Pace, pace};
pub use pool::{pool_of, waits_for};
pub use refusal::Refusal;
pub use status::{Decision, Status};
