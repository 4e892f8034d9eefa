//! What waits for the Centre's deputy director (CLK-06, DN 9.2i; guard rail 2 for a late apology), or for the leader whose name is
//! on the paper (CLK-05).

use super::{Confirmer, Facts, apology, ending, not_now, pause, refusal, said, supplement};
use crate::{
    dossier::{Command, Decision, Dossier, Event, Holder, Law, Proposal, Proposed, Refusal, holding},
    profile::Approver,
};

/// Whose word the profile wants on it; `None` where whoever has the dossier says it alone.
pub(super) fn needed(approver: Approver, law: &Law) -> Option<Confirmer> {
    match approver {
        Approver::Agency => None,
        // A commune's one-stop unit has no deputy director.
        Approver::CentreDeputy => law.desk.provincial.then_some(Confirmer::Centre),
        Approver::AgencyLeader => Some(Confirmer::Leader),
    }
}

/// While a proposal waits nobody acts but the deputy director, and the applicant who withdraws.
pub(super) fn under_proposal(d: &Dossier, command: &Command, f: &Facts) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Withdraw { reason } => ending::withdraw(d, reason, f),
        // A suspension ends on its day, whoever has the proposal before him.
        Command::Lapse if f.who.is_system() => ending::lapse(d, f),
        Command::Approve { decision, reason } if holding::holds(f.who, d, f.process) => {
            let proposal = d.proposal.as_ref().ok_or_else(|| not_now(d))?;
            if *decision == Decision::Grant {
                take_effect(d, proposal, f)
            } else {
                decline(proposal, reason.as_deref(), f)
            }
        }
        _ if holding::holds(f.who, d, f.process) => Err(not_now(d)),
        _ => Err(Refusal::NotTheHolder),
    }
}

fn decline(proposal: &Proposal, reason: Option<&str>, f: &Facts) -> Result<Vec<Event>, Refusal> {
    let reason = said(reason.unwrap_or_default())?;
    Ok(vec![Event::ProposalDeclined { reason, holder: back(proposal, f) }])
}

fn back(proposal: &Proposal, f: &Facts) -> Holder {
    Holder { since: f.now, ..proposal.back.clone() }
}

fn take_effect(d: &Dossier, proposal: &Proposal, f: &Facts) -> Result<Vec<Event>, Refusal> {
    let holder = back(proposal, f);
    Ok(vec![match &proposal.what {
        Proposed::Supplement { items, reason, files } => {
            supplement::still_open(d, &f.law)?;
            supplement::requested(items.clone(), reason.clone(), files.clone(), holder, f)?
        }
        Proposed::Stop { reason, files } => ending::stopped(d, reason.clone(), files.clone(), f)?,
        Proposed::Suspension { reason, until } => pause::suspended(reason.clone(), *until, holder, f)?,
        Proposed::Refusal { reason, directions, files } => {
            let said = refusal::Said { reason, directions: directions.as_deref(), files };
            return refusal::after_acceptance(d, said, f);
        }
        Proposed::Apology { reason, new_due_at, files, late } => {
            let due = d.due_at.ok_or(Refusal::NoDueDate)?;
            apology::still_open(d, &f.law)?;
            apology::later(*new_due_at, due, f)?;
            let (reason, to, files) = (reason.clone(), *new_due_at, files.clone());
            if *late {
                apology::confirmed(due, reason, to, files, holder, f)?
            } else {
                apology::signed(d, due, reason, to, files, holder, f)?
            }
        }
    }])
}
