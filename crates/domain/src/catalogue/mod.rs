//! The catalogue: procedures, their versions, processes, search and import.

pub mod competence;
pub mod portal;
pub mod process;
pub mod search;

mod audience;
mod code;
mod component;
mod procedure;
mod publication;
#[cfg(test)]
mod tests;
mod way;

pub use audience::Audience;
pub use code::{NotAProcedureCode, ProcedureCode};
pub use component::{Component, Variant};
pub use procedure::{
    Department, Field, Flags, LegalBasis, OnlineLevel, Procedure, ProcedureLevel, ProcedureVersion, ResultPaper,
    StepText,
};
pub use process::{Actor, Place, Process, Step, StepKind, default_process};
pub use publication::{Publication, PublicationKind};
pub use way::{Channel, FeeKind, FeeLine, SubmissionWay};
