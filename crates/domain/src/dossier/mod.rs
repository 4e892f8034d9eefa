//! The dossier (hồ sơ) and its life: commands, the pure decision about them, the events that result, the state they make.
//!
//! `decide` is the only place that says yes or no; `evolve` is the only maker of state.

mod also_named;
mod apology;
mod clock;
mod code;
mod command;
mod course;
mod decide;
#[expect(clippy::module_inception, reason = "the glossary's word: the dossier itself")]
mod dossier;
mod due;
mod event;
mod evolve;
mod holding;
mod in_its_stead;
mod incident;
mod intake;
mod law;
mod lawful;
mod money;
mod next;
mod pace;
mod pool;
mod proposal;
mod refusal;
mod regulation;
mod request;
mod signature;
mod status;
#[cfg(test)]
pub(crate) mod tests;
mod undo;

pub use also_named::{NamedAs, also_named, authorisation_numbers};
pub use apology::{ApologyMade, Appointment, Explanation, OverdueCause, Urging, UrgingAnswer};
pub use clock::{counted_from, follows_the_calendar, new_date};
pub use code::{DossierCode, NotADossierCode, barcode, read_barcode};
pub use command::{Command, Handover, ResultRecord};
pub use course::{
    agency_due, agency_term, assigned_step, decides, kind_of, next_step, situation, step_due, step_of, step_term,
};
pub use decide::{
    Confirmer, Facts, Numbers, apology_confirmed_by, decide, guidances_left, last_apology_day, may_excuse,
    may_withdraw, needs_receipt, originals_are_compared, owed_before_return, refusal_is_scanned, signs_the_draft,
    slip_of, stop_confirmed_by, supplement_confirmed_by, supplement_is_scanned, supplements_left,
};
pub use dossier::{Dossier, Holder, Late, Opinion, ResultEntered};
pub use due::{Called, DueKind, DueMoment, apology_drafted_at, due_moments};
pub use event::{End, Event, Glimpse, OnBehalf, Slip, SlipRef, StoredEvent, chain_hash};
pub use evolve::{Unexpected, evolve, replay};
pub use holding::{confirms, has_a_role_of, holds, may_act};
pub use in_its_stead::{STEAD_POOLS, agency_returns, agency_takes_in};
pub use intake::{Applicant, ApplicantKind, Intake, People, Proxy, ReceivedComponent, ResultBy};
pub use law::{Desk, Law};
pub use lawful::{CommandName, lawful, may_assign, missing};
pub use money::{ChosenFee, FeeMoment, FeeOwed, IntakeFees};
pub use next::{next, next_for};
pub use pace::{Pace, kept, pace};
pub use pool::{CONFIRM_POOL, LEADER_POOL, pool_name, pool_of, waits_for};
pub use proposal::{CONFIRM, Proposal, Proposed};
pub use refusal::Refusal;
pub use regulation::AgainstRegulation;
pub use request::{Answered, AnsweredItem, ItemAnswer, OpenRequest, Problem, RequestItem};
pub use signature::{NotASignature, SIGNATURE_SIZE, Signature};
pub use status::{Decision, Status};
pub use undo::{LastAct, UndoRefusal, may_undo, undo_until};
