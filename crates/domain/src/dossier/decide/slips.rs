//! Which slip a command issues: its number is taken inside the unit, so only what will be printed takes one.

use super::{apology, confirm};
use crate::{
    accounts::Who,
    dossier::{Command, Decision, Dossier, Law, Proposed, Status},
};

/// The key of the slip's number series; `None` for a command that issues none. Form 01 may be left out by the profile
/// ([`super::needs_receipt`]). `acting` are those as whom the officer may give it, in the order in which they are asked.
pub fn slip_of(before: Option<&Dossier>, command: &Command, law: &Law, acting: &[Who]) -> Option<&'static str> {
    let approval = &law.profile.approval;
    match command {
        Command::TakeIn { .. } | Command::Accept { .. } => Some("receipt"),
        Command::TurnAway { .. } => Some("refusal"),
        Command::Refuse { .. } => {
            let accepted = before.is_some_and(|d| d.accepted_at.is_some());
            (!accepted || confirm::needed(approval.no_resolution_by, law).is_none()).then_some("refusal")
        }
        Command::Guide { .. } => Some("supplement_request"),
        Command::RequestSupplement { .. } => {
            (confirm::needed(approval.supplement_by, law).is_none()).then_some("supplement_request")
        }
        Command::Apologise { .. } => {
            let d = before?;
            let late = d.due_at.is_some() && apology::is_late(d, law);
            (!late && apology::signed_at_once(acting, d, law)).then_some("apology")
        }
        Command::Approve { decision: Decision::Grant, .. } => match &before?.proposal.as_ref()?.what {
            Proposed::Supplement { .. } => Some("supplement_request"),
            Proposed::Refusal { .. } => Some("refusal"),
            Proposed::Apology { .. } => Some("apology"),
            Proposed::Stop { .. } => Some("stop"),
            Proposed::Suspension { .. } => None,
        },
        Command::Stop { .. } => (confirm::needed(approval.no_resolution_by, law).is_none()).then_some("stop"),
        Command::Withdraw { .. } => Some("stop"),
        Command::Lapse => match before?.status {
            Status::GuidanceRequested { .. } => Some("refusal"),
            Status::AwaitingSupplement { .. } => Some("stop"),
            _ => None,
        },
        Command::AdjustDate => Some("reappointment"),
        Command::HandOver(_) => Some("handover"),
        _ => None,
    }
}
