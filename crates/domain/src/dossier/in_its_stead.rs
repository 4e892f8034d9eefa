//! What an agency does itself in the Centre's stead, where the province's regulation says so (INT-09): it takes in what came
//! online (QNI 13.2a) and returns results of its own (QN 6.5b, DN 16.1đ). The step is the Centre's in every process; it
//! lies with the agency when its holder names no centre.

use super::{Dossier, Holder, Intake, Law};
use crate::{
    accounts::{Role, Who},
    catalogue::{Channel, Place, Step, StepKind},
    profile::OnlineTaker,
};

/// The competent agency's assigned officer takes it in (QNI 13.2a).
pub fn agency_takes_in(intake: &Intake, law: &Law) -> bool {
    intake.channel == Channel::Online && law.profile.online.taken_in_by == OnlineTaker::Agency
}

/// The competent agency returns the result: the police their own (QN 6.5b), others a special procedure's as agreed with the
/// Centre (DN 16.1đ).
pub fn agency_returns(law: &Law) -> bool {
    let rules = &law.profile.returning;
    let special = rules.special_by_agency && law.procedure.flags.returned_by_agency;
    special || (rules.police_themselves && law.desk.police)
}

/// A step of the Centre lies with an agency.
pub(super) const fn lies_with_the_agency(holder: &Holder, step: &Step) -> bool {
    matches!((step.actor.place, step.kind), (Place::Centre, StepKind::Intake | StepKind::Return))
        && holder.centre.is_none()
}

/// Who does it there.
pub(super) fn does_it(who: &Who, holder: &Holder, kind: StepKind) -> bool {
    let role = |r: Role| match kind {
        StepKind::Intake => matches!(r, Role::IntakeOfficer | Role::Clerk | Role::UnitHead),
        StepKind::Return => matches!(r, Role::ReturnDesk | Role::Clerk),
        _ => false,
    };
    who.agency == holder.agency && who.any(role)
}

/// The Centre, through which everything comes in, may always take in what still waits with an agency.
pub(super) fn steps_in(who: &Who, d: &Dossier, step: Option<&Step>) -> bool {
    let with_the_agency = d.holder.as_ref().zip(step).is_some_and(|(h, s)| lies_with_the_agency(h, s));
    with_the_agency
        && step.is_some_and(|s| s.kind == StepKind::Intake)
        && who.any(Role::takes_in)
        && who.centre == Some(d.intake.centre)
}

/// The pools of what agencies do in the Centre's stead, whatever the process.
pub const STEAD_POOLS: [&str; 2] = ["agency/intake:intake_officer,unit_head,clerk", "agency/return:clerk,return_desk"];

/// The pool in which such a dossier lies.
pub(super) fn stead_pool(holder: &Holder, step: &Step) -> Option<&'static str> {
    let at = usize::from(step.kind == StepKind::Return);
    lies_with_the_agency(holder, step).then_some(STEAD_POOLS[at])
}
