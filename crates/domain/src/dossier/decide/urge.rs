//! Urging by the Centre or a leader, and the agency's answer in writing (CLK-11; DN 7.2, 12.1; VL 8.6; QN 5.1đ; QNI 19.2c;
//! HUE II.2.3, IV.3.3b, IV.6.2). It moves neither the holder nor the clock.

use super::{Facts, apology, held, not_now, said};
use crate::{
    accounts::{Role, Who},
    dossier::{AgainstRegulation, Dossier, Event, Law, Refusal, Status},
    time::Instant,
};

/// While somebody in the office has to act: it runs, or it is signed and not issued.
fn in_hand(d: &Dossier) -> bool {
    // What waits for the deputy director is before the Centre itself.
    d.proposal.is_none() && d.status.clock_runs()
        || matches!(d.status, Status::Submitted { .. } | Status::Decided { .. })
}

/// Whether this officer may urge: the Centre's management and supervision, a head of the agency, a leader of the province.
pub fn may_urge(who: &Who, d: &Dossier, law: &Law) -> Result<(), Refusal> {
    let heads = |r: Role| matches!(r, Role::UnitHead | Role::AgencyLeader);
    let leads = who.agency == d.intake.agency && who.any(heads) || who.is(Role::ProvinceLeader);
    let centre = law.profile.overdue.urged && apology::manages_the_centre(who, d, law);
    if !leads && !centre {
        return Err(Refusal::NotTheHolder);
    }
    if in_hand(d) { Ok(()) } else { Err(not_now(d)) }
}

pub(super) fn urge(d: &Dossier, text: &str, answer_by: Instant, f: &Facts) -> Result<Vec<Event>, Refusal> {
    may_urge(f.who, d, &f.law)?;
    let text = said(text)?;
    if answer_by <= f.now {
        return Err(AgainstRegulation::AnswerByNotAhead { by: answer_by }.into());
    }
    let id = d.urgings.last().map_or(0, |u| u.id) + 1;
    Ok(vec![Event::Urged { id, text, answer_by }])
}

/// Whether an urging waits for this officer's answer: whoever has the dossier, or a head of the agency that has it.
pub fn may_answer(who: &Who, d: &Dossier, law: &Law) -> Result<(), Refusal> {
    let waits = d.urgings.iter().any(|u| u.answer.is_none()) && d.status.is_alive();
    let heads = |r: Role| matches!(r, Role::UnitHead | Role::AgencyLeader);
    let has_it = [Some(d.intake.agency), d.holder.as_ref().map(|h| h.agency)].contains(&Some(who.agency));
    if has_it && who.any(heads) {
        return if waits { Ok(()) } else { Err(not_now(d)) };
    }
    held(who, d, law, waits)
}

pub(super) fn answer(d: &Dossier, id: u32, text: &str, f: &Facts) -> Result<Vec<Event>, Refusal> {
    may_answer(f.who, d, &f.law)?;
    let open = d.urgings.iter().find(|u| u.id == id && u.answer.is_none());
    open.ok_or(AgainstRegulation::NothingToAnswer { id })?;
    Ok(vec![Event::UrgingAnswered { id, text: said(text)? }])
}
