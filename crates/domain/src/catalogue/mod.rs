//! The catalogue: procedures, their versions, processes, search and import.

pub mod competence;
pub mod difference;
pub mod life;
pub mod portal;
pub mod process;
pub mod search;
pub mod sheet;
pub mod unclear;
pub mod verdict;

mod audience;
mod code;
mod component;
mod procedure;
mod publication;
mod questions;
mod source;
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
pub use process::{Actor, Place, Process, Step, StepKind, default_process, first_process};
pub use publication::{Publication, PublicationKind};
pub use questions::{
    CaseAnswer, CaseQuestion, MOST_QUESTIONS, answers_text, narrowed, questions, read_answers, telling,
};
pub use source::Source;
pub use way::{Channel, FeeKind, FeeLine, SubmissionWay, fee_case};
