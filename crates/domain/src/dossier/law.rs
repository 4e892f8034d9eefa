use crate::{
    catalogue::{ProcedureVersion, Process},
    deadline::{Calendar, ClockRules},
    id::Id,
    people::{Agency, Centre, Unit},
    profile::Profile,
    time::Instant,
};

/// What governs a dossier at this moment, whoever asks.
#[derive(Clone, Copy, Debug)]
pub struct Law<'a> {
    /// The legal moment.
    pub now: Instant,
    /// The province's rules.
    pub profile: &'a Profile,
    /// The version of the procedure that governs the dossier.
    pub procedure: &'a ProcedureVersion,
    /// The process by which it is handled.
    pub process: &'a Process,
    /// The working calendar of the centre.
    pub calendar: &'a Calendar,
    /// How limits are counted.
    pub clock: &'a ClockRules,
    /// Where the dossier may lie.
    pub desk: Desk,
}

/// The places between which a dossier travels.
#[derive(Clone, Copy, Debug)]
pub struct Desk {
    /// The agency to which the centre belongs.
    pub centre_agency: Id<Agency>,
    /// The unit of the competent agency that receives dossiers.
    pub agency_unit: Option<Id<Unit>>,
    /// The competent agency is the police, who may return results of their own (QN 6.5b).
    pub police: bool,
    /// It was taken in at the province's Centre, to which the regulation's deputy director belongs; a commune's one-stop
    /// unit has none.
    pub provincial: bool,
    /// The province's Centre: the one-stop unit above a commune's (ILK-03).
    pub upper: Id<Centre>,
    /// The centre whose deputy director confirms: the dossier's own when it has one, else the province's.
    pub confirmed_at: Id<Centre>,
    /// The agency to which that centre belongs.
    pub confirming_agency: Id<Agency>,
}
