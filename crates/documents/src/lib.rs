#![forbid(unsafe_code)]
#![warn(missing_docs)]
//! The slips of a one-stop centre as PDF: tagged, archivable (PDF/A-2a, PDF/UA-1), the same bytes for the same data.
//!
//! A folder per form: `mod.rs` says what the form holds, `form.typ` how it looks, `sample.json` what it is filled with in tests.
//! The application freezes a [`Form`] as JSON when the slip is issued and calls [`render`] when someone asks for it.

mod apology;
mod clean;
mod codes;
mod consultation;
mod control_slip;
mod eform;
mod form;
mod form_set;
mod handover;
mod handover_minutes;
mod joint_receipt;
mod parts;
mod photographs;
mod post_manifest;
mod posting;
mod reappointment;
mod receipt;
mod refusal;
mod register;
mod slip;
pub mod spreadsheet;
mod stop;
mod submission;
mod supplement_request;
mod transfer;
mod typesetter;
mod verification;
mod words;

pub use apology::{Apology, Explanation, Extension};
pub use consultation::Consultation;
pub use control_slip::{ControlSlip, ControlStep, Outcome};
pub use eform::{EForm, EFormLayout, EFormLine, EFormPart, EFormPlace, EFormTable};
pub use form::{Form, RenderError, render};
pub use form_set::{FormKind, FormSet};
pub use handover::{Channel, Handover, PapersShown, Receiver, ReturnedResult};
pub use handover_minutes::{HandedOver, HandoverMinutes, Load, Side};
pub use joint_receipt::{JointReceipt, JointRow};
pub use parts::{BookEntry, Codes, Contact, Letterhead, Paper, Party, Signer};
pub use photographs::{Photograph, photographs};
pub use post_manifest::{Parcel, PostManifest};
pub use posting::{PostedPaper, PostedProcedure, Posting};
pub use reappointment::{ClockLine, Reappointment};
pub use receipt::{Asked, Component, Fee, Lookup, Receipt, TimeLimit};
pub use refusal::Refusal;
pub use register::{Register, RegisterRow};
pub use stop::{Stop, StopRequest};
pub use submission::{SentFile, Submission};
pub use supplement_request::{Answer, Approval, Stage, SupplementItem, SupplementRequest};
pub use transfer::{Leg, Transfer, Travel};
pub use verification::{Participant, Verification};
pub use words::{money, money_in_words, number_in_words};
