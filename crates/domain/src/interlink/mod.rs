//! What other agencies do for a dossier while its holder keeps it: consultation (ILK-05), verification (FLW-03), and the
//! parts of an interlinked procedure (ILK-01 … ILK-04, FLW-06).
//!
//! The applicant has one dossier with one code and one date. A consultation asks for an opinion; a part is work of another
//! agency with a holder and a date of its own. Both are branches: they hang on the dossier and never move its holder.

mod command;
mod consultation;
mod decide;
mod event;
mod links;
mod part;
mod propose;
mod refusal;
mod right;
mod site_visit;
mod term;
mod verification;

pub use command::{Branch, Link, PartAsked, Visit};
pub use consultation::{Asked, Consultation, Reply};
pub(crate) use decide::decide;
pub use event::{Linked, PartOpened};
pub use links::Links;
pub use part::{Body, Part, PartResult, Stage, Travel};
pub use propose::{PartProposed, propose};
pub use refusal::LinkRefusal;
pub use right::{
    answers, asks, at_centre, changes_visits, finishes, forwards, gives, lawful, opens, passes_on, reports,
};
pub use site_visit::{SiteVisit, VisitStage};
pub use term::{BranchTerm, own_term};
pub use verification::Verification;
