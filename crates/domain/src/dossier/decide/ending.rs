//! The ends beside the straight way: stop, withdrawal, lapse (FLW-08).

use super::{Confirmer, Facts, at_desk, confirm, held, intake, not_now, pause, propose, refusal, said, slip};
use crate::{
    accounts::{Role, Who},
    catalogue::Channel,
    dossier::{AgainstRegulation, Dossier, Event, Law, Proposed, Refusal, Status},
};

const NOT_COMPLETED: &str =
    "Hồ sơ không được hoàn thiện trong thời hạn ghi trên phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.";

/// Whether it may be stopped.
pub fn may_stop(who: &Who, d: &Dossier, law: &Law) -> Result<(), Refusal> {
    held(who, d, law, matches!(d.status, Status::InProgress | Status::Suspended { .. }))
}

/// A stop is no resolution either: the guards of a refusal after acceptance stand before it (CLK-10; DN 9.2i, 16.1e).
pub(super) fn stop(d: &Dossier, reason: &str, files: &[String], f: &Facts) -> Result<Vec<Event>, Refusal> {
    may_stop(f.who, d, &f.law)?;
    let reason = said(reason)?;
    stop_in_time(d, &f.law)?;
    if files.is_empty() && refusal::refusal_is_scanned(d, &f.law) {
        return Err(AgainstRegulation::RefusalNotScanned.into());
    }
    if let Some(by) = confirm::needed(f.profile.approval.no_resolution_by, &f.law) {
        return propose(d, Proposed::Stop { reason, files: files.to_vec() }, by, f);
    }
    Ok(vec![stopped(d, reason, files.to_vec(), f)?])
}

/// Whose word a stop needs before it takes effect (DN 9.2i).
pub fn stop_confirmed_by(law: &Law) -> Option<Confirmer> {
    confirm::needed(law.profile.approval.no_resolution_by, law)
}

/// Takes effect, with the notice.
pub(super) fn stopped(d: &Dossier, reason: String, files: Vec<String>, f: &Facts) -> Result<Event, Refusal> {
    stop_in_time(d, &f.law)?;
    Ok(Event::Stopped { reason, slip: slip(f)?, files })
}

/// Told within the limit like a refusal; while the clock stands the limit does not run out.
pub fn stop_in_time(d: &Dossier, law: &Law) -> Result<(), Refusal> {
    if d.status.clock_runs() { refusal::in_time(d, law) } else { Ok(()) }
}

/// Whether the applicant withdraws at home what was handed in online, or the counter, or the portal on which it was handed in,
/// may record it: any time before the decision. Papers that lie at the Centre are asked back at its counter.
pub fn may_withdraw(who: &Who, d: &Dossier) -> Result<(), Refusal> {
    let open = d.status.is_alive() && !matches!(d.status, Status::Draft | Status::Decided { .. });
    let from_home = who.is_citizen() && d.intake.channel == Channel::Online;
    if from_home || intake::delivered(who, d) {
        return if open { Ok(()) } else { Err(not_now(d)) };
    }
    at_desk(who, d, Role::takes_in, open)
}

pub(super) fn withdraw(d: &Dossier, reason: &str, f: &Facts) -> Result<Vec<Event>, Refusal> {
    may_withdraw(f.who, d)?;
    Ok(vec![Event::Withdrawn { reason: said(reason)?, slip: slip(f)? }])
}

/// A term has run out: guidance ends in a refusal, a supplement in a stop with written notice, a suspension goes on.
pub(super) fn lapse(d: &Dossier, f: &Facts) -> Result<Vec<Event>, Refusal> {
    if !f.who.is_system() {
        return Err(Refusal::NotTheHolder);
    }
    let reason = NOT_COMPLETED.to_owned();
    match d.status {
        Status::GuidanceRequested { until, .. } if f.now > until => {
            Ok(vec![refusal::refused(refusal::Said::because(&reason), None, f)?])
        }
        Status::AwaitingSupplement { until, .. } if f.now > until => {
            Ok(vec![Event::Stopped { reason, slip: slip(f)?, files: Vec::new() }])
        }
        Status::Suspended { until, .. } if f.now >= until => Ok(vec![pause::resumed(d, f)?]),
        _ => Err(not_now(d)),
    }
}
