use super::{Body, PartResult, Travel};
use crate::{
    id::Id,
    people::{Agency, Centre, Officer, Unit},
    profile::Level,
    time::Instant,
};
use serde::{Deserialize, Serialize};

/// What is asked to be done with the branches of a dossier.
#[derive(Clone, Debug)]
pub enum Link {
    /// Ask others for their opinion.
    Consult {
        /// Who is asked: agency, and the unit when only one must answer.
        asked: Vec<(Id<Agency>, Option<Id<Unit>>)>,
        /// What is asked.
        content: String,
        /// Until when.
        due_at: Instant,
    },
    /// Answer a consultation for the own agency.
    Reply {
        /// Which.
        id: u32,
        /// In words.
        text: String,
        /// SHA-256 of attached files.
        files: Vec<String>,
    },
    /// Tell the Centre that a consultation was not answered in time.
    Report {
        /// Which.
        id: u32,
    },
    /// Record a verification.
    Verify {
        /// The visit, when officers went there.
        visit: Option<Visit>,
        /// What was found.
        findings: String,
        /// What follows.
        conclusion: Option<String>,
        /// The appointed visit whose minutes these are.
        appointed: Option<u32>,
    },
    /// Appoint a visit on the spot, of which the applicant is told.
    Appoint {
        /// When, where, with whom and about what.
        visit: Visit,
        /// The applicant, or somebody for them, must be there.
        applicant: bool,
    },
    /// Move an appointed visit.
    Postpone {
        /// Which.
        id: u32,
        /// When instead.
        at: Instant,
        /// Where instead; the place stays when not said.
        place: Option<String>,
        /// Why, as the applicant is told.
        reason: String,
    },
    /// Call an appointed visit off.
    CallOff {
        /// Which.
        id: u32,
        /// Why, as the applicant is told.
        reason: String,
    },
    /// Give other agencies their parts.
    Open {
        /// How it goes along.
        travel: Travel,
        /// The parts, on paper in the order in which they are done.
        parts: Vec<PartAsked>,
    },
    /// Pass a part on to its agency, for the one-stop unit of the upper level (ILK-03).
    PassOn {
        /// Which.
        id: u32,
    },
    /// Give a part to an officer of its agency, or take it.
    Give {
        /// Which.
        id: u32,
        /// The officer.
        officer: Id<Officer>,
    },
    /// Take back what was asked by mistake, of the wrong agency, or of one that never answers.
    Recall {
        /// A question or a part.
        what: Branch,
        /// Which.
        id: u32,
        /// Why.
        reason: String,
    },
    /// Give what was asked another date, as after a re-appointment.
    Redate {
        /// A question or a part.
        what: Branch,
        /// Which.
        id: u32,
        /// Until when.
        due_at: Instant,
        /// Why.
        reason: String,
    },
    /// Enter the result of a part.
    Finish {
        /// Which.
        id: u32,
        /// What the agency gives back; who and when are the command's.
        result: PartResult,
    },
}

/// What stands beside the dossier with a date of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Branch {
    /// A question to others.
    Consultation,
    /// The part of another agency.
    Part,
}

/// A part as it is asked for.
#[derive(Clone, Debug)]
pub struct PartAsked {
    /// Who does it.
    pub body: Body,
    /// On which level that is; a body outside stands above.
    pub level: Level,
    /// The unit, when only one must do it.
    pub unit: Option<Id<Unit>>,
    /// What is to be done.
    pub work: String,
    /// Until when.
    pub due_at: Instant,
    /// Places (from 1) in this list of the parts whose result it needs; none on paper, where each needs the one before.
    pub needs: Vec<u32>,
    /// An officer of that agency stands at the centre that took the dossier in (DN 12.2đ).
    pub posted: bool,
    /// The one-stop unit that the body has of its own, as a commune does (VL 11).
    pub one_stop: Option<Id<Centre>>,
}

/// A visit on the spot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// When it began.
    pub at: Instant,
    /// Where.
    pub place: String,
    /// Who took part, one a line: name, and capacity after a comma.
    pub participants: Vec<String>,
    /// What was looked into.
    pub content: String,
}
