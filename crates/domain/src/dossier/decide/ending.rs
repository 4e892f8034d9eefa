//! The ends beside the straight way: stop, withdrawal, lapse (FLW-08).

use super::{Facts, at_desk, held, intake, not_now, pause, refusal, said, slip};
use crate::{
    accounts::{Role, Who},
    dossier::{Dossier, Event, Law, Refusal, Status},
};

const NOT_COMPLETED: &str =
    "Hồ sơ không được hoàn thiện trong thời hạn ghi trên phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.";

/// Whether it may be stopped.
pub fn may_stop(who: &Who, d: &Dossier, law: &Law) -> Result<(), Refusal> {
    held(who, d, law, matches!(d.status, Status::InProgress | Status::Suspended { .. }))
}

pub(super) fn stop(d: &Dossier, reason: &str, f: &Facts) -> Result<Vec<Event>, Refusal> {
    may_stop(f.who, d, &f.law)?;
    Ok(vec![Event::Stopped { reason: said(reason)?, slip: slip(f)? }])
}

/// Whether the counter, or the portal on which it was handed in, may record that the applicant withdraws: any time before the
/// decision.
pub fn may_withdraw(who: &Who, d: &Dossier) -> Result<(), Refusal> {
    let open = d.status.is_alive() && !matches!(d.status, Status::Draft | Status::Decided { .. });
    if intake::delivered(who, d) {
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
        Status::GuidanceRequested { until, .. } if f.now > until => Ok(vec![refusal::refused(&reason, &[], None, f)?]),
        Status::AwaitingSupplement { until, .. } if f.now > until => {
            Ok(vec![Event::Stopped { reason, slip: slip(f)? }])
        }
        Status::Suspended { until, .. } if f.now >= until => Ok(vec![pause::resumed(d, f)?]),
        _ => Err(not_now(d)),
    }
}
